//! Rules of time expressions as `rules.tsv` has them, compiled to small programs.
//!
//! A pattern is a row of elements, all separated by spaces:
//! - a word in lower case or a mark stands for itself; a class in capitals (`MONTH`, `YEAR`) for the words of its table or for digits;
//! - `@group` stands for what a rule of that group reads;
//! - `( a b | c )` are alternatives (`\(` is the mark itself), and a `?` behind an element or a bracket makes it optional;
//! - `_` before an element forbids white space before it.
//!
//! `needs` says what must stand around a match where it is an expression by itself: see [`Need`].

use dragoman_lexicon::{Fault, TimeRule};

use crate::build::Means;
use crate::vocabulary::{Class, Vocabulary, WordId};

/// A number of a group of rules.
pub(crate) type Group = u8;
/// A number of a rule.
pub(crate) type RuleNumber = u16;

/// One step of a program.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Step {
    /// This word.
    Word(WordId, Joined),
    /// A word or number of the class.
    Class(Class, Joined),
    /// What a rule of the group reads.
    Group(Group, Joined),
    /// Goes on there, and if that fails at the second.
    Split(u16, u16),
    /// Goes on there.
    Jump(u16),
    /// All was read.
    Accept,
}

/// No white space may stand before it.
pub(crate) type Joined = bool;

/// What must stand around a match that is an expression by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Need {
    /// It is only a part of others.
    Inner,
    /// A number stands before it ("$3 a year"), or none does.
    Rate(bool),
    /// A word of `leads.tsv` stands before it; it goes on a list; or it owns ("April's").
    Led,
    /// As [`Need::Led`], or its name is no other word.
    MonthLike,
    /// A year that counts nothing: led, in brackets, in a list, at the end of a heading.
    YearLike,
    /// The number at its head does not count the noun behind it.
    Free,
    /// No word of `ages.tsv` stands behind it.
    NoAge,
    /// Its weekday is not abbreviated: "Sun" and "Sat" are other words where no date follows.
    Full,
    /// No capitalised word stands behind it: "the daily Granma".
    NoName,
    /// It begins with a capital letter.
    Capital,
    /// One of these words stands before it (`before=`); none does (`!before=`).
    Before(Vec<WordId>, bool),
    /// One of these words stands behind it (`behind=`); none does (`!behind=`).
    Behind(Vec<WordId>, bool),
}

/// A compiled rule.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Its name, for the reasons given.
    pub(crate) id: &'static str,
    pub(crate) steps: Vec<Step>,
    pub(crate) means: Means,
    pub(crate) needs: Vec<Need>,
    groups: Vec<Group>,
}

impl Rule {
    pub(crate) fn stands_alone(&self) -> bool {
        !self.needs.contains(&Need::Inner)
    }
}

/// All rules, found by the word at their head.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    pub(crate) all: Vec<Rule>,
    /// Rules that are expressions by themselves.
    pub(crate) heads: Heads,
    /// Rules of each group.
    pub(crate) groups: Vec<Heads>,
}

/// Rules by what can stand at their head.
#[derive(Debug, Default)]
pub(crate) struct Heads {
    by_word: Vec<Vec<RuleNumber>>,
    by_digits: Vec<RuleNumber>,
}

impl Heads {
    pub(crate) fn of_word(&self, word: WordId) -> &[RuleNumber] {
        self.by_word.get(word.0 as usize).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn of_digits(&self) -> &[RuleNumber] {
        &self.by_digits
    }
}

impl Rules {
    /// Compiles the rules.
    ///
    /// # Errors
    /// The faults of all rules.
    pub(crate) fn compile(rules: &[TimeRule], vocabulary: &mut Vocabulary) -> Result<Self, Vec<Fault>> {
        let mut names: Vec<&str> = rules.iter().flat_map(|r| r.groups.iter().map(String::as_str)).collect();
        names.sort_unstable();
        names.dedup();
        let mut faults = Vec::new();
        let mut compiled = Self::default();
        for rule in rules {
            match compile(rule, &names, vocabulary) {
                Ok(rule) => compiled.all.push(rule),
                Err((column, reason)) => {
                    let (file, line) = rule.at.clone();
                    faults.push(Fault { file, line, column: Some(column.to_owned()), reason });
                }
            }
        }
        if faults.is_empty() {
            compiled.index(names.len(), vocabulary);
            Ok(compiled)
        } else {
            Err(faults)
        }
    }

    fn index(&mut self, groups: usize, vocabulary: &Vocabulary) {
        let heads = |of: &dyn Fn(&Rule) -> bool| {
            let mut heads = Heads { by_word: vec![Vec::new(); vocabulary.len()], by_digits: Vec::new() };
            for (number, rule) in self.all.iter().enumerate().filter(|(_, r)| of(r)) {
                let number = number as RuleNumber;
                let mut first = First { vocabulary, rules: &self.all, words: Vec::new(), digits: false, depth: 0 };
                first.add(rule);
                first.words.sort_unstable();
                first.words.dedup();
                first.words.iter().for_each(|w| heads.by_word[w.0 as usize].push(number));
                if first.digits {
                    heads.by_digits.push(number);
                }
            }
            heads
        };
        let alone = heads(&Rule::stands_alone);
        let groups = (0..groups).map(|g| heads(&|r: &Rule| r.groups.contains(&(g as Group)))).collect();
        self.heads = alone;
        self.groups = groups;
    }
}

/// What can stand at the head of a rule.
struct First<'a> {
    vocabulary: &'a Vocabulary,
    rules: &'a [Rule],
    words: Vec<WordId>,
    digits: bool,
    depth: usize,
}

/// Groups within groups; a group that begins with itself would have no end.
const DEEPEST: usize = 8;

impl First<'_> {
    fn add(&mut self, rule: &Rule) {
        if self.depth < DEEPEST {
            self.depth += 1;
            self.step(rule, 0);
            self.depth -= 1;
        }
    }

    fn step(&mut self, rule: &Rule, at: usize) {
        match rule.steps[at] {
            Step::Word(word, _) => self.words.push(word),
            Step::Class(class, _) => {
                self.words.extend(self.vocabulary.first_words(class));
                // Of the words only ordinals, days and numbers may be written in digits.
                self.digits |= matches!(class, Class::Ordinal)
                    || (0..=5).any(|l| class.holds([0, 1, 11, 111, 1111, 11_111][l], l as u32))
                    || matches!(class, Class::SixDigits | Class::ZeroTime);
            }
            Step::Group(group, _) => {
                let rules = self.rules;
                rules.iter().filter(|r| r.groups.contains(&group)).for_each(|r| self.add(r));
            }
            Step::Split(a, b) => {
                self.step(rule, a as usize);
                self.step(rule, b as usize);
            }
            Step::Jump(to) => self.step(rule, to as usize),
            Step::Accept => {}
        }
    }
}

type Bad = (&'static str, String);

fn compile(rule: &TimeRule, groups: &[&str], vocabulary: &mut Vocabulary) -> Result<Rule, Bad> {
    let mut compiler = Compiler { groups, vocabulary, steps: Vec::new() };
    let tokens: Vec<&str> = rule.pattern.split_whitespace().collect();
    let end = compiler.sequence(&tokens, 0).map_err(|reason| ("pattern", reason))?;
    if end < tokens.len() {
        return Err(("pattern", "a bracket is closed that was not opened".to_owned()));
    }
    compiler.steps.push(Step::Accept);
    let steps = compiler.steps;
    if matches!(steps[0], Step::Accept) {
        return Err(("pattern", "the pattern is empty".to_owned()));
    }
    // A rule of words that carry no time otherwise carries it with its last word.
    let carried = |step: &Step| matches!(step, Step::Group(..)) || matches!(step, Step::Class(class, _) if class.carries());
    if !steps.iter().any(carried)
        && let Some(word) = steps.iter().rev().find_map(|step| if let Step::Word(word, _) = step { Some(*word) } else { None })
    {
        vocabulary.let_carry(word);
    }
    let needs = rule.needs.split_whitespace().map(|need| need_of(need, vocabulary)).collect::<Result<_, _>>().map_err(|r| ("needs", r))?;
    let means = Means::parse(&rule.means).map_err(|reason| ("means", reason))?;
    let groups = rule.groups.iter().filter_map(|name| groups.iter().position(|g| g == name)).map(|g| g as Group).collect();
    // One leak a rule and program: reasons name their rule as long as the program runs.
    let id: &'static str = Box::leak(format!("time:{}", rule.id).into_boxed_str());
    Ok(Rule { id, steps, means, needs, groups })
}

struct Compiler<'a> {
    groups: &'a [&'a str],
    vocabulary: &'a mut Vocabulary,
    steps: Vec<Step>,
}

impl Compiler<'_> {
    fn here(&self) -> u16 {
        self.steps.len() as u16
    }

    /// Elements up to a bar, a closing bracket or the end; gives where it stopped.
    fn sequence(&mut self, tokens: &[&str], mut at: usize) -> Result<usize, String> {
        while let Some(token) = tokens.get(at) {
            match *token {
                "|" | ")" | ")?" => return Ok(at),
                "(" => at = self.bracket(tokens, at + 1)?,
                element => {
                    let (name, optional) = element.strip_suffix('?').filter(|n| !n.is_empty()).map_or((element, false), |n| (n, true));
                    let split = self.steps.len();
                    if optional {
                        self.steps.push(Step::Split(self.here() + 1, 0));
                    }
                    self.element(name)?;
                    if optional {
                        self.steps[split] = Step::Split(split as u16 + 1, self.here());
                    }
                    at += 1;
                }
            }
        }
        Ok(at)
    }

    /// Alternatives up to the closing bracket; gives one past it.
    fn bracket(&mut self, tokens: &[&str], mut at: usize) -> Result<usize, String> {
        let outer = self.steps.len();
        // Room for the way around an optional bracket.
        self.steps.push(Step::Jump(outer as u16 + 1));
        let mut ends = Vec::new();
        loop {
            let split = self.steps.len();
            self.steps.push(Step::Jump(split as u16 + 1));
            at = self.sequence(tokens, at)?;
            match tokens.get(at).copied() {
                Some("|") => {
                    ends.push(self.steps.len());
                    self.steps.push(Step::Jump(0));
                    self.steps[split] = Step::Split(split as u16 + 1, self.here());
                    at += 1;
                }
                Some(close @ (")" | ")?")) => {
                    let here = self.here();
                    for end in ends {
                        self.steps[end] = Step::Jump(here);
                    }
                    if close == ")?" {
                        self.steps[outer] = Step::Split(outer as u16 + 1, here);
                    }
                    return Ok(at + 1);
                }
                _ => return Err("a bracket is not closed".to_owned()),
            }
        }
    }

    fn element(&mut self, written: &str) -> Result<(), String> {
        let (name, joined) = written.strip_prefix('_').filter(|n| !n.is_empty()).map_or((written, false), |n| (n, true));
        if let Some(group) = name.strip_prefix('@') {
            let number = self.groups.iter().position(|g| *g == group).ok_or_else(|| format!("there is no group {group}"))?;
            self.steps.push(Step::Group(number as Group, joined));
        } else if name.starts_with(|c: char| c.is_ascii_uppercase()) {
            let class = Class::named(name).ok_or_else(|| format!("there is no class {name}"))?;
            self.steps.push(Step::Class(class, joined));
        } else {
            for (n, (word, gap)) in self.vocabulary.learn(name.trim_start_matches('\\')).into_iter().enumerate() {
                self.steps.push(Step::Word(word, if n == 0 { joined } else { !gap }));
            }
        }
        Ok(())
    }
}

fn need_of(written: &str, vocabulary: &mut Vocabulary) -> Result<Need, String> {
    let mut words = |list: &str| list.split('|').filter_map(|w| Some(vocabulary.learn(w).first()?.0)).collect();
    Ok(match written {
        "inner" => Need::Inner,
        "led" => Need::Led,
        "month" => Need::MonthLike,
        "year" => Need::YearLike,
        "free" => Need::Free,
        "no-age" => Need::NoAge,
        "full" => Need::Full,
        "no-name" => Need::NoName,
        "capital" => Need::Capital,
        "rate" => Need::Rate(true),
        "!rate" => Need::Rate(false),
        _ => match written.split_once('=') {
            Some(("before", list)) => Need::Before(words(list), true),
            Some(("!before", list)) => Need::Before(words(list), false),
            Some(("behind", list)) => Need::Behind(words(list), true),
            Some(("!behind", list)) => Need::Behind(words(list), false),
            _ => return Err(format!("nothing is called {written}")),
        },
    })
}
