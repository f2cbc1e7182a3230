use actix_web::web::{Data, Path};
use invoices::{FullInvoice, Invoices};
use kernel::{Actor, InvoiceId, Scope};
use serde_json::{Value, json};

use crate::{Answer, Body, Caller, Endpoint, IfMatch, Module, PageQuery, Problem, Query, Reply};

mod activity;
mod claims;
mod credits;
mod document;
mod links;
mod papers;
mod payments;
mod reports;
mod schedules;
mod sendings;
mod settings;
mod views;
mod wire;
mod words;

pub(super) use words::{StandingWord, TaxKindWord};

use document::DocumentView;
use views::{FullInvoiceView, InvoiceView};
use wire::{DraftBody, InvoicesQuery, PreviewBody, UpdateBody, VoidBody};

/// Codes of the rules of invoices.
const CODES: &[(&str, &str)] = &[
    ("not_draft", "The invoice is issued, and an issued invoice never changes"),
    ("not_issued", "The invoice is a draft"),
    ("invoice_void", "The invoice is void"),
    ("no_lines", "An invoice needs at least one line"),
    ("has_payments", "The invoice has payments"),
    ("has_credit_notes", "The invoice has credit notes"),
    ("overpayment", "The payment is more than is due"),
    ("credit_too_large", "The credit is more than is not yet credited"),
    ("credit_not_invoiced", "The credit takes more at a tax rate than was invoiced at it"),
    ("refund_too_large", "The refund is more than can be refunded"),
    ("schedule_ended", "The schedule has ended"),
    ("schedule_active", "The schedule is active already"),
    ("schedule_not_active", "Only an active schedule can be paused"),
    ("outside_calendar", "The calendar does not have this day"),
    ("link_revoked", "The link was revoked"),
    ("document_not_ready", "The paper is not printed yet"),
    ("invoices_not_ready", "The invoices of the organization were not prepared"),
];

/// Five hundred long lines fit in.
const BODY: usize = 1_048_576;

pub(crate) fn module() -> Module {
    let module = Module::new("invoices", "Invoices, what is paid for them, and credit notes").codes(CODES);
    let own = [list_endpoint(), create_endpoint(), preview_endpoint(), get_endpoint(), update_endpoint()];
    let acts = [delete_endpoint(), issue_endpoint(), void_endpoint()];
    let parts = [
        activity::endpoints(),
        payments::endpoints(),
        credits::endpoints(),
        links::endpoints(),
        sendings::endpoints(),
        claims::endpoints(),
        papers::endpoints(),
        reports::endpoints(),
        schedules::endpoints(),
        settings::endpoints(),
    ];
    own.into_iter().chain(acts).chain(parts.into_iter().flatten()).fold(module, Module::with)
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("invoices_list", "/invoices", "List invoices")
        .scope(Scope::InvoicesRead)
        .description("Without their lines. The newest first unless `sort` says otherwise.")
        .query::<InvoicesQuery>()
        .lists_counted::<InvoiceView>()
        .to(list)
}

fn a_line() -> Value {
    json!({
        "description": "Ilam tea, 500 g",
        "quantity": "2.000",
        "unitPrice": {"amount": 45_000, "currency": "NPR"},
        "taxRateId": "00000000-0000-7000-8000-000000020001",
    })
}

fn create_endpoint() -> Endpoint {
    let customer = "01890a5d-ac96-774b-bcce-b302099a8057";
    Endpoint::post("invoices_create", "/invoices", "Draft an invoice")
        .scope(Scope::InvoicesWrite)
        .description("It has no number until it is issued. What is absent is as the organization has set it.")
        .body_limit(BODY)
        .body::<DraftBody>(json!({"customerId": customer, "currency": "NPR", "lines": [a_line()]}))
        .creates::<FullInvoiceView>()
        .renders(again)
        .to(create)
}

fn preview_endpoint() -> Endpoint {
    Endpoint::post("invoices_preview", "/invoices/preview", "Add up lines as they are typed")
        .scope(Scope::InvoicesWrite)
        .description("Keeps nothing.")
        .keeps_no_answer()
        .body_limit(BODY)
        .body::<PreviewBody>(json!({"currency": "NPR", "lines": [a_line()]}))
        .returns::<DocumentView>()
        .to(preview)
}

fn get_endpoint() -> Endpoint {
    Endpoint::get("invoices_get", "/invoices/{id}", "Show an invoice")
        .scope(Scope::InvoicesRead)
        .versioned()
        .returns::<FullInvoiceView>()
        .to(get)
}

fn update_endpoint() -> Endpoint {
    Endpoint::patch("invoices_update", "/invoices/{id}", "Change a draft")
        .scope(Scope::InvoicesWrite)
        .versioned()
        .body_limit(BODY)
        .body::<UpdateBody>(json!({"lines": [a_line()], "poNumber": "PO-7"}))
        .returns::<FullInvoiceView>()
        .to(update)
}

fn delete_endpoint() -> Endpoint {
    Endpoint::delete("invoices_delete", "/invoices/{id}", "Delete a draft")
        .scope(Scope::InvoicesWrite)
        .versioned()
        .returns_nothing()
        .to(delete)
}

fn issue_endpoint() -> Endpoint {
    Endpoint::post("invoices_issue", "/invoices/{id}/issue", "Issue a draft")
        .scope(Scope::InvoicesIssue)
        .description(
            "It gets the next number of its series and fiscal year, and both sides as they are now; from then on it \
             never changes.",
        )
        .versioned()
        .requires_idempotency_key()
        .returns::<FullInvoiceView>()
        .renders(again)
        .to(issue)
}

fn void_endpoint() -> Endpoint {
    Endpoint::post("invoices_void", "/invoices/{id}/void", "Make an issued invoice void")
        .scope(Scope::InvoicesVoid)
        .description("One that has neither payments nor credit notes. It keeps its number.")
        .versioned()
        .body::<VoidBody>(json!({"reason": "Written to the wrong customer"}))
        .returns::<FullInvoiceView>()
        .to(void)
}

/// What an earlier request made.
async fn again(request: actix_web::HttpRequest, actor: Actor, id: uuid::Uuid) -> Result<Reply, Problem> {
    let invoices = request.app_data::<Data<dyn Invoices>>().ok_or_else(Problem::not_found)?;
    let full = invoices.get(&actor, InvoiceId::from_uuid(id)).await?;
    shown(&actor, invoices, &full).await
}

async fn list(
    Caller(actor): Caller,
    Query(query): Query<InvoicesQuery>,
    page: PageQuery,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let (filter, sort) = query.parts();
    let found = invoices.list(&actor, &filter, sort, &page.request.clone()).await?;
    let today = invoices.today(&actor).await?;
    Ok(Reply::ok(page.answer(found.map(|invoice| InvoiceView::of(&invoice, today)))))
}

async fn create(Caller(actor): Caller, Body(body): Body<DraftBody>, invoices: Data<dyn Invoices>) -> Answer {
    let full = invoices.draft(&actor, body.into()).await?;
    let view = FullInvoiceView::of(&full, invoices.today(&actor).await?);
    Ok(Reply::created(format!("/invoices/{}", full.invoice.id), view).at(full.invoice.version))
}

async fn preview(
    Caller(actor): Caller,
    Body(body): Body<PreviewBody>,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let currency = body.currency.0;
    let document = invoices.preview(&actor, currency.code(), body.document()).await?;
    Ok(Reply::ok(DocumentView::of(&document, currency)))
}

async fn get(Caller(actor): Caller, id: Path<InvoiceId>, invoices: Data<dyn Invoices>) -> Answer {
    let full = invoices.get(&actor, *id).await?;
    shown(&actor, &invoices, &full).await
}

async fn shown(actor: &Actor, invoices: &Data<dyn Invoices>, full: &FullInvoice) -> Answer {
    let today = invoices.today(actor).await?;
    Ok(Reply::ok(FullInvoiceView::of(full, today)).at(full.invoice.version))
}

async fn update(
    Caller(actor): Caller,
    id: Path<InvoiceId>,
    IfMatch(version): IfMatch,
    Body(body): Body<UpdateBody>,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let full = invoices.update(&actor, *id, version, body.into()).await?;
    shown(&actor, &invoices, &full).await
}

async fn delete(
    Caller(actor): Caller,
    id: Path<InvoiceId>,
    IfMatch(version): IfMatch,
    invoices: Data<dyn Invoices>,
) -> Answer {
    invoices.delete(&actor, *id, version).await?;
    Ok(Reply::no_content())
}

async fn issue(
    Caller(actor): Caller,
    id: Path<InvoiceId>,
    IfMatch(version): IfMatch,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let full = invoices.issue(&actor, *id, version).await?;
    shown(&actor, &invoices, &full).await
}

async fn void(
    Caller(actor): Caller,
    id: Path<InvoiceId>,
    IfMatch(version): IfMatch,
    Body(body): Body<VoidBody>,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let full = invoices.void(&actor, *id, version, &body.reason).await?;
    shown(&actor, &invoices, &full).await
}
