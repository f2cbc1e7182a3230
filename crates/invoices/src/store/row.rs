//! How values that several tables have are laid out.

use calendar::BsDate;
use chrono::NaiveDate;
use database::StoreError;
use kernel::{Currency, Timestamp};

use crate::{Amount, BasisPoints, Discount, DocumentNumber, Issue, Party, RunningNumber, Series, Sides};

pub(super) fn amount(column: &'static str, minor: i64) -> Result<Amount, StoreError> {
    Amount::new(minor).ok_or_else(|| StoreError::corrupt(column, minor.to_string()))
}

pub(super) fn currency(column: &'static str, code: &str) -> Result<Currency, StoreError> {
    Currency::parse(column, code).map_err(|fault| StoreError::corrupt(column, fault.detail))
}

/// Days are text, `2026-11-23`, which sorts by time.
pub(super) fn day(column: &'static str, text: &str) -> Result<NaiveDate, StoreError> {
    text.parse().map_err(|error: chrono::ParseError| StoreError::corrupt(column, error))
}

/// The kind of a discount and its number.
pub(super) const fn discount(discount: Discount) -> (&'static str, i64) {
    match discount {
        Discount::None => ("none", 0),
        Discount::Share(share) => ("share", share.get() as i64),
        Discount::Amount(amount) => ("amount", amount.minor()),
    }
}

/// Reads both back.
pub(super) fn read_discount(column: &'static str, kind: &str, value: i64) -> Result<Discount, StoreError> {
    let found = match kind {
        "none" => Some(Discount::None),
        "share" => BasisPoints::new(value).map(Discount::Share),
        "amount" => Amount::new(value).map(Discount::Amount),
        _ => None,
    };
    found.ok_or_else(|| StoreError::corrupt(column, format!("{kind} {value}")))
}

/// The columns that a document has once it is issued.
#[derive(Clone, Debug, Default)]
pub(super) struct IssuedColumns {
    pub(super) series: Option<String>,
    pub(super) fiscal_year: Option<String>,
    pub(super) running: Option<i64>,
    pub(super) number: Option<String>,
    pub(super) issued_at: Option<Timestamp>,
    pub(super) issued_on: Option<String>,
    pub(super) issued_on_bs: Option<String>,
}

/// The columns of one side of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct PartyColumns {
    pub(super) name: Option<String>,
    pub(super) tax_id: Option<String>,
    pub(super) address: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) email: Option<String>,
}

impl From<&Issue> for IssuedColumns {
    fn from(issue: &Issue) -> Self {
        Self {
            series: Some(issue.number.series.as_str().to_owned()),
            fiscal_year: Some(issue.number.year.to_string()),
            running: Some(issue.number.running.get()),
            number: Some(issue.number.to_string()),
            issued_at: Some(issue.at),
            issued_on: Some(issue.on.to_string()),
            issued_on_bs: issue.on_bs.map(|day| day.to_string()),
        }
    }
}

impl IssuedColumns {
    /// How it was issued; `None` of a draft.
    pub(super) fn read(self) -> Result<Option<Issue>, StoreError> {
        let (Some(series), Some(year), Some(running), Some(at), Some(on)) =
            (self.series, self.fiscal_year, self.running, self.issued_at, self.issued_on)
        else {
            return Ok(None);
        };
        let number = DocumentNumber {
            series: Series::parse("series", &series)
                .map_err(|fault| StoreError::corrupt("series", fault.detail))?,
            year: year.parse().map_err(|error: calendar::Error| StoreError::corrupt("fiscal_year", error))?,
            running: RunningNumber::new(running)
                .ok_or_else(|| StoreError::corrupt("running", running.to_string()))?,
        };
        let on_bs = self.issued_on_bs.map(|day| day.parse::<BsDate>()).transpose();
        let on_bs = on_bs.map_err(|error| StoreError::corrupt("issued_on_bs", error))?;
        Ok(Some(Issue { number, at, on: day("issued_on", &on)?, on_bs }))
    }
}

impl From<&Party> for PartyColumns {
    fn from(party: &Party) -> Self {
        let Party { name, tax_id, address, phone, email } = party.clone();
        Self { name: Some(name), tax_id, address, phone, email }
    }
}

/// Both sides; `None` of a draft.
pub(super) fn sides(seller: PartyColumns, buyer: PartyColumns) -> Option<Sides> {
    Some(Sides { seller: seller.read()?, buyer: buyer.read()? })
}

impl PartyColumns {
    fn read(self) -> Option<Party> {
        let Self { name, tax_id, address, phone, email } = self;
        Some(Party { name: name?, tax_id, address, phone, email })
    }
}
