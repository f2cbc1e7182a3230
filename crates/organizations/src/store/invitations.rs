use std::collections::HashMap;

use database::entities::invitation::{ActiveModel, Column, Entity, Model};
use database::entities::user;
use database::{StoreError, Tx, keyset};
use kernel::{
    EmailAddress, InvitationId, Keyset, Locale, OrganizationId, Page, PageRequest, RoleId, Timestamp, UserId,
};
use sea_orm::sea_query::Condition;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::invitations::{InvitationFilter, InvitationState, Offer, OfferStatus, UnknownOfferStatus};

pub(crate) async fn insert(tx: &Tx, org: OrganizationId, offer: &Offer) -> Result<(), StoreError> {
    Entity::insert(row(org, offer)).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// Writes an invitation; the organization was locked before in this transaction.
pub(crate) async fn save(tx: &Tx, org: OrganizationId, offer: &Offer) -> Result<(), StoreError> {
    row(org, offer).update(tx.connection()).await?;
    Ok(())
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    invitation: InvitationId,
) -> Result<Option<Offer>, StoreError> {
    let row = Entity::find_by_id((org.uuid(), invitation.uuid())).one(connection).await?;
    row.map(read).transpose()
}

/// An invitation and its organization. Takes no organization: whoever opens a link, or mails it, knows only the id.
pub(crate) async fn find_anywhere(
    connection: &impl ConnectionTrait,
    invitation: InvitationId,
) -> Result<Option<(OrganizationId, Offer)>, StoreError> {
    let row = Entity::find().filter(Column::Id.eq(invitation.uuid())).one(connection).await?;
    row.map(|row| Ok((row.organization_id.into(), read(row)?))).transpose()
}

/// Invitations to any of these addresses that were neither accepted nor revoked.
pub(crate) async fn unclosed_among(
    tx: &Tx,
    org: OrganizationId,
    emails: &[EmailAddress],
) -> Result<Vec<Offer>, StoreError> {
    let unclosed = Entity::find()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::Status.eq(OfferStatus::Open.name()))
        .filter(Column::Email.is_in(emails.iter().map(EmailAddress::as_str)));
    unclosed.all(tx.connection()).await?.into_iter().map(read).collect()
}

/// Invitations, newest first: their ids grow with time.
pub(crate) async fn list(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    filter: InvitationFilter,
    page: &PageRequest,
    now: Timestamp,
) -> Result<Page<Offer>, StoreError> {
    let mut offers =
        Entity::find().filter(Column::OrganizationId.eq(org.uuid())).filter(matching(filter, now));
    let total = if page.count { Some(offers.clone().count(connection).await?) } else { None };
    if let Some(after) = &page.after {
        let last = keyset::value::<uuid::Uuid>(after, 0)?;
        offers = offers.filter(Column::Id.lt(last));
    }
    let rows = offers.order_by_desc(Column::Id).limit(page.limit.rows() + 1).all(connection).await?;
    let rows = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    let cut = Page::cut(rows, page.limit, |offer: &Offer| Keyset(vec![offer.id.to_string()]));
    Ok(Page { total, ..cut })
}

fn matching(filter: InvitationFilter, now: Timestamp) -> Condition {
    let stands = |status: OfferStatus| Condition::all().add(Column::Status.eq(status.name()));
    match filter.state {
        None => stands(OfferStatus::Open),
        Some(InvitationState::Open) => stands(OfferStatus::Open).add(Column::ExpiresAt.gt(now)),
        Some(InvitationState::Expired) => stands(OfferStatus::Open).add(Column::ExpiresAt.lte(now)),
        Some(InvitationState::Accepted) => stands(OfferStatus::Accepted),
        Some(InvitationState::Revoked) => stands(OfferStatus::Revoked),
    }
}

/// How many invitations to a role can still be accepted.
pub(crate) async fn count_open_with_role(
    tx: &Tx,
    org: OrganizationId,
    role: RoleId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let open = Entity::find()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::RoleId.eq(role.uuid()))
        .filter(Column::Status.eq(OfferStatus::Open.name()))
        .filter(Column::ExpiresAt.gt(now));
    Ok(open.count(tx.connection()).await?)
}

/// Deletes the invitations to a role; none of them can be accepted any more.
pub(crate) async fn delete_with_role(tx: &Tx, org: OrganizationId, role: RoleId) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::RoleId.eq(role.uuid()))
        .exec(tx.connection())
        .await?;
    Ok(())
}

pub(crate) async fn delete_all(tx: &Tx, org: OrganizationId) -> Result<(), StoreError> {
    Entity::delete_many().filter(Column::OrganizationId.eq(org.uuid())).exec(tx.connection()).await?;
    Ok(())
}

/// Whose address it is. People belong to no organization.
pub(crate) async fn owner_of(
    connection: &impl ConnectionTrait,
    email: &EmailAddress,
) -> Result<Option<UserId>, StoreError> {
    let row = user::Entity::find().filter(user::Column::Email.eq(email.as_str())).one(connection).await?;
    Ok(row.map(|row| row.id.into()))
}

/// The language of whoever has this address. People belong to no organization.
pub(crate) async fn locale_of(
    connection: &impl ConnectionTrait,
    email: &EmailAddress,
) -> Result<Option<Locale>, StoreError> {
    let row = user::Entity::find().filter(user::Column::Email.eq(email.as_str())).one(connection).await?;
    let locale = row.map(|row| row.locale.parse::<Locale>()).transpose();
    locale.map_err(|fault| StoreError::corrupt("users.locale", fault.detail))
}

/// What a person is called. People belong to no organization.
pub(crate) async fn name_of(connection: &impl ConnectionTrait, user: UserId) -> Result<String, StoreError> {
    let row = user::Entity::find_by_id(user.uuid()).one(connection).await?;
    row.map(|row| row.full_name).ok_or_else(|| StoreError::corrupt("invitations.inviter_id", "no such user"))
}

/// What several persons are called. People belong to no organization.
pub(crate) async fn names_of(
    connection: &impl ConnectionTrait,
    users: &[UserId],
) -> Result<HashMap<UserId, String>, StoreError> {
    let rows = user::Entity::find()
        .filter(user::Column::Id.is_in(users.iter().map(|user| user.uuid())))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.full_name)).collect())
}

fn row(org: OrganizationId, offer: &Offer) -> ActiveModel {
    ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(offer.id.uuid()),
        email: Set(offer.email.as_str().to_owned()),
        role_id: Set(offer.role.uuid()),
        inviter_id: Set(offer.inviter.uuid()),
        status: Set(offer.status.name().to_owned()),
        nonce: Set(offer.nonce.to_vec()),
        token_hash: Set(offer.token_hash.to_vec()),
        sent_at: Set(offer.sent_at),
        expires_at: Set(offer.expires_at),
        accepted_by: Set(offer.accepted_by.map(UserId::uuid)),
        closed_at: Set(offer.closed_at),
        created_at: Set(offer.created_at),
    }
}

fn read(row: Model) -> Result<Offer, StoreError> {
    Ok(Offer {
        id: row.id.into(),
        email: EmailAddress::from_stored(row.email),
        role: row.role_id.into(),
        inviter: row.inviter_id.into(),
        status: row
            .status
            .parse()
            .map_err(|error: UnknownOfferStatus| StoreError::corrupt("invitations.status", error))?,
        nonce: bytes("invitations.nonce", row.nonce)?,
        token_hash: bytes("invitations.token_hash", row.token_hash)?,
        sent_at: row.sent_at,
        expires_at: row.expires_at,
        accepted_by: row.accepted_by.map(UserId::from_uuid),
        closed_at: row.closed_at,
        created_at: row.created_at,
    })
}

fn bytes(column: &'static str, bytes: Vec<u8>) -> Result<[u8; 32], StoreError> {
    let found = bytes.len();
    bytes.try_into().map_err(|_: Vec<u8>| StoreError::corrupt(column, format!("{found} bytes, not 32")))
}
