use std::time::Duration;

use database::StoreError;
use kernel::{Denied, Fault, FaultKind, FieldFault, Fields, PortFault};
use platform::KeyError;

/// Why somebody is not let in, or an account not changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error("some fields are not right")]
    Invalid(Vec<FieldFault>),
    /// One word for a wrong password, an unknown address, a used link, an expired token and all the rest.
    #[error("sign in and try again")]
    Unauthenticated,
    #[error("open the link in the mail that was sent to this address first")]
    EmailUnverified,
    #[error("you are no active member of this organization")]
    OrganizationAccessDenied,
    #[error("accounts are made by invitation only")]
    SignUpClosed,
    /// A wrong one-time code of somebody who is signed in already.
    #[error("the code does not match, or was used before")]
    CodeInvalid(FieldFault),
    /// A wrong password of somebody who is signed in already.
    #[error("this is not your password")]
    PasswordIncorrect(FieldFault),
    #[error("set up a second factor first")]
    TotpNotEnrolled,
    #[error("choose a password of 12 characters first; yours is short because of the second factor")]
    PasswordTooShort,
    #[error("there is no such thing")]
    NotFound,
    #[error("too many attempts; wait a little")]
    RateLimited { retry_after: Duration },
    #[error("too many passwords are being checked at once")]
    Busy,
    #[error(transparent)]
    Port(#[from] PortFault),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("a sealed value does not open; the secret key of the installation may have changed")]
    Sealed(#[from] KeyError),
    #[error("a password could not be hashed")]
    Hash(#[from] argon2::password_hash::Error),
    #[error("an access token could not be signed")]
    Signing(#[from] jsonwebtoken::errors::Error),
    #[error("a second factor could not be made")]
    Totp(#[from] totp_rs::TotpError),
    #[error("a picture of the second factor could not be drawn")]
    Picture(#[from] qrcode::types::QrError),
    #[error("a background computation was cut short")]
    CutShort(#[from] tokio::task::JoinError),
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
            Self::Invalid(_) | Self::CodeInvalid(_) | Self::PasswordIncorrect(_) => FaultKind::Invalid,
            Self::Unauthenticated => FaultKind::Unauthenticated,
            Self::EmailUnverified | Self::OrganizationAccessDenied | Self::SignUpClosed => {
                FaultKind::Forbidden
            }
            Self::TotpNotEnrolled | Self::PasswordTooShort => FaultKind::Conflict,
            Self::NotFound => FaultKind::NotFound,
            Self::RateLimited { retry_after } => FaultKind::RateLimited { retry_after: *retry_after },
            Self::Busy => FaultKind::Unavailable { retry_after: Duration::from_secs(1) },
            Self::Port(fault) => fault.kind(),
            Self::Store(error) => error.kind(),
            Self::Sealed(_)
            | Self::Hash(_)
            | Self::Signing(_)
            | Self::Totp(_)
            | Self::Picture(_)
            | Self::CutShort(_) => FaultKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Denied(denied) => denied.code(),
            Self::Invalid(_) => "invalid_input",
            Self::Unauthenticated => "unauthenticated",
            Self::EmailUnverified => "email_unverified",
            Self::OrganizationAccessDenied => "organization_access_denied",
            Self::SignUpClosed => "sign_up_closed",
            Self::CodeInvalid(_) => "code_invalid",
            Self::PasswordIncorrect(_) => "password_incorrect",
            Self::TotpNotEnrolled => "totp_not_enrolled",
            Self::PasswordTooShort => "password_too_short",
            Self::NotFound => "not_found",
            Self::RateLimited { .. } => "rate_limited",
            Self::Busy => "unavailable",
            Self::Port(fault) => fault.code(),
            Self::Store(error) => error.code(),
            Self::Sealed(_)
            | Self::Hash(_)
            | Self::Signing(_)
            | Self::Totp(_)
            | Self::Picture(_)
            | Self::CutShort(_) => "internal",
        }
    }

    fn fields(&self) -> &[FieldFault] {
        match self {
            Self::Invalid(faults) => faults,
            Self::CodeInvalid(fault) | Self::PasswordIncorrect(fault) => std::slice::from_ref(fault),
            Self::Port(fault) => fault.fields(),
            _ => &[],
        }
    }
}
