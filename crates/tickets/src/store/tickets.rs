//! Single tickets.

use database::entities::{
    ticket, ticket_activity, ticket_attachment, ticket_comment, ticket_comment_revision, ticket_counter,
    ticket_link, ticket_tag, ticket_watcher,
};
use database::{StoreError, Tx};
use kernel::{FileId, OrganizationId, TicketId, Version};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LockType, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

use super::row::{FullRow, inserted, updated};
use super::watchers;
use crate::rank::Rank;
use crate::sight::Sight;
use crate::ticket::Revision;
use crate::{Error, FullTicket, Tags, TicketNumber};

/// What an actor sees of the tickets of an organization; every query here begins with it.
pub(super) fn seen(org: OrganizationId, sight: Sight) -> Condition {
    let own = ticket::Column::OrganizationId.eq(org.uuid());
    match sight {
        Sight::Everything => Condition::all().add(own),
        Sight::OwnRows(user) => Condition::all().add(own).add(
            Condition::any()
                .add(ticket::Column::RequesterId.eq(user.uuid()))
                .add(ticket::Column::Id.in_subquery(watchers::watched_by(org, user))),
        ),
    }
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    sight: Sight,
    id: TicketId,
) -> Result<Option<FullTicket>, StoreError> {
    let query = ticket::Entity::find().filter(seen(org, sight)).filter(ticket::Column::Id.eq(id.uuid()));
    let row = query.into_partial_model::<FullRow>().one(connection).await?;
    row.map(FullTicket::try_from).transpose()
}

/// Those of the tickets that there are, in no order.
pub(crate) async fn find_many(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    sight: Sight,
    ids: &[TicketId],
) -> Result<Vec<FullTicket>, StoreError> {
    let ids = ids.iter().map(|id| id.uuid());
    let query = ticket::Entity::find().filter(seen(org, sight)).filter(ticket::Column::Id.is_in(ids));
    let rows = query.into_partial_model::<FullRow>().all(connection).await?;
    rows.into_iter().map(FullTicket::try_from).collect()
}

/// The next number. It is drawn late in a commit, because everybody else who opens a ticket waits for its end.
pub(crate) async fn next_number(tx: &Tx, org: OrganizationId) -> Result<TicketNumber, StoreError> {
    let first = ticket_counter::ActiveModel { organization_id: Set(org.uuid()), last_number: Set(1) };
    let last = Expr::col((ticket_counter::Entity, ticket_counter::Column::LastNumber));
    let next = OnConflict::column(ticket_counter::Column::OrganizationId)
        .value(ticket_counter::Column::LastNumber, last.add(1))
        .to_owned();
    let drawn = ticket_counter::Entity::insert(first).on_conflict(next);
    Ok(TicketNumber(drawn.exec_with_returning(tx.connection()).await?.last_number))
}

pub(crate) async fn insert(
    tx: &Tx,
    org: OrganizationId,
    full: &FullTicket,
    rank: &Rank,
) -> Result<(), StoreError> {
    ticket::Entity::insert(inserted(org, full, rank)).exec_without_returning(tx.connection()).await?;
    insert_tags(tx, org, full.ticket.id, &full.ticket.tags).await
}

/// Writes a revision if the ticket is still at the version it was made of.
pub(crate) async fn save(
    tx: &Tx,
    org: OrganizationId,
    revision: &Revision,
    rank: Option<&Rank>,
) -> Result<(), Error> {
    let (id, version) = (revision.before.ticket.id, revision.before.ticket.version);
    let mut row = updated(&revision.after);
    if let Some(rank) = rank {
        row.rank = Set(rank.to_bytes());
    }
    let update = ticket::Entity::update_many()
        .set(row)
        .filter(one(org, id))
        .filter(ticket::Column::Version.eq(version.0));
    let updated = update.exec(tx.connection()).await.map_err(StoreError::from);
    match updated {
        // The column was given another category meanwhile, or removed.
        Err(error) if revision.new_column().is_some() && error.violates("fk_tickets_column") => {
            Err(Error::TransitionNotAllowed)
        }
        Err(error) => Err(error.into()),
        Ok(updated) if updated.rows_affected == 0 => Err(outdated(tx, org, id).await?),
        Ok(_) if revision.retags() => {
            delete_tags(tx, org, id).await?;
            Ok(insert_tags(tx, org, id, &revision.after.ticket.tags).await?)
        }
        Ok(_) => Ok(()),
    }
}

/// Why a ticket could not be written: changed, or gone.
async fn outdated(tx: &Tx, org: OrganizationId, id: TicketId) -> Result<Error, StoreError> {
    let version = ticket::Entity::find()
        .select_only()
        .column(ticket::Column::Version)
        .filter(one(org, id))
        .into_tuple::<i64>()
        .one(tx.connection())
        .await?;
    Ok(version.map_or(Error::NotFound, |current| Error::Stale { current: Version(current) }))
}

/// Keeps tickets from being deleted until the commit. Whoever changes what hangs on a ticket does this first, so that
/// he never waits for somebody who deletes it and waits for him.
pub(crate) async fn hold(tx: &Tx, org: OrganizationId, ids: &[TicketId]) -> Result<(), Error> {
    let held = ticket::Entity::find()
        .select_only()
        .column(ticket::Column::Id)
        .filter(ticket::Column::OrganizationId.eq(org.uuid()))
        .filter(ticket::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .order_by_asc(ticket::Column::Id)
        .lock(LockType::KeyShare)
        .into_tuple::<uuid::Uuid>()
        .all(tx.connection())
        .await
        .map_err(StoreError::from)?;
    if held.len() == ids.len() { Ok(()) } else { Err(Error::NotFound) }
}

/// Deletes a ticket that is still at this version, with all that hangs on it; says which files did.
pub(crate) async fn delete(
    tx: &Tx,
    org: OrganizationId,
    id: TicketId,
    expected: Version,
) -> Result<Vec<FileId>, Error> {
    // Locked first: whoever holds it is waited for, and whoever comes now finds no ticket.
    let locked = ticket::Entity::find()
        .select_only()
        .column(ticket::Column::Version)
        .filter(one(org, id))
        .lock_exclusive()
        .into_tuple::<i64>()
        .one(tx.connection())
        .await
        .map_err(StoreError::from)?;
    match locked {
        None => Err(Error::NotFound),
        Some(current) if current != expected.0 => Err(Error::Stale { current: Version(current) }),
        Some(_) => {
            let files = super::attachments::of(tx, org, id, None).await?;
            delete_all(tx, org, &[id]).await?;
            Ok(files)
        }
    }
}

/// Deletes tickets with all that hangs on them.
pub(super) async fn delete_all(tx: &Tx, org: OrganizationId, ids: &[TicketId]) -> Result<(), StoreError> {
    let (org, connection) = (org.uuid(), tx.connection());
    let ids = || ids.iter().map(|id| id.uuid());
    let comments = ticket_comment::Entity::find()
        .select_only()
        .column(ticket_comment::Column::Id)
        .filter(ticket_comment::Column::OrganizationId.eq(org))
        .filter(ticket_comment::Column::TicketId.is_in(ids()))
        .into_query();
    ticket_comment_revision::Entity::delete_many()
        .filter(ticket_comment_revision::Column::OrganizationId.eq(org))
        .filter(ticket_comment_revision::Column::CommentId.in_subquery(comments))
        .exec(connection)
        .await?;
    let links = Condition::any()
        .add(ticket_link::Column::SourceId.is_in(ids()))
        .add(ticket_link::Column::TargetId.is_in(ids()));
    ticket_link::Entity::delete_many()
        .filter(ticket_link::Column::OrganizationId.eq(org))
        .filter(links)
        .exec(connection)
        .await?;
    delete_of::<ticket_attachment::Entity>(tx, org, ticket_attachment::Column::TicketId.is_in(ids())).await?;
    delete_of::<ticket_comment::Entity>(tx, org, ticket_comment::Column::TicketId.is_in(ids())).await?;
    delete_of::<ticket_activity::Entity>(tx, org, ticket_activity::Column::TicketId.is_in(ids())).await?;
    delete_of::<ticket_watcher::Entity>(tx, org, ticket_watcher::Column::TicketId.is_in(ids())).await?;
    delete_of::<ticket_tag::Entity>(tx, org, ticket_tag::Column::TicketId.is_in(ids())).await?;
    delete_of::<ticket::Entity>(tx, org, ticket::Column::Id.is_in(ids())).await
}

async fn delete_of<E: EntityTrait>(tx: &Tx, org: uuid::Uuid, rows: Expr) -> Result<(), StoreError> {
    let own = Expr::col((E::default(), "organization_id")).eq(org);
    E::delete_many().filter(own).filter(rows).exec(tx.connection()).await?;
    Ok(())
}

async fn insert_tags(tx: &Tx, org: OrganizationId, id: TicketId, tags: &Tags) -> Result<(), StoreError> {
    if tags.is_empty() {
        return Ok(());
    }
    let rows = tags.iter().map(|tag| ticket_tag::ActiveModel {
        organization_id: Set(org.uuid()),
        ticket_id: Set(id.uuid()),
        tag: Set(tag.to_owned()),
    });
    ticket_tag::Entity::insert_many(rows).exec_without_returning(tx.connection()).await?;
    Ok(())
}

async fn delete_tags(tx: &Tx, org: OrganizationId, id: TicketId) -> Result<(), StoreError> {
    delete_of::<ticket_tag::Entity>(tx, org.uuid(), ticket_tag::Column::TicketId.eq(id.uuid())).await
}

fn one(org: OrganizationId, id: TicketId) -> Condition {
    Condition::all().add(ticket::Column::OrganizationId.eq(org.uuid())).add(ticket::Column::Id.eq(id.uuid()))
}
