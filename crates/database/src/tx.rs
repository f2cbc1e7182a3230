use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use kernel::{Event, Eviction, JobDraft, Queue, Stream, UserId};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait};

use crate::StoreError;
use crate::entities::stream;

/// An open write transaction. Only [`crate::Database::commit`] makes one; ports that join a write take `&Tx`.
pub struct Tx {
    pub(crate) inner: DatabaseTransaction,
    notes: Mutex<Notes>,
}

/// What else the commit has to do.
#[derive(Default)]
pub(crate) struct Notes {
    pub(crate) told: Vec<(Stream, Box<dyn Event>)>,
    pub(crate) jobs: Vec<JobDraft>,
    pub(crate) rings: Vec<Queue>,
    pub(crate) evictions: Vec<Eviction>,
    pub(crate) finish_job: bool,
    pub(crate) recognized: Option<UserId>,
}

impl Tx {
    pub(crate) fn new(inner: DatabaseTransaction) -> Self {
        Self { inner, notes: Mutex::default() }
    }

    pub(crate) fn into_parts(self) -> (DatabaseTransaction, Notes) {
        (self.inner, self.notes.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection, for stores.
    pub fn connection(&self) -> &DatabaseTransaction {
        &self.inner
    }

    /// Tells an event; it is numbered, chained and written last, with the jobs that follow from it.
    pub fn tell(&self, stream: Stream, event: impl Event) {
        self.notes().told.push((stream, Box::new(event)));
    }

    /// Adds a job that follows from no event: retries planned ahead, batches of a bulk.
    pub fn enqueue(&self, job: JobDraft) {
        self.notes().jobs.push(job);
    }

    /// Rings for a job that became ready otherwise than by being written.
    pub fn ring(&self, queue: Queue) {
        self.notes().rings.push(queue);
    }

    /// Drops what this write makes outdated from the caches of every process, after the commit.
    pub fn evict(&self, eviction: Eviction) {
        self.notes().evictions.push(eviction);
    }

    /// Marks the job that acts as done, in this very transaction. Without it the commit only checks that the
    /// lease still holds.
    pub fn finish_job(&self) {
        self.notes().finish_job = true;
    }

    /// Somebody without a token has proven in this write who he is: the log names him for all that it tells. Whoever
    /// showed a token is named by that.
    pub fn recognize(&self, user: UserId) {
        self.notes().recognized = Some(user);
    }

    /// Opens the event stream of a new organization or user.
    pub async fn open_stream(&self, stream: Stream) -> Result<(), StoreError> {
        let row = stream::ActiveModel {
            id: Set(stream.id()),
            kind: Set(stream.kind().to_owned()),
            last_seq: Set(0),
            last_hash: Set(Vec::new()),
        };
        stream::Entity::insert(row).exec_without_returning(&self.inner).await?;
        Ok(())
    }
}

impl fmt::Debug for Tx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tx").finish_non_exhaustive()
    }
}
