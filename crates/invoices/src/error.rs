use database::StoreError;
use kernel::{Denied, Fault, FaultKind, FieldFault, Fields, PortFault, Version};

use crate::Refusal;

/// Why something cannot be done with invoices and what belongs to them.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error("some fields are not right")]
    Invalid(Vec<FieldFault>),
    #[error("there is no such thing among the invoices")]
    NotFound,
    #[error("somebody else changed it meanwhile; it is at version {current}")]
    Stale { current: Version },
    #[error("another tax rate has this name")]
    TaxRateNameTaken,
    #[error("the invoices of this organization were not prepared")]
    NotPrepared,
    #[error("the link was revoked")]
    LinkRevoked,
    /// It is printed soon after it is issued; a draft never is.
    #[error("the paper is not printed yet")]
    DocumentNotReady,
    #[error(transparent)]
    Port(#[from] PortFault),
    /// The rules of invoices themselves forbid it.
    #[error(transparent)]
    Refused(Refusal),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Invalid(faults) => Self::Invalid(faults),
            other => Self::Refused(other),
        }
    }
}

impl From<calendar::Error> for Error {
    fn from(error: calendar::Error) -> Self {
        Self::Refused(error.into())
    }
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
            Self::NotFound | Self::DocumentNotReady => FaultKind::NotFound,
            Self::Stale { current } => FaultKind::Stale { current: *current },
            Self::TaxRateNameTaken | Self::NotPrepared => FaultKind::Conflict,
            Self::LinkRevoked => FaultKind::Gone,
            Self::Port(fault) => fault.kind(),
            Self::Refused(refusal) => refusal.kind(),
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Denied(denied) => denied.code(),
            Self::Invalid(_) => "invalid_input",
            Self::NotFound => "not_found",
            Self::Stale { .. } => "version_stale",
            Self::TaxRateNameTaken => "tax_rate_name_taken",
            Self::NotPrepared => "invoices_not_ready",
            Self::LinkRevoked => "link_revoked",
            Self::DocumentNotReady => "document_not_ready",
            Self::Port(fault) => fault.code(),
            Self::Refused(refusal) => refusal.code(),
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
