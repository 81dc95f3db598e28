//! Parts of speech and dictionary forms: first what a form can be, then what its neighbours make of it.

use std::collections::HashSet;

use dragoman_doc::{Feat, Tag, TokenId, Tokens, Upos};
use dragoman_lexicon::{VerbForm, Words};
use dragoman_span::IndexVec;

pub(crate) fn tag(text: &str, tokens: &Tokens, words: &Words) -> IndexVec<TokenId, Tag> {
    let mut tags = Vec::with_capacity(tokens.tokens.len());
    let names = names_within(text, tokens);
    for sentence in &tokens.sentences {
        let forms: Vec<&str> = sentence.tokens().map(|t| tokens.tokens[t].span.of(text)).collect();
        let choices: Vec<Choices> = forms.iter().enumerate().map(|(i, form)| Choices::of(form, shape(&forms, i), words)).collect();
        let mut line = Line { forms: &forms, choices: &choices, words, names: &names, tags: Vec::with_capacity(forms.len()) };
        for at in 0..forms.len() {
            let tag = line.choose(at);
            line.tags.push(tag);
        }
        tags.append(&mut line.tags);
    }
    tags.into()
}

/// Words that the report writes with a capital where no sentence begins: names there are names at the start of a sentence too.
fn names_within<'t>(text: &'t str, tokens: &Tokens) -> HashSet<&'t str> {
    let mut names = HashSet::new();
    for sentence in &tokens.sentences {
        let forms: Vec<&'t str> = sentence.tokens().map(|t| tokens.tokens[t].span.of(text)).collect();
        // A headline writes every word with a capital.
        let capitals = (0..forms.len()).filter(|i| shape(&forms, *i) == Shape::Capital);
        if capitals.clone().count() * 2 <= forms.len() {
            names.extend(capitals.map(|i| forms[i]));
        }
    }
    names
}

/// How a word is written, as far as that tells a name from a common word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Lower,
    Capital,
    /// A capital that the start of the sentence may explain.
    StartCapital,
    Upper,
    Number,
    Mark,
}

fn shape(forms: &[&str], at: usize) -> Shape {
    let form = forms[at];
    let Some(first) = form.chars().next() else { return Shape::Mark };
    if !form.chars().any(char::is_alphanumeric) {
        return Shape::Mark;
    }
    if first.is_numeric() || (first == '.' && form.len() > 1) {
        return Shape::Number;
    }
    if !first.is_uppercase() {
        return Shape::Lower;
    }
    let starts = forms[..at].iter().all(|f| !f.chars().any(char::is_alphanumeric)) || matches!(forms[at - 1], ":" | "“" | "\"");
    match () {
        () if form.chars().filter(|c| c.is_alphabetic()).count() > 1 && !form.chars().any(char::is_lowercase) => Shape::Upper,
        () if starts => Shape::StartCapital,
        () => Shape::Capital,
    }
}

/// What a form can be on its own.
struct Choices {
    lower: String,
    shape: Shape,
    closed: bool,
    verb: bool,
}

impl Choices {
    fn of(form: &str, shape: Shape, words: &Words) -> Self {
        let lower = form.replace('’', "'").to_lowercase();
        let closed =
            !words.closed(&lower).is_empty() && !matches!(shape, Shape::Upper if form.len() > 1 && lower != form && is_acronym(form));
        let verb = !words.verbs(&lower).is_empty();
        Self { lower, shape, closed, verb }
    }
}

/// Two or more capitals that are also a small word ("US", "IT").
fn is_acronym(form: &str) -> bool {
    form.chars().count() >= 2 && form.chars().all(|c| c.is_uppercase() || c == '.')
}

struct Line<'a> {
    forms: &'a [&'a str],
    choices: &'a [Choices],
    words: &'a Words,
    /// Words that stand with a capital within a sentence of the report.
    names: &'a HashSet<&'a str>,
    tags: Vec<Tag>,
}

fn made(lemma: impl Into<Box<str>>, upos: Upos, feats: &[Feat]) -> Tag {
    let mut feats = feats.to_vec();
    feats.sort_unstable();
    Tag { lemma: lemma.into(), upos, feats }
}

impl Line<'_> {
    fn choose(&self, at: usize) -> Tag {
        let choice = &self.choices[at];
        match choice.shape {
            Shape::Mark => self.mark(at),
            Shape::Number => made(self.forms[at], Upos::Num, &[]),
            _ if choice.closed && !self.is_name_part(at) => self.closed(at),
            Shape::Capital => self.name_or(at, |s| s.capitalised(at)),
            Shape::StartCapital if self.is_known_name(at) => self.name(at),
            Shape::StartCapital => self.name_or(at, |s| s.open(at)),
            Shape::Upper if self.all_upper() => self.open(at),
            Shape::Upper => self.name(at),
            Shape::Lower => self.open(at),
        }
    }

    fn all_upper(&self) -> bool {
        let upper = self.choices.iter().filter(|c| c.shape == Shape::Upper).count();
        upper * 3 > self.choices.len() * 2
    }

    fn mark(&self, at: usize) -> Tag {
        let form = self.forms[at];
        match self.words.closed(form).first() {
            Some(reading) => made(reading.lemma.as_str(), reading.upos, &reading.feats),
            None if form.chars().all(|c| matches!(c, '$' | '€' | '£' | '¥' | '%' | '+' | '=' | '°' | '§')) => {
                made(form, Upos::Sym, &[])
            }
            None => made(form, Upos::Punct, &[]),
        }
    }

    /// A capitalised small word between capitalised words: "Will Smith", "May Day".
    fn is_name_part(&self, at: usize) -> bool {
        self.choices[at].shape == Shape::Capital
            && !self
                .words
                .closed(&self.choices[at].lower)
                .iter()
                .any(|r| matches!(r.upos, Upos::Adp | Upos::Det | Upos::Cconj | Upos::Pron | Upos::Part))
    }

    fn name(&self, at: usize) -> Tag {
        made(self.forms[at], Upos::Propn, &[Feat::Singular])
    }

    /// A capitalised word that stands before or after another is a name; alone it is decided by `other`.
    fn name_or(&self, at: usize, other: impl Fn(&Self) -> Tag) -> Tag {
        let capital = |i: usize| self.choices.get(i).is_some_and(|c| matches!(c.shape, Shape::Capital | Shape::Upper) && !c.closed);
        let choice = &self.choices[at];
        let unknown = !choice.verb && !self.words.is_adjective(&choice.lower) && self.words.preferred(&choice.lower).is_none();
        if capital(at + 1) && (unknown || choice.shape == Shape::Capital) { self.name(at) } else { other(self) }
    }

    /// A word that is a name elsewhere in the report, and no common word.
    fn is_known_name(&self, at: usize) -> bool {
        let choice = &self.choices[at];
        let common = choice.verb || self.words.is_adjective(&choice.lower) || self.words.preferred(&choice.lower).is_some();
        !common && self.names.contains(self.forms[at])
    }

    fn capitalised(&self, at: usize) -> Tag {
        self.name(at)
    }

    fn closed(&self, at: usize) -> Tag {
        let lower = self.choices[at].lower.as_str();
        let readings = self.words.closed(lower);
        let wanted = match lower {
            "to" => Some(if self.starts_infinitive(at + 1) { Upos::Part } else { Upos::Adp }),
            "that" => Some(self.that(at)),
            "'s" => Some(if self.s_is_verb(at) { Upos::Aux } else { Upos::Part }),
            _ => None,
        };
        // A word that is also a verb or noun ("might", "will", "like") is read by its neighbours.
        if wanted.is_none() && self.choices[at].verb && readings[0].upos != Upos::Aux {
            let open = self.open(at);
            if open.upos == Upos::Verb && !readings.iter().any(|r| matches!(r.upos, Upos::Adp | Upos::Sconj | Upos::Det)) {
                return open;
            }
        }
        // "Bulgaria provided generators": a conjunction that is also a past tense, after a noun.
        if readings[0].upos == Upos::Sconj && self.choices[at].verb && self.before(at) == Before::Nominal {
            return self.open(at);
        }
        // "is considering": a preposition that is also a gerund, after "be".
        if readings[0].upos == Upos::Adp && self.choices[at].verb && self.before(at) == Before::Be {
            return self.open(at);
        }
        if readings[0].upos == Upos::Adv && self.words.is_adjective(lower) && self.noun_follows(at) {
            return made(lower, Upos::Adj, &[]);
        }
        // "About 900 soldiers": before a number it is no preposition. A bare year is none to count.
        let counts =
            self.choices.get(at + 1).is_some_and(|c| c.shape == Shape::Number && !(c.lower.len() == 4 && c.lower.starts_with(['1', '2'])));
        if counts && self.words.is_bound(lower) && readings[0].upos == Upos::Adp {
            return made(lower, Upos::Adv, &[]);
        }
        let reading = wanted
            .and_then(|upos| readings.iter().find(|r| r.upos == upos))
            .or_else(|| self.before_clause(at, readings))
            .unwrap_or(&readings[0]);
        made(reading.lemma.as_str(), reading.upos, &reading.feats)
    }

    /// "after", "before", "since": a conjunction where a subject and a verb follow.
    fn before_clause<'r>(&self, at: usize, readings: &'r [dragoman_lexicon::WordReading]) -> Option<&'r dragoman_lexicon::WordReading> {
        let conjunction = readings.iter().find(|r| r.upos == Upos::Sconj)?;
        if readings[0].upos == Upos::Sconj {
            return None;
        }
        let clause = self.subject_follows(at + 1);
        clause.then_some(conjunction)
    }

    /// Whether a noun phrase and then a finite verb stand from `at` on, before any mark or preposition.
    fn subject_follows(&self, at: usize) -> bool {
        for i in at..self.forms.len().min(at + 8) {
            let choice = &self.choices[i];
            let first = self.words.closed(&choice.lower).first().map(|r| r.upos);
            match first {
                Some(Upos::Aux) if i > at => return true,
                Some(Upos::Adp | Upos::Cconj | Upos::Sconj) => return false,
                None if choice.shape == Shape::Mark => return false,
                None if choice.verb && i > at && choice.shape == Shape::Lower => {
                    let finite = self.words.verbs(&choice.lower).iter().any(|v| matches!(v.form, VerbForm::Past | VerbForm::Third));
                    if finite && self.words.preferred(&choice.lower) != Some(Upos::Noun) {
                        return true;
                    }
                }
                _ => {}
            }
        }
        false
    }

    fn starts_infinitive(&self, at: usize) -> bool {
        let Some(choice) = self.choices.get(at) else { return false };
        let readings = self.words.closed(&choice.lower);
        if readings.iter().any(|r| r.upos == Upos::Adv) && !choice.verb {
            return self.starts_infinitive(at + 1);
        }
        choice.shape != Shape::Capital
            && (self.words.verbs(&choice.lower).iter().any(|v| v.form == VerbForm::Base)
                || readings.iter().any(|r| r.upos == Upos::Aux && r.lemma == choice.lower))
    }

    fn that(&self, at: usize) -> Upos {
        let next = self.choices.get(at + 1);
        let verb_next = next.is_some_and(|c| {
            self.words.closed(&c.lower).first().is_some_and(|r| r.upos == Upos::Aux)
                || (c.verb
                    && c.shape == Shape::Lower
                    && self.words.preferred(&c.lower) != Some(Upos::Noun)
                    && !c.closed
                    && !self.finite_at(at + 2))
        });
        let previous = self.tags.last().map(|t| t.upos);
        match previous {
            Some(Upos::Verb) => Upos::Sconj,
            _ if verb_next => Upos::Pron,
            None | Some(Upos::Punct) if self.subject_follows(at) && !self.subject_follows(at + 1) => Upos::Det,
            Some(Upos::Adp) => Upos::Det,
            _ if self.subject_follows(at + 1) || next.is_some_and(|c| c.closed || c.shape != Shape::Lower) => Upos::Sconj,
            Some(Upos::Noun | Upos::Adj | Upos::Adv | Upos::Punct) => Upos::Sconj,
            _ => Upos::Det,
        }
    }

    /// A finite verb or auxiliary stands there, and no noun.
    fn finite_at(&self, at: usize) -> bool {
        let Some(choice) = self.choices.get(at) else { return false };
        let auxiliary = self.words.closed(&choice.lower).first().is_some_and(|r| r.upos == Upos::Aux);
        let finite = choice.shape == Shape::Lower
            && !choice.closed
            && self.words.preferred(&choice.lower) != Some(Upos::Noun)
            && self.words.verbs(&choice.lower).iter().any(|v| matches!(v.form, VerbForm::Past | VerbForm::Third));
        auxiliary || finite
    }

    /// No other word of the sentence can be its finite verb.
    fn is_only_verb(&self, at: usize) -> bool {
        !(0..self.forms.len()).any(|i| i != at && self.finite_at(i))
    }

    fn infinitive_follows(&self, at: usize) -> bool {
        self.choices.get(at + 1).is_some_and(|c| c.lower == "to") && self.starts_infinitive(at + 2)
    }

    fn s_is_verb(&self, at: usize) -> bool {
        self.tags.last().is_some_and(|t| matches!(t.upos, Upos::Pron | Upos::Adv | Upos::Det)) && at > 0
    }

    /// Noun, verb, adjective or adverb.
    fn open(&self, at: usize) -> Tag {
        let choice = &self.choices[at];
        let lower = choice.lower.as_str();
        let verbs = self.words.verbs(lower);
        if verbs.is_empty() {
            return self.not_verb(at);
        }
        let listed_adjective = self.words.is_adjective(lower);
        match self.verb_here(at) {
            Some(form) => self.verb(at, form),
            None if (listed_adjective && !self.is_nominalised(at)) || self.modifies(at) => made(lower, Upos::Adj, &[]),
            None => self.noun(at),
        }
    }

    fn verb(&self, at: usize, form: VerbForm) -> Tag {
        let verbs = self.words.verbs(&self.choices[at].lower);
        let reading = verbs.iter().find(|v| v.form == form).unwrap_or(&verbs[0]);
        let feats: &[Feat] = match reading.form {
            VerbForm::Base => &[],
            VerbForm::Third => &[Feat::Present, Feat::Finite, Feat::Third, Feat::Singular],
            VerbForm::Past => &[Feat::Past, Feat::Finite],
            VerbForm::Participle => &[Feat::Past, Feat::Participle],
            VerbForm::Gerund => &[Feat::Gerund],
        };
        made(reading.lemma.as_str(), Upos::Verb, feats)
    }

    /// The verb form that the word is here, `None` if it is no verb here.
    fn verb_here(&self, at: usize) -> Option<VerbForm> {
        let choice = &self.choices[at];
        let readings = self.words.verbs(&choice.lower);
        let can = |form| readings.iter().any(|v| v.form == form);
        let prefers = self.words.preferred(&choice.lower);
        let before = self.before(at);
        match before {
            Before::To | Before::Modal => return can(VerbForm::Base).then_some(VerbForm::Base).or_else(|| self.free_form(at)),
            Before::Have | Before::Be if can(VerbForm::Participle) => return Some(VerbForm::Participle),
            Before::Be if can(VerbForm::Gerund) => return Some(VerbForm::Gerund),
            Before::Preposition | Before::Adjective if can(VerbForm::Gerund) && (!self.noun_follows(at) || prefers.is_none()) => {
                let takes = prefers != Some(Upos::Noun) || self.object_follows(at);
                return (before == Before::Preposition && takes).then_some(VerbForm::Gerund);
            }
            Before::Be | Before::Have | Before::Determiner | Before::Preposition | Before::Adjective => return None,
            Before::Pronoun => return self.finite(at).or(Some(readings[0].form)),
            Before::Start | Before::Nominal | Before::Other => {}
        }
        if can(VerbForm::Gerund) {
            let takes = before != Before::Nominal || self.object_follows(at) || prefers != Some(Upos::Noun);
            return (takes && (prefers != Some(Upos::Noun) || self.object_follows(at))).then_some(VerbForm::Gerund);
        }
        if can(VerbForm::Past) || can(VerbForm::Participle) {
            let modifies = before == Before::Start && self.noun_follows(at) && !self.object_follows(at);
            return (!modifies).then(|| self.past_or_participle(at));
        }
        let needed = self.is_only_verb(at) && (self.object_follows(at) || self.infinitive_follows(at));
        if can(VerbForm::Third) && before == Before::Nominal {
            if self.finite_at(at + 1) {
                return None; // "fighter jets struck"
            }
            let compound = (prefers == Some(Upos::Noun) || (prefers.is_none() && !self.is_only_verb(at))) && !self.object_follows(at);
            return (!compound || needed || prefers == Some(Upos::Verb)).then_some(VerbForm::Third);
        }
        let spare = !self.is_only_verb(at) && !self.object_follows(at) && !self.infinitive_follows(at);
        if can(VerbForm::Base) && before == Before::Nominal && self.plural_before(at) && !spare {
            return (prefers != Some(Upos::Noun) || self.object_follows(at) || needed).then_some(VerbForm::Base);
        }
        let after_verb = self.tags.last().is_some_and(|t| t.upos == Upos::Verb);
        let unlisted = prefers.is_none() && can(VerbForm::Base) && before != Before::Nominal && !after_verb;
        ((prefers == Some(Upos::Verb) && !after_verb) || unlisted).then(|| readings[0].form)
    }

    fn free_form(&self, at: usize) -> Option<VerbForm> {
        self.words.verbs(&self.choices[at].lower).first().map(|v| v.form).filter(|f| *f == VerbForm::Past || *f == VerbForm::Participle)
    }

    fn finite(&self, at: usize) -> Option<VerbForm> {
        let readings = self.words.verbs(&self.choices[at].lower);
        [VerbForm::Past, VerbForm::Third, VerbForm::Base].into_iter().find(|f| readings.iter().any(|v| v.form == *f))
    }

    /// After a noun: the past of a main clause, or a participle that modifies ("troops stationed in ... left").
    fn past_or_participle(&self, at: usize) -> VerbForm {
        let readings = self.words.verbs(&self.choices[at].lower);
        let can = |form| readings.iter().any(|v| v.form == form);
        // "the threat posed by": only a participle takes "by".
        let by = self.choices.get(at + 1).is_some_and(|c| c.lower == "by");
        let participle = can(VerbForm::Participle) && (self.is_reduced(at) || (by && self.before(at) == Before::Nominal));
        if can(VerbForm::Past) && !participle { VerbForm::Past } else { VerbForm::Participle }
    }

    /// A preposition follows, and later another finite verb with no subject of its own: the participle belongs to the noun before.
    fn is_reduced(&self, at: usize) -> bool {
        let first = |i: usize| self.choices.get(i).and_then(|c| self.words.closed(&c.lower).first()).map(|r| r.upos);
        if first(at + 1) != Some(Upos::Adp) && !self.choices.get(at + 1).is_some_and(|c| c.lower.ends_with("ly")) {
            return false;
        }
        let mut nominal_since_mark = true;
        for i in at + 2..self.forms.len().min(at + 14) {
            let choice = &self.choices[i];
            match first(i) {
                Some(Upos::Aux) => return nominal_since_mark,
                Some(Upos::Sconj | Upos::Pron | Upos::Cconj) => return false,
                _ if choice.shape == Shape::Mark && self.forms[i] != "-" => nominal_since_mark = false,
                None if choice.verb && choice.shape == Shape::Lower && self.words.preferred(&choice.lower) != Some(Upos::Noun) => {
                    let past = self.words.verbs(&choice.lower).iter().any(|v| matches!(v.form, VerbForm::Past | VerbForm::Third));
                    let modified = first(i - 1) == Some(Upos::Det);
                    if past && !modified {
                        return nominal_since_mark;
                    }
                }
                _ => {}
            }
        }
        false
    }

    fn before(&self, at: usize) -> Before {
        let mut skipped_adverb = false;
        for (i, tag) in self.tags[..at].iter().enumerate().rev() {
            match tag.upos {
                Upos::Adv | Upos::Part if &*tag.lemma == "not" || tag.upos == Upos::Adv => {
                    skipped_adverb = true;
                    continue;
                }
                _ => {}
            }
            return match tag.upos {
                Upos::Part if &*tag.lemma == "to" => Before::To,
                Upos::Part => Before::Determiner, // a genitive
                Upos::Aux if &*tag.lemma == "be" => Before::Be,
                Upos::Aux if &*tag.lemma == "have" => Before::Have,
                Upos::Aux => Before::Modal,
                Upos::Det | Upos::Num if !skipped_adverb || tag.upos == Upos::Det => Before::Determiner,
                Upos::Pron if tag.has(Feat::Genitive) => Before::Determiner,
                Upos::Pron => Before::Pronoun,
                Upos::Adp => Before::Preposition,
                Upos::Adj => Before::Adjective,
                Upos::Noun | Upos::Propn => Before::Nominal,
                Upos::Punct if i == 0 => Before::Start,
                _ => Before::Other,
            };
        }
        Before::Start
    }

    fn plural_before(&self, at: usize) -> bool {
        self.tags[..at].iter().rev().find(|t| t.upos.is_nominal()).is_some_and(|t| t.has(Feat::Plural))
            || self.tags[..at].iter().rev().take(4).any(|t| t.upos == Upos::Cconj)
    }

    /// A determiner, pronoun, name or number follows, as an object does.
    fn object_follows(&self, at: usize) -> bool {
        let Some(next) = self.choices.get(at + 1) else { return false };
        match self.words.closed(&next.lower).first().map(|r| r.upos) {
            Some(Upos::Det | Upos::Pron | Upos::Num | Upos::Sconj) => true,
            Some(_) => false,
            None => matches!(next.shape, Shape::Capital | Shape::Upper | Shape::Number),
        }
    }

    fn noun_follows(&self, at: usize) -> bool {
        self.choices.get(at + 1).is_some_and(|c| c.shape == Shape::Lower && !c.closed)
    }

    /// A participle or gerund right before a noun.
    fn modifies(&self, at: usize) -> bool {
        let participle = self.words.verbs(&self.choices[at].lower).iter().any(|v| v.form == VerbForm::Participle);
        participle && self.words.preferred(&self.choices[at].lower) != Some(Upos::Noun)
    }

    /// "a ground offensive against", "the army chief talked": an adjective where only a noun can end the phrase.
    fn is_nominalised(&self, at: usize) -> bool {
        let in_phrase = self.tags.last().is_some_and(|t| matches!(t.upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Num | Upos::Propn));
        let first = self.choices.get(at + 1).and_then(|c| self.words.closed(&c.lower).first()).map(|r| r.upos);
        let goes_on = self.noun_follows(at) && !self.finite_at(at + 1);
        let joined = matches!(first, Some(Upos::Cconj));
        let capital = self.choices.get(at + 1).is_some_and(|c| matches!(c.shape, Shape::Capital | Shape::Upper));
        in_phrase && !goes_on && !joined && !capital
    }

    fn not_verb(&self, at: usize) -> Tag {
        let lower = self.choices[at].lower.as_str();
        let ends = lower.len() > 5 && self.words.ends_as_adjective(lower) && !self.finite_at(at + 1);
        match () {
            () if self.words.is_adjective(lower) && !self.is_nominalised(at) => made(lower, Upos::Adj, &[]),
            () if self.words.preferred(lower) == Some(Upos::Noun) => self.noun(at),
            () if lower.len() > 4 && lower.ends_with("ly") => made(lower, Upos::Adv, &[]),
            () if ends && self.noun_follows(at) => made(lower, Upos::Adj, &[]),
            () => self.noun(at),
        }
    }

    fn noun(&self, at: usize) -> Tag {
        let lower = self.choices[at].lower.as_str();
        let number = if self.words.is_plural(lower) { Feat::Plural } else { Feat::Singular };
        made(self.words.singular(lower), Upos::Noun, &[number])
    }
}

/// What stands before a word, adverbs left out of account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Start,
    To,
    Modal,
    Be,
    Have,
    Determiner,
    Pronoun,
    Preposition,
    Adjective,
    Nominal,
    Other,
}
