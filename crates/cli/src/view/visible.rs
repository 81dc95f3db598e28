//! Nothing that a report says may act on the terminal.

use std::fmt::Write;

/// The text with white space as spaces and every character that steers a terminal, or the direction of text, as a visible mark.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if c.is_whitespace() => shown.push(' '),
            '\0'..='\u{1f}' => shown.extend(char::from_u32(CONTROL_PICTURES + u32::from(c))),
            '\u{7f}' => shown.push('␡'),
            _ if is_hidden(c) => write!(shown, "<U+{:04X}>", u32::from(c)).expect("a string takes any writing"),
            _ => shown.push(c),
        }
    }
    shown
}

/// Unicode's pictures of the first 32 control characters.
const CONTROL_PICTURES: u32 = 0x2400;

/// C1 controls, marks of direction, and characters without width that no writing needs.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_act_is_shown() {
        assert_eq!(visible("a\u{1b}[31m\u{9b}2J\u{7f}"), "a␛[31m<U+009B>2J␡");
        assert_eq!(visible("x\u{202e}cod.exe\u{feff}"), "x<U+202E>cod.exe<U+FEFF>");
        assert_eq!(visible("one\r\n\ttwo\u{2028}three\u{a0}é 👩\u{200d}🚀"), "one   two three é 👩\u{200d}🚀");
    }
}
