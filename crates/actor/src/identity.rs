//! By what an entity is recognised in other reports.

use dragoman_codebook::{EntityKind, IdentityBasis};
use dragoman_doc::Identity;
use dragoman_lexicon::Named;

use crate::Scene;

/// What the keys of institutions begin with.
const INSTITUTION: &str = "institution:";
/// Words that a person's name must have: a surname alone is many people's.
const MIN_WORDS: usize = 2;

/// The identity of an entity by its name; `key` is the one under which its mentions were joined, if a table gave one.
pub(crate) fn of(scene: &Scene<'_>, name: &str, kind: EntityKind, key: Option<&str>) -> Option<Identity> {
    if let Some(key) = key {
        let of_country = key.strip_prefix(INSTITUTION).map(|rest| rest.contains(':'));
        return match of_country {
            // "the Foreign Ministry" of no country is another one in every report.
            Some(false) => None,
            Some(true) => Some(Identity { key: key.to_owned(), basis: IdentityBasis::Institution, wikidata: None }),
            None => Some(Identity { key: key.to_owned(), basis: IdentityBasis::Table, wikidata: wikidata(scene, name) }),
        };
    }
    let spelled = scene.tables.actors.spelling_key(name);
    let words = spelled.split(' ').count();
    let enough = match kind {
        EntityKind::Person => words >= MIN_WORDS,
        EntityKind::Organization | EntityKind::State | EntityKind::Group => true,
        EntityKind::Place | EntityKind::Other => false,
    };
    let named = enough && !spelled.is_empty();
    named.then(|| Identity { key: format!("{}:{spelled}", kind.word()), basis: IdentityBasis::Name, wikidata: None })
}

fn wikidata(scene: &Scene<'_>, name: &str) -> Option<String> {
    let tables = scene.tables.actors;
    match tables.named(name)? {
        Named::Leader(i) => tables.leader(i).wikidata.clone(),
        Named::Organization(i) => tables.organization(i).wikidata.clone(),
        _ => None,
    }
}
