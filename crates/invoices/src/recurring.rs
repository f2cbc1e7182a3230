mod command;
mod words;

use chrono::NaiveDate;
use kernel::{Changes, InvoiceId, InvoiceScheduleId, Money, Timestamp, UserId, Version};

pub use command::{CreateRecurring, UpdateRecurring, UpdateRhythm};
pub use words::{Making, Missed, RecurrenceStatus, StopReason};

use crate::{
    Amount, Discount, DraftInvoice, Error, FullInvoice, Invoice, Refusal, Schedule, WriteDiscount,
    WriteDocument, WriteDocumentLine,
};

/// An invoice that is made again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecurringInvoice {
    pub id: InvoiceScheduleId,
    /// What each of them begins as. It stands among no drafts, and has the id and the version of this.
    pub draft: FullInvoice,
    pub plan: Schedule,
    pub making: Making,
    pub state: Recurrence,
    /// What falls on days up to this one is made, or was left out.
    pub done_through: Option<NaiveDate>,
    /// How many were made.
    pub made: u32,
    pub created_by: Option<UserId>,
    pub version: Version,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Whether it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recurrence {
    /// The next one is made on this day, or as soon after it as can be.
    Active { next: NaiveDate },
    /// Somebody paused it.
    Paused,
    /// What was due could not be made; it is owed.
    Stopped(StopReason),
    /// For good.
    Ended,
}

/// One time that an invoice was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeInvoice {
    /// The day of the schedule, whenever it was made.
    pub occurs_on: NaiveDate,
    pub made_at: Timestamp,
    /// Absent once its draft was deleted.
    pub invoice: Option<Invoice>,
}

/// By which schedule an invoice was made, and for which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MadeBy {
    pub schedule: InvoiceScheduleId,
    pub occurs_on: NaiveDate,
}

/// Which of them are wanted.
#[derive(Clone, Debug, Default)]
pub struct RecurringFilter {
    /// Any of these; all if none.
    pub statuses: Vec<RecurrenceStatus>,
    pub customer: Option<kernel::CustomerId>,
}

impl RecurringInvoice {
    /// The next days, as they are now; none unless it is active.
    pub fn upcoming(&self, most: usize) -> Vec<NaiveDate> {
        match self.state {
            Recurrence::Active { .. } => {
                let days = self.plan.occurrences_between(self.done_through, NaiveDate::MAX);
                days.take(most).map_while(Result::ok).map(|occurrence| occurrence.on).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Lets nothing be made until it is resumed.
    pub(crate) fn pause(&self, now: Timestamp) -> Result<Self, Refusal> {
        match self.state {
            Recurrence::Active { .. } => Ok(self.turned(Recurrence::Paused, now)),
            Recurrence::Paused | Recurrence::Stopped(_) => Err(Refusal::ScheduleNotActive),
            Recurrence::Ended => Err(Refusal::ScheduleEnded),
        }
    }

    /// Goes on. Unless told, what fell into a pause is left out, and what it owes since it stopped is made.
    pub(crate) fn resume(
        &self,
        missed: Option<Missed>,
        today: NaiveDate,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let usual = match self.state {
            Recurrence::Paused => Missed::Skip,
            Recurrence::Stopped(_) => Missed::Make,
            Recurrence::Active { .. } => return Err(Refusal::ScheduleActive),
            Recurrence::Ended => return Err(Refusal::ScheduleEnded),
        };
        let done_through = match missed.unwrap_or(usual) {
            Missed::Make => self.done_through,
            Missed::Skip => self.done_through.max(today.pred_opt()),
        };
        let state = Recurrence::after(&self.plan, done_through)?;
        Ok(Self { done_through, ..self.turned(state, now) })
    }

    /// Ends it for good.
    pub(crate) fn end(&self, now: Timestamp) -> Result<Self, Refusal> {
        match self.state {
            Recurrence::Ended => Err(Refusal::ScheduleEnded),
            _ => Ok(self.turned(Recurrence::Ended, now)),
        }
    }

    /// Stops it by itself.
    pub(crate) fn stop(&self, reason: StopReason, now: Timestamp) -> Self {
        self.turned(Recurrence::Stopped(reason), now)
    }

    /// The one of this day was made.
    pub(crate) fn made_on(&self, day: NaiveDate, now: Timestamp) -> Self {
        let state = Recurrence::after(&self.plan, Some(day));
        let state = state.unwrap_or(Recurrence::Stopped(StopReason::OutsideCalendar));
        Self { done_through: Some(day), made: self.made.saturating_add(1), ..self.turned(state, now) }
    }

    /// The draft that the next one begins as, to be judged by what there is then.
    pub(crate) fn next_draft(&self) -> DraftInvoice {
        let FullInvoice { invoice, document, notes, terms, .. } = &self.draft;
        let money = |amount: Amount| Money { amount: amount.minor(), currency: invoice.currency };
        let discount = |discount| match discount {
            Discount::None => WriteDiscount::None,
            Discount::Share(share) => WriteDiscount::Share(share.get().into()),
            Discount::Amount(amount) => WriteDiscount::Amount(money(amount)),
        };
        let lines = document.lines.iter().map(|line| WriteDocumentLine {
            description: line.line.description.as_str().to_owned(),
            quantity: line.line.quantity.to_string(),
            unit_price: money(line.line.unit_price),
            discount: discount(line.line.discount),
            tax_rate: line.tax_rate.as_ref().map(|(id, _)| *id),
            item: line.item,
        });
        DraftInvoice {
            customer: invoice.customer,
            currency: invoice.currency.code().to_owned(),
            document: WriteDocument { lines: lines.collect(), discount: discount(document.discount) },
            po_number: Some(invoice.po_number.clone()),
            notes: Some(notes.clone()),
            terms: Some(terms.clone()),
            due_days: Some(invoice.due_days.get().into()),
        }
    }

    pub(crate) fn changes_since(&self, before: &Self) -> Changes {
        let mut changes = self.draft.changes_since(&before.draft);
        changes.note("startOn", before.plan.start(), self.plan.start());
        changes.note("period", before.plan.period().name(), self.plan.period().name());
        changes.note("every", before.plan.every().get(), self.plan.every().get());
        changes.note("calendar", before.plan.calendar().name(), self.plan.calendar().name());
        changes.note("end", before.plan.end().to_string(), self.plan.end().to_string());
        changes.note("making", before.making.name(), self.making.name());
        changes
    }

    fn turned(&self, state: Recurrence, now: Timestamp) -> Self {
        let mut after = Self { state, ..self.clone() };
        after.version = self.version.next();
        after.updated_at = now;
        after.draft.invoice.version = after.version;
        after.draft.invoice.updated_at = now;
        after
    }
}

impl Recurrence {
    /// How it goes on once all up to a day is done.
    pub(crate) fn after(plan: &Schedule, done_through: Option<NaiveDate>) -> Result<Self, Refusal> {
        match plan.next_after(done_through) {
            None => Ok(Self::Ended),
            Some(next) => Ok(Self::Active { next: next?.on }),
        }
    }

    /// The bare status.
    pub const fn status(self) -> RecurrenceStatus {
        match self {
            Self::Active { .. } => RecurrenceStatus::Active,
            Self::Paused => RecurrenceStatus::Paused,
            Self::Stopped(_) => RecurrenceStatus::Stopped,
            Self::Ended => RecurrenceStatus::Ended,
        }
    }

    /// The day of the next one.
    pub const fn next(self) -> Option<NaiveDate> {
        match self {
            Self::Active { next } => Some(next),
            _ => None,
        }
    }
}

impl StopReason {
    /// What it means for a schedule that an invoice could not be made; the error itself where that is no matter of
    /// the schedule.
    pub(crate) fn of(error: Error) -> Result<Self, Error> {
        match error {
            Error::Refused(Refusal::Calendar(_)) => Ok(Self::OutsideCalendar),
            Error::Refused(_) => Ok(Self::Invalid),
            Error::Invalid(faults) => {
                let archived = |end: &str| {
                    faults.iter().any(|fault| fault.code == "archived" && fault.field.ends_with(end))
                };
                Ok(match (archived("customerId"), archived("taxRateId")) {
                    (true, _) => Self::CustomerArchived,
                    (false, true) => Self::TaxRateArchived,
                    (false, false) => Self::Invalid,
                })
            }
            other => Err(other),
        }
    }
}

/// A draft that belongs to a schedule alone.
pub(crate) fn draft_id(id: InvoiceScheduleId) -> InvoiceId {
    InvoiceId::from_uuid(id.uuid())
}

/// Refuses to issue what has no lines.
pub(crate) fn must_have_lines(making: Making, draft: &FullInvoice) -> Result<(), kernel::FieldFault> {
    match making {
        Making::Issue if draft.document.lines.is_empty() => {
            Err(kernel::FieldFault::new("lines", "required", "must have a line if it is to be issued"))
        }
        _ => Ok(()),
    }
}
