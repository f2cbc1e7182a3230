use futures_util::future::BoxFuture;
use kernel::{Actor, Cause, Event, Eviction, Queue, Request, Stream, Subject, Told};
use sea_orm::{SqliteTransactionMode, TransactionOptions, TransactionTrait};
use tracing::Instrument;

use crate::tx::Notes;
use crate::{Database, StoreError, Tx, idempotency, jobs, log};

/// What others want to know of a commit.
#[derive(Clone, Debug, Default)]
pub struct Committed {
    /// The streams that grew, and the number of their last event.
    pub grown: Vec<(Stream, i64)>,
    /// The queues that have new jobs due at once.
    pub queues: Vec<Queue>,
    pub evictions: Vec<Eviction>,
}

/// Hears of every commit, after it: bells, hints, evictions. Best effort; losing it costs time, never work.
#[async_trait::async_trait]
pub trait AfterCommit: Send + Sync {
    /// A commit happened.
    async fn committed(&self, outcome: Committed);
}

impl Database {
    /// Runs `work` in one write transaction and commits: idempotency key first, then the rows, then the events
    /// with the jobs that follow. A failure of any of them keeps nothing. It runs to its end even if the caller
    /// goes away.
    pub async fn commit<T, E, W>(&self, actor: &Actor, work: W) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        W: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    {
        let (database, actor) = (self.clone(), actor.clone());
        let task = async move { Box::pin(database.run(&actor, work)).await }.in_current_span();
        match tokio::spawn(task).await {
            Ok(result) => result,
            Err(stopped) => match stopped.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => unreachable!("a commit is never aborted"),
            },
        }
    }

    async fn run<T, E, W>(&self, actor: &Actor, work: W) -> Result<T, E>
    where
        E: From<StoreError>,
        W: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<T, E>>,
    {
        let claim = actor.request().and_then(|request| request.idempotency.as_ref());
        let claimed = claim.is_some_and(kernel::IdempotencyClaim::take);
        let result = self.run_claimed(actor, claimed, work).await;
        if let (Some(claim), true, Err(_)) = (claim, claimed, &result) {
            claim.release();
        }
        let (value, outcome) = result?;
        self.after.committed(outcome).await;
        Ok(value)
    }

    async fn run_claimed<T, E, W>(&self, actor: &Actor, claimed: bool, work: W) -> Result<(T, Committed), E>
    where
        E: From<StoreError>,
        W: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<T, E>>,
    {
        let tx = self.begin().await?;
        if claimed {
            idempotency::claim(&tx.inner, actor, self.env.now()).await?;
        }
        if let Cause::Job(lease) = &actor.cause {
            jobs::fence(&tx.inner, lease, self.env.now()).await?;
        }
        let value = work(&tx).await?;
        let (inner, notes) = tx.into_parts();
        let outcome = self.write_notes(&inner, actor, claimed, notes).await?;
        inner.commit().await.map_err(StoreError::from)?;
        Ok((value, outcome))
    }

    /// An immediate transaction: on SQLite a deferred one would fail on its first write while another runs.
    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Tx::new(self.writer.begin_with_options(options).await?))
    }

    async fn write_notes(
        &self,
        inner: &sea_orm::DatabaseTransaction,
        actor: &Actor,
        claimed: bool,
        notes: Notes,
    ) -> Result<Committed, StoreError> {
        let now = self.env.now();
        let mut drafts = notes.jobs;
        let told: Vec<_> =
            notes.told.into_iter().map(|(stream, event)| (self.env.id(), stream, event)).collect();
        for (id, stream, event) in &told {
            let told = Told { id: *id, stream: *stream, actor, event: event.as_ref() };
            drafts.extend(self.reactions.react(&told));
        }
        if claimed && let Some(subject) = first_subject(&told) {
            idempotency::name_subject(inner, actor, &subject).await?;
        }
        let author = log::Author { actor, recognized: notes.recognized };
        let grown = log::append(inner, &self.env, author, told).await?;
        let mut queues = jobs::insert(inner, &self.env, actor.trace(), &drafts).await?;
        queues.extend(notes.rings);
        if let (true, Cause::Job(lease)) = (notes.finish_job, &actor.cause) {
            jobs::finish_in(inner, lease, now).await?;
        }
        Ok(Committed { grown, queues, evictions: notes.evictions })
    }
}

fn first_subject(told: &[(kernel::EventId, Stream, Box<dyn Event>)]) -> Option<Subject> {
    told.first().map(|(_, _, event)| event.subject())
}

/// The request's facts that the audit log keeps.
pub(crate) fn circumstances(request: Option<&Request>) -> serde_json::Value {
    request.map_or(serde_json::Value::Null, |request| {
        serde_json::json!({ "requestId": request.id, "ip": request.ip, "userAgent": request.user_agent })
    })
}
