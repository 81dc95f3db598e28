//! What stands above a word in the tree of its sentence.

use std::ops::Range;

use dragoman_doc::{Syntax, Tokens, Word};
use dragoman_span::{Id, Span};

/// The trees of a report that a model read.
#[derive(Debug, Clone, Copy)]
pub struct Ancestry<'a> {
    words: &'a [Word],
    tokens: &'a Tokens,
}

impl<'a> Ancestry<'a> {
    /// The trees; `None` where no model read the words.
    pub fn new(syntax: &'a Syntax, tokens: &'a Tokens) -> Option<Self> {
        let words = syntax.words.as_slice();
        (words.len() == tokens.tokens.len() && !words.is_empty()).then_some(Self { words, tokens })
    }

    /// The word that a word hangs on; `None` for the root of its sentence.
    pub fn head(self, at: usize) -> Option<usize> {
        self.words.get(at)?.head.map(Id::index)
    }

    /// As [`Ancestry::head`], but an arc that passes over a word above its own head is lifted to that word (pseudo-projective lifting,
    /// Nivre and Nilsson 2005): of `"We will return," he joked on Monday` the day does not hang on the quoted verb.
    pub fn lifted_head(self, at: usize) -> Option<usize> {
        lifted(|word| self.head(word), at)
    }

    /// The word of a phrase that hangs on one outside.
    pub fn top(self, phrase: Range<usize>) -> Option<usize> {
        phrase.clone().find(|at| self.head(*at).is_none_or(|head| !phrase.contains(&head)))
    }

    /// The words above a word, the nearest first.
    pub fn above(self, at: usize) -> impl Iterator<Item = usize> + use<'a> {
        // A tree of a sentence is not deeper than its words are many; a loop would have no end.
        std::iter::successors(self.head(at), move |up| self.head(*up)).take(self.words.len())
    }

    /// Whether a word of another clause stands between the words of `span` and the first of `words` above them: one of `others`.
    pub fn is_parted(self, span: Span, words: &[usize], others: impl Fn(usize) -> bool) -> bool {
        let Some(top) = self.top(self.tokens.within(span)) else { return false };
        let mut below = self.above(top).take_while(|at| !words.contains(at));
        self.above(top).any(|at| words.contains(&at)) && below.any(others)
    }

    /// How many steps above the words of `span` the first of `words` stands; `None` where none does.
    pub fn steps_to(self, span: Span, words: &[usize]) -> Option<usize> {
        let top = self.top(self.tokens.within(span))?;
        std::iter::once(top).chain(self.above(top)).position(|at| words.contains(&at))
    }
}

fn lifted(head: impl Fn(usize) -> Option<usize>, at: usize) -> Option<usize> {
    let mut up = head(at)?;
    // The arc gets shorter with each step, so that it ends whatever the heads are.
    while let Some(above) = head(up).filter(|above| (up.min(at)..up.max(at)).contains(above)) {
        up = above;
    }
    Some(up)
}

#[cfg(test)]
mod tests {
    use super::lifted;

    #[test]
    fn an_arc_over_a_word_above_its_head_hangs_on_that_word() {
        // "We" "return" "he" "joked" "Monday"
        let heads = [Some(1), Some(3), Some(3), None, Some(1)];
        let lifted: Vec<Option<usize>> = (0..heads.len()).map(|at| lifted(|word| heads[word], at)).collect();
        assert_eq!(lifted, [Some(1), Some(3), Some(3), None, Some(3)]);
        // The same from the right: "Monday" "joked" "return".
        let heads = [Some(2), None, Some(1)];
        assert_eq!(super::lifted(|word| heads[word], 0), Some(1));
    }

    #[test]
    fn a_loop_of_heads_ends() {
        let heads = [Some(2), Some(0), Some(1)];
        for at in 0..heads.len() {
            assert!(lifted(|word| heads[word], at).is_some());
        }
    }
}
