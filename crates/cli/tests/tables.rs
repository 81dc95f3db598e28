//! A user's own tables and gazetteer: what is taken over, and that no fault passes unseen.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

fn dragoman(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("dragoman").expect("the program is built for its tests");
    let output = command.current_dir(folder).args(arguments).output().expect("it starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("it takes folders");
        fs::write(path, text).expect("it takes files");
    }
    folder
}

fn record(folder: &Path, arguments: &[&str]) -> Value {
    let (code, out, err) = dragoman(folder, &[&["read", "--model", "rules", "--format", "json", "report.txt"], arguments].concat());
    assert_eq!(code, Some(0), "{err}");
    serde_json::from_str(&out).expect("a record is JSON")
}

const BODIES: &str =
    "#! name\taliases\tkind\tcountry\tsector\tsectors\tlabel\tsince\tuntil\twikidata\nMarsh Wardens\t\tgroup\tNLD\tPRM\t\t\t\t\t\n";
const SITES: &str =
    "#! name\taliases\tcountry\tadmin1\tlat\tlon\tkind\tprecision\nCamp Farwell\tFarwell base\tIRQ\t\t33.1\t44.2\tbase\tpoint\n";

#[test]
fn own_bodies_and_places_are_taken_over() {
    let files = [
        ("own/actors/organizations.tsv", BODIES),
        ("own/places/sites.tsv", SITES),
        ("report.txt", "The Marsh Wardens fired at Camp Farwell on Monday.\n"),
    ];
    let folder = folder(&files);
    let (code, _, err) = dragoman(folder.path(), &["codebook", "check", "own"]);
    assert_eq!((code, err.trim()), (Some(0), "2 rows in 2 tables, no fault"));
    let shipped = record(folder.path(), &[]);
    assert!(shipped["places"].as_array().expect("a list").iter().all(|p| p["name"] != "Camp Farwell"));
    let own = record(folder.path(), &["--overlay", "own"]);
    assert_eq!(own["places"][0]["name"], "Camp Farwell", "{own:#}");
    let wardens = own["entities"].as_array().expect("a list").iter().find(|e| e["name"] == "Marsh Wardens").expect("they are known");
    assert_eq!(wardens["actor"]["code"], "NLDPRM");
    let (_, shown, _) = dragoman(folder.path(), &["codebook", "show", "--overlay", "own", "Marsh Wardens", "Nobody Knows"]);
    assert_eq!(shown, "Marsh Wardens: group Marsh Wardens, NLD, PRM\nNobody Knows: not in the tables\n");
}

#[test]
fn all_faults_are_told_at_once_and_nothing_is_taken_over() {
    let faulty = [
        ("own/actors/names.tsv", "#! name\tgender\nTolmid\n"),
        ("own/places/sites.tsv", "#! name\taliases\tcountry\tadmin1\tlat\tlon\tkind\tprecision\nCamp Far\t\tIRQ\t\t133\t44\tbase\tpoint\n"),
        ("own/verbs.tsv", ""),
        ("report.txt", "Nothing happened.\n"),
    ];
    let folder = folder(&faulty);
    for arguments in [&["codebook", "check", "own"][..], &["read", "--overlay", "own", "report.txt"]] {
        let (code, out, err) = dragoman(folder.path(), arguments);
        assert_eq!((code, out.as_str()), (Some(6), ""));
        for expected in [
            "actors/names.tsv:2: 1 fields, expected 2",
            "places/sites.tsv:2: lat: 133 is no latitude",
            "verbs.tsv:0: no table of this name",
        ] {
            assert!(err.contains(expected), "{expected} in {err}");
        }
    }
}

const PLACES: &str = "9000001\tTel Zirrin\tTel Zirrin\tTall Zirrin,Телль\t36.1\t41.2\tP\tPPL\tSY\t\t02\t\t\t\t300\t\t\tAsia/Damascus\t2020-01-01\n\
9000002\tHasakah\tHasakah\t\t36.5\t40.7\tA\tADM1\tSY\t\t02\t\t\t\t0\t\t\tAsia/Damascus\t2020-01-01\n";

#[test]
fn a_larger_gazetteer_is_built_and_used() {
    let folder = folder(&[("places.txt", PLACES), ("report.txt", "A mine exploded in Tall Zirrin on Monday.\n")]);
    let (code, _, err) = dragoman(folder.path(), &["gazetteer", "build", "places.txt", "-o", "own.bin"]);
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("2 places") && err.contains("CC BY 4.0"), "{err}");
    assert_eq!(record(folder.path(), &[])["places"][0]["country"], Value::Null, "the shipped gazetteer has no such village");
    let own = record(folder.path(), &["--gazetteer", "own.bin"]);
    let place = &own["places"][0];
    assert_eq!(
        (place["name"].as_str(), place["country"].as_str(), place["admin1"].as_str()),
        (Some("Tel Zirrin"), Some("SYR"), Some("Hasakah"))
    );
    assert_eq!(place["geonames_id"], 9_000_001);
}

#[test]
fn faulty_gazetteers_are_refused_with_their_reason() {
    let text = format!("{PLACES}no place\n9000003\tNowhere\t\t\t95\t41\tP\tPPL\tSY\t\t\t\t\t\t0\t\t\t\t\n");
    let folder =
        folder(&[("places.txt", &text), ("empty.txt", ""), ("report.txt", "Nothing happened.\n"), ("other.bin", "not a gazetteer")]);
    let (code, _, err) = dragoman(folder.path(), &["gazetteer", "build", "empty.txt", "-o", "own.bin"]);
    assert_eq!(code, Some(6), "{err}");
    assert!(err.contains("no place in these files"), "{err}");
    let (code, _, err) = dragoman(folder.path(), &["gazetteer", "build", "places.txt", "-o", "own.bin"]);
    assert_eq!(code, Some(6));
    for expected in ["line 3: 1 columns, expected 19", "line 4: latitude 95 is out of range", "2 lines cannot be read; nothing was written"]
    {
        assert!(err.contains(expected), "{expected} in {err}");
    }
    assert!(!folder.path().join("own.bin").exists());
    let (code, _, _) = dragoman(folder.path(), &["gazetteer", "build", "places.txt", "-o", "own.bin", "--skip-faults"]);
    assert_eq!(code, Some(0));
    let whole = fs::read(folder.path().join("own.bin")).expect("it was built");
    fs::write(folder.path().join("cut.bin"), &whole[..whole.len() - 1]).expect("the folder takes files");
    for (file, reason) in [("other.bin", "not a gazetteer"), ("cut.bin", "damaged gazetteer"), ("missing.bin", "missing.bin")] {
        let (code, out, err) = dragoman(folder.path(), &["read", "--gazetteer", file, "report.txt"]);
        assert_eq!((code, out.as_str()), (Some(6), ""), "{file}");
        assert!(err.contains(reason), "{file}: {err}");
    }
}
