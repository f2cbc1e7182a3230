use database::StoreError;
use database::entities::mail_token::{ActiveModel, Column, Entity, Model};
use kernel::{EmailAddress, Timestamp, TokenId, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::token::Purpose;

/// A link that was mailed to somebody who has an account.
#[derive(Clone)]
pub(crate) struct MailToken {
    pub(crate) id: TokenId,
    pub(crate) user: UserId,
    pub(crate) purpose: Purpose,
    /// The address to change to.
    pub(crate) email: Option<EmailAddress>,
    pub(crate) nonce: Vec<u8>,
    pub(crate) hash: Vec<u8>,
    pub(crate) created_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

/// Keeps a link in place of an older one of the person for the same purpose, which counts no longer.
pub(crate) async fn put(on: &impl ConnectionTrait, token: MailToken) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(token.id.uuid()),
        user_id: Set(token.user.uuid()),
        kind: Set(token.purpose.name().to_owned()),
        email: Set(token.email.map(|email| email.as_str().to_owned())),
        nonce: Set(token.nonce),
        token_hash: Set(token.hash),
        created_at: Set(token.created_at),
        expires_at: Set(token.expires_at),
    };
    let changed =
        [Column::Id, Column::Email, Column::Nonce, Column::TokenHash, Column::CreatedAt, Column::ExpiresAt];
    let newest = OnConflict::columns([Column::UserId, Column::Kind]).update_columns(changed).to_owned();
    Entity::insert(row).on_conflict(newest).exec_without_returning(on).await?;
    Ok(())
}

/// A link of this purpose that counts at this time.
pub(crate) async fn find(
    on: &impl ConnectionTrait,
    id: TokenId,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<MailToken>, StoreError> {
    let row = Entity::find_by_id(id.uuid())
        .filter(Column::Kind.eq(purpose.name()))
        .filter(Column::ExpiresAt.gt(now))
        .one(on)
        .await?;
    Ok(row.map(|row| mail_token(row, purpose)))
}

/// Uses a link up; false if somebody was faster, or a newer one has taken its place.
pub(crate) async fn take(on: &impl ConnectionTrait, id: TokenId) -> Result<bool, StoreError> {
    let taken = Entity::delete_by_id(id.uuid()).exec(on).await?;
    Ok(taken.rows_affected == 1)
}

/// Makes a person's links of a purpose void.
pub(crate) async fn withdraw(
    on: &impl ConnectionTrait,
    user: UserId,
    purpose: Purpose,
) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::UserId.eq(user.uuid()))
        .filter(Column::Kind.eq(purpose.name()))
        .exec(on)
        .await?;
    Ok(())
}

/// Forgets a person's links.
pub(crate) async fn erase(on: &impl ConnectionTrait, user: UserId) -> Result<(), StoreError> {
    Entity::delete_many().filter(Column::UserId.eq(user.uuid())).exec(on).await?;
    Ok(())
}

/// Drops those whose time is over.
pub(crate) async fn sweep(on: &impl ConnectionTrait, now: Timestamp) -> Result<u64, StoreError> {
    let swept = Entity::delete_many().filter(Column::ExpiresAt.lte(now)).exec(on).await?;
    Ok(swept.rows_affected)
}

fn mail_token(row: Model, purpose: Purpose) -> MailToken {
    MailToken {
        id: TokenId::from_uuid(row.id),
        user: UserId::from_uuid(row.user_id),
        purpose,
        email: row.email.map(EmailAddress::from_stored),
        nonce: row.nonce,
        hash: row.token_hash,
        created_at: row.created_at,
        expires_at: row.expires_at,
    }
}
