use std::error::Error;
use std::fmt;
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

/// A failure of another domain behind a port, passed on as it is: same kind, code and fields.
pub struct PortFault(Box<dyn Fault>);

impl PortFault {
    /// Passes a failure on.
    pub fn new(fault: impl Fault) -> Self {
        Self(Box::new(fault))
    }
}

impl fmt::Debug for PortFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for PortFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Error for PortFault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

impl Fault for PortFault {
    fn kind(&self) -> FaultKind {
        self.0.kind()
    }

    fn code(&self) -> &'static str {
        self.0.code()
    }

    fn fields(&self) -> &[FieldFault] {
        self.0.fields()
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
