//! What other domains write, for the tests of a domain that stands alone: an organization and its people.

use kernel::{OrganizationId, RoleId, SystemRole, Timestamp, UserId, Version};
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::entities::{membership, organization, organization_settings, role, user};
use crate::{StoreError, Tx};

/// An organization with its settings and the built-in roles.
pub async fn organization(tx: &Tx, id: OrganizationId, now: Timestamp) -> Result<(), StoreError> {
    let row = organization::ActiveModel {
        id: Set(id.uuid()),
        name: Set("Acme".to_owned()),
        legal_name: Set(Some("Acme Private Limited".to_owned())),
        tax_id: Set(Some("301234567".to_owned())),
        slug: Set(id.to_string()),
        require_mfa: Set(false),
        mfa_grace_days: Set(0),
        allowed_domains: Set(String::new()),
        session_max_days: Set(30),
        epoch: Set(1),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..organization::ActiveModel::default()
    };
    organization::Entity::insert(row).exec_without_returning(tx.connection()).await?;
    roles(tx, id, now).await?;
    settings(tx, id, now).await
}

async fn roles(tx: &Tx, id: OrganizationId, now: Timestamp) -> Result<(), StoreError> {
    let roles = SystemRole::ALL.map(|system| role::ActiveModel {
        organization_id: Set(id.uuid()),
        id: Set(system.id().uuid()),
        name: Set(system.name().to_owned()),
        description: Set(String::new()),
        rank: Set(i64::from(system.rank().0)),
        scopes: Set(system.scopes().to_stored()),
        is_system: Set(true),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    });
    role::Entity::insert_many(roles).exec_without_returning(tx.connection()).await?;
    Ok(())
}

async fn settings(tx: &Tx, id: OrganizationId, now: Timestamp) -> Result<(), StoreError> {
    let settings = organization_settings::ActiveModel {
        organization_id: Set(id.uuid()),
        currency: Set("NPR".to_owned()),
        time_zone: Set("Asia/Kathmandu".to_owned()),
        fiscal_year_start_month: Set(4),
        calendar: Set("bs".to_owned()),
        locale: Set("en".to_owned()),
        accent_color: Set("#336699".to_owned()),
        version: Set(1),
        updated_at: Set(now),
    };
    organization_settings::Entity::insert(settings).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// Somebody who has a role in it.
pub async fn member(
    tx: &Tx,
    org: OrganizationId,
    id: UserId,
    role: RoleId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let person = user::ActiveModel {
        id: Set(id.uuid()),
        email: Set(format!("{id}@example.com")),
        full_name: Set(format!("Person {}", id.uuid().as_u128())),
        locale: Set("en".to_owned()),
        time_zone: Set("Asia/Kathmandu".to_owned()),
        calendar: Set("ad".to_owned()),
        theme: Set("system".to_owned()),
        version: Set(Version::FIRST.0),
        created_at: Set(now),
        updated_at: Set(now),
        ..user::ActiveModel::default()
    };
    user::Entity::insert(person).exec_without_returning(tx.connection()).await?;
    let membership = membership::ActiveModel {
        organization_id: Set(org.uuid()),
        user_id: Set(id.uuid()),
        role_id: Set(role.uuid()),
        status: Set("active".to_owned()),
        epoch: Set(1),
        version: Set(Version::FIRST.0),
        joined_at: Set(now),
        updated_at: Set(now),
    };
    membership::Entity::insert(membership).exec_without_returning(tx.connection()).await?;
    Ok(())
}
