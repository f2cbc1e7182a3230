//! One change to many tickets, in one commit.

use std::collections::HashMap;

use database::Tx;
use kernel::{Actor, ColumnId, TicketId, Version};

use super::{Scribe, TicketService};
use crate::rank::Rank;
use crate::sight::Sight;
use crate::ticket::Revision;
use crate::{BulkRow, BulkUpdate, Error, store};

/// What becomes of one ticket: its version, or why it was left out.
type Outcome = Result<Version, Error>;

pub(super) async fn update(
    service: &TicketService,
    actor: &Actor,
    command: BulkUpdate,
) -> Result<Vec<BulkRow>, Error> {
    command.must_be_sound()?;
    let mut outcomes = HashMap::new();
    let mut revisions = Vec::new();
    for (id, decision) in decide(service, actor, &command).await? {
        match decision {
            Ok((_, Some(revision))) => revisions.push(revision),
            Ok((version, None)) => drop(outcomes.insert(id, Ok(version))),
            Err(error) => drop(outcomes.insert(id, Err(error))),
        }
    }
    if !revisions.is_empty() {
        let scribe = Scribe::of(actor, &service.database);
        let column = command.change.column;
        let written = service
            .database
            .commit(actor, move |tx| Box::pin(async move { write(tx, &scribe, column, revisions).await }));
        outcomes.extend(written.await?);
    }
    let row = |ticket| BulkRow { ticket, result: outcomes.remove(&ticket).unwrap_or(Err(Error::NotFound)) };
    Ok(command.ids().into_iter().map(row).collect())
}

/// A ticket's version, and what the change makes of it.
type Decision = Result<(Version, Option<Revision>), Error>;

/// Decides of each ticket; a fault of the change itself refuses all of them.
async fn decide(
    service: &TicketService,
    actor: &Actor,
    command: &BulkUpdate,
) -> Result<Vec<(TicketId, Decision)>, Error> {
    let (me, change, now) = (actor.user_id(), &command.change, service.database.env().now());
    let (reader, ids, sight) = (service.database.reader(), command.ids(), Sight::of(actor)?);
    let edit = change.clone().parse()?;
    service.must_be_members(actor, &change.people(me)).await?;
    let board = if edit.column.is_some() { Some(service.whole_board(actor).await?) } else { None };
    let found = store::tickets::find_many(reader, actor.org, sight, &ids).await?;
    let mut found: HashMap<_, _> = found.into_iter().map(|full| (full.ticket.id, full)).collect();
    let decisions = command.tickets.iter().map(|(id, expected)| {
        let decision = found.remove(id).ok_or(Error::NotFound).and_then(|before| {
            change.naming(&before.ticket, me).permit(actor)?;
            before.ticket.must_be_at(*expected)?;
            Ok((*expected, Revision::of(&before, &edit, board.as_ref(), now)?))
        });
        (*id, decision)
    });
    Ok(decisions.collect())
}

/// Writes revisions, in the order of ids, as everybody locks; whoever lost his version meanwhile is left out.
async fn write(
    tx: &Tx,
    scribe: &Scribe,
    column: Option<ColumnId>,
    revisions: Vec<Revision>,
) -> Result<Vec<(TicketId, Outcome)>, Error> {
    let mut outcomes = Vec::with_capacity(revisions.len());
    let mut saved = Vec::with_capacity(revisions.len());
    for (revision, rank) in placed(tx, scribe, column, revisions).await? {
        let ticket = &revision.after.ticket;
        let (id, version) = (ticket.id, ticket.version);
        match store::tickets::save(tx, scribe.org, &revision, rank.as_ref()).await {
            Ok(()) => {
                saved.push(revision);
                outcomes.push((id, Ok(version)));
            }
            Err(lost @ (Error::Stale { .. } | Error::NotFound)) => outcomes.push((id, Err(lost))),
            Err(error) => return Err(error),
        }
    }
    scribe.revised(tx, &saved).await?;
    Ok(outcomes)
}

/// Gives each ticket that changes its column a place at the end of the new one, in the order they were named.
async fn placed(
    tx: &Tx,
    scribe: &Scribe,
    column: Option<ColumnId>,
    revisions: Vec<Revision>,
) -> Result<Vec<(Revision, Option<Rank>)>, Error> {
    let movers = revisions.iter().filter(|revision| revision.new_column().is_some()).count();
    let mut ranks = match column.filter(|_| movers > 0) {
        Some(column) => store::places::many_at_end(tx, scribe.org, column, movers).await?,
        None => Vec::new(),
    }
    .into_iter();
    let place = |revision: Revision| {
        let rank = revision.new_column().and_then(|_| ranks.next());
        (revision, rank)
    };
    let mut placed: Vec<_> = revisions.into_iter().map(place).collect();
    placed.sort_by_key(|(revision, _)| revision.after.ticket.id);
    Ok(placed)
}
