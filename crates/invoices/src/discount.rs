use kernel::{Currency, FieldFault, Money};

use crate::{Amount, BasisPoints};

/// What is taken off a line or a whole document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Discount {
    #[default]
    None,
    Share(BasisPoints),
    Amount(Amount),
}

/// The same as callers give it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WriteDiscount {
    #[default]
    None,
    /// In basis points.
    Share(i64),
    Amount(Money),
}

impl WriteDiscount {
    /// Judges it by itself; that it is not more than it is taken off shows with the totals.
    pub fn parse(self, field: &str, currency: Currency) -> Result<Discount, FieldFault> {
        match self {
            Self::None => Ok(Discount::None),
            Self::Share(points) => BasisPoints::parse(field, points).map(Discount::Share),
            Self::Amount(money) => Amount::parse(field, money, currency).map(Discount::Amount),
        }
    }
}

impl Discount {
    /// What it takes off an amount; a share is rounded half up. `None` if it is more than there is.
    pub(crate) fn off(self, amount: Amount) -> Option<Amount> {
        match self {
            Self::None => Some(Amount::ZERO),
            Self::Share(share) => Some(share.of(amount)),
            Self::Amount(off) => (off <= amount).then_some(off),
        }
    }
}
