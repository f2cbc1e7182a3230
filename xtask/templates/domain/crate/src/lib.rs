#![doc = include_str!("../README.md")]

mod error;
mod event;
mod __thing__;
mod ports;
mod service;
mod store;

use std::sync::Arc;

use async_trait::async_trait;
use database::{Database, Tx};
use kernel::{Actor, OrganizationId, Page, PageRequest, __Thing__Id, Version};

pub use error::Error;
pub use event::__Thing__Event;
pub use __thing__::{Create__Thing__, __Thing__, __Thing__Filter, Update__Thing__};
pub use ports::People;

/// __Things__ of an organization.
#[async_trait]
pub trait __Things__: Send + Sync {
    /// Makes one.
    async fn create(&self, actor: &Actor, command: Create__Thing__) -> Result<__Thing__, Error>;

    /// One of them.
    async fn get(&self, actor: &Actor, id: __Thing__Id) -> Result<__Thing__, Error>;

    /// Those of the organization, the newest first.
    async fn list(
        &self,
        actor: &Actor,
        filter: &__Thing__Filter,
        page: &PageRequest,
    ) -> Result<Page<__Thing__>, Error>;

    /// Changes one.
    async fn update(
        &self,
        actor: &Actor,
        id: __Thing__Id,
        expected: Version,
        command: Update__Thing__,
    ) -> Result<__Thing__, Error>;

    /// Deletes one.
    async fn delete(&self, actor: &Actor, id: __Thing__Id, expected: Version) -> Result<(), Error>;

    /// Forgets what an organization had, at most `limit` rows at a time; says whether nothing is left.
    async fn erase(&self, tx: &Tx, org: OrganizationId, limit: u64) -> Result<bool, Error>;
}

/// The service.
pub fn service(database: Database, people: Arc<dyn People>) -> Arc<dyn __Things__> {
    Arc::new(service::__Thing__Service { database, people })
}
