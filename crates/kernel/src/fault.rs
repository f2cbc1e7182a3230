use std::error::Error;
use std::time::Duration;

use crate::{Denied, FieldFault, Version};

/// How a failure concerns the caller. Transport maps each kind to one status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Nobody, or somebody whose token no longer counts.
    Unauthenticated,
    /// Known, but not permitted.
    Forbidden,
    /// Absent, or another organization's.
    NotFound,
    /// The state of the thing forbids it.
    Conflict,
    /// Somebody else changed it first.
    Stale { current: Version },
    /// The input breaks a rule; see [`Fault::fields`].
    Invalid,
    /// Too much, too fast.
    RateLimited { retry_after: Duration },
    /// Was there once, is not kept any longer.
    Gone,
    /// A dependency is away or full; trying again later may help.
    Unavailable { retry_after: Duration },
    /// Our own defect. Nothing of it is shown.
    Internal,
}

/// A failure that a caller can react to.
pub trait Fault: Error + Send + Sync + 'static {
    /// How it concerns the caller.
    fn kind(&self) -> FaultKind;

    /// A stable `snake_case` word for programs.
    fn code(&self) -> &'static str;

    /// The faults of single fields, all of them.
    fn fields(&self) -> &[FieldFault] {
        &[]
    }
}

impl Fault for Denied {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Unauthenticated => FaultKind::Unauthenticated,
            _ => FaultKind::Forbidden,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::ScopeMissing(_) => "scope_missing",
            Self::MfaSetupRequired => "mfa_setup_required",
            Self::StepUpRequired => "step_up_required",
            Self::AppNotInstalled(_) => "app_not_installed",
            Self::Unauthenticated => "unauthenticated",
        }
    }
}
