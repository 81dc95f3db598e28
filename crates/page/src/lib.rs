//! (in the making)
use dragoman_doc::{Basis, PartialDate};
pub struct Page { pub text: String, pub title: Option<String>, pub author: Option<String>, pub outlet: Option<String>, pub language: Option<String>, pub canonical_url: Option<String>, pub published: Option<PageDate>, pub conflicting: Vec<PageDate>, pub unreadable_dates: Vec<String>, pub degraded: Option<Degraded> }
pub struct PageDate { pub date: PartialDate, pub basis: Basis, pub source: &'static str }
pub enum Degraded { NothingExtracted }
impl std::fmt::Display for Degraded { fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str("nothing extracted") } }
pub fn read_page(html: &str, _url: Option<&str>) -> Page { Page { text: html.to_owned(), title: None, author: None, outlet: None, language: None, canonical_url: None, published: None, conflicting: vec![], unreadable_dates: vec![], degraded: Some(Degraded::NothingExtracted) } }
pub fn visible_text(html: &str) -> String { html.to_owned() }
