//! Verbs with their auxiliaries: tense, voice, negation.

use dragoman_doc::{Feat, SentenceId, Tense, TokenId, Upos, VerbGroup, Voice};
use dragoman_span::Id;

use crate::WordView;

/// All verb groups, in order. Arguments are filled in by `attach`.
pub(crate) fn verbs(view: &WordView<'_>) -> Vec<VerbGroup> {
    let mut groups = Vec::new();
    for (sentence, tokens) in view.sentences() {
        let mut at = tokens.start;
        while at < tokens.end {
            match group(view, sentence, at, tokens.start, tokens.end) {
                Some((group, next)) => {
                    groups.push(group);
                    at = next;
                }
                None => at += 1,
            }
        }
    }
    groups
}

fn group(view: &WordView<'_>, sentence: SentenceId, first: usize, start: usize, limit: usize) -> Option<(VerbGroup, usize)> {
    let opens = match view.upos(first) {
        Upos::Aux => true,
        Upos::Verb => !modifies_noun(view, first, start, limit),
        Upos::Part => view.lemma(first) == "to",
        _ => false,
    };
    if !opens {
        return None;
    }
    let mut auxiliaries = Vec::new();
    let mut negation = before(view, first, start).filter(|i| is_negation(view, *i));
    let mut head = None;
    let mut at = first;
    while at < limit {
        match view.upos(at) {
            Upos::Aux => auxiliaries.push(at),
            Upos::Verb => {
                head = Some(at);
                break;
            }
            Upos::Part if at == first => {}
            Upos::Part | Upos::Adv => {
                if is_negation(view, at) {
                    negation = Some(at);
                }
            }
            _ => break,
        }
        at += 1;
    }
    // "is being held", "has begun to": the verb ends the group; without a verb the last auxiliary is the head ("is ready").
    let head = head.or_else(|| auxiliaries.pop())?;
    Some((described(view, sentence, first, head, &auxiliaries, negation), head + 1))
}

/// A participle or gerund that only modifies the noun after it ("the planned visit", "visiting officials").
fn modifies_noun(view: &WordView<'_>, at: usize, start: usize, limit: usize) -> bool {
    let form = view.has(at, Feat::Participle) || view.has(at, Feat::Gerund);
    let after_modifier = at > start && matches!(view.upos(at - 1), Upos::Det | Upos::Adj | Upos::Num);
    form && after_modifier && at + 1 < limit && (view.upos(at + 1).is_nominal() || view.upos(at + 1) == Upos::Adj)
}

fn before(_: &WordView<'_>, at: usize, start: usize) -> Option<usize> {
    at.checked_sub(1).filter(|i| *i >= start)
}

fn is_negation(view: &WordView<'_>, at: usize) -> bool {
    matches!(view.lemma(at), "not" | "never" | "n't")
}

fn described(
    view: &WordView<'_>,
    sentence: SentenceId,
    first: usize,
    head: usize,
    auxiliaries: &[usize],
    negation: Option<usize>,
) -> VerbGroup {
    let aux = |lemma: &str| auxiliaries.iter().any(|i| view.lemma(*i) == lemma);
    let participle = view.has(head, Feat::Participle) || (view.has(head, Feat::Past) && !auxiliaries.is_empty());
    let infinitive = view.upos(first) == Upos::Part;
    let passive = participle && (aux("be") || (auxiliaries.is_empty() && !infinitive) || aux("get"));
    let bare = auxiliaries.is_empty() && !infinitive;
    // "will sign", "were to sign".
    let is_to = !infinitive && aux("be") && (first..head).any(|i| view.upos(i) == Upos::Part && view.lemma(i) == "to");
    let future = is_to || auxiliaries.first().is_some_and(|i| matches!(view.lemma(*i), "will" | "shall"));
    let leading = auxiliaries.first().copied().unwrap_or(head);
    let tense = match () {
        () if future => Tense::Future,
        () if infinitive => Tense::None,
        () if view.has(leading, Feat::Past) && !(bare && view.has(head, Feat::Participle)) => Tense::Past,
        () if bare && (view.has(head, Feat::Participle) || view.has(head, Feat::Gerund)) => Tense::None,
        () => Tense::Present,
    };
    VerbGroup {
        first: TokenId::from_index(first),
        head: TokenId::from_index(head),
        sentence,
        auxiliaries: auxiliaries.iter().map(|i| TokenId::from_index(*i)).collect(),
        tense,
        perfect: participle && aux("have"),
        voice: if passive { Voice::Passive } else { Voice::Active },
        negation: negation.map(TokenId::from_index),
        infinitive,
        reduced: bare && (view.has(head, Feat::Participle) || view.has(head, Feat::Gerund)),
        opener: None,
        arguments: Vec::new(),
        complements: Vec::new(),
        governor: None,
    }
}
