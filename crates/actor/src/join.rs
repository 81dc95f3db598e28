//! Which mentions are one entity.

use std::collections::BTreeMap;

use dragoman_codebook::{CodeBasis, Country, EntityKind, MentionForm, Sector, Standing};
use dragoman_doc::{
    ActorCode, ChunkId, ChunkKind, Entity, EntityId, Mention, MentionId, NameKind, Resolved, Role, Score, SentenceId, Slot, Upos, WhyNot,
};
use dragoman_lexicon::Gender;
use dragoman_span::{Id, IndexVec, Span};

use crate::compose::Link;
use crate::context::Home;
use crate::phrase::{Reading, RoleReading, read};
use crate::{Scene, named, pair, phrase, sieve};

/// An entity in the making.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) reading: Reading,
    pub(crate) heads: Vec<String>,
    pub(crate) mentions: Vec<Pending>,
    pub(crate) role: Option<RoleReading>,
    pub(crate) code: Option<ActorCode>,
    /// The sector is one that the body tells better, where there is one.
    by_default: bool,
    /// A country that counts where no other is told.
    residence: Option<Country>,
    /// The body or group of which this is a part.
    member_of: Option<Link>,
    /// The two that a phrase means together ("both governments").
    pub(crate) members: Vec<usize>,
}

/// A mention in the making.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    pub(crate) span: Span,
    pub(crate) form: MentionForm,
    pub(crate) chunk: ChunkId,
    pub(crate) sentence: SentenceId,
    pub(crate) rule: &'static str,
    pub(crate) score: Score,
}

/// Entities found so far, in the order of their first mention.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    pub(crate) drafts: Vec<Draft>,
    pub(crate) of_chunk: Vec<Option<usize>>,
    /// Acronyms that the report itself brings in ("Portuguese Nurses' Union (SNP)").
    acronyms: BTreeMap<String, usize>,
}

pub(crate) fn joined(scene: &Scene<'_>) -> (IndexVec<EntityId, Entity>, IndexVec<MentionId, Mention>) {
    let chunks = &scene.grammar.annotation.chunks;
    let mut cast = Cast { drafts: Vec::new(), of_chunk: vec![None; chunks.len()], acronyms: BTreeMap::new() };
    // "the ministry of foreign affairs" is read with its first phrase; "foreign affairs" is not read again.
    let mut taken = 0;
    for (id, chunk) in chunks.iter_ids() {
        if chunk.kind == ChunkKind::Pronoun {
            let entity = match sieve::pronoun(scene, &cast, id) {
                Some(Antecedent::One(entity)) => entity,
                Some(Antecedent::Pair(members)) => cast.pair(scene, id, members),
                None => continue,
            };
            let pending = pending(scene, id, MentionForm::Pronoun, "actor:pronoun", 6500);
            cast.add(entity, id, pending);
        } else if let Some(members) = pair::described(scene, &cast, id).filter(|_| scene.grammar.chunk_span(id).end() > taken) {
            taken = scene.grammar.chunk_span(id).end();
            let entity = cast.pair(scene, id, members);
            cast.add(entity, id, pending(scene, id, MentionForm::Nominal, "actor:pair", 6500));
        } else if let Some(entity) = pair::one_of(scene, &cast, id) {
            cast.add(entity, id, pending(scene, id, MentionForm::Nominal, "actor:former-latter", 6500));
        } else if let Some(reading) = read(scene, id).filter(|r| r.span.end() > taken) {
            taken = reading.span.end();
            cast.place(scene, reading);
        }
    }
    finish(scene, cast)
}

fn pending(scene: &Scene<'_>, id: ChunkId, form: MentionForm, rule: &'static str, score: u16) -> Pending {
    let (span, sentence) = (scene.grammar.chunk_span(id), scene.grammar.chunk(id).sentence);
    Pending { span, form, chunk: id, sentence, rule, score: Score::from_parts(score) }
}

/// Whom a pronoun means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Antecedent {
    One(usize),
    /// Two together.
    Pair([usize; 2]),
}

impl Cast {
    /// The entity of two together: the one there is, else a new one, told by the phrase.
    fn pair(&mut self, scene: &Scene<'_>, id: ChunkId, members: [usize; 2]) -> usize {
        if let Some(known) = self.drafts.iter().position(|d| d.members == members) {
            return known;
        }
        let reading = phrase::pair(scene, id, &members.map(|m| self.drafts[m].reading.name.as_str()));
        self.drafts.push(Draft {
            heads: vec![reading.head.clone()],
            mentions: Vec::new(),
            role: None,
            code: None,
            by_default: false,
            residence: None,
            member_of: None,
            members: members.to_vec(),
            reading,
        });
        self.drafts.len() - 1
    }

    fn add(&mut self, entity: usize, chunk: ChunkId, pending: Pending) {
        self.drafts[entity].mentions.push(pending);
        self.of_chunk[chunk.index()] = Some(entity);
    }

    /// Puts a mention to the entity it belongs to, or makes a new one of it.
    fn place(&mut self, scene: &Scene<'_>, reading: Reading) {
        let id = reading.chunk;
        let written = reading.span.of(scene.grammar.words.text).to_owned();
        let (found, rule, score) = if let Some(entity) = self.acronym(scene, &reading, &written) {
            self.acronyms.insert(written, entity);
            (Some(entity), "actor:acronym", 9000)
        } else {
            self.find(scene, &reading)
        };
        let pending = Pending {
            span: reading.span,
            form: reading.form,
            chunk: id,
            sentence: scene.grammar.chunk(id).sentence,
            rule,
            score: Score::from_parts(score),
        };
        let entity = if let Some(entity) = found {
            self.drafts[entity].learn(reading);
            entity
        } else {
            self.drafts.push(Draft {
                heads: heads_of(&reading),
                mentions: Vec::new(),
                role: reading.role.clone(),
                code: reading.code.clone(),
                by_default: reading.by_default,
                residence: reading.residence,
                member_of: reading.member_of,
                members: Vec::new(),
                reading,
            });
            self.drafts.len() - 1
        };
        // "the Rural Teachers' Alliance": later phrases of the same name are the name's.
        let span = pending.span;
        self.add(entity, id, pending);
        let within = |c: &ChunkId| span.contains(scene.grammar.chunk_span(*c));
        let later = (id.index() + 1..self.of_chunk.len()).map(ChunkId::from_index).take_while(within);
        let earlier = (0..id.index()).rev().map(ChunkId::from_index).take_while(within);
        for other in later.chain(earlier) {
            self.of_chunk[other.index()] = Some(entity);
        }
    }

    fn find(&self, scene: &Scene<'_>, reading: &Reading) -> (Option<usize>, &'static str, u16) {
        if let Some(entity) = reading.key.as_ref().and_then(|k| self.drafts.iter().position(|d| d.reading.key.as_ref() == Some(k))) {
            return (Some(entity), "actor:same-key", 9500);
        }
        if let Some(entity) = self.same_name(reading) {
            return (Some(entity), "actor:same-name", 9000);
        }
        if let Some(entity) = self.apposition(scene, reading).or_else(|| self.body_apposition(scene, reading)) {
            return (Some(entity), "actor:apposition", 8500);
        }
        if reading.form == MentionForm::Nominal
            && let Some(entity) = self.same_head(scene, reading)
        {
            return (Some(entity), "actor:same-head", 7500);
        }
        if reading.form == MentionForm::Nominal
            && is_definite(scene, reading)
            && !self.has_own_body(reading)
            && !is_long_name(scene, reading)
            && let Some(entity) = sieve::description(scene, self, reading)
        {
            return (Some(entity), "actor:description", 6500);
        }
        (None, reading.rule, 9000)
    }

    /// The whole name, or the last name of a person named in full before.
    fn same_name(&self, reading: &Reading) -> Option<usize> {
        if reading.key.is_some() {
            return None;
        }
        if reading.form != MentionForm::Name {
            // A description of several words that comes again is the same thing: "coalition military mission".
            let described = reading.name.contains(' ') && reading.kind != EntityKind::Person;
            return self.drafts.iter().rposition(|d| described && d.reading.name.eq_ignore_ascii_case(&reading.name));
        }
        let last_name = |full: &str, short: &str| {
            full != short && full.rsplit([' ', '-']).next() == short.rsplit([' ', '-']).next() && !short.contains(' ')
        };
        self.drafts.iter().rposition(|d| {
            let name = &d.reading.name;
            d.reading.form == MentionForm::Name
                && (*name == reading.name
                    || (d.reading.kind == EntityKind::Person && (last_name(name, &reading.name) || last_name(&reading.name, name))))
        })
    }

    /// "Carla Zerafa, the ministry's spokeswoman" and the other way round.
    fn apposition(&self, scene: &Scene<'_>, reading: &Reading) -> Option<usize> {
        if reading.kind != EntityKind::Person {
            return None;
        }
        let chunk = scene.grammar.chunk(reading.chunk);
        let words = &scene.grammar.words;
        // "Niger's mining minister" begins with its owner.
        let owner = chunk.argument(&Slot::Possessor).next().map(|o| scene.grammar.chunk(o).first.index());
        let first = owner.filter(|o| *o < chunk.first.index()).unwrap_or(chunk.first.index());
        let comma = first.checked_sub(1).filter(|i| words.form(*i) == ",");
        // Glued ("spokesman Ali Hassan" cut in two) or parted by a comma.
        let end = comma.unwrap_or(first);
        let sentence = chunk.sentence;
        let hit = (0..reading.chunk.index())
            .rev()
            .map(ChunkId::from_index)
            .take_while(|c| scene.grammar.chunk(*c).sentence == sentence)
            .take(4)
            .find(|c| {
                let before = scene.grammar.chunk(*c);
                let reaches = reach(scene, *c) == end;
                reaches
                    && self.of_chunk[c.index()].is_some_and(|e| self.drafts[e].reading.kind == EntityKind::Person)
                    && before.preposition.is_none_or(|p| words.upos(p.index()) == Upos::Adp)
            })?;
        let entity = self.of_chunk[hit.index()]?;
        let draft = &self.drafts[entity];
        let one_name = (draft.reading.form == MentionForm::Name) != (reading.form == MentionForm::Name);
        (one_name && !draft.reading.plural && !reading.plural).then_some(entity)
    }

    /// "Transtu, the state carrier, put its losses ..."; not one of a list ("the army, the police and the courts").
    fn body_apposition(&self, scene: &Scene<'_>, reading: &Reading) -> Option<usize> {
        let body = matches!(reading.kind, EntityKind::Organization | EntityKind::Group);
        if !body || (reading.form != MentionForm::Nominal && reading.member_of.is_none()) {
            return None;
        }
        let words = &scene.grammar.words;
        let chunk = scene.grammar.chunk(reading.chunk);
        let comma = chunk.first.index().checked_sub(1).filter(|i| words.form(*i) == ",")?;
        let limit = words.tokens.sentences[chunk.sentence].end_token.index();
        let end = reach(scene, reading.chunk);
        let closed = end >= limit || matches!(words.form(end), "," | "." | "(" | ";") || matches!(words.lemma(end), "that" | "which");
        let listed = (end..limit.min(end + 2)).any(|i| words.upos(i) == Upos::Cconj);
        let before = (0..reading.chunk.index()).rev().map(ChunkId::from_index).take(3);
        let mut before = before.take_while(|c| scene.grammar.chunk(*c).sentence == chunk.sentence);
        let entity = before.find(|c| reach(scene, *c) == comma).and_then(|c| self.of_chunk[c.index()])?;
        let draft = &self.drafts[entity];
        let named = draft.reading.form == MentionForm::Name
            && matches!(draft.reading.kind, EntityKind::Organization | EntityKind::Group | EntityKind::Other);
        (closed && !listed && named && draft.members.is_empty()).then_some(entity)
    }

    /// "Portuguese Nurses' Union (SNP)", and "the SNP" after it, whatever the tables know by these letters.
    fn acronym(&self, scene: &Scene<'_>, reading: &Reading, written: &str) -> Option<usize> {
        let short = written.strip_prefix("the ").or(written.strip_prefix("The ")).unwrap_or(written);
        if let Some(known) = self.acronyms.get(short) {
            return Some(*known);
        }
        let chunk = scene.grammar.chunk(reading.chunk);
        let words = &scene.grammar.words;
        let opened = chunk.first.index().checked_sub(1).filter(|i| words.form(*i) == "(")?;
        let upper = written.len() > 1 && written.chars().all(|c| c.is_uppercase() || c == '.');
        let before = ChunkId::from_index(reading.chunk.index().checked_sub(1)?);
        let adjoining = scene.grammar.chunk(before).last.index() + 1 == opened;
        (upper && adjoining).then(|| self.of_chunk[before.index()]).flatten()
    }

    /// "the spokesman of the ministry" belongs to a body of its own.
    fn has_own_body(&self, reading: &Reading) -> bool {
        reading.role.as_ref().and_then(|r| r.of).and_then(Link::chunk).is_some_and(|c| self.of_chunk[c.index()].is_some())
    }

    /// "the ministry" after "the Iraqi Foreign Ministry": the last one with this head.
    fn same_head(&self, scene: &Scene<'_>, reading: &Reading) -> Option<usize> {
        if !is_definite(scene, reading) {
            return None;
        }
        let agrees = |d: &Draft| match (&d.code, &reading.code) {
            (Some(a), Some(b)) => {
                // "the army" is not the Arakan Army.
                let sectors = || a.sector.into_iter().chain(a.sectors.iter().copied());
                let another = reading.kind != EntityKind::Person
                    && !reading.by_default
                    && !scene.tables.actors.is_generic(&reading.head)
                    && b.sector.is_some_and(|s| a.sector.is_some() && sectors().all(|own| own != s));
                !another && (b.country.is_none() || a.country == b.country)
            }
            _ => true,
        };
        let last_mention = |d: &Draft| d.mentions.last().map(|m| m.span.start());
        let hits = self
            .drafts
            .iter()
            .enumerate()
            .filter(|(_, d)| d.heads.contains(&reading.head) && d.reading.plural == reading.plural && agrees(d));
        hits.max_by_key(|(_, d)| last_mention(d)).map(|(i, _)| i)
    }
}

/// "the Joint Force": the model sees a name of several words, which means no other body by its kind.
fn is_long_name(scene: &Scene<'_>, reading: &Reading) -> bool {
    let name = scene.syntax.name_at(scene.grammar.chunk(reading.chunk).head);
    name.is_some_and(|n| matches!(n.kind, NameKind::Organization | NameKind::Unit) && n.at.first != n.at.last)
}

/// "the ministry", "that officer"; not "a ministry".
fn is_definite(scene: &Scene<'_>, reading: &Reading) -> bool {
    let first = scene.grammar.chunk(reading.chunk).first.index();
    scene.grammar.words.upos(first) == Upos::Det && !matches!(scene.grammar.words.lemma(first), "a" | "another" | "some" | "no")
}

/// One past the last token of a phrase with the phrases that hang on it ("spokesman for the ministry of defence").
fn reach(scene: &Scene<'_>, id: ChunkId) -> usize {
    let mut end = scene.grammar.chunk(id).last.index() + 1;
    let chunks = &scene.grammar.annotation.chunks;
    for next in (id.index() + 1..chunks.len()).map(ChunkId::from_index) {
        let chunk = &chunks[next];
        let Some(preposition) = chunk.preposition.map(Id::index) else {
            if chunk.first.index() == end + 1 && scene.grammar.words.upos(end) == Upos::Part {
                end = chunk.last.index() + 1; // a genitive within
                continue;
            }
            break;
        };
        if preposition != end || chunk.sentence != chunks[id].sentence {
            break;
        }
        end = chunk.last.index() + 1;
    }
    end
}

/// The nouns that a later description may repeat: the phrase's own, that of the role, and the last word of a body's name.
fn heads_of(reading: &Reading) -> Vec<String> {
    let last = |text: &str| text.rsplit([' ', '-']).next().unwrap_or_default().to_lowercase();
    let mut heads = vec![reading.head.clone()];
    heads.extend(reading.role.as_ref().map(|r| last(&r.title)));
    heads.extend((reading.kind != EntityKind::Person && reading.form == MentionForm::Name).then(|| last(&reading.name)));
    heads.dedup();
    heads
}

impl Draft {
    /// A further mention may bring a name, a role or a code.
    fn learn(&mut self, reading: Reading) {
        for head in heads_of(&reading) {
            if !self.heads.contains(&head) {
                self.heads.push(head);
            }
        }
        if self.role.is_none() {
            self.role.clone_from(&reading.role);
        }
        match (&mut self.code, &reading.code) {
            (None, Some(code)) => self.code = Some(code.clone()),
            (Some(own), Some(more)) => {
                own.country = own.country.or(more.country);
                let better = more.sector.is_some() && self.by_default && !reading.by_default;
                if own.sector.is_none() || better {
                    (own.sector, own.sectors) = (more.sector, more.sectors.clone());
                    self.by_default = reading.by_default;
                }
            }
            _ => {}
        }
        self.residence = self.residence.or(reading.residence);
        self.member_of = self.member_of.or(reading.member_of);
        let fuller =
            reading.form == MentionForm::Name && (self.reading.form != MentionForm::Name || reading.name.len() > self.reading.name.len());
        if fuller && reading.kind == self.reading.kind && self.reading.key.as_ref().is_none_or(|k| k.starts_with("institution:")) {
            let key = self.reading.key.take();
            let gender = self.reading.gender;
            self.reading = reading;
            self.reading.key = self.reading.key.take().or(key);
            if self.reading.gender == Gender::Unknown {
                self.reading.gender = gender;
            }
        } else if self.reading.gender == Gender::Unknown {
            self.reading.gender = reading.gender;
        }
    }
}

/// Rounds in which codes pass from bodies to those who belong to them ("the spokesman of the ministry's office").
const INHERIT_ROUNDS: usize = 2;

/// Who holds a role of a body, and what is a part of one, has the body's country, and its sector where nothing tells another one.
fn inherit(drafts: &mut [Draft], of_chunk: &[Option<usize>]) {
    for _ in 0..INHERIT_ROUNDS {
        for at in 0..drafts.len() {
            let owner = drafts[at].role.as_ref().and_then(|r| r.of).or(drafts[at].member_of);
            let former = drafts[at].role.as_ref().is_some_and(|r| r.standing == Some(Standing::Former));
            let body = owner.and_then(Link::chunk).and_then(|c| of_chunk[c.index()]).filter(|b| *b != at);
            let Some(body) = body.map(|b| &drafts[b]) else { continue };
            let unknown = ActorCode { country: None, sector: None, sectors: Vec::new(), label: None, basis: CodeBasis::Stated };
            let theirs = body.code.clone().unwrap_or(unknown);
            // "the president of Togo" is no minister for that.
            let tells = body.reading.kind != EntityKind::State;
            let by_default = drafts[at].by_default;
            // The president of a front of which nothing is known is no head of state.
            let foreign = by_default && tells && theirs.sector.is_none();
            match &mut drafts[at].code {
                Some(own) => {
                    if foreign {
                        (own.sector, own.sectors) = (None, Vec::new());
                    }
                    own.country = own.country.or(theirs.country);
                    if !former && theirs.sector.is_some() && (own.sector.is_none() || (by_default && tells)) {
                        (own.sector, own.sectors, own.label) = (theirs.sector, theirs.sectors, theirs.label);
                        drafts[at].by_default = false;
                    }
                }
                own @ None => *own = Some(theirs).filter(|c| c.country.is_some() || c.sector.is_some()),
            }
        }
    }
}

/// Sectors whose actors belong to no country unless one is said.
const BORDERLESS: [Sector; 4] = [Sector::Igo, Sector::Ngo, Sector::Mnc, Sector::Img];

/// Actors of which no country is said are of the country in which the report plays.
fn locate(scene: &Scene<'_>, drafts: &mut [Draft]) {
    let home = Home::find(scene);
    for draft in drafts {
        let local = matches!(draft.reading.kind, EntityKind::Person | EntityKind::Group | EntityKind::Organization);
        let known = draft
            .code
            .as_ref()
            .is_some_and(|c| c.country.is_some() || c.label.is_some() || c.sector.is_some_and(|s| BORDERLESS.contains(&s)));
        // An envoy is of the country that sent him.
        let abroad = draft.heads.iter().any(|h| scene.tables.actors.is_abroad(h));
        let single = draft.members.is_empty();
        let Some(first) = draft.mentions.first().filter(|_| local && single && !known && !abroad) else { continue };
        let Some(country) = draft.residence.or_else(|| home.of(first.sentence)) else { continue };
        let code = draft.code.get_or_insert(ActorCode {
            country: None,
            sector: None,
            sectors: Vec::new(),
            label: None,
            basis: CodeBasis::Context,
        });
        code.country = Some(country);
        code.basis = CodeBasis::Context;
    }
}

/// Ranks that soldiers and police share: where the report speaks of police and of no army, its officers are police.
fn rank(scene: &Scene<'_>, drafts: &mut [Draft]) {
    let named = |d: &&Draft, sector: Sector| !d.by_default && d.code.as_ref().and_then(|c| c.sector) == Some(sector);
    let count = |sector: Sector| drafts.iter().filter(|d| named(d, sector)).map(|d| d.mentions.len()).sum::<usize>();
    if count(Sector::Cop) <= RANK_LEAD * count(Sector::Mil) {
        return;
    }
    let shared = |d: &&mut Draft| d.by_default && d.heads.iter().any(|h| scene.tables.actors.is_rank(h));
    for draft in drafts.iter_mut().filter(shared) {
        if let Some(code) = draft.code.as_mut().filter(|c| c.sector == Some(Sector::Mil)) {
            (code.sector, code.sectors) = (Some(Sector::Cop), Vec::new());
        }
    }
}

/// How many times as often police must be spoken of as soldiers.
const RANK_LEAD: usize = 2;

/// Two together have the country and the sector that both have.
fn share(drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let codes: Vec<Option<ActorCode>> = drafts[at].members.iter().map(|m| drafts[*m].code.clone()).collect();
        if let [Some(a), Some(b)] = codes.as_slice() {
            let country = a.country.filter(|c| b.country == Some(*c));
            let sector = a.sector.filter(|s| b.sector == Some(*s) || b.sectors.contains(s)).or(b.sector.filter(|s| a.sectors.contains(s)));
            let basis = if a.basis == CodeBasis::Context || b.basis == CodeBasis::Context { CodeBasis::Context } else { CodeBasis::Stated };
            let known = country.is_some() || sector.is_some();
            drafts[at].code = known.then_some(ActorCode { country, sector, sectors: Vec::new(), label: None, basis });
        }
    }
}

/// What an actor is to the one that a link leads to.
#[derive(Debug, Clone, Copy)]
enum Tie {
    /// The holder of a role of it.
    Role,
    /// One whose words are its words.
    Voice,
    /// A part of it.
    Part,
}

/// Enters a tie into the record.
fn tie(entities: &mut IndexVec<EntityId, Entity>, entity: EntityId, tie: Tie, to: EntityId) {
    let person = entities[to].kind == EntityKind::Person;
    let entity = &mut entities[entity];
    match (tie, &mut entity.role) {
        // "the army's fifth brigade"; nobody's office is a part of the person.
        (Tie::Part, _) => entity.member_of = Some(to).filter(|_| !person),
        (Tie::Role, Some(role)) => role.of = Some(to),
        (Tie::Voice, Some(role)) => (role.of, role.speaks_for) = (Some(to), Some(to)),
        (Tie::Role | Tie::Voice, None) => {}
    }
}

fn finish(scene: &Scene<'_>, cast: Cast) -> (IndexVec<EntityId, Entity>, IndexVec<MentionId, Mention>) {
    let Cast { mut drafts, of_chunk, acronyms } = cast;
    inherit(&mut drafts, &of_chunk);
    rank(scene, &mut drafts);
    locate(scene, &mut drafts);
    share(&mut drafts);
    let mut entities: IndexVec<EntityId, Entity> = IndexVec::new();
    let mut mentions: Vec<Mention> = Vec::new();
    let mut links: Vec<(EntityId, Link, Tie)> = Vec::new();
    for (e, draft) in drafts.into_iter().enumerate() {
        mentions.extend(draft.mentions.iter().map(|m| named::mention(scene, m, EntityId::from_index(e), draft.reading.kind)));
        let this = EntityId::from_index(e);
        let role = draft.role.map(|r| {
            let speaks = r.speaks_for && r.standing != Some(Standing::Former);
            links.extend(r.of.map(|of| (this, of, if speaks { Tie::Voice } else { Tie::Role })));
            Role { title: Some(r.title).filter(|t| !t.is_empty()), of: None, speaks_for: None, standing: r.standing }
        });
        links.extend(draft.member_of.map(|whole| (this, whole, Tie::Part)));
        let named = draft.reading.form == MentionForm::Name;
        let key = draft.reading.key.as_deref();
        let identity = if named { crate::identity::of(scene, &draft.reading.name, draft.reading.kind, key) } else { None };
        entities.push(Entity {
            identity,
            name: draft.reading.name,
            kind: draft.reading.kind,
            cameo: draft.code.as_ref().and_then(|c| c.cameo(scene.tables.actors.cameo(c.label.as_deref()))),
            actor: draft.code.map_or(Resolved::Unknown(WhyNot::NotListed), Resolved::One),
            role,
            member_of: None,
            members: draft.members.into_iter().map(EntityId::from_index).collect(),
            mentions: Vec::new(),
        });
    }
    named::further(scene, &acronyms, &mut entities, &mut mentions);
    mentions.sort_by_key(|m| (m.span, m.entity));
    for (entity, link, kind) in links {
        let found = match link {
            Link::Chunk(chunk) => of_chunk[chunk.index()].map(EntityId::from_index),
            Link::Within(span) => mentions.iter().find(|m| m.span == span).map(|m| m.entity),
        };
        if let Some(found) = found.filter(|f| *f != entity) {
            tie(&mut entities, entity, kind, found);
        }
    }
    let mentions: IndexVec<MentionId, Mention> = mentions.into();
    for (id, mention) in mentions.iter_ids() {
        entities[mention.entity].mentions.push(id);
    }
    (entities, mentions)
}
