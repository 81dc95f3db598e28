use serde::{Serialize, Serializer};

/// A number of the report, written without a fraction where it has none: 2500, not 2500.0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(pub f64);

/// Whole numbers up to here are exact in a double.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 && self.0.abs() <= MAX_EXACT { out.serialize_i64(self.0 as i64) } else { out.serialize_f64(self.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_written_whole() {
        let numbers = [2500.0, 1.5, -3.0, 1e300, -0.0].map(Number);
        assert_eq!(serde_json::to_string(&numbers).unwrap(), "[2500,1.5,-3,1e+300,0]");
    }
}
