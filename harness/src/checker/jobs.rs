use chrono::{DateTime, Utc};
use sqlx::postgres::PgRow;
use sqlx::{FromRow, Row};
use uuid::Uuid;

use super::Checker;
use crate::{Dice, Doing, Outcome};

/// A job to be put into the ledger from outside, as a commit would.
#[derive(Clone, Debug)]
pub struct NewJob<'a> {
    pub organization: Uuid,
    pub kind: &'a str,
    pub payload: String,
    pub max_attempts: i64,
}

/// Where a job stands.
#[derive(Clone, Debug)]
pub struct JobState {
    pub id: Uuid,
    pub organization: Uuid,
    pub kind: String,
    pub state: String,
    pub attempt: i64,
    pub crashes: i64,
    pub lease_token: Option<Uuid>,
    /// The chain of errors, as JSON.
    pub errors: String,
}

impl JobState {
    /// Whether nobody will touch it again by himself.
    pub fn has_ended(&self) -> bool {
        matches!(self.state.as_str(), "done" | "dead" | "cancelled")
    }
}

impl FromRow<'_, PgRow> for JobState {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get("id")?,
            organization: row.try_get("organization_id")?,
            kind: row.try_get("kind")?,
            state: row.try_get("state")?,
            attempt: row.try_get("attempt")?,
            crashes: row.try_get("crashes")?,
            lease_token: row.try_get("lease_token")?,
            errors: row.try_get("errors")?,
        })
    }
}

const COLUMNS: &str = "id, organization_id, kind, state, attempt, crashes, lease_token, errors";

impl Checker {
    /// Puts `count` equal jobs into the ledger without ringing. Returns their ids.
    pub async fn insert_jobs(&self, job: &NewJob<'_>, count: usize, dice: &mut Dice) -> Outcome<Vec<Uuid>> {
        let ids: Vec<Uuid> = (0..count).map(|_| dice.id()).collect();
        let sql = "INSERT INTO jobs (id, stream_id, organization_id, kind, queue, payload, state, run_at, attempt, \
                     max_attempts, crashes, errors, created_at) \
                   SELECT id, $2, $2, $3, 'default', $4, 'ready', now(), 0, $5, 0, '[]', now() \
                   FROM unnest($1::uuid[]) AS id";
        let insert = sqlx::query(sql).bind(&ids).bind(job.organization).bind(job.kind);
        let insert = insert.bind(&job.payload).bind(job.max_attempts);
        insert.execute(&self.pool).await.doing("putting jobs into the ledger")?;
        Ok(ids)
    }

    /// Where these jobs stand.
    pub async fn jobs(&self, ids: &[Uuid]) -> Outcome<Vec<JobState>> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM jobs WHERE id = ANY($1)"));
        sqlx::query_as(sql).bind(ids).fetch_all(&self.pool).await.doing("reading jobs")
    }

    /// The jobs in this state.
    pub async fn jobs_in(&self, state: &str) -> Outcome<Vec<JobState>> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM jobs WHERE state = $1"));
        sqlx::query_as(sql).bind(state).fetch_all(&self.pool).await.doing("reading jobs")
    }

    /// Lets a job that waits for its next try run now.
    pub async fn hurry(&self, ids: &[Uuid]) -> Outcome {
        let sql = "UPDATE jobs SET run_at = now() WHERE id = ANY($1) AND state = 'ready'";
        sqlx::query(sql).bind(ids).execute(&self.pool).await.doing("hurrying jobs").map(drop)
    }

    /// Makes jobs that were done before `mark` wait again, as if they had never run: one of each kind and key at a
    /// time, since no two of them may wait together. Returns their kinds; nothing when none is left.
    pub async fn run_again(&self, mark: DateTime<Utc>, left_out: &[&str]) -> Outcome<Vec<String>> {
        let sql = "UPDATE jobs SET state = 'ready', run_at = now(), attempt = 0, crashes = 0, finished_at = NULL \
                   WHERE id IN (SELECT DISTINCT ON (stream_id, kind, coalesce(dedupe_key, id::text)) id FROM jobs \
                                WHERE state = 'done' AND finished_at < $1 AND NOT kind = ANY($2) \
                                ORDER BY stream_id, kind, coalesce(dedupe_key, id::text), id) \
                   RETURNING kind";
        let again = sqlx::query_scalar(sql).bind(mark).bind(left_out);
        again.fetch_all(&self.pool).await.doing("running jobs again")
    }

    /// The database's clock.
    pub async fn now(&self) -> Outcome<DateTime<Utc>> {
        sqlx::query_scalar("SELECT now()").fetch_one(&self.pool).await.doing("reading the clock")
    }
}
