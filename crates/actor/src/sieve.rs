//! Whom a pronoun or a description means, among those who stood before it. Where two fit equally well, nobody is taken.

use dragoman_codebook::{EntityKind, MentionForm, Sector, Standing};
use dragoman_doc::{ActorCode, ChunkId, Feat, Slot, TokenRange};
use dragoman_lexicon::Gender;
use dragoman_span::{Id, Span};

use crate::join::{Antecedent, Cast, Draft, Pending};
use crate::phrase::{Reading, YEAR_OLD};
use crate::{Scene, pair};

/// How many sentences back the antecedent of a pronoun is sought.
const PRONOUN_REACH: usize = 3;
/// How many sentences back that of a description is sought, where nothing but the kind of actor ties them.
const KIND_REACH: usize = 8;

/// What speaks for an antecedent, in points. Tried one by one on `gold/actors-dev.jsonl`.
mod points {
    /// A sentence farther back.
    pub(super) const SENTENCE: f64 = -2.0;
    /// It is the subject of a verb.
    pub(super) const SUBJECT: f64 = 1.5;
    /// It speaks, and so does what is looked for.
    pub(super) const SPEAKER: f64 = 1.5;
    /// It stands inside a quotation, and what is looked for does not.
    pub(super) const QUOTED: f64 = -4.0;
    /// It stands in what the one looked for says.
    pub(super) const CONTENT: f64 = -3.0;
    /// Each further mention, up to three.
    pub(super) const MENTION: f64 = 0.1;
    /// Its gender is known and is the pronoun's.
    pub(super) const GENDER: f64 = 0.8;
    /// It hangs on another noun ("X's brother" for X).
    pub(super) const OWNER: f64 = -0.6;
    /// What the first must have more than the second.
    pub(super) const MARGIN: f64 = 0.4;
}

/// What is looked for.
pub(crate) struct Wanted {
    chunk: ChunkId,
    span: Span,
    speaks: bool,
    quoted: bool,
    /// It speaks in the middle of a sentence, after a comma.
    aside: bool,
    /// What it says itself, where it speaks.
    content: Vec<TokenRange>,
}

impl Wanted {
    fn new(scene: &Scene<'_>, chunk: ChunkId, span: Span) -> Self {
        let head = scene.grammar.chunk(chunk).head;
        // Attributions stand in the order of their cues, near their sources: only those around are looked at.
        let own = scene.syntax.attributions.iter().filter(|a| a.source.is_some_and(|s| s.contains(head)));
        let content = if scene.speaks(chunk) { own.flat_map(|a| a.content.iter().copied()).collect() } else { Vec::new() };
        let first = scene.grammar.chunk(chunk).first.index();
        let aside = scene.speaks(chunk) && first > 0 && scene.grammar.words.form(first - 1) == "," && !scene.quoted(span);
        Self { chunk, span, speaks: scene.speaks(chunk), quoted: scene.quoted(span), aside, content }
    }
}

/// The entity that a pronoun refers to, if one fits better than all others.
pub(crate) fn pronoun(scene: &Scene<'_>, cast: &Cast, id: ChunkId) -> Option<Antecedent> {
    let tag = scene.grammar.words.tag(scene.grammar.chunk(id).head.index());
    let plural = tag.has(Feat::Third) && tag.has(Feat::Plural);
    let wanted = || Wanted::new(scene, id, scene.grammar.chunk_span(id));
    let pair = || pair::coordinated(scene, cast, id);
    if plural && let Some((members, last)) = pair() {
        // Two that stand joined count as one group that stands where the second does.
        let wanted = wanted();
        let here = scene.grammar.chunk(id).sentence.index();
        let group = cast.drafts[members[1]].mentions.iter().find(|m| m.chunk == last).map(|m| weigh(scene, m, &wanted, here));
        let rival = ranked(scene, cast, &wanted, PRONOUN_REACH, |d| d.reading.plural.then_some(0.0)).first().map(|(points, _)| *points);
        if group.is_some_and(|g| rival.is_none_or(|r| g > r)) {
            return Some(Antecedent::Pair(members));
        }
    }
    single(scene, cast, id).map(Antecedent::One)
}

fn single(scene: &Scene<'_>, cast: &Cast, id: ChunkId) -> Option<usize> {
    let chunk = scene.grammar.chunk(id);
    let tag = scene.grammar.words.tag(chunk.head.index());
    if !tag.has(Feat::Third) || tag.has(Feat::First) || tag.has(Feat::Second) {
        return relative(scene, cast, id);
    }
    let wanted = Wanted::new(scene, id, scene.grammar.chunk_span(id));
    let gendered = |own: Gender, other: Gender| {
        best(scene, cast, &wanted, PRONOUN_REACH, move |d| {
            let fits = is_person(d) && d.reading.gender != other;
            fits.then_some(if d.reading.gender == own { points::GENDER } else { 0.0 })
        })
    };
    // In translated reports a ministry is "she": where no person fits, the last body that spoke.
    let body = || best(scene, cast, &wanted, PRONOUN_REACH, |d| (d.reading.speaks && is_body(d)).then_some(0.0));
    if tag.has(Feat::Feminine) {
        return gendered(Gender::Feminine, Gender::Masculine).or_else(body);
    }
    if tag.has(Feat::Masculine) {
        return gendered(Gender::Masculine, Gender::Feminine);
    }
    if tag.has(Feat::Plural) {
        return best(scene, cast, &wanted, PRONOUN_REACH, |d| d.reading.plural.then_some(0.0))
            .or_else(|| best(scene, cast, &wanted, PRONOUN_REACH, |d| is_body(d).then_some(0.0)));
    }
    best(scene, cast, &wanted, PRONOUN_REACH, |d| (is_body(d) && !d.reading.plural).then_some(0.0))
}

fn is_person(draft: &Draft) -> bool {
    draft.reading.kind == EntityKind::Person && !draft.reading.plural
}

fn is_body(draft: &Draft) -> bool {
    matches!(draft.reading.kind, EntityKind::Organization | EntityKind::State | EntityKind::Group)
}

/// "who", "which": the noun phrase right before.
fn relative(scene: &Scene<'_>, cast: &Cast, id: ChunkId) -> Option<usize> {
    let chunk = scene.grammar.chunk(id);
    if !scene.is_relative(id) {
        return None;
    }
    let before = ChunkId::from_index(id.index().checked_sub(1)?);
    let near = scene.grammar.chunk(before).last.index() + 3 > chunk.first.index();
    (near && scene.grammar.chunk(before).sentence == chunk.sentence).then(|| cast.of_chunk[before.index()]).flatten()
}

/// The entity with the most points; `fits` gives those of its own, or nothing where it cannot be meant.
fn best(scene: &Scene<'_>, cast: &Cast, wanted: &Wanted, reach: usize, fits: impl Fn(&Draft) -> Option<f64>) -> Option<usize> {
    let ranked = ranked(scene, cast, wanted, reach, fits);
    let (first, entity) = *ranked.first()?;
    let clear = ranked.get(1).is_none_or(|(second, _)| first - second > points::MARGIN);
    clear.then_some(entity)
}

/// Points and entities, the most points first.
fn ranked(scene: &Scene<'_>, cast: &Cast, wanted: &Wanted, reach: usize, fits: impl Fn(&Draft) -> Option<f64>) -> Vec<(f64, usize)> {
    let here = scene.grammar.chunk(wanted.chunk).sentence.index();
    let mut ranked: Vec<(f64, usize)> = Vec::new();
    for (i, draft) in cast.drafts.iter().enumerate() {
        let Some(own) = fits(draft) else { continue };
        let near = draft.mentions.iter().rev().take_while(|m| m.sentence.index() + reach >= here);
        let near = near.filter(|m| m.span.end() <= wanted.span.start());
        let further = points::MENTION * (draft.mentions.len().min(4) - 1) as f64;
        if let Some(most) = near.map(|m| weigh(scene, m, wanted, here)).max_by(f64::total_cmp) {
            ranked.push((most + own + further, i));
        }
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked
}

fn weigh(scene: &Scene<'_>, mention: &Pending, wanted: &Wanted, here: usize) -> f64 {
    let mut sum = points::SENTENCE * (here - mention.sentence.index()) as f64;
    if is_subject(scene, mention.chunk) {
        sum += points::SUBJECT;
    }
    if wanted.speaks && scene.speaks(mention.chunk) {
        sum += points::SPEAKER;
    }
    if !wanted.quoted && scene.quoted(mention.span) {
        sum += points::QUOTED;
    }
    // "Mauritania, it said, will settle nobody": what stands in the sentence before a speaker in commas is said by him.
    if wanted.aside && mention.sentence.index() == here && !scene.speaks(mention.chunk) {
        sum += points::CONTENT;
    }
    // "The general, he said, was stealing the vote": who speaks calls himself by no name.
    if mention.form != MentionForm::Pronoun && wanted.content.iter().any(|c| c.contains(scene.grammar.chunk(mention.chunk).head)) {
        sum += points::CONTENT;
    }
    if is_owner(scene, mention.chunk) {
        sum += points::OWNER;
    }
    // Of two in one sentence the later one, by a hair.
    sum + mention.span.start() as f64 / scene.grammar.words.text.len().max(1) as f64 / 10.0
}

pub(crate) fn is_subject(scene: &Scene<'_>, id: ChunkId) -> bool {
    let chunk = scene.grammar.chunk(id);
    let subject = scene.grammar.verbs_in(chunk.sentence).any(|(_, v)| v.argument(&Slot::Subject).any(|c| c == id));
    // "according to the ministry": a source speaks as a subject does.
    let source =
        chunk.preposition.is_some_and(|p| p.index() > 0 && scene.grammar.words.form(p.index() - 1).eq_ignore_ascii_case("according"));
    subject || source
}

fn is_owner(scene: &Scene<'_>, id: ChunkId) -> bool {
    scene.grammar.chunks_in(scene.grammar.chunk(id).sentence).any(|(_, c)| c.argument(&Slot::Possessor).any(|x| x == id))
}

/// Sectors of those who bear arms and of those who govern: news calls one by the other's words.
const FAMILIES: [&[Sector]; 3] = [
    &[Sector::Mil, Sector::Cop, Sector::Prm, Sector::Reb, Sector::Spy],
    &[Sector::Gov, Sector::Leg, Sector::Pty, Sector::Opp, Sector::Eli],
    &[Sector::Ngo, Sector::Soc, Sector::Cvl, Sector::Lab, Sector::Igo],
];

/// Points of a noun whose sector is the entity's.
const SAME_SECTOR: f64 = 2.0;

/// How well the sector that a noun asks for goes with an entity's: 2 one of its own, 1 not known, less for one of a kind.
fn fitness(asked: Option<Sector>, own: Option<&ActorCode>) -> Option<f64> {
    let kin = |a: Sector, b: Sector| FAMILIES.iter().any(|f| f.contains(&a) && f.contains(&b));
    let sectors: Vec<Sector> = own.into_iter().flat_map(|c| c.sector.into_iter().chain(c.sectors.iter().copied())).collect();
    match asked {
        Some(a) if sectors.contains(&a) => Some(SAME_SECTOR),
        Some(a) if !sectors.is_empty() => kin(a, sectors[0]).then_some(0.5),
        _ => Some(1.0),
    }
}

/// "the military" for an army: of these a state has one.
fn one_of_a_state(asked: Option<Sector>, own: Option<&ActorCode>) -> bool {
    matches!(asked, Some(Sector::Mil | Sector::Cop | Sector::Leg)) && own.and_then(|c| c.sector) == asked
}

/// How many sentences back somebody stands who is called by what else he is ("the nun", "the former senator", "the 61-year-old farmer").
const FOCUS_REACH: usize = 2;

/// Whether a description tells what somebody is besides the role by which the report named the person: what he was, how old he is, a private
/// occupation. Offices and ranks tell one holder from another.
fn is_aside(scene: &Scene<'_>, reading: &Reading) -> bool {
    let former = reading.role.as_ref().is_some_and(|r| r.standing == Some(Standing::Former));
    let aged = reading.name.to_lowercase().contains(YEAR_OLD);
    let sector = reading.code.as_ref().and_then(|c| c.sector);
    let private = reading.role.is_some() && sector.is_some_and(|s| PRIVATE.contains(&s));
    let veteran = scene.tables.actors.is_generic(reading.name.split(' ').next().unwrap_or_default());
    let demonym = reading.rule == "actor:demonym";
    former || aged || private || veteran || demonym
}

/// "the vice principal, who asked not to be named" is somebody new.
fn is_followed_by_relative(scene: &Scene<'_>, id: ChunkId) -> bool {
    let next = ChunkId::from_index(id.index() + 1);
    scene.grammar.annotation.chunks.get(next).is_some_and(|c| {
        let near = c.first.index() <= scene.grammar.chunk(id).last.index() + 2;
        c.kind == dragoman_doc::ChunkKind::Pronoun && near && scene.is_relative(next)
    })
}

/// Sectors of occupations that somebody may have beside another role.
const PRIVATE: [Sector; 9] =
    [Sector::Agr, Sector::Bus, Sector::Cvl, Sector::Edu, Sector::Eli, Sector::Lab, Sector::Med, Sector::Rel, Sector::Soc];

/// The person in focus of whom an aside tells something new.
fn aside(scene: &Scene<'_>, cast: &Cast, wanted: &Wanted, reading: &Reading) -> Option<usize> {
    let chunk = scene.grammar.chunk(reading.chunk);
    let plain = chunk.arguments.is_empty() && !is_followed_by_relative(scene, reading.chunk);
    if reading.kind != EntityKind::Person
        || reading.plural
        || !plain
        || !is_aside(scene, reading)
        || !(wanted.speaks || is_subject(scene, reading.chunk))
    {
        return None;
    }
    let here = chunk.sentence;
    best(scene, cast, wanted, FOCUS_REACH, |d| {
        // "the Reverend and the imam walked": of two in one sentence the second is somebody else, unless he speaks.
        let apart = wanted.speaks || d.mentions.last().is_some_and(|m| m.sentence < here);
        let country = |code: Option<&ActorCode>| code.and_then(|c| c.country);
        let agrees = country(reading.code.as_ref()).is_none_or(|c| country(d.code.as_ref()).is_none_or(|own| own == c));
        let named = apart && agrees && is_person(d) && d.reading.form == MentionForm::Name;
        let genders = reading.gender == Gender::Unknown || d.reading.gender == Gender::Unknown || reading.gender == d.reading.gender;
        (named && genders).then_some(0.0)
    })
}

/// The entity that a description refers to ("the officer", "the party"), by what kind of actor it is.
pub(crate) fn description(scene: &Scene<'_>, cast: &Cast, reading: &Reading) -> Option<usize> {
    let wanted = Wanted::new(scene, reading.chunk, reading.span);
    let found = if reading.rule == "actor:demonym" { None } else { by_kind(scene, cast, &wanted, reading) };
    found.or_else(|| aside(scene, cast, &wanted, reading))
}

/// The entity that a description refers to by what kind of actor it is.
fn by_kind(scene: &Scene<'_>, cast: &Cast, wanted: &Wanted, reading: &Reading) -> Option<usize> {
    let asked = reading.code.as_ref().and_then(|c| c.sector);
    let country = reading.code.as_ref().and_then(|c| c.country);
    let word = reading.head.as_str();
    best(scene, cast, wanted, KIND_REACH, |d| {
        let same_kind = match reading.kind {
            EntityKind::Person => is_person(d),
            EntityKind::Group if reading.plural => is_body(d) || d.reading.kind == EntityKind::Other,
            _ => (is_body(d) || d.reading.kind == EntityKind::Other) && d.reading.plural == reading.plural,
        };
        let own = d.code.as_ref();
        let agrees = country.is_none() || own.and_then(|c| c.country).is_none_or(|c| Some(c) == country);
        let genders = reading.gender == Gender::Unknown || d.reading.gender == Gender::Unknown || reading.gender == d.reading.gender;
        if !(same_kind && agrees && genders) || d.reading.kind == EntityKind::State && reading.kind != EntityKind::State {
            return None;
        }
        let shares_word = d.heads.iter().any(|h| h.eq_ignore_ascii_case(word));
        let fit = fitness(asked, own)?;
        // "the mayor" is not a prosecutor named before, "the officer" may be a colonel.
        let generic = scene.tables.actors.is_generic(word) || word == YEAR_OLD;
        let other_role = !shares_word
            && !generic
            && (d.role.is_some() || fit < SAME_SECTOR || !(reading.kind == EntityKind::Person || one_of_a_state(asked, own)));
        // Another description is another one, unless they share a word or their sector; "the rebels" are a group if its sector says so.
        let described = d.reading.form != MentionForm::Name && !shares_word && (fit < SAME_SECTOR || reading.plural);
        let numbers = d.reading.plural != reading.plural && reading.kind != EntityKind::Person && fit < SAME_SECTOR;
        (!other_role && !described && !numbers).then_some(fit + if shares_word { 3.0 } else { 0.0 })
    })
}
