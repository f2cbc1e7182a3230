use kernel::{ColumnId, Timestamp, UserId};

use crate::{Category, Kind, Priority};

/// Which tickets; what is absent or empty does not restrict. A time after includes the instant, a time before does not.
#[derive(Clone, Debug, Default)]
pub struct TicketFilter {
    /// Any of these.
    pub statuses: Vec<Category>,
    /// Any of these.
    pub columns: Vec<ColumnId>,
    /// Any of these.
    pub priorities: Vec<Priority>,
    /// Any of these.
    pub kinds: Vec<Kind>,
    pub assignee: Option<Assignee>,
    pub requester: Option<UserId>,
    pub watcher: Option<UserId>,
    pub tag: Option<String>,
    pub due_after: Option<Timestamp>,
    pub due_before: Option<Timestamp>,
    pub created_after: Option<Timestamp>,
    pub created_before: Option<Timestamp>,
    pub updated_since: Option<Timestamp>,
    /// Part of the title in any case, or the number with or without `#`.
    pub text: Option<String>,
}

/// Whose work it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignee {
    User(UserId),
    Nobody,
}

/// In which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    pub by: SortKey,
    pub direction: Direction,
}

/// By what a list is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortKey {
    Number,
    CreatedAt,
    UpdatedAt,
    /// What is not due at all counts as due at the end of time.
    DueAt,
    Priority,
    /// Column by column, each as it stands on the board.
    Rank,
}

/// Up or down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    #[default]
    Ascending,
    Descending,
}

impl Default for Sort {
    /// The newest first.
    fn default() -> Self {
        Self { by: SortKey::CreatedAt, direction: Direction::Descending }
    }
}

impl SortKey {
    /// Every one.
    pub const ALL: [Self; 6] =
        [Self::Number, Self::CreatedAt, Self::UpdatedAt, Self::DueAt, Self::Priority, Self::Rank];
}
