//! What invoices need of others, in their own words.

use std::sync::Arc;

use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, FileId, InvoiceId, OrganizationId, PortFault};
use platform::Keyring;

use crate::{Handed, Parcel, Sheet};

/// All of them.
#[derive(Clone)]
pub struct Ports {
    pub press: Arc<dyn Press>,
    pub cabinet: Arc<dyn Cabinet>,
    pub post: Arc<dyn Post>,
    /// Works out what the links in mails hold.
    pub keyring: Keyring,
}

/// Prints documents.
#[async_trait]
pub trait Press: Send + Sync {
    /// A PDF; the same sheet gives the same bytes.
    async fn print(&self, sheet: Sheet) -> Result<Vec<u8>, PortFault>;
}

/// Keeps what was printed.
#[async_trait]
pub trait Cabinet: Send + Sync {
    /// Brings the bytes in; nothing points to them yet.
    async fn bring(
        &self,
        org: OrganizationId,
        name: String,
        pdf: Vec<u8>,
    ) -> Result<Box<dyn Brought>, PortFault>;

    /// Makes sure that the bytes of a paper can be read, before it is noted that somebody has them.
    async fn check(&self, org: OrganizationId, file: FileId) -> Result<(), PortFault>;
}

/// A paper whose bytes are kept and that is not yet written down.
#[async_trait]
pub trait Brought: Send + Sync {
    /// The file it will be.
    fn file(&self) -> FileId;

    /// Writes it down as one of an invoice, in the commit that knows it.
    async fn keep(self: Box<Self>, tx: &Tx, invoice: InvoiceId) -> Result<(), PortFault>;
}

/// Brings documents to people.
#[async_trait]
pub trait Post: Send + Sync {
    /// Hands a parcel over. The same sending is the same message, however often it is handed over.
    async fn post(&self, actor: &Actor, parcel: Parcel) -> Result<Handed, PortFault>;
}
