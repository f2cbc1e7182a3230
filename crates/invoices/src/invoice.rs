mod draft;

use calendar::BsDate;
use chrono::NaiveDate;
use chrono_tz::Tz;
use kernel::{Changes, Currency, CustomerId, InvoiceId, Timestamp, Version};

pub use draft::{DraftInvoice, UpdateDraft};

use crate::{
    Amount, Balance, Customer, Document, DocumentNumber, DueDays, Error, Life, MadeBy, Party, Reason, Sides,
    Totals, day_in,
};

/// An invoice without its lines, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invoice {
    pub id: InvoiceId,
    pub life: Life,
    pub customer: CustomerId,
    /// As on the document, or as it is now while there is none.
    pub customer_name: String,
    pub currency: Currency,
    pub po_number: String,
    pub due_days: DueDays,
    pub sums: Sums,
    /// Absent of drafts.
    pub issue: Option<Issue>,
    /// The last day on which to pay in time; absent of drafts.
    pub due_on: Option<NaiveDate>,
    pub version: Version,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What a document comes to; see [`Totals`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub subtotal: Amount,
    pub discount: Amount,
    pub tax: Amount,
    pub total: Amount,
}

/// How and when a document was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    pub number: DocumentNumber,
    pub at: Timestamp,
    /// The organization's day.
    pub on: NaiveDate,
    /// The same day in Bikram Sambat, where the table has it.
    pub on_bs: Option<BsDate>,
}

/// An invoice with all that stands on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullInvoice {
    pub invoice: Invoice,
    pub document: Document,
    pub notes: String,
    pub terms: String,
    /// As they were when it was issued; absent of drafts.
    pub sides: Option<Sides>,
    pub voided: Option<Voided>,
    /// Absent of what people drafted.
    pub made_by: Option<MadeBy>,
}

/// Why and when it was made void.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voided {
    pub reason: Reason,
    pub at: Timestamp,
}

/// Who issues, and by which clock and calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seller {
    pub(crate) party: Party,
    pub(crate) currency: Currency,
    pub(crate) time_zone: Tz,
    pub(crate) fiscal_start: calendar::FiscalStart,
}

impl From<&Totals> for Sums {
    fn from(totals: &Totals) -> Self {
        let Totals { subtotal, discount, tax, total, .. } = *totals;
        Self { subtotal, discount, tax, total }
    }
}

impl Invoice {
    /// What is due and so on; nothing of drafts and void ones.
    pub fn balance(&self) -> Option<Balance> {
        self.life.issued().ok()
    }

    /// Whether something is due and its last day has passed.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        let due = self.balance().zip(self.due_on);
        due.is_some_and(|(balance, due_on)| balance.is_overdue(due_on, today))
    }

    pub(crate) fn touched(&mut self, now: Timestamp) {
        self.version = self.version.next();
        self.updated_at = now;
    }
}

impl Seller {
    pub(crate) fn today(&self, now: Timestamp) -> NaiveDate {
        day_in(self.time_zone, now)
    }
}

impl FullInvoice {
    /// Issues a draft under a number.
    pub(crate) fn issue(&self, issue: Issue, seller: &Seller, customer: &Customer) -> Result<Self, Error> {
        let life = self.issuable()?;
        let mut invoice = Invoice {
            life,
            customer_name: customer.name.clone(),
            due_on: Some(self.invoice.due_days.after(issue.on)),
            ..self.invoice.clone()
        };
        invoice.touched(issue.at);
        invoice.issue = Some(issue);
        let sides = Some(Sides { seller: seller.party.clone(), buyer: customer.as_party() });
        Ok(Self { invoice, sides, ..self.clone() })
    }

    /// The life it has once issued; refuses what cannot be.
    pub(crate) fn issuable(&self) -> Result<Life, Error> {
        Ok(self.invoice.life.issue(&self.document.bare(), &self.document.totals)?)
    }

    /// Makes it void.
    pub(crate) fn void(&self, reason: Reason, now: Timestamp) -> Result<Self, Error> {
        let mut after = self.clone();
        after.invoice.life = self.invoice.life.void()?;
        after.invoice.touched(now);
        after.voided = Some(Voided { reason, at: now });
        Ok(after)
    }

    pub(crate) fn changes_since(&self, before: &Self) -> Changes {
        let mut changes = Changes::new();
        changes.note("customerId", before.invoice.customer, self.invoice.customer);
        changes.note("currency", before.invoice.currency.code(), self.invoice.currency.code());
        changes.note("poNumber", &before.invoice.po_number, &self.invoice.po_number);
        changes.note("dueDays", before.invoice.due_days.get(), self.invoice.due_days.get());
        changes.note("notes", &before.notes, &self.notes);
        changes.note("terms", &before.terms, &self.terms);
        changes.note("total", before.invoice.sums.total.minor(), self.invoice.sums.total.minor());
        if before.document != self.document {
            changes.note("lines", before.document.lines.len(), self.document.lines.len());
            changes.note("content", "before", "after");
        }
        changes
    }
}
