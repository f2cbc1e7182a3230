//! Columns and transitions.

use std::collections::BTreeSet;

use database::entities::{ticket_board, ticket_column, ticket_transition};
use database::{StoreError, Tx};
use kernel::{OrganizationId, Timestamp, Version};
use sea_orm::sea_query::{Expr, LockType, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::row::stored;
use crate::{Board, Category, Column, ColumnName, Error, Transition, Transitions};

/// The board; `None` where it was not prepared.
pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
) -> Result<Option<Board>, StoreError> {
    let row = ticket_board::Entity::find_by_id(org.uuid()).one(connection).await?;
    match row {
        Some(row) => whole(connection, org, row).await.map(Some),
        None => Ok(None),
    }
}

/// The board, kept from other changes until the commit.
pub(crate) async fn lock(tx: &Tx, org: OrganizationId) -> Result<Board, Error> {
    let row = ticket_board::Entity::find_by_id(org.uuid())
        .lock(LockType::NoKeyUpdate)
        .one(tx.connection())
        .await
        .map_err(StoreError::from)?;
    Ok(whole(tx.connection(), org, row.ok_or(Error::BoardNotReady)?).await?)
}

async fn whole(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    row: ticket_board::Model,
) -> Result<Board, StoreError> {
    let columns = ticket_column::Entity::find()
        .filter(ticket_column::Column::OrganizationId.eq(org.uuid()))
        .order_by_asc(ticket_column::Column::Position)
        .order_by_asc(ticket_column::Column::Id)
        .all(connection)
        .await?;
    let columns: Result<Vec<_>, _> = columns.into_iter().map(read).collect();
    let transitions = match row.custom_transitions {
        true => Transitions::Only(transitions(connection, org).await?),
        false => Transitions::Usual,
    };
    Ok(Board { columns: columns?, transitions, version: Version(row.version) })
}

async fn transitions(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
) -> Result<BTreeSet<Transition>, StoreError> {
    let rows = ticket_transition::Entity::find()
        .filter(ticket_transition::Column::OrganizationId.eq(org.uuid()))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| Transition { from: row.from_id.into(), to: row.to_id.into() }).collect())
}

/// Makes an empty board; says whether there was none.
pub(crate) async fn create(tx: &Tx, org: OrganizationId, now: Timestamp) -> Result<bool, StoreError> {
    let board = ticket_board::ActiveModel {
        organization_id: Set(org.uuid()),
        custom_transitions: Set(false),
        version: Set(Version::FIRST.0),
        updated_at: Set(now),
    };
    let once = ticket_board::Entity::insert(board).on_conflict(OnConflict::new().do_nothing().to_owned());
    Ok(once.exec_without_returning(tx.connection()).await? > 0)
}

pub(crate) async fn insert_columns(tx: &Tx, org: OrganizationId, columns: &[Column]) -> Result<(), Error> {
    let rows = columns.iter().map(|column| ticket_column::ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(column.id.uuid()),
        tail: Set(0),
        created_at: Set(column.created_at),
        ..written(column)
    });
    let inserted = ticket_column::Entity::insert_many(rows).exec_without_returning(tx.connection()).await;
    inserted.map(|_| ()).map_err(|error| judged(error.into()))
}

/// Writes a column of a board that was locked before.
pub(crate) async fn save_column(tx: &Tx, org: OrganizationId, column: &Column) -> Result<(), Error> {
    let update = ticket_column::Entity::update_many()
        .set(written(column))
        .filter(ticket_column::Column::OrganizationId.eq(org.uuid()))
        .filter(ticket_column::Column::Id.eq(column.id.uuid()));
    update.exec(tx.connection()).await.map(|_| ()).map_err(|error| judged(error.into()))
}

/// Deletes a column with the moves from and to it.
pub(crate) async fn delete_column(tx: &Tx, org: OrganizationId, column: &Column) -> Result<(), Error> {
    let id = column.id.uuid();
    let moves = sea_orm::Condition::any()
        .add(ticket_transition::Column::FromId.eq(id))
        .add(ticket_transition::Column::ToId.eq(id));
    ticket_transition::Entity::delete_many()
        .filter(ticket_transition::Column::OrganizationId.eq(org.uuid()))
        .filter(moves)
        .exec(tx.connection())
        .await
        .map_err(StoreError::from)?;
    let deleted = ticket_column::Entity::delete_by_id((org.uuid(), id)).exec(tx.connection()).await;
    deleted.map(|_| ()).map_err(|error| judged(error.into()))
}

/// Writes the moves of a board that was locked before.
pub(crate) async fn save_transitions(
    tx: &Tx,
    org: OrganizationId,
    board: &Board,
    now: Timestamp,
) -> Result<(), StoreError> {
    let allowed = match &board.transitions {
        Transitions::Usual => None,
        Transitions::Only(allowed) => Some(allowed),
    };
    ticket_board::Entity::update_many()
        .col_expr(ticket_board::Column::CustomTransitions, Expr::value(allowed.is_some()))
        .col_expr(ticket_board::Column::Version, Expr::value(board.version.0))
        .col_expr(ticket_board::Column::UpdatedAt, Expr::value(now))
        .filter(ticket_board::Column::OrganizationId.eq(org.uuid()))
        .exec(tx.connection())
        .await?;
    ticket_transition::Entity::delete_many()
        .filter(ticket_transition::Column::OrganizationId.eq(org.uuid()))
        .exec(tx.connection())
        .await?;
    let rows: Vec<_> = allowed.into_iter().flatten().map(|allowed| transition(org, *allowed)).collect();
    if !rows.is_empty() {
        ticket_transition::Entity::insert_many(rows).exec_without_returning(tx.connection()).await?;
    }
    Ok(())
}

fn transition(org: OrganizationId, allowed: Transition) -> ticket_transition::ActiveModel {
    ticket_transition::ActiveModel {
        organization_id: Set(org.uuid()),
        from_id: Set(allowed.from.uuid()),
        to_id: Set(allowed.to.uuid()),
    }
}

/// A ticket refers to its column and to the column's category, so both stay while it does.
fn judged(error: StoreError) -> Error {
    if error.violates("uq_ticket_columns_organization_id_name") {
        return Error::ColumnNameTaken;
    }
    if error.violates("fk_tickets_column") { Error::ColumnNotEmpty } else { error.into() }
}

fn written(column: &Column) -> ticket_column::ActiveModel {
    ticket_column::ActiveModel {
        name: Set(column.name.as_str().to_owned()),
        category: Set(column.category.name().to_owned()),
        position: Set(column.position),
        version: Set(column.version.0),
        updated_at: Set(column.updated_at),
        ..ticket_column::ActiveModel::default()
    }
}

pub(super) fn read(row: ticket_column::Model) -> Result<Column, StoreError> {
    Ok(Column {
        id: row.id.into(),
        name: ColumnName::from_stored(row.name),
        category: stored("ticket_columns.category", &row.category, Category::named)?,
        position: row.position,
        version: Version(row.version),
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}
