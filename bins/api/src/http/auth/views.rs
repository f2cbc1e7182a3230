use ::auth::{AccountView, OrganizationView, SessionAnswer};
use kernel::{Calendar, Locale, OrganizationId, Scope, Secret, UserId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::wire::ScopeName;

/// What a signed-in client needs: tokens, who he is, where, and what he may do.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SessionAnswer)]
pub(crate) struct SessionView {
    access_token: String,
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// Seconds.
    expires_in: u64,
    /// Only with `X-Token-Transport: body`, and only where a new one was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    /// Seconds until the session cannot be refreshed any longer.
    refresh_expires_in: u64,
    user: SessionUser,
    organization: Option<SessionOrganization>,
    /// The name of the role in this organization.
    roles: Vec<String>,
    #[schema(value_type = Vec<ScopeName>)]
    scopes: Vec<Scope>,
    /// All organizations of the person.
    organizations: Vec<SessionOrganization>,
    /// Until a second factor is set up, nothing else is permitted.
    mfa_setup_required: bool,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SessionUser {
    #[schema(value_type = Uuid)]
    id: UserId,
    email: String,
    full_name: String,
    display_name: Option<String>,
    /// `en` or `ne`.
    #[schema(value_type = String)]
    locale: Locale,
    /// IANA name.
    time_zone: String,
    /// `ad` or `bs`.
    #[schema(value_type = String)]
    calendar: Calendar,
    /// `system`, `light` or `dark`.
    theme: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SessionOrganization {
    #[schema(value_type = Uuid)]
    id: OrganizationId,
    slug: String,
    name: String,
    /// The name of the person's role in it.
    role: String,
}

impl SessionView {
    /// The answer without its refresh token.
    pub(crate) fn bare(answer: SessionAnswer) -> Self {
        Self {
            access_token: answer.access_token.expose().to_owned(),
            token_type: "Bearer",
            expires_in: answer.expires_in.as_secs(),
            refresh_token: None,
            refresh_expires_in: answer.refresh_expires_in.as_secs(),
            user: answer.user.into(),
            organization: answer.organization.map(SessionOrganization::from),
            roles: answer.roles,
            scopes: answer.scopes.iter().collect(),
            organizations: answer.organizations.into_iter().map(SessionOrganization::from).collect(),
            mfa_setup_required: answer.mfa_setup_required,
        }
    }

    /// The same with it, for a client that keeps it itself.
    pub(super) fn with_token(self, token: &Secret) -> Self {
        Self { refresh_token: Some(token.expose().to_owned()), ..self }
    }
}

impl From<AccountView> for SessionUser {
    fn from(user: AccountView) -> Self {
        Self {
            id: user.id,
            email: user.email.to_string(),
            full_name: user.full_name,
            display_name: user.display_name,
            locale: user.locale,
            time_zone: user.time_zone,
            calendar: user.calendar,
            theme: user.theme,
        }
    }
}

impl From<OrganizationView> for SessionOrganization {
    fn from(organization: OrganizationView) -> Self {
        Self {
            id: organization.id,
            slug: organization.slug,
            name: organization.name,
            role: organization.role,
        }
    }
}
