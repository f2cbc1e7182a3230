use chrono::NaiveDate;
use kernel::{Calendar, FieldFault, Fields, InvoiceScheduleId, Timestamp, UserId, Version};

use super::{Making, Recurrence, RecurringInvoice, draft_id, must_have_lines};
use crate::document::Known;
use crate::{
    Customer, DraftInvoice, Error, FullInvoice, InvoiceSettings, Refusal, Schedule, ScheduleEnd,
    SchedulePeriod, UpdateDraft, WriteSchedule,
};

/// Lets an invoice recur.
#[derive(Clone, Debug)]
pub struct CreateRecurring {
    pub draft: DraftInvoice,
    pub rhythm: WriteSchedule,
    pub making: Making,
}

/// Changes one; what is absent stays, and so does what was made.
#[derive(Clone, Debug, Default)]
pub struct UpdateRecurring {
    pub draft: UpdateDraft,
    pub rhythm: UpdateRhythm,
    pub making: Option<Making>,
}

/// Changes the days. All but the end makes another rhythm of it, which begins anew: on a day after all that was made.
#[derive(Clone, Copy, Debug, Default)]
pub struct UpdateRhythm {
    pub start: Option<NaiveDate>,
    pub period: Option<SchedulePeriod>,
    pub every: Option<i64>,
    pub calendar: Option<Calendar>,
    pub end: Option<ScheduleEnd>,
}

impl CreateRecurring {
    pub(crate) fn parse(
        self,
        (id, created_by): (InvoiceScheduleId, Option<UserId>),
        settings: &InvoiceSettings,
        customer: Option<&Customer>,
        known: &Known,
        (today, now): (NaiveDate, Timestamp),
    ) -> Result<RecurringInvoice, Error> {
        let mut fields = Fields::new();
        let draft = self.draft.parse(draft_id(id), settings, customer, known, now);
        let draft = fields.check_all(judged(draft)?);
        if let Some(draft) = &draft {
            fields.check(must_have_lines(self.making, draft));
        }
        let plan = fields.check_all(self.rhythm.parse());
        if let Some(plan) = &plan {
            fields.check(must_not_be_past(plan.start(), today));
        }
        let (Some(draft), Some(plan), true) = (draft, plan, fields.is_empty()) else {
            return Err(fields.into());
        };
        Ok(RecurringInvoice {
            id,
            draft,
            state: Recurrence::after(&plan, None)?,
            plan,
            making: self.making,
            done_through: None,
            made: 0,
            created_by,
            version: Version::FIRST,
            created_at: now,
            updated_at: now,
        })
    }
}

impl UpdateRecurring {
    /// The one after it.
    pub(crate) fn of(
        self,
        before: &RecurringInvoice,
        customer: Option<&Customer>,
        known: &Known,
        (today, now): (NaiveDate, Timestamp),
    ) -> Result<RecurringInvoice, Error> {
        if before.state == Recurrence::Ended {
            return Err(Refusal::ScheduleEnded.into());
        }
        let mut fields = Fields::new();
        let making = self.making.unwrap_or(before.making);
        let draft = fields.check_all(judged(self.draft.of(&before.draft, customer, known, now))?);
        if let Some(draft) = &draft {
            fields.check(must_have_lines(making, draft));
        }
        let plan = fields.check_all(self.rhythm.of(before, today));
        let state = plan.and_then(|plan| fields.check(state(before, &plan)));
        let (Some(draft), Some(plan), Some(state), true) = (draft, plan, state, fields.is_empty()) else {
            return Err(fields.into());
        };
        let touched = before.turned(state, now);
        let mut draft: FullInvoice = draft;
        draft.invoice.version = touched.version;
        Ok(RecurringInvoice { draft, plan, making, ..touched })
    }
}

impl UpdateRhythm {
    fn of(self, before: &RecurringInvoice, today: NaiveDate) -> Result<Schedule, Vec<FieldFault>> {
        let plan = &before.plan;
        let write = WriteSchedule {
            start: self.start.unwrap_or(plan.start()),
            period: self.period.unwrap_or(plan.period()),
            every: self.every.unwrap_or(plan.every().get().into()),
            calendar: self.calendar.unwrap_or(plan.calendar()),
            end: self.end.unwrap_or(plan.end()),
        };
        let after = write.parse()?;
        let is_same = |it: &Schedule| (it.start(), it.period(), it.every(), it.calendar());
        if is_same(&after) == is_same(plan) {
            return Ok(after);
        }
        must_not_be_past(after.start(), today).map_err(|fault| vec![fault])?;
        match before.done_through {
            Some(done) if after.start() <= done => {
                let detail = "must be after the last day that was made: another rhythm begins anew";
                Err(vec![FieldFault::new("startOn", "out_of_range", detail)])
            }
            _ => Ok(after),
        }
    }
}

/// Whether it goes on as it did, on other days.
fn state(before: &RecurringInvoice, plan: &Schedule) -> Result<Recurrence, FieldFault> {
    let Recurrence::Active { .. } = before.state else { return Ok(before.state) };
    match Recurrence::after(plan, before.done_through) {
        Ok(Recurrence::Ended) => {
            Err(FieldFault::new("end", "out_of_range", "must leave a day; end the schedule instead"))
        }
        Ok(state) => Ok(state),
        Err(refusal) => Err(FieldFault::new("startOn", "outside_calendar", refusal.to_string())),
    }
}

fn must_not_be_past(start: NaiveDate, today: NaiveDate) -> Result<(), FieldFault> {
    if start >= today {
        return Ok(());
    }
    Err(FieldFault::new("startOn", "out_of_range", "must not be before today"))
}

/// Faults to be told together with others; any other error at once.
fn judged<T>(outcome: Result<T, Error>) -> Result<Result<T, Vec<FieldFault>>, Error> {
    match outcome {
        Ok(value) => Ok(Ok(value)),
        Err(Error::Invalid(faults)) => Ok(Err(faults)),
        Err(other) => Err(other),
    }
}
