//! Elements as text: which of them end a line or a paragraph, and which hold nothing that is read.

/// What an element does to the text before and behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Break {
    /// It stands in the line.
    None,
    /// A cell of a table.
    Cell,
    /// A line ends.
    Line,
    /// A paragraph ends.
    Paragraph,
}

/// Elements that stand in the line. All others are blocks, known or not: words are never glued.
const INLINE: [&[&str]; 5] = [
    &["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite"],
    &["code", "data", "del", "dfn", "em", "font", "i", "ins"],
    &["kbd", "label", "mark", "q", "s", "samp", "small", "span"],
    &["strike", "strong", "sub", "sup", "time", "tt", "u", "var"],
    &["nobr", "ruby", "rb", "wbr", "img", "picture", "meta", "link"],
];

/// Elements whose content is not the page's text.
const HIDDEN: [&[&str]; 3] = [
    &["head", "script", "style", "noscript", "template", "svg", "math", "iframe"],
    &["object", "embed", "canvas", "audio", "video", "map", "textarea", "select"],
    &["datalist", "button", "noframes", "rp", "rt", "dialog", "applet", "title"],
];

impl Break {
    pub(crate) fn of(tag: &str) -> Self {
        match tag {
            "br" => Self::Line,
            "td" | "th" => Self::Cell,
            _ if INLINE.iter().any(|names| names.contains(&tag)) => Self::None,
            _ => Self::Paragraph,
        }
    }
}

/// Whether nothing in the element is read.
pub(crate) fn is_hidden(tag: &str) -> bool {
    HIDDEN.iter().any(|names| names.contains(&tag))
}

/// Writes text with its white space folded.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    text: String,
    due: Option<Break>,
    spaced: bool,
}

impl Writer {
    /// Adds text of the current line.
    pub(crate) fn text(&mut self, piece: &str) {
        for word in piece.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end();
            if !bare.is_empty() {
                self.space();
                self.text.push_str(bare);
            }
            self.spaced |= bare.len() < word.len();
        }
    }

    /// Ends what `with` ends, before the next text. Two ends of a line are the end of a paragraph.
    pub(crate) fn end(&mut self, with: Break) {
        let twice = with == Break::Line && self.due == Some(Break::Line);
        let with = if twice { Break::Paragraph } else { with };
        if with != Break::None {
            self.due = self.due.max(Some(with));
        }
    }

    fn space(&mut self) {
        let due = self.due.take();
        let gap = match due {
            _ if self.text.is_empty() => "",
            Some(Break::Paragraph) => "\n\n",
            Some(Break::Line) => "\n",
            Some(Break::Cell) => " | ",
            _ if self.spaced => " ",
            _ => "",
        };
        self.text.push_str(gap);
        self.spaced = false;
    }

    /// The text so far.
    pub(crate) fn finish(self) -> String {
        self.text
    }
}
