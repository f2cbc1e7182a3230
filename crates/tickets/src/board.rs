mod column;

use std::collections::BTreeSet;

use kernel::{ColumnId, Env, FieldFault, Timestamp, Version};

pub use column::{AddColumn, Column, ColumnName, UpdateColumn};

pub(crate) use column::NewColumn;

use crate::{Category, Error};

/// The columns of an organization and the moves between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// From left to right.
    pub columns: Vec<Column>,
    pub transitions: Transitions,
    /// Of the transitions; every column has its own.
    pub version: Version,
}

/// Which moves are allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Transitions {
    /// Every move, but from a closed column only to the first open one: it is opened again.
    #[default]
    Usual,
    /// These moves and no others.
    Only(BTreeSet<Transition>),
}

/// A move from one column to another. Within a column every move is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Transition {
    pub from: ColumnId,
    pub to: ColumnId,
}

impl Board {
    /// How many columns a board may have.
    pub(crate) const MOST_COLUMNS: usize = 50;

    /// What every organization begins with: one column of each category.
    pub(crate) fn first_columns(env: &Env) -> Vec<Column> {
        let named = |category: Category| match category {
            Category::Open => "Open",
            Category::InProgress => "In progress",
            Category::Waiting => "Waiting",
            Category::Resolved => "Resolved",
            Category::Closed => "Closed",
        };
        let mut columns: Vec<Column> = Vec::new();
        for category in Category::ALL {
            let position = columns.last().map_or(0, |column| column.position);
            let name = ColumnName::from_stored(named(category).to_owned());
            let position = Column::right_of(position);
            columns.push(Column { position, ..Column::new(name, category, env.id(), env.now()) });
        }
        columns
    }

    /// Where new tickets stand, and those that are opened again.
    pub fn first_open(&self) -> Option<&Column> {
        self.columns.iter().find(|column| column.category == Category::Open)
    }

    /// The column of this id.
    pub fn column(&self, id: ColumnId) -> Option<&Column> {
        self.columns.iter().find(|column| column.id == id)
    }

    /// The column of this id, if the caller has seen its present version.
    pub(crate) fn column_at(&self, id: ColumnId, expected: Version) -> Result<&Column, Error> {
        let column = self.column(id).ok_or(Error::NotFound)?;
        if column.version == expected { Ok(column) } else { Err(Error::Stale { current: column.version }) }
    }

    /// The column a ticket is asked to stand in, if it may go there.
    pub(crate) fn destination(&self, from: ColumnId, to: ColumnId) -> Result<&Column, Error> {
        let column = self.column(to).ok_or_else(|| no_such_column("columnId"))?;
        if from == to || self.allows(Transition { from, to }) {
            return Ok(column);
        }
        Err(Error::TransitionNotAllowed)
    }

    fn allows(&self, transition: Transition) -> bool {
        match &self.transitions {
            Transitions::Only(allowed) => allowed.contains(&transition),
            Transitions::Usual => {
                let from = self.column(transition.from).map(|column| column.category);
                let reopened = self.first_open().is_some_and(|first| first.id == transition.to);
                from != Some(Category::Closed) || reopened
            }
        }
    }

    /// Refuses what would leave the board without an open column.
    pub(crate) fn can_do_without(&self, open: &Column) -> Result<(), Error> {
        let is_other = |column: &&Column| column.category == Category::Open && column.id != open.id;
        if open.category == Category::Open && !self.columns.iter().any(|column| is_other(&column)) {
            return Err(Error::LastOpenColumn);
        }
        Ok(())
    }

    /// A new column, to the right of all others unless it is told where.
    pub(crate) fn added(&self, new: NewColumn, id: ColumnId, now: Timestamp) -> Result<Column, Error> {
        if self.columns.len() >= Self::MOST_COLUMNS {
            return Err(Error::BoardFull(Self::MOST_COLUMNS));
        }
        let rightmost = self.columns.last().map_or(0, |column| column.position);
        let position = new.position.unwrap_or_else(|| Column::right_of(rightmost));
        Ok(Column { position, ..Column::new(new.name, new.category, id, now) })
    }

    /// The board with other moves; `None` are the usual ones.
    pub(crate) fn with_transitions(
        &self,
        expected: Version,
        moves: Option<Vec<Transition>>,
    ) -> Result<Self, Error> {
        if self.version != expected {
            return Err(Error::Stale { current: self.version });
        }
        let transitions = match moves {
            None => Transitions::Usual,
            Some(moves) => Transitions::Only(self.known(moves)?),
        };
        Ok(Self { transitions, version: self.version.next(), columns: self.columns.clone() })
    }

    fn known(&self, moves: Vec<Transition>) -> Result<BTreeSet<Transition>, Error> {
        let mut faults = Vec::new();
        for (place, transition) in moves.iter().enumerate() {
            for (field, id) in [("fromColumnId", transition.from), ("toColumnId", transition.to)] {
                if self.column(id).is_none() {
                    faults.push(no_such_column(field).within(place).within("transitions"));
                }
            }
        }
        if faults.is_empty() { Ok(moves.into_iter().collect()) } else { Err(faults.into()) }
    }
}

pub(crate) fn no_such_column(field: &str) -> FieldFault {
    FieldFault::new(field, "not_found", "must be a column of this board")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> ColumnId {
        ColumnId::from_uuid(uuid::Uuid::from_u128(number))
    }

    fn board(categories: &[Category]) -> Board {
        let column = |(number, category): (u128, &Category)| {
            let name = ColumnName::parse(&format!("Column {number}")).expect("valid");
            Column::new(name, *category, id(number), chrono::DateTime::UNIX_EPOCH)
        };
        let columns = (1..).zip(categories).map(column).collect();
        Board { columns, transitions: Transitions::Usual, version: Version::FIRST }
    }

    #[test]
    fn a_closed_ticket_can_only_be_opened_again() {
        use Category::{Closed, InProgress, Open, Resolved};
        let board = board(&[InProgress, Open, Open, Resolved, Closed]);
        assert_eq!(board.destination(id(5), id(2)).expect("reopened").id, id(2));
        for to in [1, 3, 4] {
            assert!(matches!(board.destination(id(5), id(to)), Err(Error::TransitionNotAllowed)), "{to}");
        }
        assert!(board.destination(id(5), id(5)).is_ok(), "within the column");
        for from in 1..=4 {
            for to in 1..=5 {
                assert!(board.destination(id(from), id(to)).is_ok(), "{from} to {to}");
            }
        }
    }

    #[test]
    fn own_rules_replace_the_usual_ones() {
        let usual = board(&[Category::Open, Category::Closed]);
        let back = Transition { from: id(2), to: id(1) };
        let own = usual.with_transitions(Version::FIRST, Some(vec![back])).expect("known columns");
        assert!(own.destination(id(2), id(1)).is_ok());
        assert!(matches!(own.destination(id(1), id(2)), Err(Error::TransitionNotAllowed)));
        let none = own.with_transitions(Version(2), Some(Vec::new())).expect("allowed");
        assert!(matches!(none.destination(id(2), id(1)), Err(Error::TransitionNotAllowed)));
        assert_eq!(none.with_transitions(Version(3), None).expect("allowed").transitions, Transitions::Usual);
        assert!(matches!(
            own.with_transitions(Version::FIRST, None),
            Err(Error::Stale { current: Version(2) })
        ));
    }

    #[test]
    fn unknown_columns_are_named() {
        let board = board(&[Category::Open]);
        let stranger = Transition { from: id(1), to: id(9) };
        let refused = board.with_transitions(Version::FIRST, Some(vec![stranger]));
        let Err(Error::Invalid(faults)) = refused else { panic!("refused") };
        assert_eq!(faults[0].field, "transitions/0/toColumnId");
        let Err(Error::Invalid(faults)) = board.destination(id(1), id(9)) else { panic!("refused") };
        assert_eq!((faults[0].field.as_str(), faults[0].code), ("columnId", "not_found"));
    }

    #[test]
    fn one_open_column_stays() {
        let board = board(&[Category::Open, Category::Closed, Category::Open]);
        assert!(board.can_do_without(&board.columns[0]).is_ok());
        let alone = Board { columns: board.columns[..2].to_vec(), ..board };
        assert!(matches!(alone.can_do_without(&alone.columns[0]), Err(Error::LastOpenColumn)));
        assert!(alone.can_do_without(&alone.columns[1]).is_ok());
    }
}
