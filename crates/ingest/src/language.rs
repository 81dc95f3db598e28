//! Is it English? The share of common small words tells.

use std::collections::HashSet;
use std::sync::LazyLock;

use dragoman_doc::{Problem, ProblemCode};
use dragoman_lexicon::Table;

/// Fewer words than this tell nothing.
const MIN_WORDS: usize = 30;
/// English prose has about one such word in three; headlines and lists have fewer.
const MIN_SHARE_PERCENT: usize = 12;

static SMALL_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let text = include_str!("../../../data/en/function_words.tsv");
    let table = Table::parse("en/function_words.tsv", text, &["word"]).expect("the shipped tables are tested");
    table.rows().iter().map(|r| r.text(0)).collect()
});

/// The language, and a problem if it is not English. `stated` is what the page says of itself.
pub(crate) fn find(text: &str, stated: Option<String>) -> (Option<String>, Option<Problem>) {
    let words: Vec<String> = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(2000).map(str::to_lowercase).collect();
    if words.len() < MIN_WORDS {
        return (stated, None);
    }
    let small = words.iter().filter(|w| SMALL_WORDS.contains(w.as_str())).count();
    if small * 100 >= words.len() * MIN_SHARE_PERCENT {
        return (Some("en".to_owned()), None);
    }
    let message = "the text does not look English; little will be found".to_owned();
    (stated.filter(|l| l != "en"), Some(Problem { code: ProblemCode::NotEnglish, message, span: None }))
}
