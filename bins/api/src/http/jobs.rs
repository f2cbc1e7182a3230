use actix_web::web::{Data, Path};
use composition::Jobs;
use database::jobs::{JobFilter, JobRow};
use kernel::{JobId, Scope};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::{Answer, Caller, Endpoint, Instant, Module, PageQuery, Query, Reply};

pub(crate) fn module() -> Module {
    Module::new("jobs", "Background jobs of the organization, for operators")
        .codes(&[
            ("job_not_dead", "Only a dead job can be requeued"),
            ("job_not_discardable", "Only a dead or waiting job can be discarded"),
        ])
        .with(
            Endpoint::get("jobs_list", "/jobs", "List background jobs, newest first")
                .scope(Scope::JobsRead)
                .query::<JobsQuery>()
                .lists::<JobView>()
                .to(list),
        )
        .with(
            Endpoint::get("jobs_get", "/jobs/{id}", "Show a background job with its errors")
                .scope(Scope::JobsRead)
                .returns::<JobView>()
                .to(get),
        )
        .with(
            Endpoint::post("jobs_requeue", "/jobs/{id}/requeue", "Let a dead job run again")
                .scope(Scope::JobsManage)
                .description("Its tries are counted anew.")
                .returns::<JobView>()
                .to(requeue),
        )
        .with(
            Endpoint::post("jobs_discard", "/jobs/{id}/discard", "Lay a dead or waiting job aside for good")
                .scope(Scope::JobsManage)
                .returns_nothing()
                .to(discard),
        )
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct JobsQuery {
    state: Option<JobState>,
    /// `mail.welcome`.
    #[schema(min_length = 1, max_length = 100)]
    kind: Option<String>,
    queue: Option<JobQueue>,
}

#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum JobState {
    Ready,
    Running,
    Done,
    Dead,
    Cancelled,
}

#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum JobQueue {
    High,
    Default,
    Bulk,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Job)]
struct JobView {
    #[schema(value_type = Uuid)]
    id: JobId,
    /// `<module>.<verb>`.
    kind: String,
    /// `high`, `default` or `bulk`.
    queue: String,
    /// `ready`, `running`, `done`, `dead` or `cancelled`.
    state: String,
    /// The ids it works on.
    payload: Value,
    /// Not before this time.
    run_at: Instant,
    /// Tries begun so far.
    attempt: i64,
    max_attempts: i64,
    /// How often its worker vanished while it ran.
    crashes: i64,
    /// The last errors, oldest first: `{at, attempt, error}`.
    errors: Vec<Value>,
    /// The trace of the request that caused it.
    trace_id: Option<String>,
    created_at: Instant,
    finished_at: Option<Instant>,
}

async fn list(
    Caller(actor): Caller,
    Query(query): Query<JobsQuery>,
    page: PageQuery,
    jobs: Data<dyn Jobs>,
) -> Answer {
    let filter = JobFilter { state: word(query.state), kind: query.kind, queue: word(query.queue) };
    let found = jobs.list(&actor, &filter, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(JobView::from))))
}

async fn get(Caller(actor): Caller, id: Path<JobId>, jobs: Data<dyn Jobs>) -> Answer {
    Ok(Reply::ok(JobView::from(jobs.get(&actor, *id).await?)))
}

async fn requeue(Caller(actor): Caller, id: Path<JobId>, jobs: Data<dyn Jobs>) -> Answer {
    Ok(Reply::ok(JobView::from(jobs.requeue(&actor, *id).await?)))
}

async fn discard(Caller(actor): Caller, id: Path<JobId>, jobs: Data<dyn Jobs>) -> Answer {
    jobs.discard(&actor, *id).await?;
    Ok(Reply::no_content())
}

/// The stored word of a value of an enum.
fn word(value: Option<impl Serialize>) -> Option<String> {
    let value = serde_json::to_value(value?).ok()?;
    value.as_str().map(str::to_owned)
}

impl From<JobRow> for JobView {
    fn from(row: JobRow) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            queue: row.queue,
            state: row.state,
            payload: row.payload,
            run_at: row.run_at.into(),
            attempt: row.attempt,
            max_attempts: row.max_attempts,
            crashes: row.crashes,
            errors: row.errors,
            trace_id: row.trace,
            created_at: row.created_at.into(),
            finished_at: row.finished_at.map(Instant::from),
        }
    }
}
