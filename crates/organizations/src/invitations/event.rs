use kernel::{Audience, EmailAddress, Event, InvitationId, OrganizationId, RoleId, Scope, Subject, UserId};
use serde_json::{Value, json};

/// What happened to an invitation.
#[derive(Clone, Debug)]
pub struct InvitationEvent {
    pub org: OrganizationId,
    pub invitation: InvitationId,
    pub role: RoleId,
    /// Whom it is for; for the audit log alone.
    pub email: EmailAddress,
    pub act: InvitationAct,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationAct {
    /// A mail must go out.
    Created,
    /// A mail must go out again, with another link.
    Resent,
    Revoked,
    Accepted {
        user: UserId,
    },
}

impl Event for InvitationEvent {
    fn kind(&self) -> &'static str {
        match self.act {
            InvitationAct::Created => "invitations.invitation_created",
            InvitationAct::Resent => "invitations.invitation_resent",
            InvitationAct::Revoked => "invitations.invitation_revoked",
            InvitationAct::Accepted { .. } => "invitations.invitation_accepted",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("invitation", self.invitation)
    }

    fn audience(&self) -> Audience {
        Audience::Scope { scope: Scope::MembersInvite, guests: Vec::new() }
    }

    fn data(&self) -> Value {
        match self.act {
            InvitationAct::Accepted { user } => json!({ "roleId": self.role, "userId": user }),
            _ => json!({ "roleId": self.role }),
        }
    }

    fn private(&self) -> Value {
        json!({ "after": { "email": self.email, "roleId": self.role } })
    }

    fn topic(&self) -> String {
        "organization".to_owned()
    }
}
