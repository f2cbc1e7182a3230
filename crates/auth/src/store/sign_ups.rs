use database::StoreError;
use database::entities::sign_up::{ActiveModel, Column, Entity, Model};
use kernel::{EmailAddress, Timestamp, TokenId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::sign_up::{OPEN_AT_ONCE, SignUp};
use crate::store::people::locale;

pub(crate) async fn insert(on: &impl ConnectionTrait, sign_up: &SignUp) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(sign_up.id.uuid()),
        email: Set(sign_up.email.as_str().to_owned()),
        full_name: Set(sign_up.full_name.clone()),
        organization_name: Set(sign_up.organization_name.clone()),
        locale: Set(sign_up.locale.tag().to_owned()),
        password_hash: Set(sign_up.password_hash.clone()),
        nonce: Set(sign_up.nonce.clone()),
        token_hash: Set(sign_up.token_hash.clone()),
        created_at: Set(sign_up.created_at),
        expires_at: Set(sign_up.expires_at),
    };
    Entity::insert(row).exec_without_returning(on).await?;
    Ok(())
}

/// Drops all but the newest few of an address.
pub(crate) async fn keep_newest(on: &impl ConnectionTrait, email: &EmailAddress) -> Result<(), StoreError> {
    let surplus = Entity::find()
        .filter(Column::Email.eq(email.as_str()))
        .order_by_desc(Column::Id)
        .offset(OPEN_AT_ONCE)
        .limit(100)
        .all(on)
        .await?;
    if !surplus.is_empty() {
        let ids = surplus.into_iter().map(|row| row.id);
        Entity::delete_many().filter(Column::Id.is_in(ids)).exec(on).await?;
    }
    Ok(())
}

/// One that is open at this time.
pub(crate) async fn find_open(
    on: &impl ConnectionTrait,
    id: TokenId,
    now: Timestamp,
) -> Result<Option<SignUp>, StoreError> {
    let row = Entity::find_by_id(id.uuid()).filter(Column::ExpiresAt.gt(now)).one(on).await?;
    row.map(sign_up).transpose()
}

/// The newest open one of an address.
pub(crate) async fn newest_open(
    on: &impl ConnectionTrait,
    email: &EmailAddress,
    now: Timestamp,
) -> Result<Option<SignUp>, StoreError> {
    let row = Entity::find()
        .filter(Column::Email.eq(email.as_str()))
        .filter(Column::ExpiresAt.gt(now))
        .order_by_desc(Column::Id)
        .one(on)
        .await?;
    row.map(sign_up).transpose()
}

/// Keeps one open until another time.
pub(crate) async fn prolong(
    on: &impl ConnectionTrait,
    id: TokenId,
    until: Timestamp,
) -> Result<(), StoreError> {
    let row = ActiveModel { expires_at: Set(until), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id.uuid())).exec(on).await?;
    Ok(())
}

/// Takes one for its account; false if somebody was faster.
pub(crate) async fn take(on: &impl ConnectionTrait, id: TokenId) -> Result<bool, StoreError> {
    let taken = Entity::delete_many().filter(Column::Id.eq(id.uuid())).exec(on).await?;
    Ok(taken.rows_affected == 1)
}

/// Drops every one of an address: it has an account now.
pub(crate) async fn close_all(on: &impl ConnectionTrait, email: &EmailAddress) -> Result<(), StoreError> {
    Entity::delete_many().filter(Column::Email.eq(email.as_str())).exec(on).await?;
    Ok(())
}

/// Drops those whose time is over.
pub(crate) async fn sweep(on: &impl ConnectionTrait, now: Timestamp) -> Result<u64, StoreError> {
    let swept = Entity::delete_many().filter(Column::ExpiresAt.lte(now)).exec(on).await?;
    Ok(swept.rows_affected)
}

fn sign_up(row: Model) -> Result<SignUp, StoreError> {
    Ok(SignUp {
        id: TokenId::from_uuid(row.id),
        email: EmailAddress::from_stored(row.email),
        full_name: row.full_name,
        organization_name: row.organization_name,
        locale: locale("sign_ups.locale", &row.locale)?,
        password_hash: row.password_hash,
        nonce: row.nonce,
        token_hash: row.token_hash,
        created_at: row.created_at,
        expires_at: row.expires_at,
    })
}
