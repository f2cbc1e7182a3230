//! What callers get back.

use std::time::Duration;

use kernel::{Calendar, EmailAddress, Locale, OrganizationId, ScopeSet, Secret, SessionId, UserId};

/// A signed-in person: tokens, who he is, and what he may do where.
#[derive(Clone, Debug)]
pub struct SessionAnswer {
    pub session: SessionId,
    pub access_token: Secret,
    pub expires_in: Duration,
    /// Only where a new one was made: sign-in and refresh.
    pub refresh_token: Option<Secret>,
    /// How long the session can still be refreshed.
    pub refresh_expires_in: Duration,
    pub user: AccountView,
    /// The organization the access token is for.
    pub organization: Option<OrganizationView>,
    pub roles: Vec<String>,
    pub scopes: ScopeSet,
    /// All his organizations, by name.
    pub organizations: Vec<OrganizationView>,
    pub mfa_setup_required: bool,
}

/// The person behind a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountView {
    pub id: UserId,
    pub email: EmailAddress,
    pub full_name: String,
    pub display_name: Option<String>,
    pub locale: Locale,
    pub time_zone: String,
    pub calendar: Calendar,
    pub theme: String,
}

/// An organization he is an active member of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationView {
    pub id: OrganizationId,
    pub slug: String,
    pub name: String,
    /// The name of his role.
    pub role: String,
}

/// What a right password leads to.
#[derive(Clone, Debug)]
pub enum SignInAnswer {
    SignedIn(Box<SessionAnswer>),
    /// A second factor is asked for.
    MfaRequired {
        challenge: Secret,
        expires_in: Duration,
    },
}

/// A second factor about to be set up. Shown once.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// Base32, for typing.
    pub secret: Secret,
    pub otpauth_uri: Secret,
    /// The same as a picture.
    pub qr_svg: Secret,
}

/// A second factor that is set up. The codes are shown once.
#[derive(Clone, Debug)]
pub struct MfaEnabled {
    pub recovery_codes: Vec<Secret>,
    pub session: SessionAnswer,
}
