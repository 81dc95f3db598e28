//! What one noun phrase says about who it means.

use std::ops::Range;

use dragoman_codebook::{CodeBasis, Country, EntityKind, MentionForm, Sector, Standing};
use dragoman_doc::{ActorCode, ChunkId, ChunkKind, Feat, NameKind, Slot, TokenId, Upos};
use dragoman_lexicon::{Core, Gender, Head, Kind, Modifier, Named, Organization, RoleNoun, Tenure};
use dragoman_span::{Id, Span};

use crate::Scene;
use crate::compose::{Facts, Link, compose, possessor_text};
use crate::named::{body_key, state_key};

/// What a noun phrase is built on, before it is joined with others.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub(crate) chunk: ChunkId,
    pub(crate) span: Span,
    pub(crate) form: MentionForm,
    pub(crate) kind: EntityKind,
    /// What makes two mentions one: a table's name, or a kind of institution with its country.
    pub(crate) key: Option<String>,
    pub(crate) name: String,
    pub(crate) code: Option<ActorCode>,
    pub(crate) role: Option<RoleReading>,
    /// The noun that a later "the ministry" repeats.
    pub(crate) head: String,
    pub(crate) plural: bool,
    pub(crate) gender: Gender,
    /// A body that speaks as such, and so may be "she" in a translated report.
    pub(crate) speaks: bool,
    pub(crate) rule: &'static str,
    /// The sector is one that the body tells better, where there is one.
    pub(crate) by_default: bool,
    /// A country that counts where no other is told.
    pub(crate) residence: Option<Country>,
    /// The body or group of which this is a part.
    pub(crate) member_of: Option<Link>,
}

#[derive(Debug, Clone)]
pub(crate) struct RoleReading {
    pub(crate) title: String,
    pub(crate) speaks_for: bool,
    /// The body it belongs to.
    pub(crate) of: Option<Link>,
    pub(crate) standing: Option<Standing>,
}

fn code(country: Option<Country>, sector: Option<Sector>) -> Option<ActorCode> {
    coded(country, sector, &[], None)
}

fn coded(country: Option<Country>, sector: Option<Sector>, sectors: &[Sector], label: Option<String>) -> Option<ActorCode> {
    let sectors: Vec<Sector> = sectors.iter().copied().filter(|s| Some(*s) != sector).collect();
    (country.is_some() || sector.is_some()).then_some(ActorCode { country, sector, sectors, label, basis: CodeBasis::Stated })
}

/// The code of somebody who holds an office no longer: of no body, but of the country's elite. A former teacher is no elite.
fn former(code: Option<ActorCode>) -> Option<ActorCode> {
    let office = |s: Sector| {
        matches!(
            s,
            Sector::Gov | Sector::Leg | Sector::Mil | Sector::Jud | Sector::Pty | Sector::Opp | Sector::Spy | Sector::Cop | Sector::Igo
        )
    };
    code.map(|c| if c.sector.is_none_or(office) { ActorCode { sector: Some(Sector::Eli), sectors: Vec::new(), ..c } } else { c })
}

/// Reads a noun phrase; `None` if it is no actor.
pub(crate) fn read(scene: &Scene<'_>, id: ChunkId) -> Option<Reading> {
    let chunk = scene.grammar.chunk(id);
    if chunk.kind == ChunkKind::Pronoun {
        return None;
    }
    let tokens = whole(scene, id);
    let head = chunk.head.index();
    // In a dateline stand a place and an agency, which is read by its name.
    if in_dateline(scene, head) {
        return None;
    }
    long_name(scene, id)
        .or_else(|| person(scene, id, &tokens))
        .or_else(|| named_body(scene, id, &tokens, head))
        .or_else(|| institution(scene, id, &tokens, head))
        .or_else(|| role_holder(scene, id, &tokens, head))
        .or_else(|| state(scene, id, head))
        .or_else(|| people(scene, id, head))
        .or_else(|| unlisted_name(scene, id, &tokens))
        .or_else(|| aged(scene, id, &tokens))
}

/// A body whose name goes on over several phrases and that no table holds: "Rural Teachers' Alliance", "Patriots for Renewal".
fn long_name(scene: &Scene<'_>, id: ChunkId) -> Option<Reading> {
    let chunk = scene.grammar.chunk(id);
    let name = scene.syntax.name_at(chunk.head).filter(|n| matches!(n.kind, NameKind::Organization | NameKind::Unit))?;
    let mut tokens = name.at.first.index()..name.at.last.index() + 1;
    // A name ends in a word with a capital.
    while tokens.len() > 1 && !scene.grammar.words.form(tokens.end - 1).starts_with(char::is_uppercase) {
        tokens.end -= 1;
    }
    let beyond = tokens.start < chunk.first.index() || tokens.end > chunk.last.index() + 1;
    if !beyond
        || crosses_dateline(scene, &tokens)
        || tokens.clone().any(|i| scene.spots.name_over(i).is_some_and(|(r, _)| r.end >= tokens.end))
    {
        return None;
    }
    // "Syndicate of Mine Workers" is a syndicate, "Rural Teachers' Alliance" an alliance.
    let words = &scene.grammar.words;
    let preposition = tokens.clone().find(|i| words.upos(*i) == Upos::Adp);
    let opens = preposition.and_then(|p| scene.spots.noun_over(p.checked_sub(1)?)).filter(|(r, _)| r.start >= tokens.start);
    let noun = opens.or_else(|| scene.spots.noun_over(tokens.end - 1));
    let (kind, sector, sectors) = match &noun {
        Some((_, Kind::Institution(i))) => {
            let facts = scene.tables.actors.institution(*i);
            (facts.kind, facts.sector, facts.sectors.as_slice())
        }
        _ => (EntityKind::Organization, None, &[][..]),
    };
    // "Dockers' Federation": whose it is.
    let told =
        || compose(scene, id, Core::Institution, &(tokens.start..noun.as_ref().map_or(tokens.start, |(r, _)| r.start.max(tokens.start))));
    let (sector, sectors) = match sector {
        Some(_) => (sector, sectors.to_vec()),
        None => Some(name_words(scene, &tokens)).filter(|(s, _)| s.is_some()).unwrap_or_else(|| {
            let told = told();
            (told.sector, told.sectors)
        }),
    };
    // What the name does is told of its last word: "according to the Ombudsman's Office".
    let sentence = scene.grammar.chunk(id).sentence;
    let built_on = scene.grammar.chunks_in(sentence).find(|(_, c)| c.tokens().contains(&(tokens.end - 1))).map_or(id, |(c, _)| c);
    Some(Reading {
        chunk: built_on,
        span: span_of(scene, &tokens),
        form: MentionForm::Name,
        kind,
        key: None,
        name: text_of(scene, &tokens).to_owned(),
        code: coded(country_in(scene, &tokens), sector, &sectors, None),
        role: None,
        head: words.lemma(preposition.filter(|p| *p > tokens.start).unwrap_or(tokens.end) - 1).to_lowercase(),
        plural: false,
        gender: Gender::Unknown,
        speaks: true,
        rule: "actor:long-name",
        by_default: false,
        residence: None,
        member_of: None,
    })
}

/// What a word of a body's name tells of its sector: the last one that tells anything before a preposition, else any.
fn name_words(scene: &Scene<'_>, tokens: &Range<usize>) -> (Option<Sector>, Vec<Sector>) {
    let words = &scene.grammar.words;
    let end = tokens.clone().find(|i| words.upos(*i) == Upos::Adp).filter(|p| *p > tokens.start).unwrap_or(tokens.end);
    let told = |i: usize| scene.tables.actors.name_word(words.form(i).trim_end_matches(['\'', '\u{2019}']));
    let found = (tokens.start..end).rev().find_map(told);
    found.map_or((None, Vec::new()), |(sector, more)| (Some(sector), more.to_vec()))
}

/// "the 29-year-old": somebody by age alone.
fn aged(scene: &Scene<'_>, id: ChunkId, tokens: &Range<usize>) -> Option<Reading> {
    let words = &scene.grammar.words;
    let text = text_of(scene, tokens).to_lowercase();
    let is_age = text.ends_with(YEAR_OLD) && text.contains(|c: char| c.is_ascii_digit()) && words.upos(tokens.start) == Upos::Det;
    is_age.then(|| Reading {
        chunk: id,
        span: span_of(scene, tokens),
        form: MentionForm::Nominal,
        kind: EntityKind::Person,
        key: None,
        name: text_of(scene, &without_article(scene, tokens)).to_owned(),
        code: None,
        role: None,
        head: YEAR_OLD.to_owned(),
        plural: false,
        gender: Gender::Unknown,
        speaks: true,
        rule: "actor:age",
        by_default: false,
        residence: None,
        member_of: None,
    })
}

/// Two actors together, called by the phrase or pronoun that means them.
pub(crate) fn pair(scene: &Scene<'_>, id: ChunkId, names: &[&str; 2]) -> Reading {
    Reading {
        chunk: id,
        span: scene.grammar.chunk_span(id),
        form: MentionForm::Nominal,
        kind: EntityKind::Group,
        key: None,
        name: names.join(" and "),
        code: None,
        role: None,
        head: scene.grammar.words.lemma(scene.grammar.chunk(id).head.index()).to_lowercase(),
        plural: true,
        gender: Gender::Unknown,
        speaks: true,
        rule: "actor:pair",
        by_default: false,
        residence: None,
        member_of: None,
    }
}

/// How a person is called by age.
pub(crate) const YEAR_OLD: &str = "year-old";

/// The tokens of the phrase, with those of a table name or institution that goes beyond it ("ministry of foreign affairs").
pub(crate) fn whole(scene: &Scene<'_>, id: ChunkId) -> Range<usize> {
    let chunk = scene.grammar.chunk(id);
    let (mut first, mut end) = (chunk.first.index(), chunk.last.index() + 1);
    // "HARGEISA - Shells fell": what stands in the dateline is no part of the phrase.
    while first + 1 < end && in_dateline(scene, first) {
        first += 1;
    }
    for at in chunk.tokens() {
        let name = scene.spots.name_over(at).map_or(0, |(r, _)| r.end);
        let noun = scene.spots.noun_over(at).map_or(0, |(r, _)| r.end);
        end = end.max(name).max(noun);
    }
    first..end
}

fn span_of(scene: &Scene<'_>, tokens: &Range<usize>) -> Span {
    scene.span_of(tokens)
}

pub(crate) fn text_of<'a>(scene: &Scene<'a>, tokens: &Range<usize>) -> &'a str {
    span_of(scene, tokens).of(scene.grammar.words.text)
}

/// The phrase without a leading article.
fn without_article(scene: &Scene<'_>, tokens: &Range<usize>) -> Range<usize> {
    let skip = tokens.clone().take(tokens.len() - 1).take_while(|i| matches!(scene.grammar.words.upos(*i), Upos::Det | Upos::Adv)).count();
    tokens.start + skip..tokens.end
}

/// "J. R. Marsh", "Minister Mirela Doda", "Lt. Col. Ahmed": names at the end of the phrase, after a title or opened by a given name.
fn person(scene: &Scene<'_>, id: ChunkId, tokens: &Range<usize>) -> Option<Reading> {
    let chunk = scene.grammar.chunk(id);
    let head = chunk.head.index();
    if let Some((range, Named::Leader(i))) = scene.spots.name_over(head) {
        let leader = scene.tables.actors.leader(i);
        let office = leader.on(scene.published);
        let standing = office.filter(|(_, tenure)| *tenure == Tenure::Held).map(|_| Standing::Former);
        let title = office.and_then(|(term, _)| term.role.clone());
        let known = || title.map(|title| RoleReading { title, speaks_for: false, of: None, standing });
        let before = tokens.start..range.start;
        let (stated, facts) = role_before(scene, id, &before).unzip();
        let facts = facts.unwrap_or_default();
        // "Prime Minister Donald Tusk": the report knows better than the tables what he is on its day.
        let current = stated.as_ref().is_some_and(|r| r.standing.is_none());
        let holds = office.is_some_and(|(_, tenure)| tenure == Tenure::Holds);
        let term = office.and_then(|(term, _)| term.sector);
        let sector = if current && !holds { facts.sector.or(term) } else { term.or(facts.sector) };
        // A former president of an international body is of his country again.
        let theirs = if holds { office.and_then(|(term, _)| term.country) } else { leader.country };
        let country = facts.country.or(theirs).filter(|_| facts.label.is_none());
        let own =
            if facts.label.is_some() && current { coded(None, facts.sector, &facts.sectors, facts.label) } else { code(country, sector) };
        let held = stated.as_ref().map_or(standing, |r| r.standing);
        let role = stated.or_else(known);
        return Some(Reading {
            chunk: id,
            span: span_of(scene, tokens),
            form: MentionForm::Name,
            kind: EntityKind::Person,
            key: Some(format!("person:{}", leader.name)),
            name: leader.name.clone(),
            code: if held == Some(Standing::Former) { former(own) } else { own },
            role,
            head: leader.name.rsplit(' ').next().unwrap_or_default().to_owned(),
            plural: false,
            gender: leader.gender,
            speaks: false,
            rule: "actors/leaders.tsv",
            by_default: false,
            residence: None,
            member_of: None,
        });
    }
    let name = personal_name(scene, tokens, head)?;
    let before = tokens.start..name.start;
    let (role, facts) = role_before(scene, id, &before).unzip();
    let first = scene.grammar.words.form(name.start);
    let given = scene.tables.actors.given_name(first);
    let seen = scene.syntax.name_at(chunk.head).map(|n| n.kind);
    // A model that sees no name beside a role is right: "On Thursday, the spokesman".
    let supposed = || role.is_some() || given.is_some() || (scene.syntax.words.is_empty() && beside_role(scene, id));
    if seen.map_or_else(|| !supposed(), |kind| kind != NameKind::Person) {
        return None;
    }
    let facts: Facts = facts.unwrap_or_else(|| compose(scene, id, Core::Name, &before));
    let role = role.or_else(|| facts.owner.map(|of| RoleReading { title: String::new(), speaks_for: false, of: Some(of), standing: None }));
    let own = coded(facts.country, facts.sector, &facts.sectors, facts.label.clone().filter(|_| facts.country.is_none()));
    let own = if role.as_ref().is_some_and(|r| r.standing == Some(Standing::Former)) { former(own) } else { own };
    let by_role = role.as_ref().map(|r| noun_gender(scene, &r.title));
    let gender = given.filter(|g| *g != Gender::Unknown).or(by_role).unwrap_or(Gender::Unknown);
    Some(Reading {
        chunk: id,
        span: span_of(scene, tokens),
        form: MentionForm::Name,
        kind: EntityKind::Person,
        key: None,
        name: text_of(scene, &name).to_owned(),
        code: own,
        role,
        head: scene.grammar.words.form(name.end - 1).to_owned(),
        plural: false,
        gender,
        speaks: false,
        rule: "actor:personal-name",
        by_default: facts.by_default,
        residence: facts.residence,
        member_of: None,
    })
}

/// "the government spokesman, Stelios Vardakis," and "Arben Kola, a deputy": parted by a comma from a phrase built on a role.
fn beside_role(scene: &Scene<'_>, id: ChunkId) -> bool {
    let chunks = &scene.grammar.annotation.chunks;
    let words = &scene.grammar.words;
    let is_role = |c: &dragoman_doc::Chunk| matches!(scene.spots.noun_over(c.head.index()), Some((_, Kind::Role(_))));
    let this = &chunks[id];
    let touches = |first: &dragoman_doc::Chunk, second: &dragoman_doc::Chunk| {
        first.sentence == second.sentence && first.last.index() + 2 == second.first.index() && words.form(first.last.index() + 1) == ","
    };
    let before = id.index().checked_sub(1).map(|i| &chunks[ChunkId::from_index(i)]).is_some_and(|c| touches(c, this) && is_role(c));
    let after = chunks.get(ChunkId::from_index(id.index() + 1)).is_some_and(|c| touches(this, c) && is_role(c));
    before || after
}

/// Whether the token stands in a dateline.
fn in_dateline(scene: &Scene<'_>, at: usize) -> bool {
    let tokens = scene.grammar.words.tokens;
    let token = &tokens.tokens[TokenId::from_index(at)];
    let paragraph = tokens.sentences[token.sentence].paragraph;
    tokens.paragraphs[paragraph].dateline.is_some_and(|d| d.contains(token.span))
}

/// "HARGEISA - Shells": begins in a dateline and ends behind it.
pub(crate) fn crosses_dateline(scene: &Scene<'_>, tokens: &Range<usize>) -> bool {
    in_dateline(scene, tokens.start) && !in_dateline(scene, tokens.end - 1)
}

/// The run of capitalised words that ends the phrase and belongs to no table.
fn personal_name(scene: &Scene<'_>, tokens: &Range<usize>, head: usize) -> Option<Range<usize>> {
    let words = &scene.grammar.words;
    let in_name = |i: usize| {
        // "PEMBA - Abdul": a dash is no hyphen.
        let hyphen = words.form(i) == "-" && i > 0 && scene.grammar.token_span(i - 1).end() == scene.grammar.token_span(i).start();
        if in_dateline(scene, i) {
            return false;
        }
        let particle = words.form(i).chars().count() <= 3 && i > tokens.start && i < head && words.upos(i) != Upos::Det;
        let listed = scene.spots.name_over(i).is_some()
            || scene.spots.noun_over(i).is_some_and(|(r, _)| r.contains(&head) || r.len() > 1 || i < head);
        (words.upos(i) == Upos::Propn || hyphen || (particle && words.form(i).starts_with(char::is_alphabetic))) && !listed
    };
    if words.upos(head) != Upos::Propn {
        return None;
    }
    let start = (tokens.start..=head).rev().take_while(|i| in_name(*i)).last()?;
    let name = start..head + 1;
    let capitals = name.clone().filter(|i| words.form(*i).starts_with(char::is_uppercase)).count();
    (capitals >= 1 && words.form(start) != "-").then_some(name)
}

/// A role noun among these tokens, "Foreign Minister" before a name, with what the phrase tells of its holder.
fn role_before(scene: &Scene<'_>, id: ChunkId, tokens: &Range<usize>) -> Option<(RoleReading, Facts)> {
    let (range, role) = tokens.clone().rev().find_map(|at| match scene.spots.noun_over(at) {
        Some((range, Kind::Role(i))) if range.start >= tokens.start && range.end <= tokens.end => Some((range, i)),
        _ => None,
    })?;
    let noun = scene.tables.actors.role(role);
    let mut facts = of_role(scene, id, &(tokens.start..range.start), noun);
    // "Father Anton Jeyaraj", "Sister Paesie"
    let title = scene.grammar.words.form(range.end - 1);
    if range.end == tokens.end && title.starts_with(char::is_uppercase) && scene.tables.actors.is_clergy(&title.to_lowercase()) {
        (facts.sector, facts.sectors) = (Some(Sector::Rel), Vec::new());
    }
    let standing = standing(scene, &(tokens.start..range.end));
    Some((RoleReading { title: text_of(scene, &range).to_owned(), speaks_for: noun.speaks_for, of: facts.owner, standing }, facts))
}

/// What a phrase tells that is built on a role: the role's own sector, unless it is one by default and the body tells another.
fn of_role(scene: &Scene<'_>, id: ChunkId, before: &Range<usize>, noun: &RoleNoun) -> Facts {
    let mut facts = compose(scene, id, Core::Role, before);
    if facts.sector.is_none() || (noun.sector.is_some() && !noun.by_default) {
        facts.by_default = noun.by_default;
        (facts.sector, facts.sectors) = (noun.sector, noun.sectors.clone());
        facts.label = facts.label.filter(|_| noun.sector.is_none());
    }
    facts
}

/// What the words around a role say of whether it is held ("former", "president-elect").
fn standing(scene: &Scene<'_>, tokens: &Range<usize>) -> Option<Standing> {
    let words = &scene.grammar.words;
    let end = (tokens.end + 2).min(words.tags.len());
    // "president-elect" goes on behind the hyphen.
    let behind = (tokens.end + 1 < end && words.form(tokens.end) == "-").then_some(tokens.end + 1);
    // "Acting Foreign Minister": the first word may be read as a verb and stand outside the phrase.
    let before = tokens.start.checked_sub(1).filter(|i| words.sentence(*i) == words.sentence(tokens.start));
    let found = before.into_iter().chain(tokens.clone()).chain(behind).find_map(|i| modifier(scene, i));
    found.and_then(|m| match m {
        Modifier::Former => Some(Standing::Former),
        Modifier::Acting => Some(Standing::Acting),
        Modifier::Late => Some(Standing::Late),
        Modifier::Elect => Some(Standing::Elect),
        Modifier::SelfStyled => Some(Standing::SelfStyled),
        Modifier::Deputy | Modifier::Unnamed | Modifier::Backed => None,
    })
}

/// What the word at `at` changes, with a hyphen behind it too ("ex-minister").
fn modifier(scene: &Scene<'_>, at: usize) -> Option<Modifier> {
    let word = scene.grammar.words.form(at).to_lowercase();
    let opens = word.split_once('-').map(|(first, _)| format!("{first}-"));
    scene.tables.actors.modifier(&word).or_else(|| opens.and_then(|o| scene.tables.actors.modifier(&o)))
}

pub(crate) fn organization_code(body: &Organization) -> ActorCode {
    ActorCode {
        country: body.country,
        sector: body.sector,
        sectors: body.sectors.clone(),
        label: body.label.clone(),
        basis: CodeBasis::Stated,
    }
}

fn named_body(scene: &Scene<'_>, id: ChunkId, tokens: &Range<usize>, head: usize) -> Option<Reading> {
    let Some((range, Named::Organization(i))) = scene.spots.name_over(head) else { return None };
    let body = scene.tables.actors.organization(i);
    let mut code = organization_code(body);
    let mut key = body_key(&body.name);
    let mut name = body.name.clone();
    // "the Senegalese Red Cross": a country's own society of an organisation of many countries.
    let national = country_in(scene, &(tokens.start..range.start)).filter(|_| body.country.is_none() && body.sector == Some(Sector::Ngo));
    if let Some(country) = national {
        code.country = Some(country);
        key = format!("{key}:{country}");
        text_of(scene, &without_article(scene, tokens)).clone_into(&mut name);
    }
    Some(Reading {
        chunk: id,
        span: span_of(scene, tokens),
        form: MentionForm::Name,
        kind: body.kind,
        key: Some(key),
        name,
        code: Some(code),
        role: None,
        head: scene.grammar.words.lemma(range.end - 1).to_lowercase(),
        plural: scene.grammar.words.has(head, Feat::Plural),
        gender: Gender::Unknown,
        speaks: true,
        rule: "actors/organizations.tsv",
        by_default: false,
        residence: None,
        member_of: None,
    })
}

/// "Iraqi foreign ministry", "the army", "coalition forces", "Mombasa Dockers Union".
fn institution(scene: &Scene<'_>, id: ChunkId, tokens: &Range<usize>, head: usize) -> Option<Reading> {
    let Some((range, Kind::Institution(i))) = scene.spots.noun_over(head) else { return None };
    let facts = scene.tables.actors.institution(i);
    let bare = without_article(scene, tokens);
    let own = bare.start..range.start.max(bare.start);
    let told = compose(scene, id, Core::Institution, &own);
    let country = told.country;
    let capital = scene.grammar.words.form(range.start).starts_with(char::is_uppercase)
        || own.clone().any(|at| scene.grammar.words.upos(at) == Upos::Propn);
    // "the EU legislature": of no country.
    let label = told.label.filter(|_| country.is_none());
    let (sector, sectors) = match (facts.sector, told.sector) {
        (Some(_), Some(sector)) if facts.by_default => (Some(sector), told.sectors),
        (None, sector @ Some(_)) => (sector, told.sectors),
        (sector, _) => (sector, facts.sectors.clone()),
    };
    let owner = possessor_text(scene, id);
    let name = match owner {
        Some(owner) => format!("{owner} {}", text_of(scene, &bare)),
        None => text_of(scene, &bare).to_owned(),
    };
    let certain = country.is_some() || (capital && own.clone().any(|at| scene.grammar.words.upos(at) == Upos::Propn));
    let part = told.whole.map(|w| w.text(scene));
    let key = match country {
        Some(c) => Some(format!("institution:{}{}:{c}", part.map(|p| format!("{p} ")).unwrap_or_default(), facts.lemma)),
        None if certain => Some(format!("institution:{}", text_of(scene, &bare))),
        None => None,
    };
    Some(Reading {
        chunk: id,
        span: span_of(scene, tokens),
        form: if certain { MentionForm::Name } else { MentionForm::Nominal },
        kind: facts.kind,
        key,
        name,
        code: coded(country, sector, &sectors, label),
        role: None,
        head: scene.grammar.words.lemma(head.min(range.end - 1)).to_lowercase(),
        plural: scene.grammar.words.has(head, Feat::Plural),
        gender: Gender::Unknown,
        speaks: facts.speaks,
        rule: "actors/institutions.tsv",
        by_default: facts.by_default,
        residence: told.residence,
        member_of: told.whole,
    })
}

/// "the spokesman for the US State Department", "a senior official".
fn role_holder(scene: &Scene<'_>, id: ChunkId, tokens: &Range<usize>, head: usize) -> Option<Reading> {
    let Some((range, Kind::Role(i))) = scene.spots.noun_over(head) else { return None };
    let facts = scene.tables.actors.role(i);
    let bare = without_article(scene, tokens);
    let told = of_role(scene, id, &(bare.start..range.start.max(bare.start)), facts);
    let own = coded(told.country, told.sector, &told.sectors, told.label.clone().filter(|_| told.country.is_none()));
    let standing = standing(scene, &(bare.start..range.end));
    let gender = noun_gender(scene, scene.grammar.words.lemma(head));
    Some(Reading {
        chunk: id,
        span: span_of(scene, tokens),
        form: MentionForm::Nominal,
        kind: if scene.grammar.words.has(head, Feat::Plural) { EntityKind::Group } else { EntityKind::Person },
        key: None,
        name: text_of(scene, &bare).to_owned(),
        code: if standing == Some(Standing::Former) { former(own) } else { own },
        role: Some(RoleReading { title: text_of(scene, &range).to_owned(), speaks_for: facts.speaks_for, of: told.owner, standing }),
        head: scene.grammar.words.lemma(head).to_lowercase(),
        plural: scene.grammar.words.has(head, Feat::Plural),
        gender,
        speaks: true,
        rule: "actors/roles.tsv",
        by_default: told.by_default,
        residence: told.residence,
        member_of: None,
    })
}

/// "spokeswoman", "chairman": the noun's own ending tells.
fn noun_gender(scene: &Scene<'_>, title: &str) -> Gender {
    let title = title.to_lowercase();
    let last = title.rsplit([' ', '-']).next().unwrap_or_default();
    match scene.tables.actors.noun_gender(last) {
        Gender::Unknown if last.ends_with("woman") || last.ends_with("women") => Gender::Feminine,
        Gender::Unknown if last.ends_with("man") || last.ends_with("men") => Gender::Masculine,
        known => known,
    }
}

/// A country, or its capital or seat of government where it acts.
fn state(scene: &Scene<'_>, id: ChunkId, head: usize) -> Option<Reading> {
    let (range, named) = scene.spots.name_over(head)?;
    // "Port Sudan", "the Sea of Japan": a place, not the state.
    if !matches!(named, Named::Seat(_)) && scene.is_within_place(&range) {
        return None;
    }
    let index = match named {
        Named::Country(i) if acts(scene, id) || !is_locative(scene, id) => i,
        Named::Capital(i) if acts(scene, id) || is_no_place(scene, id, &range) => i,
        Named::Seat(i) => i,
        _ => return None,
    };
    let chunk = scene.grammar.chunk(id);
    if !range.contains(&chunk.head.index()) || chunk.first.index() > range.start {
        return None;
    }
    let facts = scene.tables.actors.country(index);
    Some(Reading {
        chunk: id,
        span: span_of(scene, &whole(scene, id)),
        form: MentionForm::Name,
        kind: EntityKind::State,
        key: Some(state_key(facts.country)),
        name: facts.name.clone(),
        code: code(Some(facts.country), Some(Sector::Gov)),
        role: None,
        head: facts.name.to_lowercase(),
        plural: false,
        gender: Gender::Unknown,
        speaks: true,
        rule: match named {
            Named::Country(_) => "actors/countries.tsv",
            _ => "actor:capital-for-government",
        },
        by_default: false,
        residence: None,
        member_of: None,
    })
}

/// Subject of a verb, possessor, or one of two that talks are between.
fn acts(scene: &Scene<'_>, id: ChunkId) -> bool {
    let sentence = scene.grammar.chunk(id).sentence;
    let subject = scene.grammar.verbs_in(sentence).any(|(_, v)| v.argument(&Slot::Subject).any(|c| c == id));
    let party = [Slot::Possessor, Slot::preposition("between"), Slot::preposition("with")];
    let owned = scene.grammar.chunks_in(sentence).any(|(_, c)| party.iter().any(|slot| c.argument(slot).any(|x| x == id)));
    subject || owned
}

/// The place stage, which saw the report before, found no place here: "nobody gains but Moscow".
fn is_no_place(scene: &Scene<'_>, id: ChunkId, name: &Range<usize>) -> bool {
    scene.located_in(name).next().is_none() && !is_locative(scene, id)
}

/// The phrase stands after a preposition of place.
fn is_locative(scene: &Scene<'_>, id: ChunkId) -> bool {
    let Some(preposition) = scene.grammar.chunk(id).preposition else { return false };
    let lemma = scene.grammar.words.lemma(preposition.index());
    scene.tables.classes.meets(&Head::Class("locative".into()), lemma)
}

/// Whether the tables have a plural of this demonym ("Italians"), so that it means one person with an article.
fn has_plural(scene: &Scene<'_>, at: usize) -> bool {
    let plural = format!("{}s", scene.grammar.words.form(at));
    matches!(scene.tables.actors.named(&plural), Some(Named::Demonym(_)))
}

/// "Iraqis", "the French": the people of a country.
fn people(scene: &Scene<'_>, id: ChunkId, head: usize) -> Option<Reading> {
    let (range, named) = scene.spots.name_over(head)?;
    let Named::Demonym(i) = named else { return None };
    if range.end != head + 1 {
        return None;
    }
    let facts = scene.tables.actors.country(i);
    let words = &scene.grammar.words;
    // "The Italian added": one person, unlike "the French said".
    let first = scene.grammar.chunk(id).first.index();
    let lone = first < head && words.upos(first) == Upos::Det && !words.has(head, Feat::Plural) && has_plural(scene, head);
    if lone && matches!(words.upos(head), Upos::Noun | Upos::Propn | Upos::Adj) {
        return Some(Reading {
            chunk: id,
            span: scene.grammar.chunk_span(id),
            form: MentionForm::Nominal,
            kind: EntityKind::Person,
            key: None,
            name: words.form(head).to_owned(),
            code: code(Some(facts.country), None),
            role: None,
            head: words.form(head).to_lowercase(),
            plural: false,
            gender: Gender::Unknown,
            speaks: true,
            rule: "actor:demonym",
            by_default: false,
            residence: None,
            member_of: None,
        });
    }
    Some(Reading {
        chunk: id,
        span: scene.grammar.chunk_span(id),
        form: MentionForm::Name,
        kind: EntityKind::Group,
        key: Some(format!("people:{}", facts.country)),
        name: text_of(scene, &without_article(scene, &whole(scene, id))).to_owned(),
        code: code(Some(facts.country), None),
        role: None,
        head: scene.grammar.words.lemma(head).to_lowercase(),
        plural: true,
        gender: Gender::Unknown,
        speaks: false,
        rule: "actor:demonym",
        by_default: false,
        residence: None,
        member_of: None,
    })
}

/// A name in no table: kept under its own words, without a code.
fn unlisted_name(scene: &Scene<'_>, id: ChunkId, tokens: &Range<usize>) -> Option<Reading> {
    let head = scene.grammar.chunk(id).head.index();
    if scene.grammar.words.upos(head) != Upos::Propn || scene.spots.name_over(head).is_some() || is_locative(scene, id) {
        return None;
    }
    let name = without_article(scene, tokens);
    let seen = scene.syntax.name_at(scene.grammar.chunk(id).head).map(|n| n.kind);
    let subject = scene.grammar.verbs_in(scene.grammar.chunk(id).sentence).any(|(_, v)| v.argument(&Slot::Subject).any(|c| c == id));
    let long = name.len() > 1 && name.clone().filter(|i| scene.grammar.words.upos(*i) == Upos::Propn).count() > 1;
    let certain = matches!(seen, Some(NameKind::Person | NameKind::Organization | NameKind::Unit));
    // Where there is a model, it sees names: "agreed on Monday to name a governor".
    let supposed = scene.syntax.words.is_empty() && (subject || long);
    if !(certain || supposed || (seen.is_some() && (subject || long))) {
        return None;
    }
    // "the nuclear group Orano": the words before the name say what it is.
    let proper = (name.start..=head).rev().take_while(|i| is_proper(scene, *i)).last().unwrap_or(name.start);
    let facts = compose(scene, id, Core::Name, &(name.start..proper));
    let titled = (name.start..proper).any(|i| scene.spots.noun_over(i).is_some());
    let own = if titled { proper..name.end } else { name.clone() };
    let country = facts.country.or_else(|| country_in(scene, &own));
    let body = matches!(seen, Some(NameKind::Organization | NameKind::Unit));
    let (sector, sectors) = if facts.sector.is_none() && body { name_words(scene, &own) } else { (facts.sector, facts.sectors) };
    let kind = seen.and_then(crate::named::kind_of).unwrap_or(if titled { EntityKind::Organization } else { EntityKind::Other });
    Some(Reading {
        chunk: id,
        span: span_of(scene, &name),
        form: MentionForm::Name,
        kind,
        key: None,
        name: text_of(scene, &own).to_owned(),
        code: coded(country, sector, &sectors, facts.label),
        role: None,
        head: scene.grammar.words.form(head).to_owned(),
        plural: false,
        gender: Gender::Unknown,
        speaks: false,
        rule: "actor:unlisted-name",
        by_default: false,
        residence: None,
        member_of: None,
    })
}

/// A word that may belong to a name: it has a capital, or is a hyphen.
fn is_proper(scene: &Scene<'_>, at: usize) -> bool {
    let words = &scene.grammar.words;
    words.form(at) == "-" || (words.upos(at) == Upos::Propn && words.form(at).starts_with(|c: char| c.is_uppercase() || c.is_numeric()))
}

/// Whether a hyphen and a word that cuts the tie follow a name that ends at `end`: "US-backed", "Moscow-based".
pub(crate) fn is_backed(scene: &Scene<'_>, end: usize) -> bool {
    let words = &scene.grammar.words;
    let cuts = |at: usize| words.has(at, Feat::Participle) || modifier(scene, at) == Some(Modifier::Backed);
    end + 1 < words.tags.len() && words.form(end) == "-" && cuts(end + 1)
}

/// A country or demonym among these tokens. "US-backed forces" are not the US.
fn country_in(scene: &Scene<'_>, tokens: &Range<usize>) -> Option<Country> {
    let found = scene.spots.names_in(tokens.clone()).filter(|(r, _)| !is_backed(scene, r.end)).filter_map(|(_, named)| match named {
        Named::Country(i) | Named::Demonym(i) | Named::Seat(i) | Named::Capital(i) => Some(scene.tables.actors.country(*i).country),
        Named::Organization(i) => scene.tables.actors.organization(*i).country,
        Named::Leader(_) => None,
    });
    found.last()
}
