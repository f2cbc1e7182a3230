use database::entities::membership::{ActiveModel, Column, Entity, Model};
use database::entities::user;
use database::{StoreError, Tx};
use kernel::{EmailAddress, OrganizationId, SystemRole, UserId, Version};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::members::{MemberStatus, Membership};

pub(crate) async fn insert(tx: &Tx, org: OrganizationId, membership: &Membership) -> Result<(), StoreError> {
    Entity::insert(row(org, membership)).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// Writes a membership; the organization was locked before in this transaction.
pub(crate) async fn save(tx: &Tx, org: OrganizationId, membership: &Membership) -> Result<(), StoreError> {
    row(org, membership).update(tx.connection()).await?;
    Ok(())
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    user: UserId,
) -> Result<Option<Membership>, StoreError> {
    let row = Entity::find_by_id((org.uuid(), user.uuid())).one(connection).await?;
    row.map(read).transpose()
}

/// How many active owners there are besides one person.
pub(crate) async fn count_other_owners(
    tx: &Tx,
    org: OrganizationId,
    user: UserId,
) -> Result<u64, StoreError> {
    let owners = Entity::find()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::RoleId.eq(SystemRole::Owner.id().uuid()))
        .filter(Column::Status.eq(MemberStatus::Active.name()))
        .filter(Column::UserId.ne(user.uuid()));
    Ok(owners.count(tx.connection()).await?)
}

/// The organizations a person owns, in the order of their ids. Takes no organization: it is a person's view.
pub(crate) async fn owned_by(tx: &Tx, user: UserId) -> Result<Vec<OrganizationId>, StoreError> {
    let owned = Entity::find()
        .filter(Column::UserId.eq(user.uuid()))
        .filter(Column::RoleId.eq(SystemRole::Owner.id().uuid()))
        .filter(Column::Status.eq(MemberStatus::Active.name()))
        .order_by_asc(Column::OrganizationId);
    let rows = owned.all(tx.connection()).await?;
    Ok(rows.into_iter().map(|row| row.organization_id.into()).collect())
}

/// The organizations in which a person has not left, in the order of their ids. Takes no organization: it is a
/// person's view.
pub(crate) async fn present_in(tx: &Tx, user: UserId) -> Result<Vec<OrganizationId>, StoreError> {
    let present = Entity::find()
        .filter(Column::UserId.eq(user.uuid()))
        .filter(Column::Status.ne(MemberStatus::Left.name()))
        .order_by_asc(Column::OrganizationId);
    let rows = present.all(tx.connection()).await?;
    Ok(rows.into_iter().map(|row| row.organization_id.into()).collect())
}

/// Those of the persons who are active members.
pub(crate) async fn active_among(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    users: &[UserId],
) -> Result<Vec<UserId>, StoreError> {
    let active = Entity::find()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::Status.eq(MemberStatus::Active.name()))
        .filter(Column::UserId.is_in(users.iter().map(|user| user.uuid())));
    let rows = active.all(connection).await?;
    Ok(rows.into_iter().map(|row| row.user_id.into()).collect())
}

/// The next active members after a person, by id.
pub(crate) async fn active_after(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    after: Option<UserId>,
    limit: u64,
) -> Result<Vec<Membership>, StoreError> {
    let mut active = Entity::find()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::Status.eq(MemberStatus::Active.name()))
        .order_by_asc(Column::UserId)
        .limit(limit);
    if let Some(after) = after {
        active = active.filter(Column::UserId.gt(after.uuid()));
    }
    active.all(connection).await?.into_iter().map(read).collect()
}

/// Those of the addresses whose owners are members, active or suspended.
pub(crate) async fn addresses_of_members(
    tx: &Tx,
    org: OrganizationId,
    emails: &[EmailAddress],
) -> Result<Vec<EmailAddress>, StoreError> {
    let members = Query::select()
        .column(Column::UserId)
        .from(Entity)
        .and_where(Column::OrganizationId.eq(org.uuid()))
        .and_where(Column::Status.ne(MemberStatus::Left.name()))
        .to_owned();
    let rows = user::Entity::find()
        .filter(user::Column::Email.is_in(emails.iter().map(EmailAddress::as_str)))
        .filter(user::Column::Id.in_subquery(members))
        .all(tx.connection())
        .await?;
    Ok(rows.into_iter().map(|row| EmailAddress::from_stored(row.email)).collect())
}

/// Ends every membership that has not ended, so that nobody comes in any more.
pub(crate) async fn end_all(tx: &Tx, org: OrganizationId) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(MemberStatus::Left.name()))
        .col_expr(Column::Epoch, Expr::col(Column::Epoch).add(1))
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::Status.ne(MemberStatus::Left.name()))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Gives those who left another role than one that is about to go; they have none of its rights anyway.
pub(crate) async fn demote_former(
    tx: &Tx,
    org: OrganizationId,
    role: kernel::RoleId,
    to: kernel::RoleId,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::RoleId, Expr::value(to.uuid()))
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::RoleId.eq(role.uuid()))
        .filter(Column::Status.eq(MemberStatus::Left.name()))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// How many members, active or suspended, have each role.
pub(crate) async fn count_by_role(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
) -> Result<Vec<(uuid::Uuid, u64)>, StoreError> {
    let counts = Entity::find()
        .select_only()
        .column(Column::RoleId)
        .column_as(Column::UserId.count(), "members")
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::Status.ne(MemberStatus::Left.name()))
        .group_by(Column::RoleId);
    let counts: Vec<(uuid::Uuid, i64)> = counts.into_tuple().all(connection).await?;
    Ok(counts.into_iter().map(|(role, count)| (role, count.unsigned_abs())).collect())
}

/// How many members, active or suspended, have a role.
pub(crate) async fn count_with_role(
    tx: &Tx,
    org: OrganizationId,
    role: kernel::RoleId,
) -> Result<u64, StoreError> {
    let members = Entity::find()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::RoleId.eq(role.uuid()))
        .filter(Column::Status.ne(MemberStatus::Left.name()));
    Ok(members.count(tx.connection()).await?)
}

pub(crate) async fn delete_all(tx: &Tx, org: OrganizationId) -> Result<(), StoreError> {
    Entity::delete_many().filter(Column::OrganizationId.eq(org.uuid())).exec(tx.connection()).await?;
    Ok(())
}

fn row(org: OrganizationId, membership: &Membership) -> ActiveModel {
    ActiveModel {
        organization_id: Set(org.uuid()),
        user_id: Set(membership.user.uuid()),
        role_id: Set(membership.role.uuid()),
        status: Set(membership.status.name().to_owned()),
        epoch: Set(membership.epoch),
        version: Set(membership.version.0),
        joined_at: Set(membership.joined_at),
        updated_at: Set(membership.updated_at),
    }
}

pub(super) fn read(row: Model) -> Result<Membership, StoreError> {
    let status = row.status.parse();
    Ok(Membership {
        user: row.user_id.into(),
        role: row.role_id.into(),
        status: status.map_err(|error: crate::members::UnknownStatus| {
            StoreError::corrupt("memberships.status", error)
        })?,
        epoch: row.epoch,
        version: Version(row.version),
        joined_at: row.joined_at,
        updated_at: row.updated_at,
    })
}
