//! How far something has come and how the report stands to it.

use dragoman_annotate::{Carrier, Grammar};
use dragoman_codebook::{Assertion, Phase, ProcessStatus, Stance};
use dragoman_doc::{ChunkId, Feat, Reason, RuleId, Score, Slot, Tense, VerbGroup, VerbGroupId};
use dragoman_lexicon::{Head, Pos, Rule, Rules, Scope, StatusRule};
use dragoman_span::Id;

use crate::Links;

/// How many words above an event are asked for its status.
const MAX_HEIGHT: usize = 6;

/// Phase and assertion with the rules that gave them.
#[derive(Debug, Clone)]
pub struct Status {
    /// How far it has come.
    pub phase: Phase,
    /// How the report stands to it.
    pub assertion: Assertion,
    /// The state that this means for a followed process.
    pub process: Option<ProcessStatus>,
    /// The rules that spoke, innermost first.
    pub reasons: Vec<Reason>,
}

impl Status {
    fn plain(phase: Phase) -> Self {
        Self { phase, assertion: Assertion::Asserted, process: None, reasons: Vec::new() }
    }

    /// Of two carriers of one event, the one about which more is said.
    #[must_use]
    pub fn stronger(self, other: Self) -> Self {
        let weight = |s: &Self| (s.assertion != Assertion::Asserted, s.phase != Phase::Occurred, s.reasons.len());
        if weight(&other) > weight(&self) { other } else { self }
    }

    /// What a source's stance makes of it.
    #[must_use]
    pub(crate) fn under(mut self, stance: Stance, reason: &Reason, cue: &str) -> Self {
        let made = match stance {
            Stance::Denies => (None, Some(Assertion::Denied)),
            Stance::Accuses | Stance::Claims => (None, Some(Assertion::Alleged)),
            Stance::Demands | Stance::Asks | Stance::Threatens | Stance::Hopes | Stance::Suggests | Stance::Calls => {
                (None, Some(Assertion::Hypothetical))
            }
            Stance::Promises => (Some(Phase::Planned), None),
            _ => (None, None),
        };
        if let (Some(phase), Phase::Occurred) = (made.0, self.phase) {
            self.phase = phase;
        }
        if let (Some(assertion), Assertion::Asserted) = (made.1, self.assertion)
            && !(assertion == Assertion::Hypothetical && self.phase != Phase::Occurred)
        {
            self.assertion = assertion;
        }
        if made != (None, None) {
            self.reasons.push(Reason { rule: reason.rule.clone(), detail: cue.to_owned(), score: Score::from_parts(7000) });
        }
        self
    }

    fn apply(&mut self, rule: &StatusRule, detail: &str) {
        if let Some(phase) = rule.phase {
            self.phase = phase;
        }
        if let Some(assertion) = rule.assertion {
            self.assertion = assertion;
        }
        self.process = rule.process.or(self.process);
        self.reasons.push(Reason { rule: rule.id.clone(), detail: detail.to_owned(), score: Score::from_parts(7500) });
    }

    /// A thing under something that has not happened has not happened either.
    fn inherit(&mut self, above: &Self) {
        if self.assertion == Assertion::Asserted {
            self.assertion = above.assertion;
        }
        // "postponement of the announcement of the end": what is announced lies ahead, and with its announcement it is put off.
        let put_off = matches!(above.phase, Phase::Planned | Phase::Scheduled | Phase::Postponed | Phase::Suspended | Phase::Cancelled);
        if (put_off && matches!(self.phase, Phase::Occurred | Phase::Ongoing | Phase::Completed | Phase::Planned))
            || (self.phase == Phase::Occurred && above.phase == Phase::Ongoing)
        {
            self.phase = above.phase;
            self.process = above.process;
        }
        self.process = self.process.or(above.process);
        self.reasons.extend(above.reasons.iter().cloned());
    }
}

/// Reads the status of verbs and nouns off the grammar and the rules of `data/en/status.tsv`.
#[derive(Debug)]
pub struct StatusReader<'a> {
    grammar: Grammar<'a>,
    rules: &'a Rules,
    links: &'a Links,
}

impl<'a> StatusReader<'a> {
    /// A reader for one report.
    pub fn new(grammar: Grammar<'a>, rules: &'a Rules, links: &'a Links) -> Self {
        Self { grammar, rules, links }
    }

    /// The status of a verb or noun.
    pub fn of(&self, carrier: Carrier) -> Status {
        match carrier {
            Carrier::Verb(v) => self.verb(v, MAX_HEIGHT),
            Carrier::Noun(c) => self.noun(c, MAX_HEIGHT),
        }
    }

    fn verb(&self, id: VerbGroupId, height: usize) -> Status {
        let verb = self.grammar.verb(id);
        let mut status = Status::plain(self.phase_of_form(verb));
        self.modals(verb, &mut status);
        self.negation(verb, &mut status);
        self.adverbs(verb, &mut status);
        self.opener(verb, &mut status);
        if height == 0 {
            return status;
        }
        let ruled = self.governor(id, verb, &mut status, height);
        if verb.infinitive && !ruled && status.assertion == Assertion::Asserted {
            status.phase = Phase::Planned;
            status.reasons.push(reason("status:to-infinitive", self.words(verb)));
        }
        status
    }

    fn words(&self, verb: &VerbGroup) -> String {
        self.grammar.words.tokens.verb_span(verb).of(self.grammar.words.text).to_owned()
    }

    /// "is meeting" is going on; the rest happened unless words say otherwise.
    fn phase_of_form(&self, verb: &VerbGroup) -> Phase {
        let progressive =
            self.grammar.words.has(verb.head.index(), Feat::Gerund) && !verb.auxiliaries.is_empty() && verb.tense != Tense::Future;
        match () {
            () if verb.tense == Tense::Future => Phase::Planned,
            () if progressive => Phase::Ongoing,
            () => Phase::Occurred,
        }
    }

    fn first_rule(&self, at: usize, pos: Pos, scope: &Scope) -> Option<&'a StatusRule> {
        let lower = self.grammar.words.form(at).to_lowercase();
        let by_lemma = self.rules.status.of(self.grammar.words.lemma(at));
        let by_form = self.rules.status.of(&lower).collect::<Vec<_>>();
        by_lemma.chain(by_form).find(|r| r.pos() == pos && r.scope == *scope && r.words().len() == 1)
    }

    fn modals(&self, verb: &VerbGroup, status: &mut Status) {
        for at in &verb.auxiliaries {
            if let Some(rule) = self.first_rule(at.index(), Pos::Auxiliary, &Scope::Verb) {
                status.apply(rule, self.grammar.words.form(at.index()));
            }
        }
    }

    fn negation(&self, verb: &VerbGroup, status: &mut Status) {
        if let Some(at) = verb.negation
            && let Some(rule) = self.first_rule(at.index(), Pos::Adverb, &Scope::Verb)
        {
            status.apply(rule, self.grammar.words.form(at.index()));
        }
    }

    fn adverbs(&self, verb: &VerbGroup, status: &mut Status) {
        let start = self.grammar.words.tokens.sentences[verb.sentence].first_token.index();
        let end = self.grammar.words.tokens.sentences[verb.sentence].end_token.index();
        let near = verb.first.index().saturating_sub(1).max(start)..(verb.head.index() + 2).min(end);
        for at in near {
            if Some(at) != verb.negation.map(Id::index)
                && let Some(rule) = self.first_rule(at, Pos::Adverb, &Scope::Verb)
            {
                status.apply(rule, self.grammar.words.form(at));
            }
        }
    }

    fn opener(&self, verb: &VerbGroup, status: &mut Status) {
        if let Some(at) = verb.opener.map(Id::index)
            && let Some(rule) = self.first_rule(at, Pos::Conjunction, &Scope::Clause)
        {
            return status.apply(rule, self.grammar.words.form(at));
        }
        // Conjunctions of several words: "as long as the navy blockades the strait", "instead of bombing".
        let start = self.grammar.words.tokens.sentences[verb.sentence].first_token.index();
        let first = verb.first.index();
        let earlier = self.grammar.verbs_in(verb.sentence).map(|(_, v)| v.head.index() + 1).filter(|h| *h <= first).max().unwrap_or(start);
        for at in earlier..first {
            let Some((rule, end)) = self.phrase_rule(at, Pos::Conjunction) else { continue };
            let applies = match rule.scope {
                Scope::Clause => true,
                Scope::Slot(Slot::Gerund) => end == first,
                _ => false,
            };
            if applies {
                return status.apply(rule, self.grammar.words.form(at));
            }
        }
    }

    /// The longest rule of fixed words that stands at `at`, and one past its last word.
    fn phrase_rule(&self, at: usize, pos: Pos) -> Option<(&'a StatusRule, usize)> {
        let lower = self.grammar.words.form(at).to_lowercase();
        self.rules.status.of(&lower).filter(|r| r.pos() == pos).find_map(|r| Some((r, self.grammar.phrase_at(at, r.words())?)))
    }

    /// The verb or noun that the verb depends on. Whether a rule spoke.
    fn governor(&self, id: VerbGroupId, verb: &VerbGroup, status: &mut Status, height: usize) -> bool {
        if let Some(noun) = self.links.noun_of(id)
            && let Some(rule) = self.noun_rule(noun, &Slot::Infinitive)
        {
            status.apply(rule, self.grammar.words.form(self.grammar.chunk(noun).head.index()));
            status.inherit(&self.noun(noun, height - 1));
            return true;
        }
        if let Some(rule) = self.noun_that(verb) {
            status.apply(rule, &self.words(verb));
            return true;
        }
        let (Some(above), Some(slot)) = (verb.governor, self.links.slot_in(id)) else { return false };
        let over = self.grammar.verb(above);
        if let Some(rule) = self.predicative(over, verb, slot) {
            status.apply(rule, &self.words(over));
            status.inherit(&self.verb(above, height - 1));
            return true;
        }
        match self.verb_rule(above, slot) {
            Some(rule) => {
                status.apply(rule, &self.words(over));
                status.inherit(&self.verb(above, height - 1));
                true
            }
            None if *slot == Slot::Infinitive => {
                let own = self.verb(above, height - 1);
                status.inherit(&own);
                own.assertion != Assertion::Asserted
            }
            None => false,
        }
    }

    /// "is due to arrive", "has yet to release": a word between the verb and its infinitive.
    fn predicative(&self, over: &VerbGroup, verb: &VerbGroup, slot: &Slot) -> Option<&'a StatusRule> {
        let scope = Scope::Slot(slot.clone());
        (over.head.index() + 1..verb.first.index())
            .find_map(|at| self.first_rule(at, Pos::Adjective, &scope).or_else(|| self.first_rule(at, Pos::Adverb, &scope)))
    }

    /// "the allegation that guards starved inmates": the noun before the clause.
    fn noun_that(&self, verb: &VerbGroup) -> Option<&'a StatusRule> {
        let that = verb.opener.map(Id::index).filter(|o| self.grammar.words.lemma(*o) == "that")?;
        let (noun, _) = self.grammar.chunks_in(verb.sentence).find(|(_, c)| c.last.index() + 1 == that)?;
        self.noun_rule(noun, &Slot::That)
    }

    /// The rule of a verb for what stands in its slot. The object of "call off" stands after "off".
    pub fn verb_rule(&self, id: VerbGroupId, slot: &Slot) -> Option<&'a StatusRule> {
        let verb = self.grammar.verb(id);
        let rules = self.rules.status.of(self.grammar.words.lemma(verb.head.index())).filter(|r| r.pos() == Pos::Verb);
        let behind = |r: &StatusRule| {
            r.scope == Scope::Slot(Slot::Object) && matches!((slot, r.words()), (Slot::Preposition(p), [_, .., last]) if **p == **last)
        };
        let mut fitting = rules.filter(|r| self.grammar.verb_words(verb, r.words()).is_some());
        fitting.find(|r| self.is_scope(&r.scope, slot) || behind(r))
    }

    /// The rule of a noun for what stands in its slot.
    pub fn noun_rule(&self, id: ChunkId, slot: &Slot) -> Option<&'a StatusRule> {
        let chunk = self.grammar.chunk(id);
        let rules = self.rules.status.of(self.grammar.words.lemma(chunk.head.index())).filter(|r| r.pos() == Pos::Noun);
        let mut fitting = rules.filter(|r| self.grammar.noun_words(chunk, r.words()).is_some());
        fitting.find(|r| self.is_scope(&r.scope, slot))
    }

    /// Whether a rule's slot is this one; `of` in a rule stands for the prepositions of the class `of_like` ("calls for", "talks on").
    fn is_scope(&self, scope: &Scope, slot: &Slot) -> bool {
        let of_like = |p: &str| self.rules.classes.meets(&Head::Class("of_like".into()), p);
        match (scope, slot) {
            (Scope::Slot(Slot::Preposition(rule)), Slot::Preposition(here)) if &**rule == "of" => of_like(here),
            (Scope::Slot(rule), here) => rule == here,
            _ => false,
        }
    }

    fn noun(&self, id: ChunkId, height: usize) -> Status {
        let mut status = Status::plain(Phase::Occurred);
        self.modifiers(id, &mut status);
        if height == 0 {
            return status;
        }
        if let Some((rule, at)) = self.phrase_before(id) {
            status.apply(rule, self.grammar.words.form(at));
        }
        if let Some((rule, at)) = self.predicative_of(id) {
            status.apply(rule, self.grammar.words.form(at));
        }
        for (over, slot) in self.links.nouns_over(id) {
            if let Some(rule) = self.noun_rule(*over, slot) {
                status.apply(rule, self.grammar.words.form(self.grammar.chunk(*over).head.index()));
                status.inherit(&self.noun(*over, height - 1));
                return status;
            }
        }
        for (over, slot) in self.links.verbs_over(id) {
            if let Some(rule) = self.verb_rule(*over, slot) {
                status.apply(rule, &self.words(self.grammar.verb(*over)));
                status.inherit(&self.verb(*over, height - 1));
                return status;
            }
        }
        // Under a verb that merely carries it, the noun has the verb's status; other verbs only pass on what is not real.
        for (over, slot) in self.links.verbs_over(id) {
            if matches!(slot, Slot::Subject | Slot::Object) {
                let above = self.verb(*over, height - 1);
                let carries = self.is_light(*over);
                if carries || above.phase == Phase::Planned {
                    status.inherit(&above);
                    return status;
                }
            }
        }
        status
    }

    /// "in case of an evacuation", "without a clash".
    fn phrase_before(&self, id: ChunkId) -> Option<(&'a StatusRule, usize)> {
        let chunk = self.grammar.chunk(id);
        let first = chunk.first.index();
        let start = self.grammar.words.tokens.sentences[chunk.sentence].first_token.index().max(first.saturating_sub(4));
        (start..first).find_map(|at| {
            let (rule, end) = self.phrase_rule(at, Pos::Conjunction)?;
            (rule.scope == Scope::Noun && end == first).then_some((rule, at))
        })
    }

    /// "the withdrawal is under way".
    fn predicative_of(&self, id: ChunkId) -> Option<(&'a StatusRule, usize)> {
        self.links.verbs_over(id).iter().filter(|(_, slot)| *slot == Slot::Subject).find_map(|(v, _)| {
            let at = self.grammar.verb(*v).head.index() + 1;
            let end = self.grammar.words.tokens.sentences[self.grammar.verb(*v).sentence].end_token.index();
            let (rule, _) = (at < end).then(|| self.phrase_rule(at, Pos::Adverb)).flatten()?;
            (rule.scope == Scope::Slot(Slot::Subject)).then_some((rule, at))
        })
    }

    fn is_light(&self, id: VerbGroupId) -> bool {
        let verb = self.grammar.verb(id);
        self.rules.light.of(self.grammar.words.lemma(verb.head.index())).any(|r| self.grammar.verb_words(verb, &r.words).is_some())
    }

    fn modifiers(&self, id: ChunkId, status: &mut Status) {
        let chunk = self.grammar.chunk(id);
        for at in chunk.first.index()..chunk.head.index() {
            if let Some(rule) = self.first_rule(at, Pos::Adjective, &Scope::Noun) {
                status.apply(rule, self.grammar.words.form(at));
            }
        }
    }
}

fn reason(rule: &'static str, detail: String) -> Reason {
    Reason { rule: RuleId::new(rule), detail, score: Score::from_parts(7500) }
}
