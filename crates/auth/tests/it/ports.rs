//! The neighbours of these tests: people and organizations in a few rows.

use async_trait::async_trait;
use auth::{Accounts, Founding, NewAccount};
use database::entities::{app_installation, membership, organization, role, user};
use database::{StoreError, Tx};
use kernel::{
    App, EmailAddress, Env, Fault, FaultKind, Locale, OrganizationId, PortFault, RoleId, Stream, SystemRole,
    Timestamp, UserId,
};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

pub(crate) struct People(pub(crate) Env);

#[derive(Debug, thiserror::Error)]
#[error("another account has this address")]
struct Taken(#[source] StoreError);

impl Fault for Taken {
    fn kind(&self) -> FaultKind {
        FaultKind::Conflict
    }

    fn code(&self) -> &'static str {
        "email_taken"
    }
}

fn taken_or_failed(error: StoreError) -> PortFault {
    if error.violates("uq_users_email") { PortFault::new(Taken(error)) } else { PortFault::new(error) }
}

#[async_trait]
impl Accounts for People {
    async fn create(&self, tx: &Tx, account: NewAccount) -> Result<(), PortFault> {
        let row = user_row(account.id, &account.email, &account.full_name, account.locale, self.0.now());
        let inserted = user::Entity::insert(row).exec_without_returning(tx.connection()).await;
        inserted.map_err(|error| taken_or_failed(error.into()))?;
        tx.open_stream(Stream::User(account.id)).await.map_err(PortFault::new)
    }

    async fn change_email(&self, tx: &Tx, user: UserId, email: &EmailAddress) -> Result<(), PortFault> {
        let row = user::ActiveModel { email: Set(email.as_str().to_owned()), ..Default::default() };
        let changed = user::Entity::update_many()
            .set(row)
            .filter(user::Column::Id.eq(user.uuid()))
            .exec(tx.connection());
        changed.await.map(drop).map_err(|error| taken_or_failed(error.into()))
    }
}

fn user_row(
    id: UserId,
    email: &EmailAddress,
    full_name: &str,
    locale: Locale,
    now: Timestamp,
) -> user::ActiveModel {
    user::ActiveModel {
        id: Set(id.uuid()),
        email: Set(email.as_str().to_owned()),
        full_name: Set(full_name.to_owned()),
        display_name: Set(None),
        locale: Set(locale.tag().to_owned()),
        time_zone: Set("Asia/Kathmandu".to_owned()),
        calendar: Set("ad".to_owned()),
        theme: Set("system".to_owned()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        delete_after: Set(None),
    }
}

#[async_trait]
impl Founding for People {
    async fn found(&self, tx: &Tx, owner: UserId, name: &str) -> Result<OrganizationId, PortFault> {
        let id = self.0.id();
        found(tx, id, owner, name, self.0.now()).await.map_err(PortFault::new)?;
        Ok(id)
    }
}

async fn found(
    tx: &Tx,
    id: OrganizationId,
    owner: UserId,
    name: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let on = tx.connection();
    let row = organization::ActiveModel {
        id: Set(id.uuid()),
        name: Set(name.to_owned()),
        slug: Set(format!("{}-{}", name.to_lowercase().replace(' ', "-"), id.uuid().simple())),
        legal_name: Set(None),
        tax_id: Set(None),
        address: Set(None),
        phone: Set(None),
        email: Set(None),
        require_mfa: Set(false),
        mfa_grace_days: Set(0),
        mfa_required_since: Set(None),
        allowed_domains: Set(String::new()),
        session_max_days: Set(30),
        epoch: Set(1),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        delete_after: Set(None),
    };
    row.insert(on).await?;
    for system in SystemRole::ALL {
        add_role(on, id, system.id(), system.name(), i64::from(system.rank().0), "", now).await?;
    }
    let app = app_installation::ActiveModel {
        organization_id: Set(id.uuid()),
        app: Set(App::Tickets.key().to_owned()),
        installed_at: Set(now),
    };
    app.insert(on).await?;
    tx.open_stream(Stream::Organization(id)).await?;
    add_member(on, id, owner, SystemRole::Owner.id(), now).await
}

pub(crate) async fn add_role(
    on: &impl ConnectionTrait,
    org: OrganizationId,
    id: RoleId,
    name: &str,
    rank: i64,
    scopes: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = role::ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(id.uuid()),
        name: Set(name.to_owned()),
        description: Set(String::new()),
        rank: Set(rank),
        scopes: Set(scopes.to_owned()),
        is_system: Set(SystemRole::from_id(id).is_some()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    row.insert(on).await?;
    Ok(())
}

pub(crate) async fn add_member(
    on: &impl ConnectionTrait,
    org: OrganizationId,
    user: UserId,
    role: RoleId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = membership::ActiveModel {
        organization_id: Set(org.uuid()),
        user_id: Set(user.uuid()),
        role_id: Set(role.uuid()),
        status: Set("active".to_owned()),
        epoch: Set(1),
        version: Set(1),
        joined_at: Set(now),
        updated_at: Set(now),
    };
    row.insert(on).await?;
    Ok(())
}
