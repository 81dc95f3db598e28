//! One linear run over a page's tokens: its shape, its plain text, and what its head says.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use crate::Degraded;
use crate::guard::{MAX_DEPTH, MAX_ELEMENTS};

/// Bytes that are handed to the tokenizer at a time.
const PIECE: usize = 4096;

/// What the run found.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    elements: usize,
    deepest: usize,
    text: String,
    pub(crate) metas: Vec<(String, String)>,
    pub(crate) times: Vec<TimeElement>,
    pub(crate) linked_data: Vec<String>,
    canonical: Option<String>,
    language: Option<String>,
    title: String,
    headline: String,
}

/// A `<time>` element, or another that bears a date of publication.
#[derive(Debug, Clone)]
pub(crate) struct TimeElement {
    pub(crate) datetime: String,
    /// It is marked as the date of publication.
    pub(crate) published: bool,
    /// It is marked as the date of a change.
    pub(crate) modified: bool,
}

/// Runs over a page.
pub(crate) fn scan(html: &str) -> Scanned {
    let tokenizer = Tokenizer::new(Scanner::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut rest = html;
    while !rest.is_empty() {
        let end = (0..=PIECE.min(rest.len())).rev().find(|i| rest.is_char_boundary(*i)).unwrap_or(rest.len());
        let (piece, tail) = rest.split_at(if end == 0 { rest.len() } else { end });
        input.push_back(StrTendril::from_slice(piece));
        // Scripts hand control back; nothing is to be run, so the tokenizer just goes on.
        while !input.is_empty() {
            let _ = tokenizer.feed(&input);
        }
        rest = tail;
    }
    tokenizer.end();
    tokenizer.sink.state.into_inner().found
}

impl Scanned {
    /// The limit that the page goes over, if any.
    pub(crate) fn over_limit(&self) -> Option<Degraded> {
        match () {
            () if self.deepest > MAX_DEPTH => Some(Degraded::TooDeep),
            () if self.elements > MAX_ELEMENTS => Some(Degraded::TooManyElements),
            () => None,
        }
    }

    /// The plain text, one blank line between blocks.
    pub(crate) fn text(&self) -> String {
        let lines = self.text.split('\n').map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// The content of a `<meta>` element.
    pub(crate) fn meta(&self, name: &str) -> Option<String> {
        self.metas.iter().find(|(n, c)| n == name && !c.trim().is_empty()).map(|(_, c)| c.trim().to_owned())
    }

    /// The headline: of the metadata, of the only heading, or of the window.
    pub(crate) fn title(&self) -> Option<String> {
        let fold = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
        self.meta("og:title").or_else(|| Some(fold(&self.headline))).filter(|t| !t.is_empty()).or_else(|| Some(fold(&self.title))).filter(|t| !t.is_empty())
    }

    /// The first top heading.
    pub(crate) fn headline(&self) -> Option<String> {
        Some(self.headline.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty())
    }

    /// ISO 639-1 language.
    pub(crate) fn language(&self) -> Option<String> {
        let stated = self.language.as_deref()?.split(['-', '_']).next()?.to_lowercase();
        (stated.len() == 2).then_some(stated)
    }

    /// The address that the page gives itself.
    pub(crate) fn canonical(&self) -> Option<String> {
        self.canonical.clone().or_else(|| self.meta("og:url"))
    }
}

#[derive(Default)]
struct Scanner {
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    found: Scanned,
    open: Vec<String>,
    /// The element whose text is not for readers.
    hidden: Option<String>,
    linked: bool,
    heading: bool,
    headings: usize,
    in_title: bool,
}

impl TokenSink for Scanner {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::TagToken(tag) => return state.tag(&tag),
            Token::CharacterTokens(text) => state.characters(&text),
            Token::CommentToken(_) => state.found.elements += 1,
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = tag.name.as_ref();
        if tag.kind == TagKind::EndTag {
            self.close(name);
            return TokenSinkResult::Continue;
        }
        self.found.elements += 1;
        self.head(name, tag);
        if is_block(name) {
            self.found.text.push('\n');
        }
        self.heading = self.heading || (name == "h1" && self.headings == 0);
        self.headings += usize::from(name == "h1");
        if is_void(name) || tag.self_closing {
            return TokenSinkResult::Continue;
        }
        self.imply_ends(name);
        self.open.push(name.to_owned());
        self.found.deepest = self.found.deepest.max(self.open.len());
        raw_state(name).map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }

    /// "<p>", "<li>" and the like end the one before them.
    fn imply_ends(&mut self, name: &str) {
        let same = self.open.last().is_some_and(|last| *last == name || (last == "p" && is_block(name)));
        if same && matches!(name, "p" | "li" | "td" | "th" | "tr" | "dt" | "dd" | "option" | "a") || (same && self.open.last().is_some_and(|l| l == "p")) {
            self.open.pop();
        }
    }

    fn close(&mut self, name: &str) {
        if is_block(name) {
            self.found.text.push('\n');
        }
        if self.hidden.as_deref() == Some(name) {
            self.hidden = None;
            self.linked = false;
        }
        if name == "h1" {
            self.heading = false;
        }
        if name == "title" {
            self.in_title = false;
        }
        // An end tag without its start is passed over; the search is bounded by the depth that is allowed.
        if let Some(at) = self.open.iter().rev().take(MAX_DEPTH + 1).position(|open| open == name) {
            self.open.truncate(self.open.len() - 1 - at);
        }
    }

    fn head(&mut self, name: &str, tag: &Tag) {
        let attribute = |wanted: &str| tag.attrs.iter().find(|a| a.name.local.as_ref() == wanted).map(|a| a.value.to_string());
        match name {
            "html" => self.found.language = attribute("lang").or_else(|| self.found.language.take()),
            "meta" => {
                let names = ["property", "name", "itemprop"].into_iter().filter_map(attribute);
                let content = attribute("content").unwrap_or_default();
                self.found.metas.extend(names.map(|n| (n.trim().to_lowercase(), content.clone())));
            }
            "link" if attribute("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) => {
                self.found.canonical = self.found.canonical.take().or_else(|| attribute("href"));
            }
            "title" => self.in_title = self.found.title.is_empty(),
            "script" | "style" | "noscript" | "template" | "svg" | "head" | "iframe" | "select" | "textarea" if self.hidden.is_none() => {
                self.hidden = Some(name.to_owned());
            }
            _ => {}
        }
        if name == "script" {
            self.linked = attribute("type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json"));
            if self.linked {
                self.found.linked_data.push(String::new());
            }
        }
        if self.hidden.as_deref() == Some("head") && name == "body" {
            self.hidden = None; // a head that was not closed
        }
        self.time(name, &attribute);
    }

    fn time(&mut self, name: &str, attribute: &dyn Fn(&str) -> Option<String>) {
        let itemprop = attribute("itemprop").unwrap_or_default().to_lowercase();
        let class = attribute("class").unwrap_or_default().to_lowercase();
        let published = itemprop.contains("datepublished") || attribute("pubdate").is_some() || class.contains("publish");
        let modified = itemprop.contains("modif") || class.contains("modif") || class.contains("update");
        if name != "time" && !itemprop.contains("datepublished") {
            return;
        }
        if let Some(datetime) = attribute("datetime").or_else(|| attribute("content")) {
            self.found.times.push(TimeElement { datetime, published, modified });
        }
    }

    fn characters(&mut self, text: &str) {
        if self.in_title {
            self.found.title.push_str(text);
        }
        if self.linked
            && let Some(data) = self.found.linked_data.last_mut()
        {
            data.push_str(text);
        }
        if self.hidden.is_none() {
            self.found.text.push_str(text);
            if self.heading {
                self.found.headline.push_str(text);
            }
        }
    }
}

/// Elements whose text the tokenizer must take as it stands.
fn raw_state(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" | "iframe" | "noembed" | "noframes" | "xmp" => Some(RawKind::Rawtext),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}

/// Elements without content (HTML, section 13.1.2).
fn is_void(name: &str) -> bool {
    matches!(name, "area" | "base" | "br" | "col" | "embed" | "hr" | "img") || matches!(name, "input" | "link" | "meta" | "param" | "source" | "track" | "wbr")
}

/// Elements that begin a line of their own.
fn is_block(name: &str) -> bool {
    matches!(name, "address" | "article" | "aside" | "blockquote" | "br" | "dd" | "div")
        || matches!(name, "dl" | "dt" | "figcaption" | "figure" | "footer" | "form" | "h1")
        || matches!(name, "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hr")
        || matches!(name, "li" | "main" | "nav" | "ol" | "p" | "pre" | "section")
        || matches!(name, "table" | "td" | "th" | "tr" | "ul" | "option")
}
