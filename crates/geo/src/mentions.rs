//! Where names that a place may bear stand in the text.

use std::ops::Range;

use dragoman_annotate::WordView;
use dragoman_codebook::Country;
use dragoman_doc::{TokenId, Upos};
use dragoman_lexicon::{FeatureClass, Homonym, Locative, Places};
use dragoman_span::{Id, Span};

use crate::fold::Folded;
use crate::gazetteer::Gazetteer;

/// Tokens that one name may have, hyphens included.
const MAX_TOKENS: usize = 9;
/// A word longer than this, in bytes, begins no name.
const MAX_WORD: usize = 60;
/// Names this short, in bytes, are abbreviations and count in capitals only where the tables list them.
const SHORT_NAME: usize = 5;
/// Names this short, in bytes, count only in capitals.
const MIN_NAME: usize = 2;
/// Share of capitalised words from which on a sentence is a headline, whose capitals tell nothing.
const TITLE_SHARE: f64 = 0.75;
/// Fewest words of a headline.
const TITLE_WORDS: usize = 4;

/// A name that some place bears, or a demonym.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mention {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// Where it stands.
    pub(crate) span: Span,
    /// The folded name.
    pub(crate) folded: String,
    /// It is part of a longer capitalised name.
    pub(crate) in_longer_name: bool,
}

/// What the words of a report say of places before any of them is judged.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Names that places bear, in order.
    pub(crate) mentions: Vec<Mention>,
    /// Countries whose people are named, once for each time.
    pub(crate) demonyms: Vec<Country>,
}

/// Finds the longest names from left to right; none overlap.
pub(crate) fn find(view: &WordView<'_>, gazetteer: &Gazetteer) -> Names {
    let mut names = Names::default();
    for (_, tokens) in view.sentences() {
        let scan = Scan { view, gazetteer, tokens: tokens.clone(), title: is_title(view, tokens.clone()) };
        let mut at = tokens.start;
        while at < tokens.end {
            at = scan.step(at, &mut names);
        }
    }
    names
}

/// A mention at a span that is known to name a place; an article and a genitive mark are left out of its name.
pub(crate) fn given(view: &WordView<'_>, span: Span) -> Option<Mention> {
    let tokens = view.tokens.within(span);
    let name = span.of(view.text).trim();
    let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
    (!tokens.is_empty()).then(|| Mention { tokens, span, folded: Folded::of(name), in_longer_name: false })
}

/// Whether the capitals of these words tell nothing.
fn is_title(view: &WordView<'_>, tokens: Range<usize>) -> bool {
    let words: Vec<&str> = tokens.map(|i| view.form(i)).filter(|f| f.chars().count() > 3 && f.chars().all(char::is_alphabetic)).collect();
    let capital = words.iter().filter(|w| is_capitalised(w)).count();
    words.len() >= TITLE_WORDS && capital as f64 >= TITLE_SHARE * words.len() as f64
}

pub(crate) fn is_capitalised(form: &str) -> bool {
    form.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
}

/// Words of the closed classes are no part of a name even with a capital.
pub(crate) fn is_closed(upos: Upos) -> bool {
    matches!(upos, Upos::Adp | Upos::Aux | Upos::Cconj | Upos::Det | Upos::Part | Upos::Pron | Upos::Sconj | Upos::Punct)
}

/// The words around a mention.
pub(crate) struct Scan<'a> {
    pub(crate) view: &'a WordView<'a>,
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) tokens: Range<usize>,
    pub(crate) title: bool,
}

impl Scan<'_> {
    /// Reads on from token `at`; gives where to go on.
    fn step(&self, at: usize, names: &mut Names) -> usize {
        if !is_capitalised(self.view.form(at)) {
            return at + 1;
        }
        if let Some((end, folded)) = self.longest(at)
            && self.is_name(at, end, &folded)
        {
            let span = self.view.tokens.span(TokenId::from_index(at), TokenId::from_index(end - 1));
            let in_longer_name = !self.title && self.is_part(at, end);
            names.mentions.push(Mention { tokens: at..end, span, folded, in_longer_name });
            return end;
        }
        names.demonyms.extend(self.gazetteer.demonym(&Folded::of(self.view.form(at))));
        at + 1
    }

    /// The longest name that begins at `at`: one past its last token and its folded form.
    fn longest(&self, at: usize) -> Option<(usize, String)> {
        let mut search = self.gazetteer.search();
        let mut found = None;
        for i in at..self.tokens.end.min(at + MAX_TOKENS) {
            let form = self.view.form(i);
            if form.len() > MAX_WORD || !may_stand_in_name(form) {
                break;
            }
            let goes_on = search.push(form, i > at && self.space_before(i));
            let is_word = form.chars().any(char::is_alphanumeric) && !is_genitive(form);
            let ends_name = is_word && (is_capitalised(form) || form.starts_with(char::is_numeric) || (i > at && !self.space_before(i)));
            if ends_name && let Some(folded) = search.found() {
                found = Some((i + 1, folded.to_owned()));
            }
            if !goes_on {
                break;
            }
        }
        found
    }

    pub(crate) fn space_before(&self, at: usize) -> bool {
        let tokens = &self.view.tokens.tokens;
        tokens[TokenId::from_index(at - 1)].span.end() < tokens[TokenId::from_index(at)].span.start()
    }

    /// Whether the words can be a name at all, apart from what stands around them.
    fn is_name(&self, at: usize, end: usize, folded: &str) -> bool {
        if end == at + 1 && is_closed(self.view.upos(at)) && !is_abbreviation(self.view.form(at)) {
            return false;
        }
        // "Canadian" is also a town in Texas.
        if self.gazetteer.demonym(folded).is_some() && !self.gazetteer.is_listed(folded) {
            return false;
        }
        let is_upper = is_abbreviation(self.view.form(at));
        if is_upper && folded.len() <= SHORT_NAME && !self.title {
            // "PUNO, Peru, May 9 -": in a dateline capitals are no abbreviation.
            return self.gazetteer.is_listed(folded) || (self.in_dateline(at) && folded.len() > MIN_NAME);
        }
        !is_upper && (folded.len() > MIN_NAME || end > at + 1) || is_upper && folded.len() > SHORT_NAME
    }

    fn in_dateline(&self, at: usize) -> bool {
        let tokens = self.view.tokens;
        let token = &tokens.tokens[TokenId::from_index(at)];
        tokens.paragraphs[tokens.sentences[token.sentence].paragraph].dateline.is_some_and(|d| d.contains(token.span))
    }

    /// Whether a capitalised neighbour makes the words part of a longer name ("Jack London", "New York Times").
    fn is_part(&self, at: usize, end: usize) -> bool {
        let before = at.checked_sub(1).filter(|i| self.tokens.contains(i));
        let after = Some(end).filter(|i| self.tokens.contains(i));
        before.is_some_and(|i| self.continues_left(i)) || after.is_some_and(|i| self.continues_right(i)) || self.names_body(at)
    }

    fn continues_left(&self, at: usize) -> bool {
        let form = self.view.form(at);
        if form == "-" {
            return at > self.tokens.start && !self.space_before(at) && is_capitalised(self.view.form(at - 1)) && !self.is_region(at - 1);
        }
        let starts = at == self.tokens.start;
        is_capitalised(form)
            && !is_closed(self.view.upos(at))
            && (!starts || self.view.upos(at) == Upos::Propn || is_title_mark(form))
            && !self.is_region(at)
            && self.tables().head_before(&form.to_lowercase()).is_none()
    }

    fn continues_right(&self, at: usize) -> bool {
        let form = self.view.form(at);
        if form == "-" {
            let next = at + 1;
            return self.tokens.contains(&next)
                && !self.space_before(next)
                && !self.space_before(at)
                && is_capitalised(self.view.form(next));
        }
        is_capitalised(form)
            && !is_closed(self.view.upos(at))
            && self.space_before(at)
            && self.tables().head_after(&form.to_lowercase()).is_none_or(|f| f == FeatureClass::Any)
            && self.tables().homonym(&form.to_lowercase()) != Some(Homonym::Time)
            && self.gazetteer.demonym(&Folded::of(form)).is_none()
    }

    /// "Bank of England", "University of Texas": a capitalised noun before "of" that is no kind of place.
    fn names_body(&self, at: usize) -> bool {
        let Some(of) = at.checked_sub(1).filter(|i| self.tokens.contains(i) && self.view.form(*i) == "of") else { return false };
        let Some(noun) = of.checked_sub(1).filter(|i| self.tokens.contains(i)) else { return false };
        let form = self.view.form(noun);
        let lower = form.to_lowercase();
        is_capitalised(form)
            && !is_closed(self.view.upos(noun))
            && (noun > self.tokens.start || self.view.upos(noun) == Upos::Propn)
            && !self.tables().is(&lower, Locative::Part)
            && self.tables().head_before(&lower).is_none()
    }

    /// "Northern", "Downtown", a demonym or a day: capitalised, yet no part of the name after it.
    fn is_region(&self, at: usize) -> bool {
        let lower = self.view.form(at).to_lowercase();
        self.tables().is(&lower, Locative::Region)
            || self.tables().is(&lower, Locative::Part)
            || self.tables().homonym(&lower) == Some(Homonym::Time)
            || self.gazetteer.demonym(&Folded::of(&lower)).is_some()
    }

    fn tables(&self) -> &Places {
        self.gazetteer.tables()
    }
}

/// Letters and digits, or a mark that names have within.
fn may_stand_in_name(form: &str) -> bool {
    form.chars().any(char::is_alphanumeric) || matches!(form, "-" | "'" | "’" | "‘" | "." | "`")
}

/// The genitive mark, which closes a name.
fn is_genitive(form: &str) -> bool {
    matches!(form, "'s" | "’s" | "'S" | "’S")
}

/// "Mr.", "Gen."
fn is_title_mark(form: &str) -> bool {
    form.len() > 2 && form.ends_with('.')
}

/// At least two letters, all of them capitals.
pub(crate) fn is_abbreviation(form: &str) -> bool {
    let letters = form.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() > 1 && letters.clone().all(char::is_uppercase) || form.ends_with('.') && is_capitalised(form)
}
