//! Invoices that recur.

use chrono::NaiveDate;
use database::entities::app_installation;
use database::entities::invoice_schedule::{ActiveModel, Column, Entity, Model};
use database::entities::invoice_schedule_line as line;
use database::keyset::{self, Key};
use database::{StoreError, Tx};
use kernel::{App, InvoiceScheduleId, Keyset, OrganizationId, Page, PageRequest, Timestamp};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LockType, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::schedule_row::{read, written};
use super::{customers, lines, row};
use crate::{Error, RecurringFilter, RecurringInvoice};

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    id: InvoiceScheduleId,
) -> Result<Option<RecurringInvoice>, StoreError> {
    let row = Entity::find_by_id((org.uuid(), id.uuid())).one(connection).await?;
    match row {
        Some(row) => whole(connection, org, row).await.map(Some),
        None => Ok(None),
    }
}

/// One, kept from other changes until the commit.
pub(crate) async fn lock(
    tx: &Tx,
    org: OrganizationId,
    id: InvoiceScheduleId,
) -> Result<RecurringInvoice, Error> {
    let one = Entity::find_by_id((org.uuid(), id.uuid())).lock(LockType::NoKeyUpdate);
    let row = one.one(tx.connection()).await.map_err(StoreError::from)?.ok_or(Error::NotFound)?;
    Ok(whole(tx.connection(), org, row).await?)
}

pub(crate) async fn insert(
    tx: &Tx,
    org: OrganizationId,
    schedule: &RecurringInvoice,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(schedule.id.uuid()),
        created_by: Set(schedule.created_by.map(Into::into)),
        created_at: Set(schedule.created_at),
        ..written(schedule)
    };
    Entity::insert(row).exec_without_returning(tx.connection()).await?;
    insert_lines(tx, org, schedule).await
}

/// Writes one that was locked before in this transaction, but not its lines.
pub(crate) async fn save(
    tx: &Tx,
    org: OrganizationId,
    schedule: &RecurringInvoice,
) -> Result<(), StoreError> {
    let one =
        Condition::all().add(Column::OrganizationId.eq(org.uuid())).add(Column::Id.eq(schedule.id.uuid()));
    Entity::update_many().set(written(schedule)).filter(one).exec(tx.connection()).await?;
    Ok(())
}

/// Puts the lines it has now in place of those it had.
pub(crate) async fn replace_lines(
    tx: &Tx,
    org: OrganizationId,
    schedule: &RecurringInvoice,
) -> Result<(), StoreError> {
    line::Entity::delete_many()
        .filter(line::Column::OrganizationId.eq(org.uuid()))
        .filter(line::Column::ScheduleId.eq(schedule.id.uuid()))
        .exec(tx.connection())
        .await?;
    insert_lines(tx, org, schedule).await
}

/// The newest first, without their lines.
pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    filter: &RecurringFilter,
    page: &PageRequest,
) -> Result<Page<RecurringInvoice>, StoreError> {
    let mut found = Entity::find().filter(wanted(org, filter));
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
    let names = customers::names(connection, org, cut.rows.iter().map(|row| row.customer_id.into())).await?;
    let read = cut.rows.into_iter().map(|row| {
        let name = names.get(&row.customer_id.into()).cloned().unwrap_or_default();
        read(row, Vec::new(), name)
    });
    let rows: Result<Vec<_>, _> = read.collect();
    Ok(Page { rows: rows?, next: cut.next, total: None })
}

/// A place in what is due: the day of the next one, and the id.
pub(crate) type Place = (NaiveDate, Uuid);

/// What may be due on a day, of whatever organization that has the app: the timetable is everybody's. In the order of
/// the days, after a place.
pub(crate) async fn due(
    connection: &impl ConnectionTrait,
    day: NaiveDate,
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<(OrganizationId, InvoiceScheduleId, Place)>, StoreError> {
    let installed = Query::select()
        .expr(Expr::val(1))
        .from(app_installation::Entity)
        .and_where(
            Expr::col((app_installation::Entity, app_installation::Column::OrganizationId))
                .equals((Entity, Column::OrganizationId)),
        )
        .and_where(
            Expr::col((app_installation::Entity, app_installation::Column::App)).eq(App::Invoices.key()),
        )
        .take();
    let mut found = Entity::find()
        .select_only()
        .columns([Column::OrganizationId, Column::Id, Column::NextOn])
        .filter(Column::NextOn.lte(day.to_string()))
        .filter(Expr::exists(installed));
    if let Some((on, id)) = after {
        let column = |column: Column| Expr::col((Entity, column));
        let keys = vec![
            Key::ascending(column(Column::NextOn), on.to_string()),
            Key::ascending(column(Column::Id), id),
        ];
        found = found.filter(keyset::after(keys));
    }
    let sorted = found.order_by_asc(Column::NextOn).order_by_asc(Column::Id).limit(limit);
    let rows: Vec<(Uuid, Uuid, String)> = sorted.into_tuple().all(connection).await?;
    let read = rows
        .into_iter()
        .map(|(org, id, on)| Ok((org.into(), id.into(), (row::day("invoice_schedules.next_on", &on)?, id))));
    read.collect()
}

fn wanted(org: OrganizationId, filter: &RecurringFilter) -> Condition {
    let statuses = filter.statuses.iter().map(|status| status.name());
    Condition::all()
        .add(Column::OrganizationId.eq(org.uuid()))
        .add_option((!filter.statuses.is_empty()).then(|| Column::Status.is_in(statuses)))
        .add_option(filter.customer.map(|customer| Column::CustomerId.eq(customer.uuid())))
}

async fn insert_lines(tx: &Tx, org: OrganizationId, schedule: &RecurringInvoice) -> Result<(), StoreError> {
    let rows: Vec<_> = lines::rows(&schedule.draft.document)
        .map(|row| row.of_schedule(org.uuid(), schedule.id.uuid()))
        .collect();
    for some in rows.chunks(lines::AT_ONCE) {
        let some = some.iter().cloned().map(IntoActiveModel::into_active_model);
        line::Entity::insert_many(some).exec_without_returning(tx.connection()).await?;
    }
    Ok(())
}

async fn whole(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    row: Model,
) -> Result<RecurringInvoice, StoreError> {
    let rows = line::Entity::find()
        .filter(line::Column::OrganizationId.eq(org.uuid()))
        .filter(line::Column::ScheduleId.eq(row.id))
        .order_by_asc(line::Column::Position)
        .all(connection)
        .await?;
    let customer = row.customer_id.into();
    let name = customers::names(connection, org, [customer]).await?.remove(&customer).unwrap_or_default();
    read(row, rows, name)
}
