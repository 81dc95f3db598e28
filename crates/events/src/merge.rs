//! One happening, one event: a verb and the event noun in its own grammar ("were killed in an air strike").

use dragoman_annotate::Carrier;
use dragoman_codebook::EventType;

use crate::Scene;
use crate::candidates::Candidate;

/// Joins candidates of one type of which one stands in a slot of the other.
pub(crate) fn merged<'r>(scene: &Scene<'r>, found: Vec<Candidate<'r>>) -> Vec<Candidate<'r>> {
    let mut kept: Vec<Candidate<'r>> = Vec::new();
    for candidate in found {
        match kept.iter_mut().find(|k| k.sentence == candidate.sentence && same_happening(scene, k, &candidate)) {
            Some(first) => join(first, candidate),
            None => kept.push(candidate),
        }
    }
    kept
}

fn same_happening(scene: &Scene<'_>, a: &Candidate<'_>, b: &Candidate<'_>) -> bool {
    let linked = a.carriers.iter().any(|x| b.carriers.iter().any(|y| is_in(scene, *x, *y) || is_in(scene, *y, *x)));
    let speaking_of = |x: &Candidate<'_>, y: &Candidate<'_>| x.rule.kind == EventType::Consult && y.rule.kind == EventType::Consult;
    linked && (a.rule.kind == b.rule.kind || speaking_of(a, b))
}

/// Whether noun `inner` stands in a slot of `outer`.
fn is_in(scene: &Scene<'_>, outer: Carrier, inner: Carrier) -> bool {
    let Carrier::Noun(noun) = inner else { return false };
    match outer {
        Carrier::Verb(v) => scene.links.verbs_over(noun).iter().any(|(over, _)| *over == v),
        Carrier::Noun(c) => scene.links.nouns_over(noun).iter().any(|(over, _)| *over == c),
    }
}

fn join<'r>(first: &mut Candidate<'r>, other: Candidate<'r>) {
    for mode in &other.modes {
        if !first.modes.contains(mode) {
            first.modes.push(*mode);
        }
    }
    first.modes.sort_unstable();
    first.carriers.extend(other.carriers.iter().copied());
    first.light = first.light.or(other.light);
    first.merged.push(other);
}
