//! The visible text of a page without a tree: for pages that go over a limit, and for those who want all of it.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::blocks::{self, Break, Writer};

/// All visible text of a page, its blocks separated by blank lines.
///
/// Takes time in proportion to the length of the page, whatever is in it.
pub fn visible_text(html: &str) -> String {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(without_attributes(html)));
    let tokenizer = Tokenizer::new(Visible::default(), TokenizerOpts::default());
    while !queue.is_empty() {
        let _ = tokenizer.feed(&queue); // stops at a script, which is not run
    }
    tokenizer.end();
    tokenizer.sink.0.into_inner().writer.finish()
}

/// The page with bare tags: what a tag looks like is its name.
fn without_attributes(html: &str) -> String {
    let mut bare = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        bare.push_str(text);
        let named = tag.strip_prefix("</").or_else(|| tag.strip_prefix('<')).filter(|n| n.starts_with(|c: char| c.is_ascii_alphabetic()));
        rest = if let Some(named) = named {
            let name = named.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(named.len());
            let opening = tag.len() - named.len();
            bare.push_str(tag.get(..opening + name).unwrap_or_default());
            bare.push('>');
            behind_attributes(named.get(name..).unwrap_or_default())
        } else {
            bare.push('<');
            tag.get(1..).unwrap_or_default()
        };
    }
    bare.push_str(rest);
    bare
}

/// What follows the `>` of a tag. A `>` within a quoted value does not count; if a quotation mark is never closed, it does.
fn behind_attributes(attributes: &str) -> &str {
    let mut quote = None;
    let mut before = b' ';
    let mut unquoted = None;
    for (i, byte) in attributes.bytes().enumerate() {
        match quote {
            Some(mark) if byte == mark => quote = None,
            Some(_) if byte == b'>' && unquoted.is_none() => unquoted = Some(i),
            None if byte == b'>' => return attributes.get(i + 1..).unwrap_or_default(),
            None if before == b'=' && matches!(byte, b'"' | b'\'') => (quote, unquoted) = (Some(byte), None),
            Some(_) | None => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    unquoted.and_then(|i| attributes.get(i + 1..)).unwrap_or_default()
}

#[derive(Debug, Default)]
struct Visible(RefCell<Text>);

#[derive(Debug, Default)]
struct Text {
    writer: Writer,
    /// The element whose content is left out, and how often it is open.
    hidden: Option<(String, usize)>,
}

impl TokenSink for Visible {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let text = &mut *self.0.borrow_mut();
        match token {
            TagToken(tag) => text.tag(&tag),
            CharacterTokens(piece) => {
                if text.hidden.is_none() {
                    text.writer.text(&piece);
                }
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Text {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let starts = tag.kind == StartTag;
        if let Some((name, open)) = &mut self.hidden {
            if *name == *tag.name {
                *open = if starts { *open + 1 } else { *open - 1 };
            }
            if *open == 0 || &*tag.name == "body" {
                self.hidden = None;
            }
        } else if starts && blocks::is_hidden(&tag.name) {
            self.hidden = Some((tag.name.to_string(), 1));
        } else {
            self.writer.end(Break::of(&tag.name));
        }
        match &*tag.name {
            "script" if starts => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "noscript" | "iframe" | "noframes" | "xmp" if starts => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" | "textarea" if starts => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_stand_apart_and_words_are_not_glued() {
        let page = "<html><head><title>T</title><style>p{}</style></head><body><h1>Talks&nbsp;resume</h1><p>One <b>tw</b>o.<br>Three &amp; four.</p>\
                    <script>if (a < b) document.write('<p>no</p>')</script><ul><li>five<li>six</ul><p title=\"a > b\" class=c>seven</p></body></html>";
        assert_eq!(visible_text(page), "Talks resume\n\nOne two.\nThree & four.\n\nfive\n\nsix\n\nseven");
    }

    #[test]
    fn broken_tags_lose_no_text() {
        assert_eq!(visible_text("<p class=\"open>One</p><p>Two</p>"), "One\n\nTwo");
        assert_eq!(visible_text("1 < 2 and <3"), "1 < 2 and <3");
        assert_eq!(visible_text("<svg><svg></svg>no</svg>yes<!-- no --> yes"), "yes yes");
        assert_eq!(visible_text("<head><p>no<body><p>yes"), "yes");
        assert_eq!(visible_text(""), "");
    }
}
