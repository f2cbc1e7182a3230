use kernel::{Fault, InvitationId, RoleId, Secret, UserId};
use organizations::{
    AcceptInvitation, CreateInvitation, Invitation, InvitationFilter, InvitationPreview, InvitationRow,
    InvitationState, Sent,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Instant, status_of};

/// How an invitation stands.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum InvitationStatus {
    Open,
    Expired,
    Accepted,
    Revoked,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct InvitePeople {
    #[schema(min_items = 1, max_items = 100)]
    invitations: Vec<InvitePerson>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct InvitePerson {
    #[schema(min_length = 3, max_length = 254)]
    email: String,
    #[schema(value_type = Uuid)]
    role_id: RoleId,
}

/// The outcome of each row, in the order they were sent.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = InvitationRows)]
pub(super) struct InvitationRowsView {
    results: Vec<InvitationRowView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = InvitationRow)]
struct InvitationRowView {
    email: String,
    /// What the row alone would be answered: 201 invited, 200 sent again, else why not.
    status: u16,
    /// The problem's code; null where a mail goes out.
    code: Option<&'static str>,
    /// What to change; null where a mail goes out.
    detail: Option<String>,
    invitation: Option<InvitationView>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct InvitationsQuery {
    status: Option<InvitationStatus>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Invitation)]
pub(super) struct InvitationView {
    #[schema(value_type = Uuid)]
    id: InvitationId,
    email: String,
    #[schema(value_type = Uuid)]
    role_id: RoleId,
    /// The name of the role.
    role: String,
    #[schema(value_type = Uuid)]
    inviter_id: UserId,
    inviter_name: String,
    status: InvitationStatus,
    /// When the last mail was asked for.
    sent_at: Instant,
    expires_at: Instant,
    /// When it was accepted or withdrawn.
    closed_at: Option<Instant>,
    created_at: Instant,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PreviewInvitation)]
pub(super) struct PreviewBody {
    /// What stands behind `#token=` in the mailed link.
    #[schema(min_length = 1, max_length = 200)]
    pub(super) token: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = InvitationPreview)]
pub(super) struct PreviewView {
    organization_name: String,
    inviter_name: String,
    /// The name of the role.
    role: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AcceptInvitation)]
pub(super) struct AcceptBody {
    #[schema(min_length = 1, max_length = 200)]
    token: String,
    /// Of somebody who has no account yet.
    #[schema(min_length = 1, max_length = 120)]
    full_name: Option<String>,
    /// Of somebody who has no account yet.
    #[schema(min_length = 12, max_length = 256)]
    password: Option<String>,
}

impl From<InvitePeople> for Vec<CreateInvitation> {
    fn from(body: InvitePeople) -> Self {
        let row = |row: InvitePerson| CreateInvitation { email: row.email, role: row.role_id };
        body.invitations.into_iter().map(row).collect()
    }
}

impl From<Vec<InvitationRow>> for InvitationRowsView {
    fn from(rows: Vec<InvitationRow>) -> Self {
        Self { results: rows.into_iter().map(InvitationRowView::from).collect() }
    }
}

impl From<InvitationRow> for InvitationRowView {
    fn from(row: InvitationRow) -> Self {
        let (status, sent, refusal) = match row.outcome {
            Ok(Sent::New(invitation)) => (201, Some(invitation), None),
            Ok(Sent::Again(invitation)) => (200, Some(invitation), None),
            Err(refusal) => (status_of(refusal.kind()).as_u16(), None, Some(refusal)),
        };
        Self {
            email: row.email.to_string(),
            status,
            code: refusal.as_ref().map(Fault::code),
            detail: refusal.as_ref().map(ToString::to_string),
            invitation: sent.map(InvitationView::from),
        }
    }
}

impl From<InvitationsQuery> for InvitationFilter {
    fn from(query: InvitationsQuery) -> Self {
        let state = query.status.map(|status| match status {
            InvitationStatus::Open => InvitationState::Open,
            InvitationStatus::Expired => InvitationState::Expired,
            InvitationStatus::Accepted => InvitationState::Accepted,
            InvitationStatus::Revoked => InvitationState::Revoked,
        });
        Self { state }
    }
}

impl From<Invitation> for InvitationView {
    fn from(invitation: Invitation) -> Self {
        Self {
            id: invitation.id,
            email: invitation.email.to_string(),
            role_id: invitation.role,
            role: invitation.role_name,
            inviter_id: invitation.inviter,
            inviter_name: invitation.inviter_name,
            status: match invitation.state {
                InvitationState::Open => InvitationStatus::Open,
                InvitationState::Expired => InvitationStatus::Expired,
                InvitationState::Accepted => InvitationStatus::Accepted,
                InvitationState::Revoked => InvitationStatus::Revoked,
            },
            sent_at: invitation.sent_at.into(),
            expires_at: invitation.expires_at.into(),
            closed_at: invitation.closed_at.map(Instant::from),
            created_at: invitation.created_at.into(),
        }
    }
}

impl From<InvitationPreview> for PreviewView {
    fn from(preview: InvitationPreview) -> Self {
        Self {
            organization_name: preview.organization_name,
            inviter_name: preview.inviter_name,
            role: preview.role_name,
        }
    }
}

impl From<AcceptBody> for AcceptInvitation {
    fn from(body: AcceptBody) -> Self {
        Self {
            token: Secret::new(body.token),
            full_name: body.full_name,
            password: body.password.map(Secret::new),
        }
    }
}
