//! The only place here that names the database. People are global, so no function takes an organization but the
//! directory, which shows the people of one.

use database::entities::{membership, user};
use database::{StoreError, Tx, keyset};
use kernel::{
    Calendar, EmailAddress, Keyset, Locale, OrganizationId, Page, PageRequest, RoleId, Timestamp, UserId,
    Version,
};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, IntoColumnRef, LikeExpr, LockType};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::{Error, Person, PersonName, User};

pub(crate) async fn insert(tx: &Tx, user: &User) -> Result<(), Error> {
    let inserted = user::Entity::insert(row(user)).exec_without_returning(tx.connection()).await;
    match inserted.map_err(StoreError::from) {
        Ok(_) => Ok(()),
        Err(error) => Err(judged(error)),
    }
}

/// Writes a user that was locked before in this transaction.
pub(crate) async fn save(tx: &Tx, user: &User) -> Result<(), Error> {
    let row = row(user).into_active_model();
    match row.update(tx.connection()).await.map_err(StoreError::from) {
        Ok(_) => Ok(()),
        Err(error) => Err(judged(error)),
    }
}

fn judged(error: StoreError) -> Error {
    if error.violates("uq_users_email") { Error::EmailTaken } else { error.into() }
}

pub(crate) async fn lock(tx: &Tx, user: UserId) -> Result<Option<User>, StoreError> {
    let row = user::Entity::find_by_id(user.uuid()).lock(LockType::NoKeyUpdate).one(tx.connection()).await?;
    row.map(read).transpose()
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    user: UserId,
) -> Result<Option<User>, StoreError> {
    let row = user::Entity::find_by_id(user.uuid()).one(connection).await?;
    row.map(read).transpose()
}

pub(crate) async fn find_by_email(
    connection: &impl ConnectionTrait,
    email: &EmailAddress,
) -> Result<Option<User>, StoreError> {
    let row = user::Entity::find().filter(user::Column::Email.eq(email.as_str())).one(connection).await?;
    row.map(read).transpose()
}

pub(crate) async fn anybody(connection: &impl ConnectionTrait) -> Result<bool, StoreError> {
    Ok(user::Entity::find().one(connection).await?.is_some())
}

pub(crate) async fn many_by_id(
    connection: &impl ConnectionTrait,
    users: &[UserId],
) -> Result<Vec<User>, StoreError> {
    let ids = users.iter().map(|user| user.uuid());
    let rows = user::Entity::find().filter(user::Column::Id.is_in(ids)).all(connection).await?;
    rows.into_iter().map(read).collect()
}

pub(crate) async fn due_for_erasure(
    connection: &impl ConnectionTrait,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<UserId>, StoreError> {
    let due = user::Entity::find()
        .filter(user::Column::DeleteAfter.lte(now))
        .order_by_asc(user::Column::Id)
        .limit(limit);
    let rows = due.all(connection).await?;
    Ok(rows.into_iter().map(|row| row.id.into()).collect())
}

/// The organizations he is an active member of.
pub(crate) async fn organizations_of(tx: &Tx, user: UserId) -> Result<Vec<OrganizationId>, StoreError> {
    let active = membership::Entity::find()
        .filter(membership::Column::UserId.eq(user.uuid()))
        .filter(membership::Column::Status.eq("active"));
    let rows = active.all(tx.connection()).await?;
    Ok(rows.into_iter().map(|row| row.organization_id.into()).collect())
}

/// The active members of an organization, by full name.
pub(crate) async fn directory(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    needle: Option<&str>,
    page: &PageRequest,
) -> Result<Page<Person>, StoreError> {
    let mut people = people(org);
    if let Some(needle) = needle {
        people = people.filter(beginning(needle));
    }
    let total = if page.count { Some(people.clone().count(connection).await?) } else { None };
    if let Some(after) = &page.after {
        people = people.filter(keyset::after(vec![
            keyset::Key::ascending(column(user::Column::FullName), keyset::value::<String>(after, 0)?),
            keyset::Key::ascending(column(user::Column::Id), keyset::value::<uuid::Uuid>(after, 1)?),
        ]));
    }
    let rows = people
        .order_by_asc(user::Column::FullName)
        .order_by_asc(user::Column::Id)
        .limit(page.limit.rows() + 1)
        .select_also(user::Entity)
        .all(connection)
        .await?;
    let rows: Result<Vec<_>, _> = rows.into_iter().map(person).collect();
    let cut = Page::cut(rows?, page.limit, |person| {
        Keyset(vec![person.full_name.as_str().to_owned(), person.id.to_string()])
    });
    Ok(Page { total, ..cut })
}

fn people(org: OrganizationId) -> Select<membership::Entity> {
    let of_user =
        membership::Entity::belongs_to(user::Entity).from(membership::Column::UserId).to(user::Column::Id);
    membership::Entity::find()
        .join(JoinType::InnerJoin, of_user.into())
        .filter(membership::Column::OrganizationId.eq(org.uuid()))
        .filter(membership::Column::Status.eq("active"))
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

fn person((membership, user): (membership::Model, Option<user::Model>)) -> Result<Person, StoreError> {
    let user = user.ok_or_else(|| StoreError::corrupt("memberships.user_id", "no such user"))?;
    Ok(Person {
        id: user.id.into(),
        email: EmailAddress::from_stored(user.email),
        full_name: PersonName::from_stored(user.full_name),
        display_name: user.display_name.map(PersonName::from_stored),
        time_zone: user.time_zone,
        role: RoleId::from_uuid(membership.role_id),
        joined_at: membership.joined_at,
    })
}

fn row(user: &User) -> user::ActiveModel {
    user::ActiveModel {
        id: Set(user.id.uuid()),
        email: Set(user.email.as_str().to_owned()),
        full_name: Set(user.full_name.as_str().to_owned()),
        display_name: Set(user.display_name.as_ref().map(|name| name.as_str().to_owned())),
        locale: Set(user.locale.tag().to_owned()),
        time_zone: Set(user.time_zone.name().to_owned()),
        calendar: Set(user.calendar.name().to_owned()),
        theme: Set(user.theme.name().to_owned()),
        version: Set(user.version.0),
        created_at: Set(user.created_at),
        updated_at: Set(user.updated_at),
        delete_after: Set(user.delete_after),
    }
}

fn read(row: user::Model) -> Result<User, StoreError> {
    Ok(User {
        id: row.id.into(),
        email: EmailAddress::from_stored(row.email),
        full_name: PersonName::from_stored(row.full_name),
        display_name: row.display_name.map(PersonName::from_stored),
        locale: stored("users.locale", row.locale.parse::<Locale>())?,
        time_zone: row
            .time_zone
            .parse()
            .map_err(|error: chrono_tz::ParseError| StoreError::corrupt("users.time_zone", error))?,
        calendar: stored("users.calendar", row.calendar.parse::<Calendar>())?,
        theme: stored("users.theme", row.theme.parse())?,
        version: Version(row.version),
        created_at: row.created_at,
        updated_at: row.updated_at,
        delete_after: row.delete_after,
    })
}

fn stored<T>(column: &'static str, parsed: Result<T, kernel::FieldFault>) -> Result<T, StoreError> {
    parsed.map_err(|fault| StoreError::corrupt(column, fault.detail))
}
