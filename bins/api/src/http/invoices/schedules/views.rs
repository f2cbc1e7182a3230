//! What clients get of invoices that recur.

use chrono::NaiveDate;
use invoices::{MadeInvoice, Making, Recurrence, RecurringInvoice, bikram_sambat};
use kernel::{CustomerId, InvoiceScheduleId};
use serde::Serialize;
use utoipa::ToSchema;

use super::wire::EndWord;
use crate::Instant;
use crate::http::invoices::document::DocumentView;
use crate::http::invoices::views::InvoiceView;
use crate::http::invoices::words::{PeriodWord, RecurrenceWord, StopWord};
use crate::http::money::MoneyWord;
use crate::http::words::CalendarWord;

/// How many of the next days are shown.
const UPCOMING: usize = 6;

/// An invoice that recurs, without its lines.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = InvoiceSchedule)]
pub(super) struct ScheduleView {
    #[schema(value_type = Uuid)]
    id: InvoiceScheduleId,
    status: RecurrenceWord,
    /// Why it stopped by itself.
    stop_reason: Option<StopWord>,
    #[schema(value_type = Uuid)]
    customer_id: CustomerId,
    customer_name: String,
    currency: String,
    /// What each invoice comes to.
    total: MoneyWord,
    start_on: NaiveDate,
    /// The same day in Bikram Sambat, where its table has it.
    start_on_bs: Option<String>,
    period: PeriodWord,
    every: u16,
    calendar: CalendarWord,
    end: EndWord,
    auto_issue: bool,
    /// The day of the next one; null unless it is active.
    next_on: Option<NaiveDate>,
    next_on_bs: Option<String>,
    /// How many it made.
    made_count: u32,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

/// An invoice that recurs, with all that will stand on it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FullInvoiceSchedule)]
pub(super) struct FullScheduleView {
    #[serde(flatten)]
    schedule: ScheduleView,
    document: DocumentView,
    po_number: String,
    notes: String,
    terms: String,
    due_days: u16,
    /// The next days, six at most.
    upcoming: Vec<DayView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ScheduleDay)]
pub(super) struct DayView {
    on: NaiveDate,
    /// The same day in Bikram Sambat, as in `2083-08-07`, where its table has it.
    on_bs: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ScheduleDays)]
pub(super) struct DaysView {
    days: Vec<DayView>,
}

/// One time that a schedule made an invoice.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MadeInvoice)]
pub(super) struct MadeView {
    /// The day of the schedule, whenever it was made.
    occurs_on: NaiveDate,
    occurs_on_bs: Option<String>,
    made_at: Instant,
    /// Null once its draft was deleted.
    invoice: Option<InvoiceView>,
}

impl ScheduleView {
    pub(super) fn of(schedule: &RecurringInvoice) -> Self {
        let RecurringInvoice { draft, plan, state, .. } = schedule;
        let invoice = &draft.invoice;
        Self {
            id: schedule.id,
            status: state.status().into(),
            stop_reason: match state {
                Recurrence::Stopped(reason) => Some((*reason).into()),
                _ => None,
            },
            customer_id: invoice.customer,
            customer_name: invoice.customer_name.clone(),
            currency: invoice.currency.code().to_owned(),
            total: MoneyWord::of(invoice.sums.total.minor(), invoice.currency),
            start_on: plan.start(),
            start_on_bs: bikram_sambat(plan.start()),
            period: plan.period().into(),
            every: plan.every().get(),
            calendar: plan.calendar().into(),
            end: plan.end().into(),
            auto_issue: schedule.making == Making::Issue,
            next_on: state.next(),
            next_on_bs: state.next().and_then(bikram_sambat),
            made_count: schedule.made,
            version: schedule.version.0,
            created_at: schedule.created_at.into(),
            updated_at: schedule.updated_at.into(),
        }
    }
}

impl FullScheduleView {
    pub(super) fn of(schedule: &RecurringInvoice) -> Self {
        let draft = &schedule.draft;
        Self {
            schedule: ScheduleView::of(schedule),
            document: DocumentView::of(&draft.document, draft.invoice.currency),
            po_number: draft.invoice.po_number.clone(),
            notes: draft.notes.clone(),
            terms: draft.terms.clone(),
            due_days: draft.invoice.due_days.get(),
            upcoming: schedule.upcoming(UPCOMING).into_iter().map(DayView::from).collect(),
        }
    }
}

impl From<NaiveDate> for DayView {
    fn from(on: NaiveDate) -> Self {
        Self { on, on_bs: bikram_sambat(on) }
    }
}

impl DaysView {
    pub(super) fn of(days: Vec<NaiveDate>) -> Self {
        Self { days: days.into_iter().map(DayView::from).collect() }
    }
}

impl MadeView {
    pub(super) fn of(made: &MadeInvoice, today: NaiveDate) -> Self {
        Self {
            occurs_on: made.occurs_on,
            occurs_on_bs: bikram_sambat(made.occurs_on),
            made_at: made.made_at.into(),
            invoice: made.invoice.as_ref().map(|invoice| InvoiceView::of(invoice, today)),
        }
    }
}
