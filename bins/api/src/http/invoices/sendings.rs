//! Documents mailed to customers.

use actix_web::HttpRequest;
use actix_web::web::{Data, Path};
use invoices::{Invoices, PaperOf, Purpose, SendDocument, Sending, SendingState};
use kernel::{Actor, CreditNoteId, InvoiceId, InvoiceLinkId, InvoiceSendingId, Scope, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Answer, Body, Caller, Endpoint, Instant, PageQuery, Problem, Reply};

/// What is said of every one.
const ABOUT: &str = "A job mails it, with the paper and, of an invoice, a link of its own; until then the sending is \
                     `queued`. The paper is the original if nobody has it yet, else a marked copy.";

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![list_endpoint(), send_endpoint(), send_note_endpoint()]
}

fn list_endpoint() -> Endpoint {
    let path = "/invoices/{id}/sendings";
    Endpoint::get("invoice_sendings_list", path, "List to whom an invoice was mailed")
        .scope(Scope::InvoicesRead)
        .description("With those of its credit notes and its reminders, the newest first.")
        .lists::<SendingView>()
        .to(list)
}

fn send_endpoint() -> Endpoint {
    Endpoint::post("invoices_send", "/invoices/{id}/send", "Mail an issued invoice to its customer")
        .scope(Scope::InvoicesIssue)
        .description(ABOUT)
        .requires_idempotency_key()
        .costs(20)
        .body::<SendBody>(example())
        .creates::<SendingView>()
        .renders(again)
        .to(send)
}

fn send_note_endpoint() -> Endpoint {
    Endpoint::post("credit_notes_send", "/credit-notes/{id}/send", "Mail a credit note to its customer")
        .scope(Scope::InvoicesIssue)
        .description(ABOUT)
        .requires_idempotency_key()
        .costs(20)
        .body::<SendBody>(example())
        .creates::<SendingView>()
        .renders(again)
        .to(send_note)
}

fn example() -> Value {
    json!({"to": ["accounts@example.com"], "message": "Thank you for your order."})
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SendDocument)]
struct SendBody {
    /// The customer's address unless told.
    #[serde(default)]
    #[schema(max_items = 10)]
    to: Vec<String>,
    #[serde(default)]
    #[schema(max_items = 10)]
    cc: Vec<String>,
    /// As the product writes it unless told.
    #[schema(max_length = 200)]
    subject: Option<String>,
    /// Own words, put above the figures.
    #[schema(max_length = 2000)]
    message: Option<String>,
}

impl From<SendBody> for SendDocument {
    fn from(body: SendBody) -> Self {
        let SendBody { to, cc, subject, message } = body;
        Self { to, cc, subject, message }
    }
}

/// How far a mail came.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SendingState)]
enum StateWord {
    Queued,
    /// The next mail system has it.
    Sent,
    /// It will not arrive.
    Failed,
    /// What it was about was over before it left.
    Cancelled,
}

#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SendingPurpose)]
enum PurposeWord {
    Document,
    Reminder,
}

#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SentDocumentType)]
enum DocumentWord {
    Invoice,
    CreditNote,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = InvoiceSending)]
pub(super) struct SendingView {
    #[schema(value_type = Uuid)]
    id: InvoiceSendingId,
    #[schema(value_type = Uuid)]
    invoice_id: InvoiceId,
    document_type: DocumentWord,
    document_id: Uuid,
    purpose: PurposeWord,
    /// Of a reminder that went by itself: how many days after the last day to pay, or before it.
    reminder_offset: Option<i64>,
    to: Vec<String>,
    cc: Vec<String>,
    subject: Option<String>,
    message: String,
    state: StateWord,
    /// Why it failed.
    error: Option<String>,
    /// The link that was mailed, to be revoked for instance.
    #[schema(value_type = Option<Uuid>)]
    link_id: Option<InvoiceLinkId>,
    /// Absent where the program sent it by itself.
    #[schema(value_type = Option<Uuid>)]
    created_by: Option<UserId>,
    created_at: Instant,
    ended_at: Option<Instant>,
}

impl From<Sending> for SendingView {
    fn from(sending: Sending) -> Self {
        let words = |addresses: &[kernel::EmailAddress]| addresses.iter().map(ToString::to_string).collect();
        let (purpose, reminder_offset) = match sending.purpose {
            Purpose::Document => (PurposeWord::Document, None),
            Purpose::Reminder { offset } => (PurposeWord::Reminder, offset),
        };
        Self {
            id: sending.id,
            invoice_id: sending.invoice,
            document_type: match sending.of {
                PaperOf::Invoice(_) => DocumentWord::Invoice,
                PaperOf::CreditNote(_) => DocumentWord::CreditNote,
            },
            document_id: sending.of.id(),
            purpose,
            reminder_offset,
            to: words(&sending.to),
            cc: words(&sending.cc),
            subject: sending.subject,
            message: sending.message,
            state: match sending.state {
                SendingState::Queued => StateWord::Queued,
                SendingState::Sent => StateWord::Sent,
                SendingState::Failed => StateWord::Failed,
                SendingState::Cancelled => StateWord::Cancelled,
            },
            error: sending.error,
            link_id: sending.link.map(|link| link.id),
            created_by: sending.created_by,
            created_at: sending.created_at.into(),
            ended_at: sending.ended_at.map(Instant::from),
        }
    }
}

pub(super) async fn again(request: HttpRequest, actor: Actor, id: Uuid) -> Result<Reply, Problem> {
    let invoices = request.app_data::<Data<dyn Invoices>>().ok_or_else(Problem::not_found)?;
    Ok(created(invoices.sending(&actor, InvoiceSendingId::from_uuid(id)).await?))
}

pub(super) fn created(sending: Sending) -> Reply {
    Reply::created(format!("/invoices/{}/sendings", sending.invoice), SendingView::from(sending))
}

async fn list(
    Caller(actor): Caller,
    id: Path<InvoiceId>,
    page: PageQuery,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let found = invoices.sendings(&actor, *id, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(SendingView::from))))
}

async fn send(
    Caller(actor): Caller,
    id: Path<InvoiceId>,
    Body(body): Body<SendBody>,
    invoices: Data<dyn Invoices>,
) -> Answer {
    Ok(created(invoices.send(&actor, PaperOf::Invoice(*id), body.into()).await?))
}

async fn send_note(
    Caller(actor): Caller,
    id: Path<CreditNoteId>,
    Body(body): Body<SendBody>,
    invoices: Data<dyn Invoices>,
) -> Answer {
    Ok(created(invoices.send(&actor, PaperOf::CreditNote(*id), body.into()).await?))
}
