//! Texts by code point, and spans in them.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Begin and end, in code points, half open.
pub(crate) type Span = (usize, usize);

/// Characters at the edge of a span that do not matter.
pub(crate) const EDGES: &str = "\"'“”‘’«»`.,;:!?-–—…()[]";

/// White space, the separators of old files among it.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// A letter, a digit or `_`; marks that combine with a letter are not.
pub(crate) fn is_word(c: char) -> bool {
    c == '_' || matches!(c.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number)
}

/// A text that is looked at by code point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text(Vec<char>);

impl Text {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.chars().collect())
    }

    pub(crate) fn chars(&self) -> &[char] {
        &self.0
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_space(&self, at: usize) -> bool {
        is_space(self.0[at])
    }

    pub(crate) fn string(&self) -> String {
        self.0.iter().collect()
    }

    pub(crate) fn slice(&self, (begin, end): Span) -> &[char] {
        &self.0[begin.min(self.len())..end.min(self.len()).max(begin.min(self.len()))]
    }

    /// Moves the ends of a span inwards over white space and the characters in `edges`; `None` where nothing is left.
    pub(crate) fn trim(&self, (mut begin, end): Span, edges: &str) -> Option<Span> {
        let mut end = end.min(self.len());
        let passed = |c: char| is_space(c) || edges.contains(c);
        while begin < end && passed(self.0[begin]) {
            begin += 1;
        }
        while end > begin && passed(self.0[end - 1]) {
            end -= 1;
        }
        (begin < end).then_some((begin, end))
    }

    /// Where `form` first stands at or after `at`; `at` itself where it does not. And the end.
    pub(crate) fn find(&self, form: &str, at: usize) -> Span {
        let form: Vec<char> = form.chars().collect();
        let from = at.min(self.len());
        let found = self.0[from..].windows(form.len().max(1)).position(|w| w == form.as_slice()).filter(|_| !form.is_empty());
        let begin = found.map_or(at, |n| from + n);
        (begin, begin + form.len())
    }

    /// The begins of its words and single marks.
    pub(crate) fn tokens(&self) -> Vec<usize> {
        (0..self.len())
            .filter(|&k| {
                let c = self.0[k];
                if is_word(c) { k == 0 || !is_word(self.0[k - 1]) } else { !is_space(c) }
            })
            .collect()
    }
}

/// The runs of letters, digits and `_`.
pub(crate) fn words(text: &str) -> Vec<&str> {
    text.split(|c| !is_word(c)).filter(|w| !w.is_empty()).collect()
}

/// How many code points two spans share.
pub(crate) fn overlap(a: Span, b: Span) -> usize {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// One-to-one pairs of `gold` and `predicted`, heaviest first, earlier ones first among equals; a weight of 0 forbids a pair.
pub(crate) fn paired<G, P>(gold: &[G], predicted: &[P], weight: impl Fn(&G, &P) -> f64) -> usize {
    pairs(gold, predicted, weight).len()
}

/// As [`paired`]: which of `gold` with which of `predicted`.
pub(crate) fn pairs<G, P>(gold: &[G], predicted: &[P], weight: impl Fn(&G, &P) -> f64) -> Vec<(usize, usize)> {
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        all.extend(predicted.iter().enumerate().map(|(j, p)| (weight(g, p), i, j)).filter(|(w, _, _)| *w > 0.0));
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_gold, mut used, mut pairs) = (vec![false; gold.len()], vec![false; predicted.len()], Vec::new());
    for (_, i, j) in all {
        if !used_gold[i] && !used[j] {
            (used_gold[i], used[j]) = (true, true);
            pairs.push((i, j));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn edges_are_trimmed() {
        let text = Text::new(" “Never,” ");
        assert_eq!(text.trim((0, 10), EDGES), Some((2, 7)));
        assert_eq!(text.trim((0, 99), ""), Some((1, 9)));
        assert_eq!(text.trim((0, 1), ""), None);
        assert_eq!(text.trim((7, 3), ""), None, "a span the wrong way round is none");
    }

    #[test]
    fn words_and_marks_are_tokens() {
        let text = Text::new("U.S. aid’s €5");
        let found: Vec<char> = text.tokens().into_iter().map(|k| text.chars()[k]).collect();
        assert_eq!(found, ['U', '.', 'S', '.', 'a', '’', 's', '€', '5']);
        assert_eq!(words("5½ cafés_x"), ["5½", "cafés_x"]);
    }

    #[test]
    fn a_form_is_found_or_put_where_it_was_sought() {
        let text = Text::new("aé aé");
        assert_eq!(text.find("aé", 1), (3, 5));
        assert_eq!(text.find("x", 2), (2, 3));
        assert_eq!(text.find("aé", 9), (9, 11));
    }

    #[test]
    fn the_heaviest_pair_comes_first() {
        let near = |a: &i32, b: &i32| f64::from(10 - (a - b).abs());
        assert_eq!(paired(&[1, 5], &[5, 2], near), 2);
        assert_eq!(paired(&[1], &[40, 50], |_, _| 0.0), 0);
    }

    proptest! {
        #[test]
        fn trimming_stays_inside(text in ".{0,20}", begin in 0usize..30, end in 0usize..30) {
            let text = Text::new(&text);
            if let Some((b, e)) = text.trim((begin, end), EDGES) {
                prop_assert!(begin <= b && b < e && e <= end.min(text.len()));
            }
        }
    }
}
