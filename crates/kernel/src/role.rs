use serde::{Deserialize, Serialize};

use crate::{RoleId, Scope, ScopeSet};

/// How high a role stands: nobody touches a role or a member of his own rank or above. 1..=100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rank(pub u8);

/// The four roles every organization has; nobody can change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SystemRole {
    Owner,
    Admin,
    Member,
    Guest,
}

const MEMBER: [Scope; 22] = [
    Scope::TicketsRead,
    Scope::TicketsWrite,
    Scope::TicketsAssign,
    Scope::CrmRead,
    Scope::CrmWrite,
    Scope::InvoicesRead,
    Scope::InvoicesWrite,
    Scope::ChatRead,
    Scope::ChatWrite,
    Scope::ChatCreateChannel,
    Scope::CampaignsRead,
    Scope::CampaignsWrite,
    Scope::FilesRead,
    Scope::FilesWrite,
    Scope::NotificationsRead,
    Scope::OrganizationRead,
    Scope::SettingsRead,
    Scope::MembersRead,
    Scope::RolesRead,
    Scope::AppsRead,
    Scope::SearchRead,
    Scope::AnalyticsRead,
];

const GUEST: [Scope; 8] = [
    Scope::TicketsRead,
    Scope::TicketsWrite,
    Scope::ChatRead,
    Scope::ChatWrite,
    Scope::FilesRead,
    Scope::NotificationsRead,
    Scope::OrganizationRead,
    Scope::SearchRead,
];

impl SystemRole {
    /// Highest first.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Admin, Self::Member, Self::Guest];

    /// Its rank.
    pub const fn rank(self) -> Rank {
        Rank(match self {
            Self::Owner => 100,
            Self::Admin => 80,
            Self::Member => 50,
            Self::Guest => 10,
        })
    }

    /// Its fixed id.
    pub const fn id(self) -> RoleId {
        RoleId::system(self.rank().0)
    }

    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Admin => "Admin",
            Self::Member => "Member",
            Self::Guest => "Guest",
        }
    }

    /// What it allows.
    pub fn scopes(self) -> ScopeSet {
        match self {
            Self::Owner => ScopeSet::full(),
            Self::Admin => ScopeSet::full()
                .without(Scope::BillingManage)
                .without(Scope::OrganizationDelete)
                .without(Scope::OrganizationTransfer),
            Self::Member => MEMBER.into_iter().collect(),
            Self::Guest => GUEST.into_iter().collect(),
        }
    }

    /// Owner and Admin hold so much that a password alone never suffices.
    pub const fn demands_mfa(self) -> bool {
        matches!(self, Self::Owner | Self::Admin)
    }

    /// The system role with this id, if it is one.
    pub fn from_id(id: RoleId) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.id() == id)
    }
}
