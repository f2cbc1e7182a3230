use kernel::{Audience, Changes, ColumnId, Event, OrganizationId, Subject, Version};
use serde_json::{Value, json};

use crate::{Column, Transitions};

/// Something happened to the board of an organization.
#[derive(Clone, Debug)]
pub struct BoardEvent {
    pub org: OrganizationId,
    pub what: BoardHappening,
}

/// What happened to it.
#[derive(Clone, Debug)]
pub enum BoardHappening {
    /// It got its first columns.
    Prepared,
    ColumnAdded {
        column: Column,
    },
    ColumnUpdated {
        column: ColumnId,
        version: Version,
        changes: Changes,
    },
    ColumnRemoved {
        column: Column,
    },
    TransitionsSet {
        before: Transitions,
        after: Transitions,
        version: Version,
    },
}

impl Event for BoardEvent {
    fn kind(&self) -> &'static str {
        match &self.what {
            BoardHappening::Prepared => "tickets.board_prepared",
            BoardHappening::ColumnAdded { .. } => "tickets.column_added",
            BoardHappening::ColumnUpdated { .. } => "tickets.column_updated",
            BoardHappening::ColumnRemoved { .. } => "tickets.column_removed",
            BoardHappening::TransitionsSet { .. } => "tickets.transitions_set",
        }
    }

    fn subject(&self) -> Subject {
        let column = |id: ColumnId, version| Subject::new("ticket_column", id).at(version);
        let board = Subject::new("ticket_board", self.org);
        match &self.what {
            BoardHappening::Prepared => board.at(Version::FIRST),
            BoardHappening::TransitionsSet { version, .. } => board.at(*version),
            BoardHappening::ColumnUpdated { column: id, version, .. } => column(*id, *version),
            BoardHappening::ColumnAdded { column: new } => column(new.id, new.version),
            BoardHappening::ColumnRemoved { column: old } => column(old.id, old.version.next()),
        }
    }

    /// Guests too see in which column a ticket stands.
    fn audience(&self) -> Audience {
        Audience::Members
    }

    fn data(&self) -> Value {
        match &self.what {
            BoardHappening::Prepared => json!({}),
            BoardHappening::ColumnAdded { column } => described(column),
            BoardHappening::ColumnUpdated { column, changes, .. } => {
                json!({ "columnId": column, "changed": changes.fields(), "values": changes.after() })
            }
            BoardHappening::ColumnRemoved { column } => json!({ "columnId": column.id }),
            BoardHappening::TransitionsSet { after, .. } => json!({ "transitions": listed(after) }),
        }
    }

    fn private(&self) -> Value {
        match &self.what {
            BoardHappening::Prepared | BoardHappening::ColumnAdded { .. } => Value::Null,
            BoardHappening::ColumnUpdated { changes, .. } => changes.before_and_after(),
            BoardHappening::ColumnRemoved { column } => json!({ "before": described(column) }),
            BoardHappening::TransitionsSet { before, after, .. } => {
                json!({ "before": listed(before), "after": listed(after) })
            }
        }
    }
}

fn described(column: &Column) -> Value {
    json!({
        "columnId": column.id,
        "name": column.name.as_str(),
        "category": column.category.name(),
        "position": column.position,
    })
}

/// The moves that are allowed; null where the usual ones are.
fn listed(transitions: &Transitions) -> Value {
    match transitions {
        Transitions::Usual => Value::Null,
        Transitions::Only(allowed) => allowed
            .iter()
            .map(|transition| json!({ "fromColumnId": transition.from, "toColumnId": transition.to }))
            .collect(),
    }
}
