use kernel::{Audience, Event, OrganizationId, RoleId, Scope, Subject, UserId, Version};
use serde_json::{Value, json};

/// What happened to a member, for those who see the members.
#[derive(Clone, Debug)]
pub struct MemberEvent {
    pub org: OrganizationId,
    pub user: UserId,
    pub version: Version,
    pub act: MemberAct,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberAct {
    /// Came in: as founder, or by an invitation.
    Joined {
        role: RoleId,
    },
    RoleChanged {
        from: RoleId,
        to: RoleId,
    },
    Suspended,
    Reactivated,
    /// Somebody else ended his membership.
    Removed,
    /// He ended it himself.
    Left,
    /// The subject gave the ownership to somebody else.
    OwnershipTransferred {
        to: UserId,
    },
}

impl Event for MemberEvent {
    fn kind(&self) -> &'static str {
        match self.act {
            MemberAct::Joined { .. } => "members.member_joined",
            MemberAct::RoleChanged { .. } => "members.member_role_changed",
            MemberAct::Suspended => "members.member_suspended",
            MemberAct::Reactivated => "members.member_reactivated",
            MemberAct::Removed => "members.member_removed",
            MemberAct::Left => "members.member_left",
            MemberAct::OwnershipTransferred { .. } => "members.ownership_transferred",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("member", self.user).at(self.version)
    }

    fn audience(&self) -> Audience {
        Audience::Scope { scope: Scope::MembersRead, guests: vec![self.user] }
    }

    fn data(&self) -> Value {
        match self.act {
            MemberAct::Joined { role } => json!({ "userId": self.user, "roleId": role }),
            MemberAct::RoleChanged { to, .. } => json!({ "userId": self.user, "roleId": to }),
            MemberAct::OwnershipTransferred { to } => json!({ "userId": self.user, "toUserId": to }),
            _ => json!({ "userId": self.user }),
        }
    }

    fn private(&self) -> Value {
        match self.act {
            MemberAct::RoleChanged { from, to } => {
                json!({ "before": { "roleId": from }, "after": { "roleId": to } })
            }
            _ => Value::Null,
        }
    }

    fn topic(&self) -> String {
        "organization".to_owned()
    }
}

/// The same, told to the person himself on his own stream, which he still reads when the organization is closed
/// to him.
#[derive(Clone, Debug)]
pub struct MembershipChanged {
    pub org: OrganizationId,
    pub user: UserId,
    pub act: MemberAct,
}

impl Event for MembershipChanged {
    fn kind(&self) -> &'static str {
        "members.membership_changed"
    }

    fn subject(&self) -> Subject {
        Subject::new("organization", self.org)
    }

    fn audience(&self) -> Audience {
        Audience::Users(vec![self.user])
    }

    fn data(&self) -> Value {
        let (change, role) = match self.act {
            MemberAct::Joined { role } => ("joined", Some(role)),
            MemberAct::RoleChanged { to, .. } => ("role_changed", Some(to)),
            MemberAct::Suspended => ("suspended", None),
            MemberAct::Reactivated => ("reactivated", None),
            MemberAct::Removed => ("removed", None),
            MemberAct::Left => ("left", None),
            MemberAct::OwnershipTransferred { .. } => ("ownership_transferred", None),
        };
        json!({ "organizationId": self.org, "change": change, "roleId": role })
    }

    fn topic(&self) -> String {
        "me".to_owned()
    }
}
