//! The layers that are written on demand.

use dragoman_doc::{Relation, Tag, TokenId, Upos, Word};
use dragoman_span::Id;

use crate::Scribe;
use crate::record::{Predicate, Token};

impl<'r> Scribe<'r> {
    pub(crate) fn tokens(&self) -> Vec<Token<'r>> {
        self.reading.tokens.tokens.iter_ids().map(|(id, token)| self.token(id, token)).collect()
    }

    fn token(&self, id: TokenId, token: &dragoman_doc::Token) -> Token<'r> {
        let tag = self.reading.annotation.tags.get(id);
        let word = self.reading.syntax.words.get(id);
        Token {
            span: self.span(token.span),
            lemma: tag.map(|t| &*t.lemma),
            upos: word.map(|w| w.upos).or(tag.map(|t| t.upos)).map(Upos::word),
            xpos: word.map(|w| w.xpos.word()),
            feats: tag.and_then(|t| feats(t, word)),
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

/// Features as CoNLL-U writes them: sorted by name, `Number=Plur|Tense=Past`.
fn feats(tag: &Tag, word: Option<&Word>) -> Option<String> {
    let mut pairs: Vec<_> = tag.feats.iter().map(|f| f.written()).collect();
    if word.is_some_and(|w| w.relation == Relation::AuxPass) {
        pairs.push(("Voice", "Pass"));
    }
    pairs.sort_unstable();
    let written: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    (!written.is_empty()).then(|| written.join("|"))
}
