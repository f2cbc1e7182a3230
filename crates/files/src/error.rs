use std::time::Duration;

use database::StoreError;
use kernel::{Denied, Fault, FaultKind, FieldFault, Fields, PortFault};
use platform::FileFault;

/// Why a use case of this crate did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error("there is no such file")]
    NotFound,
    #[error("the input breaks a rule")]
    Invalid(Vec<FieldFault>),
    #[error("a file may have at most {limit} bytes")]
    TooLarge { limit: u64 },
    /// Its bytes are of no kind that is taken.
    #[error("files of this kind are not taken")]
    TypeRefused,
    /// Its name or its declared type says something else than its bytes.
    #[error("the content is `{found}`; name it so, or send what the name says")]
    TypeContradicted { found: &'static str },
    #[error("the image cannot be read")]
    ImageUnreadable(#[source] image::ImageError),
    #[error("an image may have at most 25 million pixels and 20000 on a side")]
    ImageTooLarge,
    #[error("the archive holds other archives, or unpacks to far more than it has")]
    ArchiveRefused,
    #[error("the organization keeps as many bytes as it may; delete files first")]
    StorageFull,
    #[error("the file is in use elsewhere")]
    AlreadyAttached,
    #[error("the link is over; ask for a new one")]
    LinkExpired,
    /// Whoever sent it went away.
    #[error("the upload broke off")]
    BrokenOff(#[source] std::io::Error),
    #[error("the files cannot be reached")]
    Files(#[source] FileFault),
    /// Too many files are being looked at.
    #[error("too many files are being looked at; try again in a moment")]
    Busy,
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

impl From<FileFault> for Error {
    fn from(fault: FileFault) -> Self {
        match fault {
            FileFault::TooLarge { limit } => Self::TooLarge { limit },
            FileFault::BrokenOff(cause) => Self::BrokenOff(cause),
            other => Self::Files(other),
        }
    }
}

impl Fault for Error {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Denied(denied) => denied.kind(),
            Self::NotFound => FaultKind::NotFound,
            Self::Invalid(_)
            | Self::TooLarge { .. }
            | Self::TypeRefused
            | Self::TypeContradicted { .. }
            | Self::ImageUnreadable(_)
            | Self::ImageTooLarge
            | Self::ArchiveRefused
            | Self::BrokenOff(_) => FaultKind::Invalid,
            Self::StorageFull | Self::AlreadyAttached => FaultKind::Conflict,
            Self::LinkExpired => FaultKind::Forbidden,
            Self::Files(FileFault::Unavailable(_)) | Self::Busy => {
                FaultKind::Unavailable { retry_after: Duration::from_secs(5) }
            }
            Self::Files(_) => FaultKind::Internal,
            Self::Port(fault) => fault.kind(),
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Denied(denied) => denied.code(),
            Self::NotFound => "not_found",
            Self::Invalid(_) => "invalid_input",
            Self::TooLarge { .. } => "file_too_large",
            Self::TypeRefused => "file_type_refused",
            Self::TypeContradicted { .. } => "file_type_contradicted",
            Self::ImageUnreadable(_) => "image_unreadable",
            Self::ImageTooLarge => "image_too_large",
            Self::ArchiveRefused => "archive_refused",
            Self::StorageFull => "storage_full",
            Self::AlreadyAttached => "file_in_use",
            Self::LinkExpired => "link_expired",
            Self::BrokenOff(_) => "upload_broken_off",
            Self::Files(FileFault::Unavailable(_)) | Self::Busy => "unavailable",
            Self::Files(_) => "internal",
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
