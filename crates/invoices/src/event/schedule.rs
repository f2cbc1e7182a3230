use chrono::NaiveDate;
use kernel::{
    Audience, Changes, CustomerId, Event, InvoiceId, InvoiceScheduleId, Scope, Subject, UserId, Version,
};
use serde_json::{Map, Value, json};

use crate::{DocumentNumber, RecurringInvoice, StopReason};

/// Something happened to an invoice that recurs.
#[derive(Clone, Debug)]
pub struct ScheduleEvent {
    pub schedule: InvoiceScheduleId,
    pub version: Version,
    /// As it is since.
    pub status: &'static str,
    pub what: ScheduleHappening,
}

/// What happened to it.
#[derive(Clone, Debug)]
pub enum ScheduleHappening {
    Created {
        customer: CustomerId,
    },
    Updated {
        changes: Changes,
    },
    Paused,
    Resumed,
    /// By somebody, or because its last day came.
    Ended,
    /// An invoice was made.
    Recurred {
        occurs_on: NaiveDate,
        invoice: InvoiceId,
        /// Absent of a draft.
        number: Option<DocumentNumber>,
    },
    /// By itself.
    Stopped {
        reason: StopReason,
        /// Who is told.
        people: Vec<UserId>,
    },
}

impl ScheduleEvent {
    pub(crate) fn of(schedule: &RecurringInvoice, what: ScheduleHappening) -> Self {
        let status = schedule.state.status().name();
        Self { schedule: schedule.id, version: schedule.version, status, what }
    }
}

impl Event for ScheduleEvent {
    fn kind(&self) -> &'static str {
        use ScheduleHappening as What;
        match &self.what {
            What::Created { .. } => "invoices.schedule_created",
            What::Updated { .. } => "invoices.schedule_updated",
            What::Paused => "invoices.schedule_paused",
            What::Resumed => "invoices.schedule_resumed",
            What::Ended => "invoices.schedule_ended",
            What::Recurred { .. } => "invoices.schedule_recurred",
            What::Stopped { .. } => "invoices.schedule_stopped",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("invoice_schedule", self.schedule).at(self.version)
    }

    fn audience(&self) -> Audience {
        Audience::Scope { scope: Scope::InvoicesRead, guests: Vec::new() }
    }

    fn data(&self) -> Value {
        let mut data = Map::from_iter([
            ("scheduleId".to_owned(), json!(self.schedule)),
            ("version".to_owned(), json!(self.version)),
            ("status".to_owned(), json!(self.status)),
        ]);
        if let Value::Object(own) = self.what.data() {
            data.extend(own);
        }
        Value::Object(data)
    }

    fn private(&self) -> Value {
        match &self.what {
            ScheduleHappening::Updated { changes } => changes.before_and_after(),
            _ => Value::Null,
        }
    }
}

impl ScheduleHappening {
    fn data(&self) -> Value {
        match self {
            Self::Created { customer } => json!({ "customerId": customer }),
            Self::Updated { changes } => json!({ "changed": changes.fields() }),
            Self::Paused | Self::Resumed | Self::Ended => json!({}),
            Self::Recurred { occurs_on, invoice, number } => json!({
                "occursOn": occurs_on,
                "invoiceId": invoice,
                "number": number.as_ref().map(ToString::to_string),
            }),
            Self::Stopped { reason, people } => json!({ "reason": reason.name(), "recipientIds": people }),
        }
    }
}
