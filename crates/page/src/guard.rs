//! What is counted before a page meets a parser.

/// Deepest nesting that is parsed. Browsers stop at 512; parsers without such a stop need time that grows with its square.
pub const MAX_DEPTH: usize = 256;
/// Most elements and comments that are parsed. News pages have a few thousand.
pub const MAX_ELEMENTS: usize = 40_000;
/// Most attributes of one tag that are parsed: looking for doubles takes time that grows with their square.
pub const MAX_ATTRIBUTES: usize = 256;

/// Whether no tag has more than [`MAX_ATTRIBUTES`] attributes.
pub(crate) fn attributes_within(html: &str) -> bool {
    tags(html).all(|tag| tag.attributes <= MAX_ATTRIBUTES)
}

/// The page with bare tags. Only for its text.
pub(crate) fn strip_attributes(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut copied = 0;
    for tag in tags(html) {
        out.push_str(html.get(copied..tag.name_end).unwrap_or_default());
        out.push('>');
        copied = tag.end;
    }
    out.push_str(html.get(copied..).unwrap_or_default());
    out
}

/// A raw tag: where its name ends, where it ends, and how many attributes stand between.
struct Tag {
    name_end: usize,
    end: usize,
    attributes: usize,
}

/// Raw tags in order. Linear: each byte is looked at once.
fn tags(html: &str) -> impl Iterator<Item = Tag> {
    let bytes = html.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open = at + bytes.get(at..)?.iter().position(|b| *b == b'<')?;
            if bytes[open..].starts_with(b"<!--") {
                at = find(bytes, open + 4, b"-->").map_or(bytes.len(), |i| i + 3);
                continue;
            }
            let first = open + 1 + usize::from(bytes.get(open + 1) == Some(&b'/'));
            if !bytes.get(first).is_some_and(u8::is_ascii_alphabetic) {
                at = open + 1;
                continue;
            }
            let tag = tag(bytes, first);
            at = if first == open + 1 { end_of_raw(bytes, first, &tag) } else { tag.end };
            return Some(tag);
        }
    })
}

/// Behind a tag whose content is no markup ("<script>"), where its end tag begins; behind any other tag, its own end.
fn end_of_raw(bytes: &[u8], first: usize, tag: &Tag) -> usize {
    let name = bytes[first..tag.name_end].to_ascii_lowercase();
    let raw: [&[u8]; 4] = [b"script", b"style", b"textarea", b"title"];
    if !raw.contains(&name.as_slice()) {
        return tag.end;
    }
    let mut at = tag.end;
    while let Some(open) = find(bytes, at, b"</") {
        let after = &bytes[open + 2..];
        if after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(&name) {
            return open;
        }
        at = open + 2;
    }
    bytes.len()
}

fn find(bytes: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|b| *b == wanted[0])?;
        if bytes[at..].starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
}

fn tag(bytes: &[u8], first: usize) -> Tag {
    let name_end = first + bytes[first..].iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/')).unwrap_or(bytes.len() - first);
    let (mut at, mut attributes, mut in_word) = (name_end, 0, false);
    let mut quote = None;
    while at < bytes.len() {
        let byte = bytes[at];
        match quote {
            Some(mark) => {
                if byte == mark {
                    quote = None;
                }
            }
            None if byte == b'>' => return Tag { name_end, end: at + 1, attributes },
            None if byte.is_ascii_whitespace() || byte == b'/' => in_word = false,
            None => {
                if !in_word {
                    attributes += 1;
                    in_word = true;
                }
                // A quotation mark opens a value only behind the equals sign.
                if matches!(byte, b'"' | b'\'') && bytes[at - 1] == b'=' {
                    quote = Some(byte);
                }
            }
        }
        at += 1;
    }
    Tag { name_end, end: bytes.len(), attributes }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_attributes(n: usize) -> String {
        let all: Vec<String> = (0..n).map(|i| format!("a{i}='x y > z'")).collect();
        format!("<div {}>text</div>", all.join(" "))
    }

    #[test]
    fn counts_attributes_at_the_edge() {
        assert!(attributes_within(&with_attributes(MAX_ATTRIBUTES)));
        assert!(!attributes_within(&with_attributes(MAX_ATTRIBUTES + 1)));
        assert!(attributes_within("a < b and c > d <3 </ x"));
        let script = format!("<script>if (a<b {}) x</script>", "a b ".repeat(400));
        assert!(attributes_within(&script) && attributes_within(&format!("<!-- <b {} -->", "a ".repeat(400))));
    }

    #[test]
    fn strips_attributes_and_keeps_text() {
        assert_eq!(strip_attributes("<p class='a > b'>x</p><br/>y <z"), "<p>x</p><br>y <z>");
        assert_eq!(strip_attributes("1 < 2"), "1 < 2");
    }
}
