//! Tags from the model's word classes; the lexicon gives dictionary forms and what a class does not say.

use dragoman_doc::{Feat, NameKind, Relation, Syntax, Tag, TokenId, Tokens, Upos, Word, Xpos};
use dragoman_lexicon::{VerbForm, Words};
use dragoman_span::{Id, IndexVec};

pub(crate) fn tag(text: &str, tokens: &Tokens, words: &Words, syntax: &Syntax) -> IndexVec<TokenId, Tag> {
    let predicates = predicates(syntax);
    let tags = tokens.tokens.iter_ids().map(|(id, token)| {
        let form = token.span.of(text);
        let word = &syntax.words[id];
        let name = syntax.name_at(id).map(|n| n.kind);
        let opens = || opens_sentence(tokens, id, |before| syntax.words[before].upos == Upos::Punct);
        let common = word.upos == Upos::Noun || (word.xpos == Xpos::Nnps && name.is_none());
        let lower = form.replace('’', "'").to_lowercase();
        let adjective = word.relation == Relation::Amod && name.is_none() && words.is_adjective(&lower);
        let upos = match () {
            () if common && opens() => Upos::Noun,
            // "renewed fighting": what stands before a noun and is listed as an adjective is no verb of the clause.
            () if adjective && word.upos == Upos::Verb => Upos::Adj,
            // "at least 19 people": both words bound the number.
            () if bounds_number(syntax, id) => Upos::Adv,
            () => class(form, word, name),
        };
        let xpos = if predicates[id.index()] == (Predicate { subject: true, helped: false }) { finite(word.xpos) } else { word.xpos };
        let mut feats = feats(&lower, upos, xpos, words);
        feats.sort_unstable();
        feats.dedup();
        Tag { lemma: lemma(form, &lower, upos, xpos, words).into(), upos, feats }
    });
    tags.collect()
}

/// Whether a word is the preposition or the superlative of "at least", "at most" before a number.
fn bounds_number(syntax: &Syntax, id: TokenId) -> bool {
    let xpos = |n: usize| syntax.words.get(TokenId::from_index(n)).map(|w| w.xpos);
    let at = id.index();
    let superlative = |n: usize| matches!(xpos(n), Some(Xpos::Jjs | Xpos::Rbs)) && xpos(n + 1) == Some(Xpos::Cd);
    let leads = |n: usize| xpos(n) == Some(Xpos::In) && superlative(n + 1);
    leads(at) || (superlative(at) && at.checked_sub(1).is_some_and(leads))
}

/// What hangs on a word: a subject, an auxiliary.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Predicate {
    subject: bool,
    helped: bool,
}

fn predicates(syntax: &Syntax) -> Vec<Predicate> {
    let mut found = vec![Predicate::default(); syntax.words.len()];
    for word in &syntax.words {
        let Some(head) = word.head else { continue };
        let of = &mut found[head.index()];
        of.subject |= word.relation == Relation::Nsubj;
        of.helped |= matches!(word.relation, Relation::Aux | Relation::AuxPass | Relation::Cop);
    }
    found
}

/// A participle with a subject and without an auxiliary is a past tense: "the talks reconvened".
fn finite(xpos: Xpos) -> Xpos {
    if xpos == Xpos::Vbn { Xpos::Vbd } else { xpos }
}

/// Whether a word is the first of its sentence, but for marks before it. What is a noun to the model, and a plural that belongs to no name,
/// has its capital there from its place: "Militants fired".
fn opens_sentence(tokens: &Tokens, id: TokenId, is_mark: impl Fn(TokenId) -> bool) -> bool {
    let first = tokens.sentences[tokens.tokens[id].sentence].first_token.index();
    (first..id.index()).all(|before| is_mark(TokenId::from_index(before)))
}

/// The class as the rules use it: a capitalised adjective that is or belongs to a name is a name ("Iraqi", "Foreign" of a ministry), a
/// participle that leads a phrase is a preposition ("including", "following").
fn class(form: &str, word: &Word, name: Option<NameKind>) -> Upos {
    let capital = form.starts_with(char::is_uppercase);
    match word.upos {
        Upos::Adj if capital && (matches!(word.xpos, Xpos::Nnp | Xpos::Nnps) || name.is_some_and(|k| k != NameKind::Role)) => Upos::Propn,
        // "United" of the States is a participle to the treebank.
        Upos::Verb if capital && name.is_some() && matches!(word.xpos, Xpos::Nnp | Xpos::Nnps) => Upos::Propn,
        Upos::Noun if capital && name == Some(NameKind::Nationality) => Upos::Propn,
        Upos::Verb if word.relation == Relation::Case => Upos::Adp,
        other => other,
    }
}

fn feats(lower: &str, upos: Upos, xpos: Xpos, words: &Words) -> Vec<Feat> {
    let closed = words.closed(lower).iter().find(|r| r.upos == upos);
    let listed = closed.map(|r| r.feats.clone()).unwrap_or_default();
    match xpos {
        Xpos::Vbd => vec![Feat::Past, Feat::Finite],
        Xpos::Vbz => vec![Feat::Present, Feat::Finite, Feat::Third, Feat::Singular],
        Xpos::Vbp => [listed, vec![Feat::Present, Feat::Finite]].concat(),
        Xpos::Vbn => vec![Feat::Past, Feat::Participle],
        Xpos::Vbg => vec![Feat::Gerund],
        Xpos::Nn | Xpos::Nnp => vec![Feat::Singular],
        Xpos::Nns | Xpos::Nnps => vec![Feat::Plural],
        Xpos::PrpGenitive | Xpos::WpGenitive => [listed, vec![Feat::Genitive]].concat(),
        _ => listed,
    }
}

/// The verb form of a class.
fn verb_form(xpos: Xpos) -> Option<VerbForm> {
    Some(match xpos {
        Xpos::Vb | Xpos::Vbp => VerbForm::Base,
        Xpos::Vbz => VerbForm::Third,
        Xpos::Vbd => VerbForm::Past,
        Xpos::Vbn => VerbForm::Participle,
        Xpos::Vbg => VerbForm::Gerund,
        _ => return None,
    })
}

fn lemma(form: &str, lower: &str, upos: Upos, xpos: Xpos, words: &Words) -> String {
    if let Some(reading) = words.closed(lower).iter().find(|r| r.upos == upos) {
        return reading.lemma.clone();
    }
    let open = || match verb_form(xpos) {
        Some(wanted) if matches!(upos, Upos::Verb | Upos::Aux | Upos::Adp) => {
            let readings = words.verbs(lower);
            let reading = readings.iter().find(|r| r.form == wanted).or_else(|| readings.first());
            reading.map_or_else(|| words.base_of(lower, wanted), |r| r.lemma.clone())
        }
        _ => lower.to_owned(),
    };
    match (upos, xpos) {
        (Upos::Verb | Upos::Aux | Upos::Adp, _) => open(),
        (Upos::Noun, Xpos::Nns | Xpos::Nnps) => words.singular(lower),
        (Upos::Propn, _) => form.to_owned(),
        (Upos::Adj | Upos::Adv, Xpos::Jjr | Xpos::Jjs | Xpos::Rbr | Xpos::Rbs) => words.positive(lower),
        (Upos::Noun | Upos::Adj | Upos::Adv, _) => lower.to_owned(),
        _ => words.closed(lower).first().map_or_else(|| lower.to_owned(), |r| r.lemma.clone()),
    }
}
