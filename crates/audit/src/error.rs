use database::StoreError;
use kernel::{Denied, Fault, FaultKind, FieldFault};

/// Why a use case of this crate did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the input breaks a rule")]
    Invalid(Vec<FieldFault>),
    /// The events right after the cursor are not kept any longer.
    #[error("the cursor is older than the log; fetch a snapshot and begin from its cursor")]
    CursorExpired,
    /// A page of an export could not be written.
    #[error("the export could not be written")]
    Write(#[source] csv::Error),
}

impl Fault for Error {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Denied(denied) => denied.kind(),
            Self::Store(error) => error.kind(),
            Self::Invalid(_) => FaultKind::Invalid,
            Self::CursorExpired => FaultKind::Gone,
            Self::Write(_) => FaultKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Denied(denied) => denied.code(),
            Self::Store(error) => error.code(),
            Self::Invalid(_) => "invalid_input",
            Self::CursorExpired => "cursor_expired",
            Self::Write(_) => "internal",
        }
    }

    fn fields(&self) -> &[FieldFault] {
        match self {
            Self::Invalid(faults) => faults,
            _ => &[],
        }
    }
}
