use async_trait::async_trait;
use kernel::{
    Actor, EmailAddress, InvitationId, Locale, OrganizationId, Page, PageRequest, RoleId, Secret, Timestamp,
    UserId,
};

mod accept;
mod event;
mod offer;
mod send;
mod service;
mod token;

pub use accept::AcceptInvitation;
pub use event::{InvitationAct, InvitationEvent};

pub(crate) use offer::{Offer, OfferStatus, UnknownOfferStatus};

use crate::Error;

/// Offers to join an organization.
#[async_trait]
pub trait Invitations: Send + Sync {
    /// Invites 1 to 100 people. An open invitation to the same address is sent again. What is wrong with one row
    /// concerns that row alone; unless the actor's rank suffices for none of them. To invite an Admin or Owner
    /// needs a fresh proof.
    async fn create(
        &self,
        actor: &Actor,
        invitations: Vec<CreateInvitation>,
    ) -> Result<Vec<InvitationRow>, Error>;

    /// Invitations, newest first. Those that were accepted or revoked only if asked for.
    async fn list(
        &self,
        actor: &Actor,
        filter: InvitationFilter,
        page: &PageRequest,
    ) -> Result<Page<Invitation>, Error>;

    /// Sends an invitation again; the earlier link ends.
    async fn resend(&self, actor: &Actor, invitation: InvitationId) -> Result<Invitation, Error>;

    /// Withdraws an invitation.
    async fn revoke(&self, actor: &Actor, invitation: InvitationId) -> Result<(), Error>;

    /// What somebody sees who opens the link; he need not be signed in.
    async fn preview(&self, token: &Secret) -> Result<InvitationPreview, Error>;

    /// Joins: somebody signed in whose address it is, or somebody new who thereby gets an account.
    async fn accept(&self, actor: &Actor, accept: AcceptInvitation) -> Result<Accepted, Error>;

    /// What the mail says; `None` once it should not be sent any more. For the job that sends it.
    async fn letter(&self, invitation: InvitationId) -> Result<Option<InvitationLetter>, Error>;
}

/// Whom to invite, and to what.
#[derive(Clone, Debug)]
pub struct CreateInvitation {
    pub email: String,
    pub role: RoleId,
}

/// What became of one row.
#[derive(Debug)]
pub struct InvitationRow {
    pub email: EmailAddress,
    pub outcome: Result<Sent, Error>,
}

/// A mail will go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    New(Invitation),
    /// There was an open one.
    Again(Invitation),
}

/// An invitation as members see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    pub email: EmailAddress,
    pub role: RoleId,
    pub role_name: String,
    pub inviter: UserId,
    pub inviter_name: String,
    pub state: InvitationState,
    pub sent_at: Timestamp,
    pub expires_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// How an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InvitationState {
    Open,
    /// Not accepted in time; may be sent again.
    Expired,
    Accepted,
    Revoked,
}

impl InvitationState {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Expired => "expired",
            Self::Accepted => "accepted",
            Self::Revoked => "revoked",
        }
    }
}

/// Which invitations; open and expired ones if nothing is said.
#[derive(Clone, Copy, Debug, Default)]
pub struct InvitationFilter {
    pub state: Option<InvitationState>,
}

/// All that a stranger with a link learns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationPreview {
    pub organization_name: String,
    pub inviter_name: String,
    pub role_name: String,
}

/// Somebody joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub organization: OrganizationId,
    pub user: UserId,
    pub account: Account,
}

/// Whether he had an account before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    Existing,
    New,
}

/// What the mail to an invited person says.
#[derive(Clone, Debug)]
pub struct InvitationLetter {
    pub organization: OrganizationId,
    pub to: EmailAddress,
    pub locale: Locale,
    pub organization_name: String,
    pub inviter_name: String,
    pub role_name: String,
    pub expires_at: Timestamp,
    pub token: Secret,
}
