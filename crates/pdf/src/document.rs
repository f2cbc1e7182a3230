use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Locale, Money};

use crate::{Accent, Logo};

/// All that a paper says, and how it looks. Texts are data: whatever they hold is printed as it is.
///
/// Nothing is added up here: sums are printed as they are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub design: Design,
    pub locale: Locale,
    pub accent: Accent,
    pub logo: Option<Logo>,
    pub rendition: Rendition,
    pub subject: Subject,
    /// Such as `INV-2083/84-000123`.
    pub number: String,
    /// The day it is of, the seller's; printed in both calendars.
    pub date: NaiveDate,
    pub due: Option<NaiveDate>,
    /// When it was issued: the file's time of creation, so that the same document makes the same bytes.
    pub issued_at: DateTime<Utc>,
    /// The buyer's number of his order.
    pub order_number: Option<String>,
    pub seller: Party,
    pub buyer: Party,
    pub notes: Option<String>,
    pub terms: Option<String>,
    /// How to pay: a bank account, for instance.
    pub payment_details: Option<String>,
}

/// How a paper looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Design {
    /// Letterhead, fine rules, much white.
    Classic,
    /// A band in the accent colour, the sum to pay at a glance.
    Modern,
    /// Small type and ruled rows: the most lines on a page.
    Compact,
}

/// Whether it is the first paper of its revision or a later one, which says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rendition {
    Original,
    Copy,
}

/// What a paper is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Invoice { charges: Charges, settlement: Option<Settlement> },
    CreditNote { charges: Charges, credited: Credited },
    Receipt(Receipt),
}

/// Lines and what they come to, all in the currency of the total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charges {
    pub lines: Vec<Line>,
    pub subtotal: Money,
    /// That of the whole document.
    pub discount: Option<Money>,
    /// In the order given.
    pub taxes: Vec<TaxTotal>,
    pub total: Money,
}

/// What is sold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub description: String,
    /// 2.5 is 2,500.
    pub quantity_thousandths: i64,
    /// Such as `h` or `kg`.
    pub unit: Option<String>,
    /// Without tax.
    pub unit_price: Money,
    /// What is taken off this line.
    pub discount: Option<Money>,
    pub tax: Tax,
    /// Less its discount, without tax.
    pub amount: Money,
}

/// How something is taxed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tax {
    /// At so many hundredths of a percent.
    Rated(u16),
    Zero,
    Exempt,
    /// No tax is named.
    Untaxed,
}

/// What all that is taxed alike comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxTotal {
    pub tax: Tax,
    pub taxable: Money,
    pub amount: Money,
}

/// What was paid so far, if the paper is to say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settlement {
    pub state: State,
    pub paid: Money,
    pub credited: Money,
    pub due: Money,
}

/// Where an invoice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    Open,
    Overdue,
    PartiallyPaid,
    Paid,
    Void,
}

/// The invoice that a credit note takes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credited {
    pub number: String,
    pub date: NaiveDate,
    pub reason: String,
}

/// Money that was received for an invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Of the invoice.
    pub invoice: String,
    pub invoice_date: NaiveDate,
    pub invoice_total: Money,
    pub payments: Vec<Payment>,
    /// All payments of this receipt together.
    pub received: Money,
    /// What is still due on the invoice.
    pub due: Money,
}

/// One payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    pub date: NaiveDate,
    /// Such as `Bank transfer`.
    pub method: String,
    pub reference: Option<String>,
    pub amount: Money,
}

/// Who sells or buys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    pub name: String,
    /// Maybe of several lines.
    pub address: String,
    pub tax_number: Option<TaxNumber>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// What the tax office calls someone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaxNumber {
    Pan(String),
    Vat(String),
    /// It is one of both, and not known which.
    PanOrVat(String),
}
