#![doc = include_str!("../README.md")]

mod error;
mod invitations;
mod members;
mod organizations;
mod ports;
mod roles;
mod settings;
mod standing;
mod store;

use std::sync::Arc;

use database::Database;
use platform::{Cache, Keyring};

pub use error::Error;
pub use invitations::{
    AcceptInvitation, Accepted, Account, CreateInvitation, Invitation, InvitationAct, InvitationEvent,
    InvitationFilter, InvitationLetter, InvitationPreview, InvitationRow, InvitationState, Invitations, Sent,
};
pub use members::{
    Member, MemberAct, MemberEvent, MemberFilter, MemberStatus, Members, MembershipChanged, Presence,
    UnknownStatus, UpdateMember,
};
pub use organizations::{
    CreateOrganization, LockedOut, Lockout, MyOrganization, Organization, OrganizationEvent,
    OrganizationFilter, OrganizationName, Organizations, SecurityPolicy, Slug, UpdateOrganization,
    UpdatePolicy, found,
};
pub use ports::{Accounts, Beginnings, Erased, Erasers, NewAccount, Ports, SecondFactors};
pub use roles::{CreateRole, Role, RoleAct, RoleEvent, RoleInUse, Roles, ScopeEntry, UpdateRole};
pub use settings::{AccentColor, OrganizationSettings, Settings, SettingsUpdated, UpdateSettings};

/// Everything this crate does, by what it is about.
#[derive(Clone)]
pub struct Services {
    pub organizations: Arc<dyn Organizations>,
    pub settings: Arc<dyn Settings>,
    pub members: Arc<dyn Members>,
    pub invitations: Arc<dyn Invitations>,
    pub roles: Arc<dyn Roles>,
}

/// The services. [`found`] needs none of them: it works in any commit, and leaves the beginnings to its caller.
pub fn service(database: Database, keyring: Keyring, ports: Ports, cache: Arc<dyn Cache>) -> Services {
    let service = Arc::new(OrganizationService { database, keyring, ports, cache });
    Services {
        organizations: service.clone(),
        settings: service.clone(),
        members: service.clone(),
        invitations: service.clone(),
        roles: service,
    }
}

/// Implements all the traits.
#[derive(Clone)]
pub(crate) struct OrganizationService {
    pub(crate) database: Database,
    pub(crate) keyring: Keyring,
    pub(crate) ports: Ports,
    pub(crate) cache: Arc<dyn Cache>,
}
