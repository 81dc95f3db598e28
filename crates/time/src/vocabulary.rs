//! The words of the tables and rules as numbers, and what they mean at a place of the text.

use dragoman_lexicon::{Fact, TimeWords};
use dragoman_span::Span;
use rustc_hash::FxHashMap;

use crate::pieces::{Piece, cut};

/// A word of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct WordId(pub(crate) u16);

impl WordId {
    /// A word that no table has.
    pub(crate) const UNKNOWN: Self = Self(0);
}

/// Longer words, in bytes, stand in no table.
const LONGEST: usize = 24;

/// The classes of words and numbers that patterns name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Class {
    // Words of a table.
    Month,
    Weekday,
    Weekdays,
    Unit,
    Units,
    Number,
    Ordinal,
    NamedDay,
    Part,
    Season,
    Which,
    Shift,
    Grain,
    Mod,
    Zone,
    Half,
    Every,
    SetWord,
    Reference,
    Lead,
    Age,
    Holiday,
    HijriMonth,
    PersianMonth,
    Decade,
    // Digits.
    /// With the letters of an ordinal number: "12th".
    Nth,
    Day,
    TwoDigits,
    Year,
    FreeYear,
    AnyNumber,
    Hour,
    Minute,
    FourDigits,
    SixDigits,
    ZeroTime,
    LongYear,
}

impl Class {
    /// The name in a pattern.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "MONTH" => Self::Month,
            "WEEKDAY" => Self::Weekday,
            "WEEKDAYS" => Self::Weekdays,
            "UNIT" => Self::Unit,
            "UNITS" => Self::Units,
            "NUMBER" => Self::Number,
            "ORD" => Self::Ordinal,
            "NAMEDDAY" => Self::NamedDay,
            "PART" => Self::Part,
            "SEASON" => Self::Season,
            "WHICH" => Self::Which,
            "SHIFT" => Self::Shift,
            "GRAIN" => Self::Grain,
            "MOD" => Self::Mod,
            "ZONE" => Self::Zone,
            "HALF" => Self::Half,
            "EVERY" => Self::Every,
            "SETWORD" => Self::SetWord,
            "REF" => Self::Reference,
            "LEAD" => Self::Lead,
            "AGE" => Self::Age,
            "HOLIDAY" => Self::Holiday,
            "HIJRI" => Self::HijriMonth,
            "PERSIAN" => Self::PersianMonth,
            "DECADE" => Self::Decade,
            "NTH" => Self::Nth,
            "DAY" => Self::Day,
            "NN" => Self::TwoDigits,
            "YEAR" => Self::Year,
            "FREEYEAR" => Self::FreeYear,
            "N" => Self::AnyNumber,
            "HOUR" => Self::Hour,
            "MINUTE" => Self::Minute,
            "NNNN" => Self::FourDigits,
            "NNNNNN" => Self::SixDigits,
            "ZEROTIME" => Self::ZeroTime,
            "LONGYEAR" => Self::LongYear,
            _ => return None,
        })
    }

    fn of(fact: Fact) -> Self {
        match fact {
            Fact::Month { .. } => Self::Month,
            Fact::Weekday { .. } => Self::Weekday,
            Fact::Unit { plural: false, .. } => Self::Unit,
            Fact::Unit { plural: true, .. } => Self::Units,
            Fact::Number(_) => Self::Number,
            Fact::Ordinal(_) => Self::Ordinal,
            Fact::NamedDay { .. } => Self::NamedDay,
            Fact::Part { .. } => Self::Part,
            Fact::Season(_) => Self::Season,
            Fact::Which(_) => Self::Which,
            Fact::Shift(_) => Self::Shift,
            Fact::Grain(_) => Self::Grain,
            Fact::Mod(_) => Self::Mod,
            Fact::Zone(_) => Self::Zone,
            Fact::Half(_) => Self::Half,
            Fact::Set(None) => Self::Every,
            Fact::Set(Some(_)) => Self::SetWord,
            Fact::Reference(_) => Self::Reference,
            Fact::Lead(_) => Self::Lead,
            Fact::Age => Self::Age,
            Fact::Holiday(_) => Self::Holiday,
            Fact::HijriMonth(_) => Self::HijriMonth,
            Fact::PersianMonth(_) => Self::PersianMonth,
            Fact::Decade(_) => Self::Decade,
        }
    }

    /// Whether a sentence without such a word or a digit holds no time expression.
    pub(crate) fn carries(self) -> bool {
        !matches!(
            self,
            Self::Number
                | Self::Ordinal
                | Self::Which
                | Self::Shift
                | Self::Grain
                | Self::Mod
                | Self::Zone
                | Self::Half
                | Self::Every
                | Self::Lead
                | Self::Age
        )
    }

    /// Its words begin with a capital letter.
    fn capital(self) -> bool {
        matches!(self, Self::Month | Self::Weekday | Self::Weekdays | Self::Holiday | Self::HijriMonth | Self::PersianMonth)
    }

    /// Whether digits of this length and value are of the class.
    pub(crate) fn holds(self, number: i32, length: u32) -> bool {
        match self {
            Self::Day | Self::Nth => length <= 2 && (1..=31).contains(&number),
            Self::TwoDigits | Self::Minute => length == 2,
            Self::Year | Self::FreeYear => length == 4 && (1000..=2199).contains(&number),
            Self::AnyNumber | Self::Number => length <= 4,
            Self::Hour => length <= 2,
            Self::FourDigits => length == 4,
            Self::SixDigits => length == 6,
            // "0430"
            Self::ZeroTime => length == 4 && number < 1000 && number % 100 < 60,
            Self::LongYear => length == 5,
            _ => false,
        }
    }
}

/// A phrase behind its first word.
#[derive(Debug)]
struct Tail {
    /// The words, each with whether white space may stand before it.
    rest: Vec<(WordId, bool)>,
    fact: Fact,
}

/// All words of the tables and rules.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    words: FxHashMap<Box<[u8]>, WordId>,
    carries: Vec<bool>,
    /// By class and first word, the longest first.
    phrases: Vec<FxHashMap<WordId, Vec<Tail>>>,
    /// What digits carry as ordinal numbers: "rd" of "3rd".
    suffixes: Vec<WordId>,
}

impl Vocabulary {
    pub(crate) fn new(tables: &TimeWords) -> Self {
        let mut vocabulary = Self::default();
        vocabulary.phrases.resize_with(Class::LongYear as usize + 1, FxHashMap::default);
        for phrase in &tables.phrases {
            if let Some(suffix) = phrase.words.strip_prefix(|c: char| c.is_ascii_digit()) {
                let suffix = vocabulary.add(suffix.trim_start_matches(|c: char| c.is_ascii_digit()));
                if !vocabulary.suffixes.contains(&suffix) {
                    vocabulary.suffixes.push(suffix);
                }
                continue;
            }
            let class = Class::of(phrase.fact);
            vocabulary.add_phrase(class, &phrase.words, phrase.fact);
            if matches!(phrase.fact, Fact::Weekday { short: false, .. }) {
                vocabulary.add_phrase(Class::Weekdays, &format!("{}s", phrase.words), phrase.fact);
            }
        }
        vocabulary
    }

    /// The words of a phrase, each with whether white space may stand before it.
    pub(crate) fn learn(&mut self, phrase: &str) -> Vec<(WordId, bool)> {
        // By itself a genitive's mark is a quotation mark.
        if phrase == "'s" {
            return vec![(self.add(phrase), false)];
        }
        let mut pieces = Vec::new();
        cut(phrase, Span::new(0, phrase.len()), self, &mut pieces);
        let words = pieces.iter().map(|p| (self.add(p.span().of(phrase)), p.gap));
        words.collect()
    }

    fn add_phrase(&mut self, class: Class, phrase: &str, fact: Fact) {
        let words = self.learn(phrase);
        let Some(((first, _), rest)) = words.split_first() else { return };
        let last = words.last().expect("it has a first").0;
        self.carries[last.0 as usize] |= class.carries();
        let tails = self.phrases[class as usize].entry(*first).or_default();
        if !tails.iter().any(|t| t.rest == rest) {
            tails.push(Tail { rest: rest.to_vec(), fact });
            tails.sort_by_key(|t| std::cmp::Reverse(t.rest.len()));
        }
    }

    fn add(&mut self, word: &str) -> WordId {
        let known = self.words.len() + 1;
        let key = word.to_lowercase().replace('’', "'").into_bytes().into_boxed_slice();
        let id = *self.words.entry(key).or_insert(WordId(u16::try_from(known).expect("the tables have far fewer words")));
        self.carries.resize(self.carries.len().max(id.0 as usize + 1), false);
        id
    }

    /// The word as the tables have it.
    pub(crate) fn word(&self, written: &str) -> WordId {
        let bytes = written.as_bytes();
        if bytes.len() > LONGEST {
            return WordId::UNKNOWN;
        }
        if written.is_ascii() {
            let mut lower = [0; LONGEST];
            let lower = &mut lower[..bytes.len()];
            lower.copy_from_slice(bytes);
            lower.make_ascii_lowercase();
            return self.words.get(&*lower).copied().unwrap_or_default();
        }
        self.words.get(written.to_lowercase().replace('’', "'").as_bytes()).copied().unwrap_or_default()
    }

    /// Lets a word carry time expressions.
    pub(crate) fn let_carry(&mut self, word: WordId) {
        self.carries[word.0 as usize] = true;
    }

    pub(crate) fn carries(&self, word: WordId) -> bool {
        self.carries.get(word.0 as usize).copied().unwrap_or_default()
    }

    /// Number of words, the unknown one with them.
    pub(crate) fn len(&self) -> usize {
        self.words.len() + 1
    }

    /// First words of a class.
    pub(crate) fn first_words(&self, class: Class) -> impl Iterator<Item = WordId> {
        let mut all: Vec<WordId> = self.phrases[class as usize].keys().copied().collect();
        all.sort_unstable();
        all.into_iter()
    }

    /// The longest phrase of a class at the head of `pieces`: how many pieces it takes, and what it means.
    pub(crate) fn phrase(&self, class: Class, pieces: &[Piece]) -> Option<(usize, Fact)> {
        let first = pieces.first().filter(|p| p.word != WordId::UNKNOWN && (p.capital || !class.capital()))?;
        let tails = self.phrases[class as usize].get(&first.word)?;
        let stands = |tail: &&Tail| {
            tail.rest.len() < pieces.len() && tail.rest.iter().zip(&pieces[1..]).all(|((word, gap), p)| p.word == *word && (*gap || !p.gap))
        };
        let tail = tails.iter().find(stands)?;
        Some((tail.rest.len() + 1, tail.fact))
    }

    /// The longest phrase of a class that ends before `at`.
    pub(crate) fn phrase_before(&self, class: Class, pieces: &[Piece], at: usize) -> Option<Fact> {
        const LONGEST: usize = 4;
        let ends = |from: usize| self.phrase(class, &pieces[from..]).filter(|(length, _)| from + length == at).map(|(_, fact)| fact);
        (1..=LONGEST).rev().filter_map(|n| at.checked_sub(n)).find_map(ends)
    }

    /// Whether the piece makes an ordinal number of the digits before it.
    pub(crate) fn is_suffix(&self, piece: &Piece) -> bool {
        !piece.gap && self.suffixes.contains(&piece.word)
    }
}
