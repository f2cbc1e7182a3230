use chrono::NaiveDate;
use kernel::CustomerId;

use crate::Status;

/// Which invoices; what is absent or empty does not restrict. Days are both included.
#[derive(Clone, Debug, Default)]
pub struct InvoiceFilter {
    /// Any of these.
    pub statuses: Vec<Status>,
    /// Only those of which something is due after its last day.
    pub overdue: bool,
    pub customer: Option<CustomerId>,
    pub issued_from: Option<NaiveDate>,
    pub issued_to: Option<NaiveDate>,
    pub due_from: Option<NaiveDate>,
    pub due_to: Option<NaiveDate>,
    /// Part of the number, of the customer's name or of the purchase order's number, in any case.
    pub text: Option<String>,
}

/// In which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvoiceSort {
    pub by: InvoiceSortKey,
    pub direction: Direction,
}

/// By what a list is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InvoiceSortKey {
    CreatedAt,
    /// Drafts, which are not due, after all others.
    DueOn,
    /// By the bare number, whatever the currency.
    Total,
}

/// Up or down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    #[default]
    Ascending,
    Descending,
}

impl Default for InvoiceSort {
    /// The newest first.
    fn default() -> Self {
        Self { by: InvoiceSortKey::CreatedAt, direction: Direction::Descending }
    }
}

impl InvoiceSortKey {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::CreatedAt, Self::DueOn, Self::Total];
}
