use database::StoreError;
use kernel::{Denied, Fault, FaultKind, FieldFault, Fields, PortFault, Version};

/// Why a person cannot have what he asked for.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error("some fields are not right")]
    Invalid(Vec<FieldFault>),
    #[error("there is no such person")]
    NotFound,
    #[error("the profile was changed meanwhile; it is at version {current}")]
    Stale { current: Version },
    #[error("another account has this e-mail address")]
    EmailTaken,
    #[error("make somebody else an owner first, or delete the organizations of which you are the only owner")]
    SoleOwner,
    #[error("the deletion of this account was asked for before")]
    DeletionRequested,
    #[error("the deletion of this account was not asked for")]
    DeletionNotRequested,
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
            Self::EmailTaken | Self::SoleOwner | Self::DeletionRequested | Self::DeletionNotRequested => {
                FaultKind::Conflict
            }
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
            Self::EmailTaken => "email_taken",
            Self::SoleOwner => "sole_owner",
            Self::DeletionRequested => "deletion_requested",
            Self::DeletionNotRequested => "deletion_not_requested",
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
