#![doc = include_str!("../README.md")]

mod error;
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
pub use members::{
    Member, MemberAct, MemberEvent, MemberFilter, MemberStatus, Members, MembershipChanged, Presence,
    UnknownStatus, UpdateMember,
};
pub use organizations::{
    CreateOrganization, MyOrganization, Organization, OrganizationEvent, OrganizationName, SecurityPolicy,
    Slug, UpdateOrganization, UpdatePolicy, found,
};
pub use ports::{Accounts, Erased, Erasers, NewAccount, Ports, SecondFactors};
pub use roles::{CreateRole, Role, UpdateRole};
pub use settings::{AccentColor, Currency, OrganizationSettings, Settings, SettingsUpdated, UpdateSettings};

/// Everything this crate does, by what it is about.
#[derive(Clone)]
pub struct Services {
    pub settings: Arc<dyn Settings>,
    pub members: Arc<dyn Members>,
}

/// The services.
pub fn service(database: Database, keyring: Keyring, ports: Ports, cache: Arc<dyn Cache>) -> Services {
    let service = Arc::new(OrganizationService { database, keyring, ports, cache });
    Services { settings: service.clone(), members: service }
}

/// Implements all the traits.
pub(crate) struct OrganizationService {
    pub(crate) database: Database,
    pub(crate) keyring: Keyring,
    pub(crate) ports: Ports,
    pub(crate) cache: Arc<dyn Cache>,
}
