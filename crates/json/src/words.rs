//! The layers that are written on demand.

use std::collections::BTreeSet;

use dragoman_doc::{Relation, Tag, TokenId, Upos};
use dragoman_span::Id;

use crate::Scribe;
use crate::record::{Predicate, Token};

impl<'r> Scribe<'r> {
    pub(crate) fn tokens(&self) -> Vec<Token<'r>> {
        let words = &self.reading.syntax.words;
        let passives: BTreeSet<TokenId> = words.iter().filter(|w| w.relation == Relation::AuxPass).filter_map(|w| w.head).collect();
        self.reading.tokens.tokens.iter_ids().map(|(id, token)| self.token(id, token, passives.contains(&id))).collect()
    }

    fn token(&self, id: TokenId, token: &dragoman_doc::Token, passive: bool) -> Token<'r> {
        let tag = self.reading.annotation.tags.get(id);
        let word = self.reading.syntax.words.get(id);
        Token {
            span: self.span(token.span),
            lemma: tag.map(|t| &*t.lemma),
            upos: word.map(|w| w.upos).or(tag.map(|t| t.upos)).map(Upos::word),
            xpos: word.map(|w| w.xpos.word()),
            feats: tag.and_then(|t| feats(t, passive)),
            head: word.and_then(|w| w.head).map(Id::index),
            deprel: word.map(|w| w.relation.word()),
        }
    }

    pub(crate) fn predicates(&self) -> Vec<Predicate<'r>> {
        let row = |p: &'r dragoman_doc::Predicate| Predicate {
            span: self.span(p.span),
            lemma: &p.lemma,
            phase: p.phase.word(),
            assertion: p.assertion.word(),
            background: p.background,
        };
        self.reading.predicates.iter().map(row).collect()
    }
}

/// Features as CoNLL-U writes them: sorted by name, `Number=Plur|Tense=Past`. `Voice=Pass` stands on the participle.
fn feats(tag: &Tag, passive: bool) -> Option<String> {
    let mut pairs: Vec<_> = tag.feats.iter().map(|f| f.written()).collect();
    if passive {
        pairs.push(("Voice", "Pass"));
    }
    pairs.sort_unstable();
    let written: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    (!written.is_empty()).then(|| written.join("|"))
}
