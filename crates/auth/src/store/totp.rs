use std::collections::HashSet;

use database::StoreError;
use database::entities::{recovery_code, totp_credential};
use kernel::{Env, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use totp_credential::{ActiveModel, Column, Entity};

/// Keeps a seed that is not confirmed yet; the one in use, if any, stays in use.
pub(crate) async fn put_pending(
    on: &impl ConnectionTrait,
    user: UserId,
    sealed: Vec<u8>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        user_id: Set(user.uuid()),
        secret: Set(None),
        pending_secret: Set(Some(sealed)),
        last_step: Set(0),
        confirmed_at: Set(None),
        created_at: Set(now),
    };
    let pending = OnConflict::column(Column::UserId).update_column(Column::PendingSecret).to_owned();
    Entity::insert(row).on_conflict(pending).exec_without_returning(on).await?;
    Ok(())
}

/// The seed that waits to be confirmed.
pub(crate) async fn pending(on: &impl ConnectionTrait, user: UserId) -> Result<Option<Vec<u8>>, StoreError> {
    let row = Entity::find_by_id(user.uuid()).one(on).await?;
    Ok(row.and_then(|row| row.pending_secret))
}

/// Puts the waiting seed to use; false if somebody was faster. The code that confirmed it is used up with it.
pub(crate) async fn activate(
    on: &impl ConnectionTrait,
    user: UserId,
    pending: Vec<u8>,
    step: i64,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let row = ActiveModel {
        secret: Set(Some(pending.clone())),
        pending_secret: Set(None),
        last_step: Set(step),
        confirmed_at: Set(Some(now)),
        ..Default::default()
    };
    let activated = Entity::update_many()
        .set(row)
        .filter(Column::UserId.eq(user.uuid()))
        .filter(Column::PendingSecret.eq(pending))
        .exec(on)
        .await?;
    Ok(activated.rows_affected == 1)
}

/// Uses up a step of the seed in use; false if it, or a later one, was used before.
pub(crate) async fn use_step(
    on: &impl ConnectionTrait,
    user: UserId,
    sealed: &[u8],
    step: i64,
) -> Result<bool, StoreError> {
    let row = ActiveModel { last_step: Set(step), ..Default::default() };
    let used = Entity::update_many()
        .set(row)
        .filter(Column::UserId.eq(user.uuid()))
        .filter(Column::Secret.eq(sealed.to_vec()))
        .filter(Column::LastStep.lt(step))
        .exec(on)
        .await?;
    Ok(used.rows_affected == 1)
}

/// Gives a person a new set of recovery codes; the old one counts no longer.
pub(crate) async fn put_recovery_codes(
    on: &impl ConnectionTrait,
    env: &Env,
    user: UserId,
    hashes: Vec<Vec<u8>>,
) -> Result<(), StoreError> {
    drop_recovery_codes(on, user).await?;
    let rows = hashes.into_iter().map(|hash| recovery_code::ActiveModel {
        id: Set(env.id()),
        user_id: Set(user.uuid()),
        code_hash: Set(hash),
        created_at: Set(env.now()),
    });
    recovery_code::Entity::insert_many(rows).exec_without_returning(on).await?;
    Ok(())
}

/// Uses a recovery code up; false if there is none like it.
pub(crate) async fn use_recovery_code(
    on: &impl ConnectionTrait,
    user: UserId,
    hash: Vec<u8>,
) -> Result<bool, StoreError> {
    let used = recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::UserId.eq(user.uuid()))
        .filter(recovery_code::Column::CodeHash.eq(hash))
        .exec(on)
        .await?;
    Ok(used.rows_affected == 1)
}

/// Takes a person's second factor away, codes and all.
pub(crate) async fn erase(on: &impl ConnectionTrait, user: UserId) -> Result<(), StoreError> {
    drop_recovery_codes(on, user).await?;
    Entity::delete_by_id(user.uuid()).exec(on).await?;
    Ok(())
}

async fn drop_recovery_codes(on: &impl ConnectionTrait, user: UserId) -> Result<(), StoreError> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::UserId.eq(user.uuid()))
        .exec(on)
        .await?;
    Ok(())
}

/// Those of the persons who have a confirmed second factor.
pub(crate) async fn enrolled(
    on: &impl ConnectionTrait,
    users: &[UserId],
) -> Result<HashSet<UserId>, StoreError> {
    let confirmed = Entity::find()
        .filter(Column::UserId.is_in(users.iter().map(|user| user.uuid())))
        .filter(Column::ConfirmedAt.is_not_null());
    Ok(confirmed.all(on).await?.into_iter().map(|row| row.user_id.into()).collect())
}
