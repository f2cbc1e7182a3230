//! What an operator sees of the jobs and may do to them.

use kernel::{JobId, Keyset, OrganizationId, Page, PageRequest, Queue, Timestamp, UnknownQueue};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entities::job::{Column, Entity, Model};
use crate::{Database, StoreError, Tx, keyset};

/// A job as an operator sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct JobRow {
    pub id: JobId,
    pub kind: String,
    pub queue: String,
    pub state: String,
    pub payload: serde_json::Value,
    pub run_at: Timestamp,
    pub attempt: i64,
    pub max_attempts: i64,
    pub crashes: i64,
    /// Oldest first: `{at, attempt, error}`.
    pub errors: Vec<serde_json::Value>,
    pub trace: Option<String>,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

/// Which jobs are wanted.
#[derive(Clone, Debug, Default)]
pub struct JobFilter {
    pub state: Option<String>,
    pub kind: Option<String>,
    pub queue: Option<String>,
}

/// Reads and repairs the ledger, one organization at a time.
#[derive(Clone, Debug)]
pub struct Desk {
    database: Database,
}

impl Desk {
    /// A desk at this database.
    pub fn new(database: Database) -> Self {
        Self { database }
    }

    /// The organization's jobs, newest first.
    pub async fn list(
        &self,
        org: OrganizationId,
        filter: &JobFilter,
        page: &PageRequest,
    ) -> Result<Page<JobRow>, StoreError> {
        let mut query =
            Entity::find().filter(Column::OrganizationId.eq(org.uuid())).order_by_desc(Column::Id);
        let wanted =
            [(Column::State, &filter.state), (Column::Kind, &filter.kind), (Column::Queue, &filter.queue)];
        for (column, value) in wanted {
            if let Some(value) = value {
                query = query.filter(column.eq(value));
            }
        }
        if let Some(cursor) = &page.after {
            let last: uuid::Uuid = keyset::value(cursor, 0)?;
            query = query.filter(Column::Id.lt(last));
        }
        let rows = query.limit(page.limit.rows() + 1).all(self.database.reader()).await?;
        let rows = rows.into_iter().map(job_row).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(rows, page.limit, |row| Keyset(vec![row.id.to_string()])))
    }

    /// One job of the organization.
    pub async fn find(&self, org: OrganizationId, id: JobId) -> Result<Option<JobRow>, StoreError> {
        let row = Entity::find_by_id(id.uuid())
            .filter(Column::OrganizationId.eq(org.uuid()))
            .one(self.database.reader())
            .await?;
        row.map(job_row).transpose()
    }

    /// Lets a dead job run again, with a fresh count of tries. Its queue; none if it is not dead.
    pub async fn requeue(
        tx: &Tx,
        org: OrganizationId,
        id: JobId,
        now: Timestamp,
    ) -> Result<Option<Queue>, StoreError> {
        let update = Entity::update_many()
            .col_expr(Column::State, Expr::value("ready"))
            .col_expr(Column::RunAt, Expr::value(now))
            .col_expr(Column::Attempt, Expr::value(0_i64))
            .col_expr(Column::Crashes, Expr::value(0_i64))
            .col_expr(Column::FinishedAt, Expr::value(Option::<Timestamp>::None))
            .filter(Column::Id.eq(id.uuid()))
            .filter(Column::OrganizationId.eq(org.uuid()))
            .filter(Column::State.eq("dead"));
        let rows = update.exec_with_returning(tx.connection()).await?;
        let queue = rows.first().map(|row| row.queue.parse());
        queue.transpose().map_err(|error: UnknownQueue| StoreError::corrupt("jobs.queue", error))
    }

    /// Lays a dead or waiting job aside for good. False if it runs or has ended.
    pub async fn discard(
        tx: &Tx,
        org: OrganizationId,
        id: JobId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let update = Entity::update_many()
            .col_expr(Column::State, Expr::value("cancelled"))
            .col_expr(Column::FinishedAt, Expr::value(now))
            .filter(Column::Id.eq(id.uuid()))
            .filter(Column::OrganizationId.eq(org.uuid()))
            .filter(Column::State.is_in(["dead", "ready"]));
        Ok(update.exec(tx.connection()).await?.rows_affected == 1)
    }
}

fn job_row(row: Model) -> Result<JobRow, StoreError> {
    Ok(JobRow {
        id: JobId::from_uuid(row.id),
        payload: serde_json::from_str(&row.payload)
            .map_err(|error| StoreError::corrupt("jobs.payload", error))?,
        errors: serde_json::from_str(&row.errors)
            .map_err(|error| StoreError::corrupt("jobs.errors", error))?,
        kind: row.kind,
        queue: row.queue,
        state: row.state,
        run_at: row.run_at,
        attempt: row.attempt,
        max_attempts: row.max_attempts,
        crashes: row.crashes,
        trace: row.trace,
        created_at: row.created_at,
        finished_at: row.finished_at,
    })
}
