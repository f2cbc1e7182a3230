//! The only room that names tables. The log itself is read through `database::log`.

use std::collections::BTreeMap;

use database::entities::{event, user};
use database::log::{self, Recorded};
use database::{Database, StoreError, keyset};
use kernel::{Keyset, OrganizationId, Page, PageRequest};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LikeExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{AuditFilter, Entry};

/// A page of the log, newest first.
pub(crate) async fn list(
    database: &Database,
    org: OrganizationId,
    filter: &AuditFilter,
    page: &PageRequest,
) -> Result<Page<Entry>, StoreError> {
    let mut query = event::Entity::find().filter(wanted(org, filter)).order_by_desc(event::Column::Seq);
    if let Some(cursor) = &page.after {
        query = query.filter(event::Column::Seq.lt(keyset::value::<i64>(cursor, 0)?));
    }
    let rows = query.limit(page.limit.rows() + 1).all(database.reader()).await?;
    let page = Page::cut(rows, page.limit, |row| Keyset(vec![row.seq.to_string()]));
    let events = page.rows.into_iter().map(log::recorded).collect::<Result<Vec<_>, _>>()?;
    let names = names(database, &events).await?;
    let entry = |event: Recorded| {
        let name = event.actor_user_id.and_then(|user| names.get(&user).cloned());
        Entry::of(event, name)
    };
    Ok(Page { rows: events.into_iter().map(entry).collect(), next: page.next, total: page.total })
}

fn wanted(org: OrganizationId, filter: &AuditFilter) -> Condition {
    use event::Column;
    let module = filter.module.as_ref().map(|module| {
        let begins = format!("{}.%", module.replace('_', "\\_"));
        Expr::col(Column::Type).like(LikeExpr::new(begins).escape('\\'))
    });
    Condition::all()
        .add(Column::StreamId.eq(org.uuid()))
        .add_option(filter.actor.map(|user| Column::ActorUserId.eq(user.uuid())))
        .add_option(filter.kind.as_ref().map(|kind| Column::Type.eq(kind)))
        .add_option(module)
        .add_option(filter.subject_type.as_ref().map(|kind| Column::SubjectType.eq(kind)))
        .add_option(filter.subject_id.map(|id| Column::SubjectId.eq(id)))
        .add_option(filter.from.map(|from| Column::OccurredAt.gte(from)))
        .add_option(filter.to.map(|to| Column::OccurredAt.lt(to)))
}

/// The names of the people who acted, in one query per page.
async fn names(database: &Database, events: &[Recorded]) -> Result<BTreeMap<Uuid, String>, StoreError> {
    let mut people: Vec<Uuid> = events.iter().filter_map(|event| event.actor_user_id).collect();
    people.sort_unstable();
    people.dedup();
    if people.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(Uuid, String)> = user::Entity::find()
        .select_only()
        .columns([user::Column::Id, user::Column::FullName])
        .filter(user::Column::Id.is_in(people))
        .into_tuple()
        .all(database.reader())
        .await?;
    Ok(rows.into_iter().collect())
}

/// The number before the first event that the log still keeps.
pub(crate) async fn beginning(database: &Database, org: OrganizationId) -> Result<i64, StoreError> {
    let first: Option<i64> = event::Entity::find()
        .select_only()
        .column(event::Column::Seq)
        .filter(event::Column::StreamId.eq(org.uuid()))
        .order_by_asc(event::Column::Seq)
        .into_tuple()
        .one(database.reader())
        .await?;
    match first {
        Some(first) => Ok(first - 1),
        None => log::head(database, org.uuid()).await,
    }
}
