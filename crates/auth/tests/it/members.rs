//! Ways to move people between organizations and roles, as the domain that owns them would.

use auth::SessionAnswer;
use database::entities::{app_installation, membership, organization};
use kernel::{Eviction, OrganizationId, RoleId, SystemRole, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::ports::{add_member, add_role};
use crate::world::World;

/// A role of the organization's own.
pub(crate) const CUSTOM: RoleId = RoleId::from_uuid(Uuid::from_u128(0xc0));

impl World {
    /// Makes somebody a member of another's organization.
    pub(crate) async fn join(&self, user: UserId, org: OrganizationId, role: RoleId) {
        let now = self.now();
        self.alter(move |tx| {
            Box::pin(async move {
                tx.evict(Eviction::User(user));
                add_member(tx.connection(), org, user, role, now).await
            })
        })
        .await;
    }

    /// Signs somebody up and makes him a member of an organization instead of an owner of his own.
    pub(crate) async fn sign_up_member(
        &self,
        email: &str,
        org: OrganizationId,
        role: RoleId,
    ) -> SessionAnswer {
        let answer = self.sign_up(email).await;
        let own = answer.organization.unwrap().id;
        self.set_membership(answer.user.id, own, Some("left"), None).await;
        self.join(answer.user.id, org, role).await;
        self.signed_in(email).await
    }

    /// Signs somebody up of whom nobody demands a second factor.
    pub(crate) async fn sign_up_plain(&self, email: &str) -> SessionAnswer {
        let answer = self.sign_up(email).await;
        let own = answer.organization.as_ref().unwrap().id;
        self.set_membership(answer.user.id, own, None, Some(SystemRole::Member)).await;
        answer
    }

    pub(crate) async fn add_role(&self, org: OrganizationId, rank: i64, scopes: &'static str) {
        let now = self.now();
        self.alter(move |tx| {
            Box::pin(async move { add_role(tx.connection(), org, CUSTOM, "Clerk", rank, scopes, now).await })
        })
        .await;
    }

    /// Changes status or role, as a removal, suspension or promotion does.
    pub(crate) async fn set_membership(
        &self,
        user: UserId,
        org: OrganizationId,
        status: Option<&'static str>,
        role: Option<SystemRole>,
    ) {
        self.alter(move |tx| {
            Box::pin(async move {
                let mut row = membership::ActiveModel { epoch: Set(2), ..Default::default() };
                if let Some(status) = status {
                    row.status = Set(status.to_owned());
                }
                if let Some(role) = role {
                    row.role_id = Set(role.id().uuid());
                }
                membership::Entity::update_many()
                    .set(row)
                    .filter(membership::Column::UserId.eq(user.uuid()))
                    .filter(membership::Column::OrganizationId.eq(org.uuid()))
                    .exec(tx.connection())
                    .await?;
                tx.evict(Eviction::User(user));
                Ok(())
            })
        })
        .await;
    }

    /// Changes what an organization demands of its members.
    pub(crate) async fn set_policy(&self, org: OrganizationId, change: organization::ActiveModel) {
        self.alter(move |tx| {
            Box::pin(async move {
                organization::Entity::update_many()
                    .set(change)
                    .filter(organization::Column::Id.eq(org.uuid()))
                    .exec(tx.connection())
                    .await?;
                tx.evict(Eviction::Organization(org));
                Ok(())
            })
        })
        .await;
    }

    pub(crate) async fn uninstall_all(&self, org: OrganizationId) {
        self.alter(move |tx| {
            Box::pin(async move {
                app_installation::Entity::delete_many()
                    .filter(app_installation::Column::OrganizationId.eq(org.uuid()))
                    .exec(tx.connection())
                    .await?;
                tx.evict(Eviction::Organization(org));
                Ok(())
            })
        })
        .await;
    }
}
