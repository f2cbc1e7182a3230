//! What clients send about invoices that recur.

use chrono::NaiveDate;
use invoices::{
    CreateRecurring, DraftInvoice, Making, Missed, RecurringFilter, ScheduleEnd, UpdateDraft,
    UpdateRecurring, UpdateRhythm, WriteSchedule,
};
use kernel::{CustomerId, Patch};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::invoices::document::{DiscountWord, LineBody};
use crate::http::invoices::wire::document;
use crate::http::invoices::words::{PeriodWord, RecurrenceWord};
use crate::http::money::CurrencyWord;
use crate::http::words::CalendarWord;
use crate::patch;

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SchedulesQuery {
    /// Any of these.
    #[serde(default)]
    status: Vec<RecurrenceWord>,
    #[schema(value_type = Option<Uuid>)]
    customer_id: Option<CustomerId>,
}

/// When it ends.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schema(as = ScheduleEnd)]
pub(super) enum EndWord {
    Never,
    /// On this day, or the last one before it.
    On {
        on: NaiveDate,
    },
    /// After so many invoices, counted from the first day.
    After {
        #[schema(minimum = 1, maximum = 10_000)]
        count: u32,
    },
}

/// An invoice that is made again and again. What is absent is as the organization has set it now.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CreateInvoiceSchedule)]
pub(super) struct CreateBody {
    #[schema(value_type = Uuid)]
    customer_id: CustomerId,
    currency: CurrencyWord,
    #[schema(max_items = 500)]
    lines: Vec<LineBody>,
    /// On the whole document.
    discount: Option<DiscountWord>,
    #[schema(max_length = 60)]
    po_number: Option<String>,
    #[schema(max_length = 2_000)]
    notes: Option<String>,
    #[schema(max_length = 2_000)]
    terms: Option<String>,
    #[schema(minimum = 0, maximum = 365)]
    due_days: Option<i64>,
    /// The first day; today at the earliest.
    start_on: NaiveDate,
    period: PeriodWord,
    /// Every so many periods.
    #[schema(minimum = 1, maximum = 365)]
    every: i64,
    /// Whose months and years are meant; the Gregorian ones unless told.
    calendar: Option<CalendarWord>,
    /// Never unless told.
    end: Option<EndWord>,
    /// Issues each invoice at once; a draft that waits for somebody unless told.
    auto_issue: Option<bool>,
}

/// A rhythm as it is typed.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PreviewInvoiceSchedule)]
pub(super) struct PreviewBody {
    start_on: NaiveDate,
    period: PeriodWord,
    #[schema(minimum = 1, maximum = 365)]
    every: i64,
    calendar: Option<CalendarWord>,
    end: Option<EndWord>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UpdateInvoiceSchedule)]
pub(super) struct UpdateBody {
    #[schema(value_type = Option<Uuid>)]
    customer_id: Option<CustomerId>,
    /// Another one needs `lines` too.
    currency: Option<CurrencyWord>,
    /// All lines; the ones there stay if absent.
    #[schema(max_items = 500)]
    lines: Option<Vec<LineBody>>,
    /// On the whole document; none of it are 0 basis points.
    discount: Option<DiscountWord>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, max_length = 60, extensions(("x-clearable" = json!(true))))]
    po_number: Patch<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, max_length = 2_000, extensions(("x-clearable" = json!(true))))]
    notes: Patch<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, max_length = 2_000, extensions(("x-clearable" = json!(true))))]
    terms: Patch<String>,
    #[schema(minimum = 0, maximum = 365)]
    due_days: Option<i64>,
    start_on: Option<NaiveDate>,
    period: Option<PeriodWord>,
    #[schema(minimum = 1, maximum = 365)]
    every: Option<i64>,
    calendar: Option<CalendarWord>,
    end: Option<EndWord>,
    auto_issue: Option<bool>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ResumeInvoiceSchedule)]
pub(super) struct ResumeBody {
    missed: Option<MissedWord>,
}

/// What becomes of invoices that were not made meanwhile.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MissedInvoices)]
enum MissedWord {
    Make,
    /// But the one of today, if there is one.
    Skip,
}

impl ResumeBody {
    pub(super) fn missed(&self) -> Option<Missed> {
        self.missed.map(|missed| match missed {
            MissedWord::Make => Missed::Make,
            MissedWord::Skip => Missed::Skip,
        })
    }
}

impl From<SchedulesQuery> for RecurringFilter {
    fn from(query: SchedulesQuery) -> Self {
        let statuses = query.status.into_iter().map(Into::into).collect();
        Self { statuses, customer: query.customer_id }
    }
}

impl From<EndWord> for ScheduleEnd {
    fn from(word: EndWord) -> Self {
        match word {
            EndWord::Never => Self::Never,
            EndWord::On { on } => Self::On(on),
            EndWord::After { count } => Self::After(count),
        }
    }
}

impl From<ScheduleEnd> for EndWord {
    fn from(end: ScheduleEnd) -> Self {
        match end {
            ScheduleEnd::Never => Self::Never,
            ScheduleEnd::On(on) => Self::On { on },
            ScheduleEnd::After(count) => Self::After { count },
        }
    }
}

impl From<PreviewBody> for WriteSchedule {
    fn from(body: PreviewBody) -> Self {
        let PreviewBody { start_on, period, every, calendar, end } = body;
        Self {
            start: start_on,
            period: period.into(),
            every,
            calendar: calendar.unwrap_or(CalendarWord::Ad).into(),
            end: end.unwrap_or(EndWord::Never).into(),
        }
    }
}

impl From<CreateBody> for CreateRecurring {
    fn from(body: CreateBody) -> Self {
        let CreateBody { start_on, period, every, calendar, end, .. } = body;
        let rhythm = PreviewBody { start_on, period, every, calendar, end };
        let draft = DraftInvoice {
            customer: body.customer_id,
            currency: body.currency.0.code().to_owned(),
            document: document(body.lines, body.discount),
            po_number: body.po_number,
            notes: body.notes,
            terms: body.terms,
            due_days: body.due_days,
        };
        Self { draft, rhythm: rhythm.into(), making: making(body.auto_issue.unwrap_or_default()) }
    }
}

impl From<UpdateBody> for UpdateRecurring {
    fn from(body: UpdateBody) -> Self {
        let draft = UpdateDraft {
            customer: body.customer_id,
            currency: body.currency.map(|currency| currency.0.code().to_owned()),
            lines: body.lines.map(|lines| lines.into_iter().map(Into::into).collect()),
            discount: body.discount.map(Into::into),
            po_number: body.po_number,
            notes: body.notes,
            terms: body.terms,
            due_days: body.due_days,
        };
        let rhythm = UpdateRhythm {
            start: body.start_on,
            period: body.period.map(Into::into),
            every: body.every,
            calendar: body.calendar.map(Into::into),
            end: body.end.map(Into::into),
        };
        Self { draft, rhythm, making: body.auto_issue.map(making) }
    }
}

const fn making(auto_issue: bool) -> Making {
    if auto_issue { Making::Issue } else { Making::Draft }
}
