//! Links that show an issued invoice to whoever has them.

use actix_web::web::{Data, Path};
use composition::Services;
use invoices::{InvoiceLink, Invoices, NewInvoiceLink, PublicInvoice};
use kernel::{InvoiceId, InvoiceLinkId, Scope, Secret};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::views::PublicInvoiceView;
use crate::{Answer, Body, Caller, Endpoint, Instant, PageQuery, Reply};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![list_endpoint(), create_endpoint(), revoke_endpoint(), open_endpoint()]
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("invoice_links_list", "/invoices/{id}/public-links", "List the links of an invoice")
        .scope(Scope::InvoicesRead)
        .description("The oldest first, revoked ones too. What they hold is not shown again.")
        .lists::<LinkView>()
        .to(list)
}

fn create_endpoint() -> Endpoint {
    Endpoint::post("invoice_links_create", "/invoices/{id}/public-links", "Make a link to an issued invoice")
        .scope(Scope::InvoicesIssue)
        .description("Whoever has it sees the invoice until it is revoked. It is shown this once.")
        .keeps_no_answer()
        .creates::<NewLinkView>()
        .to(create)
}

fn revoke_endpoint() -> Endpoint {
    Endpoint::delete("invoice_links_revoke", "/invoices/{id}/public-links/{linkId}", "Revoke a link")
        .scope(Scope::InvoicesIssue)
        .returns_nothing()
        .to(revoke)
}

fn open_endpoint() -> Endpoint {
    Endpoint::post("invoice_links_open", "/invoice-links/open", "See the invoice of a link")
        .public()
        .body_limit(4096)
        .body::<OpenBody>(json!({"token": "0".repeat(64)}))
        .returns::<PublicInvoiceView>()
        .fails_with(404)
        .fails_with(410)
        .to(open)
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OpenInvoiceLink)]
struct OpenBody {
    #[schema(min_length = 1, max_length = 200)]
    token: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = InvoiceLink)]
struct LinkView {
    #[schema(value_type = Uuid)]
    id: InvoiceLinkId,
    created_at: Instant,
    revoked_at: Option<Instant>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NewInvoiceLink)]
struct NewLinkView {
    #[schema(value_type = Uuid)]
    id: InvoiceLinkId,
    /// Of the page that shows the invoice.
    url: String,
    created_at: Instant,
}

impl From<InvoiceLink> for LinkView {
    fn from(link: InvoiceLink) -> Self {
        let InvoiceLink { id, created_at, revoked_at, .. } = link;
        Self { id, created_at: created_at.into(), revoked_at: revoked_at.map(Instant::from) }
    }
}

async fn list(
    Caller(actor): Caller,
    id: Path<InvoiceId>,
    page: PageQuery,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let found = invoices.links(&actor, *id, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(LinkView::from))))
}

async fn create(
    Caller(actor): Caller,
    id: Path<InvoiceId>,
    invoices: Data<dyn Invoices>,
    services: Data<Services>,
) -> Answer {
    let NewInvoiceLink { link, token } = invoices.create_link(&actor, *id).await?;
    let url = services.page_with_token("invoice", &token).expose().to_owned();
    let view = NewLinkView { id: link.id, url, created_at: link.created_at.into() };
    Ok(Reply::created(format!("/invoices/{}/public-links/{}", *id, link.id), view))
}

async fn revoke(
    Caller(actor): Caller,
    path: Path<(InvoiceId, InvoiceLinkId)>,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let (invoice, link) = *path;
    invoices.revoke_link(&actor, invoice, link).await?;
    Ok(Reply::no_content())
}

async fn open(Body(body): Body<OpenBody>, invoices: Data<dyn Invoices>) -> Answer {
    let PublicInvoice { invoice, today } = invoices.open_link(&Secret::new(body.token)).await?;
    Ok(Reply::ok(PublicInvoiceView::of(&invoice, today)))
}
