use database::entities::{app_installation, membership, organization, organization_slug, role};
use database::{StoreError, Tx, keyset};
use kernel::{
    App, EmailAddress, Keyset, OrganizationId, Page, PageRequest, Rank, RoleId, Timestamp, UserId, Version,
};
use sea_orm::sea_query::{Expr, ExprTrait, IntoColumnRef, LockType};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter,
    QueryOrder, QuerySelect, TryInsertResult,
};

use crate::Error;
use crate::organizations::{MyOrganization, Organization, OrganizationName, SecurityPolicy, Slug};

/// The apps every organization starts with.
const FIRST_APPS: [App; 3] = [App::Tickets, App::Invoices, App::Campaigns];

/// Writes a new organization; false if another one has its slug.
pub(crate) async fn insert(tx: &Tx, new: &Organization) -> Result<bool, StoreError> {
    let row = organization::ActiveModel { epoch: Set(1), ..row(new) };
    let inserted = organization::Entity::insert(row)
        .on_conflict_do_nothing_on([organization::Column::Slug])
        .exec_without_returning(tx.connection())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1..)))
}

pub(crate) async fn install_first_apps(
    tx: &Tx,
    org: OrganizationId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let rows = FIRST_APPS.map(|app| app_installation::ActiveModel {
        organization_id: Set(org.uuid()),
        app: Set(app.key().to_owned()),
        installed_at: Set(now),
    });
    app_installation::Entity::insert_many(rows).exec_without_returning(tx.connection()).await?;
    Ok(())
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
) -> Result<Option<Organization>, StoreError> {
    let row = organization::Entity::find_by_id(org.uuid()).one(connection).await?;
    Ok(row.map(read))
}

/// Reads and locks an organization: the first lock of everything that concerns who may do what in it.
pub(crate) async fn lock(tx: &Tx, org: OrganizationId) -> Result<Organization, Error> {
    let row = organization::Entity::find_by_id(org.uuid())
        .lock(LockType::NoKeyUpdate)
        .one(tx.connection())
        .await
        .map_err(StoreError::from)?;
    row.map(read).ok_or(Error::NotFound)
}

/// Locks several organizations, in the order of their ids like everybody who locks more than one.
pub(crate) async fn lock_many(tx: &Tx, orgs: &[OrganizationId]) -> Result<(), StoreError> {
    organization::Entity::find()
        .filter(organization::Column::Id.is_in(orgs.iter().map(|org| org.uuid())))
        .order_by_asc(organization::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(tx.connection())
        .await?;
    Ok(())
}

/// Writes an organization that was locked before in this transaction. Its epoch is left alone.
pub(crate) async fn save(tx: &Tx, organization: &Organization) -> Result<(), Error> {
    match row(organization).update(tx.connection()).await.map_err(StoreError::from) {
        Ok(_) => Ok(()),
        Err(error) if error.violates("uq_organizations_slug") => Err(Error::SlugTaken),
        Err(error) => Err(error.into()),
    }
}

/// Makes the rights of everybody in the organization outdated.
pub(crate) async fn bump_epoch(tx: &Tx, org: OrganizationId) -> Result<(), StoreError> {
    organization::Entity::update_many()
        .col_expr(organization::Column::Epoch, Expr::col(organization::Column::Epoch).add(1))
        .filter(organization::Column::Id.eq(org.uuid()))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Whether another organization gave this slug up.
pub(crate) async fn slug_is_anothers(tx: &Tx, org: OrganizationId, slug: &Slug) -> Result<bool, StoreError> {
    let row = organization_slug::Entity::find_by_id(slug.as_str()).one(tx.connection()).await?;
    Ok(row.is_some_and(|row| row.organization_id != org.uuid()))
}

/// Keeps the slug that was given up, and takes back one that this organization had before.
pub(crate) async fn retire_slug(
    tx: &Tx,
    before: &Organization,
    after: &Organization,
) -> Result<(), StoreError> {
    organization_slug::Entity::delete_by_id(after.slug.as_str()).exec(tx.connection()).await?;
    let retired = organization_slug::ActiveModel {
        slug: Set(before.slug.as_str().to_owned()),
        organization_id: Set(before.id.uuid()),
        retired_at: Set(after.updated_at),
    };
    organization_slug::Entity::insert(retired).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// The organization that has or had a slug. Takes no organization: the slug is how one is found.
pub(crate) async fn by_slug(
    connection: &impl ConnectionTrait,
    slug: &str,
) -> Result<Option<OrganizationId>, StoreError> {
    let present =
        organization::Entity::find().filter(organization::Column::Slug.eq(slug)).one(connection).await?;
    if let Some(present) = present {
        return Ok(Some(present.id.into()));
    }
    let retired = organization_slug::Entity::find_by_id(slug).one(connection).await?;
    Ok(retired.map(|row| row.organization_id.into()))
}

/// The organizations a person is an active member of, or one of them, by name. It is a person's view.
pub(crate) async fn of_user(
    connection: &impl ConnectionTrait,
    user: UserId,
    only: Option<OrganizationId>,
    page: &PageRequest,
) -> Result<Page<MyOrganization>, StoreError> {
    let membership_of = organization::Entity::belongs_to(membership::Entity)
        .from(organization::Column::Id)
        .to(membership::Column::OrganizationId);
    let mut mine = organization::Entity::find()
        .join(JoinType::InnerJoin, membership_of.into())
        .filter(membership::Column::UserId.eq(user.uuid()))
        .filter(membership::Column::Status.eq("active"));
    if let Some(only) = only {
        mine = mine.filter(organization::Column::Id.eq(only.uuid()));
    }
    if let Some(after) = &page.after {
        mine = mine.filter(keyset::after(vec![
            keyset::Key::ascending(column(organization::Column::Name), keyset::value::<String>(after, 0)?),
            keyset::Key::ascending(column(organization::Column::Id), keyset::value::<uuid::Uuid>(after, 1)?),
        ]));
    }
    let rows = mine
        .order_by_asc(organization::Column::Name)
        .order_by_asc(organization::Column::Id)
        .limit(page.limit.rows() + 1)
        .select_also(membership::Entity)
        .all(connection)
        .await?;
    let names = role_names(connection, &rows).await?;
    let rows = rows.into_iter().map(|row| mine_of(row, &names)).collect::<Result<_, _>>()?;
    Ok(Page::cut(rows, page.limit, |row: &MyOrganization| {
        Keyset(vec![row.name.as_str().to_owned(), row.id.to_string()])
    }))
}

type Mine = (organization::Model, Option<membership::Model>);

async fn role_names(
    connection: &impl ConnectionTrait,
    rows: &[Mine],
) -> Result<Vec<role::Model>, StoreError> {
    let roles = role::Entity::find()
        .filter(role::Column::OrganizationId.is_in(rows.iter().map(|(org, _)| org.id)))
        .filter(
            role::Column::Id.is_in(rows.iter().filter_map(|(_, own)| own.as_ref().map(|own| own.role_id))),
        );
    Ok(roles.all(connection).await?)
}

fn mine_of((org, own): Mine, roles: &[role::Model]) -> Result<MyOrganization, StoreError> {
    let own = own.ok_or_else(|| StoreError::corrupt("memberships.organization_id", "no membership"))?;
    let role = roles
        .iter()
        .find(|role| role.organization_id == org.id && role.id == own.role_id)
        .ok_or_else(|| StoreError::corrupt("memberships.role_id", "no such role"))?;
    Ok(MyOrganization {
        id: org.id.into(),
        name: OrganizationName::from_stored(org.name),
        slug: Slug::from_stored(org.slug),
        role: RoleId::from_uuid(role.id),
        role_name: role.name.clone(),
        rank: Rank(u8::try_from(role.rank).map_err(|error| StoreError::corrupt("roles.rank", error))?),
        delete_after: org.delete_after,
    })
}

/// Organizations whose days of grace are over. Takes no organization: it is the schedule's view of all.
pub(crate) async fn due_for_erasure(
    connection: &impl ConnectionTrait,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<OrganizationId>, StoreError> {
    let due = organization::Entity::find()
        .filter(organization::Column::DeleteAfter.lte(now))
        .order_by_asc(organization::Column::Id)
        .limit(limit);
    let rows = due.all(connection).await?;
    Ok(rows.into_iter().map(|row| row.id.into()).collect())
}

/// Deletes the organization's own row.
pub(crate) async fn delete(tx: &Tx, org: OrganizationId) -> Result<(), StoreError> {
    organization::Entity::delete_by_id(org.uuid()).exec(tx.connection()).await?;
    Ok(())
}

/// Deletes what hangs directly on the organization: its apps and its former slugs.
pub(crate) async fn delete_belongings(tx: &Tx, org: OrganizationId) -> Result<(), StoreError> {
    app_installation::Entity::delete_many()
        .filter(app_installation::Column::OrganizationId.eq(org.uuid()))
        .exec(tx.connection())
        .await?;
    organization_slug::Entity::delete_many()
        .filter(organization_slug::Column::OrganizationId.eq(org.uuid()))
        .exec(tx.connection())
        .await?;
    Ok(())
}

fn column(column: organization::Column) -> Expr {
    Expr::col((organization::Entity, column).into_column_ref())
}

fn row(organization: &Organization) -> organization::ActiveModel {
    let policy = &organization.policy;
    organization::ActiveModel {
        id: Set(organization.id.uuid()),
        name: Set(organization.name.as_str().to_owned()),
        slug: Set(organization.slug.as_str().to_owned()),
        legal_name: Set(organization.legal_name.clone()),
        tax_id: Set(organization.tax_id.clone()),
        address: Set(organization.address.clone()),
        phone: Set(organization.phone.clone()),
        email: Set(organization.email.as_ref().map(|email| email.as_str().to_owned())),
        require_mfa: Set(policy.require_mfa),
        mfa_grace_days: Set(policy.grace_days),
        mfa_required_since: Set(policy.mfa_required_since),
        allowed_domains: Set(policy.allowed_domains.join(" ")),
        session_max_days: Set(policy.session_max_days),
        version: Set(organization.version.0),
        created_at: Set(organization.created_at),
        updated_at: Set(organization.updated_at),
        delete_after: Set(organization.delete_after),
        ..Default::default()
    }
}

pub(super) fn read(row: organization::Model) -> Organization {
    Organization {
        id: row.id.into(),
        name: OrganizationName::from_stored(row.name),
        slug: Slug::from_stored(row.slug),
        legal_name: row.legal_name,
        tax_id: row.tax_id,
        address: row.address,
        phone: row.phone,
        email: row.email.map(EmailAddress::from_stored),
        policy: SecurityPolicy {
            require_mfa: row.require_mfa,
            mfa_required_since: row.mfa_required_since,
            grace_days: row.mfa_grace_days,
            allowed_domains: row.allowed_domains.split_whitespace().map(str::to_owned).collect(),
            session_max_days: row.session_max_days,
        },
        version: Version(row.version),
        created_at: row.created_at,
        updated_at: row.updated_at,
        delete_after: row.delete_after,
    }
}
