use database::StoreError;
use kernel::{Denied, Fault, FaultKind, FieldFault, Fields, PortFault, Version};

/// Why something cannot be done with one of the __things_in_words__.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error("some fields are not right")]
    Invalid(Vec<FieldFault>),
    #[error("there is no such __thing_in_words__")]
    NotFound,
    #[error("somebody else changed it meanwhile; it is at version {current}")]
    Stale { current: Version },
    #[error("another __thing_in_words__ has this name")]
    NameTaken,
    #[error(transparent)]
    Port(#[from] PortFault),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Fields> for Error {
    fn from(fields: Fields) -> Self {
        Self::Invalid(fields.finish().err().unwrap_or_default())
    }
}

impl From<FieldFault> for Error {
    fn from(fault: FieldFault) -> Self {
        Self::Invalid(vec![fault])
    }
}

impl Fault for Error {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Denied(denied) => denied.kind(),
            Self::Invalid(_) => FaultKind::Invalid,
            Self::NotFound => FaultKind::NotFound,
            Self::Stale { current } => FaultKind::Stale { current: *current },
            Self::NameTaken => FaultKind::Conflict,
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
            Self::NameTaken => "__thing___name_taken",
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
