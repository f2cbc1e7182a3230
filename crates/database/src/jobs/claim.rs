//! Taking jobs: fair between organizations, never the same one twice.

use chrono::TimeDelta;
use kernel::{JobId, Lease, OrganizationId, Queue, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Statement};
use uuid::Uuid;

use super::{Claimed, MAX_CRASHES};
use crate::entities::job::{Column, Entity, Model};
use crate::{Database, StoreError, dialect};

/// How many organizations one claim looks at.
const LANES: i64 = 64;

/// Each process measures the database's clock by itself, to some milliseconds. Without this a worker that hears the
/// bell at once would often find a job that is due a moment from now, and look again seconds later.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::milliseconds(100);

fn due_by(database: &Database) -> Timestamp {
    database.env().now() + CLOCKS_DIFFER
}

/// After this many crashes a job is not taken together with others: the next one kills it, and whatever shares its
/// worker would share its fate.
const SUSPECT: i64 = MAX_CRASHES - 1;

/// How much to take.
#[derive(Clone, Copy, Debug)]
pub struct Appetite {
    /// At most this many jobs.
    pub batch: u64,
    /// At most this many running at once per organization and over all workers.
    pub per_organization: u64,
    /// How long the lease holds without a heartbeat.
    pub lease: TimeDelta,
}

/// Takes jobs of one queue that are due. Starts at a random organization, so none waits behind another's thousands.
pub async fn claim(
    database: &Database,
    queue: Queue,
    appetite: Appetite,
) -> Result<Vec<Claimed>, StoreError> {
    let (due, pivot) = (due_by(database), Uuid::from_bytes(database.env().bytes()));
    let mut claimed = Vec::new();
    let behind = lanes_after(database, queue, due, pivot).await?;
    take_from(database, queue, appetite, &behind, &mut claimed).await?;
    if (claimed.len() as u64) < appetite.batch && (behind.len() as i64) < LANES {
        let mut before = lanes_after(database, queue, due, Uuid::nil()).await?;
        before.retain(|lane| lane.stream_id <= pivot);
        take_from(database, queue, appetite, &before, &mut claimed).await?;
    }
    Ok(claimed)
}

async fn take_from(
    database: &Database,
    queue: Queue,
    appetite: Appetite,
    lanes: &[Lane],
    claimed: &mut Vec<Claimed>,
) -> Result<(), StoreError> {
    for lane in lanes {
        let left = appetite.batch.saturating_sub(claimed.len() as u64);
        let wanted = Ord::min(appetite.per_organization.saturating_sub(lane.running), left);
        if wanted > 0 {
            claimed.extend(take(database, queue, lane.stream_id, wanted, appetite.lease).await?);
        }
    }
    Ok(())
}

struct Lane {
    stream_id: Uuid,
    running: u64,
}

#[derive(FromQueryResult)]
struct LaneRow {
    stream_id: Uuid,
    running: i64,
}

/// The streams that have jobs due, from one on, found by one index probe each. (With `EXISTS` PostgreSQL may choose to
/// read every job that waits, while its statistics know of few.)
async fn lanes_after(
    database: &Database,
    queue: Queue,
    due: Timestamp,
    pivot: Uuid,
) -> Result<Vec<Lane>, StoreError> {
    let statement = Statement::from_sql_and_values(
        database.backend(),
        "WITH RECURSIVE lanes(stream_id, n) AS ( \
           SELECT (SELECT min_first.stream_id FROM (SELECT stream_id FROM jobs \
                     WHERE queue = $1 AND state = 'ready' AND stream_id > $2 \
                     ORDER BY stream_id LIMIT 1) AS min_first), 1 \
           UNION ALL \
           SELECT (SELECT min_next.stream_id FROM (SELECT stream_id FROM jobs \
                     WHERE queue = $1 AND state = 'ready' AND stream_id > lanes.stream_id \
                     ORDER BY stream_id LIMIT 1) AS min_next), lanes.n + 1 \
             FROM lanes WHERE lanes.stream_id IS NOT NULL AND lanes.n < $4 \
         ) \
         SELECT lanes.stream_id AS stream_id, \
                (SELECT count(*) FROM jobs WHERE jobs.stream_id = lanes.stream_id AND jobs.state = 'running') \
                  AS running \
           FROM lanes \
          WHERE lanes.stream_id IS NOT NULL \
            AND (SELECT min_due.stream_id FROM (SELECT stream_id FROM jobs \
                   WHERE queue = $1 AND state = 'ready' AND stream_id = lanes.stream_id \
                     AND run_at <= $3 AND crashes < $5 LIMIT 1) AS min_due) IS NOT NULL",
        [queue.name().into(), pivot.into(), due.into(), LANES.into(), SUSPECT.into()],
    );
    let rows = LaneRow::find_by_statement(statement).all(&database.writer).await?;
    Ok(rows
        .into_iter()
        .map(|row| Lane { stream_id: row.stream_id, running: u64::try_from(row.running).unwrap_or(u64::MAX) })
        .collect())
}

async fn take(
    database: &Database,
    queue: Queue,
    stream_id: Uuid,
    wanted: u64,
    lease: TimeDelta,
) -> Result<Vec<Claimed>, StoreError> {
    let due = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Expr::col(Column::Queue).eq(queue.name()))
        .and_where(Expr::col(Column::State).eq("ready"))
        .and_where(Expr::col(Column::StreamId).eq(stream_id))
        .and_where(Expr::col(Column::RunAt).lte(due_by(database)))
        .and_where(Expr::col(Column::Crashes).lt(SUSPECT))
        .order_by(Column::RunAt, sea_orm::Order::Asc)
        .limit(wanted)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .to_owned();
    hold(database, due, lease).await
}

/// Whether a job waits for its last chance.
pub async fn suspect_waits(database: &Database) -> Result<bool, StoreError> {
    let due = Entity::find()
        .filter(Column::State.eq("ready"))
        .filter(Column::Crashes.gte(SUSPECT))
        .filter(Column::RunAt.lte(database.env().now()))
        .limit(1);
    Ok(due.one(&database.writer).await?.is_some())
}

/// Takes a job that took all its workers down so far. Whoever takes it has nothing else in hand.
pub async fn claim_suspect(database: &Database, lease: TimeDelta) -> Result<Option<Claimed>, StoreError> {
    let due = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Expr::col(Column::State).eq("ready"))
        .and_where(Expr::col(Column::Crashes).gte(SUSPECT))
        .and_where(Expr::col(Column::RunAt).lte(database.env().now()))
        .order_by(Column::RunAt, sea_orm::Order::Asc)
        .limit(1)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .to_owned();
    Ok(hold(database, due, lease).await?.pop())
}

async fn hold(
    database: &Database,
    due: SelectStatement,
    lease: TimeDelta,
) -> Result<Vec<Claimed>, StoreError> {
    let now = database.env().now();
    let token = database.env().id::<Uuid>();
    let rows = Entity::update_many()
        .col_expr(Column::State, Expr::value("running"))
        .col_expr(Column::Attempt, Expr::col(Column::Attempt).add(1))
        .col_expr(Column::LeaseToken, Expr::value(token))
        .col_expr(Column::LeaseUntil, Expr::value(now + lease))
        .filter(dialect::picked(database.backend(), Column::Id, due))
        .exec_with_returning(&database.writer)
        .await?;
    Ok(rows.into_iter().map(|row| claimed(row, token)).collect())
}

fn claimed(row: Model, token: Uuid) -> Claimed {
    let id = JobId::from_uuid(row.id);
    Claimed {
        id,
        organization: OrganizationId::from_uuid(row.organization_id),
        kind: row.kind,
        queue: row.queue,
        payload: row.payload,
        attempt: row.attempt,
        max_attempts: row.max_attempts,
        run_at: row.run_at,
        lease: Lease { job: id, token, trace: row.trace },
    }
}
