use database::StoreError;
use database::entities::api_key::{ActiveModel, Column, Entity, Model};
use kernel::{ApiKeyId, Keyset, OrganizationId, Page, PageRequest, ScopeSet, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::api_key::ApiKey;

pub(crate) async fn insert(on: &impl ConnectionTrait, key: &ApiKey, hash: Vec<u8>) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(key.id.uuid()),
        organization_id: Set(key.organization.uuid()),
        user_id: Set(key.user.uuid()),
        name: Set(key.name.clone()),
        prefix: Set(key.prefix.clone()),
        token_hash: Set(hash),
        scopes: Set(key.scopes.to_stored()),
        created_at: Set(key.created_at),
        expires_at: Set(key.expires_at),
        last_used_at: Set(None),
        revoked_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(on).await?;
    Ok(())
}

/// The keys of an organization that were not revoked, the newest first.
pub(crate) async fn page(
    on: &impl ConnectionTrait,
    org: OrganizationId,
    request: &PageRequest,
) -> Result<Page<ApiKey>, StoreError> {
    let mut query = of(org);
    if let Some(after) = &request.after {
        let id: Uuid = database::keyset::value(after, 0)?;
        query = query.filter(Column::Id.lt(id));
    }
    let rows = query.order_by_desc(Column::Id).limit(request.limit.rows() + 1).all(on).await?;
    Ok(Page::cut(rows, request.limit, |row| Keyset(vec![row.id.to_string()])).map(api_key))
}

/// One of them.
pub(crate) async fn find(
    on: &impl ConnectionTrait,
    org: OrganizationId,
    id: ApiKeyId,
) -> Result<Option<ApiKey>, StoreError> {
    Ok(of(org).filter(Column::Id.eq(id.uuid())).one(on).await?.map(api_key))
}

/// Revokes a key, which it returns; `None` if there is none that counts.
pub(crate) async fn revoke(
    on: &impl ConnectionTrait,
    org: OrganizationId,
    id: ApiKeyId,
    now: Timestamp,
) -> Result<Option<ApiKey>, StoreError> {
    let row = ActiveModel { revoked_at: Set(Some(now)), ..Default::default() };
    let revoked = Entity::update_many()
        .set(row)
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::Id.eq(id.uuid()))
        .filter(Column::RevokedAt.is_null())
        .exec_with_returning(on)
        .await?;
    Ok(revoked.into_iter().next().map(api_key))
}

/// Notes that a key was used. The key was found by the hash of its text: it says itself whose it is.
pub(crate) async fn mark_used(
    on: &impl ConnectionTrait,
    id: ApiKeyId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = ActiveModel { last_used_at: Set(Some(now)), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id.uuid())).exec(on).await?;
    Ok(())
}

/// Forgets every key a person has made, wherever: he is being erased.
pub(crate) async fn erase(on: &impl ConnectionTrait, user: UserId) -> Result<(), StoreError> {
    Entity::delete_many().filter(Column::UserId.eq(user.uuid())).exec(on).await?;
    Ok(())
}

fn of(org: OrganizationId) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::OrganizationId.eq(org.uuid())).filter(Column::RevokedAt.is_null())
}

fn api_key(row: Model) -> ApiKey {
    ApiKey {
        id: ApiKeyId::from_uuid(row.id),
        organization: OrganizationId::from_uuid(row.organization_id),
        user: UserId::from_uuid(row.user_id),
        name: row.name,
        prefix: row.prefix,
        scopes: ScopeSet::parse_stored(&row.scopes),
        created_at: row.created_at,
        expires_at: row.expires_at,
        last_used_at: row.last_used_at,
    }
}

/// Deletes the keys of an organization.
pub(crate) async fn erase_of(on: &impl ConnectionTrait, org: OrganizationId) -> Result<(), StoreError> {
    Entity::delete_many().filter(Column::OrganizationId.eq(org.uuid())).exec(on).await?;
    Ok(())
}
