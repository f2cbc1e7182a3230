use chrono::NaiveDate;
use kernel::{InvoiceId, InvoiceLinkId, Secret, Timestamp};

use crate::FullInvoice;

/// A link that shows an issued invoice to whoever has it, until it is revoked. What it holds is random; only its hash is
/// kept, so it is shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceLink {
    pub id: InvoiceLinkId,
    pub invoice: InvoiceId,
    pub created_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

/// A new one with what it holds.
pub struct NewInvoiceLink {
    pub link: InvoiceLink,
    pub token: Secret,
}

/// What whoever has a link sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicInvoice {
    pub invoice: FullInvoice,
    /// The organization's day.
    pub today: NaiveDate,
}
