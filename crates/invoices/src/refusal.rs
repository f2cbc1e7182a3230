use kernel::{Fault, FaultKind, FieldFault, Fields};

use crate::Amount;

/// Why the rules forbid something.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("some fields are not right")]
    Invalid(Vec<FieldFault>),
    #[error("it is issued, and an issued invoice never changes; write a credit note")]
    NotDraft,
    #[error("issue it first")]
    NotIssued,
    #[error("it is void")]
    Void,
    #[error("an invoice needs at least one line")]
    NoLines,
    #[error("it has payments; write a credit note")]
    HasPayments,
    #[error("it has credit notes, and cannot be void besides")]
    HasCreditNotes,
    /// In minor units of the invoice's currency, as the two below.
    #[error("the payment is more than is due, {due} in minor units")]
    Overpayment { due: Amount },
    #[error("the credit is more than is not yet credited, {uncredited} in minor units")]
    CreditTooLarge { uncredited: Amount },
    #[error("the refund is more than can be refunded, {refundable} in minor units")]
    RefundTooLarge { refundable: Amount },
    /// Whatever is left of the invoice as a whole.
    #[error("the credit takes more at one tax rate than was invoiced at it and is not yet credited")]
    NotInvoiced,
    #[error("the schedule has ended")]
    ScheduleEnded,
    #[error("the schedule is active already")]
    ScheduleActive,
    #[error("only an active schedule can be paused")]
    ScheduleNotActive,
    /// A day that has no name in the calendar of the organization, and so no fiscal year.
    #[error(transparent)]
    Calendar(#[from] calendar::Error),
}

impl From<FieldFault> for Refusal {
    fn from(fault: FieldFault) -> Self {
        Self::Invalid(vec![fault])
    }
}

impl From<Vec<FieldFault>> for Refusal {
    fn from(faults: Vec<FieldFault>) -> Self {
        Self::Invalid(faults)
    }
}

impl From<Fields> for Refusal {
    fn from(fields: Fields) -> Self {
        Self::Invalid(fields.finish().err().unwrap_or_default())
    }
}

impl Fault for Refusal {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Invalid(_) => FaultKind::Invalid,
            _ => FaultKind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid_input",
            Self::NotDraft => "not_draft",
            Self::NotIssued => "not_issued",
            Self::Void => "invoice_void",
            Self::NoLines => "no_lines",
            Self::HasPayments => "has_payments",
            Self::HasCreditNotes => "has_credit_notes",
            Self::Overpayment { .. } => "overpayment",
            Self::CreditTooLarge { .. } => "credit_too_large",
            Self::RefundTooLarge { .. } => "refund_too_large",
            Self::NotInvoiced => "credit_not_invoiced",
            Self::ScheduleEnded => "schedule_ended",
            Self::ScheduleActive => "schedule_active",
            Self::ScheduleNotActive => "schedule_not_active",
            Self::Calendar(_) => "outside_calendar",
        }
    }

    fn fields(&self) -> &[FieldFault] {
        match self {
            Self::Invalid(faults) => faults,
            _ => &[],
        }
    }
}
