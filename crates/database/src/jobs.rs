//! The ledger of jobs. A claim, heartbeat, finish or retry compares the lease token, so a worker that lost its
//! lease changes nothing.

mod claim;
mod desk;

use std::collections::HashMap;

use chrono::TimeDelta;
use kernel::{Env, JobDraft, JobId, Lease, OrganizationId, Queue, Stream, Timestamp, is_sabotaged};
use sea_orm::sea_query::{
    BinOper, CaseStatement, Condition, Expr, ExprTrait, Func, LockBehavior, LockType, OnConflict, Query,
    SimpleExpr,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter,
    QuerySelect, UpdateMany,
};
use uuid::Uuid;

use crate::entities::job::{ActiveModel, Column, Entity, Model};
use crate::{Database, StoreError, dialect};

pub use claim::{Appetite, claim, claim_suspect, suspect_waits};
pub use desk::{Desk, JobFilter, JobRow};

/// How often a job is tried before it is dead.
pub const MAX_ATTEMPTS: i64 = 12;

/// How often a job may take its worker down before it is dead.
pub const MAX_CRASHES: i64 = 3;

/// A job in the hands of a worker.
#[derive(Clone, Debug)]
pub struct Claimed {
    pub id: JobId,
    pub organization: OrganizationId,
    pub kind: String,
    pub queue: String,
    pub payload: String,
    /// This try, from 1.
    pub attempt: i64,
    pub max_attempts: i64,
    /// When it was due.
    pub run_at: Timestamp,
    pub lease: Lease,
}

/// Writes jobs. One that waits or runs already under the same dedupe key is not written again.
/// Returns the queues that have something to do now.
pub(crate) async fn insert(
    tx: &DatabaseTransaction,
    env: &Env,
    trace: Option<&str>,
    drafts: &[JobDraft],
) -> Result<Vec<Queue>, StoreError> {
    let now = env.now();
    let mut queues: Vec<Queue> = Vec::new();
    for draft in drafts {
        if draft.run_at.is_none_or(|at| at <= now) && !queues.contains(&draft.queue) {
            queues.push(draft.queue);
        }
    }
    for rows in drafts.chunks(500) {
        let rows = rows.iter().map(|draft| row(env, trace, draft, now));
        let insert = Entity::insert_many(rows).on_conflict(OnConflict::new().do_nothing().to_owned());
        insert.exec_without_returning(tx).await?;
    }
    Ok(queues)
}

fn row(env: &Env, trace: Option<&str>, draft: &JobDraft, now: Timestamp) -> ActiveModel {
    let organization = match draft.stream {
        Stream::Organization(org) => org,
        Stream::User(_) => OrganizationId::PLATFORM,
    };
    ActiveModel {
        id: Set(env.id::<Uuid>()),
        stream_id: Set(draft.stream.id()),
        organization_id: Set(organization.uuid()),
        kind: Set(draft.kind.to_owned()),
        queue: Set(draft.queue.name().to_owned()),
        payload: Set(draft.payload.clone()),
        state: Set("ready".to_owned()),
        run_at: Set(draft.run_at.unwrap_or(now)),
        attempt: Set(0),
        max_attempts: Set(MAX_ATTEMPTS),
        crashes: Set(0),
        lease_token: Set(None),
        lease_until: Set(None),
        dedupe_key: Set(draft.dedupe_key.clone()),
        errors: Set("[]".to_owned()),
        trace: Set(trace.map(str::to_owned)),
        created_at: Set(now),
        finished_at: Set(None),
    }
}

/// Rows still held by these leases.
fn held(backend: DbBackend, leases: &[Lease]) -> Condition {
    let held = if is_sabotaged("lease") {
        Column::Id.is_in(leases.iter().map(|lease| lease.job.uuid()))
    } else {
        dialect::leased(backend, leases)
    };
    Condition::all().add(held).add(Column::State.eq("running"))
}

/// Refuses a commit whose job went to another worker, and holds the row until the commit ends.
pub(crate) async fn fence(tx: &DatabaseTransaction, lease: &Lease, now: Timestamp) -> Result<(), StoreError> {
    let row = Entity::find().filter(held(tx.get_database_backend(), std::slice::from_ref(lease)));
    let row = if is_sabotaged("lease") { row } else { row.filter(Column::LeaseUntil.gt(now)) };
    row.lock_exclusive().one(tx).await?.map(|_| ()).ok_or(StoreError::LeaseLost)
}

/// Marks a job done inside the transaction of its own effects.
pub(crate) async fn finish_in(
    tx: &DatabaseTransaction,
    lease: &Lease,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = done(Entity::update_many(), now)
        .filter(held(tx.get_database_backend(), std::slice::from_ref(lease)))
        .exec(tx)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::LeaseLost) }
}

fn done(update: UpdateMany<Entity>, now: Timestamp) -> UpdateMany<Entity> {
    update
        .col_expr(Column::State, Expr::value("done"))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .col_expr(Column::LeaseToken, Expr::value(Option::<Uuid>::None))
        .col_expr(Column::LeaseUntil, Expr::value(Option::<Timestamp>::None))
}

/// Marks jobs without effects of their own as done, in one statement. Returns how many leases still held.
pub async fn finish(database: &Database, leases: &[Lease]) -> Result<u64, StoreError> {
    let update = done(Entity::update_many(), database.env().now()).filter(held(database.backend(), leases));
    Ok(update.exec(&database.writer).await?.rows_affected)
}

/// Prolongs leases. Returns those that still held, as job and token; the handlers of the others must stop.
///
/// A row that is locked belongs to a commit that ends its job: waiting for it would keep all other leases waiting, and
/// holding those meanwhile could keep the other side waiting for ever. It holds as long as it did.
pub async fn heartbeat(
    database: &Database,
    leases: &[Lease],
    lease: TimeDelta,
) -> Result<Vec<(JobId, Uuid)>, StoreError> {
    let free = Query::select()
        .column(Column::Id)
        .from(Entity)
        .cond_where(held(database.backend(), leases))
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .to_owned();
    Entity::update_many()
        .col_expr(Column::LeaseUntil, Expr::value(database.env().now() + lease))
        .filter(dialect::picked(database.backend(), Column::Id, free))
        .exec(&database.writer)
        .await?;
    if is_sabotaged("lease") {
        // Nobody is told that his job is another's.
        return Ok(leases.iter().map(|lease| (lease.job, lease.token)).collect());
    }
    let held = Entity::find()
        .select_only()
        .columns([Column::Id, Column::LeaseToken])
        .filter(held(database.backend(), leases));
    let rows: Vec<(Uuid, Uuid)> = held.into_tuple().all(&database.writer).await?;
    Ok(rows.into_iter().map(|(id, token)| (JobId::from_uuid(id), token)).collect())
}

/// The try at which each of these jobs was done; those that are not done are left out.
pub async fn done_at(database: &Database, jobs: &[JobId]) -> Result<HashMap<JobId, i64>, StoreError> {
    let done = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Attempt])
        .filter(Column::Id.is_in(jobs.iter().map(|job| job.uuid())))
        .filter(Column::State.eq("done"));
    let rows: Vec<(Uuid, i64)> = done.into_tuple().all(database.reader()).await?;
    Ok(rows.into_iter().map(|(id, attempt)| (JobId::from_uuid(id), attempt)).collect())
}

/// What becomes of a job that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Tried again then.
    Retry { at: Timestamp },
    /// Tried again then; this try does not count.
    Postpone { at: Timestamp },
    /// Laid aside for a person to look at.
    Bury,
}

/// Ends a try that failed. The error joins the job's chain of errors. A lost lease is refused.
pub async fn fail(
    database: &Database,
    lease: &Lease,
    verdict: Verdict,
    error: &str,
) -> Result<(), StoreError> {
    let now = database.env().now();
    let Some(row) = Entity::find_by_id(lease.job.uuid()).one(&database.writer).await? else {
        return Err(StoreError::LeaseLost);
    };
    let update = Entity::update_many()
        .filter(held(database.backend(), std::slice::from_ref(lease)))
        .col_expr(Column::Errors, Expr::value(chained_errors(&row, error, now)))
        .col_expr(Column::LeaseToken, Expr::value(Option::<Uuid>::None))
        .col_expr(Column::LeaseUntil, Expr::value(Option::<Timestamp>::None));
    let update = match verdict {
        Verdict::Retry { at } => waits_again(update, at),
        Verdict::Postpone { at } => {
            waits_again(update, at).col_expr(Column::Attempt, Expr::col(Column::Attempt).sub(1))
        }
        Verdict::Bury => {
            update.col_expr(Column::State, Expr::value("dead")).col_expr(Column::FinishedAt, Expr::value(now))
        }
    };
    let changed = update.exec(&database.writer).await?.rows_affected;
    if changed == 1 { Ok(()) } else { Err(StoreError::LeaseLost) }
}

fn waits_again(update: UpdateMany<Entity>, at: Timestamp) -> UpdateMany<Entity> {
    update.col_expr(Column::State, Expr::value("ready")).col_expr(Column::RunAt, Expr::value(at))
}

/// The chain of errors keeps the last twenty.
fn chained_errors(row: &Model, error: &str, now: Timestamp) -> String {
    let mut chain: Vec<serde_json::Value> = serde_json::from_str(&row.errors).unwrap_or_default();
    let error: String = error.chars().take(2_000).collect();
    chain.push(serde_json::json!({ "at": now, "attempt": row.attempt, "error": error }));
    let surplus = chain.len().saturating_sub(20);
    serde_json::Value::from(chain.split_off(surplus)).to_string()
}

/// Gives leases back at once, so that others take the jobs: a worker that stops.
pub async fn release(database: &Database, leases: &[Lease]) -> Result<u64, StoreError> {
    let now = database.env().now();
    let update = waits_again(Entity::update_many(), now)
        .col_expr(Column::Attempt, Expr::col(Column::Attempt).sub(1))
        .col_expr(Column::LeaseToken, Expr::value(Option::<Uuid>::None))
        .col_expr(Column::LeaseUntil, Expr::value(Option::<Timestamp>::None))
        .filter(held(database.backend(), leases));
    Ok(update.exec(&database.writer).await?.rows_affected)
}

/// What a sweep found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Jobs whose worker vanished, waiting again.
    pub released: u64,
    /// Jobs that took their third worker down.
    pub buried: u64,
}

/// Takes jobs back whose lease ran out: their worker crashed or hangs.
pub async fn sweep(database: &Database) -> Result<Swept, StoreError> {
    let now = database.env().now();
    let expired = |crashes: SimpleExpr| {
        // A row that is locked belongs to a commit on its way; waiting for it would keep all others waiting.
        let expired = Query::select()
            .column(Column::Id)
            .from(Entity)
            .and_where(Expr::col(Column::State).eq("running"))
            .and_where(Expr::col(Column::LeaseUntil).lt(now))
            .and_where(crashes)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .to_owned();
        Entity::update_many()
            .col_expr(Column::Crashes, Expr::col(Column::Crashes).add(i64::from(!is_sabotaged("lease"))))
            .col_expr(Column::Errors, crash_added(now))
            .col_expr(Column::LeaseToken, Expr::value(Option::<Uuid>::None))
            .col_expr(Column::LeaseUntil, Expr::value(Option::<Timestamp>::None))
            .filter(dialect::picked(database.backend(), Column::Id, expired))
    };
    let poison = expired(Expr::col(Column::Crashes).gte(MAX_CRASHES - 1))
        .col_expr(Column::State, Expr::value("dead"))
        .col_expr(Column::FinishedAt, Expr::value(now));
    let buried = poison.exec(&database.writer).await?.rows_affected;
    let others = expired(Expr::col(Column::Crashes).lt(MAX_CRASHES - 1));
    let again = waits_again(others, now + TimeDelta::seconds(1));
    let released = again.exec(&database.writer).await?.rows_affected;
    Ok(Swept { released, buried })
}

/// The chain of errors with one more at its end, for many rows at once.
fn crash_added(now: Timestamp) -> SimpleExpr {
    let crash = serde_json::json!({ "at": now, "error": "its worker vanished" });
    let errors = || Expr::col(Column::Errors);
    let open = Func::cust("substr").arg(errors()).arg(1).arg(Expr::expr(Func::char_length(errors())).sub(1));
    let longer = Expr::expr(open).binary(BinOper::Custom("||"), Expr::value(format!(",{crash}]")));
    CaseStatement::new().case(errors().eq("[]"), format!("[{crash}]")).finally(longer).into()
}

/// How many jobs stand in each state of each queue.
pub async fn depths(database: &Database) -> Result<Vec<(String, String, i64)>, StoreError> {
    let rows = Entity::find()
        .select_only()
        .columns([Column::Queue, Column::State])
        .column_as(Column::Id.count(), "count")
        .filter(Column::State.is_in(["ready", "running", "dead"]))
        .group_by(Column::Queue)
        .group_by(Column::State);
    Ok(rows.into_tuple().all(database.reader()).await?)
}

/// Deletes finished jobs older than `keep`. Dead ones stay until somebody discards them.
pub async fn forget_old(database: &Database, keep: TimeDelta) -> Result<u64, StoreError> {
    let old = Entity::delete_many()
        .filter(Column::State.is_in(["done", "cancelled"]))
        .filter(Column::FinishedAt.lt(database.env().now() - keep));
    Ok(old.exec(&database.writer).await?.rows_affected)
}

/// Runs a schedule's tick once, however many schedulers there are: the tick's row and its job in one transaction.
/// Returns whether this call was the one.
pub async fn tick(
    database: &Database,
    name: &str,
    scheduled_for: Timestamp,
    draft: JobDraft,
) -> Result<bool, StoreError> {
    use crate::entities::cron_run;
    let name = name.to_owned();
    let actor = kernel::Actor::system(OrganizationId::PLATFORM);
    let job_id = database.env().id::<Uuid>();
    database
        .commit(&actor, move |tx| {
            Box::pin(async move {
                let row = cron_run::ActiveModel {
                    name: Set(name),
                    scheduled_for: Set(scheduled_for),
                    job_id: Set(job_id),
                };
                let insert =
                    cron_run::Entity::insert(row).on_conflict(OnConflict::new().do_nothing().to_owned());
                let first = insert.exec_without_returning(tx.connection()).await? == 1;
                if first {
                    tx.enqueue(draft);
                }
                Ok(first)
            })
        })
        .await
}

/// When a queue's next job is due, if it has one.
pub async fn next_due(database: &Database) -> Result<Option<Timestamp>, StoreError> {
    let row: Option<Option<Timestamp>> = Entity::find()
        .select_only()
        .column_as(Column::RunAt.min(), "due")
        .filter(Column::State.eq("ready"))
        .into_tuple()
        .one(database.reader())
        .await?;
    Ok(row.flatten())
}
