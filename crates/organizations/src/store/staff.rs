//! Members as others see them: with their names and roles.

use database::entities::membership::{Column, Entity, Model};
use database::entities::user;
use database::{StoreError, keyset};
use kernel::{EmailAddress, Keyset, OrganizationId, Page, PageRequest, UserId};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, IntoColumnRef, LikeExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use super::members::read;
use crate::members::{Member, MemberStatus, Sought};
use crate::roles::Role;

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
