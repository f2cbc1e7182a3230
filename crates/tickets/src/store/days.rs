//! Tickets per day, counted by the database: an index answers each day, and nothing but numbers comes back.

use database::StoreError;
use database::entities::ticket;
use kernel::{OrganizationId, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement, UnionType};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::DayCount;
use crate::analytics::Day;

/// How many days one statement asks for.
const CHUNK: usize = 31;

#[derive(FromQueryResult)]
struct Counted {
    place: i64,
    count: i64,
}

pub(crate) async fn count(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    days: &[Day],
) -> Result<Vec<DayCount>, StoreError> {
    let mut counts = Vec::with_capacity(days.len());
    for chunk in days.chunks(CHUNK) {
        let opened = series(connection, org, ticket::Column::CreatedAt, chunk).await?;
        let resolved = series(connection, org, ticket::Column::ResolvedAt, chunk).await?;
        let closed = series(connection, org, ticket::Column::ClosedAt, chunk).await?;
        let all = chunk.iter().zip(opened).zip(resolved).zip(closed);
        counts.extend(all.map(|(((day, opened), resolved), closed)| DayCount {
            date: day.date,
            opened,
            resolved,
            closed,
        }));
    }
    Ok(counts)
}

/// How many tickets have this time on each day, in order.
async fn series(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    time: ticket::Column,
    days: &[Day],
) -> Result<Vec<u64>, StoreError> {
    let mut selects = (0_i64..).zip(days).map(|(place, day)| one_day(org, time, place, day.begin, day.end));
    let Some(mut query) = selects.next() else { return Ok(Vec::new()) };
    for select in selects {
        query.union(UnionType::All, select);
    }
    let mut rows =
        Counted::find_by_statement(connection.get_database_backend().build(&query)).all(connection).await?;
    rows.sort_by_key(|row| row.place);
    Ok(rows.into_iter().map(|row| u64::try_from(row.count).unwrap_or_default()).collect())
}

fn one_day(
    org: OrganizationId,
    time: ticket::Column,
    place: i64,
    begin: Timestamp,
    end: Timestamp,
) -> SelectStatement {
    let at = || Expr::col((ticket::Entity, time));
    Query::select()
        .expr_as(Expr::value(place), "place")
        .expr_as(Func::count(Expr::col((ticket::Entity, ticket::Column::Id))), "count")
        .from(ticket::Entity)
        .and_where(Expr::col((ticket::Entity, ticket::Column::OrganizationId)).eq(org.uuid()))
        .and_where(at().gte(begin))
        .and_where(at().lt(end))
        .to_owned()
}
