use database::StoreError;
use database::entities::mfa_challenge::{ActiveModel, Column, Entity, Model};
use kernel::{OrganizationId, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::challenge::{Challenge, MOST_TRIES};

pub(crate) async fn insert(
    on: &impl ConnectionTrait,
    challenge: &Challenge,
    hash: Vec<u8>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(challenge.id),
        user_id: Set(challenge.user.uuid()),
        token_hash: Set(hash),
        organization_id: Set(challenge.organization.map(OrganizationId::uuid)),
        attempts: Set(0),
        created_at: Set(now),
        expires_at: Set(challenge.expires_at),
    };
    Entity::insert(row).exec_without_returning(on).await?;
    Ok(())
}

/// Whose open challenge it is.
pub(crate) async fn user_of(
    on: &impl ConnectionTrait,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<UserId>, StoreError> {
    let row = Entity::find()
        .filter(Column::TokenHash.eq(hash.to_vec()))
        .filter(Column::ExpiresAt.gt(now))
        .one(on)
        .await?;
    Ok(row.map(|row| UserId::from_uuid(row.user_id)))
}

/// Counts a try against an open challenge and holds it until the commit; `None` if there is none, or no try left.
pub(crate) async fn try_once(
    on: &impl ConnectionTrait,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<Challenge>, StoreError> {
    let tried = Entity::update_many()
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(Column::TokenHash.eq(hash.to_vec()))
        .filter(Column::Attempts.lt(MOST_TRIES))
        .filter(Column::ExpiresAt.gt(now))
        .exec_with_returning(on)
        .await?;
    Ok(tried.into_iter().next().map(challenge))
}

/// Closes a challenge that was met.
pub(crate) async fn close(on: &impl ConnectionTrait, id: Uuid) -> Result<(), StoreError> {
    Entity::delete_by_id(id).exec(on).await?;
    Ok(())
}

/// Closes every challenge of a person.
pub(crate) async fn close_all(on: &impl ConnectionTrait, user: UserId) -> Result<(), StoreError> {
    Entity::delete_many().filter(Column::UserId.eq(user.uuid())).exec(on).await?;
    Ok(())
}

/// Drops those whose time is over.
pub(crate) async fn sweep(on: &impl ConnectionTrait, now: Timestamp) -> Result<u64, StoreError> {
    let swept = Entity::delete_many().filter(Column::ExpiresAt.lte(now)).exec(on).await?;
    Ok(swept.rows_affected)
}

fn challenge(row: Model) -> Challenge {
    Challenge {
        id: row.id,
        user: UserId::from_uuid(row.user_id),
        organization: row.organization_id.map(OrganizationId::from_uuid),
        expires_at: row.expires_at,
    }
}

/// Forgets in which of the challenges an organization was chosen.
pub(crate) async fn leave(on: &impl ConnectionTrait, org: OrganizationId) -> Result<(), StoreError> {
    let left = Entity::update_many()
        .col_expr(Column::OrganizationId, Expr::value(Option::<Uuid>::None))
        .filter(Column::OrganizationId.eq(org.uuid()));
    left.exec(on).await?;
    Ok(())
}
