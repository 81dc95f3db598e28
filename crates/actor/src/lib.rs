//! Who is named and meant: countries, bodies, groups and persons with their PLOVER codes, and which mentions are one.
//!
//! A noun phrase is an actor by what it is built on: a name in the tables, a kind of institution made certain by a country
//! ("Iraqi foreign ministry"), a role ("the ministry's spokesman"), a personal name. What else the reading model takes for a name is
//! kept under its own words. Mentions are joined in sieves, the surest
//! first: same key, same name, apposition, same head noun, pronoun.

#![warn(missing_docs)]

mod join;
mod named;
mod phrase;
mod pronouns;
mod spots;

use dragoman_annotate::Grammar;
use dragoman_doc::{Annotation, Document, Entity, EntityId, Layer, Mention, MentionId, Provenance, Syntax, Tokens};
use dragoman_lexicon::{Actors, Classes};

const MADE_BY: Provenance = Provenance { stage: "actor", version: 1 };

/// What the stage reads of the language data.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    /// Countries, bodies, roles, names.
    pub actors: &'a Actors,
    /// Word classes (`locative`).
    pub classes: &'a Classes,
}

pub(crate) struct Scene<'a> {
    pub(crate) grammar: Grammar<'a>,
    pub(crate) syntax: &'a Syntax,
    pub(crate) tables: Tables<'a>,
    pub(crate) spots: spots::Spots,
}

/// Finds the entities of a report and their mentions.
pub fn resolve_actors(
    document: &Document,
    tokens: &Tokens,
    annotation: &Annotation,
    syntax: &Syntax,
    tables: Tables<'_>,
) -> (Layer<EntityId, Entity>, Layer<MentionId, Mention>) {
    let grammar = Grammar::new(document, tokens, annotation);
    let spots = spots::Spots::find(&grammar, tables.actors);
    let scene = Scene { grammar, syntax, tables, spots };
    let (entities, mentions) = join::joined(&scene);
    (Layer::new(entities, MADE_BY, Vec::new()), Layer::new(mentions, MADE_BY, Vec::new()))
}
