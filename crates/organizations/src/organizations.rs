use async_trait::async_trait;
use kernel::{Actor, OrganizationId, Page, PageRequest, Rank, RoleId, Timestamp, UserId, Version};

mod erasure;
mod event;
mod founding;
mod organization;
mod policy;
mod service;
mod slug;

pub use event::OrganizationEvent;
pub use founding::found;
pub use organization::{CreateOrganization, Organization, OrganizationName, UpdateOrganization};
pub use policy::{SecurityPolicy, UpdatePolicy};
pub use slug::Slug;

use crate::Error;

/// Tenants: their profile, what they demand of members' sign-in, their beginning and end.
#[async_trait]
pub trait Organizations: Send + Sync {
    /// Founds an organization of which the actor is the owner. Any signed-in person may.
    async fn create(&self, actor: &Actor, create: CreateOrganization) -> Result<Organization, Error>;

    /// The organizations the actor is an active member of, by name.
    async fn list_mine(
        &self,
        actor: &Actor,
        filter: OrganizationFilter,
        page: &PageRequest,
    ) -> Result<Page<MyOrganization>, Error>;

    /// The actor's organization.
    async fn current(&self, actor: &Actor) -> Result<Organization, Error>;

    /// Changes its profile. A slug that is given up stays reserved for it.
    async fn update(
        &self,
        actor: &Actor,
        update: UpdateOrganization,
        expected: Version,
    ) -> Result<Organization, Error>;

    /// Its security policy, with the version of the organization.
    async fn policy(&self, actor: &Actor) -> Result<Organization, Error>;

    /// Who could not work any more, at once or later, if the policy were changed like this.
    async fn preview_policy(&self, actor: &Actor, update: UpdatePolicy) -> Result<Lockout, Error>;

    /// Changes its security policy.
    async fn update_policy(
        &self,
        actor: &Actor,
        update: UpdatePolicy,
        expected: Version,
    ) -> Result<Organization, Error>;

    /// Asks for the organization to be erased after 14 days. `name` is its name, typed by hand. Needs a fresh
    /// proof.
    async fn request_deletion(&self, actor: &Actor, name: &str) -> Result<Organization, Error>;

    /// Takes that back.
    async fn cancel_deletion(&self, actor: &Actor) -> Result<Organization, Error>;

    /// Every organization but the platform's own, oldest first. For the operator's shell: the system alone may.
    async fn all(&self, actor: &Actor, page: &PageRequest) -> Result<Page<Organization>, Error>;

    /// Organizations whose days of grace are over, at most `limit`. For the job that erases them.
    async fn due_for_erasure(&self, limit: u64) -> Result<Vec<OrganizationId>, Error>;

    /// Erases an organization whose days of grace are over, in several commits of which the last one ends the job
    /// that acts; says whether it did. May be called again after a crash. For the system alone, and for a job that
    /// does not stand on the organization's own stream.
    async fn erase(&self, actor: &Actor, org: OrganizationId) -> Result<bool, Error>;
}

/// Which of one's own organizations.
#[derive(Clone, Debug, Default)]
pub struct OrganizationFilter {
    /// The one that has this slug, or had it before.
    pub slug: Option<String>,
}

/// An organization in the list of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyOrganization {
    pub id: OrganizationId,
    pub name: OrganizationName,
    pub slug: Slug,
    pub role: RoleId,
    pub role_name: String,
    pub rank: Rank,
    pub delete_after: Option<Timestamp>,
}

/// Whom a security policy keeps from working.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lockout {
    /// How many they are.
    pub total: u64,
    /// The first hundred of them.
    pub members: Vec<LockedOut>,
}

/// A member without a second factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedOut {
    pub user: UserId,
    pub full_name: String,
    pub email: kernel::EmailAddress,
    pub role_name: String,
    /// When it begins.
    pub from: Timestamp,
}
