//! The papers of issued documents.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use files::Files;
use invoices::{Invoices, Paper, PaperOf, Wanted};
use kernel::{CreditNoteId, InvoiceId, Scope, Secret};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::http::files::shown;
use crate::{Body, Caller, Endpoint, Problem, Query};

const PDF: &str = "application/pdf";

/// What is said of every paper.
const ABOUT: &str = "Printed soon after the document is issued; until then 404 `document_not_ready`. The first paper \
                     that is handed out, here, by a public link or by mail, is the original; later ones are marked as \
                     copies, and so are those of void invoices.";

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![invoice_endpoint(), credit_note_endpoint(), public_endpoint()]
}

fn invoice_endpoint() -> Endpoint {
    Endpoint::get("invoices_pdf", "/invoices/{id}/pdf", "Get an invoice as PDF")
        .scope(Scope::InvoicesRead)
        .description(ABOUT)
        .query::<PaperQuery>()
        .streams(PDF)
        .to(invoice)
}

fn credit_note_endpoint() -> Endpoint {
    Endpoint::get("credit_notes_pdf", "/credit-notes/{id}/pdf", "Get a credit note as PDF")
        .scope(Scope::InvoicesRead)
        .description(ABOUT)
        .query::<PaperQuery>()
        .streams(PDF)
        .to(credit_note)
}

fn public_endpoint() -> Endpoint {
    Endpoint::post("invoice_links_pdf", "/invoice-links/pdf", "Get the invoice of a link as PDF")
        .public()
        .description(ABOUT)
        .body_limit(4096)
        .body::<TokenBody>(json!({"token": "0".repeat(64)}))
        .streams(PDF)
        .fails_with(404)
        .fails_with(410)
        .to(public)
}

/// Which paper is asked for.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PaperWanted)]
enum WantedWord {
    /// The original if nobody has it yet, else a copy.
    Next,
    /// A copy in any case: to look at it, and leave the original where it is.
    Copy,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PaperQuery {
    /// `next` unless told.
    wanted: Option<WantedWord>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = InvoiceLinkToken)]
struct TokenBody {
    #[schema(min_length = 1, max_length = 200)]
    token: String,
}

impl PaperQuery {
    fn wanted(&self) -> Wanted {
        match self.wanted {
            None | Some(WantedWord::Next) => Wanted::Next,
            Some(WantedWord::Copy) => Wanted::Copy,
        }
    }
}

async fn invoice(
    Caller(actor): Caller,
    id: Path<InvoiceId>,
    Query(query): Query<PaperQuery>,
    invoices: Data<dyn Invoices>,
    files: Data<dyn Files>,
) -> Result<HttpResponse, Problem> {
    let paper = invoices.paper(&actor, PaperOf::Invoice(*id), query.wanted()).await?;
    opened(&files, &paper).await
}

async fn credit_note(
    Caller(actor): Caller,
    id: Path<CreditNoteId>,
    Query(query): Query<PaperQuery>,
    invoices: Data<dyn Invoices>,
    files: Data<dyn Files>,
) -> Result<HttpResponse, Problem> {
    let paper = invoices.paper(&actor, PaperOf::CreditNote(*id), query.wanted()).await?;
    opened(&files, &paper).await
}

async fn public(
    Caller(actor): Caller,
    Body(body): Body<TokenBody>,
    invoices: Data<dyn Invoices>,
    files: Data<dyn Files>,
) -> Result<HttpResponse, Problem> {
    let paper = invoices.public_paper(&actor, &Secret::new(body.token)).await?;
    opened(&files, &paper).await
}

async fn opened(files: &Data<dyn Files>, paper: &Paper) -> Result<HttpResponse, Problem> {
    Ok(shown(files.content(paper.org, paper.file).await?))
}
