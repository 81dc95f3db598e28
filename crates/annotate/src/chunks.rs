//! Base noun phrases: determiner, modifiers, head.

use dragoman_doc::{Chunk, ChunkKind, Feat, SentenceId, TokenId, Upos};
use dragoman_span::Id;

use crate::WordView;

/// All base noun phrases, in order. Arguments are filled in by `attach`.
pub(crate) fn chunks(view: &WordView<'_>) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    for (sentence, tokens) in view.sentences() {
        let mut at = tokens.start;
        while at < tokens.end {
            let end = phrase_end(view, at, tokens.end);
            if end == at {
                at += 1;
            } else {
                chunks.extend(chunk(view, sentence, at, end));
                at = end;
            }
        }
    }
    chunks
}

/// One past the last token of the noun phrase that starts at `at`; `at` itself if none starts there.
fn phrase_end(view: &WordView<'_>, at: usize, limit: usize) -> usize {
    if view.upos(at) == Upos::Pron {
        return at + 1;
    }
    let mut end = at;
    let mut has_head = false;
    while end < limit {
        let goes_on = match view.upos(end) {
            Upos::Det => end == at || view.upos(end - 1) == Upos::Det,
            Upos::Noun | Upos::Propn => true,
            Upos::Num | Upos::Adj => !has_head || next_is_nominal(view, end, limit),
            Upos::Sym => view.upos(end.min(limit - 1)) == Upos::Sym && (!has_head || end == at),
            Upos::Verb => end > at && !has_head && is_modifier(view, end, limit),
            Upos::Adv => end > at && !has_head && end + 1 < limit && matches!(view.upos(end + 1), Upos::Adj | Upos::Num),
            Upos::Adp => end > at && is_hyphen(view, end - 1) && end + 1 < limit && is_hyphen(view, end + 1), // "Commander-in-Chief"
            // "a “heinous crime”": a mark that opens within the phrase.
            Upos::Punct if is_opening_mark(view, end) => {
                end > at && !has_head && end + 1 < limit && matches!(view.upos(end + 1), Upos::Adj | Upos::Noun | Upos::Propn)
            }
            Upos::Punct => is_hyphen(view, end) && end > at && end + 1 < limit && view.upos(end + 1) != Upos::Det,
            Upos::Cconj => end > at && !has_head && joins_modifiers(view, end, limit),
            _ => false,
        };
        if !goes_on {
            break;
        }
        has_head |= view.upos(end).is_nominal();
        end += 1;
    }
    let nominal = |i: usize| view.upos(i).is_nominal() || matches!(view.upos(i), Upos::Num | Upos::Adj | Upos::Sym);
    while end > at && !nominal(end - 1) && !(end - 1 == at && view.upos(at) == Upos::Det) {
        end -= 1;
    }
    let only_adjectives = (at..end).all(|i| matches!(view.upos(i), Upos::Adj | Upos::Adv));
    if only_adjectives { at } else { end }
}

fn is_hyphen(view: &WordView<'_>, at: usize) -> bool {
    let glued = |a: usize, b: usize| {
        let tokens = &view.tokens.tokens;
        tokens[TokenId::from_index(a)].span.end() == tokens[TokenId::from_index(b)].span.start()
    };
    view.form(at) == "-" && at > 0 && at + 1 < view.tags.len() && glued(at - 1, at) && glued(at, at + 1)
}

fn is_opening_mark(view: &WordView<'_>, at: usize) -> bool {
    let start = view.tokens.tokens[TokenId::from_index(at)].span.start();
    view.tokens.quotes.iter().any(|q| q.span.start() == start)
}

fn next_is_nominal(view: &WordView<'_>, at: usize, limit: usize) -> bool {
    at + 1 < limit && (view.upos(at + 1).is_nominal() || matches!(view.upos(at + 1), Upos::Adj | Upos::Num))
}

/// A participle or gerund between a determiner or adjective and a noun.
fn is_modifier(view: &WordView<'_>, at: usize, limit: usize) -> bool {
    let form = view.has(at, Feat::Participle) || view.has(at, Feat::Gerund);
    form && matches!(view.upos(at - 1), Upos::Det | Upos::Adj | Upos::Num | Upos::Adv | Upos::Punct) && next_is_nominal(view, at, limit)
}

fn joins_modifiers(view: &WordView<'_>, at: usize, limit: usize) -> bool {
    view.upos(at - 1) == Upos::Adj && at + 2 < limit && view.upos(at + 1) == Upos::Adj && view.upos(at + 2).is_nominal()
}

fn chunk(view: &WordView<'_>, sentence: SentenceId, at: usize, end: usize) -> Option<Chunk> {
    let last = |wanted: fn(Upos) -> bool| (at..end).rev().find(|i| wanted(view.upos(*i)));
    let head = last(Upos::is_nominal)
        .or_else(|| last(|u| u == Upos::Num))
        .or_else(|| last(|u| matches!(u, Upos::Pron | Upos::Adj | Upos::Det)))?;
    let before = at.checked_sub(1).filter(|i| view.sentence(*i) == sentence);
    let preposition = before.filter(|i| view.upos(*i) == Upos::Adp).or_else(|| {
        // "not only in", "in nearly 40": an adverb between.
        before
            .filter(|i| view.upos(*i) == Upos::Adv && *i > 0 && view.sentence(i - 1) == sentence && view.upos(i - 1) == Upos::Adp)
            .map(|i| i - 1)
    });
    // "up to 300", "more than 40", "as many as 12": the preposition bounds the number and opens no phrase.
    let preposition = preposition.filter(|p| {
        let counts = view.upos(at) == Upos::Num && *p + 1 == at;
        let bounded =
            *p > 0 && view.sentence(p - 1) == sentence && matches!(view.upos(p - 1), Upos::Adv | Upos::Adj) || view.lemma(*p) == "than";
        !(counts && bounded)
    });
    Some(Chunk {
        first: TokenId::from_index(at),
        last: TokenId::from_index(end - 1),
        head: TokenId::from_index(head),
        kind: if view.upos(head) == Upos::Pron { ChunkKind::Pronoun } else { ChunkKind::Nominal },
        sentence,
        preposition: preposition.map(TokenId::from_index),
        arguments: Vec::new(),
        infinitive: None,
    })
}
