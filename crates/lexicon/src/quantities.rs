use std::collections::{HashMap, HashSet};

use dragoman_codebook::{Comparison, Counted};

use crate::actors::Phrases;
use crate::frame::Pos;
use crate::{Fault, Table};

/// The words of quantities: numbers, bounds, and what is counted.
#[derive(Debug, Default)]
pub struct QuantityWords {
    numbers: Phrases<NumberWord>,
    bounds: Phrases<Comparison>,
    counted: HashMap<(String, Pos), Counted>,
    naming: HashSet<String>,
}

/// What a number in words says.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "the words say it")]
pub struct NumberWord {
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

impl QuantityWords {
    /// The shipped words.
    ///
    /// # Errors
    /// The faults of the first file that has any.
    pub fn shipped() -> Result<Self, Vec<Fault>> {
        let mut words = Self::default();
        let numbers =
            Table::parse("en/number_words.tsv", include_str!("../../../data/en/number_words.tsv"), &["form", "value", "low", "high"])?;
        let numbers = numbers.read(|r| {
            let word =
                NumberWord { value: r.optional_code(1, "value")?, low: r.optional_code(2, "low")?, high: r.optional_code(3, "high")? };
            Ok((r.text(0).to_owned(), word))
        })?;
        for (form, word) in &numbers {
            words.numbers.add(form, *word);
        }
        let bounds = Table::parse("en/bounds.tsv", include_str!("../../../data/en/bounds.tsv"), &["phrase", "comparison"])?;
        let bounds = bounds.read(|r| Ok((r.text(0).to_owned(), r.code(1, "comparison")?)))?;
        for (phrase, comparison) in &bounds {
            words.bounds.add(phrase, *comparison);
        }
        let counted = Table::parse("en/quantities.tsv", include_str!("../../../data/en/quantities.tsv"), &["lemma", "pos", "of"])?;
        words.counted = counted.read(|r| Ok(((r.text(0).to_owned(), r.code(1, "pos")?), r.code(2, "of")?)))?.into_iter().collect();
        let naming = Table::parse("en/not_quantities.tsv", include_str!("../../../data/en/not_quantities.tsv"), &["word"])?;
        words.naming = naming.rows().iter().map(|r| r.text(0).to_owned()).collect();
        Ok(words)
    }

    /// Numbers in words, in lower case.
    pub fn numbers(&self) -> &Phrases<NumberWord> {
        &self.numbers
    }

    /// Words that bound a number, in lower case.
    pub fn bounds(&self) -> &Phrases<Comparison> {
        &self.bounds
    }

    /// What a number counts beside this word.
    pub fn counted(&self, lemma: &str, pos: Pos) -> Option<Counted> {
        self.counted.get(&(lemma.to_owned(), pos)).copied()
    }

    /// Whether a number after this word is part of a name.
    pub fn names(&self, lemma: &str) -> bool {
        self.naming.contains(lemma)
    }
}
