//! Links that show an invoice to whoever has them.

use database::entities::invoice_link::{ActiveModel, Column, Entity, Model};
use database::keyset::{self, Key};
use database::{StoreError, Tx};
use kernel::{InvoiceId, InvoiceLinkId, Keyset, OrganizationId, Page, PageRequest, Timestamp, UserId};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::InvoiceLink;

pub(crate) async fn insert(
    tx: &Tx,
    org: OrganizationId,
    link: &InvoiceLink,
    token_hash: Vec<u8>,
    created_by: Option<UserId>,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(link.id.uuid()),
        invoice_id: Set(link.invoice.uuid()),
        token_hash: Set(token_hash),
        created_by: Set(created_by.map(Into::into)),
        created_at: Set(link.created_at),
        revoked_at: Set(link.revoked_at),
    };
    Entity::insert(row).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// Revokes a link of an invoice; false if there is none, or it is revoked already.
pub(crate) async fn revoke(
    tx: &Tx,
    org: OrganizationId,
    invoice: InvoiceId,
    id: InvoiceLinkId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let revoked = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now))
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::InvoiceId.eq(invoice.uuid()))
        .filter(Column::Id.eq(id.uuid()))
        .filter(Column::RevokedAt.is_null())
        .exec(tx.connection())
        .await?;
    Ok(revoked.rows_affected > 0)
}

/// Whether a link is there and was not revoked.
pub(crate) async fn is_open(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    id: InvoiceLinkId,
) -> Result<bool, StoreError> {
    let row = Entity::find_by_id((org.uuid(), id.uuid())).one(connection).await?;
    Ok(row.is_some_and(|row| row.revoked_at.is_none()))
}

/// Of which organization and invoice a link is, and whether it was revoked. Without organization: whoever opens a link
/// has nothing but the link, and its hash belongs to one organization alone.
pub(crate) async fn open(
    connection: &impl ConnectionTrait,
    token_hash: Vec<u8>,
) -> Result<Option<(OrganizationId, InvoiceLink)>, StoreError> {
    let row = Entity::find().filter(Column::TokenHash.eq(token_hash)).one(connection).await?;
    Ok(row.map(|row| (row.organization_id.into(), read(row))))
}

/// The links of an invoice, the oldest first.
pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    invoice: InvoiceId,
    page: &PageRequest,
) -> Result<Page<InvoiceLink>, StoreError> {
    let mut found = Entity::find()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::InvoiceId.eq(invoice.uuid()));
    if let Some(after) = &page.after {
        let (at, id): (Timestamp, Uuid) = (keyset::value(after, 0)?, keyset::value(after, 1)?);
        let column = |column: Column| Expr::col((Entity, column));
        let keys =
            vec![Key::ascending(column(Column::CreatedAt), at), Key::ascending(column(Column::Id), id)];
        found = found.filter(keyset::after(keys));
    }
    let sorted = found.order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).into_model::<Model>();
    let rows = keyset::first(connection, sorted, page.limit.rows() + 1).await?;
    let cut =
        Page::cut(rows, page.limit, |row| Keyset(vec![row.created_at.to_rfc3339(), row.id.to_string()]));
    Ok(cut.map(read))
}

fn read(row: Model) -> InvoiceLink {
    InvoiceLink {
        id: row.id.into(),
        invoice: row.invoice_id.into(),
        created_at: row.created_at,
        revoked_at: row.revoked_at,
    }
}
