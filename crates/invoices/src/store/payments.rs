//! Money that moved.

use database::entities::invoice;
use database::entities::invoice_payment::{ActiveModel, Column, Entity, Model};
use database::keyset::{self, Key};
use database::{StoreError, Tx};
use kernel::{Currency, InvoiceId, Keyset, OrganizationId, Page, PageRequest, PaymentId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{row, stored};
use crate::{Method, Payment, PaymentKind};

pub(crate) async fn insert(tx: &Tx, org: OrganizationId, payment: &Payment) -> Result<(), StoreError> {
    let row = ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(payment.id.uuid()),
        invoice_id: Set(payment.invoice.uuid()),
        kind: Set(payment.kind.name().to_owned()),
        amount: Set(payment.amount.minor()),
        method: Set(payment.method.name().to_owned()),
        reference: Set(payment.reference.clone()),
        note: Set(payment.note.clone()),
        paid_on: Set(payment.paid_on.to_string()),
        recorded_by: Set(payment.recorded_by.map(Into::into)),
        recorded_at: Set(payment.recorded_at),
    };
    Entity::insert(row).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// One payment, in the currency of its invoice.
pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    id: PaymentId,
) -> Result<Option<Payment>, StoreError> {
    let Some(row) = Entity::find_by_id((org.uuid(), id.uuid())).one(connection).await? else {
        return Ok(None);
    };
    let of = invoice::Entity::find_by_id((org.uuid(), row.invoice_id))
        .select_only()
        .column(invoice::Column::Currency)
        .into_tuple::<String>();
    let code = of.one(connection).await?.unwrap_or_default();
    read(row, row::currency("invoices.currency", &code)?).map(Some)
}

/// The payments of an invoice, which is in this currency; the oldest first.
pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    (invoice, currency): (InvoiceId, Currency),
    page: &PageRequest,
) -> Result<Page<Payment>, StoreError> {
    let mut found = Entity::find()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::InvoiceId.eq(invoice.uuid()));
    if let Some(after) = &page.after {
        let (at, id): (Timestamp, Uuid) = (keyset::value(after, 0)?, keyset::value(after, 1)?);
        let column = |column: Column| Expr::col((Entity, column));
        let keys =
            vec![Key::ascending(column(Column::RecordedAt), at), Key::ascending(column(Column::Id), id)];
        found = found.filter(keyset::after(keys));
    }
    let sorted = found.order_by_asc(Column::RecordedAt).order_by_asc(Column::Id).into_model::<Model>();
    let rows = keyset::first(connection, sorted, page.limit.rows() + 1).await?;
    let cut =
        Page::cut(rows, page.limit, |row| Keyset(vec![row.recorded_at.to_rfc3339(), row.id.to_string()]));
    let rows: Result<Vec<_>, _> = cut.rows.into_iter().map(|row| read(row, currency)).collect();
    Ok(Page { rows: rows?, next: cut.next, total: None })
}

fn read(row: Model, currency: Currency) -> Result<Payment, StoreError> {
    Ok(Payment {
        id: row.id.into(),
        invoice: row.invoice_id.into(),
        kind: stored("invoice_payments.kind", &row.kind, PaymentKind::named)?,
        amount: row::amount("invoice_payments.amount", row.amount)?,
        currency,
        method: stored("invoice_payments.method", &row.method, Method::named)?,
        reference: row.reference,
        note: row.note,
        paid_on: row::day("invoice_payments.paid_on", &row.paid_on)?,
        recorded_by: row.recorded_by.map(Into::into),
        recorded_at: row.recorded_at,
    })
}
