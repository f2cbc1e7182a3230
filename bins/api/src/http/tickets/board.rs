//! The columns of the board and the moves between them.

use actix_web::web::{Data, Path};
use kernel::{ColumnId, Scope};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tickets::{AddColumn, Board, Column, Tickets, Transition, Transitions, UpdateColumn};
use utoipa::ToSchema;

use super::words::StatusWord;
use crate::{Answer, Body, Caller, Endpoint, IfMatch, Reply};

const COLUMN: &str = "/ticket-columns/{id}";

pub(super) fn endpoints() -> Vec<Endpoint> {
    let some = json!({"transitions": [{
        "fromColumnId": "01890a5d-ac96-774b-bcce-b302099a8057",
        "toColumnId": "01890a5d-ac96-774b-bcce-b302099a8058",
    }]});
    vec![
        Endpoint::get("ticket_board_get", "/ticket-board", "Show the columns and the moves between them")
            .scope(Scope::TicketsRead)
            .versioned()
            .returns::<BoardView>()
            .to(get),
        Endpoint::put("ticket_transitions_set", "/ticket-board/transitions", "Say which moves are allowed")
            .scope(Scope::TicketsManage)
            .description(
                "`null` brings back the usual ones: every move, but from a closed column only the reopening.",
            )
            .versioned()
            .body::<TransitionsBody>(some)
            .returns::<BoardView>()
            .to(set_transitions),
        Endpoint::post("ticket_columns_create", "/ticket-columns", "Add a column")
            .scope(Scope::TicketsManage)
            .body::<AddColumnBody>(json!({"name": "Waiting for customs", "category": "waiting"}))
            .creates::<ColumnView>()
            .to(create),
        Endpoint::patch("ticket_columns_update", COLUMN, "Change a column")
            .scope(Scope::TicketsManage)
            .description("Its category is fixed while tickets stand in it.")
            .versioned()
            .body::<UpdateColumnBody>(json!({"name": "At customs"}))
            .returns::<ColumnView>()
            .to(update),
        Endpoint::delete("ticket_columns_delete", COLUMN, "Remove a column in which no ticket stands")
            .scope(Scope::TicketsManage)
            .versioned()
            .returns_nothing()
            .to(delete),
    ]
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AddColumn)]
struct AddColumnBody {
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    category: StatusWord,
    /// To the right of all others unless told.
    position: Option<i64>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UpdateColumn)]
struct UpdateColumnBody {
    #[schema(min_length = 1, max_length = 60)]
    name: Option<String>,
    category: Option<StatusWord>,
    position: Option<i64>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SetTransitions)]
struct TransitionsBody {
    /// `null`: the usual ones.
    #[schema(required = true, max_items = 2_500)]
    transitions: Option<Vec<TransitionView>>,
}

#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TicketTransition)]
struct TransitionView {
    #[schema(value_type = Uuid)]
    from_column_id: ColumnId,
    #[schema(value_type = Uuid)]
    to_column_id: ColumnId,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TicketBoard)]
struct BoardView {
    /// From left to right.
    columns: Vec<ColumnView>,
    /// The moves that are allowed; null: the usual ones.
    transitions: Option<Vec<TransitionView>>,
    /// Of the transitions; every column has its own.
    version: i64,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TicketColumn)]
struct ColumnView {
    #[schema(value_type = Uuid)]
    id: ColumnId,
    name: String,
    /// The status of every ticket in it.
    category: StatusWord,
    /// The lower, the further left.
    position: i64,
    version: i64,
}

impl From<&Column> for ColumnView {
    fn from(column: &Column) -> Self {
        Self {
            id: column.id,
            name: column.name.as_str().to_owned(),
            category: column.category.into(),
            position: column.position,
            version: column.version.0,
        }
    }
}

impl From<&Board> for BoardView {
    fn from(board: &Board) -> Self {
        let shown =
            |move_: &Transition| TransitionView { from_column_id: move_.from, to_column_id: move_.to };
        let transitions = match &board.transitions {
            Transitions::Usual => None,
            Transitions::Only(allowed) => Some(allowed.iter().map(shown).collect()),
        };
        let columns = board.columns.iter().map(ColumnView::from).collect();
        Self { columns, transitions, version: board.version.0 }
    }
}

async fn get(Caller(actor): Caller, tickets: Data<dyn Tickets>) -> Answer {
    Ok(shown(&tickets.board(&actor).await?))
}

fn shown(board: &Board) -> Reply {
    Reply::ok(BoardView::from(board)).at(board.version)
}

async fn set_transitions(
    Caller(actor): Caller,
    IfMatch(version): IfMatch,
    Body(body): Body<TransitionsBody>,
    tickets: Data<dyn Tickets>,
) -> Answer {
    let parsed = |view: TransitionView| Transition { from: view.from_column_id, to: view.to_column_id };
    let moves = body.transitions.map(|moves| moves.into_iter().map(parsed).collect());
    Ok(shown(&tickets.set_transitions(&actor, version, moves).await?))
}

async fn create(
    Caller(actor): Caller,
    Body(body): Body<AddColumnBody>,
    tickets: Data<dyn Tickets>,
) -> Answer {
    let AddColumnBody { name, category, position } = body;
    let command = AddColumn { name, category: category.into(), position };
    let column = tickets.add_column(&actor, command).await?;
    let path = format!("/ticket-columns/{}", column.id);
    Ok(Reply::created(path, ColumnView::from(&column)).at(column.version))
}

async fn update(
    Caller(actor): Caller,
    id: Path<ColumnId>,
    IfMatch(version): IfMatch,
    Body(body): Body<UpdateColumnBody>,
    tickets: Data<dyn Tickets>,
) -> Answer {
    let UpdateColumnBody { name, category, position } = body;
    let command = UpdateColumn { name, category: category.map(Into::into), position };
    let column = tickets.update_column(&actor, *id, version, command).await?;
    Ok(Reply::ok(ColumnView::from(&column)).at(column.version))
}

async fn delete(
    Caller(actor): Caller,
    id: Path<ColumnId>,
    IfMatch(version): IfMatch,
    tickets: Data<dyn Tickets>,
) -> Answer {
    tickets.remove_column(&actor, *id, version).await?;
    Ok(Reply::no_content())
}
