use dragoman_doc::{Feat, SentenceId, Tag, TokenId, Tokens, Upos};
use dragoman_span::{Id, IndexVec};

/// Tokens and tags of a report, by position. Positions are those of [`TokenId`].
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The report's text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a Tokens,
    /// Their tags.
    pub tags: &'a IndexVec<TokenId, Tag>,
}

impl<'a> Words<'a> {
    /// A view of these layers.
    pub fn new(text: &'a str, tokens: &'a Tokens, tags: &'a IndexVec<TokenId, Tag>) -> Self {
        Self { text, tokens, tags }
    }

    /// The token's words as written.
    pub fn form(&self, at: usize) -> &'a str {
        self.tokens.tokens[TokenId::from_index(at)].span.of(self.text)
    }

    /// The token's tag.
    pub fn tag(&self, at: usize) -> &'a Tag {
        &self.tags[TokenId::from_index(at)]
    }

    /// The token's part of speech.
    pub fn upos(&self, at: usize) -> Upos {
        self.tag(at).upos
    }

    /// The token's dictionary form.
    pub fn lemma(&self, at: usize) -> &'a str {
        &self.tag(at).lemma
    }

    /// Whether the token has the feature.
    pub fn has(&self, at: usize, feat: Feat) -> bool {
        self.tag(at).has(feat)
    }

    /// The token's sentence.
    pub fn sentence(&self, at: usize) -> SentenceId {
        self.tokens.tokens[TokenId::from_index(at)].sentence
    }

    /// Token positions of each sentence.
    pub fn sentences(&self) -> impl Iterator<Item = (SentenceId, std::ops::Range<usize>)> {
        self.tokens.sentences.iter_ids().map(|(id, s)| (id, s.first_token.index()..s.end_token.index()))
    }

    /// Whether a comma, dash or the like stands there.
    pub fn is_punct(&self, at: usize) -> bool {
        self.upos(at) == Upos::Punct
    }
}
