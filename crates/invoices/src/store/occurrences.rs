//! Which invoices were made by schedules.

use std::collections::HashMap;

use database::entities::invoice;
use database::entities::invoice_occurrence::{ActiveModel, Column, Entity, Model};
use database::keyset::{self, Key};
use database::{StoreError, Tx};
use kernel::{InvoiceId, InvoiceScheduleId, Keyset, OrganizationId, Page, PageRequest, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{customers, invoices, row};
use crate::{Invoice, MadeBy, MadeInvoice};

/// Writes down that the invoice of a day was made. The database lets it happen once.
pub(crate) async fn insert(
    tx: &Tx,
    org: OrganizationId,
    by: MadeBy,
    invoice: InvoiceId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        organization_id: Set(org.uuid()),
        schedule_id: Set(by.schedule.uuid()),
        occurs_on: Set(by.occurs_on.to_string()),
        invoice_id: Set(Some(invoice.uuid())),
        made_at: Set(now),
    };
    Entity::insert(row).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// By which schedule an invoice was made, if by any.
pub(crate) async fn of(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    invoice: InvoiceId,
) -> Result<Option<MadeBy>, StoreError> {
    let found = Entity::find()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::InvoiceId.eq(invoice.uuid()))
        .one(connection)
        .await?;
    let made_by = found.map(|row| {
        let occurs_on = row::day("invoice_occurrences.occurs_on", &row.occurs_on)?;
        Ok(MadeBy { schedule: row.schedule_id.into(), occurs_on })
    });
    made_by.transpose()
}

/// Lets go of a draft that is deleted in this transaction. What was made stays made.
pub(crate) async fn let_go(tx: &Tx, org: OrganizationId, invoice: InvoiceId) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::InvoiceId, Expr::value(Option::<Uuid>::None))
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::InvoiceId.eq(invoice.uuid()))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// What a schedule made, the latest day first.
pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    schedule: InvoiceScheduleId,
    page: &PageRequest,
) -> Result<Page<MadeInvoice>, StoreError> {
    let mut found = Entity::find()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::ScheduleId.eq(schedule.uuid()));
    if let Some(after) = &page.after {
        let day: String = keyset::value(after, 0)?;
        found =
            found.filter(keyset::after(vec![Key::descending(Expr::col((Entity, Column::OccursOn)), day)]));
    }
    let sorted = found.order_by_desc(Column::OccursOn).into_model::<Model>();
    let rows = keyset::first(connection, sorted, page.limit.rows() + 1).await?;
    let cut = Page::cut(rows, page.limit, |row| Keyset(vec![row.occurs_on.clone()]));
    let mut invoices = self::invoices(connection, org, &cut.rows).await?;
    let made = cut.rows.into_iter().map(|row| {
        Ok(MadeInvoice {
            occurs_on: row::day("invoice_occurrences.occurs_on", &row.occurs_on)?,
            made_at: row.made_at,
            invoice: row.invoice_id.and_then(|id| invoices.remove(&id)),
        })
    });
    let rows: Result<Vec<_>, StoreError> = made.collect();
    Ok(Page { rows: rows?, next: cut.next, total: None })
}

async fn invoices(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    rows: &[Model],
) -> Result<HashMap<Uuid, Invoice>, StoreError> {
    let found = invoice::Entity::find()
        .filter(invoice::Column::OrganizationId.eq(org.uuid()))
        .filter(invoice::Column::Id.is_in(rows.iter().filter_map(|row| row.invoice_id)))
        .all(connection)
        .await?;
    let nameless = found.iter().filter(|row| row.buyer_name.is_none());
    let names = customers::names(connection, org, nameless.map(|row| row.customer_id.into())).await?;
    let read = found.into_iter().map(|row| {
        let now = || names.get(&row.customer_id.into()).cloned();
        let (id, name) = (row.id, row.buyer_name.clone().or_else(now).unwrap_or_default());
        Ok((id, invoices::read(row, name)?))
    });
    read.collect()
}
