//! Hostile pages: each ends soon, with a full or a degraded record, and the same one twice.

use std::time::{Duration, Instant};

use dragoman_page::{MAX_ATTRIBUTES, MAX_DEPTH, Page, read_page, visible_text};
use proptest::prelude::*;

/// The longest that a page may take. Our own code is not optimised in tests.
const MAX_TIME: Duration = if cfg!(debug_assertions) { Duration::from_secs(20) } else { Duration::from_secs(2) };

const SENTENCE: &str = "The two delegations met in the capital on Monday and agreed to resume talks.";

fn soon(page: &str) -> Page {
    let start = Instant::now();
    let read = read_page(page, Some("https://news.example/2024/03/05/talks"));
    let took = start.elapsed();
    assert!(took < MAX_TIME, "{took:?}");
    read
}

fn nested(open: &str, depth: usize) -> Page {
    soon(&format!("<html><body>{}{SENTENCE}", open.repeat(depth)))
}

#[test]
fn nested_elements() {
    for (open, depth) in
        [("<div>", 10_000), ("<table><tr><td>", 10_000), ("<ul><li>", 10_000), ("<b><i>", 10_000), ("<div>", 2_000), ("<div>", 500)]
    {
        let page = nested(open, depth);
        assert_eq!(page.text, SENTENCE, "{open} {depth}");
        assert!(page.degraded.is_some());
    }
    assert_eq!(nested("<div>", MAX_DEPTH - 4).degraded, None);
}

#[test]
fn attributes() {
    let flood = |count: usize| {
        let all: Vec<String> = (0..count).map(|i| format!("data-a{i}=\"x\"")).collect();
        soon(&format!("<p {}>{SENTENCE}</p>", all.join(" ")))
    };
    assert_eq!(flood(MAX_ATTRIBUTES).degraded, None);
    for count in [MAX_ATTRIBUTES + 1, 50_000] {
        let page = flood(count);
        assert_eq!((page.text.as_str(), page.degraded.is_some()), (SENTENCE, true));
    }
    let bare: Vec<String> = (0..100_000).map(|i| format!("a{i}")).collect();
    assert_eq!(soon(&format!("<p {}>{SENTENCE}", bare.join("/"))).text, SENTENCE);
}

#[test]
fn long_pages() {
    for count in [100_000, 29_000] {
        let page = soon(&format!("<body>{}", format!("<p>{SENTENCE}</p>").repeat(count)));
        assert!(page.text.contains(SENTENCE));
    }
    let controls = "\0\u{FEFF}\u{202E}".repeat(50_000 / 3);
    assert!(soon(&format!("<body><p>{SENTENCE}{controls}</p>")).text.contains(SENTENCE));
    let data = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let page = soon(&format!("<script type=\"application/ld+json\">{data}</script><body><p>{SENTENCE}</p>"));
    assert!(page.text.contains(SENTENCE));
    assert_eq!(soon(&format!("<body><p>{SENTENCE}</p>{}", "<!--".repeat(200_000))).text, SENTENCE);
    soon(&"&amp;&notit;&#x41;".repeat(100_000));
    soon(&"<a href=x>y".repeat(20_000));
    soon(&"<table>x".repeat(20_000));
    soon(&"<svg><style><p>".repeat(20_000));
    soon(&format!("<p {}", "a=\">\" ".repeat(100_000)));
}

#[test]
fn a_page_that_says_nothing() {
    for page in ["", " ", "<!", "<html>", "<body></body>", "<p></p>", "<script>x</script>"] {
        assert_eq!(soon(page).text, "", "{page}");
    }
}

#[test]
fn a_plain_report() {
    let body =
        (0..6).map(|i| format!("<p>{SENTENCE} It was round {i} of <b>th</b>ese <a href=x>talks</a>.</p>")).collect::<Vec<_>>().concat();
    let page = soon(&format!(
        "<html lang=en-GB><head><title>Talks resume | Newsline</title><meta property=og:site_name content=Newsline>\
         <meta property=article:modified_time content=2024-03-09><meta name=author content=\"Jane Doe\"></head><body><nav><a href=/>Home</a></nav>\
         <article><h1>Talks resume</h1><time datetime=2024-03-05T23:30:00+02:00>5 March</time>{body}<p>Share on Facebook</p></article></body></html>"
    ));
    assert_eq!(page.title.as_deref(), Some("Talks resume"));
    assert_eq!(
        (page.author.as_deref(), page.outlet.as_deref(), page.language.as_deref()),
        (Some("Jane Doe"), Some("Newsline"), Some("en"))
    );
    assert_eq!(page.published.unwrap().date.to_string(), "2024-03-05");
    assert!(page.text.starts_with(SENTENCE) && page.text.ends_with("It was round 5 of these talks."), "{}", page.text);
    assert_eq!(page.text.matches("\n\n").count(), 5);
    assert!(page.degraded.is_none() && page.conflicting.is_empty());
}

#[test]
fn dates_that_contradict_each_other_are_told() {
    let page = soon(&format!(
        "<meta property=article:published_time content=2024-03-01><meta name=pubdate content=\"not 2024\"><body><p>{SENTENCE}</p>"
    ));
    assert_eq!(page.published.unwrap().date.to_string(), "2024-03-01");
    assert_eq!(page.conflicting.iter().map(|d| d.date.to_string()).collect::<Vec<_>>(), ["2024-03-05"]);
    assert_eq!(page.unreadable_dates, ["not 2024"]);
}

fn piece() -> impl Strategy<Value = String> {
    let tags = [
        "<p>",
        "</p>",
        "<div class=\"a\">",
        "</div>",
        "<table>",
        "<tr>",
        "<td>",
        "<b>",
        "<i>",
        "</b>",
        "<a href='x'>",
        "<svg>",
        "<style>",
        "</style>",
        "<script type='application/ld+json'>{\"datePublished\":\"2024-",
        "</script>",
        "<!--",
        "-->",
        "<template>",
        "<select>",
        "<option>",
        "<form>",
        "<h1>",
        "<time datetime='2024-01-01'>",
        "<frameset>",
        "<body lang='x'>",
        "<plaintext>",
        "&amp;",
        "&#0;",
        "<",
        ">",
        "\"",
        "'",
        "=",
    ];
    prop_oneof![3 => proptest::sample::select(tags.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,12}", 1 => any::<char>().prop_map(String::from)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 60 } else { 2_000 }))]

    #[test]
    fn no_page_makes_it_panic(pieces in proptest::collection::vec(piece(), 0..60)) {
        let html = pieces.concat();
        let (one, two) = (read_page(&html, None), read_page(&html, None));
        prop_assert_eq!(format!("{one:?}"), format!("{two:?}"));
        prop_assert_eq!(visible_text(&html), visible_text(&html));
    }
}
