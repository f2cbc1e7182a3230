//! Looks into the database from outside: what is there, what is missing, what is there twice.

mod campaigns;
mod chain;
mod invoices;
mod jobs;
mod tickets;

use std::time::Duration;

use sqlx::PgPool;
use uuid::Uuid;

use crate::{Doing, Outcome, until};

pub use campaigns::RecipientRow;
pub use invoices::{BookedRow, FileRow, InvoiceRow, PaperRow};
pub use jobs::{JobState, NewJob};
pub use tickets::TicketRow;

/// Questions to the database of a cluster.
#[derive(Clone, Debug)]
pub struct Checker {
    pool: PgPool,
}

impl Checker {
    /// A checker over these connections.
    pub const fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// Waits until no job waits or runs. Jobs that cannot be done keep it waiting to the limit.
    pub async fn quiet(&self, limit: Duration) -> Outcome {
        let look = || async { Ok((self.open_jobs().await? == 0).then_some(())) };
        match until(limit, "the end of all jobs", look).await {
            Ok(()) => Ok(()),
            Err(failure) => Err(failure).doing(self.open_kinds().await?),
        }
    }

    async fn open_jobs(&self) -> Outcome<i64> {
        self.number("SELECT count(*) FROM jobs WHERE state IN ('ready', 'running')").await
    }

    async fn open_kinds(&self) -> Outcome<String> {
        let sql = "SELECT state, kind, count(*), max(errors) FROM jobs WHERE state IN ('ready', 'running') \
                   GROUP BY state, kind";
        let rows: Vec<(String, String, i64, String)> = sqlx::query_as(sql).fetch_all(&self.pool).await?;
        let rows = rows.iter().map(|(state, kind, count, errors)| format!("{count} {state} {kind} {errors}"));
        Ok(rows.collect::<Vec<_>>().join(", "))
    }

    /// The one number that a statement selects.
    pub async fn number(&self, sql: &'static str) -> Outcome<i64> {
        sqlx::query_scalar(sql).fetch_one(&self.pool).await.doing(sql)
    }

    /// How many events of a type a stream has, for each subject that has one.
    pub async fn events(&self, stream: Uuid, kind: &str) -> Outcome<Vec<(Uuid, i64)>> {
        let sql =
            "SELECT subject_id, count(*) FROM events WHERE stream_id = $1 AND type = $2 GROUP BY subject_id";
        sqlx::query_as(sql).bind(stream).bind(kind).fetch_all(&self.pool).await.doing("counting events")
    }

    /// The content of each table, as its number of rows and a fingerprint of them; `jobs` is left out.
    pub async fn contents(&self) -> Outcome<Vec<TableContent>> {
        let sql = "SELECT table_name, (xpath('/row/n/text()', x))[1]::text::bigint, \
                     (xpath('/row/h/text()', x))[1]::text \
                   FROM (SELECT table_name, query_to_xml(format( \
                       'SELECT count(*) AS n, md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), chr(10))) AS h \
                        FROM %I AS t', table_name), false, true, '') AS x \
                     FROM information_schema.tables \
                     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'jobs') AS tables \
                   ORDER BY table_name";
        sqlx::query_as(sql).fetch_all(&self.pool).await.doing("reading all tables")
    }
}

/// A table's name, its number of rows, and their fingerprint.
pub type TableContent = (String, i64, String);
