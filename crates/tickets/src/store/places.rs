//! Places on the board. Whoever takes one locks the column until the commit, so no two take the same.

use database::entities::{ticket, ticket_column};
use database::{StoreError, Tx};
use kernel::{ColumnId, OrganizationId, TicketId};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, LockType};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, UpdateMany,
};
use uuid::Uuid;

use super::board::read;
use super::tickets::seen;
use crate::board::no_such_column;
use crate::rank::Rank;
use crate::sight::Sight;
use crate::ticket::no_neighbour;
use crate::{Category, Column, Error, MoveTicket};

/// A place that is kept for a ticket.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) column: Column,
    pub(crate) rank: Rank,
    pub(crate) neighbours: Neighbours,
}

/// Between which tickets it is; between none at the end of a column.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Neighbours {
    pub(crate) after: Option<TicketId>,
    pub(crate) before: Option<TicketId>,
}

type Standing = (TicketId, Rank);

/// How many tickets on either side make room when a neighbourhood has become too tight.
const WINDOW: u64 = 256;

/// The place of a new ticket: at the end of a column, the first open one if none is named.
pub(crate) async fn for_new(tx: &Tx, org: OrganizationId, column: Option<ColumnId>) -> Result<Place, Error> {
    if let Some(column) = column {
        return at_end(tx, org, column).await?.ok_or_else(|| no_such_column("columnId").into());
    }
    let first_open = ticket_column::Entity::find()
        .select_only()
        .column(ticket_column::Column::Id)
        .filter(ticket_column::Column::OrganizationId.eq(org.uuid()))
        .filter(ticket_column::Column::Category.eq(Category::Open.name()))
        .order_by_asc(ticket_column::Column::Position)
        .order_by_asc(ticket_column::Column::Id)
        .limit(1)
        .into_query();
    let place = append(tx, org, ticket_column::Column::Id.in_subquery(first_open), 1).await?;
    place.map(|(place, _)| place).ok_or(Error::BoardNotReady)
}

/// The place at the end of a column.
pub(crate) async fn at_end(
    tx: &Tx,
    org: OrganizationId,
    column: ColumnId,
) -> Result<Option<Place>, StoreError> {
    let place = append(tx, org, ticket_column::Column::Id.eq(column.uuid()), 1).await?;
    Ok(place.map(|(place, _)| place))
}

/// So many places at the end of a column, in order.
pub(crate) async fn many_at_end(
    tx: &Tx,
    org: OrganizationId,
    column: ColumnId,
    count: usize,
) -> Result<Vec<Rank>, StoreError> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let taken = append(tx, org, ticket_column::Column::Id.eq(column.uuid()), count).await?;
    Ok(taken.map_or_else(Vec::new, |(_, tail)| (tail - count + 1..=tail).map(Rank::at_end).collect()))
}

/// Moves the end of a column down by so many places, and so locks it; with the number of the last place.
async fn append(
    tx: &Tx,
    org: OrganizationId,
    which: Expr,
    count: i64,
) -> Result<Option<(Place, i64)>, StoreError> {
    let tail = Expr::col(ticket_column::Column::Tail).add(count);
    let update: UpdateMany<_> = ticket_column::Entity::update_many()
        .col_expr(ticket_column::Column::Tail, tail)
        .filter(ticket_column::Column::OrganizationId.eq(org.uuid()))
        .filter(which);
    let Some(row) = update.exec_with_returning(tx.connection()).await?.into_iter().next() else {
        return Ok(None);
    };
    let (tail, column) = (row.tail, read(row)?);
    Ok(Some((Place { column, rank: Rank::at_end(tail), neighbours: Neighbours::default() }, tail)))
}

/// The place a move asks for.
pub(crate) async fn beside(
    tx: &Tx,
    org: OrganizationId,
    sight: Sight,
    moving: TicketId,
    command: &MoveTicket,
) -> Result<Place, Error> {
    let others = Others { tx, org, column: command.column, moving };
    let column = others.lock_column().await?.ok_or_else(|| no_such_column("columnId"))?;
    let (above, below) = others.around(sight, command).await?;
    let Some(high) = below else {
        return at_end(tx, org, command.column).await?.ok_or(Error::NotFound);
    };
    let mut rank = between(above.as_ref(), &high);
    if rank.is_long() {
        others.make_room(&high.1).await?;
        let (above, below) = others.around(sight, command).await?;
        rank = between(above.as_ref(), &below.unwrap_or(high.clone()));
    }
    let neighbours = Neighbours { after: above.map(|low| low.0), before: Some(high.0) };
    Ok(Place { column: read(column)?, rank, neighbours })
}

fn between(above: Option<&Standing>, below: &Standing) -> Rank {
    above.map_or_else(|| Rank::before(&below.1), |above| Rank::between(&above.1, &below.1))
}

/// The tickets of a column, without the one that moves.
struct Others<'a> {
    tx: &'a Tx,
    org: OrganizationId,
    column: ColumnId,
    moving: TicketId,
}

impl Others<'_> {
    async fn lock_column(&self) -> Result<Option<ticket_column::Model>, StoreError> {
        let column = ticket_column::Entity::find_by_id((self.org.uuid(), self.column.uuid()));
        Ok(column.lock(LockType::NoKeyUpdate).one(self.tx.connection()).await?)
    }

    /// The tickets above and below the wanted place.
    async fn around(
        &self,
        sight: Sight,
        command: &MoveTicket,
    ) -> Result<(Option<Standing>, Option<Standing>), Error> {
        let named = command.neighbours();
        let found = self.standing(sight, &named).await?;
        let lost = named.iter().filter(|(_, id)| !found.iter().any(|(other, _)| other == id));
        let faults: Vec<_> = lost.map(|(field, _)| no_neighbour(field)).collect();
        if !faults.is_empty() {
            return Err(faults.into());
        }
        let Some(anchor) = found.into_iter().next() else { return Ok((None, None)) };
        if command.is_above() {
            let above = self.read(above(self.others(), &anchor.1, 1)).await?;
            return Ok((above.into_iter().next(), Some(anchor)));
        }
        let below = self.read(below(self.others(), &anchor.1, 1)).await?;
        Ok((Some(anchor), below.into_iter().next()))
    }

    /// Those of the named tickets that the actor sees in the column, from top to bottom.
    async fn standing(&self, sight: Sight, named: &[(&str, TicketId)]) -> Result<Vec<Standing>, StoreError> {
        let ids = named.iter().map(|(_, id)| id.uuid());
        let query = self.others().filter(seen(self.org, sight)).filter(ticket::Column::Id.is_in(ids));
        self.read(query.order_by_asc(ticket::Column::Rank)).await
    }

    /// Spreads the tickets around a place evenly over the room that they and their neighbours leave. Their order
    /// stays, and so do their versions: nobody can tell.
    async fn make_room(&self, around: &Rank) -> Result<(), StoreError> {
        let mut above = self.read(above(self.all(), around, WINDOW)).await?;
        let mut below = self.read(at_or_below(self.all(), around, WINDOW)).await?;
        let low = outermost(&mut above);
        let low = low.unwrap_or_else(|| Rank::before(above.last().map_or(around, |(_, topmost)| topmost)));
        let high = match outermost(&mut below) {
            Some(high) => high,
            None => self.end().await?,
        };
        let ids: Vec<_> = above.iter().rev().chain(&below).map(|(id, _)| *id).collect();
        let spread = Rank::spread(&low, &high, ids.len());
        self.lock_tickets(&ids).await?;
        // A rank belongs to one ticket at any moment, so they leave their places before they take the new ones.
        self.write(ids.iter().copied().zip((0..).map(Rank::aside))).await?;
        self.write(ids.iter().copied().zip(spread)).await
    }

    /// A rank below all others, which no ticket will ever get.
    async fn end(&self) -> Result<Rank, StoreError> {
        let end = at_end(self.tx, self.org, self.column).await?;
        let end = end.ok_or_else(|| StoreError::corrupt("ticket_columns.id", "a locked column vanished"))?;
        Ok(end.rank)
    }

    /// All of the column.
    fn all(&self) -> Select<ticket::Entity> {
        ticket::Entity::find()
            .select_only()
            .columns([ticket::Column::Id, ticket::Column::Rank])
            .filter(ticket::Column::OrganizationId.eq(self.org.uuid()))
            .filter(ticket::Column::ColumnId.eq(self.column.uuid()))
    }

    /// The column as the moving ticket finds it.
    fn others(&self) -> Select<ticket::Entity> {
        self.all().filter(ticket::Column::Id.ne(self.moving.uuid()))
    }

    async fn read(&self, query: Select<ticket::Entity>) -> Result<Vec<Standing>, StoreError> {
        let rows = query.into_tuple::<(Uuid, Vec<u8>)>().all(self.tx.connection()).await?;
        let standing = |(id, bytes): (Uuid, Vec<u8>)| {
            let rank = Rank::from_bytes(&bytes);
            let rank = rank.ok_or_else(|| StoreError::corrupt("tickets.rank", hex::encode(bytes)))?;
            Ok((id.into(), rank))
        };
        rows.into_iter().map(standing).collect()
    }

    /// Locks in the order of ids, as everybody does.
    async fn lock_tickets(&self, ids: &[TicketId]) -> Result<(), StoreError> {
        ticket::Entity::find()
            .select_only()
            .column(ticket::Column::Id)
            .filter(ticket::Column::OrganizationId.eq(self.org.uuid()))
            .filter(ticket::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
            .order_by_asc(ticket::Column::Id)
            .lock_exclusive()
            .into_tuple::<Uuid>()
            .all(self.tx.connection())
            .await?;
        Ok(())
    }

    async fn write(&self, ranks: impl Iterator<Item = Standing>) -> Result<(), StoreError> {
        let mut ids = Vec::new();
        let mut rank_of = CaseStatement::new();
        for (id, rank) in ranks {
            rank_of = rank_of.case(ticket::Column::Id.eq(id.uuid()), Expr::val(rank.to_bytes()));
            ids.push(id.uuid());
        }
        ticket::Entity::update_many()
            .col_expr(ticket::Column::Rank, rank_of.into())
            .filter(ticket::Column::OrganizationId.eq(self.org.uuid()))
            .filter(ticket::Column::Id.is_in(ids))
            .exec(self.tx.connection())
            .await?;
        Ok(())
    }
}

/// The next tickets above a rank, upwards.
fn above(column: Select<ticket::Entity>, rank: &Rank, count: u64) -> Select<ticket::Entity> {
    let above = column.filter(ticket::Column::Rank.lt(rank.to_bytes()));
    above.order_by_desc(ticket::Column::Rank).limit(count)
}

/// The next tickets below a rank, downwards.
fn below(column: Select<ticket::Entity>, rank: &Rank, count: u64) -> Select<ticket::Entity> {
    let below = column.filter(ticket::Column::Rank.gt(rank.to_bytes()));
    below.order_by_asc(ticket::Column::Rank).limit(count)
}

/// The same, beginning with the ticket that has this rank.
fn at_or_below(column: Select<ticket::Entity>, rank: &Rank, count: u64) -> Select<ticket::Entity> {
    let below = column.filter(ticket::Column::Rank.gte(rank.to_bytes()));
    below.order_by_asc(ticket::Column::Rank).limit(count)
}

/// The last ticket of a full window keeps its place; where the column ends within the window there is none.
fn outermost(window: &mut Vec<Standing>) -> Option<Rank> {
    if window.len() as u64 == WINDOW { window.pop().map(|(_, rank)| rank) } else { None }
}
