//! Sentences with their actors: what code each has, which role, and whom a pronoun or a description means.

use std::sync::LazyLock;

use dragoman_codebook::CodeBasis;
use dragoman_doc::{Document, Entity, Mention};
use dragoman_engine::{Engine, Reader, Reading};
use dragoman_lexicon::Table;
use dragoman_span::IndexVec;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::shipped(&Reader::default()).expect("shipped data"));

fn read(text: &str) -> Reading {
    ENGINE.read(Document::plain(text))
}

/// An entity as the table writes it: its mentions, code with further sectors, standing, and the body that it speaks for.
fn written(entity: &Entity, reading: &Reading) -> String {
    let text = &reading.document.text;
    let mentions: Vec<&str> = entity.mentions.iter().map(|m| reading.mentions[*m].span.of(text)).collect();
    let code = entity.actor.best().map_or("-".to_owned(), |actor| {
        let country = actor.country.map_or("---".to_owned(), |c| c.to_string());
        let sectors: Vec<&str> = actor.sector.iter().chain(&actor.sectors).map(|s| s.word()).collect();
        let label = actor.label.as_deref().map(|l| format!(" {l}")).unwrap_or_default();
        format!("{country} {}{label}", sectors.join("+"))
    });
    let role = entity.role.as_ref();
    let standing = role.and_then(|r| r.standing).map(|s| format!(" {}", s.word())).unwrap_or_default();
    let speaks_for = role.and_then(|r| r.speaks_for).map(|e| format!(" for {}", reading.entities[e].name)).unwrap_or_default();
    let whole = entity.member_of.map(|e| format!(" in {}", reading.entities[e].name)).unwrap_or_default();
    let members: Vec<&str> = entity.members.iter().map(|e| reading.entities[*e].name.as_str()).collect();
    let members = if members.is_empty() { String::new() } else { format!(" of {}", members.join(" + ")) };
    format!("{} = {}{standing}{speaks_for}{whole}{members}", mentions.join(", "), code.trim())
}

#[test]
fn sentences_name_their_actors() {
    let table = Table::parse("actors.tsv", include_str!("cases/actors.tsv"), &["sentence", "actors"]).unwrap();
    assert_eq!(table.order_faults(), []);
    let found = |sentence: &str| {
        let reading = read(sentence);
        reading.entities.iter().map(|e| written(e, &reading)).collect::<Vec<_>>().join(" ; ")
    };
    let wrong: Vec<String> = table
        .rows()
        .iter()
        .map(|r| (r.text(0), r.text(1), found(r.text(0))))
        .filter(|(_, expected, found)| expected != found)
        .map(|(sentence, expected, found)| format!("{sentence}\n  expected {expected}\n  found    {found}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {} are wrong:\n{}", wrong.len(), table.rows().len(), wrong.join("\n"));
}

/// A sentence with an actor in brackets, without them, and where the actor stands, in bytes.
fn bracketed(sentence: &str) -> (String, std::ops::Range<usize>) {
    let (start, end) = (sentence.find('[').expect("an opening bracket"), sentence.find(']').expect("a closing bracket"));
    (sentence.replace(['[', ']'], ""), start..end - 1)
}

/// Whether the actor in brackets has a fact of the kinds that a rule gives: a country, a sector, or the name of whom it belongs to.
fn has_fact(sentence: &str, gives: &str, fact: &str) -> bool {
    let (text, at) = bracketed(sentence);
    let reading = read(&text);
    let common = |m: &Mention| m.span.end().min(at.end).saturating_sub(m.span.start().max(at.start));
    let Some(best) = reading.mentions.iter().filter(|m| common(m) > 0).min_by_key(|m| (m.span.start(), std::cmp::Reverse(m.span.end())))
    else {
        return false;
    };
    let entity = &reading.entities[best.entity];
    let code = entity.actor.best();
    let names = |e: dragoman_doc::EntityId| reading.entities[e].name.eq_ignore_ascii_case(fact);
    match gives {
        "country" => code.filter(|c| c.basis == CodeBasis::Stated).and_then(|c| c.country).is_some_and(|c| c.to_string() == fact),
        "residence" => code.and_then(|c| c.country).is_some_and(|c| c.to_string() == fact),
        "sector" => code.is_some_and(|c| c.sector.iter().chain(&c.sectors).any(|s| s.word() == fact)),
        _ => entity.member_of.is_some_and(names) || entity.role.as_ref().and_then(|r| r.of).is_some_and(names),
    }
}

#[test]
fn phrases_are_composed_as_the_table_says() {
    let table =
        Table::parse("actors/composition.tsv", dragoman_lexicon::ACTOR_FILES.composition, &dragoman_lexicon::COMPOSITION_COLUMNS).unwrap();
    assert_eq!(table.order_faults(), []);
    let mut wrong = Vec::new();
    for row in table.rows() {
        let (yes, fact, no) = (row.text(5), row.text(6), row.text(7));
        let gives = row.list(4).last().expect("a rule gives something");
        if !has_fact(yes, gives, fact) {
            wrong.push(format!("must give {fact}: {yes}"));
        }
        if has_fact(no, gives, fact) {
            wrong.push(format!("must not give {fact}: {no}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} sentences are wrong:\n{}", wrong.len(), 2 * table.rows().len(), wrong.join("\n"));
}

#[test]
fn words_in_names_tell_the_sector() {
    let table =
        Table::parse("actors/name_words.tsv", dragoman_lexicon::ACTOR_FILES.name_words, &dragoman_lexicon::NAME_WORD_COLUMNS).unwrap();
    assert_eq!(table.order_faults(), []);
    let primary = |name: &str| {
        let reading = read(&format!("It was a hard week. He said that {name} had denied the report."));
        let named = reading.entities.iter().find(|e| e.name.contains("orvik") || name.contains(&e.name));
        named.and_then(|e| e.actor.best()).and_then(|c| c.sector).map(dragoman_codebook::Sector::word)
    };
    let wrong: Vec<String> = table
        .rows()
        .iter()
        .filter(|r| primary(r.text(3)) != Some(r.text(1)) || primary(r.text(4)) == Some(r.text(1)))
        .map(|r| {
            format!("{} {}: {} is {:?}, {} is {:?}", r.text(0), r.text(1), r.text(3), primary(r.text(3)), r.text(4), primary(r.text(4)))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} are wrong:\n{}", wrong.len(), table.rows().len(), wrong.join("\n"));
}

/// The keys of the entities of a report.
fn keys(text: &str) -> Vec<String> {
    read(text).entities.iter().filter_map(|e| e.identity.as_ref().map(|i| i.key.clone())).collect()
}

#[test]
fn the_same_actor_has_the_same_key_in_every_report() {
    let (one, two) = (
        keys("Muhammad al-Hasan, a judge, met the Iraqi foreign ministry."),
        keys("The judge Mohamed El Hassan left. The foreign ministry of Iraq was silent."),
    );
    for key in ["person:mohammed hassan", "institution:foreign ministry:IRQ"] {
        assert!(one.iter().any(|k| k == key) && two.iter().any(|k| k == key), "{key}: {one:?} {two:?}");
    }
    let countries = [keys("Peru said that it would wait."), keys("The road runs through Peru.")];
    assert!(countries.iter().all(|all| all.iter().any(|k| k == "state:PER")), "{countries:?}");
    assert!(keys("A senior official spoke.").is_empty(), "what is only described is nobody in other reports");
}

#[test]
fn an_office_holder_is_coded_by_the_day_of_the_report() {
    let code = |day: &str| {
        let mut document = Document::plain("Angela Merkel said that she would travel.");
        document.published.date = day.parse().ok();
        let reading = ENGINE.read(document);
        reading.entities.iter().next().and_then(|e| e.actor.best()).and_then(dragoman_doc::ActorCode::code)
    };
    assert_eq!(code("2015-06-01").as_deref(), Some("DEUGOV"));
    assert_eq!(code("2022-01-10").as_deref(), Some("DEUELI"));
}

/// Every mention belongs to the entity that lists it.
#[test]
fn entities_and_mentions_agree() {
    let reading =
        read("The Lebanese Health Ministry said it had counted nine dead. Its spokeswoman, Rima Haddad, said that she expected more.");
    let mentions: &IndexVec<_, Mention> = &reading.mentions;
    for (id, entity) in reading.entities.iter_ids() {
        assert!(!entity.mentions.is_empty());
        assert!(entity.mentions.iter().all(|m| mentions[*m].entity == id));
    }
}
