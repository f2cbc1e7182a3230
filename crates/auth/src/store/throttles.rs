//! Counts of tries. Keys are keyed hashes: the table tells nobody whose address is being tried.

use database::StoreError;
use database::entities::login_throttle::{ActiveModel, Column, Entity, Model};
use kernel::Timestamp;
use sea_orm::ActiveValue::NotSet;
use sea_orm::sea_query::{LockType, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

use crate::throttle::Tally;

/// The count of a key, held until the commit: whoever tries at the same time waits for the result.
pub(crate) async fn lock(on: &impl ConnectionTrait, key: &[u8], now: Timestamp) -> Result<Tally, StoreError> {
    let fresh = row(key, &Tally::new(now), now).into_active_model().reset_all();
    let nothing = OnConflict::new().do_nothing().to_owned();
    Entity::insert(fresh).on_conflict(nothing).exec_without_returning(on).await?;
    let kept = Entity::find_by_id(key.to_vec()).lock(LockType::NoKeyUpdate).one(on).await?;
    Ok(kept.map_or(Tally::new(now), tally))
}

/// Writes a count back.
pub(crate) async fn save(
    on: &impl ConnectionTrait,
    key: &[u8],
    tally: &Tally,
    now: Timestamp,
) -> Result<(), StoreError> {
    let changed = ActiveModel { key: NotSet, ..row(key, tally, now).into_active_model().reset_all() };
    Entity::update_many().set(changed).filter(Column::Key.eq(key.to_vec())).exec(on).await?;
    Ok(())
}

/// Forgets counts.
pub(crate) async fn forget(
    on: &impl ConnectionTrait,
    keys: impl IntoIterator<Item = Vec<u8>>,
) -> Result<(), StoreError> {
    Entity::delete_many().filter(Column::Key.is_in(keys)).exec(on).await?;
    Ok(())
}

/// Drops counts that bind nobody any longer. Locked ones stay until somebody unlocks them.
pub(crate) async fn sweep(on: &impl ConnectionTrait, idle_since: Timestamp) -> Result<u64, StoreError> {
    let swept = Entity::delete_many()
        .filter(Column::UpdatedAt.lt(idle_since))
        .filter(Column::LockedAt.is_null())
        .exec(on)
        .await?;
    Ok(swept.rows_affected)
}

fn row(key: &[u8], tally: &Tally, now: Timestamp) -> Model {
    Model {
        key: key.to_vec(),
        tries: tally.tries,
        window_started_at: tally.window_started_at,
        blocked_until: tally.blocked_until,
        strikes: tally.strikes,
        day_tries: tally.day_tries,
        day_started_at: tally.day_started_at,
        locked_at: tally.locked_at,
        updated_at: now,
    }
}

fn tally(row: Model) -> Tally {
    Tally {
        tries: row.tries,
        window_started_at: row.window_started_at,
        blocked_until: row.blocked_until,
        strikes: row.strikes,
        day_tries: row.day_tries,
        day_started_at: row.day_started_at,
        locked_at: row.locked_at,
    }
}
