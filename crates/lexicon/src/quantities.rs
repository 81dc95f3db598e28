use crate::Fault;

/// Words of quantities (in the making).
#[derive(Debug, Default)]
pub struct QuantityWords {}

impl QuantityWords {
    /// The shipped words.
    ///
    /// # Errors
    /// The faults of the files.
    pub fn shipped() -> Result<Self, Vec<Fault>> {
        Ok(Self {})
    }
}
