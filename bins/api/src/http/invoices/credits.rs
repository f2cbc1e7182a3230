//! What takes back a part of an invoice, or all of it.

use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use invoices::{CreditNote, FullCreditNote, Invoices, WriteCreditNote};
use kernel::{CreditNoteId, InvoiceId, Scope};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::BODY;
use super::document::{DocumentView, LineBody, PartyView};
use crate::http::money::MoneyWord;
use crate::{Answer, Body, Caller, Endpoint, Instant, PageQuery, Problem, Reply};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![list_endpoint(), create_endpoint(), get_endpoint()]
}

fn list_endpoint() -> Endpoint {
    let path = "/invoices/{id}/credit-notes";
    Endpoint::get("invoice_credit_notes_list", path, "List the credit notes of an invoice")
        .scope(Scope::InvoicesRead)
        .description("Without their lines, the oldest first.")
        .lists::<CreditNoteView>()
        .to(list)
}

fn create_endpoint() -> Endpoint {
    Endpoint::post("invoice_credit_notes_create", "/invoices/{id}/credit-notes", "Issue a credit note")
        .scope(Scope::InvoicesIssue)
        .description(
            "It takes back what its lines say, or all that is not yet credited. At each tax rate at most what was \
             invoiced at it. It reduces what is due first; the rest is refundable.",
        )
        .requires_idempotency_key()
        .body_limit(BODY)
        .body::<CreditBody>(json!({"reason": "Returned unopened"}))
        .creates::<FullCreditNoteView>()
        .renders(|request, actor, id| async move {
            let invoices = request.app_data::<Data<dyn Invoices>>().ok_or_else(Problem::not_found)?;
            Ok(created(&invoices.credit_note(&actor, CreditNoteId::from_uuid(id)).await?))
        })
        .to(create)
}

fn get_endpoint() -> Endpoint {
    Endpoint::get("credit_notes_get", "/credit-notes/{id}", "Show a credit note")
        .scope(Scope::InvoicesRead)
        .returns::<FullCreditNoteView>()
        .to(get)
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WriteCreditNote)]
struct CreditBody {
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
    /// All that is not yet credited if absent.
    #[schema(min_items = 1, max_items = 500)]
    lines: Option<Vec<LineBody>>,
}

/// A credit note without its lines.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CreditNote)]
struct CreditNoteView {
    #[schema(value_type = Uuid)]
    id: CreditNoteId,
    #[schema(value_type = Uuid)]
    invoice_id: InvoiceId,
    number: String,
    reason: String,
    total: MoneyWord,
    /// By how much less was due.
    amount_reduced: MoneyWord,
    /// The rest, which had been paid.
    amount_refundable: MoneyWord,
    issued_on: NaiveDate,
    issued_on_bs: Option<String>,
    issued_at: Instant,
}

/// A credit note with all that stands on it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FullCreditNote)]
struct FullCreditNoteView {
    #[serde(flatten)]
    note: CreditNoteView,
    document: DocumentView,
    seller: PartyView,
    buyer: PartyView,
}

impl From<&CreditNote> for CreditNoteView {
    fn from(note: &CreditNote) -> Self {
        let money = |amount: invoices::Amount| MoneyWord::of(amount.minor(), note.currency);
        Self {
            id: note.id,
            invoice_id: note.invoice,
            number: note.issue.number.to_string(),
            reason: note.reason.as_str().to_owned(),
            total: money(note.sums.total),
            amount_reduced: money(note.reduced),
            amount_refundable: money(note.refundable),
            issued_on: note.issue.on,
            issued_on_bs: note.issue.on_bs.map(|day| day.to_string()),
            issued_at: note.issue.at.into(),
        }
    }
}

impl From<&FullCreditNote> for FullCreditNoteView {
    fn from(full: &FullCreditNote) -> Self {
        Self {
            note: CreditNoteView::from(&full.note),
            document: DocumentView::of(&full.document, full.note.currency),
            seller: PartyView::from(&full.sides.seller),
            buyer: PartyView::from(&full.sides.buyer),
        }
    }
}

async fn list(
    Caller(actor): Caller,
    id: Path<InvoiceId>,
    page: PageQuery,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let found = invoices.credit_notes(&actor, *id, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(|note| CreditNoteView::from(&note)))))
}

async fn create(
    Caller(actor): Caller,
    id: Path<InvoiceId>,
    Body(body): Body<CreditBody>,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let lines = body.lines.map(|lines| lines.into_iter().map(Into::into).collect());
    let command = WriteCreditNote { reason: body.reason, lines };
    Ok(created(&invoices.write_credit_note(&actor, *id, command).await?))
}

fn created(full: &FullCreditNote) -> Reply {
    Reply::created(format!("/credit-notes/{}", full.note.id), FullCreditNoteView::from(full))
}

async fn get(Caller(actor): Caller, id: Path<CreditNoteId>, invoices: Data<dyn Invoices>) -> Answer {
    Ok(Reply::ok(FullCreditNoteView::from(&invoices.credit_note(&actor, *id).await?)))
}
