//! Lists of tickets: one query a page, whatever the sort, from the middle of an index.

use database::StoreError;
use database::entities::{ticket, ticket_tag};
use database::keyset::{self, Key};
use kernel::{Keyset, OrganizationId, Page, PageRequest, Timestamp};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LikeExpr, Order};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use uuid::Uuid;

use super::row::{Row, due_order};
use super::tickets::seen;
use super::watchers;
use crate::sight::Sight;
use crate::ticket::normalized;
use crate::{Assignee, Direction, Sort, SortKey, Ticket, TicketFilter};

pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    sight: Sight,
    filter: &TicketFilter,
    sort: Sort,
    page: &PageRequest,
) -> Result<Page<Ticket>, StoreError> {
    let found = ticket::Entity::find().filter(seen(org, sight)).filter(wanted(org, filter));
    // To count what a text matches, every title would have to be read.
    let total = match (page.count, &filter.text) {
        (true, None) => Some(found.clone().count(connection).await?),
        _ => None,
    };
    let query = behind(found, sort, page.after.as_ref())?.into_partial_model::<Row>();
    let rows = keyset::first(connection, query, page.limit.rows() + 1).await?;
    let cut = Page::cut(rows, page.limit, |row| keyset_of(sort.by, row));
    let tickets: Result<Vec<_>, _> = cut.rows.into_iter().map(Ticket::try_from).collect();
    Ok(Page { rows: tickets?, next: cut.next, total })
}

/// What stands behind the last page, in order.
fn behind(
    found: Select<ticket::Entity>,
    sort: Sort,
    after: Option<&Keyset>,
) -> Result<Select<ticket::Entity>, StoreError> {
    let found = match after {
        Some(after) => found.filter(keyset::after(keys(sort, after)?)),
        None => found,
    };
    let order = order(sort.direction);
    Ok(columns(sort.by).iter().fold(found, |found, column| found.order_by(*column, order.clone())))
}

fn wanted(org: OrganizationId, filter: &TicketFilter) -> Condition {
    use ticket::Column;
    let among = |column: Column, values: Vec<sea_orm::Value>| {
        (!values.is_empty()).then(|| Expr::col((ticket::Entity, column)).is_in(values))
    };
    let names = |names: Vec<&'static str>| names.into_iter().map(Into::into).collect();
    Condition::all()
        .add_option(among(Column::Status, names(filter.statuses.iter().map(|it| it.name()).collect())))
        .add_option(among(Column::Kind, names(filter.kinds.iter().map(|it| it.name()).collect())))
        .add_option(among(Column::ColumnId, filter.columns.iter().map(|it| it.uuid().into()).collect()))
        .add_option(among(Column::Priority, filter.priorities.iter().map(|it| it.level().into()).collect()))
        .add_option(filter.assignee.map(|assignee| match assignee {
            Assignee::User(user) => Column::AssigneeId.eq(user.uuid()),
            Assignee::Nobody => Column::AssigneeId.is_null(),
        }))
        .add_option(filter.requester.map(|user| Column::RequesterId.eq(user.uuid())))
        .add_option(filter.watcher.map(|user| Column::Id.in_subquery(watchers::watched_by(org, user))))
        .add_option(filter.tag.as_ref().map(|tag| tagged(org, tag)))
        .add_option(filter.due_after.map(|at| Column::DueAt.gte(at)))
        .add_option(filter.due_before.map(|at| Column::DueAt.lt(at)))
        .add_option(filter.created_after.map(|at| Column::CreatedAt.gte(at)))
        .add_option(filter.created_before.map(|at| Column::CreatedAt.lt(at)))
        .add_option(filter.updated_since.map(|at| Column::UpdatedAt.gte(at)))
        .add_option(filter.text.as_ref().map(|text| matching(text)))
}

fn tagged(org: OrganizationId, tag: &str) -> Expr {
    let tagged = ticket_tag::Entity::find()
        .select_only()
        .column(ticket_tag::Column::TicketId)
        .filter(ticket_tag::Column::OrganizationId.eq(org.uuid()))
        .filter(ticket_tag::Column::Tag.eq(normalized(tag)))
        .into_query();
    ticket::Column::Id.in_subquery(tagged)
}

/// Part of the title, or the number.
fn matching(text: &str) -> Condition {
    let text = text.trim();
    let escaped = text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let title = Expr::col((ticket::Entity, ticket::Column::TitleFolded));
    let number = text.strip_prefix('#').unwrap_or(text).parse::<i64>().ok();
    Condition::any()
        .add(title.like(LikeExpr::new(format!("%{escaped}%")).escape('\\')))
        .add_option(number.map(|number| ticket::Column::Number.eq(number)))
}

/// The columns a sort goes by; together they are unique, and an index has them in this order.
const fn columns(by: SortKey) -> &'static [ticket::Column] {
    use ticket::Column;
    match by {
        SortKey::Number => &[Column::Number],
        SortKey::CreatedAt => &[Column::CreatedAt, Column::Id],
        SortKey::UpdatedAt => &[Column::UpdatedAt, Column::Id],
        SortKey::DueAt => &[Column::DueOrder, Column::Id],
        SortKey::Priority => &[Column::Priority, Column::Id],
        SortKey::Rank => &[Column::ColumnId, Column::Rank],
    }
}

pub(super) const fn order(direction: Direction) -> Order {
    match direction {
        Direction::Ascending => Order::Asc,
        Direction::Descending => Order::Desc,
    }
}

fn keyset_of(by: SortKey, row: &Row) -> Keyset {
    let id = row.id.to_string();
    let at = |at: Timestamp| vec![at.to_rfc3339(), id.clone()];
    Keyset(match by {
        SortKey::Number => vec![row.number.to_string()],
        SortKey::CreatedAt => at(row.created_at),
        SortKey::UpdatedAt => at(row.updated_at),
        SortKey::DueAt => at(due_order(row.due_at)),
        SortKey::Priority => vec![row.priority.to_string(), id],
        SortKey::Rank => vec![row.column_id.to_string(), hex::encode(&row.rank)],
    })
}

fn keys(sort: Sort, after: &Keyset) -> Result<Vec<Key>, StoreError> {
    let values: [Result<sea_orm::Value, StoreError>; 2] = match sort.by {
        SortKey::Number => [keyset::value::<i64>(after, 0).map(Into::into), Ok(true.into())],
        SortKey::CreatedAt | SortKey::UpdatedAt | SortKey::DueAt => {
            [keyset::value::<Timestamp>(after, 0).map(Into::into), id(after)]
        }
        SortKey::Priority => [keyset::value::<i64>(after, 0).map(Into::into), id(after)],
        SortKey::Rank => [keyset::value::<Uuid>(after, 0).map(Into::into), rank(after)],
    };
    let order = order(sort.direction);
    let pairs = columns(sort.by).iter().zip(values);
    pairs
        .map(|(column, value)| {
            Ok(Key {
                column: Expr::col((ticket::Entity, *column)),
                order: order.clone(),
                after: Expr::val(value?),
            })
        })
        .collect()
}

fn id(after: &Keyset) -> Result<sea_orm::Value, StoreError> {
    keyset::value::<Uuid>(after, 1).map(Into::into)
}

fn rank(after: &Keyset) -> Result<sea_orm::Value, StoreError> {
    let text: String = keyset::value(after, 1)?;
    Ok(hex::decode(text).map_err(|error| StoreError::corrupt("cursor", error))?.into())
}

#[cfg(test)]
mod tests {
    use database::{Database, testing};
    use sea_orm::{DbBackend, Statement};

    use super::*;

    /// How the database would read a late page.
    async fn plan(database: &Database, sort: Sort) -> String {
        let id = Uuid::from_u128(7).to_string();
        let at = "2026-01-15T09:00:00+00:00".to_owned();
        let after = Keyset(match sort.by {
            SortKey::Number => vec!["7".to_owned()],
            SortKey::CreatedAt | SortKey::UpdatedAt | SortKey::DueAt => vec![at, id],
            SortKey::Priority => vec!["2".to_owned(), id],
            SortKey::Rank => vec![id, "00ff".to_owned()],
        });
        let found = ticket::Entity::find().filter(seen(OrganizationId::PLATFORM, Sight::Everything));
        let query = behind(found, sort, Some(&after)).expect("a keyset of this sort").limit(51);
        let query = query.build(database.backend());
        let explain = |word: &str| Statement { sql: format!("{word} {}", query.sql), ..query.clone() };
        if database.backend() == DbBackend::Sqlite {
            return details(database.reader(), explain("EXPLAIN QUERY PLAN"), "detail").await;
        }
        let (lone, explain) = (kernel::Actor::system(OrganizationId::PLATFORM), explain("EXPLAIN"));
        let planned: Result<String, StoreError> = database
            .commit(&lone, move |tx| {
                Box::pin(async move {
                    // So few rows are never worth an index; what counts is whether one could serve.
                    for way in ["seqscan", "bitmapscan"] {
                        tx.connection().execute_unprepared(&format!("SET LOCAL enable_{way} = off")).await?;
                    }
                    Ok(details(tx.connection(), explain, "QUERY PLAN").await)
                })
            })
            .await;
        planned.expect("planned")
    }

    async fn details(connection: &impl ConnectionTrait, explain: Statement, column: &str) -> String {
        let rows = connection.query_all_raw(explain).await.expect("explained");
        let lines = rows.iter().map(|row| row.try_get::<String>("", column).expect("a line"));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[tokio::test]
    async fn every_sort_begins_in_the_middle_of_an_index() {
        testing::run(async |database| {
            for by in SortKey::ALL {
                for direction in [Direction::Ascending, Direction::Descending] {
                    let plan = plan(&database, Sort { by, direction }).await;
                    let (begins, sorts) = match database.backend() {
                        DbBackend::Sqlite => (plan.matches(['<', '>']).count() == 1, plan.contains("B-TREE")),
                        _ => (plan.contains("Index Cond") && !plan.contains("Filter"), plan.contains("Sort")),
                    };
                    assert!(begins && !sorts, "{by:?} {direction:?}\n{plan}");
                }
            }
        })
        .await;
    }
}
