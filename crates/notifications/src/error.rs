use std::time::Duration;

use database::StoreError;
use kernel::{Denied, Fault, FaultKind, FieldFault, Version};
use platform::MailError;

/// Why a use case of this crate did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the input breaks a rule")]
    Invalid(Vec<FieldFault>),
    #[error("there is no such notification")]
    NotFound,
    /// The event a notice speaks of is not in the organization's log.
    #[error("there is no such event in the organization")]
    UnknownEvent,
    #[error("somebody else changed it first; its version is {current}")]
    Stale { current: Version },
    /// A defect of a template, or facts that it needs are missing.
    #[error("the template cannot be rendered")]
    Render(#[from] minijinja::Error),
    /// A link leads elsewhere than to this installation.
    #[error("a mail links to this installation alone")]
    ForeignLink,
    /// The mail will never be taken.
    #[error("the mail was refused for good")]
    Refused(#[source] MailError),
    /// The mail may be taken later.
    #[error("the mail could not be sent now")]
    Unsent(#[source] MailError),
}

impl Error {
    /// Whether a job that met this error would meet it again however often it is tried.
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Store(_) | Self::Stale { .. } | Self::Unsent(_) => false,
            Self::Denied(_)
            | Self::Invalid(_)
            | Self::NotFound
            | Self::UnknownEvent
            | Self::Render(_)
            | Self::ForeignLink
            | Self::Refused(_) => true,
        }
    }
}

impl Fault for Error {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Denied(denied) => denied.kind(),
            Self::Store(error) => error.kind(),
            Self::Invalid(_) => FaultKind::Invalid,
            Self::NotFound | Self::UnknownEvent => FaultKind::NotFound,
            Self::Stale { current } => FaultKind::Stale { current: *current },
            Self::Refused(_) => FaultKind::Conflict,
            Self::Unsent(_) => FaultKind::Unavailable { retry_after: Duration::from_secs(30) },
            Self::Render(_) | Self::ForeignLink => FaultKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Denied(denied) => denied.code(),
            Self::Store(error) => error.code(),
            Self::Invalid(_) => "invalid_input",
            Self::NotFound | Self::UnknownEvent => "not_found",
            Self::Stale { .. } => "version_stale",
            Self::Refused(_) => "mail_refused",
            Self::Unsent(_) => "unavailable",
            Self::Render(_) | Self::ForeignLink => "internal",
        }
    }

    fn fields(&self) -> &[FieldFault] {
        match self {
            Self::Invalid(faults) => faults,
            _ => &[],
        }
    }
}
