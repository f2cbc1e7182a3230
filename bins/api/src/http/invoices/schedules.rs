//! Invoices that are made again and again.

use actix_web::web::{Data, Path};
use invoices::{Invoices, RecurringInvoice};
use kernel::{InvoiceScheduleId, Scope};
use serde_json::{Value, json};

use super::{BODY, a_line};
use crate::endpoint::Draft;
use crate::{Answer, Body, Caller, Endpoint, IfMatch, PageQuery, Problem, Query, Reply};

mod views;
mod wire;

use views::{DaysView, FullScheduleView, MadeView, ScheduleView};
use wire::{CreateBody, PreviewBody, ResumeBody, SchedulesQuery, UpdateBody};

/// How many days a preview shows.
const PREVIEW: usize = 12;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        list_endpoint(),
        create_endpoint(),
        preview_endpoint(),
        get_endpoint(),
        update_endpoint(),
        made_endpoint(),
        act("invoice_schedules_pause", "/invoice-schedules/{id}/pause", "Pause a schedule")
            .description("Nothing is made until it is resumed.")
            .to(pause),
        resume_endpoint(),
        act("invoice_schedules_end", "/invoice-schedules/{id}/end", "End a schedule")
            .description("For good. What it made stays.")
            .to(end),
    ]
}

fn list_endpoint() -> Endpoint {
    let summary = "List invoices that recur, the newest first";
    Endpoint::get("invoice_schedules_list", "/invoice-schedules", summary)
        .scope(Scope::InvoicesRead)
        .query::<SchedulesQuery>()
        .lists::<ScheduleView>()
        .to(list)
}

fn example() -> Value {
    json!({
        "customerId": "01890a5d-ac96-774b-bcce-b302099a8057",
        "currency": "NPR",
        "lines": [a_line()],
        "startOn": "2999-01-31",
        "period": "month",
        "every": 1,
    })
}

fn create_endpoint() -> Endpoint {
    Endpoint::post("invoice_schedules_create", "/invoice-schedules", "Let an invoice recur")
        .scope(Scope::InvoicesWrite)
        .description(
            "Days are the organization's, and counted from the first one: the 31st comes back after a short month. \
             Each is made once; what was missed is made late, and issued on the day on which it is made. With \
             `autoIssue` it needs `invoices:issue` besides.",
        )
        .body_limit(BODY)
        .body::<CreateBody>(example())
        .creates::<FullScheduleView>()
        .renders(|request, actor, id| async move {
            let invoices = request.app_data::<Data<dyn Invoices>>().ok_or_else(Problem::not_found)?;
            Ok(created(&invoices.schedule(&actor, InvoiceScheduleId::from_uuid(id)).await?))
        })
        .to(create)
}

fn preview_endpoint() -> Endpoint {
    let path = "/invoice-schedules/preview";
    Endpoint::post("invoice_schedules_preview", path, "Show the first days of a rhythm")
        .scope(Scope::InvoicesWrite)
        .description("At most twelve. Keeps nothing.")
        .keeps_no_answer()
        .body::<PreviewBody>(json!({"startOn": "2999-01-31", "period": "month", "every": 1}))
        .returns::<DaysView>()
        .to(preview)
}

fn get_endpoint() -> Endpoint {
    Endpoint::get("invoice_schedules_get", "/invoice-schedules/{id}", "Show an invoice that recurs")
        .scope(Scope::InvoicesRead)
        .versioned()
        .returns::<FullScheduleView>()
        .to(get)
}

fn update_endpoint() -> Endpoint {
    Endpoint::patch("invoice_schedules_update", "/invoice-schedules/{id}", "Change an invoice that recurs")
        .scope(Scope::InvoicesWrite)
        .description(
            "For invoices to come. Another rhythm begins anew: it needs a `startOn` after all that was made. Where \
             invoices are issued by themselves it needs `invoices:issue` besides.",
        )
        .versioned()
        .body_limit(BODY)
        .body::<UpdateBody>(json!({"lines": [a_line()], "poNumber": "PO-7"}))
        .returns::<FullScheduleView>()
        .to(update)
}

fn made_endpoint() -> Endpoint {
    let path = "/invoice-schedules/{id}/invoices";
    Endpoint::get("invoice_schedules_invoices", path, "List what a schedule made")
        .scope(Scope::InvoicesRead)
        .description("The latest day first.")
        .lists::<MadeView>()
        .to(made)
}

fn resume_endpoint() -> Endpoint {
    act("invoice_schedules_resume", "/invoice-schedules/{id}/resume", "Go on with a schedule")
        .description(
            "Unless `missed` says otherwise, what fell into a pause is left out, and what it owes since it stopped is \
             made. Where invoices are issued by themselves it needs `invoices:issue` besides.",
        )
        .body::<ResumeBody>(json!({}))
        .to(resume)
}

fn act(id: &'static str, path: &'static str, summary: &'static str) -> Draft {
    Endpoint::post(id, path, summary)
        .scope(Scope::InvoicesWrite)
        .versioned()
        .returns::<FullScheduleView>()
        .fails_with(409)
}

fn created(schedule: &RecurringInvoice) -> Reply {
    let view = FullScheduleView::of(schedule);
    Reply::created(format!("/invoice-schedules/{}", schedule.id), view).at(schedule.version)
}

fn shown(schedule: &RecurringInvoice) -> Reply {
    Reply::ok(FullScheduleView::of(schedule)).at(schedule.version)
}

async fn list(
    Caller(actor): Caller,
    Query(query): Query<SchedulesQuery>,
    page: PageQuery,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let found = invoices.schedules(&actor, &query.into(), &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(|schedule| ScheduleView::of(&schedule)))))
}

async fn create(Caller(actor): Caller, Body(body): Body<CreateBody>, invoices: Data<dyn Invoices>) -> Answer {
    Ok(created(&invoices.create_schedule(&actor, body.into()).await?))
}

async fn preview(
    Caller(actor): Caller,
    Body(body): Body<PreviewBody>,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let days = invoices.preview_schedule(&actor, body.into(), PREVIEW).await?;
    Ok(Reply::ok(DaysView::of(days)))
}

async fn get(Caller(actor): Caller, id: Path<InvoiceScheduleId>, invoices: Data<dyn Invoices>) -> Answer {
    Ok(shown(&invoices.schedule(&actor, *id).await?))
}

async fn update(
    Caller(actor): Caller,
    id: Path<InvoiceScheduleId>,
    IfMatch(version): IfMatch,
    Body(body): Body<UpdateBody>,
    invoices: Data<dyn Invoices>,
) -> Answer {
    Ok(shown(&invoices.update_schedule(&actor, *id, version, body.into()).await?))
}

async fn made(
    Caller(actor): Caller,
    id: Path<InvoiceScheduleId>,
    page: PageQuery,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let found = invoices.made(&actor, *id, &page.request.clone()).await?;
    let today = invoices.today(&actor).await?;
    Ok(Reply::ok(page.answer(found.map(|made| MadeView::of(&made, today)))))
}

async fn pause(
    Caller(actor): Caller,
    id: Path<InvoiceScheduleId>,
    IfMatch(version): IfMatch,
    invoices: Data<dyn Invoices>,
) -> Answer {
    Ok(shown(&invoices.pause_schedule(&actor, *id, version).await?))
}

async fn resume(
    Caller(actor): Caller,
    id: Path<InvoiceScheduleId>,
    IfMatch(version): IfMatch,
    Body(body): Body<ResumeBody>,
    invoices: Data<dyn Invoices>,
) -> Answer {
    Ok(shown(&invoices.resume_schedule(&actor, *id, version, body.missed()).await?))
}

async fn end(
    Caller(actor): Caller,
    id: Path<InvoiceScheduleId>,
    IfMatch(version): IfMatch,
    invoices: Data<dyn Invoices>,
) -> Answer {
    Ok(shown(&invoices.end_schedule(&actor, *id, version).await?))
}
