//! The weights that the program carries, and others that a user brings.

use dragoman_neural::Weights;
use dragoman_reader::{Model, ModelError};

/// The weight file, see `models/MODEL_CARD.md`.
const NEWS: &[u8] = include_bytes!("../../../models/news.weights");

/// What reads the words of a report.
#[derive(Debug, Clone, Default)]
pub enum Reader {
    /// The shipped model.
    #[default]
    News,
    /// A weight file that the user trained.
    Weights(Vec<u8>),
    /// Lexicon and rules alone: many times faster, and much less is seen.
    Rules,
}

impl Reader {
    /// The model, if it is one.
    ///
    /// # Errors
    /// The weights are damaged, of another version, or made for other labels. The tests of every build rule that out for the shipped ones.
    pub fn model(&self) -> Result<Option<Model>, ModelError> {
        match self {
            Self::News => Ok(Some(Model::load(&Weights::parse(NEWS)?)?)),
            Self::Weights(bytes) => Ok(Some(Model::load(&Weights::parse(bytes)?)?)),
            Self::Rules => Ok(None),
        }
    }
}
