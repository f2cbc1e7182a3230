//! Erasing what an organization had here.

use database::entities::{ticket, ticket_board, ticket_column, ticket_counter, ticket_transition};
use database::{StoreError, Tx};
use kernel::{OrganizationId, TicketId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::tickets::delete_all;

/// Deletes at most `limit` tickets, and the board once none is left; says whether that is so.
pub(crate) async fn organization(tx: &Tx, org: OrganizationId, limit: u64) -> Result<bool, StoreError> {
    let (id, connection) = (org.uuid(), tx.connection());
    let some = ticket::Entity::find()
        .select_only()
        .column(ticket::Column::Id)
        .filter(ticket::Column::OrganizationId.eq(id))
        .order_by_asc(ticket::Column::Id)
        .limit(limit)
        .into_tuple::<Uuid>();
    let tickets: Vec<TicketId> = some.all(connection).await?.into_iter().map(Into::into).collect();
    delete_all(tx, org, &tickets).await?;
    if tickets.len() as u64 >= limit {
        return Ok(false);
    }
    ticket_transition::Entity::delete_many()
        .filter(ticket_transition::Column::OrganizationId.eq(id))
        .exec(connection)
        .await?;
    ticket_column::Entity::delete_many()
        .filter(ticket_column::Column::OrganizationId.eq(id))
        .exec(connection)
        .await?;
    ticket_counter::Entity::delete_by_id(id).exec(connection).await?;
    ticket_board::Entity::delete_by_id(id).exec(connection).await?;
    Ok(true)
}
