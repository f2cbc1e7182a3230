//! What the two databases do differently, and nowhere else.

use kernel::{Lease, OrganizationId, Stream};
use migration::Migrator;
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr, Value};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, Statement, sqlx};
use sea_orm_migration::MigratorTrait;
use uuid::Uuid;

use crate::{Database, StoreError, Tx};

/// The name every foreign key goes by on SQLite, which does not say which one refused.
pub(crate) const FOREIGN_KEY: &str = "foreign_key";

/// What an error of the driver means.
pub(crate) enum Class {
    Violated(String),
    Busy,
    Unavailable,
    Other,
}

/// Reads an error of either driver.
pub(crate) fn classify(error: &sqlx::Error) -> Class {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Class::Unavailable,
        sqlx::Error::Database(database) => classify_database(database.as_ref()),
        _ => Class::Other,
    }
}

fn classify_database(error: &dyn sqlx::error::DatabaseError) -> Class {
    if let Some(constraint) = error.constraint() {
        return Class::Violated(constraint.to_owned());
    }
    if let Some(columns) = error.message().strip_prefix("UNIQUE constraint failed: ") {
        return Class::Violated(unique_name(columns));
    }
    if error.message() == "FOREIGN KEY constraint failed" {
        return Class::Violated(FOREIGN_KEY.to_owned());
    }
    match error.code().as_deref() {
        // PostgreSQL: lock_not_available, query_canceled, deadlock_detected, serialization_failure.
        Some("55P03" | "57014" | "40P01" | "40001") => Class::Busy,
        // PostgreSQL: shutting down, starting up, too many connections. SQLite: busy, and busy with a snapshot.
        Some("57P01" | "57P02" | "57P03" | "53300") => Class::Unavailable,
        Some("5" | "517") => Class::Busy,
        _ => Class::Other,
    }
}

/// Brings the schema up to date in one transaction that nobody else can hold at the same time: `BEGIN IMMEDIATE` on
/// SQLite, an advisory lock on PostgreSQL.
pub(crate) async fn migrate(database: &Database) -> Result<(), StoreError> {
    let tx = database.begin().await?;
    if database.backend() == DbBackend::Postgres {
        for setting in [
            "SET LOCAL statement_timeout = 0",
            "SET LOCAL lock_timeout = 0",
            "SELECT pg_advisory_xact_lock(7309940865)",
        ] {
            tx.inner.execute_raw(Statement::from_string(DbBackend::Postgres, setting)).await?;
        }
    }
    Migrator::up(&tx.inner, None).await?;
    seed_platform(&tx, database).await?;
    tx.into_parts().0.commit().await?;
    Ok(())
}

/// What [`migrate`] would apply. Only reads, so that asking changes nothing.
pub(crate) async fn pending(database: &Database) -> Result<Vec<String>, StoreError> {
    let known = Migrator::migrations().into_iter().map(|migration| migration.name().to_owned());
    let backend = database.backend();
    let looking = match backend {
        DbBackend::Postgres => "SELECT to_regclass('seaql_migrations') IS NOT NULL AS there",
        _ => "SELECT count(*) > 0 AS there FROM sqlite_master WHERE name = 'seaql_migrations'",
    };
    let row = database.reader.query_one_raw(Statement::from_string(backend, looking)).await?;
    let there: bool = row.map_or(Ok(false), |row| row.try_get("", "there"))?;
    if !there {
        return Ok(known.collect());
    }
    let applied = Statement::from_string(backend, "SELECT version FROM seaql_migrations");
    let applied = database.reader.query_all_raw(applied).await?;
    let applied: Vec<String> =
        applied.iter().map(|row| row.try_get("", "version")).collect::<Result<_, _>>()?;
    Ok(known.filter(|name| !applied.contains(name)).collect())
}

/// The platform's own organization and stream, which system jobs and operators belong to.
async fn seed_platform(tx: &Tx, database: &Database) -> Result<(), StoreError> {
    use crate::entities::organization;
    let id = OrganizationId::PLATFORM;
    if organization::Entity::find_by_id(id.uuid()).one(&tx.inner).await?.is_some() {
        return Ok(());
    }
    let now = database.env.now();
    let platform = organization::ActiveModel {
        id: Set(id.uuid()),
        name: Set("Mero Jugx".to_owned()),
        slug: Set("mero-jugx".to_owned()),
        legal_name: Set(None),
        tax_id: Set(None),
        address: Set(None),
        phone: Set(None),
        email: Set(None),
        require_mfa: Set(true),
        mfa_grace_days: Set(0),
        mfa_required_since: Set(Some(now)),
        allowed_domains: Set(String::new()),
        session_max_days: Set(30),
        epoch: Set(1),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        delete_after: Set(None),
    };
    organization::Entity::insert(platform).exec_without_returning(&tx.inner).await?;
    tx.open_stream(Stream::Organization(id)).await
}

/// Rows whose id a query returns, found by their id one after the other. PostgreSQL would rather read the whole table
/// than join it with a query that may return thousands.
pub(crate) fn picked(backend: DbBackend, id: impl ColumnTrait, query: SelectStatement) -> SimpleExpr {
    if backend == DbBackend::Postgres {
        let ids = Func::cust("ARRAY").arg(Expr::SubQuery(None, Box::new(query.into())));
        Expr::col(id).eq(Func::cust("ANY").arg(ids))
    } else {
        id.in_subquery(query)
    }
}

/// Jobs with the token of their lease. Two arrays make one statement of any number of leases, which PostgreSQL looks
/// up by id; SQLite knows no arrays and is given rows.
pub(crate) fn leased(backend: DbBackend, leases: &[Lease]) -> SimpleExpr {
    use crate::entities::job::Column;
    let pairs = leases.iter().map(|lease| (lease.job.uuid(), lease.token));
    if backend == DbBackend::Postgres {
        let (jobs, tokens): (Vec<Uuid>, Vec<Uuid>) = pairs.unzip();
        let both: [Value; 2] = [jobs.into(), tokens.into()];
        Expr::cust_with_values("(id, lease_token) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))", both)
    } else {
        let values = Query::select().column(Asterisk).from_values(pairs, "leases").take();
        Expr::tuple([Expr::col(Column::Id), Expr::col(Column::LeaseToken)]).in_subquery(values)
    }
}

/// SQLite says which columns clash (`tickets.organization_id, tickets.number`), not which index. All unique indexes
/// are named after table and columns, so the name follows; a test holds every index to that.
fn unique_name(columns: &str) -> String {
    let mut name = String::from("uq");
    for (place, column) in columns.split(", ").enumerate() {
        let (table, column) = column.split_once('.').unwrap_or(("", column));
        if place == 0 {
            name = format!("{name}_{table}");
        }
        name = format!("{name}_{column}");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_unique_index_follows_from_its_columns() {
        assert_eq!(unique_name("users.email"), "uq_users_email");
        assert_eq!(unique_name("roles.organization_id, roles.name"), "uq_roles_organization_id_name");
    }
}
