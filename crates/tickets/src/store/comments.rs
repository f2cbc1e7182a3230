//! What is said about tickets.

use database::entities::{ticket_comment, ticket_comment_revision};
use database::keyset::{self, Key};
use database::{StoreError, Tx};
use kernel::{CommentId, Keyset, OrganizationId, Page, PageRequest, TicketId, Timestamp, UserId, Version};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::list::order;
use super::row::stored;
use crate::sight::Sight;
use crate::{Comment, CommentRevision, Direction, Error, Markdown, Visibility};

fn seen(org: OrganizationId, sight: Sight, ticket: TicketId) -> Select<ticket_comment::Entity> {
    let visible = Visibility::ALL.into_iter().filter(|visibility| sight.admits(*visibility));
    ticket_comment::Entity::find()
        .filter(ticket_comment::Column::OrganizationId.eq(org.uuid()))
        .filter(ticket_comment::Column::TicketId.eq(ticket.uuid()))
        .filter(ticket_comment::Column::Visibility.is_in(visible.map(Visibility::name)))
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    sight: Sight,
    ticket: TicketId,
    id: CommentId,
) -> Result<Option<Comment>, StoreError> {
    let query = seen(org, sight, ticket).filter(ticket_comment::Column::Id.eq(id.uuid()));
    query.one(connection).await?.map(read).transpose()
}

pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    sight: Sight,
    ticket: TicketId,
    direction: Direction,
    page: &PageRequest,
) -> Result<Page<Comment>, StoreError> {
    let (at, id, order) = (ticket_comment::Column::CreatedAt, ticket_comment::Column::Id, order(direction));
    let mut query = seen(org, sight, ticket);
    if let Some(after) = &page.after {
        let last = (keyset::value::<Timestamp>(after, 0)?, keyset::value::<Uuid>(after, 1)?);
        query = query.filter(keyset::after(vec![
            Key { column: Expr::col(at), order: order.clone(), after: Expr::val(last.0) },
            Key { column: Expr::col(id), order: order.clone(), after: Expr::val(last.1) },
        ]));
    }
    let query = query.order_by(at, order.clone()).order_by(id, order).limit(page.limit.rows() + 1);
    let rows: Result<Vec<_>, _> = query.all(connection).await?.into_iter().map(read).collect();
    Ok(Page::cut(rows?, page.limit, |comment| {
        Keyset(vec![comment.created_at.to_rfc3339(), comment.id.to_string()])
    }))
}

/// Writes a new comment.
pub(crate) async fn insert(tx: &Tx, org: OrganizationId, comment: &Comment) -> Result<(), StoreError> {
    let row = ticket_comment::ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(comment.id.uuid()),
        ticket_id: Set(comment.ticket.uuid()),
        author_id: Set(comment.author.map(Into::into)),
        visibility: Set(comment.visibility.name().to_owned()),
        created_at: Set(comment.created_at),
        ..written(comment)
    };
    ticket_comment::Entity::insert(row).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// Writes a comment that is still at the version it was made of.
pub(crate) async fn save(
    tx: &Tx,
    org: OrganizationId,
    before: &Comment,
    after: &Comment,
) -> Result<(), Error> {
    let one = |id: CommentId| ticket_comment::Entity::find_by_id((org.uuid(), id.uuid()));
    let update = ticket_comment::Entity::update_many()
        .set(written(after))
        .filter(ticket_comment::Column::OrganizationId.eq(org.uuid()))
        .filter(ticket_comment::Column::Id.eq(before.id.uuid()))
        .filter(ticket_comment::Column::Version.eq(before.version.0));
    if update.exec(tx.connection()).await.map_err(StoreError::from)?.rows_affected > 0 {
        return Ok(());
    }
    let current = one(before.id).one(tx.connection()).await.map_err(StoreError::from)?;
    Err(current.map_or(Error::NotFound, |row| Error::Stale { current: Version(row.version) }))
}

/// Keeps what a comment said until now.
pub(crate) async fn keep_revision(
    tx: &Tx,
    org: OrganizationId,
    before: &Comment,
    replaced_by: Option<UserId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = ticket_comment_revision::ActiveModel {
        organization_id: Set(org.uuid()),
        comment_id: Set(before.id.uuid()),
        version: Set(before.version.0),
        body: Set(before.text()),
        replaced_by: Set(replaced_by.map(Into::into)),
        replaced_at: Set(now),
    };
    ticket_comment_revision::Entity::insert(row).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// Forgets what a comment said before.
pub(crate) async fn delete_revisions(
    tx: &Tx,
    org: OrganizationId,
    comment: CommentId,
) -> Result<(), StoreError> {
    ticket_comment_revision::Entity::delete_many()
        .filter(ticket_comment_revision::Column::OrganizationId.eq(org.uuid()))
        .filter(ticket_comment_revision::Column::CommentId.eq(comment.uuid()))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// What a comment said before, the latest first.
pub(crate) async fn revisions(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    comment: CommentId,
    page: &PageRequest,
) -> Result<Page<CommentRevision>, StoreError> {
    let mut query = ticket_comment_revision::Entity::find()
        .filter(ticket_comment_revision::Column::OrganizationId.eq(org.uuid()))
        .filter(ticket_comment_revision::Column::CommentId.eq(comment.uuid()));
    if let Some(after) = &page.after {
        query = query.filter(ticket_comment_revision::Column::Version.lt(keyset::value::<i64>(after, 0)?));
    }
    let rows = query
        .order_by_desc(ticket_comment_revision::Column::Version)
        .limit(page.limit.rows() + 1)
        .all(connection)
        .await?;
    let revisions = rows.into_iter().map(|row| CommentRevision {
        version: Version(row.version),
        body: Markdown::from_stored(row.body),
        replaced_by: row.replaced_by.map(UserId::from_uuid),
        replaced_at: row.replaced_at,
    });
    Ok(Page::cut(revisions.collect(), page.limit, |revision| Keyset(vec![revision.version.to_string()])))
}

fn written(comment: &Comment) -> ticket_comment::ActiveModel {
    ticket_comment::ActiveModel {
        body: Set(comment.text()),
        version: Set(comment.version.0),
        edited_at: Set(comment.edited_at),
        deleted_at: Set(comment.deleted_at),
        ..ticket_comment::ActiveModel::default()
    }
}

fn read(row: ticket_comment::Model) -> Result<Comment, StoreError> {
    Ok(Comment {
        id: row.id.into(),
        ticket: row.ticket_id.into(),
        author: row.author_id.map(Into::into),
        visibility: stored("ticket_comments.visibility", &row.visibility, Visibility::named)?,
        body: row.deleted_at.is_none().then(|| Markdown::from_stored(row.body)),
        version: Version(row.version),
        created_at: row.created_at,
        edited_at: row.edited_at,
        deleted_at: row.deleted_at,
    })
}
