use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, Changes, ColumnId, Env, OrganizationId, Scope, Stream, Version};

use super::{Scribe, TicketService};
use crate::{
    AddColumn, Board, BoardEvent, BoardHappening, Column, Error, TicketBoard, Transition, UpdateColumn, store,
};

#[async_trait]
impl TicketBoard for TicketService {
    async fn board(&self, actor: &Actor) -> Result<Board, Error> {
        actor.require(Scope::TicketsRead)?;
        self.whole_board(actor).await
    }

    async fn add_column(&self, actor: &Actor, command: AddColumn) -> Result<Column, Error> {
        actor.require(Scope::TicketsManage)?;
        let new = command.parse()?;
        let scribe = Scribe::of(actor, &self.database);
        let added = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let board = store::board::lock(tx, scribe.org).await?;
                let column = board.added(new, scribe.env.id(), scribe.env.now())?;
                store::board::insert_columns(tx, scribe.org, std::slice::from_ref(&column)).await?;
                scribe.tell_of_board(tx, BoardHappening::ColumnAdded { column: column.clone() });
                Ok(column)
            })
        });
        added.await
    }

    async fn update_column(
        &self,
        actor: &Actor,
        id: ColumnId,
        expected: Version,
        command: UpdateColumn,
    ) -> Result<Column, Error> {
        actor.require(Scope::TicketsManage)?;
        let scribe = Scribe::of(actor, &self.database);
        let updated = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let board = store::board::lock(tx, scribe.org).await?;
                let before = board.column_at(id, expected)?;
                let (after, changes) = before.updated(command, scribe.env.now())?;
                if changes.is_empty() {
                    return Ok(before.clone());
                }
                if after.category != before.category {
                    board.can_do_without(before)?;
                }
                store::board::save_column(tx, scribe.org, &after).await?;
                scribe.tell_of_board(tx, updated_to(&after, changes));
                Ok(after)
            })
        });
        updated.await
    }

    async fn remove_column(&self, actor: &Actor, id: ColumnId, expected: Version) -> Result<(), Error> {
        actor.require(Scope::TicketsManage)?;
        let scribe = Scribe::of(actor, &self.database);
        let removed = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let board = store::board::lock(tx, scribe.org).await?;
                let column = board.column_at(id, expected)?.clone();
                board.can_do_without(&column)?;
                store::board::delete_column(tx, scribe.org, &column).await?;
                scribe.tell_of_board(tx, BoardHappening::ColumnRemoved { column });
                Ok(())
            })
        });
        removed.await
    }

    async fn set_transitions(
        &self,
        actor: &Actor,
        expected: Version,
        moves: Option<Vec<Transition>>,
    ) -> Result<Board, Error> {
        actor.require(Scope::TicketsManage)?;
        let scribe = Scribe::of(actor, &self.database);
        let set = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = store::board::lock(tx, scribe.org).await?;
                let after = before.with_transitions(expected, moves)?;
                if after.transitions == before.transitions {
                    return Ok(before);
                }
                store::board::save_transitions(tx, scribe.org, &after, scribe.env.now()).await?;
                let (version, of) = (after.version, |board: &Board| board.transitions.clone());
                let what = BoardHappening::TransitionsSet { before: of(&before), after: of(&after), version };
                scribe.tell_of_board(tx, what);
                Ok(after)
            })
        });
        set.await
    }
}

impl TicketService {
    pub(super) async fn whole_board(&self, actor: &Actor) -> Result<Board, Error> {
        let board = store::board::find(self.database.reader(), actor.org).await?;
        board.ok_or(Error::BoardNotReady)
    }
}

/// Gives an organization its first columns, unless it has a board.
pub(super) async fn prepare(tx: &Tx, org: OrganizationId, env: &Env) -> Result<(), Error> {
    if !store::board::create(tx, org, env.now()).await? {
        return Ok(());
    }
    store::board::insert_columns(tx, org, &Board::first_columns(env)).await?;
    tx.tell(Stream::Organization(org), BoardEvent { org, what: BoardHappening::Prepared });
    Ok(())
}

fn updated_to(after: &Column, changes: Changes) -> BoardHappening {
    BoardHappening::ColumnUpdated { column: after.id, version: after.version, changes }
}
