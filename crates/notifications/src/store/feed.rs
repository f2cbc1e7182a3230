//! The feed. An entry surfaces when it is made, or when the time it was put off to has come; lists follow that.

use database::entities::notification::{ActiveModel, Column, Entity};
use database::keyset::{self, Key};
use database::{Database, StoreError, Tx};
use kernel::{
    EventId, Keyset, NotificationId, OrganizationId, Page, PageRequest, Subject, Timestamp, UserId,
};
use sea_orm::sea_query::{Condition, Expr, Func, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    UpdateMany,
};
use uuid::Uuid;

use super::read;
use crate::{Category, Counts, FeedFilter, Mark, Notification, View};

/// An entry about to be written.
pub(crate) struct NewNotification {
    pub(crate) id: NotificationId,
    pub(crate) user: UserId,
    pub(crate) event: EventId,
    pub(crate) category: Category,
    pub(crate) kind: &'static str,
    pub(crate) subject: Subject,
    pub(crate) caused_by: Option<UserId>,
    pub(crate) data: String,
    pub(crate) critical: bool,
    /// Whether the feed shows it; else it is there for the mail alone.
    pub(crate) in_app: bool,
}

/// Writes entries and returns those that were new: one event makes one entry per person, however often it is told.
pub(crate) async fn insert(
    tx: &Tx,
    org: OrganizationId,
    entries: Vec<NewNotification>,
    now: Timestamp,
) -> Result<Vec<NotificationId>, StoreError> {
    let rows = entries.into_iter().map(|entry| ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(entry.id.uuid()),
        user_id: Set(entry.user.uuid()),
        event_id: Set(entry.event.uuid()),
        category: Set(entry.category.name().to_owned()),
        kind: Set(entry.kind.to_owned()),
        subject_type: Set(entry.subject.kind),
        subject_id: Set(entry.subject.id),
        actor_user_id: Set(entry.caused_by.map(UserId::uuid)),
        data: Set(entry.data),
        critical: Set(entry.critical),
        in_app: Set(entry.in_app),
        created_at: Set(now),
        surfaced_at: Set(now),
        seen_at: Set(None),
        read_at: Set(None),
        archived_at: Set(None),
    });
    let once = [Column::OrganizationId, Column::UserId, Column::EventId];
    let insert = Entity::insert_many(rows).on_conflict(OnConflict::columns(once).do_nothing().to_owned());
    let new = insert.exec_with_returning(tx.connection()).await?;
    Ok(new.into_iter().map(|row| NotificationId::from_uuid(row.id)).collect())
}

fn of(org: OrganizationId, user: UserId) -> Condition {
    Condition::all()
        .add(Column::OrganizationId.eq(org.uuid()))
        .add(Column::UserId.eq(user.uuid()))
        .add(Column::InApp.eq(true))
}

fn in_view(view: View, now: Timestamp) -> Condition {
    match view {
        View::Inbox => Condition::all().add(Column::ArchivedAt.is_null()).add(Column::SurfacedAt.lte(now)),
        View::Archived => Condition::all().add(Column::ArchivedAt.is_not_null()),
        View::Snoozed => Condition::all().add(Column::ArchivedAt.is_null()).add(Column::SurfacedAt.gt(now)),
    }
}

/// A page of a person's feed, what surfaced last first.
pub(crate) async fn list(
    database: &Database,
    org: OrganizationId,
    user: UserId,
    filter: &FeedFilter,
    page: &PageRequest,
) -> Result<Page<Notification>, StoreError> {
    let now = database.env().now();
    let mut query = Entity::find().filter(of(org, user)).filter(in_view(filter.view, now));
    if filter.unread_only {
        query = query.filter(Column::ReadAt.is_null());
    }
    if let Some(category) = filter.category {
        query = query.filter(Column::Category.eq(category.name()));
    }
    if let Some(cursor) = &page.after {
        let (surfaced, id): (Timestamp, Uuid) = (keyset::value(cursor, 0)?, keyset::value(cursor, 1)?);
        query = query.filter(keyset::after(vec![
            Key::descending(Expr::col(Column::SurfacedAt), Expr::value(surfaced)),
            Key::descending(Expr::col(Column::Id), Expr::value(id)),
        ]));
    }
    let query = query.order_by_desc(Column::SurfacedAt).order_by_desc(Column::Id);
    let rows = query.limit(page.limit.rows() + 1).all(database.reader()).await?;
    let page =
        Page::cut(rows, page.limit, |row| Keyset(vec![row.surfaced_at.to_rfc3339(), row.id.to_string()]));
    let rows = page.rows.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Page { rows, next: page.next, total: page.total })
}

/// One entry of a person's feed.
pub(crate) async fn find_own(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    user: UserId,
    id: NotificationId,
) -> Result<Option<Notification>, StoreError> {
    let row = Entity::find_by_id((org.uuid(), id.uuid())).filter(of(org, user)).one(connection).await?;
    row.map(read).transpose()
}

/// One entry, whosever it is; also one that is there for the mail alone.
pub(crate) async fn find(
    database: &Database,
    org: OrganizationId,
    id: NotificationId,
) -> Result<Option<Notification>, StoreError> {
    let row = Entity::find_by_id((org.uuid(), id.uuid())).one(database.reader()).await?;
    row.map(read).transpose()
}

/// What waits in a person's inbox.
pub(crate) async fn counts(
    database: &Database,
    org: OrganizationId,
    user: UserId,
) -> Result<Counts, StoreError> {
    let unread = Entity::find()
        .select_only()
        .column_as(Column::Id.count(), "unread")
        .column_as(Expr::expr(Func::count(unseen())), "unseen")
        .filter(of(org, user))
        .filter(in_view(View::Inbox, database.env().now()))
        .filter(Column::ReadAt.is_null());
    let row: Option<(i64, i64)> = unread.into_tuple().one(database.reader()).await?;
    let (unread, unseen) = row.unwrap_or_default();
    Ok(Counts { unseen: u64::try_from(unseen).unwrap_or(0), unread: u64::try_from(unread).unwrap_or(0) })
}

/// Not null for entries that were never seen; what was read was seen.
fn unseen() -> sea_orm::sea_query::SimpleExpr {
    Expr::case(Condition::all().add(Column::SeenAt.is_null()), 1).into()
}

/// Which entries a mark is for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Which {
    One(NotificationId),
    /// The inbox, or whatever can be restored.
    All {
        category: Option<Category>,
        up_to: Option<NotificationId>,
    },
}

/// Marks entries of a person. Returns how many changed.
pub(crate) async fn mark(
    tx: &Tx,
    org: OrganizationId,
    user: UserId,
    which: Which,
    mark: Mark,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let update = marked(Entity::update_many().filter(of(org, user)), mark, now);
    let update = match which {
        Which::One(id) => update.filter(Column::Id.eq(id.uuid())),
        Which::All { category, up_to } => {
            let category = category.map(|category| Column::Category.eq(category.name()));
            let up_to = up_to.map(|id| Column::Id.lte(id.uuid()));
            let inbox = (mark != Mark::Restored).then(|| in_view(View::Inbox, now));
            let wanted = Condition::all().add_option(category).add_option(up_to);
            update.filter(wanted.add_option(inbox))
        }
    };
    Ok(update.exec(tx.connection()).await?.rows_affected)
}

/// The change itself, for rows that it changes.
fn marked(update: UpdateMany<Entity>, mark: Mark, now: Timestamp) -> UpdateMany<Entity> {
    let never = || Expr::value(Option::<Timestamp>::None);
    let seen = || Expr::expr(Func::coalesce([Expr::col(Column::SeenAt), Expr::value(now)]));
    match mark {
        Mark::Seen => update.col_expr(Column::SeenAt, Expr::value(now)).filter(Column::SeenAt.is_null()),
        Mark::Read => update
            .col_expr(Column::ReadAt, Expr::value(now))
            .col_expr(Column::SeenAt, seen())
            .filter(Column::ReadAt.is_null()),
        Mark::Unread => update.col_expr(Column::ReadAt, never()).filter(Column::ReadAt.is_not_null()),
        Mark::Archived => update
            .col_expr(Column::ArchivedAt, Expr::value(now))
            .col_expr(Column::SeenAt, seen())
            .filter(Column::ArchivedAt.is_null()),
        Mark::Restored => update
            .col_expr(Column::ArchivedAt, never())
            .col_expr(Column::SurfacedAt, Expr::col(Column::CreatedAt))
            .filter(Condition::any().add(Column::ArchivedAt.is_not_null()).add(Column::SurfacedAt.gt(now))),
        Mark::Snoozed(until) => update
            .col_expr(Column::SurfacedAt, Expr::value(until))
            .col_expr(Column::SeenAt, never())
            .col_expr(Column::ReadAt, never())
            .col_expr(Column::ArchivedAt, never()),
    }
}
