use std::str::FromStr;

use kernel::{EmailAddress, Rank, RoleId, SystemRole, Timestamp, UserId, Version};

use crate::Error;

/// A person's place in an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Membership {
    pub(crate) user: UserId,
    pub(crate) role: RoleId,
    pub(crate) status: MemberStatus,
    /// Grows with every change of his rights.
    pub(crate) epoch: i64,
    pub(crate) version: Version,
    pub(crate) joined_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// Whether a person works in an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemberStatus {
    Active,
    /// May come back at any time, until then sees nothing.
    Suspended,
    /// Left or was removed; an invitation brings him back.
    Left,
}

impl MemberStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Active, Self::Suspended, Self::Left];

    /// The stored name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Left => "left",
        }
    }
}

/// A text that names no status.
#[derive(Debug, thiserror::Error)]
#[error("unknown status `{0}` of a member")]
pub struct UnknownStatus(String);

impl FromStr for MemberStatus {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|status| status.name() == text);
        found.ok_or_else(|| UnknownStatus(text.to_owned()))
    }
}

/// A member as others see him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub user: UserId,
    pub email: EmailAddress,
    pub full_name: String,
    pub display_name: Option<String>,
    pub role: RoleId,
    pub role_name: String,
    pub rank: Rank,
    pub status: MemberStatus,
    pub version: Version,
    pub joined_at: Timestamp,
}

impl Membership {
    /// Somebody who was never a member.
    pub(crate) fn join(user: UserId, role: RoleId, now: Timestamp) -> Self {
        Self {
            user,
            role,
            status: MemberStatus::Active,
            epoch: 1,
            version: Version::FIRST,
            joined_at: now,
            updated_at: now,
        }
    }

    /// Somebody who had left and comes back.
    pub(crate) fn rejoin(&self, role: RoleId, now: Timestamp) -> Self {
        Self { role, status: MemberStatus::Active, joined_at: now, ..self.changed(now) }
    }

    pub(crate) fn with_role(&self, role: RoleId, now: Timestamp) -> Self {
        Self { role, ..self.changed(now) }
    }

    pub(crate) fn with_status(&self, status: MemberStatus, now: Timestamp) -> Self {
        Self { status, ..self.changed(now) }
    }

    /// Refuses a change that was made upon an older version.
    pub(crate) fn expect(&self, version: Version) -> Result<(), Error> {
        if self.version == version {
            return Ok(());
        }
        Err(Error::Stale { current: self.version })
    }

    /// One of those of whom an organization always has one.
    pub(crate) fn is_active_owner(&self) -> bool {
        self.status == MemberStatus::Active && self.role == SystemRole::Owner.id()
    }

    fn changed(&self, now: Timestamp) -> Self {
        Self { epoch: self.epoch + 1, version: self.version.next(), updated_at: now, ..self.clone() }
    }
}
