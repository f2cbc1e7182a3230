//! Jobs as an operator of an organization sees them: `jobs:read`, `jobs:manage`.

use std::sync::Arc;

use database::jobs::{Desk, JobFilter, JobRow};
use database::{Database, StoreError};
use kernel::{
    Actor, Audience, Denied, Event, Fault, FaultKind, JobId, Page, PageRequest, Scope, Stream, Subject,
};

/// The ledger of jobs, for people.
#[async_trait::async_trait]
pub trait Jobs: Send + Sync {
    /// The organization's jobs, newest first.
    async fn list(
        &self,
        actor: &Actor,
        filter: &JobFilter,
        page: &PageRequest,
    ) -> Result<Page<JobRow>, Error>;

    /// One of them.
    async fn get(&self, actor: &Actor, id: JobId) -> Result<JobRow, Error>;

    /// Lets a dead job run again, its tries counted anew.
    async fn requeue(&self, actor: &Actor, id: JobId) -> Result<JobRow, Error>;

    /// Lays a dead or waiting job aside for good.
    async fn discard(&self, actor: &Actor, id: JobId) -> Result<(), Error>;
}

/// Jobs at this database.
pub(crate) fn service(database: Database) -> Arc<dyn Jobs> {
    Arc::new(JobService { desk: Desk::new(database.clone()), database })
}

/// Why a job could not be shown or changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error("there is no such job")]
    NotFound,
    #[error("only a dead job can be requeued")]
    NotDead,
    #[error("only a dead or waiting job can be discarded")]
    NotDiscardable,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for Error {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Denied(denied) => denied.kind(),
            Self::NotFound => FaultKind::NotFound,
            Self::NotDead | Self::NotDiscardable => FaultKind::Conflict,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Denied(denied) => denied.code(),
            Self::NotFound => "not_found",
            Self::NotDead => "job_not_dead",
            Self::NotDiscardable => "job_not_discardable",
            Self::Store(error) => error.code(),
        }
    }
}

/// What operators did to jobs.
#[derive(Debug)]
pub enum JobEvent {
    Requeued { job: JobId },
    Discarded { job: JobId },
}

impl Event for JobEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Requeued { .. } => "jobs.job_requeued",
            Self::Discarded { .. } => "jobs.job_discarded",
        }
    }

    fn subject(&self) -> Subject {
        let (Self::Requeued { job } | Self::Discarded { job }) = self;
        Subject::new("job", *job)
    }

    fn audience(&self) -> Audience {
        Audience::Scope { scope: Scope::JobsRead, guests: Vec::new() }
    }

    fn data(&self) -> serde_json::Value {
        let (Self::Requeued { job } | Self::Discarded { job }) = self;
        serde_json::json!({ "jobId": job })
    }
}

struct JobService {
    database: Database,
    desk: Desk,
}

#[async_trait::async_trait]
impl Jobs for JobService {
    async fn list(
        &self,
        actor: &Actor,
        filter: &JobFilter,
        page: &PageRequest,
    ) -> Result<Page<JobRow>, Error> {
        actor.require(Scope::JobsRead)?;
        Ok(self.desk.list(actor.org, filter, page).await?)
    }

    async fn get(&self, actor: &Actor, id: JobId) -> Result<JobRow, Error> {
        actor.require(Scope::JobsRead)?;
        self.desk.find(actor.org, id).await?.ok_or(Error::NotFound)
    }

    async fn requeue(&self, actor: &Actor, id: JobId) -> Result<JobRow, Error> {
        actor.require(Scope::JobsManage)?;
        self.desk.find(actor.org, id).await?.ok_or(Error::NotFound)?;
        let (org, now) = (actor.org, self.database.env().now());
        let work = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let queue = Desk::requeue(tx, org, id, now).await?.ok_or(Error::NotDead)?;
                tx.ring(queue);
                tx.tell(Stream::Organization(org), JobEvent::Requeued { job: id });
                Ok::<_, Error>(())
            })
        });
        work.await?;
        self.desk.find(actor.org, id).await?.ok_or(Error::NotFound)
    }

    async fn discard(&self, actor: &Actor, id: JobId) -> Result<(), Error> {
        actor.require(Scope::JobsManage)?;
        self.desk.find(actor.org, id).await?.ok_or(Error::NotFound)?;
        let (org, now) = (actor.org, self.database.env().now());
        let work = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                if !Desk::discard(tx, org, id, now).await? {
                    return Err(Error::NotDiscardable);
                }
                tx.tell(Stream::Organization(org), JobEvent::Discarded { job: id });
                Ok(())
            })
        });
        work.await
    }
}
