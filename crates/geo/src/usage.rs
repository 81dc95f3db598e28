//! Whether a name is meant as a place or as something else: a government, a person, a body.

use dragoman_annotate::Grammar;
use dragoman_codebook::Precision;
use dragoman_doc::{Chunk, Document, Name, NameKind, Slot, Syntax, TokenId, Upos, VerbGroup, Voice};
use dragoman_lexicon::{FeatureClass, Homonym, Locative, Places};
use dragoman_span::{Id, Span};

use crate::fold::Folded;
use crate::gazetteer::{Candidate, Gazetteer, Kind};
use crate::mentions::{Mention, Names, is_abbreviation, is_capitalised, is_closed};
use crate::resolve::Report;

/// How far back from a name its preposition is sought, in tokens.
const REACH: usize = 7;
/// How far back from a preposition the word that governs it is sought.
const GOVERNOR_REACH: usize = 5;
/// Tokens between two members of a series ("and the northern").
const MAX_JOINT: usize = 3;
/// A town of this size is named without any hint that it is a place.
const KNOWN_TOWN: u32 = 100_000;
/// Names this short, in bytes, may be abbreviations of divisions.
const SHORT: usize = 2;
/// Rules that make a place even of a name that is usually a person's.
const NAME_RULES: [&str; 3] = ["at", "head", "series"];
/// A town of this size stays a place even where it says something.
const GREAT_TOWN: u32 = 1_000_000;

/// Why a name is taken for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Use {
    /// The rule's name.
    pub(crate) rule: &'static str,
    /// What it saw.
    pub(crate) detail: String,
    /// The words say that it is a place, not just that it may be one.
    pub(crate) firm: bool,
    /// The words place something there; a country that acts is only named.
    pub(crate) locative: bool,
    /// The kind of place that a word beside the name asks for.
    pub(crate) head: Option<FeatureClass>,
    /// The mention that the place lies in, by its index ("Hilla, Iraq").
    pub(crate) within: Option<usize>,
    /// The mention that lies in the place.
    pub(crate) around: Option<usize>,
}

impl Use {
    fn firm(rule: &'static str, detail: &str) -> Self {
        Self { rule, detail: detail.to_owned(), firm: true, locative: true, head: None, within: None, around: None }
    }

    fn loose() -> Self {
        Self { firm: false, ..Self::firm("name", "") }
    }

    /// A country by its name, which acts or is spoken of.
    fn named() -> Self {
        Self { locative: false, ..Self::firm("country", "") }
    }

    /// The reading model sees the name of a place.
    fn seen() -> Self {
        Self::firm("reader", "")
    }

    /// A name that is known to be a place's.
    pub(crate) fn given(mention: &Mention) -> Self {
        Self::firm("given", &mention.folded)
    }
}

/// What is known of a mention before it is judged.
pub(crate) struct Reading {
    pub(crate) candidates: Vec<Candidate>,
    /// The mention right after it that holds one of its candidates.
    pub(crate) container: Option<usize>,
}

/// Judges each mention; `None` where it is no place.
pub(crate) fn judge_all(report: Report<'_>, names: &Names, readings: &[Reading]) -> Vec<Option<Use>> {
    let Report { document, grammar, syntax, gazetteer } = report;
    let judge = Judge { document, grammar, syntax, gazetteer, names, readings };
    let mut uses: Vec<Option<Use>> = Vec::with_capacity(names.mentions.len());
    for at in 0..names.mentions.len() {
        let verdict = judge.verdict(at, &uses);
        uses.push(verdict);
    }
    judge.support_loose(&mut uses);
    uses
}

/// What the reading model sees at a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// There is no model.
    Unread,
    /// No name.
    Nothing,
    /// The mention, or a part of it, as a name.
    Name(NameKind),
    /// A longer name, of which the mention is a part.
    Longer(NameKind),
}

struct Judge<'a> {
    document: &'a Document,
    grammar: &'a Grammar<'a>,
    syntax: &'a Syntax,
    gazetteer: &'a Gazetteer,
    names: &'a Names,
    readings: &'a [Reading],
}

impl Judge<'_> {
    fn tables(&self) -> &Places {
        self.gazetteer.tables()
    }

    fn is(&self, at: usize, kind: Locative) -> bool {
        let words = &self.grammar.words;
        self.tables().is(&words.lemma(at).to_lowercase(), kind) || self.tables().is(&words.form(at).to_lowercase(), kind)
    }

    fn mention(&self, at: usize) -> &Mention {
        &self.names.mentions[at]
    }

    /// The first token of the sentence that the mention stands in, and one past its last.
    fn sentence(&self, at: usize) -> (usize, usize) {
        let sentence = self.grammar.words.sentence(self.mention(at).tokens.start);
        let sentence = &self.grammar.words.tokens.sentences[sentence];
        (sentence.first_token.index(), sentence.end_token.index())
    }

    fn verdict(&self, at: usize, before: &[Option<Use>]) -> Option<Use> {
        if self.readings[at].candidates.is_empty() {
            return None;
        }
        if let Some(dateline) = self.dateline(at) {
            // In its brackets stands the agency: "OSLO (Meridian) -".
            let before = Span::new(dateline.start(), self.mention(at).span.start());
            let agency = before.of(self.grammar.words.text).trim_end().ends_with('(');
            return (!agency).then(|| Use::firm("dateline", ""));
        }
        let seen = self.seen(at);
        let listed = self.listing(at, before).filter(|_| !matches!(seen, Seen::Longer(kind) if kind != NameKind::Place));
        if let Some(found) = listed.or_else(|| self.heading(at)).or_else(|| self.apposition(at)) {
            return Some(found);
        }
        let head = self.head(at);
        let verdict = match seen {
            Seen::Unread | Seen::Nothing if self.mention(at).in_longer_name => None,
            Seen::Longer(kind) => self.within_name(at, kind, head, before),
            Seen::Name(NameKind::Nationality) => self.modifier(at),
            Seen::Name(NameKind::Person | NameKind::Role) => None,
            _ if self.country_alone(at) => self.political(at, head, before).or_else(|| Some(Use::named())),
            Seen::Name(NameKind::Place) => self.seen_place(at, head, before),
            _ if self.is_political(at) => self.political(at, head, before),
            Seen::Name(_) if self.gazetteer.is_body(&self.mention(at).folded) => None,
            Seen::Name(_) => self.ordinary_firm(at, head, before).filter(|_| !self.is_word(at)),
            Seen::Nothing => self.ordinary(at, head, before).filter(|u| u.firm).or_else(|| self.modifier(at)),
            Seen::Unread => self.ordinary(at, head, before),
        }?;
        Some(Use { head: head.map(|(feature, _)| feature).or(verdict.head), ..verdict })
    }

    /// What the reading model sees of the mention's words.
    fn seen(&self, at: usize) -> Seen {
        if self.syntax.words.is_empty() {
            return Seen::Unread;
        }
        let tokens = self.mention(at).tokens.clone();
        let name = tokens.clone().find_map(|i| self.syntax.name_at(TokenId::from_index(i)));
        name.map_or(Seen::Nothing, |name| {
            let longer = name.at.first.index() < tokens.start || name.at.last.index() >= tokens.end;
            if longer { Seen::Longer(name.kind) } else { Seen::Name(name.kind) }
        })
    }

    /// A part of a longer name: the place of a place ("northern Iraq", "Lexington, Ky."), of a facility ("Laurel County Courthouse"), or of a
    /// body of a country, division or county ("Kentucky Department of Fish").
    fn within_name(&self, at: usize, kind: NameKind, head: Option<(FeatureClass, usize)>, before: &[Option<Use>]) -> Option<Use> {
        if self.is_word(at) {
            return None;
        }
        let name = self.name_around(at)?.at;
        let tokens = self.mention(at).tokens.clone();
        let words = &self.grammar.words;
        let divided = (name.first.index()..tokens.start).chain(tokens.end..=name.last.index()).any(|i| words.form(i) == ",");
        let facility = (tokens.end..=name.last.index()).any(|i| self.is(i, Locative::Facility));
        let embedded = || Use { rule: "embedded", locative: false, ..Use::firm("embedded", name.span(words.tokens).of(words.text)) };
        match kind {
            NameKind::Place if divided => self.seen_place(at, head, before),
            NameKind::Place if self.country_alone(at) && tokens.start > name.first.index() && words.form(tokens.start - 1) == "of" => {
                Some(embedded())
            }
            NameKind::Place if facility => (self.is_division(at) || self.is_prominent(at, KNOWN_TOWN)).then(embedded),
            NameKind::Place => self
                .ordinary_firm(at, head, before)
                .filter(|u| matches!(u.rule, "head" | "region") && (self.is_division(at) || self.is_prominent(at, KNOWN_TOWN))),
            NameKind::Organization | NameKind::Unit if self.is_division(at) => {
                let listed = self.gazetteer.is_body(&Folded::of(name.span(words.tokens).of(words.text)));
                let opens = tokens.start == name.first.index();
                let after_of =
                    tokens.start > name.first.index() && words.form(tokens.start - 1) == "of" && tokens.end == name.last.index() + 1;
                (!listed && (opens || after_of)).then(embedded)
            }
            _ => None,
        }
    }

    /// "Rakhine rebels", "the Darfur peace deal": a division or region of the tables that a noun has before it is named, not a place where
    /// something is.
    fn modifier(&self, at: usize) -> Option<Use> {
        let listed = self.gazetteer.is_listed(&self.mention(at).folded) && !self.is_word(at) && !self.homonym(at, Homonym::Name);
        let wide = self.readings[at].candidates.first().is_some_and(|c| matches!(c.precision, Precision::Admin | Precision::Region));
        (listed && wide && !self.ends_phrase(at)).then(|| Use { rule: "modifier", ..Use::named() })
    }

    /// The model's name that the mention stands in.
    fn name_around(&self, at: usize) -> Option<&Name> {
        self.mention(at).tokens.clone().find_map(|i| self.syntax.name_at(TokenId::from_index(i)))
    }

    /// A country, a first-level division, or a second-level one by its full name.
    fn is_division(&self, at: usize) -> bool {
        self.readings[at].candidates.first().is_some_and(|c| match c.kind {
            Kind::Country | Kind::Admin1 => true,
            Kind::Admin2 => self.ends_in_head(at),
            _ => false,
        })
    }

    /// The name of a country or of a seat of government before all.
    fn is_political(&self, at: usize) -> bool {
        let candidates = &self.readings[at].candidates;
        let listed = self.gazetteer.is_listed(&self.mention(at).folded);
        candidates.first().is_some_and(|c| c.kind.is_political()) || (listed && candidates.iter().any(|c| c.kind == Kind::Capital))
    }

    /// The name is a country's, whatever else bears it.
    fn country_alone(&self, at: usize) -> bool {
        self.readings[at].candidates.iter().any(|c| c.kind == Kind::Country)
    }

    fn is_word(&self, at: usize) -> bool {
        self.homonym(at, Homonym::Word) || self.homonym(at, Homonym::Time)
    }

    /// What the model takes for a place is one, unless it is a capital that speaks, decides or is negotiated with.
    fn seen_place(&self, at: usize, head: Option<(FeatureClass, usize)>, before: &[Option<Use>]) -> Option<Use> {
        if self.is_political(at) {
            let found = self.political(at, head, before);
            return found.or_else(|| (!self.governs(at)).then(Use::seen));
        }
        Some(self.ordinary_firm(at, head, before).unwrap_or_else(Use::seen))
    }

    /// A capital that acts, owns what a government owns, or is a party or an addressee.
    fn governs(&self, at: usize) -> bool {
        let words = &self.grammar.words;
        let (_, end) = self.sentence(at);
        let next = self.mention(at).tokens.end;
        let owns = next < end && words.upos(next) == Upos::Part && self.mention(at).span.end() == self.grammar.token_span(next).start();
        let preposition = self.preposition(at).is_some_and(|p| {
            let form = words.form(p).to_lowercase();
            [Locative::Government, Locative::Toward, Locative::Between, Locative::On].iter().any(|k| self.tables().is(&form, *k))
        });
        let addressed = self.verb_with(at, &Slot::Object).is_some_and(|v| self.is(v.head.index(), Locative::Address));
        owns || preposition || addressed || self.speaks(at) || self.joined_to_government(at)
    }

    /// "Baghdad and Washington agreed": joined to a capital before that is none either.
    fn joined_to_government(&self, at: usize) -> bool {
        self.is_joined(at) && at.checked_sub(1).is_some_and(|p| self.is_political(p) && !self.country_alone(p) && self.governs(p))
            || (at + 1 < self.names.mentions.len() && self.is_joined(at + 1) && self.is_political(at + 1) && self.speaks(at + 1))
    }

    /// The dateline that the mention stands in.
    fn dateline(&self, at: usize) -> Option<Span> {
        let words = &self.grammar.words;
        let sentence = words.sentence(self.mention(at).tokens.start);
        let paragraph = words.tokens.sentences[sentence].paragraph;
        let dateline = words.tokens.paragraphs[paragraph].dateline;
        dateline.filter(|d| d.contains(self.mention(at).span) && !self.homonym(at, Homonym::Time))
    }

    fn homonym(&self, at: usize, kind: Homonym) -> bool {
        self.tables().homonym(&self.mention(at).folded) == Some(kind)
    }

    /// "Hilla, Iraq": the name before is in the name after; both are places.
    fn listing(&self, at: usize, before: &[Option<Use>]) -> Option<Use> {
        if let Some(container) = self.readings[at].container {
            let form = self.mention(container).span.of(&self.document.text);
            return Some(Use { within: Some(container), ..Use::firm("within", form) });
        }
        let held = at.checked_sub(1).filter(|b| self.readings[*b].container == Some(at))?;
        before[held].as_ref().map(|_| Use { around: Some(held), ..Use::firm("holds", self.mention(held).span.of(&self.document.text)) })
    }

    /// "BEIRUT: ...", "BERLIN — ...": a name in capitals that opens a sentence before a mark.
    fn heading(&self, at: usize) -> Option<Use> {
        let words = &self.grammar.words;
        let (start, end) = self.sentence(at);
        let mention = self.mention(at);
        let name = mention.span.of(&self.document.text);
        let opens = mention.tokens.start == start && mention.folded.len() > SHORT && !name.chars().any(char::is_lowercase);
        let marked = mention.tokens.end < end && words.is_punct(mention.tokens.end) && !matches!(words.form(mention.tokens.end), "," | "-");
        (opens && marked && !self.homonym(at, Homonym::Word)).then(|| Use::firm("heading", words.form(mention.tokens.end)))
    }

    /// "the capital, Astana"
    fn apposition(&self, at: usize) -> Option<Use> {
        let words = &self.grammar.words;
        let comma = self.mention(at).tokens.start.checked_sub(1).filter(|i| *i > self.sentence(at).0 && words.form(*i) == ",")?;
        let noun = comma - 1;
        let is_kind = words.upos(noun) == Upos::Noun && self.tables().head_before(words.lemma(noun)).is_some();
        (is_kind && !self.mention(at).in_longer_name).then(|| Use::firm("head", words.form(noun)))
    }

    /// The kind of place that the word beside the name asks for, and that word's position.
    fn head(&self, at: usize) -> Option<(FeatureClass, usize)> {
        let words = &self.grammar.words;
        let tokens = self.mention(at).tokens.clone();
        let (start, end) = self.sentence(at);
        let lemma = |i: usize| words.lemma(i).to_lowercase();
        let after = |i: usize| (start..end).contains(&i).then(|| self.head_after(i, end).map(|f| (f, i))).flatten();
        let hyphen = (start..end).contains(&tokens.end) && words.form(tokens.end) == "-";
        // "Baghdad International Airport": up to two capitalised words may stand between.
        let next = if hyphen {
            after(tokens.end + 1)
        } else {
            (tokens.end..tokens.end + 3).find_map(|i| after(i).filter(|_| self.between_is_name(tokens.end, i)))
        };
        let of = tokens.start.checked_sub(1).filter(|i| *i >= start && words.form(*i) == "of");
        let previous = of.unwrap_or(tokens.start).checked_sub(1).filter(|i| *i >= start);
        next.or_else(|| previous.and_then(|i| self.tables().head_before(&lemma(i)).map(|f| (f, i))))
    }

    /// What the word at `i` asks for. Capitalised, it must end its name ("Anbar Province", not "New York State Journal").
    fn head_after(&self, i: usize, end: usize) -> Option<FeatureClass> {
        let words = &self.grammar.words;
        let feature =
            self.tables().head_after(&words.lemma(i).to_lowercase()).filter(|_| words.upos(i) != Upos::Verb || words.form(i - 1) == "-")?;
        let capital = is_capitalised(words.form(i));
        let goes_on = i + 1 < end && is_capitalised(words.form(i + 1)) && !is_closed(words.upos(i + 1));
        (!capital || (feature != FeatureClass::Any && !goes_on)).then_some(feature)
    }

    fn between_is_name(&self, start: usize, end: usize) -> bool {
        (start..end).all(|i| self.grammar.words.upos(i) == Upos::Propn || self.grammar.words.upos(i) == Upos::Adj)
    }

    /// A country or capital: a place only where the words say so.
    fn political(&self, at: usize, head: Option<(FeatureClass, usize)>, before: &[Option<Use>]) -> Option<Use> {
        let words = &self.grammar.words;
        let tokens = self.mention(at).tokens.clone();
        let (start, end) = self.sentence(at);
        if tokens.end < end
            && words.upos(tokens.end) == Upos::Part
            && self.mention(at).span.end() == self.grammar.token_span(tokens.end).start()
        {
            return self.possessor(tokens.end + 1, end);
        }
        if let Some(part) = tokens.start.checked_sub(1).filter(|i| *i >= start && self.is(*i, Locative::Region)) {
            return Some(Use::firm("region", words.form(part)));
        }
        if let Some((_, word)) = head {
            return Some(Use::firm("head", words.form(word)));
        }
        let preposition = self.preposition(at);
        // After "in" and the like a name is a place whatever follows; elsewhere "Iraq talks" are no place.
        let settled = preposition.is_some_and(|p| self.is(p, Locative::Settled));
        match preposition {
            _ if !settled && !self.ends_phrase(at) => None,
            Some(preposition) => self.by_preposition(preposition, true),
            None if self.is_joined(at) => self.series(at, before),
            None => self.goal(at),
        }
    }

    /// "Iraq's north", "Baghdad's streets": parts of a place; all else belongs to the government or its people.
    fn possessor(&self, from: usize, end: usize) -> Option<Use> {
        let words = &self.grammar.words;
        let noun = (from..end).take_while(|i| matches!(words.upos(*i), Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num)).last()?;
        let is_part = self.is(noun, Locative::Part) || self.tables().head_after(&words.lemma(noun).to_lowercase()).is_some();
        is_part.then(|| Use::firm("part", words.form(noun)))
    }

    /// A town, division or site: a place unless something speaks against it.
    fn ordinary(&self, at: usize, head: Option<(FeatureClass, usize)>, before: &[Option<Use>]) -> Option<Use> {
        if self.homonym(at, Homonym::Word) || self.homonym(at, Homonym::Time) {
            return None;
        }
        let firm = self.ordinary_firm(at, head, before);
        if firm.is_none() && (self.homonym(at, Homonym::Name) || self.is_short(at) || self.speaks_as_person(at)) {
            return None;
        }
        // A surname follows "from" and "of" as often as a town does.
        let weak = self.homonym(at, Homonym::Name) && firm.as_ref().is_some_and(|u| !NAME_RULES.contains(&u.rule));
        (!weak).then(|| firm.unwrap_or_else(Use::loose))
    }

    fn ordinary_firm(&self, at: usize, head: Option<(FeatureClass, usize)>, before: &[Option<Use>]) -> Option<Use> {
        let words = &self.grammar.words;
        if let Some((_, word)) = head {
            return Some(Use::firm("head", words.form(word)));
        }
        let region = self.mention(at).tokens.start.checked_sub(1).filter(|i| *i >= self.sentence(at).0 && self.is(*i, Locative::Region));
        if let Some(part) = region {
            return Some(Use::firm("region", words.form(part)));
        }
        match self.preposition(at) {
            Some(preposition) => self.by_preposition(preposition, false),
            None => self.series(at, before).or_else(|| self.goal(at)),
        }
    }

    /// Postal abbreviations ("OK", "MD") stand for a division only where the words say so.
    fn is_short(&self, at: usize) -> bool {
        self.mention(at).folded.len() <= SHORT && is_abbreviation(self.mention(at).span.of(&self.document.text))
    }

    fn speaks_as_person(&self, at: usize) -> bool {
        self.speaks(at) && !self.is_prominent(at, GREAT_TOWN)
    }

    /// Whether nothing goes on after the name within its noun phrase ("Iraq war" does).
    fn ends_phrase(&self, at: usize) -> bool {
        let words = &self.grammar.words;
        let (next, (_, end)) = (self.mention(at).tokens.end, self.sentence(at));
        next >= end || !words.upos(next).is_nominal() || !self.same_chunk(at, next)
    }

    fn same_chunk(&self, at: usize, token: usize) -> bool {
        let sentence = self.grammar.words.sentence(token);
        let first = self.mention(at).tokens.start;
        self.grammar.chunks_in(sentence).any(|(_, c)| c.tokens().contains(&first) && c.tokens().contains(&token))
    }

    /// The preposition before the name, over articles, adjectives and words that say what kind of place it is.
    fn preposition(&self, at: usize) -> Option<usize> {
        let words = &self.grammar.words;
        let first = self.mention(at).tokens.start;
        let (start, _) = self.sentence(at);
        for i in (start..first).rev().take(REACH) {
            let passes = matches!(words.upos(i), Upos::Det | Upos::Adj | Upos::Num)
                || self.is(i, Locative::Region)
                || self.is(i, Locative::Part) && words.upos(i) != Upos::Verb
                || self.tables().head_before(words.lemma(i)).is_some()
                || self.gazetteer.demonym(&Folded::of(words.form(i))).is_some();
            if self.is_preposition(i) {
                return Some(i);
            }
            if !passes {
                return None;
            }
        }
        None
    }

    fn is_preposition(&self, at: usize) -> bool {
        const KINDS: [Locative; 6] = [Locative::At, Locative::Toward, Locative::On, Locative::Between, Locative::Of, Locative::Government];
        let form = self.grammar.words.form(at).to_lowercase();
        KINDS.into_iter().any(|k| self.tables().is(&form, k))
    }

    fn by_preposition(&self, preposition: usize, political: bool) -> Option<Use> {
        let words = &self.grammar.words;
        let form = words.form(preposition).to_lowercase();
        let is = |kind| self.tables().is(&form, kind);
        let place = |rule| Some(Use::firm(rule, words.form(preposition)));
        match () {
            () if is(Locative::At) && !(political && form == "at") => place("at"),
            () if is(Locative::Toward) => (!self.governed_by(preposition, Locative::Message)).then(|| Use::firm("toward", &form)),
            () if is(Locative::On) => (self.governed_by(preposition, Locative::Strike)).then(|| Use::firm("on", &form)),
            () if is(Locative::Between) => self.governed_by(preposition, Locative::Way).then(|| Use::firm("between", &form)),
            () if is(Locative::Of) => {
                preposition.checked_sub(1).filter(|i| self.is(*i, Locative::Part) || words.form(*i) == ",").and_then(|_| place("of"))
            }
            () => None,
        }
    }

    /// Whether the noun, verb or adjective before a preposition is of this kind.
    fn governed_by(&self, preposition: usize, kind: Locative) -> bool {
        let words = &self.grammar.words;
        let start = words.tokens.sentences[words.sentence(preposition)].first_token.index();
        (start..preposition).rev().take(GOVERNOR_REACH).filter(|i| !is_light(words.upos(*i))).any(|i| self.is(i, kind))
    }

    /// "in Iraq and Syria": the second name is what the first one is.
    fn series(&self, at: usize, before: &[Option<Use>]) -> Option<Use> {
        let first = at.checked_sub(1).and_then(|p| before[p].as_ref())?;
        self.is_joined(at).then(|| Use { head: None, within: None, around: None, rule: "series", ..first.clone() })
    }

    /// Whether only a comma or conjunction stands between the name and the name before it.
    fn is_joined(&self, at: usize) -> bool {
        let words = &self.grammar.words;
        let Some(previous) = at.checked_sub(1) else { return false };
        let gap = self.mention(previous).tokens.end..self.mention(at).tokens.start;
        let marks = |i: usize| words.form(i) == "," || words.upos(i) == Upos::Cconj;
        let passes = |i: usize| marks(i) || words.upos(i) == Upos::Det || self.is(i, Locative::Region);
        let near =
            gap.len() <= MAX_JOINT && words.sentence(self.mention(previous).tokens.start) == words.sentence(self.mention(at).tokens.start);
        near && gap.clone().any(marks) && gap.clone().all(passes)
    }

    /// The object of a verb of motion or attack ("entered Kuwait", "Basra was shelled").
    fn goal(&self, at: usize) -> Option<Use> {
        let verb = self.verb_with(at, &Slot::Object).filter(|v| !(v.reduced && v.voice == Voice::Passive))?;
        let head = verb.head.index();
        self.is(head, Locative::Goal).then(|| Use::firm("goal", self.grammar.words.form(head)))
    }

    /// Whether the name is the subject of an active verb.
    fn speaks(&self, at: usize) -> bool {
        self.verb_with(at, &Slot::Subject).is_some_and(|v| v.voice == Voice::Active)
    }

    fn verb_with(&self, at: usize, slot: &Slot) -> Option<&VerbGroup> {
        let words = &self.grammar.words;
        let next = self.mention(at).tokens.end;
        let sentence = words.sentence(next - 1);
        // "visited China last year": what follows is no part of the name's phrase.
        let adjunct = next < words.tags.len() && words.upos(next) == Upos::Adj;
        let is_own = |c: &Chunk| c.head.index() == next - 1 || (adjunct && c.tokens().contains(&(next - 1)));
        let chunk = self.grammar.chunks_in(sentence).find(|(_, c)| is_own(c)).map(|(id, _)| id)?;
        self.grammar.verbs_in(sentence).find(|(_, v)| v.argument(slot).any(|c| c == chunk)).map(|(_, v)| v)
    }

    /// Whether the name is known well enough to stand without a hint.
    fn is_prominent(&self, at: usize, size: u32) -> bool {
        self.readings[at].candidates.iter().any(|c| match c.kind {
            Kind::Country | Kind::Capital | Kind::Site | Kind::Admin1 => true,
            Kind::Admin2 => self.ends_in_head(at),
            Kind::Town | Kind::Quarter => c.population >= size,
        })
    }

    /// "Anbar Province", "Laurel County": the name itself says what kind of place it is.
    fn ends_in_head(&self, at: usize) -> bool {
        let tokens = &self.mention(at).tokens;
        let last = self.grammar.words.form(tokens.end - 1).to_lowercase();
        tokens.len() > 1 && self.tables().head_after(&last).is_some() && !self.is(tokens.start, Locative::Region)
    }

    /// A loose name stays where it is well known or where the report firmly calls the same name a place elsewhere; a name that
    /// is also part of a person's longer name needs a firm use of its own.
    fn support_loose(&self, uses: &mut [Option<Use>]) {
        let firm: std::collections::BTreeSet<&str> = self.with(uses, |u| u.as_ref().is_some_and(|u| u.firm));
        let longer: std::collections::BTreeSet<&str> =
            self.names.mentions.iter().filter(|m| m.in_longer_name).map(|m| m.folded.as_str()).collect();
        for (at, slot) in uses.iter_mut().enumerate() {
            let folded = self.mention(at).folded.as_str();
            let drop = slot.as_ref().is_some_and(|u| !u.firm && u.locative)
                && !firm.contains(folded)
                && (longer.contains(folded) || !self.is_prominent(at, KNOWN_TOWN));
            if drop {
                *slot = None;
            }
        }
    }

    fn with(&self, uses: &[Option<Use>], holds: impl Fn(&Option<Use>) -> bool) -> std::collections::BTreeSet<&str> {
        self.names.mentions.iter().zip(uses).filter(|(_, u)| holds(u)).map(|(m, _)| m.folded.as_str()).collect()
    }
}

/// Words that govern nothing.
fn is_light(upos: Upos) -> bool {
    matches!(upos, Upos::Det | Upos::Num | Upos::Adv | Upos::Part | Upos::Pron)
}
