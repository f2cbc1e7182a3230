use std::time::Duration;

use kernel::{Fault, FaultKind};
use sea_orm::{DbErr, RuntimeErr};

use crate::dialect;

/// Why the database did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A unique index or foreign key refused the write; the name tells which.
    #[error("the rule `{constraint}` of the database refused the write")]
    Violated { constraint: String, source: DbErr },
    /// A request with this idempotency key has been committed.
    #[error("this idempotency key has been used")]
    KeyTaken,
    /// The job went to another worker; nothing of this commit was kept.
    #[error("the lease of the job was lost")]
    LeaseLost,
    /// Somebody else holds the rows too long.
    #[error("the rows are locked by another write")]
    Busy(#[source] DbErr),
    /// The database cannot be reached.
    #[error("the database cannot be reached")]
    Unavailable(#[source] DbErr),
    /// A stored value that the program does not understand.
    #[error("stored value `{column}` does not parse")]
    Corrupt { column: &'static str, source: Box<dyn std::error::Error + Send + Sync> },
    /// Anything else is a defect.
    #[error("the database refused a statement")]
    Failed(#[source] DbErr),
}

impl StoreError {
    /// Whether the unique index or foreign key of this name refused the write.
    /// SQLite does not name foreign keys: there every one of them answers to `foreign_key`.
    pub fn violates(&self, name: &str) -> bool {
        match self {
            Self::Violated { constraint, .. } => {
                constraint == name || (constraint == dialect::FOREIGN_KEY && name.starts_with("fk_"))
            }
            _ => false,
        }
    }

    /// A stored value that does not parse.
    pub fn corrupt(
        column: &'static str,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::Corrupt { column, source: source.into() }
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if let DbErr::ConnectionAcquire(_) | DbErr::Conn(_) = error {
            return Self::Unavailable(error);
        }
        let runtime = match &error {
            DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => {
                cause.clone()
            }
            _ => return Self::Failed(error),
        };
        match dialect::classify(&runtime) {
            dialect::Class::Violated(constraint) => Self::Violated { constraint, source: error },
            dialect::Class::Busy => Self::Busy(error),
            dialect::Class::Unavailable => Self::Unavailable(error),
            dialect::Class::Other => Self::Failed(error),
        }
    }
}

impl Fault for StoreError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::KeyTaken => FaultKind::Conflict,
            Self::Busy(_) | Self::Unavailable(_) => {
                FaultKind::Unavailable { retry_after: Duration::from_secs(2) }
            }
            Self::Violated { .. } | Self::LeaseLost | Self::Corrupt { .. } | Self::Failed(_) => {
                FaultKind::Internal
            }
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::KeyTaken => "idempotency_key_in_use",
            Self::Busy(_) | Self::Unavailable(_) => "unavailable",
            Self::Violated { .. } | Self::LeaseLost | Self::Corrupt { .. } | Self::Failed(_) => "internal",
        }
    }
}
