//! What the log tells of an invoice. It is read here, and written by every commit.

use database::entities::event::{Column, Entity};
use database::entities::{credit_note, invoice_claim, invoice_link, invoice_payment, invoice_sending};
use database::{StoreError, keyset, log};
use kernel::{InvoiceId, Keyset, OrganizationId, Page, PageRequest, UserId};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::Happened;

/// What happened to an invoice and to what belongs to it, the newest first.
pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    invoice: InvoiceId,
    page: &PageRequest,
) -> Result<Page<Happened>, StoreError> {
    let mut found = Entity::find().filter(Column::StreamId.eq(org.uuid())).filter(about(org, invoice));
    if let Some(after) = &page.after {
        found = found.filter(Column::Seq.lt(keyset::value::<i64>(after, 0)?));
    }
    let sorted = found.order_by_desc(Column::Seq).limit(page.limit.rows() + 1);
    let rows = sorted.all(connection).await?;
    let cut = Page::cut(rows, page.limit, |row| Keyset(vec![row.seq.to_string()]));
    let read = cut.rows.into_iter().map(|row| {
        let event = log::recorded(row)?;
        Ok(Happened {
            id: event.id,
            kind: event.kind,
            actor: event.actor_user_id.map(UserId::from_uuid),
            actor_kind: event.actor_kind,
            data: event.data,
            at: event.occurred_at,
        })
    });
    let rows: Result<Vec<_>, StoreError> = read.collect();
    Ok(Page { rows: rows?, next: cut.next, total: None })
}

/// The invoice itself, or one of those that point to it.
fn about(org: OrganizationId, invoice: InvoiceId) -> Condition {
    let subject = |kind: &'static str| Condition::all().add(Column::SubjectType.eq(kind));
    let among = |kind, ids: SelectStatement| subject(kind).add(Column::SubjectId.in_subquery(ids));
    Condition::any()
        .add(subject("invoice").add(Column::SubjectId.eq(invoice.uuid())))
        .add(among("payment", ids_of::<invoice_payment::Entity>(org, invoice)))
        .add(among("credit_note", ids_of::<credit_note::Entity>(org, invoice)))
        .add(among("invoice_link", ids_of::<invoice_link::Entity>(org, invoice)))
        .add(among("invoice_sending", ids_of::<invoice_sending::Entity>(org, invoice)))
        .add(among("payment_claim", ids_of::<invoice_claim::Entity>(org, invoice)))
}

/// The ids of what points to an invoice.
fn ids_of<E: EntityTrait>(org: OrganizationId, invoice: InvoiceId) -> SelectStatement {
    Query::select()
        .column("id")
        .from(E::default())
        .and_where(Expr::col("organization_id").eq(org.uuid()))
        .and_where(Expr::col("invoice_id").eq(invoice.uuid()))
        .take()
}
