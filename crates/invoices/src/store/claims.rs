//! What customers say that they paid.

use database::entities::invoice_claim::{ActiveModel, Column, Entity, Model};
use database::keyset::{self, Key};
use database::{StoreError, Tx};
use kernel::{Currency, InvoiceId, Keyset, OrganizationId, Page, PageRequest, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::row;
use crate::PaymentClaim;

/// Writes one down, unless the same link said it on the same day; says whether it did not.
pub(crate) async fn insert(tx: &Tx, org: OrganizationId, claim: &PaymentClaim) -> Result<bool, StoreError> {
    let row = ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(claim.id.uuid()),
        invoice_id: Set(claim.invoice.uuid()),
        link_id: Set(claim.link.uuid()),
        claimed_on: Set(claim.said_on.to_string()),
        amount: Set(claim.amount.map(crate::Amount::minor)),
        paid_on: Set(claim.paid_on.map(|day| day.to_string())),
        reference: Set(claim.reference.clone()),
        note: Set(claim.note.clone()),
        created_at: Set(claim.created_at),
    };
    let inserted = Entity::insert(row)
        .on_conflict_do_nothing_on([Column::OrganizationId, Column::LinkId, Column::ClaimedOn])
        .exec_without_returning(tx.connection())
        .await?;
    Ok(matches!(inserted, sea_orm::TryInsertResult::Inserted(1..)))
}

/// Those of an invoice, which is in this currency; the newest first.
pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    (invoice, currency): (InvoiceId, Currency),
    page: &PageRequest,
) -> Result<Page<PaymentClaim>, StoreError> {
    let mut found = Entity::find()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::InvoiceId.eq(invoice.uuid()));
    if let Some(after) = &page.after {
        let (at, id): (Timestamp, Uuid) = (keyset::value(after, 0)?, keyset::value(after, 1)?);
        let column = |column: Column| Expr::col((Entity, column));
        let keys =
            vec![Key::descending(column(Column::CreatedAt), at), Key::descending(column(Column::Id), id)];
        found = found.filter(keyset::after(keys));
    }
    let sorted = found.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).into_model::<Model>();
    let rows = keyset::first(connection, sorted, page.limit.rows() + 1).await?;
    let cut =
        Page::cut(rows, page.limit, |row| Keyset(vec![row.created_at.to_rfc3339(), row.id.to_string()]));
    let rows: Result<Vec<_>, _> = cut.rows.into_iter().map(|row| read(row, currency)).collect();
    Ok(Page { rows: rows?, next: cut.next, total: None })
}

fn read(row: Model, currency: Currency) -> Result<PaymentClaim, StoreError> {
    Ok(PaymentClaim {
        id: row.id.into(),
        invoice: row.invoice_id.into(),
        link: row.link_id.into(),
        said_on: row::day("invoice_claims.claimed_on", &row.claimed_on)?,
        amount: row.amount.map(|minor| row::amount("invoice_claims.amount", minor)).transpose()?,
        currency,
        paid_on: row.paid_on.map(|day| row::day("invoice_claims.paid_on", &day)).transpose()?,
        reference: row.reference,
        note: row.note,
        created_at: row.created_at,
    })
}
