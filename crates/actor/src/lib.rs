//! Who is named and meant: countries, bodies, groups and persons with their PLOVER codes, and which mentions are one.
//!
//! A noun phrase is an actor by what it is built on: a name in the tables, a kind of institution made certain by a country
//! ("Iraqi foreign ministry"), a role ("the ministry's spokesman"), a personal name. What its parts tell of country, sector and body is
//! a table of rules (`compose`). What else the reading model takes for a name is kept under its own words. Mentions are joined in
//! sieves, the surest first: same key, same name, apposition, same head noun, kind of actor, pronoun.

#![warn(missing_docs)]

mod compose;
mod context;
mod identity;
mod join;
mod named;
mod pair;
mod phrase;
mod sieve;
mod spots;

use std::ops::Range;

use dragoman_annotate::Grammar;
use dragoman_codebook::Country;
use dragoman_doc::{Annotation, ChunkId, Document, Entity, EntityId, Layer, Mention, MentionId, Provenance, Syntax, TokenId, Tokens};
use dragoman_lexicon::{Actors, Classes, Head};
use dragoman_span::{Id, Span};

const MADE_BY: Provenance = Provenance { stage: "actor", version: 1 };

/// What the stage reads of the language data.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    /// Countries, bodies, roles, names.
    pub actors: &'a Actors,
    /// Word classes (`locative`, `relative`).
    pub classes: &'a Classes,
}

/// A place of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Located {
    /// The words that name it.
    pub span: Span,
    /// Its country, where it lies in one.
    pub country: Option<Country>,
    /// The words place something there; else it is only named.
    pub locative: bool,
}

pub(crate) struct Scene<'a> {
    pub(crate) grammar: Grammar<'a>,
    pub(crate) syntax: &'a Syntax,
    pub(crate) tables: Tables<'a>,
    pub(crate) spots: spots::Spots,
    /// The day of publication in ISO form, where it is known.
    pub(crate) published: Option<&'a str>,
    /// The places of the report, in the order of the text.
    pub(crate) located: &'a [Located],
    /// For each token whether it stands in the source of an attribution.
    speaking: Vec<bool>,
    /// For each token whether it stands inside a quotation.
    in_quotes: Vec<bool>,
}

impl Scene<'_> {
    /// Whether the words of a noun phrase are said to speak.
    pub(crate) fn speaks(&self, chunk: ChunkId) -> bool {
        self.speaking[self.grammar.chunk(chunk).head.index()]
    }

    /// The words of these tokens.
    pub(crate) fn span_of(&self, tokens: &Range<usize>) -> Span {
        self.grammar.words.tokens.span(TokenId::from_index(tokens.start), TokenId::from_index(tokens.end - 1))
    }

    /// Whether the words are only a part of a place's name ("Sudan" of "Port Sudan").
    pub(crate) fn is_within_place(&self, tokens: &Range<usize>) -> bool {
        let span = self.span_of(tokens);
        let upto = self.located.partition_point(|p| p.span.start() <= span.start());
        self.located[..upto].iter().rev().take(2).any(|p| p.span.contains(span) && p.span != span)
    }

    /// Places among these tokens, in the order of the text.
    pub(crate) fn located_in(&self, tokens: &Range<usize>) -> impl DoubleEndedIterator<Item = Located> {
        let around = (!tokens.is_empty()).then(|| self.span_of(tokens));
        let from = around.map_or(0, |a| self.located.partition_point(|p| p.span.start() < a.start()));
        let end = around.map_or(0, |a| self.located.partition_point(|p| p.span.start() < a.end()));
        self.located[from..end.max(from)].iter().copied()
    }

    /// Whether a phrase is a relative pronoun ("who").
    pub(crate) fn is_relative(&self, chunk: ChunkId) -> bool {
        let lemma = self.grammar.words.lemma(self.grammar.chunk(chunk).head.index());
        self.tables.classes.meets(&Head::Class("relative".into()), lemma)
    }

    /// Whether the words stand inside a quotation.
    pub(crate) fn quoted(&self, span: Span) -> bool {
        self.in_quotes.get(self.grammar.words.tokens.within(span).start).copied().unwrap_or(false)
    }
}

/// Finds the entities of a report and their mentions. `located` are its places, which tell where it plays.
pub fn resolve_actors(
    document: &Document,
    tokens: &Tokens,
    annotation: &Annotation,
    syntax: &Syntax,
    tables: Tables<'_>,
    located: &[Located],
) -> (Layer<EntityId, Entity>, Layer<MentionId, Mention>) {
    let grammar = Grammar::new(document, tokens, annotation);
    let spots = spots::Spots::find(&grammar, syntax, tables.actors);
    let published = document.published.date.map(|d| d.to_string());
    let mut speaking = vec![false; tokens.tokens.len()];
    let sources = syntax.attributions.iter().filter_map(|a| a.source);
    sources.for_each(|s| speaking[s.first.index()..=s.last.index()].fill(true));
    let mut in_quotes = vec![false; tokens.tokens.len()];
    let mut marked = 0;
    for quote in &tokens.quotes {
        // Quotations in the order of their opening marks: what an outer one covers is covered.
        let inner = tokens.within(quote.inner);
        let start = inner.start.max(marked);
        if start < inner.end {
            in_quotes[start..inner.end].fill(true);
            marked = inner.end;
        }
    }
    let scene = Scene { grammar, syntax, tables, spots, published: published.as_deref(), located, speaking, in_quotes };
    let (entities, mentions) = join::joined(&scene);
    (Layer::new(entities, MADE_BY, Vec::new()), Layer::new(mentions, MADE_BY, Vec::new()))
}
