//! What the parts of a noun phrase tell of its actor, by the rules of `composition.tsv`.

use std::ops::Range;

use dragoman_annotate::Carrier;
use dragoman_codebook::{Country, Sector};
use dragoman_doc::{ActorCode, ChunkId, ChunkKind, Slot};
use dragoman_lexicon::{Core, Gives, Kind, Named, Part, PartAt};
use dragoman_span::{Id, Span};

use crate::phrase::{is_backed, organization_code, text_of, whole};
use crate::{Located, Scene};

/// How deep phrases are followed that hang on one another ("the head of the port of the capital of Chile").
const MAX_DEPTH: usize = 3;

/// Where a part of the phrase stands that is an actor of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    /// A noun phrase.
    Chunk(ChunkId),
    /// A name within the phrase.
    Within(Span),
}

/// What the parts of a phrase tell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    pub(crate) country: Option<Country>,
    pub(crate) residence: Option<Country>,
    pub(crate) sector: Option<Sector>,
    pub(crate) sectors: Vec<Sector>,
    /// The label of an international body.
    pub(crate) label: Option<String>,
    pub(crate) owner: Option<Link>,
    pub(crate) whole: Option<Link>,
    /// The sector is one that the body tells better, where there is one.
    pub(crate) by_default: bool,
}

impl Link {
    pub(crate) fn chunk(self) -> Option<ChunkId> {
        match self {
            Self::Chunk(chunk) => Some(chunk),
            Self::Within(_) => None,
        }
    }

    /// The words.
    pub(crate) fn text<'a>(self, scene: &Scene<'a>) -> &'a str {
        let span = match self {
            Self::Chunk(chunk) => scene.grammar.chunk_span(chunk),
            Self::Within(span) => span,
        };
        span.of(scene.grammar.words.text)
    }
}

/// A part of a phrase.
struct Piece {
    at: PartAt,
    part: Part,
    country: Option<Country>,
    residence: Option<Country>,
    sector: Option<Sector>,
    sectors: Vec<Sector>,
    label: Option<String>,
    link: Link,
}

/// What the parts of the phrase tell that is built on `core`, of which `before` stands before the core.
pub(crate) fn compose(scene: &Scene<'_>, id: ChunkId, core: Core, before: &Range<usize>) -> Facts {
    composed(scene, id, core, before, MAX_DEPTH)
}

fn composed(scene: &Scene<'_>, id: ChunkId, core: Core, before: &Range<usize>, depth: usize) -> Facts {
    let mut facts = Facts::default();
    let mut pieces = inner(scene, before);
    if depth > 0 {
        pieces.extend(attached(scene, id, before, depth));
        pieces.extend(by_verb(scene, id, depth));
    }
    for rule in scene.tables.actors.compositions().iter().filter(|r| r.core == core) {
        for piece in pieces.iter().filter(|p| p.at == rule.at && p.part == rule.part) {
            for gives in &rule.gives {
                facts.take(*gives, piece);
            }
        }
    }
    facts
}

impl Facts {
    /// Takes a fact over, unless an earlier rule gave it.
    fn take(&mut self, gives: Gives, piece: &Piece) {
        match gives {
            Gives::Country => {
                self.country = self.country.or(piece.country);
                // "the EU legislature": of no country.
                if self.label.is_none() && piece.country.is_none() {
                    self.label.clone_from(&piece.label);
                }
                self.residence = self.residence.or(piece.residence);
            }
            Gives::Residence => self.residence = self.residence.or(piece.country).or(piece.residence),
            Gives::Sector if self.sector.is_none() => (self.sector, self.sectors) = (piece.sector, piece.sectors.clone()),
            Gives::Owner => self.owner = self.owner.or(Some(piece.link)),
            Gives::Whole => self.whole = self.whole.or(Some(piece.link)),
            Gives::Sector => {}
        }
    }
}

/// Names and nouns before the core, the nearest first.
fn inner(scene: &Scene<'_>, before: &Range<usize>) -> Vec<Piece> {
    let mut pieces: Vec<(usize, Piece)> = Vec::new();
    for (range, named) in scene.spots.names_in(before.clone()).filter(|(r, _)| !is_backed(scene, r.end)) {
        pieces.push((range.start, of_name(scene, *named, PartAt::Before, Link::Within(scene.span_of(range)))));
    }
    let within = |r: &Range<usize>| before.start <= r.start && r.end <= before.end;
    for (range, kind) in scene.spots.nouns.iter().filter(|(r, _)| within(r)) {
        // "Nigerian Army general": a name tells more than the noun in it.
        let named = scene.spots.name_over(range.start).is_some_and(|(r, _)| r.end >= range.end);
        if !named {
            let mut piece = empty(PartAt::Before, part_of(*kind), Link::Within(scene.span_of(range)));
            (piece.sector, piece.sectors) = sector_of(scene, *kind);
            pieces.push((range.start, piece));
        }
    }
    for Located { span, country, .. } in scene.located_in(before) {
        let at = scene.grammar.words.tokens.within(span).start;
        let mut piece = empty(PartAt::Before, Part::Place, Link::Within(span));
        piece.country = country;
        pieces.push((at, piece));
    }
    pieces.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    pieces.into_iter().map(|(_, piece)| piece).collect()
}

fn empty(at: PartAt, part: Part, link: Link) -> Piece {
    Piece { at, part, country: None, residence: None, sector: None, sectors: Vec::new(), label: None, link }
}

fn part_of(kind: Kind) -> Part {
    match kind {
        Kind::Institution(_) => Part::Institution,
        Kind::Role(_) => Part::Role,
    }
}

fn sector_of(scene: &Scene<'_>, kind: Kind) -> (Option<Sector>, Vec<Sector>) {
    let actors = scene.tables.actors;
    match kind {
        Kind::Institution(i) => (actors.institution(i).sector, actors.institution(i).sectors.clone()),
        Kind::Role(i) => (actors.role(i).sector, actors.role(i).sectors.clone()),
    }
}

fn of_name(scene: &Scene<'_>, named: Named, at: PartAt, link: Link) -> Piece {
    let actors = scene.tables.actors;
    let (part, code) = match named {
        Named::Country(i) | Named::Demonym(i) | Named::Seat(i) | Named::Capital(i) => {
            let code = ActorCode {
                country: Some(actors.country(i).country),
                sector: Some(Sector::Gov),
                sectors: Vec::new(),
                label: None,
                basis: dragoman_codebook::CodeBasis::Stated,
            };
            (Part::Nation, code)
        }
        Named::Organization(i) => (Part::Body, organization_code(actors.organization(i))),
        Named::Leader(i) => {
            let leader = actors.leader(i);
            let term = leader.on(scene.published).map(|(term, _)| term);
            let basis = dragoman_codebook::CodeBasis::Stated;
            let country = term.map_or(leader.country, |t| t.country);
            (Part::Person, ActorCode { country, sector: term.and_then(|t| t.sector), sectors: Vec::new(), label: None, basis })
        }
    };
    let mut piece = empty(at, part, link);
    (piece.country, piece.sector, piece.sectors, piece.label) = (code.country, code.sector, code.sectors, code.label);
    piece
}

/// Phrases that are tied to this one, in the order of the text.
fn attached(scene: &Scene<'_>, id: ChunkId, before: &Range<usize>, depth: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let own = scene.grammar.chunk(id);
    let tokens = whole(scene, id);
    for owner in scene.grammar.fillings(Carrier::Noun(id), &Slot::Possessor).into_iter().filter_map(|f| f.chunk) {
        if owner != id {
            pieces.push(of_chunk(scene, owner, PartAt::Possessor, depth));
        }
    }
    // "the ministry of foreign affairs of Iraq": what hangs on a later phrase of the same name hangs on the name.
    let later = (id.index()..scene.grammar.annotation.chunks.len())
        .map(ChunkId::from_index)
        .take_while(|c| scene.grammar.chunk(*c).first.index() < tokens.end.max(own.last.index() + 1));
    for carrier in later {
        let mut tied: Vec<&str> = Vec::new();
        for (slot, c) in &scene.grammar.chunk(carrier).arguments {
            let Slot::Preposition(word) = slot else { continue };
            // "the mayor of Batumi and the brigade": of two after one preposition the first.
            if tied.contains(&&**word) {
                continue;
            }
            let head = scene.grammar.chunk(*c).head.index();
            let sent = word.as_ref() == "to" && scene.tables.actors.is_abroad(scene.grammar.words.lemma(own.head.index()));
            // An ambassador is not of those to whom he is sent.
            if *c != id && !sent && !tokens.contains(&head) && !before.contains(&head) {
                tied.push(word);
                pieces.push(of_chunk(scene, *c, PartAt::Preposition(word.clone()), depth));
            }
        }
    }
    pieces
}

/// Phrases tied to this one by a verb of the table: "X, who leads the Kenyans", "Kampala sent troops".
fn by_verb(scene: &Scene<'_>, id: ChunkId, depth: usize) -> Vec<Piece> {
    let chunks = &scene.grammar.annotation.chunks;
    let sentence = scene.grammar.chunk(id).sentence;
    let mut pieces = Vec::new();
    let is_subject = |s: ChunkId| s == id || (scene.is_relative(s) && s.index() > 0 && s.index() - 1 == id.index());
    for rule in scene.tables.actors.compositions() {
        let (lemma, from, to) = match &rule.at {
            PartAt::Verb(lemma, preposition) => (lemma, Slot::Subject, preposition.as_ref().map_or(Slot::Object, |p| Slot::preposition(p))),
            PartAt::SubjectOf(lemma) => (lemma, Slot::Object, Slot::Subject),
            _ => continue,
        };
        for (_, verb) in scene.grammar.verbs_in(sentence).filter(|(_, v)| scene.grammar.words.lemma(v.head.index()) == &**lemma) {
            if verb.argument(&from).any(is_subject) {
                let found = verb.argument(&to).filter(|c| *c != id && chunks[*c].kind != ChunkKind::Pronoun);
                pieces.extend(found.map(|c| of_chunk(scene, c, rule.at.clone(), depth)));
            }
        }
    }
    pieces
}

/// A phrase as a part of another one, with what its own parts tell of it.
fn of_chunk(scene: &Scene<'_>, id: ChunkId, at: PartAt, depth: usize) -> Piece {
    let chunk = scene.grammar.chunk(id);
    let head = chunk.head.index();
    let link = Link::Chunk(id);
    if chunk.kind == ChunkKind::Pronoun {
        return empty(at, Part::Pronoun, link);
    }
    let tokens = whole(scene, id);
    if let Some((range, named)) = scene.spots.name_over(head)
        && !is_backed(scene, range.end)
    {
        return of_name(scene, named, at, link);
    }
    let noun = scene.spots.noun_over(head);
    let place = scene.located_in(&tokens).last().filter(|p| p.span.contains(scene.grammar.token_span(head)));
    let (core, part, first) = match (&noun, place) {
        (Some((range, kind @ Kind::Institution(_))), _) => (Core::Institution, part_of(*kind), range.start),
        (Some((range, kind @ Kind::Role(_))), _) => (Core::Role, part_of(*kind), range.start),
        (None, Some(Located { country, .. })) => {
            let mut piece = empty(at, Part::Place, link);
            piece.country = country;
            return piece;
        }
        (None, None) => (Core::Phrase, Part::Phrase, head),
    };
    let facts = composed(scene, id, core, &(tokens.start..first.max(tokens.start)), depth - 1);
    let mut piece = empty(at, part, link);
    if let Some((_, kind)) = noun {
        (piece.sector, piece.sectors) = sector_of(scene, kind);
    }
    if piece.sector.is_none() {
        (piece.sector, piece.sectors) = (facts.sector, facts.sectors);
    }
    (piece.country, piece.residence, piece.label) = (facts.country, facts.residence, facts.label);
    piece
}

/// The text that a possessor adds to the name of what it owns ("Hamas's").
pub(crate) fn possessor_text(scene: &Scene<'_>, id: ChunkId) -> Option<String> {
    let owner = scene.grammar.chunk(id).argument(&Slot::Possessor).next()?;
    let chunk = scene.grammar.chunk(owner);
    (chunk.kind != ChunkKind::Pronoun).then(|| format!("{}'s", text_of(scene, &(chunk.first.index()..chunk.last.index() + 1))))
}
