use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbBackend};

use crate::{Database, StoreError};

/// Asks PostgreSQL for its time, halves the round trip, and hands the difference to the environment.
/// SQLite has no clock of its own.
pub(crate) async fn synchronize(database: &Database) -> Result<TimeDelta, StoreError> {
    if database.backend() != DbBackend::Postgres {
        return Ok(TimeDelta::zero());
    }
    let before = database.env.now();
    let row = database.reader.query_one_raw(sea_orm::Statement::from_string(
        DbBackend::Postgres,
        "SELECT clock_timestamp() AS now",
    ));
    let row = row.await?.ok_or_else(|| StoreError::corrupt("clock_timestamp", "no row"))?;
    let theirs: DateTime<Utc> = row.try_get("", "now")?;
    let after = database.env.now();
    let ours = before + (after - before) / 2;
    let offset = database.env.offset() + (theirs - ours);
    database.env.set_offset(offset);
    Ok(offset)
}
