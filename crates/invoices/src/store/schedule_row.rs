//! How an invoice that recurs is laid out.

use database::StoreError;
use database::entities::invoice_schedule::{ActiveModel, Model};
use database::entities::invoice_schedule_line as line;
use kernel::{Calendar, Version};
use sea_orm::ActiveValue::Set;

use super::{lines, row, stored};
use crate::recurring::draft_id;
use crate::{
    DueDays, FullInvoice, Invoice, Life, Making, Recurrence, RecurrenceStatus, RecurringInvoice, Schedule,
    ScheduleEnd, SchedulePeriod, StopReason, Sums, WriteSchedule,
};

/// The columns that change, lines aside.
pub(super) fn written(schedule: &RecurringInvoice) -> ActiveModel {
    let RecurringInvoice { draft, plan, state, .. } = schedule;
    let invoice = &draft.invoice;
    let (discount_kind, discount_value) = row::discount(draft.document.discount);
    let stop_reason = match state {
        Recurrence::Stopped(reason) => Some(reason.name().to_owned()),
        _ => None,
    };
    let plan = PlanColumns::from(plan);
    ActiveModel {
        status: Set(state.status().name().to_owned()),
        stop_reason: Set(stop_reason),
        customer_id: Set(invoice.customer.uuid()),
        currency: Set(invoice.currency.code().to_owned()),
        po_number: Set(invoice.po_number.clone()),
        notes: Set(draft.notes.clone()),
        terms: Set(draft.terms.clone()),
        due_days: Set(invoice.due_days.get().into()),
        discount_kind: Set(discount_kind.to_owned()),
        discount_value: Set(discount_value),
        subtotal: Set(invoice.sums.subtotal.minor()),
        discount: Set(invoice.sums.discount.minor()),
        tax: Set(invoice.sums.tax.minor()),
        total: Set(invoice.sums.total.minor()),
        making: Set(schedule.making.name().to_owned()),
        start_on: Set(plan.start_on),
        period: Set(plan.period),
        every: Set(plan.every),
        calendar: Set(plan.calendar),
        end_on: Set(plan.end_on),
        end_after: Set(plan.end_after),
        done_through: Set(schedule.done_through.map(|day| day.to_string())),
        next_on: Set(state.next().map(|day| day.to_string())),
        made: Set(schedule.made.into()),
        version: Set(schedule.version.0),
        updated_at: Set(schedule.updated_at),
        ..ActiveModel::default()
    }
}

/// Reads one back with these lines.
pub(super) fn read(
    row: Model,
    rows: Vec<line::Model>,
    customer_name: String,
) -> Result<RecurringInvoice, StoreError> {
    let plan = plan(&row)?;
    let state = state(&row)?;
    let discount =
        row::read_discount("invoice_schedules.discount_kind", &row.discount_kind, row.discount_value)?;
    let (notes, terms) = (row.notes.clone(), row.terms.clone());
    let invoice = invoice(&row, customer_name)?;
    let document = lines::document(rows.into_iter().map(Into::into), discount, invoice.sums)?;
    let draft = FullInvoice { invoice, document, notes, terms, sides: None, voided: None, made_by: None };
    Ok(RecurringInvoice {
        id: row.id.into(),
        draft,
        plan,
        making: stored("invoice_schedules.making", &row.making, Making::named)?,
        state,
        done_through: row
            .done_through
            .map(|day| row::day("invoice_schedules.done_through", &day))
            .transpose()?,
        made: u32::try_from(row.made)
            .map_err(|error| StoreError::corrupt("invoice_schedules.made", error))?,
        created_by: row.created_by.map(Into::into),
        version: Version(row.version),
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

fn state(row: &Model) -> Result<Recurrence, StoreError> {
    let missing = || StoreError::corrupt("invoice_schedules.status", row.status.clone());
    Ok(match stored("invoice_schedules.status", &row.status, RecurrenceStatus::named)? {
        RecurrenceStatus::Active => {
            let next = row.next_on.as_deref().ok_or_else(missing)?;
            Recurrence::Active { next: row::day("invoice_schedules.next_on", next)? }
        }
        RecurrenceStatus::Paused => Recurrence::Paused,
        RecurrenceStatus::Stopped => {
            let reason = row.stop_reason.as_deref().ok_or_else(missing)?;
            Recurrence::Stopped(stored("invoice_schedules.stop_reason", reason, StopReason::named)?)
        }
        RecurrenceStatus::Ended => Recurrence::Ended,
    })
}

fn invoice(row: &Model, customer_name: String) -> Result<Invoice, StoreError> {
    let amount = |minor| row::amount("invoice_schedules.total", minor);
    Ok(Invoice {
        id: draft_id(row.id.into()),
        life: Life::Draft,
        customer: row.customer_id.into(),
        customer_name,
        currency: row::currency("invoice_schedules.currency", &row.currency)?,
        po_number: row.po_number.clone(),
        due_days: DueDays::new(row.due_days)
            .ok_or_else(|| StoreError::corrupt("invoice_schedules.due_days", row.due_days.to_string()))?,
        sums: Sums {
            subtotal: amount(row.subtotal)?,
            discount: amount(row.discount)?,
            tax: amount(row.tax)?,
            total: amount(row.total)?,
        },
        issue: None,
        due_on: None,
        version: Version(row.version),
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

/// The columns of the days.
struct PlanColumns {
    start_on: String,
    period: String,
    every: i64,
    calendar: String,
    end_on: Option<String>,
    end_after: Option<i64>,
}

impl From<&Schedule> for PlanColumns {
    fn from(plan: &Schedule) -> Self {
        let (end_on, end_after) = match plan.end() {
            ScheduleEnd::Never => (None, None),
            ScheduleEnd::On(day) => (Some(day.to_string()), None),
            ScheduleEnd::After(count) => (None, Some(count.into())),
        };
        Self {
            start_on: plan.start().to_string(),
            period: plan.period().name().to_owned(),
            every: plan.every().get().into(),
            calendar: plan.calendar().name().to_owned(),
            end_on,
            end_after,
        }
    }
}

/// Reads them back.
fn plan(row: &Model) -> Result<Schedule, StoreError> {
    let end = match (&row.end_on, row.end_after) {
        (Some(day), _) => ScheduleEnd::On(row::day("invoice_schedules.end_on", day)?),
        (None, Some(count)) => ScheduleEnd::After(
            u32::try_from(count)
                .map_err(|error| StoreError::corrupt("invoice_schedules.end_after", error))?,
        ),
        (None, None) => ScheduleEnd::Never,
    };
    let calendar: Calendar = row.calendar.parse().map_err(|fault: kernel::FieldFault| {
        StoreError::corrupt("invoice_schedules.calendar", fault.detail)
    })?;
    let write = WriteSchedule {
        start: row::day("invoice_schedules.start_on", &row.start_on)?,
        period: stored("invoice_schedules.period", &row.period, SchedulePeriod::named)?,
        every: row.every,
        calendar,
        end,
    };
    write.parse().map_err(|faults| StoreError::corrupt("invoice_schedules.start_on", format!("{faults:?}")))
}
