//! What happened to an invoice.

use actix_web::web::{Data, Path};
use invoices::{Happened, Invoices};
use kernel::{EventId, InvoiceId, Scope, UserId};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{Answer, Caller, Endpoint, Instant, PageQuery, Reply};

pub(super) fn endpoints() -> Vec<Endpoint> {
    let path = "/invoices/{id}/activity";
    vec![
        Endpoint::get("invoices_activity", path, "List what happened to an invoice")
            .scope(Scope::InvoicesRead)
            .description(
                "And to its payments, credit notes, links, mails and papers. The newest first. What happened to a \
                 deleted draft is in the audit log alone.",
            )
            .lists::<ActivityView>()
            .to(list),
    ]
}

/// Something that happened to an invoice or to what belongs to it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = InvoiceActivity)]
struct ActivityView {
    #[schema(value_type = Uuid)]
    id: EventId,
    /// The kind of event, `invoices.payment_recorded` for instance.
    #[serde(rename = "type")]
    kind: String,
    /// The person who did it, be it by a key; null where nobody did who is known.
    #[schema(value_type = Option<Uuid>)]
    actor_id: Option<UserId>,
    /// `user`, `api_key`, `system`, or `anonymous`: somebody with a link.
    actor_kind: String,
    /// Ids and changed fields, as events have them.
    data: Value,
    at: Instant,
}

impl From<Happened> for ActivityView {
    fn from(happened: Happened) -> Self {
        Self {
            id: happened.id,
            kind: happened.kind,
            actor_id: happened.actor,
            actor_kind: happened.actor_kind,
            data: happened.data,
            at: happened.at.into(),
        }
    }
}

async fn list(
    Caller(actor): Caller,
    id: Path<InvoiceId>,
    page: PageQuery,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let found = invoices.activity(&actor, *id, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(ActivityView::from))))
}
