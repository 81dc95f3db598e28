//! The rule files of statements, events and status, each line with the sentences that show what it means.

use std::collections::HashMap;

use dragoman_codebook::{Assertion, Cameo, EventType, Mode, Phase, ProcessStatus, Stance};
use dragoman_doc::{RuleId, Slot};

use crate::frame::{Classes, Examples, Filler, Frame, Head, Pos, slot, words_of};
use crate::{Fault, Table};

/// Rules found by the word that carries them: the first word of a verb or phrase, the last of a noun.
#[derive(Debug)]
pub struct RuleSet<R> {
    rules: Vec<R>,
    by_head: HashMap<String, Vec<usize>>,
}

impl<R> Default for RuleSet<R> {
    fn default() -> Self {
        Self { rules: Vec::new(), by_head: HashMap::new() }
    }
}

/// What all rules have.
pub trait Rule {
    /// File and key.
    fn id(&self) -> &RuleId;
    /// Its words.
    fn words(&self) -> &[String];
    /// What its word is.
    fn pos(&self) -> Pos;
    /// Its sentences.
    fn examples(&self) -> &Examples;
}

impl<R: Rule> RuleSet<R> {
    fn new(rules: Vec<R>) -> Self {
        let mut by_head: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, rule) in rules.iter().enumerate() {
            let words = rule.words();
            let head = if matches!(rule.pos(), Pos::Noun) { words.last() } else { words.first() };
            by_head.entry(head.expect("a lemma has at least one word").clone()).or_default().push(i);
        }
        // The longest lemma first: "call off" before "call".
        #[expect(clippy::iter_over_hash_type, reason = "each entry is sorted by itself; the order of the entries does not matter")]
        for found in by_head.values_mut() {
            found.sort_by_key(|i| (std::cmp::Reverse(rules[*i].words().len()), *i));
        }
        Self { rules, by_head }
    }

    /// The rules whose head word is `lemma`, longer ones first.
    pub fn of(&self, lemma: &str) -> impl Iterator<Item = &R> {
        self.by_head.get(lemma).into_iter().flatten().map(|i| &self.rules[*i])
    }

    /// All rules, in the order of the files.
    pub fn iter(&self) -> std::slice::Iter<'_, R> {
        self.rules.iter()
    }
}

impl<'r, R> IntoIterator for &'r RuleSet<R> {
    type Item = &'r R;
    type IntoIter = std::slice::Iter<'r, R>;
    fn into_iter(self) -> Self::IntoIter {
        self.rules.iter()
    }
}

macro_rules! rules {
    ($($rule:ident),*) => {$(
        impl Rule for $rule {
            fn id(&self) -> &RuleId { &self.id }
            fn words(&self) -> &[String] { &self.words }
            fn pos(&self) -> Pos { self.pos }
            fn examples(&self) -> &Examples { &self.examples }
        }
    )*};
}
rules!(CueRule, PredicateRule, StatusRule, LightVerb, ProcessNoun, PresenceRule, PhraseRule);

/// A word that makes a statement of what it goes with.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CueRule {
    pub id: RuleId,
    pub words: Vec<String>,
    pub pos: Pos,
    /// What can hold the content.
    pub holds: Vec<Holds>,
    pub stance: Stance,
    pub examples: Examples,
}

/// What can hold the content of a cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    /// A quotation.
    Quote,
    /// A that-clause.
    That,
    /// A bare clause.
    Zero,
    /// A to-infinitive.
    Infinitive,
    /// A gerund.
    Gerund,
    /// A question clause.
    Question,
    /// A noun phrase.
    Noun,
    /// A phrase with this preposition.
    Preposition(Box<str>),
}

impl Holds {
    fn parse(word: &str) -> Self {
        match word {
            "quote" => Self::Quote,
            "that" => Self::That,
            "zero" => Self::Zero,
            "inf" => Self::Infinitive,
            "ing" => Self::Gerund,
            "wh" => Self::Question,
            "np" => Self::Noun,
            preposition => Self::Preposition(preposition.into()),
        }
    }
}

/// A word that is an event.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PredicateRule {
    pub id: RuleId,
    pub kind: EventType,
    pub words: Vec<String>,
    pub pos: Pos,
    pub frame: Frame,
    pub modes: Vec<Mode>,
    pub cameo: Option<Cameo>,
    pub actor: Filler,
    pub recipient: Filler,
    pub examples: Examples,
}

/// A word that changes the status of an event in one of its slots.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct StatusRule {
    pub id: RuleId,
    pub words: Vec<String>,
    pub pos: Pos,
    pub scope: Scope,
    pub phase: Option<Phase>,
    pub assertion: Option<Assertion>,
    pub process: Option<ProcessStatus>,
    pub examples: Examples,
}

/// Where the event stands whose status a [`StatusRule`] changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// In this slot of the word.
    Slot(Slot),
    /// The noun that the adjective or determiner modifies.
    Noun,
    /// The verb that the adverb or modal modifies.
    Verb,
    /// The clause that the conjunction opens.
    Clause,
}

/// A verb that carries an event noun: "carry out an attack".
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct LightVerb {
    pub id: RuleId,
    pub words: Vec<String>,
    pub pos: Pos,
    pub actor: Filler,
    pub recipient: Filler,
    pub phase: Option<Phase>,
    pub examples: Examples,
}

/// A noun that names what is followed as a process.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ProcessNoun {
    pub id: RuleId,
    pub words: Vec<String>,
    pub pos: Pos,
    pub kind: String,
    pub examples: Examples,
}

/// A word that says that forces are at a place.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PresenceRule {
    pub id: RuleId,
    pub words: Vec<String>,
    pub pos: Pos,
    /// Where the forces stand in its grammar.
    pub slot: Slot,
    pub examples: Examples,
}

/// A fixed phrase.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PhraseRule {
    pub id: RuleId,
    pub words: Vec<String>,
    pub pos: Pos,
    pub examples: Examples,
}

/// The name of a file of event predicates gives their type.
const PREDICATE_FILES: &[(EventType, &str, &str)] = &[
    (EventType::Agree, "en/predicates/agree.tsv", include_str!("../../../data/en/predicates/agree.tsv")),
    (EventType::Consult, "en/predicates/consult.tsv", include_str!("../../../data/en/predicates/consult.tsv")),
    (EventType::Support, "en/predicates/support.tsv", include_str!("../../../data/en/predicates/support.tsv")),
    (EventType::Concede, "en/predicates/concede.tsv", include_str!("../../../data/en/predicates/concede.tsv")),
    (EventType::Cooperate, "en/predicates/cooperate.tsv", include_str!("../../../data/en/predicates/cooperate.tsv")),
    (EventType::Aid, "en/predicates/aid.tsv", include_str!("../../../data/en/predicates/aid.tsv")),
    (EventType::Retreat, "en/predicates/retreat.tsv", include_str!("../../../data/en/predicates/retreat.tsv")),
    (EventType::Request, "en/predicates/request.tsv", include_str!("../../../data/en/predicates/request.tsv")),
    (EventType::Accuse, "en/predicates/accuse.tsv", include_str!("../../../data/en/predicates/accuse.tsv")),
    (EventType::Reject, "en/predicates/reject.tsv", include_str!("../../../data/en/predicates/reject.tsv")),
    (EventType::Threaten, "en/predicates/threaten.tsv", include_str!("../../../data/en/predicates/threaten.tsv")),
    (EventType::Protest, "en/predicates/protest.tsv", include_str!("../../../data/en/predicates/protest.tsv")),
    (EventType::Sanction, "en/predicates/sanction.tsv", include_str!("../../../data/en/predicates/sanction.tsv")),
    (EventType::Mobilize, "en/predicates/mobilize.tsv", include_str!("../../../data/en/predicates/mobilize.tsv")),
    (EventType::Coerce, "en/predicates/coerce.tsv", include_str!("../../../data/en/predicates/coerce.tsv")),
    (EventType::Assault, "en/predicates/assault.tsv", include_str!("../../../data/en/predicates/assault.tsv")),
];

/// The rules of statements, events, status, processes and presence.
#[derive(Debug, Default)]
#[expect(missing_docs, reason = "each field is the file of its name")]
pub struct Rules {
    pub classes: Classes,
    pub cues: RuleSet<CueRule>,
    pub predicates: RuleSet<PredicateRule>,
    pub status: RuleSet<StatusRule>,
    pub light: RuleSet<LightVerb>,
    pub processes: RuleSet<ProcessNoun>,
    pub presence: RuleSet<PresenceRule>,
    pub reasons: RuleSet<PhraseRule>,
    pub open_points: RuleSet<PhraseRule>,
}

fn id(file: &str, lemma: &str, pos: Pos, more: &str) -> RuleId {
    let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".tsv");
    let more = if more.is_empty() { String::new() } else { format!(" {more}") };
    RuleId::new(format!("{stem}:{lemma}/{}{more}", pos.letter()))
}

impl Rules {
    /// The shipped rules.
    ///
    /// # Errors
    /// The faults of the first file that has any.
    pub fn shipped() -> Result<Self, Vec<Fault>> {
        let classes = Classes::parse("en/classes.tsv", crate::frame::CLASSES_FILE)?;
        let mut predicates = Vec::new();
        for (kind, file, text) in PREDICATE_FILES {
            predicates.extend(predicate_rules(*kind, file, text, &classes)?);
        }
        Ok(Self {
            classes,
            cues: cue_rules(include_str!("../../../data/en/cues.tsv"))?,
            predicates: RuleSet::new(predicates),
            status: status_rules(include_str!("../../../data/en/status.tsv"))?,
            light: light_verbs(include_str!("../../../data/en/light.tsv"))?,
            processes: process_nouns(include_str!("../../../data/en/processes.tsv"))?,
            presence: presence_rules(include_str!("../../../data/en/presence.tsv"))?,
            reasons: phrase_rules("en/reasons.tsv", include_str!("../../../data/en/reasons.tsv"))?,
            open_points: phrase_rules("en/open_points.tsv", include_str!("../../../data/en/open_points.tsv"))?,
        })
    }
}

impl Rules {
    /// The verbs that rules are about.
    pub fn verbs(&self) -> impl Iterator<Item = &str> {
        let cues = self.cues.iter().map(|r| (r.pos, &r.words));
        let predicates = self.predicates.iter().map(|r| (r.pos, &r.words));
        let status = self.status.iter().map(|r| (r.pos, &r.words));
        let light = self.light.iter().map(|r| (r.pos, &r.words));
        let presence = self.presence.iter().map(|r| (r.pos, &r.words));
        let all = cues.chain(predicates).chain(status).chain(light).chain(presence);
        all.filter(|(pos, _)| *pos == Pos::Verb).filter_map(|(_, words)| words.first().map(String::as_str))
    }
}

fn examples(row: &crate::Row<'_>, yes: usize) -> Examples {
    Examples { yes: row.text(yes).to_owned(), no: row.text(yes + 1).to_owned() }
}

fn cue_rules(text: &str) -> Result<RuleSet<CueRule>, Vec<Fault>> {
    let file = "en/cues.tsv";
    let table = Table::parse(file, text, &["lemma", "pos", "frame", "stance", "yes", "no"])?;
    let rules = table.read(|r| {
        let pos = r.code(1, "pos")?;
        Ok(CueRule {
            id: id(file, r.text(0), pos, ""),
            words: words_of(r.text(0)),
            pos,
            holds: r.text(2).split_whitespace().map(Holds::parse).collect(),
            stance: r.code(3, "stance")?,
            examples: examples(r, 4),
        })
    })?;
    Ok(RuleSet::new(rules))
}

fn predicate_rules(kind: EventType, file: &str, text: &str, classes: &Classes) -> Result<Vec<PredicateRule>, Vec<Fault>> {
    let table = Table::parse(file, text, &["lemma", "pos", "frame", "modes", "cameo", "actor", "recipient", "yes", "no"])?;
    table.read(|r| {
        let pos = r.code(1, "pos")?;
        let frame: Frame = r.code(2, "frame")?;
        for head in frame.conditions.iter().flat_map(|c| &c.heads) {
            if let Head::Class(class) = head
                && !classes.has(class)
            {
                return Err(("frame", format!("no class @{class} in en/classes.tsv")));
            }
        }
        Ok(PredicateRule {
            id: id(file, r.text(0), pos, r.text(2)),
            kind,
            words: words_of(r.text(0)),
            pos,
            frame,
            modes: r.codes(3, "modes")?,
            cameo: r.optional_code(4, "cameo")?,
            actor: r.code(5, "actor")?,
            recipient: r.code(6, "recipient")?,
            examples: examples(r, 7),
        })
    })
}

fn status_rules(text: &str) -> Result<RuleSet<StatusRule>, Vec<Fault>> {
    let file = "en/status.tsv";
    let table = Table::parse(file, text, &["lemma", "pos", "slot", "phase", "assertion", "process", "yes", "no"])?;
    let rules = table.read(|r| {
        let pos = r.code(1, "pos")?;
        let scope = match r.text(2) {
            "noun" => Scope::Noun,
            "verb" => Scope::Verb,
            "clause" => Scope::Clause,
            name => Scope::Slot(slot(name)),
        };
        Ok(StatusRule {
            id: id(file, r.text(0), pos, r.text(2)),
            words: words_of(r.text(0)),
            pos,
            scope,
            phase: r.optional_code(3, "phase")?,
            assertion: r.optional_code(4, "assertion")?,
            process: r.optional_code(5, "process")?,
            examples: examples(r, 6),
        })
    })?;
    Ok(RuleSet::new(rules))
}

fn light_verbs(text: &str) -> Result<RuleSet<LightVerb>, Vec<Fault>> {
    let file = "en/light.tsv";
    let table = Table::parse(file, text, &["lemma", "actor", "recipient", "phase", "yes", "no"])?;
    let rules = table.read(|r| {
        Ok(LightVerb {
            id: id(file, r.text(0), Pos::Verb, ""),
            words: words_of(r.text(0)),
            pos: Pos::Verb,
            actor: r.code(1, "actor")?,
            recipient: r.code(2, "recipient")?,
            phase: r.optional_code(3, "phase")?,
            examples: examples(r, 4),
        })
    })?;
    Ok(RuleSet::new(rules))
}

fn process_nouns(text: &str) -> Result<RuleSet<ProcessNoun>, Vec<Fault>> {
    let file = "en/processes.tsv";
    let table = Table::parse(file, text, &["lemma", "kind", "yes", "no"])?;
    let rules = table.read(|r| {
        Ok(ProcessNoun {
            id: id(file, r.text(0), Pos::Noun, ""),
            words: words_of(r.text(0)),
            pos: Pos::Noun,
            kind: r.text(1).to_owned(),
            examples: examples(r, 2),
        })
    })?;
    Ok(RuleSet::new(rules))
}

fn presence_rules(text: &str) -> Result<RuleSet<PresenceRule>, Vec<Fault>> {
    let file = "en/presence.tsv";
    let table = Table::parse(file, text, &["lemma", "pos", "slot", "yes", "no"])?;
    let rules = table.read(|r| {
        let pos = r.code(1, "pos")?;
        Ok(PresenceRule {
            id: id(file, r.text(0), pos, ""),
            words: words_of(r.text(0)),
            pos,
            slot: slot(r.text(2)),
            examples: examples(r, 3),
        })
    })?;
    Ok(RuleSet::new(rules))
}

fn phrase_rules(file: &str, text: &str) -> Result<RuleSet<PhraseRule>, Vec<Fault>> {
    let table = Table::parse(file, text, &["phrase", "yes", "no"])?;
    let rules = table.read(|r| {
        Ok(PhraseRule { id: id(file, r.text(0), Pos::Phrase, ""), words: words_of(r.text(0)), pos: Pos::Phrase, examples: examples(r, 1) })
    })?;
    Ok(RuleSet::new(rules))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rules_are_sound() {
        let rules = Rules::shipped().unwrap_or_else(|faults| panic!("{faults:#?}"));
        assert!(rules.predicates.iter().count() > 1000);
    }
}
