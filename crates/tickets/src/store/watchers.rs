//! Who watches which ticket.

use database::entities::{membership, ticket_watcher};
use database::{StoreError, Tx, keyset};
use kernel::{Keyset, OrganizationId, Page, PageRequest, SystemRole, TicketId, Timestamp, UserId};
use sea_orm::sea_query::{OnConflict, SelectStatement};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use uuid::Uuid;

/// The tickets that a person watches, for other queries.
pub(super) fn watched_by(org: OrganizationId, user: UserId) -> SelectStatement {
    ticket_watcher::Entity::find()
        .select_only()
        .column(ticket_watcher::Column::TicketId)
        .filter(ticket_watcher::Column::OrganizationId.eq(org.uuid()))
        .filter(ticket_watcher::Column::UserId.eq(user.uuid()))
        .into_query()
}

fn of_ticket(org: OrganizationId, ticket: TicketId) -> Select<ticket_watcher::Entity> {
    ticket_watcher::Entity::find()
        .filter(ticket_watcher::Column::OrganizationId.eq(org.uuid()))
        .filter(ticket_watcher::Column::TicketId.eq(ticket.uuid()))
}

/// Everybody who watches one of the tickets.
pub(crate) async fn of_many(
    tx: &Tx,
    org: OrganizationId,
    tickets: &[TicketId],
) -> Result<Vec<(TicketId, UserId)>, StoreError> {
    let rows = ticket_watcher::Entity::find()
        .select_only()
        .columns([ticket_watcher::Column::TicketId, ticket_watcher::Column::UserId])
        .filter(ticket_watcher::Column::OrganizationId.eq(org.uuid()))
        .filter(ticket_watcher::Column::TicketId.is_in(tickets.iter().map(|id| id.uuid())))
        .order_by_asc(ticket_watcher::Column::UserId)
        .into_tuple::<(Uuid, Uuid)>();
    let rows = rows.all(tx.connection()).await?;
    Ok(rows.into_iter().map(|(ticket, user)| (ticket.into(), user.into())).collect())
}

/// Those of the people who are guests now.
pub(crate) async fn guests_among(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    people: &[UserId],
) -> Result<Vec<UserId>, StoreError> {
    let rows = membership::Entity::find()
        .select_only()
        .column(membership::Column::UserId)
        .filter(membership::Column::OrganizationId.eq(org.uuid()))
        .filter(membership::Column::RoleId.eq(SystemRole::Guest.id().uuid()))
        .filter(membership::Column::UserId.is_in(people.iter().map(|user| user.uuid())))
        .into_tuple::<Uuid>();
    Ok(rows.all(connection).await?.into_iter().map(Into::into).collect())
}

pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    ticket: TicketId,
    page: &PageRequest,
) -> Result<Page<UserId>, StoreError> {
    let mut query = of_ticket(org, ticket);
    if let Some(after) = &page.after {
        query = query.filter(ticket_watcher::Column::UserId.gt(keyset::value::<Uuid>(after, 0)?));
    }
    let rows = query
        .order_by_asc(ticket_watcher::Column::UserId)
        .limit(page.limit.rows() + 1)
        .all(connection)
        .await?;
    let users = rows.into_iter().map(|row| row.user_id.into()).collect();
    Ok(Page::cut(users, page.limit, |user: &UserId| Keyset(vec![user.to_string()])))
}

/// Lets people watch; says how many did not before.
pub(crate) async fn add(
    tx: &Tx,
    org: OrganizationId,
    watching: &[(TicketId, UserId)],
    now: Timestamp,
) -> Result<u64, StoreError> {
    if watching.is_empty() {
        return Ok(0);
    }
    let rows = watching.iter().map(|(ticket, user)| ticket_watcher::ActiveModel {
        organization_id: Set(org.uuid()),
        ticket_id: Set(ticket.uuid()),
        user_id: Set(user.uuid()),
        created_at: Set(now),
    });
    let insert =
        ticket_watcher::Entity::insert_many(rows).on_conflict(OnConflict::new().do_nothing().to_owned());
    Ok(insert.exec_without_returning(tx.connection()).await?)
}

/// Ends it; says whether he did watch.
pub(crate) async fn remove(
    tx: &Tx,
    org: OrganizationId,
    ticket: TicketId,
    user: UserId,
) -> Result<bool, StoreError> {
    let key = (org.uuid(), ticket.uuid(), user.uuid());
    let gone = ticket_watcher::Entity::delete_by_id(key).exec(tx.connection()).await?;
    Ok(gone.rows_affected > 0)
}
