use async_trait::async_trait;
use kernel::{Actor, OrganizationId, Page, PageRequest, RoleId, Scope, SystemRole, Version};

mod event;
mod role;
mod service;

pub use event::{RoleAct, RoleEvent};
pub use role::{CreateRole, Role, UpdateRole};

use crate::Error;

/// Named sets of scopes.
#[async_trait]
pub trait Roles: Send + Sync {
    /// The roles of the actor's organization, highest first.
    async fn list(&self, actor: &Actor, page: &PageRequest) -> Result<Page<RoleInUse>, Error>;

    /// One of them.
    async fn get(&self, actor: &Actor, role: RoleId) -> Result<RoleInUse, Error>;

    /// Makes a role below one's own rank, of scopes one holds.
    async fn create(&self, actor: &Actor, create: CreateRole) -> Result<RoleInUse, Error>;

    /// Changes such a role.
    async fn update(
        &self,
        actor: &Actor,
        role: RoleId,
        update: UpdateRole,
        expected: Version,
    ) -> Result<RoleInUse, Error>;

    /// Deletes such a role, unless a member or an open invitation has it.
    async fn delete(&self, actor: &Actor, role: RoleId, expected: Version) -> Result<(), Error>;

    /// The name of a role of any organization; for mails; no permission is asked.
    async fn name(&self, org: OrganizationId, role: RoleId) -> Result<Option<String>, Error>;

    /// The registry of scopes, in its order, and which system roles hold each.
    async fn scopes(&self, actor: &Actor, page: &PageRequest) -> Result<Page<ScopeEntry>, Error>;
}

/// A role and how many people have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleInUse {
    pub role: Role,
    /// Active and suspended ones.
    pub members: u64,
}

/// A scope in the role editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeEntry {
    pub scope: Scope,
    pub system_roles: Vec<SystemRole>,
}
