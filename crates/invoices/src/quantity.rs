use std::fmt;

use kernel::FieldFault;

/// How much of something: 0.001 to 999,999,999.999, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(i64);

impl Quantity {
    /// How many thousandths are one.
    pub(crate) const SCALE: i128 = 1_000;

    const MOST: i64 = 999_999_999_999;

    /// One.
    pub(crate) const ONE: Self = Self(1_000);

    /// A number of thousandths, if it is in range.
    pub fn from_thousandths(thousandths: i64) -> Option<Self> {
        (1..=Self::MOST).contains(&thousandths).then_some(Self(thousandths))
    }

    /// Reads `2`, `2.5` or `2.000`: digits of ASCII, at most nine before the point and three behind it. No sign, no
    /// exponent, no grouping.
    pub fn parse(field: &str, text: &str) -> Result<Self, FieldFault> {
        let malformed = || {
            FieldFault::new(
                field,
                "invalid_quantity",
                "must be a number with up to 3 decimals, such as `2.500`",
            )
        };
        let (whole, decimals) = match text.split_once('.') {
            Some((whole, decimals)) if (1..=3).contains(&decimals.len()) => (whole, decimals),
            Some(_) => return Err(malformed()),
            None => (text, ""),
        };
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !(1..=9).contains(&whole.len()) || !digits(whole) || !digits(decimals) {
            return Err(malformed());
        }
        let thousandths = format!("{whole}{decimals:0<3}").parse().ok().and_then(Self::from_thousandths);
        thousandths
            .ok_or_else(|| FieldFault::new(field, "out_of_range", "must be from 0.001 to 999,999,999.999"))
    }

    /// Whole thousandths.
    pub const fn thousandths(self) -> i64 {
        self.0
    }
}

/// Always three decimals, as on the wire: `2.500`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1_000, self.0 % 1_000)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn a_quantity_has_up_to_three_decimals() {
        for (text, thousandths) in [
            ("2", 2_000),
            ("2.5", 2_500),
            ("2.000", 2_000),
            ("0.001", 1),
            ("007", 7_000),
            ("999999999.999", 999_999_999_999),
        ] {
            assert_eq!(
                Quantity::parse("quantity", text).map(Quantity::thousandths),
                Ok(thousandths),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_quantity_is_refused() {
        for text in
            ["", ".", "1.", ".5", "1.0000", "-1", "+1", "1e3", "1,5", " 1", "१", "1000000000", "1.2.3"]
        {
            assert_eq!(Quantity::parse("quantity", text).expect_err(text).code, "invalid_quantity", "{text}");
        }
        for text in ["0", "0.000", "000"] {
            assert_eq!(Quantity::parse("quantity", text).expect_err(text).code, "out_of_range", "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(thousandths in 1..=999_999_999_999_i64) {
            let quantity = Quantity::from_thousandths(thousandths).expect("in range");
            prop_assert_eq!(Quantity::parse("quantity", &quantity.to_string()), Ok(quantity));
        }
    }
}
