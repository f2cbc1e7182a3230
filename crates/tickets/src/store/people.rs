//! Names of people and columns, for exports.

use std::collections::HashMap;

use database::StoreError;
use database::entities::{membership, ticket_column, user};
use kernel::{ColumnId, OrganizationId, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

/// What the members among these people are called.
pub(crate) async fn names(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    people: &[UserId],
) -> Result<HashMap<UserId, String>, StoreError> {
    let members = membership::Entity::find()
        .select_only()
        .column(membership::Column::UserId)
        .filter(membership::Column::OrganizationId.eq(org.uuid()))
        .filter(membership::Column::UserId.is_in(people.iter().map(|user| user.uuid())))
        .into_query();
    let rows = user::Entity::find()
        .select_only()
        .columns([user::Column::Id, user::Column::FullName])
        .filter(user::Column::Id.in_subquery(members))
        .into_tuple::<(Uuid, String)>();
    Ok(rows.all(connection).await?.into_iter().map(|(id, name)| (id.into(), name)).collect())
}

/// What the columns of the board are called.
pub(crate) async fn columns(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
) -> Result<HashMap<ColumnId, String>, StoreError> {
    let rows = ticket_column::Entity::find()
        .select_only()
        .columns([ticket_column::Column::Id, ticket_column::Column::Name])
        .filter(ticket_column::Column::OrganizationId.eq(org.uuid()))
        .into_tuple::<(Uuid, String)>();
    Ok(rows.all(connection).await?.into_iter().map(|(id, name)| (id.into(), name)).collect())
}
