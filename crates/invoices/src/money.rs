use std::fmt;

use kernel::{Currency, FieldFault, Money};

/// A sum that a document may state: 0 to 999,999,999,999,999 minor units of the document's currency. Whole numbers of
/// fifteen digits are exact in every JSON reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(i64);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The largest sum there is.
    pub const MOST: Self = Self(999_999_999_999_999);

    /// A number of minor units, if it is in range.
    pub fn new(minor: i64) -> Option<Self> {
        Self::from_wide(i128::from(minor))
    }

    /// Judges a sum of a document in this currency.
    pub fn parse(field: &str, money: Money, currency: Currency) -> Result<Self, FieldFault> {
        if money.currency != currency {
            let detail = format!("must be in {currency}, the currency of the document");
            return Err(FieldFault::new(field, "currency_mismatch", detail));
        }
        let detail = "must be from 0 to 999,999,999,999,999 minor units";
        Self::new(money.amount).ok_or_else(|| FieldFault::new(field, "out_of_range", detail))
    }

    /// Judges a sum that moves: it is more than nothing.
    pub fn parse_moved(field: &str, money: Money, currency: Currency) -> Result<Self, FieldFault> {
        let amount = Self::parse(field, money, currency)?;
        if amount.is_zero() {
            return Err(FieldFault::new(field, "out_of_range", "must be more than nothing"));
        }
        Ok(amount)
    }

    /// Whole minor units.
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum of two, unless it is out of range.
    pub fn plus(self, other: Self) -> Option<Self> {
        Self::from_wide(self.wide() + other.wide())
    }

    /// What is left, unless it would be less than nothing.
    pub fn minus(self, other: Self) -> Option<Self> {
        Self::from_wide(self.wide() - other.wide())
    }

    /// What is left, or nothing.
    pub fn less(self, other: Self) -> Self {
        self.minus(other).unwrap_or_default()
    }

    /// Wide enough for the product of any amount with a quantity or another amount.
    pub(crate) const fn wide(self) -> i128 {
        self.0 as i128
    }

    pub(crate) fn from_wide(minor: i128) -> Option<Self> {
        let amount = Self(i64::try_from(minor).ok()?);
        (Self::ZERO..=Self::MOST).contains(&amount).then_some(amount)
    }

    /// The sum of many, unless it is out of range.
    pub(crate) fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }
}

/// Bare minor units, without currency.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_have_bounds_and_one_currency() {
        let parse = |amount, code: &str| {
            let currency = Currency::parse("currency", code).expect("a code");
            Amount::parse("price", Money { amount, currency }, Currency::NPR)
        };
        assert_eq!(parse(999_999_999_999_999, "NPR"), Ok(Amount::MOST));
        assert_eq!(parse(0, "NPR"), Ok(Amount::ZERO));
        for amount in [-1, 1_000_000_000_000_000, i64::MIN, i64::MAX] {
            assert_eq!(parse(amount, "NPR").expect_err("refused").code, "out_of_range", "{amount}");
        }
        assert_eq!(parse(1, "INR").expect_err("refused").code, "currency_mismatch");
        let nothing =
            Amount::parse_moved("amount", Money { amount: 0, currency: Currency::NPR }, Currency::NPR);
        assert_eq!(nothing.expect_err("refused").code, "out_of_range");
    }

    #[test]
    fn amounts_never_leave_their_range() {
        let one = Amount::new(1).expect("in range");
        assert_eq!(Amount::MOST.plus(one), None);
        assert_eq!(Amount::ZERO.minus(one), None);
        assert_eq!(Amount::ZERO.less(one), Amount::ZERO);
        assert_eq!(Amount::sum([Amount::MOST, Amount::ZERO]), Some(Amount::MOST));
    }
}
