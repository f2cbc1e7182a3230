#![doc = include_str!("../README.md")]

mod entry;
mod error;
mod event;
mod export;
mod filter;
mod public_event;
mod service;
mod store;

use std::sync::Arc;

use async_trait::async_trait;
use database::Database;
use kernel::{Actor, Limit, Page, PageRequest};

pub use database::log::Verified;
pub use entry::{By, ByKind, Entry};
pub use error::Error;
pub use event::AuditEvent;
pub use export::{Chunks, Format};
pub use filter::AuditFilter;
pub use public_event::{EventPage, PublicEvent};

/// What happened in an organization.
#[async_trait]
pub trait Audit: Send + Sync {
    /// The log, newest first.
    async fn list(
        &self,
        actor: &Actor,
        filter: &AuditFilter,
        page: &PageRequest,
    ) -> Result<Page<Entry>, Error>;

    /// The same as a file, read page by page while it is sent. The export itself is told.
    async fn export(&self, actor: &Actor, filter: AuditFilter, format: Format) -> Result<Chunks, Error>;

    /// Whether the log is whole and unchanged.
    async fn verify(&self, actor: &Actor) -> Result<Verified, Error>;

    /// The events after a number that the actor may see, oldest first; `None` begins where the log begins.
    async fn events(&self, actor: &Actor, since: Option<i64>, limit: Limit) -> Result<EventPage, Error>;
}

/// The audit log on a database.
pub fn service(database: Database) -> Arc<dyn Audit> {
    Arc::new(service::AuditService::new(database))
}
