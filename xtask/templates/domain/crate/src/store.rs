//! The only place here that names the database.

use database::entities::__thing__::{ActiveModel, Column, Entity, Model};
use database::{StoreError, Tx, keyset};
use kernel::{Keyset, OrganizationId, Page, PageRequest, __Thing__Id, UserId, Version};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select, prelude::Uuid,
};

use crate::{Error, __Thing__, __Thing__Filter};

pub(crate) async fn insert(tx: &Tx, org: OrganizationId, __thing__: &__Thing__) -> Result<(), Error> {
    let inserted = Entity::insert(row(org, __thing__)).exec_without_returning(tx.connection()).await;
    inserted.map(drop).map_err(StoreError::from).map_err(judged)
}

/// Writes one that was locked before in this transaction.
pub(crate) async fn save(tx: &Tx, org: OrganizationId, __thing__: &__Thing__) -> Result<(), Error> {
    let saved = Entity::update(row(org, __thing__)).exec(tx.connection()).await;
    saved.map(drop).map_err(StoreError::from).map_err(judged)
}

fn judged(error: StoreError) -> Error {
    if error.violates("uq___table___organization_id_name") { Error::NameTaken } else { error.into() }
}

pub(crate) async fn delete(tx: &Tx, org: OrganizationId, id: __Thing__Id) -> Result<(), StoreError> {
    Entity::delete_by_id((org.uuid(), id.uuid())).exec(tx.connection()).await?;
    Ok(())
}

pub(crate) async fn lock(
    tx: &Tx,
    org: OrganizationId,
    id: __Thing__Id,
) -> Result<Option<__Thing__>, StoreError> {
    let row = one(org, id).lock(LockType::NoKeyUpdate).one(tx.connection()).await?;
    Ok(row.map(read))
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    id: __Thing__Id,
) -> Result<Option<__Thing__>, StoreError> {
    Ok(one(org, id).one(connection).await?.map(read))
}

fn one(org: OrganizationId, id: __Thing__Id) -> Select<Entity> {
    Entity::find_by_id((org.uuid(), id.uuid()))
}

/// The newest first: ids grow with time.
pub(crate) async fn list(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    filter: &__Thing__Filter,
    page: &PageRequest,
) -> Result<Page<__Thing__>, StoreError> {
    let mut rows = Entity::find().filter(Column::OrganizationId.eq(org.uuid())).order_by_desc(Column::Id);
    if let Some(owner) = filter.owner {
        rows = rows.filter(Column::OwnerId.eq(owner.uuid()));
    }
    if let Some(after) = &page.after {
        rows = rows.filter(Column::Id.lt(keyset::value::<Uuid>(after, 0)?));
    }
    let rows = rows.limit(page.limit.rows() + 1).all(connection).await?;
    let found = rows.into_iter().map(read).collect();
    Ok(Page::cut(found, page.limit, |__thing__| Keyset(vec![__thing__.id.to_string()])))
}

/// Deletes at most `limit` rows; says whether none is left.
pub(crate) async fn erase(tx: &Tx, org: OrganizationId, limit: u64) -> Result<bool, StoreError> {
    let own = Column::OrganizationId.eq(org.uuid());
    let some = Entity::find().select_only().column(Column::Id).filter(own.clone()).limit(limit);
    let gone = Entity::delete_many().filter(own).filter(Column::Id.in_subquery(some.into_query()));
    Ok(gone.exec(tx.connection()).await?.rows_affected < limit)
}

fn row(org: OrganizationId, __thing__: &__Thing__) -> ActiveModel {
    ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(__thing__.id.uuid()),
        name: Set(__thing__.name.clone()),
        description: Set(__thing__.description.clone()),
        owner_id: Set(__thing__.owner.map(UserId::uuid)),
        version: Set(__thing__.version.0),
        created_at: Set(__thing__.created_at),
        updated_at: Set(__thing__.updated_at),
    }
}

fn read(row: Model) -> __Thing__ {
    __Thing__ {
        id: __Thing__Id::from_uuid(row.id),
        name: row.name,
        description: row.description,
        owner: row.owner_id.map(UserId::from_uuid),
        version: Version(row.version),
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
