use database::StoreError;
use database::entities::credential::{ActiveModel, Column, Entity};
use kernel::{Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

/// A password as it is kept.
#[derive(Clone)]
pub(crate) struct KeptPassword {
    pub(crate) hash: String,
    pub(crate) short: bool,
}

/// Gives a new person a password.
pub(crate) async fn insert(
    on: &impl ConnectionTrait,
    user: UserId,
    password: KeptPassword,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        user_id: Set(user.uuid()),
        password_hash: Set(password.hash),
        short_password: Set(password.short),
        epoch: Set(1),
        password_changed_at: Set(now),
        disabled_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(on).await?;
    Ok(())
}

/// Whoever changes several rows of a person holds this one first, so that two such changes queue instead of crossing.
pub(crate) async fn lock(on: &impl ConnectionTrait, user: UserId) -> Result<(), StoreError> {
    Entity::find_by_id(user.uuid()).lock(LockType::NoKeyUpdate).one(on).await?;
    Ok(())
}

/// Another password: what was signed in with the old one counts no longer.
pub(crate) async fn set_password(
    on: &impl ConnectionTrait,
    user: UserId,
    password: KeptPassword,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        password_hash: Set(password.hash),
        short_password: Set(password.short),
        password_changed_at: Set(now),
        ..Default::default()
    };
    Entity::update_many()
        .set(row)
        .col_expr(Column::Epoch, Expr::col(Column::Epoch).add(1))
        .filter(Column::UserId.eq(user.uuid()))
        .exec(on)
        .await?;
    Ok(())
}

/// The same password at another cost, unless it was changed meanwhile.
pub(crate) async fn rehash(
    on: &impl ConnectionTrait,
    user: UserId,
    before: &str,
    after: String,
) -> Result<(), StoreError> {
    let row = ActiveModel { password_hash: Set(after), ..Default::default() };
    Entity::update_many()
        .set(row)
        .filter(Column::UserId.eq(user.uuid()))
        .filter(Column::PasswordHash.eq(before))
        .exec(on)
        .await?;
    Ok(())
}

/// Makes every access token of a person void.
pub(crate) async fn bump(on: &impl ConnectionTrait, user: UserId) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Epoch, Expr::col(Column::Epoch).add(1))
        .filter(Column::UserId.eq(user.uuid()))
        .exec(on)
        .await?;
    Ok(())
}

/// Shuts a person out, or lets him in again.
pub(crate) async fn set_disabled(
    on: &impl ConnectionTrait,
    user: UserId,
    disabled_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let row = ActiveModel { disabled_at: Set(disabled_at), ..Default::default() };
    Entity::update_many().set(row).filter(Column::UserId.eq(user.uuid())).exec(on).await?;
    Ok(())
}

/// Forgets a person's password.
pub(crate) async fn erase(on: &impl ConnectionTrait, user: UserId) -> Result<(), StoreError> {
    Entity::delete_by_id(user.uuid()).exec(on).await?;
    Ok(())
}
