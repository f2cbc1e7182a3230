#![doc = include_str!("../README.md")]

mod archive;
mod error;
mod event;
mod file;
mod kind;
mod link;
mod name;
mod picture;
mod ports;
mod service;
mod store;

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use database::{Database, Tx};
use kernel::{Actor, FileId, OrganizationId, Page, PageRequest, UserId};
use platform::{FileStore, Keyring};

pub use error::Error;
pub use event::FileEvent;
pub use file::{Allowance, Download, File, Owner, OwnerKind, Prepared, Rendition, Swept, Upload, Usage};
pub use link::Link;
pub use ports::Owners;

/// Files: uploaded, attached to something, opened, deleted.
#[async_trait]
pub trait Files: Send + Sync {
    /// Keeps a file that belongs to nothing yet; what stays so for a day is swept away.
    async fn upload(&self, actor: &Actor, upload: Upload) -> Result<File, Error>;

    /// One file that the actor may see.
    async fn get(&self, actor: &Actor, id: FileId) -> Result<File, Error>;

    /// What the actor uploaded himself, the newest first.
    async fn list(&self, actor: &Actor, page: &PageRequest) -> Result<Page<File>, Error>;

    /// How much the organization keeps, and how much it may.
    async fn usage(&self, actor: &Actor) -> Result<Usage, Error>;

    /// A link that opens a file for five minutes at most, for whoever has it.
    async fn link(&self, actor: &Actor, id: FileId, rendition: Rendition) -> Result<Link, Error>;

    /// What a link opens.
    async fn download(&self, link: &str) -> Result<Download, Error>;

    /// Deletes a file: whoever uploaded it while it belongs to nothing, else whoever its owner lets.
    async fn delete(&self, actor: &Actor, id: FileId) -> Result<(), Error>;

    /// Gives files that the actor uploaded, and that belong to nothing yet, to an owner, in his commit.
    async fn attach(&self, tx: &Tx, actor: &Actor, files: &[FileId], to: Owner) -> Result<(), Error>;

    /// Deletes files that lost their owner, in the commit that takes it from them.
    async fn release(&self, tx: &Tx, org: OrganizationId, files: &[FileId]) -> Result<(), Error>;

    /// Brings the bytes of a file that the program itself made to the store; nothing points to them yet.
    async fn prepare(&self, org: OrganizationId, upload: Upload) -> Result<Prepared, Error>;

    /// Writes down such a file with its owner, in the commit that made it.
    async fn keep(&self, tx: &Tx, prepared: Prepared, owner: Owner) -> Result<File, Error>;

    /// The content of a file, for whoever it belongs to and has judged who may see it.
    async fn content(&self, org: OrganizationId, id: FileId) -> Result<Download, Error>;

    /// Makes a picture the one that others see of the actor.
    async fn set_avatar(&self, actor: &Actor, upload: Upload) -> Result<(), Error>;

    /// Takes it away.
    async fn clear_avatar(&self, actor: &Actor) -> Result<(), Error>;

    /// Links to the pictures of those of the people who have one.
    async fn avatars(&self, actor: &Actor, users: &[UserId]) -> Result<HashMap<UserId, Link>, Error>;

    /// Removes the bytes of a deleted file.
    async fn remove_bytes(&self, actor: &Actor, id: FileId) -> Result<(), Error>;

    /// Deletes uploads that belong to nothing for a day, and bytes without a row.
    async fn sweep(&self, actor: &Actor) -> Result<Swept, Error>;

    /// Forgets the picture of a person, in the commit that erases him.
    async fn forget(&self, tx: &Tx, user: UserId) -> Result<(), Error>;

    /// Erases the files of an organization, at most `limit` of them; says whether all are gone. Their bytes are swept.
    async fn erase(&self, tx: &Tx, org: OrganizationId, limit: u64) -> Result<bool, Error>;
}

/// The service.
pub fn service(
    database: Database,
    store: Arc<dyn FileStore>,
    keyring: Keyring,
    owners: Arc<dyn Owners>,
    allowance: Allowance,
) -> Arc<dyn Files> {
    Arc::new(service::FileService::new(database, store, keyring, owners, allowance))
}
