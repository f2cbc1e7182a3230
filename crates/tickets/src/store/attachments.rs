//! Files on tickets. What a file is, is read from the files' own table.

use std::collections::HashMap;

use database::entities::{file, ticket_attachment, ticket_comment};
use database::{StoreError, Tx, keyset};
use kernel::{CommentId, FileId, Keyset, OrganizationId, Page, PageRequest, TicketId, Timestamp, UserId};
use sea_orm::sea_query::Condition;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use uuid::Uuid;

use super::row::stored;
use crate::attachment::Hook;
use crate::sight::Sight;
use crate::{Attachment, Visibility};

/// What hangs in a place that is seen: on a ticket, or on a comment that is shown.
fn seen(org: OrganizationId, sight: Sight) -> Select<ticket_attachment::Entity> {
    let shown = Visibility::ALL.into_iter().filter(|visibility| sight.admits(*visibility));
    let comments = ticket_comment::Entity::find()
        .select_only()
        .column(ticket_comment::Column::Id)
        .filter(ticket_comment::Column::OrganizationId.eq(org.uuid()))
        .filter(ticket_comment::Column::Visibility.is_in(shown.map(Visibility::name)))
        .into_query();
    let place = Condition::any()
        .add(ticket_attachment::Column::CommentId.is_null())
        .add(ticket_attachment::Column::CommentId.in_subquery(comments));
    ticket_attachment::Entity::find()
        .filter(ticket_attachment::Column::OrganizationId.eq(org.uuid()))
        .filter(place)
}

/// The files of a ticket and its comments, as they were uploaded.
pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    sight: Sight,
    ticket: TicketId,
    page: &PageRequest,
) -> Result<Page<Attachment>, StoreError> {
    let mut query = seen(org, sight).filter(ticket_attachment::Column::TicketId.eq(ticket.uuid()));
    if let Some(after) = &page.after {
        query = query.filter(ticket_attachment::Column::FileId.gt(keyset::value::<Uuid>(after, 0)?));
    }
    let rows = query.order_by_asc(ticket_attachment::Column::FileId).limit(page.limit.rows() + 1);
    let rows = rows.all(connection).await?;
    let mut files = files(connection, org, rows.iter().map(|row| row.file_id)).await?;
    let found = rows.into_iter().filter_map(|row| Some(attachment(files.remove(&row.file_id)?, row)));
    let keyset = |last: &Attachment| Keyset(vec![last.file.to_string()]);
    Ok(Page::cut(found.collect::<Result<_, _>>()?, page.limit, keyset))
}

async fn files(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    ids: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, file::Model>, StoreError> {
    let query = file::Entity::find()
        .filter(file::Column::OrganizationId.eq(org.uuid()))
        .filter(file::Column::Id.is_in(ids));
    Ok(query.all(connection).await?.into_iter().map(|row| (row.id, row)).collect())
}

fn attachment(file: file::Model, row: ticket_attachment::Model) -> Result<Attachment, StoreError> {
    Ok(Attachment {
        file: row.file_id.into(),
        comment: row.comment_id.map(CommentId::from_uuid),
        name: file.name,
        media_type: file.media_type,
        size: u64::try_from(file.size).map_err(|error| StoreError::corrupt("files.size", error))?,
        has_thumbnail: file.has_thumbnail,
        attached_by: row.attached_by.map(UserId::from_uuid),
        attached_at: row.attached_at,
    })
}

/// Where a file hangs, if that is shown; whether the ticket is, is the ticket's to say.
pub(crate) async fn hook(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    sight: Sight,
    id: FileId,
) -> Result<Option<Hook>, StoreError> {
    let query = seen(org, sight).filter(ticket_attachment::Column::FileId.eq(id.uuid()));
    let Some(row) = query.one(connection).await? else { return Ok(None) };
    let visibility = match row.comment_id {
        None => Visibility::Public,
        Some(comment) => {
            let comment = ticket_comment::Entity::find_by_id((org.uuid(), comment)).one(connection).await?;
            let word = comment.map_or_else(|| Visibility::Internal.name().to_owned(), |row| row.visibility);
            stored("ticket_comments.visibility", &word, Visibility::named)?
        }
    };
    Ok(Some(Hook {
        ticket: row.ticket_id.into(),
        comment: row.comment_id.map(CommentId::from_uuid),
        visibility,
        attached_by: row.attached_by.map(UserId::from_uuid),
    }))
}

/// The files of a ticket and its comments, or of one comment alone.
pub(crate) async fn of(
    tx: &Tx,
    org: OrganizationId,
    ticket: TicketId,
    comment: Option<CommentId>,
) -> Result<Vec<FileId>, StoreError> {
    let mut query = ticket_attachment::Entity::find()
        .select_only()
        .column(ticket_attachment::Column::FileId)
        .filter(ticket_attachment::Column::OrganizationId.eq(org.uuid()))
        .filter(ticket_attachment::Column::TicketId.eq(ticket.uuid()));
    if let Some(comment) = comment {
        query = query.filter(ticket_attachment::Column::CommentId.eq(comment.uuid()));
    }
    let ids = query.into_tuple::<Uuid>().all(tx.connection()).await?;
    Ok(ids.into_iter().map(FileId::from_uuid).collect())
}

pub(crate) async fn insert(
    tx: &Tx,
    org: OrganizationId,
    files: &[FileId],
    hook: Hook,
    now: Timestamp,
) -> Result<(), StoreError> {
    let rows = files.iter().map(|file| ticket_attachment::ActiveModel {
        organization_id: Set(org.uuid()),
        file_id: Set(file.uuid()),
        ticket_id: Set(hook.ticket.uuid()),
        comment_id: Set(hook.comment.map(Uuid::from)),
        attached_by: Set(hook.attached_by.map(Uuid::from)),
        attached_at: Set(now),
    });
    ticket_attachment::Entity::insert_many(rows).exec_without_returning(tx.connection()).await?;
    Ok(())
}

pub(crate) async fn delete(tx: &Tx, org: OrganizationId, files: &[FileId]) -> Result<(), StoreError> {
    ticket_attachment::Entity::delete_many()
        .filter(ticket_attachment::Column::OrganizationId.eq(org.uuid()))
        .filter(ticket_attachment::Column::FileId.is_in(files.iter().map(|id| id.uuid())))
        .exec(tx.connection())
        .await?;
    Ok(())
}
