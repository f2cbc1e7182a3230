//! Whom the other tables are about. Joins what other domains keep, read-only.

use database::StoreError;
use database::entities::{credential, membership, organization, organization_slug, user};
use kernel::{EmailAddress, Locale, OrganizationId, RoleId, SystemRole, Timestamp, UserId};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};
use uuid::Uuid;

use crate::account::Account;
use crate::answer::{AccountView, OrganizationView};
use crate::command::OrganizationChoice;

const ACTIVE: &str = "active";

const ACCOUNT: &str = "SELECT u.id, u.email, u.full_name, u.locale, c.password_hash, c.short_password, \
     c.disabled_at, t.secret \
     FROM users u JOIN credentials c ON c.user_id = u.id LEFT JOIN totp_credentials t ON t.user_id = u.id";

#[derive(FromQueryResult)]
struct AccountRow {
    id: Uuid,
    email: String,
    full_name: String,
    locale: String,
    password_hash: String,
    short_password: bool,
    disabled_at: Option<Timestamp>,
    secret: Option<Vec<u8>>,
}

/// The account of an address.
pub(crate) async fn account_of(
    on: &impl ConnectionTrait,
    email: &EmailAddress,
) -> Result<Option<Account>, StoreError> {
    let sql = format!("{ACCOUNT} WHERE u.email = $1");
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, [email.as_str().into()]);
    AccountRow::find_by_statement(statement).one(on).await?.map(account_from).transpose()
}

/// The account of a person.
pub(crate) async fn account(on: &impl ConnectionTrait, user: UserId) -> Result<Option<Account>, StoreError> {
    let sql = format!("{ACCOUNT} WHERE u.id = $1");
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, [user.uuid().into()]);
    AccountRow::find_by_statement(statement).one(on).await?.map(account_from).transpose()
}

fn account_from(row: AccountRow) -> Result<Account, StoreError> {
    Ok(Account {
        user: UserId::from_uuid(row.id),
        email: EmailAddress::from_stored(row.email),
        full_name: row.full_name,
        locale: locale("users.locale", &row.locale)?,
        password_hash: row.password_hash,
        short_password: row.short_password,
        disabled: row.disabled_at.is_some(),
        totp: row.secret,
    })
}

/// The person of an address, whether he has credentials or not.
pub(crate) async fn user_of(
    on: &impl ConnectionTrait,
    email: &EmailAddress,
) -> Result<Option<UserId>, StoreError> {
    let row = user::Entity::find().filter(user::Column::Email.eq(email.as_str())).one(on).await?;
    Ok(row.map(|row| UserId::from_uuid(row.id)))
}

/// Whether anybody has an account yet.
pub(crate) async fn anybody(on: &impl ConnectionTrait) -> Result<bool, StoreError> {
    Ok(credential::Entity::find().limit(1).count(on).await? > 0)
}

/// What a session answer shows of a person.
pub(crate) async fn view(on: &impl ConnectionTrait, user: UserId) -> Result<Option<AccountView>, StoreError> {
    let row = user::Entity::find_by_id(user.uuid()).one(on).await?;
    row.map(account_view).transpose()
}

fn account_view(row: user::Model) -> Result<AccountView, StoreError> {
    Ok(AccountView {
        id: UserId::from_uuid(row.id),
        email: EmailAddress::from_stored(row.email),
        full_name: row.full_name,
        display_name: row.display_name,
        locale: locale("users.locale", &row.locale)?,
        time_zone: row.time_zone,
        calendar: row
            .calendar
            .parse()
            .map_err(|fault: kernel::FieldFault| StoreError::corrupt("users.calendar", fault.detail))?,
        theme: row.theme,
    })
}

/// Reads a stored language.
pub(crate) fn locale(column: &'static str, text: &str) -> Result<Locale, StoreError> {
    text.parse().map_err(|fault: kernel::FieldFault| StoreError::corrupt(column, fault.detail))
}

/// The organizations a person is an active member of, in no order.
pub(crate) async fn active_organizations(
    on: &impl ConnectionTrait,
    user: UserId,
) -> Result<Vec<OrganizationId>, StoreError> {
    let rows = memberships(user).all(on).await?;
    Ok(rows.into_iter().map(|row| OrganizationId::from_uuid(row.organization_id)).collect())
}

/// The names of his organizations, which make poor passwords.
pub(crate) async fn organization_names(
    on: &impl ConnectionTrait,
    user: UserId,
) -> Result<Vec<String>, StoreError> {
    Ok(organizations(on, user).await?.into_iter().map(|organization| organization.name).collect())
}

#[derive(FromQueryResult)]
struct OrganizationRow {
    id: Uuid,
    slug: String,
    name: String,
    role_id: Uuid,
    role: String,
}

/// His organizations by name, each with his role.
pub(crate) async fn organizations(
    on: &impl ConnectionTrait,
    user: UserId,
) -> Result<Vec<OrganizationView>, StoreError> {
    let statement = Statement::from_sql_and_values(
        on.get_database_backend(),
        "SELECT o.id, o.slug, o.name, m.role_id, r.name AS role \
           FROM memberships m JOIN organizations o ON o.id = m.organization_id \
           JOIN roles r ON r.organization_id = m.organization_id AND r.id = m.role_id \
          WHERE m.user_id = $1 AND m.status = 'active' ORDER BY o.name, o.id",
        [user.uuid().into()],
    );
    let rows = OrganizationRow::find_by_statement(statement).all(on).await?;
    Ok(rows.into_iter().map(organization_view).collect())
}

fn organization_view(row: OrganizationRow) -> OrganizationView {
    OrganizationView {
        id: OrganizationId::from_uuid(row.id),
        slug: row.slug,
        name: row.name,
        role: role_name(RoleId::from_uuid(row.role_id), row.role),
    }
}

/// System roles have one name everywhere.
pub(crate) fn role_name(role: RoleId, stored: String) -> String {
    SystemRole::from_id(role).map_or(stored, |role| role.name().to_owned())
}

/// The organization he works in from now on: the one he asks for, else the last one, else the one he joined first.
pub(crate) async fn choose(
    on: &impl ConnectionTrait,
    user: UserId,
    choice: &OrganizationChoice,
    last_used: Option<OrganizationId>,
) -> Result<Chosen, StoreError> {
    let wanted = match choice {
        OrganizationChoice::Id(org) => Some(*org),
        OrganizationChoice::Slug(slug) => match by_slug(on, slug).await? {
            Some(org) => Some(org),
            None => return Ok(Chosen::Refused),
        },
        OrganizationChoice::LastUsed => None,
    };
    let mine = memberships(user).order_by_asc(membership::Column::JoinedAt).all(on).await?;
    let mine: Vec<_> = mine.into_iter().map(|row| OrganizationId::from_uuid(row.organization_id)).collect();
    Ok(match wanted {
        Some(org) if mine.contains(&org) => Chosen::Organization(Some(org)),
        Some(_) => Chosen::Refused,
        None => {
            let last = last_used.filter(|org| mine.contains(org));
            Chosen::Organization(last.or_else(|| mine.first().copied()))
        }
    })
}

/// What a choice of organization leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chosen {
    /// `None` for somebody who is in no organization.
    Organization(Option<OrganizationId>),
    /// He is no active member of the one he asked for, or there is none.
    Refused,
}

async fn by_slug(on: &impl ConnectionTrait, slug: &str) -> Result<Option<OrganizationId>, StoreError> {
    let row = organization::Entity::find().filter(organization::Column::Slug.eq(slug)).one(on).await?;
    if let Some(row) = row {
        return Ok(Some(OrganizationId::from_uuid(row.id)));
    }
    let old = organization_slug::Entity::find_by_id(slug.to_owned()).one(on).await?;
    Ok(old.map(|row| OrganizationId::from_uuid(row.organization_id)))
}

fn memberships(user: UserId) -> sea_orm::Select<membership::Entity> {
    membership::Entity::find()
        .filter(membership::Column::UserId.eq(user.uuid()))
        .filter(membership::Column::Status.eq(ACTIVE))
}

/// Whoever may only sign up as the first of all queues here.
pub(crate) async fn lock_platform(on: &impl ConnectionTrait) -> Result<(), StoreError> {
    let platform = organization::Entity::find_by_id(OrganizationId::PLATFORM.uuid());
    platform.lock(LockType::NoKeyUpdate).one(on).await?;
    Ok(())
}
