use database::entities::membership::{ActiveModel, Column, Entity, Model};
use database::entities::user;
use database::{StoreError, Tx, keyset};
use kernel::{EmailAddress, Keyset, OrganizationId, Page, PageRequest, SystemRole, UserId, Version};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, IntoColumnRef, LikeExpr, Query};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::members::{Member, MemberStatus, Membership, Sought};
use crate::roles::Role;

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

/// One member with his name and role.
pub(crate) async fn view(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    user: UserId,
    roles: &[Role],
) -> Result<Option<Member>, StoreError> {
    let row = with_users(org)
        .filter(Column::UserId.eq(user.uuid()))
        .select_also(user::Entity)
        .one(connection)
        .await?;
    row.map(|row| member(row, roles)).transpose()
}

/// The members that are sought, by full name.
pub(crate) async fn list(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    sought: &Sought,
    page: &PageRequest,
    roles: &[Role],
) -> Result<Page<Member>, StoreError> {
    let mut members = with_users(org).filter(matching(sought));
    let total = if page.count { Some(members.clone().count(connection).await?) } else { None };
    if let Some(after) = &page.after {
        members = members.filter(keyset::after(vec![
            keyset::Key::ascending(column(user::Column::FullName), keyset::value::<String>(after, 0)?),
            keyset::Key::ascending(column(user::Column::Id), keyset::value::<uuid::Uuid>(after, 1)?),
        ]));
    }
    let rows = members
        .order_by_asc(user::Column::FullName)
        .order_by_asc(user::Column::Id)
        .limit(page.limit.rows() + 1)
        .select_also(user::Entity)
        .all(connection)
        .await?;
    let rows = rows.into_iter().map(|row| member(row, roles)).collect::<Result<_, _>>()?;
    let cut = Page::cut(rows, page.limit, |member: &Member| {
        Keyset(vec![member.full_name.clone(), member.user.to_string()])
    });
    Ok(Page { total, ..cut })
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

fn with_users(org: OrganizationId) -> Select<Entity> {
    let of_user = Entity::belongs_to(user::Entity).from(Column::UserId).to(user::Column::Id);
    Entity::find().join(JoinType::InnerJoin, of_user.into()).filter(Column::OrganizationId.eq(org.uuid()))
}

fn matching(sought: &Sought) -> Condition {
    let mut all = Condition::all();
    all = match sought.status {
        Some(status) => all.add(Column::Status.eq(status.name())),
        None => all.add(Column::Status.ne(MemberStatus::Left.name())),
    };
    if let Some(role) = sought.role {
        all = all.add(Column::RoleId.eq(role.uuid()));
    }
    match &sought.needle {
        Some(needle) => all.add(beginning(needle)),
        None => all,
    }
}

/// A word of the name, or the address, begins with the needle.
fn beginning(needle: &str) -> Condition {
    let escaped = needle.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let like = |pattern: String| LikeExpr::new(pattern).escape('\\');
    let name = || Expr::expr(Func::lower(column(user::Column::FullName)));
    Condition::any()
        .add(name().like(like(format!("{escaped}%"))))
        .add(name().like(like(format!("% {escaped}%"))))
        .add(column(user::Column::Email).like(like(format!("{escaped}%"))))
}

fn column(column: user::Column) -> Expr {
    Expr::col((user::Entity, column).into_column_ref())
}

fn member((membership, user): (Model, Option<user::Model>), roles: &[Role]) -> Result<Member, StoreError> {
    let user = user.ok_or_else(|| StoreError::corrupt("memberships.user_id", "no such user"))?;
    let membership = read(membership)?;
    let role = roles
        .iter()
        .find(|role| role.id == membership.role)
        .ok_or_else(|| StoreError::corrupt("memberships.role_id", "no such role"))?;
    Ok(Member {
        user: membership.user,
        email: EmailAddress::from_stored(user.email),
        full_name: user.full_name,
        display_name: user.display_name,
        role: role.id,
        role_name: role.name.clone(),
        rank: role.rank,
        status: membership.status,
        version: membership.version,
        joined_at: membership.joined_at,
    })
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

fn read(row: Model) -> Result<Membership, StoreError> {
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
