use database::StoreError;
use database::entities::refresh_token::{ActiveModel, Column, Entity, Model};
use kernel::{SessionId, Timestamp};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::refresh::{Consumption, Known};

/// A token about to be handed out.
pub(crate) struct NewToken {
    pub(crate) id: Uuid,
    pub(crate) session: SessionId,
    pub(crate) seq: i64,
    pub(crate) hash: Vec<u8>,
    pub(crate) issued_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

/// Refused by `uq_refresh_tokens_session_id` while another one of the session lives.
pub(crate) async fn insert(on: &impl ConnectionTrait, token: NewToken) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(token.id),
        session_id: Set(token.session.uuid()),
        seq: Set(token.seq),
        token_hash: Set(token.hash),
        attempt_hash: Set(None),
        issued_at: Set(token.issued_at),
        expires_at: Set(token.expires_at),
        consumed_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(on).await?;
    Ok(())
}

/// The token with this hash, used or not.
pub(crate) async fn find(on: &impl ConnectionTrait, hash: &[u8]) -> Result<Option<Known>, StoreError> {
    let row = Entity::find().filter(Column::TokenHash.eq(hash.to_vec())).one(on).await?;
    Ok(row.map(known))
}

/// The token of a session that can still be used.
pub(crate) async fn live(on: &impl ConnectionTrait, session: SessionId) -> Result<Option<Known>, StoreError> {
    let row = Entity::find()
        .filter(Column::SessionId.eq(session.uuid()))
        .filter(Column::ConsumedAt.is_null())
        .one(on)
        .await?;
    Ok(row.map(known))
}

/// Uses a token up; false if that has happened already.
pub(crate) async fn consume(
    on: &impl ConnectionTrait,
    id: Uuid,
    attempt_hash: Option<Vec<u8>>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let row =
        ActiveModel { consumed_at: Set(Some(now)), attempt_hash: Set(attempt_hash), ..Default::default() };
    let consumed = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(id))
        .filter(Column::ConsumedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .exec(on)
        .await?;
    Ok(consumed.rows_affected == 1)
}

/// Drops the tokens of sessions.
pub(crate) async fn drop_of(on: &impl ConnectionTrait, sessions: SelectStatement) -> Result<(), StoreError> {
    Entity::delete_many().filter(Column::SessionId.in_subquery(sessions)).exec(on).await?;
    Ok(())
}

/// Drops used tokens that would have expired by now: nobody can tell any longer that they are shown again.
pub(crate) async fn sweep(on: &impl ConnectionTrait, now: Timestamp) -> Result<u64, StoreError> {
    let swept = Entity::delete_many()
        .filter(Column::ConsumedAt.is_not_null())
        .filter(Column::ExpiresAt.lt(now))
        .exec(on)
        .await?;
    Ok(swept.rows_affected)
}

fn known(row: Model) -> Known {
    Known {
        id: row.id,
        session: SessionId::from_uuid(row.session_id),
        seq: row.seq,
        expires_at: row.expires_at,
        consumed: row.consumed_at.map(|at| Consumption { at, attempt_hash: row.attempt_hash }),
    }
}
