use database::StoreError;
use database::entities::signing_key::{ActiveModel, Column, Entity, Model};
use kernel::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use crate::access::{FreshKey, VerifyingKey};

const ACTIVE: &str = "active";
const RETIRED: &str = "retired";

/// Keeps a new key as the one in use. Refused by `uq_signing_keys_state` while another one is.
pub(crate) async fn insert(
    on: &impl ConnectionTrait,
    key: FreshKey,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(key.id),
        state: Set(ACTIVE.to_owned()),
        public_key: Set(key.public),
        sealed_key: Set(key.sealed),
        created_at: Set(now),
        retired_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(on).await?;
    Ok(())
}

/// Retires the key in use.
pub(crate) async fn retire(on: &impl ConnectionTrait, now: Timestamp) -> Result<(), StoreError> {
    let row =
        ActiveModel { state: Set(RETIRED.to_owned()), retired_at: Set(Some(now)), ..Default::default() };
    Entity::update_many().set(row).filter(Column::State.eq(ACTIVE)).exec(on).await?;
    Ok(())
}

/// The key in use and those retired after a time, each with its sealed private half.
pub(crate) async fn usable(
    on: &impl ConnectionTrait,
    retired_after: Timestamp,
) -> Result<Vec<(VerifyingKey, Vec<u8>)>, StoreError> {
    let wanted = Condition::any().add(Column::State.eq(ACTIVE)).add(Column::RetiredAt.gt(retired_after));
    let rows = Entity::find().filter(wanted).all(on).await?;
    Ok(rows.into_iter().map(key).collect())
}

fn key(row: Model) -> (VerifyingKey, Vec<u8>) {
    let key = VerifyingKey {
        id: row.id,
        public: row.public_key,
        created_at: row.created_at,
        retired_at: row.retired_at,
    };
    (key, row.sealed_key)
}
