use std::sync::{Arc, Mutex};

use database::{AfterCommit, Committed, Database, Tx};
use kernel::{Actor, Audience, Event, JobDraft, OrganizationId, Queue, Reactions, Stream, Subject, Told};
use uuid::Uuid;

/// An event of these tests.
#[derive(Debug)]
pub(crate) struct Happened(pub(crate) Uuid);

impl Event for Happened {
    fn kind(&self) -> &'static str {
        "tests.thing_happened"
    }

    fn subject(&self) -> Subject {
        Subject::new("thing", self.0)
    }

    fn audience(&self) -> Audience {
        Audience::Members
    }

    fn data(&self) -> serde_json::Value {
        serde_json::json!({ "thing": self.0 })
    }
}

/// Every event leads to one job.
pub(crate) struct OneJobEach;

impl Reactions for OneJobEach {
    fn react(&self, told: &Told<'_>) -> Vec<JobDraft> {
        vec![draft(told.stream, &told.event.subject().id.to_string())]
    }
}

/// Remembers what it heard.
#[derive(Default)]
pub(crate) struct Ears(pub(crate) Mutex<Vec<Committed>>);

#[async_trait::async_trait]
impl AfterCommit for Ears {
    async fn committed(&self, outcome: Committed) {
        self.0.lock().expect("not poisoned").push(outcome);
    }
}

pub(crate) fn draft(stream: Stream, payload: &str) -> JobDraft {
    JobDraft {
        kind: "tests.work",
        queue: Queue::Default,
        stream,
        payload: serde_json::json!(payload).to_string(),
        run_at: None,
        dedupe_key: None,
    }
}

pub(crate) const ORG: OrganizationId = OrganizationId::PLATFORM;

pub(crate) fn system() -> Actor {
    Actor::system(ORG)
}

/// Opens the stream of an organization that exists only for its jobs.
pub(crate) async fn open_stream(database: &Database, org: OrganizationId) {
    let opened: Result<(), database::StoreError> = database
        .commit(&system(), move |tx: &Tx| {
            Box::pin(async move { tx.open_stream(Stream::Organization(org)).await })
        })
        .await;
    opened.expect("a new stream");
}

/// Commits `count` jobs for an organization.
pub(crate) async fn enqueue(database: &Database, org: OrganizationId, count: usize) {
    let done: Result<(), database::StoreError> = database
        .commit(&system(), move |tx: &Tx| {
            Box::pin(async move {
                for number in 0..count {
                    tx.enqueue(draft(Stream::Organization(org), &number.to_string()));
                }
                Ok(())
            })
        })
        .await;
    done.expect("jobs are written");
}

pub(crate) fn hearing(database: Database) -> (Database, Arc<Ears>) {
    let ears = Arc::new(Ears::default());
    (database.reacting(Arc::new(OneJobEach), ears.clone()), ears)
}
