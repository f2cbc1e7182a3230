//! What customers say that they paid.

use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use invoices::{ClaimPayment, Invoices, PaymentClaim};
use kernel::{InvoiceClaimId, InvoiceId, InvoiceLinkId, Scope, Secret};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::http::money::MoneyWord;
use crate::{Answer, Body, Caller, Endpoint, Instant, PageQuery, Reply};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![list_endpoint(), claim_endpoint()]
}

fn list_endpoint() -> Endpoint {
    let path = "/invoices/{id}/claims";
    Endpoint::get("invoice_claims_list", path, "List who says that an invoice is paid")
        .scope(Scope::InvoicesRead)
        .description("What was said with its links, the newest first. Nothing of it is booked.")
        .lists::<ClaimView>()
        .to(list)
}

fn claim_endpoint() -> Endpoint {
    Endpoint::post("invoice_links_paid", "/invoice-links/paid", "Say that the invoice of a link is paid")
        .public()
        .description("The seller is told; nothing is booked. Said twice on a day, it is said once.")
        .body_limit(4096)
        .body::<ClaimBody>(json!({"token": "0".repeat(64), "reference": "NIC-4711"}))
        .returns_nothing()
        .fails_with(404)
        .fails_with(409)
        .fails_with(410)
        .to(claim)
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ClaimPayment)]
struct ClaimBody {
    #[schema(min_length = 1, max_length = 200)]
    token: String,
    amount: Option<MoneyWord>,
    /// The day it was paid.
    paid_on: Option<NaiveDate>,
    /// As the bank or the gateway calls it.
    #[schema(max_length = 100)]
    reference: Option<String>,
    #[schema(max_length = 500)]
    note: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaymentClaim)]
struct ClaimView {
    #[schema(value_type = Uuid)]
    id: InvoiceClaimId,
    #[schema(value_type = Uuid)]
    invoice_id: InvoiceId,
    /// The link with which it was said.
    #[schema(value_type = Uuid)]
    link_id: InvoiceLinkId,
    amount: Option<MoneyWord>,
    paid_on: Option<NaiveDate>,
    reference: String,
    note: String,
    created_at: Instant,
}

impl From<PaymentClaim> for ClaimView {
    fn from(claim: PaymentClaim) -> Self {
        let currency = claim.currency;
        Self {
            id: claim.id,
            invoice_id: claim.invoice,
            link_id: claim.link,
            amount: claim.amount.map(|amount| MoneyWord::of(amount.minor(), currency)),
            paid_on: claim.paid_on,
            reference: claim.reference,
            note: claim.note,
            created_at: claim.created_at.into(),
        }
    }
}

async fn list(
    Caller(actor): Caller,
    id: Path<InvoiceId>,
    page: PageQuery,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let found = invoices.payment_claims(&actor, *id, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(ClaimView::from))))
}

async fn claim(Caller(actor): Caller, Body(body): Body<ClaimBody>, invoices: Data<dyn Invoices>) -> Answer {
    let ClaimBody { token, amount, paid_on, reference, note } = body;
    let command = ClaimPayment { amount: amount.map(Into::into), paid_on, reference, note };
    invoices.claim_payment(&actor, &Secret::new(token), command).await?;
    Ok(Reply::no_content())
}
