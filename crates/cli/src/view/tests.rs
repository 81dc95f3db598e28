//! The page as it is seen. The snapshots are meant to be read.

use dragoman_doc::Document;
use dragoman_engine::Reading;
use dragoman_testkit::sample;

use super::{Look, page};

fn seen(width: usize, color: bool) -> String {
    page(&sample::rich(), Look { width, color }).replace('\u{1b}', "␛")
}

#[test]
fn without_colour() {
    insta::assert_snapshot!(seen(100, false));
}

#[test]
fn with_colour() {
    insta::assert_snapshot!(seen(100, true));
}

#[test]
fn on_a_narrow_terminal() {
    let seen = seen(44, false);
    assert!(seen.lines().all(|line| line.chars().count() <= 44), "{seen}");
    insta::assert_snapshot!(seen);
}

#[test]
fn no_line_is_wider_than_asked() {
    for width in [40, 60, 80, 120] {
        for line in seen(width, false).lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn nothing_found_is_said() {
    let seen = page(&Reading::empty(Document::plain("Talks resumed.")), Look { width: 80, color: false });
    assert!(seen.contains("nothing found"), "{seen}");
}

#[test]
fn a_report_cannot_steer_the_terminal() {
    let mut document = Document::plain("x");
    document.title = Some("Strike\u{1b}]0;owned\u{7} \u{202e}gnp.exe\n\nEVENTS".into());
    document.outlet = Some("Wire\u{9b}2J".into());
    let seen = page(&Reading::empty(document), Look { width: 80, color: true });
    let bare = seen.replace("\u{1b}[", "");
    assert!(!bare.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}'), "{seen:?}");
    assert_eq!(seen.lines().next().unwrap().replace("\u{1b}[", ""), "1mStrike␛]0;owned␇ <U+202E>gnp.exe EVENTS0m");
}
