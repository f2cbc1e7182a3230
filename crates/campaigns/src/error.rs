use database::StoreError;
use kernel::{Denied, Fault, FaultKind, FieldFault, Version};

use crate::CampaignState;

/// Why something cannot be done with campaigns and what belongs to them.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error("some fields are not right")]
    Invalid(Vec<FieldFault>),
    #[error("there is no such thing among the campaigns")]
    NotFound,
    #[error("somebody else changed it meanwhile; it is at version {current}")]
    Stale { current: Version },
    #[error("another list has this name")]
    ListNameTaken,
    #[error("that cannot be done to a campaign that is `{}`", state.name())]
    State { state: CampaignState },
    /// The pre-flight shows all that is in the way.
    #[error("it cannot be sent yet: {0}")]
    NotReady(String),
    #[error("who asked not to be written to stays on the list")]
    SuppressionStays,
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

impl Fault for Error {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Denied(denied) => denied.kind(),
            Self::Invalid(_) => FaultKind::Invalid,
            Self::NotFound => FaultKind::NotFound,
            Self::Stale { current } => FaultKind::Stale { current: *current },
            Self::ListNameTaken | Self::State { .. } | Self::NotReady(_) | Self::SuppressionStays => {
                FaultKind::Conflict
            }
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Denied(denied) => denied.code(),
            Self::Invalid(_) => "invalid_input",
            Self::NotFound => "not_found",
            Self::Stale { .. } => "version_stale",
            Self::ListNameTaken => "list_name_taken",
            Self::State { .. } => "campaign_state",
            Self::NotReady(_) => "campaign_not_ready",
            Self::SuppressionStays => "suppression_stays",
            Self::Store(error) => error.code(),
        }
    }

    fn fields(&self) -> &[FieldFault] {
        match self {
            Self::Invalid(faults) => faults,
            _ => &[],
        }
    }
}
