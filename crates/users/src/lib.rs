#![doc = include_str!("../README.md")]

mod directory;
mod error;
mod event;
mod ports;
mod profile;
mod service;
mod store;
mod user;

use std::sync::Arc;

use async_trait::async_trait;
use database::{Database, Tx};
use kernel::{Actor, EmailAddress, Page, PageRequest, UserId, Version};

pub use directory::{DirectoryFilter, Person};
pub use error::Error;
pub use event::UserEvent;
pub use ports::{Ownerships, Traces};
pub use profile::UpdateProfile;
pub use service::create;
pub use user::{NewUser, PersonName, Theme, User};

/// People and what they tell about themselves.
#[async_trait]
pub trait Users: Send + Sync {
    /// One's own profile.
    async fn me(&self, actor: &Actor) -> Result<User, Error>;

    /// Changes one's own profile.
    async fn update_me(&self, actor: &Actor, update: UpdateProfile, expected: Version)
    -> Result<User, Error>;

    /// The active members of the actor's organization, by name.
    async fn directory(
        &self,
        actor: &Actor,
        filter: DirectoryFilter,
        page: &PageRequest,
    ) -> Result<Page<Person>, Error>;

    /// Asks for one's account to be erased after 30 days. Needs a fresh proof.
    async fn request_deletion(&self, actor: &Actor) -> Result<User, Error>;

    /// Takes that back.
    async fn cancel_deletion(&self, actor: &Actor) -> Result<User, Error>;

    /// Accounts whose days of grace are over, at most `limit`. For the job that erases them.
    async fn due_for_erasure(&self, limit: u64) -> Result<Vec<UserId>, Error>;

    /// Erases an account whose days of grace are over, and ends the job that acts; says whether it did. Whoever
    /// became a sole owner meanwhile stays instead. For the system alone.
    async fn erase(&self, actor: &Actor, user: UserId) -> Result<bool, Error>;

    /// Makes a person whose address was proven, in a commit of another domain.
    async fn create(&self, tx: &Tx, new: NewUser) -> Result<User, Error>;

    /// Gives a person another proven address, in a commit of another domain.
    async fn change_email(&self, tx: &Tx, user: UserId, email: EmailAddress) -> Result<User, Error>;

    /// A person; no permission is asked.
    async fn find(&self, user: UserId) -> Result<Option<User>, Error>;

    /// The person with this address; no permission is asked.
    async fn find_by_email(&self, email: &EmailAddress) -> Result<Option<User>, Error>;

    /// Whether there is anybody at all; no permission is asked.
    async fn anybody(&self) -> Result<bool, Error>;

    /// Persons in no particular order; unknown ids are left out; no permission is asked.
    async fn many_by_id(&self, users: &[UserId]) -> Result<Vec<User>, Error>;
}

/// The service.
pub fn service(
    database: Database,
    ownerships: Arc<dyn Ownerships>,
    traces: Arc<dyn Traces>,
) -> Arc<dyn Users> {
    Arc::new(service::UserService { database, ownerships, traces })
}
