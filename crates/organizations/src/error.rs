use database::StoreError;
use kernel::{Denied, Fault, FaultKind, FieldFault, Fields, PortFault, Scope, Version};

/// Why an organization does not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error("some fields are not right")]
    Invalid(Vec<FieldFault>),
    #[error("there is no such thing in this organization")]
    NotFound,
    #[error("somebody else changed it meanwhile; it is at version {current}")]
    Stale { current: Version },
    #[error("another organization has, or had, this short name")]
    SlugTaken,
    #[error("an organization always has an active owner; make somebody else an owner first")]
    LastOwner,
    #[error("this is for somebody of a higher rank")]
    RankTooLow,
    #[error("you cannot grant `{0}`, because you do not hold it")]
    ScopeNotHeld(Scope),
    #[error("the four system roles cannot be changed")]
    SystemRole,
    #[error("members or open invitations have this role; give them another one first")]
    RoleInUse,
    #[error("another role of the organization has this name")]
    RoleNameTaken,
    #[error("an organization can have at most 100 roles of its own")]
    TooManyRoles,
    #[error("he owns the organization already")]
    AlreadyOwner,
    #[error("this person is a member already")]
    AlreadyMember,
    #[error("this address stands in the list twice")]
    InvitedTwice,
    #[error("this invitation was used, withdrawn or has expired")]
    InvitationOver,
    #[error("this address has an account; sign in and open the invitation again")]
    SignInToAccept,
    #[error("this invitation is for another e-mail address than yours")]
    InvitationForOtherEmail,
    #[error("whoever sent this invitation may not invite to this role any more; ask for a new one")]
    InviterLostRight,
    #[error("the organization admits no addresses of this domain")]
    DomainNotAllowed,
    #[error("the deletion of this organization was asked for before")]
    DeletionRequested,
    #[error("the deletion of this organization was not asked for")]
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
            Self::RankTooLow
            | Self::ScopeNotHeld(_)
            | Self::SystemRole
            | Self::InvitationForOtherEmail
            | Self::InviterLostRight
            | Self::DomainNotAllowed => FaultKind::Forbidden,
            Self::InvitationOver => FaultKind::Gone,
            Self::Port(fault) => fault.kind(),
            Self::Store(error) => error.kind(),
            _ => FaultKind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Denied(denied) => denied.code(),
            Self::Invalid(_) => "invalid_input",
            Self::NotFound => "not_found",
            Self::Stale { .. } => "version_stale",
            Self::SlugTaken => "slug_taken",
            Self::LastOwner => "last_owner",
            Self::RankTooLow => "rank_too_low",
            Self::ScopeNotHeld(_) => "scope_not_held",
            Self::SystemRole => "system_role",
            Self::RoleInUse => "role_in_use",
            Self::RoleNameTaken => "role_name_taken",
            Self::TooManyRoles => "too_many_roles",
            Self::AlreadyOwner => "already_owner",
            Self::AlreadyMember => "already_member",
            Self::InvitedTwice => "invited_twice",
            Self::InvitationOver => "invitation_over",
            Self::SignInToAccept => "sign_in_to_accept",
            Self::InvitationForOtherEmail => "invitation_for_other_email",
            Self::InviterLostRight => "inviter_lost_right",
            Self::DomainNotAllowed => "domain_not_allowed",
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
