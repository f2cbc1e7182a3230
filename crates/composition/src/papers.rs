//! How invoices become paper: what a document says, put into what the press prints; what was printed, given to the files.

use std::sync::Arc;
use std::thread::available_parallelism;

use async_trait::async_trait;
use bytes::Bytes;
use database::Tx;
use files::{Files, Owner, OwnerKind, Prepared, Upload};
use futures_util::stream::{self, StreamExt};
use invoices::{Brought, PaperOf, Printing, Sheet};
use kernel::{Actor, Fault, FaultKind, FileId, InvoiceId, OrganizationId, PortFault};
use tokio::sync::Semaphore;

mod sheet;

use crate::bridges::{Later, ready};
use crate::jobs::job_error;
use crate::{Done, JobError, Services};

/// Prints an issued document, unless that was done.
pub(crate) async fn print(services: &Services, actor: &Actor, of: PaperOf) -> Result<Done, JobError> {
    match services.invoices.print(actor, of).await.map_err(job_error)? {
        Printing::Done => Ok(Done::Committed),
        Printing::Before => Ok(Done::Unmarked),
    }
}

/// Makes the invoices that are due by schedules.
pub(crate) async fn make_recurring(services: &Services, actor: &Actor) -> Result<Done, JobError> {
    let made = services.invoices.make_due(actor).await.map_err(job_error)?;
    tracing::debug!(made, "made what was due by schedules");
    Ok(Done::Unmarked)
}

/// The one press of this process, warm after its first paper. As many sheets at a time as there are processors, so that
/// a pile of invoices leaves the threads for blocking work to others.
pub(crate) struct Press {
    plates: Arc<Semaphore>,
}

impl Press {
    pub(crate) fn new() -> Self {
        let processors = available_parallelism().map_or(1, usize::from);
        Self { plates: Arc::new(Semaphore::new(processors)) }
    }
}

#[async_trait]
impl invoices::Press for Press {
    async fn print(&self, sheet: Sheet) -> Result<Vec<u8>, PortFault> {
        let plate = self.plates.clone().acquire_owned().await.expect("the plates are never taken away");
        let printing = tokio::task::spawn_blocking(move || {
            let _plate = plate;
            sheet::document(&sheet).and_then(|document| Ok(pdf::render(&document)?))
        });
        let printed = printing.await.unwrap_or_else(|stopped| Err(Jam::Broken(stopped)));
        printed.map_err(PortFault::new)
    }
}

/// Why a paper did not come out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Jam {
    #[error("the document cannot be printed")]
    Refused(#[from] pdf::Error),
    #[error("a draft has no paper")]
    Draft,
    #[error("the press broke down")]
    Broken(#[source] tokio::task::JoinError),
}

impl Fault for Jam {
    fn kind(&self) -> FaultKind {
        FaultKind::Internal
    }

    fn code(&self) -> &'static str {
        "internal"
    }
}

/// `invoices` asks `files`.
pub(crate) struct Cabinet {
    pub(crate) files: Later<Arc<dyn Files>>,
}

#[async_trait]
impl invoices::Cabinet for Cabinet {
    async fn bring(
        &self,
        org: OrganizationId,
        name: String,
        pdf: Vec<u8>,
    ) -> Result<Box<dyn Brought>, PortFault> {
        let content = stream::iter([Ok(Bytes::from(pdf))]).boxed();
        let upload = Upload { name, declared: Some("application/pdf".to_owned()), content };
        let files = ready(&self.files).clone();
        let prepared = files.prepare(org, upload).await.map_err(PortFault::new)?;
        Ok(Box::new(InStore { files, prepared }))
    }

    async fn check(&self, org: OrganizationId, file: FileId) -> Result<(), PortFault> {
        ready(&self.files).content(org, file).await.map(drop).map_err(PortFault::new)
    }
}

/// A paper in the store.
struct InStore {
    files: Arc<dyn Files>,
    prepared: Prepared,
}

#[async_trait]
impl Brought for InStore {
    fn file(&self) -> FileId {
        self.prepared.id()
    }

    async fn keep(self: Box<Self>, tx: &Tx, invoice: InvoiceId) -> Result<(), PortFault> {
        let owner = Owner { kind: OwnerKind::Invoice, id: invoice.uuid() };
        self.files.keep(tx, self.prepared, owner).await.map(drop).map_err(PortFault::new)
    }
}
