use database::entities::role::{ActiveModel, Column, Entity, Model};
use database::{StoreError, Tx};
use kernel::{OrganizationId, Rank, RoleId, ScopeSet, SystemRole, Version};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::Error;
use crate::roles::Role;

pub(crate) async fn insert(tx: &Tx, org: OrganizationId, roles: &[Role]) -> Result<(), Error> {
    let rows = roles.iter().map(|role| row(org, role));
    let inserted = Entity::insert_many(rows).exec_without_returning(tx.connection()).await;
    match inserted.map_err(StoreError::from) {
        Ok(_) => Ok(()),
        Err(error) => Err(judged(error)),
    }
}

/// Writes a role; the organization was locked before in this transaction.
pub(crate) async fn save(tx: &Tx, org: OrganizationId, role: &Role) -> Result<(), Error> {
    match row(org, role).update(tx.connection()).await.map_err(StoreError::from) {
        Ok(_) => Ok(()),
        Err(error) => Err(judged(error)),
    }
}

fn judged(error: StoreError) -> Error {
    if error.violates("uq_roles_organization_id_name") { Error::RoleNameTaken } else { error.into() }
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    role: RoleId,
) -> Result<Option<Role>, StoreError> {
    let row = Entity::find_by_id((org.uuid(), role.uuid())).one(connection).await?;
    row.map(read).transpose()
}

/// All roles; at most about a hundred.
pub(crate) async fn all(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
) -> Result<Vec<Role>, StoreError> {
    let rows = Entity::find().filter(Column::OrganizationId.eq(org.uuid())).all(connection).await?;
    rows.into_iter().map(read).collect()
}

pub(crate) async fn delete(tx: &Tx, org: OrganizationId, role: RoleId) -> Result<(), StoreError> {
    Entity::delete_by_id((org.uuid(), role.uuid())).exec(tx.connection()).await?;
    Ok(())
}

pub(crate) async fn delete_all(tx: &Tx, org: OrganizationId) -> Result<(), StoreError> {
    Entity::delete_many().filter(Column::OrganizationId.eq(org.uuid())).exec(tx.connection()).await?;
    Ok(())
}

fn row(org: OrganizationId, role: &Role) -> ActiveModel {
    ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(role.id.uuid()),
        name: Set(role.name.clone()),
        description: Set(role.description.clone()),
        rank: Set(i64::from(role.rank.0)),
        scopes: Set(role.scopes.to_stored()),
        is_system: Set(role.system_role().is_some()),
        version: Set(role.version.0),
        created_at: Set(role.created_at),
        updated_at: Set(role.updated_at),
    }
}

/// What a system role allows stands in the code: a new version of the program may add scopes to it.
fn read(row: Model) -> Result<Role, StoreError> {
    let id = RoleId::from_uuid(row.id);
    let rank = u8::try_from(row.rank).map_err(|error| StoreError::corrupt("roles.rank", error))?;
    Ok(Role {
        id,
        name: row.name,
        description: row.description,
        rank: Rank(rank),
        scopes: SystemRole::from_id(id)
            .map_or_else(|| ScopeSet::parse_stored(&row.scopes), SystemRole::scopes),
        version: Version(row.version),
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}
