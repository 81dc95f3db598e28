use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use dragoman_codebook::UnknownWord;
use dragoman_doc::Slot;

use crate::{Fault, Table};

/// Whether a rule's word is a verb, a noun or something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Pos {
    Verb,
    Noun,
    Adjective,
    Adverb,
    Auxiliary,
    Conjunction,
    Phrase,
}

impl Pos {
    /// The letter in the files.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Verb => "v",
            Self::Noun => "n",
            Self::Adjective => "a",
            Self::Adverb => "d",
            Self::Auxiliary => "x",
            Self::Conjunction => "c",
            Self::Phrase => "p",
        }
    }
}

impl FromStr for Pos {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        [Self::Verb, Self::Noun, Self::Adjective, Self::Adverb, Self::Auxiliary, Self::Conjunction, Self::Phrase]
            .into_iter()
            .find(|p| p.letter() == word)
            .ok_or_else(|| UnknownWord { kind: "part of speech of a rule", word: word.to_owned() })
    }
}

/// Reads a slot's name as the files write it: `subj`, `obj`, `poss`, `mod`, `inf`, `ing`, `that`, else a preposition.
pub fn slot(name: &str) -> Slot {
    match name {
        "subj" => Slot::Subject,
        "obj" => Slot::Object,
        "poss" => Slot::Possessor,
        "mod" => Slot::Modifier,
        "inf" => Slot::Infinitive,
        "ing" => Slot::Gerund,
        "that" => Slot::That,
        preposition => Slot::Preposition(preposition.into()),
    }
}

/// Which slots fill a role: alternatives in order of preference, each of one or more slots that count together.
/// `by|poss` takes the by-phrase, else the possessor; `subj+with` takes both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filler {
    /// The alternatives.
    pub alternatives: Vec<Vec<Slot>>,
}

impl FromStr for Filler {
    type Err = Infallible;
    fn from_str(text: &str) -> Result<Self, Infallible> {
        let alternatives = text.split('|').filter(|a| !a.is_empty()).map(|a| a.split('+').map(slot).collect()).collect();
        Ok(Self { alternatives })
    }
}

/// What must stand in a slot of a predicate for a rule to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The slot.
    pub slot: Slot,
    /// The head words it may hold; empty means anything.
    pub heads: Vec<Head>,
    /// The condition must not hold.
    pub negated: bool,
}

/// A word or a class of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// This dictionary form.
    Lemma(String),
    /// Any member of this class.
    Class(String),
}

/// Conditions that must all hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// The conditions.
    pub conditions: Vec<Condition>,
}

/// A frame that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadFrame(String);

impl fmt::Display for BadFrame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no condition; write slot=lemma|@class or slot=*", self.0)
    }
}

impl FromStr for Frame {
    type Err = BadFrame;
    fn from_str(text: &str) -> Result<Self, BadFrame> {
        let conditions = text.split_whitespace().map(condition).collect::<Result<_, _>>()?;
        Ok(Self { conditions })
    }
}

fn condition(text: &str) -> Result<Condition, BadFrame> {
    let (negated, rest) = text.strip_prefix('!').map_or((false, text), |r| (true, r));
    let (name, heads) = rest.split_once('=').filter(|(n, h)| !n.is_empty() && !h.is_empty()).ok_or_else(|| BadFrame(text.to_owned()))?;
    let heads = if heads == "*" {
        Vec::new()
    } else {
        heads
            .split('|')
            .map(|h| match h.strip_prefix('@') {
                Some(class) => Head::Class(class.to_owned()),
                None => Head::Lemma(h.to_owned()),
            })
            .collect()
    };
    Ok(Condition { slot: slot(name), heads, negated })
}

/// The word classes that frames name.
#[derive(Debug, Clone, Default)]
pub struct Classes {
    members: HashMap<String, HashSet<String>>,
}

/// The shipped classes.
pub(crate) const CLASSES_FILE: &str = include_str!("../../../data/en/classes.tsv");

impl Classes {
    /// Reads the file of classes.
    ///
    /// # Errors
    /// The faults of the file.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Fault>> {
        let table = Table::parse(file, text, &["class", "lemma"])?;
        let mut members: HashMap<String, HashSet<String>> = HashMap::new();
        for row in table.rows() {
            members.entry(row.text(0).to_owned()).or_default().insert(row.text(1).to_owned());
        }
        Ok(Self { members })
    }

    /// Whether there is such a class.
    pub fn has(&self, class: &str) -> bool {
        self.members.contains_key(class)
    }

    /// Whether `lemma` is what `head` asks for.
    pub fn meets(&self, head: &Head, lemma: &str) -> bool {
        match head {
            Head::Lemma(wanted) => wanted == lemma,
            Head::Class(class) => self.members.get(class).is_some_and(|m| m.contains(lemma)),
        }
    }
}

/// Sentences that show what a rule must and must not match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examples {
    /// In this sentence the rule speaks.
    pub yes: String,
    /// In this one it does not.
    pub no: String,
}

/// The words of a rule, from its lemma field.
pub(crate) fn words_of(lemma: &str) -> Vec<String> {
    lemma.split(' ').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_frames() {
        let frame: Frame = "obj=@captive|prisoner !in=accident that=*".parse().unwrap();
        assert_eq!(frame.conditions.len(), 3);
        assert_eq!(frame.conditions[0].heads, [Head::Class("captive".into()), Head::Lemma("prisoner".into())]);
        assert!(frame.conditions[1].negated);
        assert_eq!((frame.conditions[2].slot.clone(), frame.conditions[2].heads.len()), (Slot::That, 0));
        assert!("obj".parse::<Frame>().is_err());
        assert!("=x".parse::<Frame>().is_err());
    }

    #[test]
    fn reads_fillers() {
        let filler: Filler = "subj+with|poss".parse().unwrap();
        assert_eq!(filler.alternatives, [vec![Slot::Subject, Slot::Preposition("with".into())], vec![Slot::Possessor]]);
    }
}
