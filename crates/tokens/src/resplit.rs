//! The same words in other sentences, where a later look knew better where sentences start.

use dragoman_doc::{Sentence, SentenceId, Token, TokenId, Tokens};
use dragoman_span::{Id, IndexVec};

use crate::limits::{MAX_SENTENCE_TOKENS, MAX_SENTENCES};

/// The words of `tokens` in sentences that start where `starts` says, paragraphs kept. `starts` has one entry a token; a sentence that
/// would be longer than [`MAX_SENTENCE_TOKENS`] is cut where it was cut before.
pub fn resplit(tokens: Tokens, starts: &[bool]) -> Tokens {
    let Tokens { tokens: words, sentences: old, paragraphs, quotes, made_by, problems } = tokens;
    let mut sentences: IndexVec<SentenceId, Sentence> = IndexVec::new();
    let mut made: IndexVec<TokenId, Token> = IndexVec::new();
    for (id, token) in words.iter_ids() {
        let before = &old[token.sentence];
        let was_start = before.first_token == id;
        let fresh = sentences.as_slice().last().is_none_or(|last| last.paragraph != before.paragraph);
        let length = sentences.as_slice().last().map_or(0, |last| id.index() - last.first_token.index());
        let wanted = starts.get(id.index()).copied().unwrap_or(was_start) && (was_start || sentences.len() < MAX_SENTENCES);
        let too_long =
            length >= MAX_SENTENCE_TOKENS || (was_start && length + (before.end_token.index() - id.index()) > MAX_SENTENCE_TOKENS);
        if fresh || wanted || too_long {
            let end_token = TokenId::from_index(id.index() + 1);
            sentences.push(Sentence { span: token.span, first_token: id, end_token, paragraph: before.paragraph });
        }
        let last = SentenceId::from_index(sentences.len() - 1);
        let sentence = &mut sentences[last];
        sentence.span = sentence.span.cover(token.span);
        sentence.end_token = TokenId::from_index(id.index() + 1);
        made.push(Token { span: token.span, sentence: last });
    }
    Tokens { tokens: made, sentences, paragraphs, quotes, made_by, problems }
}

#[cfg(test)]
mod tests {
    use dragoman_doc::Document;
    use dragoman_lexicon::Abbreviations;

    use super::*;

    const TEXT: &str = "He left. She stayed.\n\nNobody spoke. It rained.";

    fn cut(change: impl Fn(&mut Vec<bool>)) -> Vec<String> {
        let abbreviations = Abbreviations::shipped().expect("the shipped data are tested with every build");
        let tokens = crate::tokenize(&Document::plain(TEXT), &abbreviations);
        let mut starts = vec![false; tokens.tokens.len()];
        for sentence in &tokens.sentences {
            starts[sentence.first_token.index()] = true;
        }
        change(&mut starts);
        let made = resplit(tokens, &starts);
        assert!(made.sentences.iter_ids().all(|(id, s)| s.tokens().all(|t| made.tokens[t].sentence == id)));
        made.sentences.iter().map(|s| s.span.of(TEXT).to_owned()).collect()
    }

    #[test]
    fn the_same_starts_change_nothing() {
        assert_eq!(cut(|_| ()), ["He left.", "She stayed.", "Nobody spoke.", "It rained."]);
    }

    #[test]
    fn sentences_are_joined_and_parted_but_paragraphs_stay() {
        assert_eq!(cut(|starts| starts.fill(false)), ["He left. She stayed.", "Nobody spoke. It rained."]);
        assert_eq!(cut(|starts| starts[1] = true)[..2], ["He", "left."]);
    }
}
