use chrono::{Days, NaiveDate};
use kernel::{Currency, CustomerId, FieldFault};

use crate::Error;

/// What a customer owes in a currency, by how long ago it should have been paid. In minor units; sums of many invoices, so
/// they are no amounts of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ageing {
    pub customer: CustomerId,
    pub customer_name: String,
    pub currency: Currency,
    pub owed: Owed,
}

/// The same without the customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Owed {
    /// Not due before today.
    pub current: i64,
    /// Overdue for 1 to 30 days.
    pub days_30: i64,
    /// For 31 to 60.
    pub days_60: i64,
    /// For 61 to 90.
    pub days_90: i64,
    /// For longer.
    pub older: i64,
}

impl Owed {
    /// All of it.
    pub const fn total(&self) -> i64 {
        self.current + self.days_30 + self.days_60 + self.days_90 + self.older
    }

    /// The last days of the four younger groups but the first day of each: what is due on or after today, and on or after
    /// 30, 60 and 90 days before.
    pub(crate) fn bounds(today: NaiveDate) -> [NaiveDate; 4] {
        [0, 30, 60, 90].map(|days| today.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN))
    }
}

/// The days of a statement, both included; at most 366.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementDays {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// What happened between an organization and a customer, in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub customer: CustomerId,
    pub customer_name: String,
    pub currency: Currency,
    /// What was owed before the first day; below zero where the customer had paid more than he owed.
    pub opening: i64,
    pub entries: Vec<Entry>,
    /// What is owed after the last one.
    pub closing: i64,
}

/// One line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub on: NaiveDate,
    pub kind: EntryKind,
    /// Of the document, or of the invoice that was paid.
    pub number: String,
    /// By how much more is owed; below zero for payments and credit notes.
    pub amount: i64,
    /// What is owed after it.
    pub balance: i64,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    Invoice,
    CreditNote,
    Payment,
    Refund,
}

impl StatementDays {
    /// Refuses days in the wrong order, and too many.
    pub(crate) fn judged(self) -> Result<Self, Error> {
        let days = (self.to - self.from).num_days();
        if (0..366).contains(&days) {
            return Ok(self);
        }
        Err(FieldFault::new("to", "out_of_range", "must be up to 365 days after the first day").into())
    }
}

impl EntryKind {
    /// Whether it adds to what is owed.
    pub(crate) const fn sign(self) -> i64 {
        match self {
            Self::Invoice | Self::Refund => 1,
            Self::CreditNote | Self::Payment => -1,
        }
    }
}

/// The entries in order, each with what is owed after it. What is given is the day, the kind, the number and the sum, which
/// is never below zero.
pub(crate) fn running(
    opening: i64,
    mut moved: Vec<(NaiveDate, EntryKind, String, i64)>,
) -> (Vec<Entry>, i64) {
    moved.sort_by(|one, other| (one.0, one.1, &one.2).cmp(&(other.0, other.1, &other.2)));
    let mut balance = opening;
    let entries = moved.into_iter().map(|(on, kind, number, sum)| {
        let amount = kind.sign() * sum;
        balance += amount;
        Entry { on, kind, number, amount, balance }
    });
    let entries = entries.collect();
    (entries, balance)
}
