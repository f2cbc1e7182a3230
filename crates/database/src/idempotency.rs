//! Idempotency keys: claimed first in the transaction of the request, so key and effect live or die together.

use chrono::TimeDelta;
use kernel::{Actor, Subject, Timestamp};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, UpdateMany, UpdateResult,
};
use uuid::Uuid;

use crate::entities::idempotency_key::{ActiveModel, Column, Entity, Model};
use crate::{Database, StoreError};

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub operation: String,
    pub request_hash: Vec<u8>,
    /// What the request made, if the answer itself was not kept.
    pub subject: Option<(String, Uuid)>,
    pub answer: Option<(u16, Vec<u8>)>,
}

/// How long a key is kept.
pub const KEEP: TimeDelta = TimeDelta::hours(24);

/// Finds what this actor did with this key.
pub async fn find(database: &Database, actor: &Actor, key: &str) -> Result<Option<Stored>, StoreError> {
    let row = Entity::find_by_id(primary_key(actor, key)).one(database.reader()).await?;
    Ok(row.filter(|row| row.created_at + KEEP > database.env().now()).map(stored))
}

/// Keeps the answer of a request that was committed. Best effort: the subject is enough for a replay.
pub async fn keep_answer(
    database: &Database,
    actor: &Actor,
    key: &str,
    status: u16,
    body: Vec<u8>,
) -> Result<(), StoreError> {
    let update = Entity::update_many()
        .col_expr(Column::Status, Expr::value(i64::from(status)))
        .col_expr(Column::Body, Expr::value(body));
    by_key(update, actor, key).exec(&database.writer).await?;
    Ok(())
}

/// Forgets keys older than a day. Returns how many.
pub async fn forget_old(database: &Database) -> Result<u64, StoreError> {
    let old = Entity::delete_many().filter(Column::CreatedAt.lt(database.env().now() - KEEP));
    Ok(old.exec(&database.writer).await?.rows_affected)
}

/// Claims the key, waiting for a twin that is in flight. A key that is older than a day counts as new.
pub(crate) async fn claim(tx: &DatabaseTransaction, actor: &Actor, now: Timestamp) -> Result<(), StoreError> {
    let Some(claim) = actor.request().and_then(|request| request.idempotency.as_ref()) else {
        return Ok(());
    };
    let (organization_id, user_id, key) = primary_key(actor, &claim.key);
    let expired = Entity::delete_many()
        .filter(Column::OrganizationId.eq(organization_id))
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Key.eq(&key))
        .filter(Column::CreatedAt.lte(now - KEEP));
    let row = ActiveModel {
        organization_id: Set(organization_id),
        user_id: Set(user_id),
        key: Set(key),
        operation: Set(claim.operation.to_owned()),
        request_hash: Set(claim.request_hash.to_vec()),
        subject_type: Set(None),
        subject_id: Set(None),
        status: Set(None),
        body: Set(None),
        created_at: Set(now),
    };
    expired.exec(tx).await?;
    let insert = Entity::insert(row).on_conflict(OnConflict::new().do_nothing().to_owned());
    match insert.exec_without_returning(tx).await.map_err(StoreError::from) {
        Ok(1) => Ok(()),
        // The twin has committed, or still holds the key when our patience ends.
        Ok(_) | Err(StoreError::Busy(_)) => Err(StoreError::KeyTaken),
        Err(error) => Err(error),
    }
}

/// Notes what the request made.
pub(crate) async fn name_subject(
    tx: &DatabaseTransaction,
    actor: &Actor,
    subject: &Subject,
) -> Result<UpdateResult, StoreError> {
    let key = actor.request().and_then(|request| request.idempotency.as_ref()).map_or("", |claim| &claim.key);
    let update = Entity::update_many()
        .col_expr(Column::SubjectType, Expr::value(subject.kind.clone()))
        .col_expr(Column::SubjectId, Expr::value(subject.id));
    Ok(by_key(update, actor, key).exec(tx).await?)
}

fn by_key(update: UpdateMany<Entity>, actor: &Actor, key: &str) -> UpdateMany<Entity> {
    let (organization_id, user_id, key) = primary_key(actor, key);
    update
        .filter(Column::OrganizationId.eq(organization_id))
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Key.eq(key))
}

fn primary_key(actor: &Actor, key: &str) -> (Uuid, Uuid, String) {
    (actor.org.uuid(), actor.user_id().map(kernel::UserId::uuid).unwrap_or_default(), key.to_owned())
}

fn stored(row: Model) -> Stored {
    let status = row.status.and_then(|status| u16::try_from(status).ok());
    Stored {
        operation: row.operation,
        request_hash: row.request_hash,
        subject: row.subject_type.zip(row.subject_id),
        answer: status.zip(row.body),
    }
}
