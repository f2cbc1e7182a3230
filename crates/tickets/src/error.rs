use database::StoreError;
use kernel::{Denied, Fault, FaultKind, FieldFault, Fields, PortFault, Version};

/// Why something cannot be done with a ticket.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error("some fields are not right")]
    Invalid(Vec<FieldFault>),
    #[error("there is no such thing on this board")]
    NotFound,
    #[error("somebody else changed it meanwhile; it is at version {current}")]
    Stale { current: Version },
    #[error("the board does not allow this move")]
    TransitionNotAllowed,
    #[error("the board of this organization was not prepared")]
    BoardNotReady,
    #[error("another column has this name")]
    ColumnNameTaken,
    #[error("move the tickets out of the column first")]
    ColumnNotEmpty,
    #[error("a board needs at least one open column")]
    LastOpenColumn,
    #[error("a board has at most {0} columns")]
    BoardFull(usize),
    #[error("the comment was deleted")]
    CommentDeleted,
    #[error("the tickets are linked like this already")]
    AlreadyLinked,
    #[error("the link would close a circle of tickets that wait for each other")]
    LinkCycle,
    #[error(transparent)]
    Port(#[from] PortFault),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<FieldFault> for Error {
    fn from(fault: FieldFault) -> Self {
        Self::Invalid(vec![fault])
    }
}

impl From<Vec<FieldFault>> for Error {
    fn from(faults: Vec<FieldFault>) -> Self {
        Self::Invalid(faults)
    }
}

impl From<Fields> for Error {
    fn from(fields: Fields) -> Self {
        Self::Invalid(fields.finish().err().unwrap_or_default())
    }
}

impl Fault for Error {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Denied(denied) => denied.kind(),
            Self::Invalid(_) => FaultKind::Invalid,
            Self::NotFound => FaultKind::NotFound,
            Self::Stale { current } => FaultKind::Stale { current: *current },
            Self::TransitionNotAllowed
            | Self::BoardNotReady
            | Self::ColumnNameTaken
            | Self::ColumnNotEmpty
            | Self::LastOpenColumn
            | Self::BoardFull(_)
            | Self::CommentDeleted
            | Self::AlreadyLinked
            | Self::LinkCycle => FaultKind::Conflict,
            Self::Port(fault) => fault.kind(),
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Denied(denied) => denied.code(),
            Self::Invalid(_) => "invalid_input",
            Self::NotFound => "not_found",
            Self::Stale { .. } => "version_stale",
            Self::TransitionNotAllowed => "transition_not_allowed",
            Self::BoardNotReady => "board_not_ready",
            Self::ColumnNameTaken => "column_name_taken",
            Self::ColumnNotEmpty => "column_not_empty",
            Self::LastOpenColumn => "last_open_column",
            Self::BoardFull(_) => "board_full",
            Self::CommentDeleted => "comment_deleted",
            Self::AlreadyLinked => "already_linked",
            Self::LinkCycle => "link_cycle",
            Self::Port(fault) => fault.code(),
            Self::Store(error) => error.code(),
        }
    }

    fn fields(&self) -> &[FieldFault] {
        match self {
            Self::Invalid(faults) => faults,
            Self::Port(fault) => fault.fields(),
            _ => &[],
        }
    }
}
