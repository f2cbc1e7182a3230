use kernel::FieldFault;

use crate::Amount;

/// A share in hundredths of a percent: 0 to 10,000, which is the whole. 13 % is 1,300.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BasisPoints(u16);

impl BasisPoints {
    const WHOLE: u16 = 10_000;

    /// 13 %: section 7 of the Value Added Tax Act 2052.
    pub(crate) const VAT_OF_NEPAL: Self = Self(1_300);

    /// A number of basis points, if it is in range.
    pub fn new(points: i64) -> Option<Self> {
        u16::try_from(points).ok().filter(|points| *points <= Self::WHOLE).map(Self)
    }

    /// Judges a rate.
    pub fn parse(field: &str, points: i64) -> Result<Self, FieldFault> {
        let detail = "must be from 0 to 10,000 basis points, which is 100 %";
        Self::new(points).ok_or_else(|| FieldFault::new(field, "out_of_range", detail))
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// This share of an amount, rounded half up to a minor unit; never more than the amount.
    pub(crate) fn of(self, amount: Amount) -> Amount {
        let share = half_up(amount.wide() * i128::from(self.0), i128::from(Self::WHOLE));
        Amount::from_wide(share).expect("a share is no more than the whole")
    }
}

/// The quotient of two numbers, the first not negative and the second positive, rounded to the nearest whole number,
/// halves upwards. The only rounding there is; every place that calls it says so.
pub(crate) const fn half_up(dividend: i128, divisor: i128) -> i128 {
    (2 * dividend + divisor) / (2 * divisor)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, proptest};

    use super::*;

    #[test]
    fn halves_go_up() {
        for (dividend, rounded) in [(0, 0), (4, 0), (5, 1), (14, 1), (15, 2), (25, 3)] {
            assert_eq!(half_up(dividend, 10), rounded, "{dividend}");
        }
        let vat = BasisPoints::new(1_300).expect("in range");
        let tax = |minor| vat.of(Amount::new(minor).expect("in range")).minor();
        assert_eq!([tax(50), tax(350), tax(100_000)], [7, 46, 13_000]);
    }

    #[test]
    fn rates_are_shares_of_a_whole() {
        assert_eq!(BasisPoints::parse("rate", 10_000).map(BasisPoints::get), Ok(10_000));
        for points in [-1, 10_001, 65_536 + 1_300, i64::MIN] {
            assert!(BasisPoints::parse("rate", points).is_err(), "{points}");
        }
    }

    proptest! {
        #[test]
        fn a_share_is_off_by_at_most_a_half(minor in 0..=999_999_999_999_999_i64, points in 0..=10_000_i64) {
            let amount = Amount::new(minor).expect("in range");
            let share = BasisPoints::new(points).expect("in range").of(amount);
            let off = share.wide() * 10_000 - amount.wide() * i128::from(points);
            prop_assert!(-5_000 < off && off <= 5_000, "{off}");
            prop_assert!(share <= amount);
        }
    }
}
