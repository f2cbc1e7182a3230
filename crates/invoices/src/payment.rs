use chrono::{Datelike, NaiveDate};
use kernel::{Currency, FieldFault, Fields, InvoiceId, Money, PaymentId, Timestamp, UserId};

use crate::words::{optional_line, optional_text};
use crate::{Amount, Error};

/// Money that was paid for an invoice, or paid back. Never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    pub id: PaymentId,
    pub invoice: InvoiceId,
    pub kind: PaymentKind,
    pub amount: Amount,
    /// The invoice's.
    pub currency: Currency,
    pub method: Method,
    /// As the bank or the gateway calls it; may be empty.
    pub reference: String,
    pub note: String,
    /// The day it moved.
    pub paid_on: NaiveDate,
    /// The person who wrote it down.
    pub recorded_by: Option<UserId>,
    pub recorded_at: Timestamp,
}

/// Which way it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaymentKind {
    Payment,
    Refund,
}

/// How it was paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    Cash,
    BankTransfer,
    Cheque,
    Card,
    Esewa,
    Khalti,
    Other,
}

/// Writes down that money moved.
#[derive(Clone, Debug)]
pub struct RecordPayment {
    pub amount: Money,
    pub method: Method,
    /// Today unless told.
    pub paid_on: Option<NaiveDate>,
    pub reference: Option<String>,
    pub note: Option<String>,
}

impl RecordPayment {
    /// Judges it for an invoice in this currency.
    pub(crate) fn parse(
        self,
        (id, invoice, kind): (PaymentId, InvoiceId, PaymentKind),
        currency: Currency,
        today: NaiveDate,
        (recorded_by, recorded_at): (Option<UserId>, Timestamp),
    ) -> Result<Payment, Error> {
        let mut fields = Fields::new();
        let amount = fields.check(Amount::parse_moved("amount", self.amount, currency));
        let paid_on = self.paid_on.unwrap_or(today);
        if paid_on > today || paid_on.year() < 1970 {
            let detail = "must be between the year 1970 and today";
            fields.push(FieldFault::new("paidOn", "out_of_range", detail));
        }
        let payment = Payment {
            id,
            invoice,
            kind,
            amount: amount.unwrap_or_default(),
            currency,
            method: self.method,
            reference: optional_line(&mut fields, "reference", self.reference, 100).unwrap_or_default(),
            note: optional_text(&mut fields, "note", self.note, 500),
            paid_on,
            recorded_by,
            recorded_at,
        };
        fields.finish()?;
        Ok(payment)
    }
}

impl PaymentKind {
    const ALL: [Self; 2] = [Self::Payment, Self::Refund];

    /// The word on the wire and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Refund => "refund",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Method {
    /// Every one, in the order in which people are asked.
    pub const ALL: [Self; 7] =
        [Self::Cash, Self::BankTransfer, Self::Cheque, Self::Card, Self::Esewa, Self::Khalti, Self::Other];

    /// The word on the wire and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::BankTransfer => "bank_transfer",
            Self::Cheque => "cheque",
            Self::Card => "card",
            Self::Esewa => "esewa",
            Self::Khalti => "khalti",
            Self::Other => "other",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }
}
