use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, FieldFault, OrganizationId, Page, PageRequest, RoleId, UserId, Version};

mod change;
mod event;
mod membership;
mod service;

pub use event::{MemberAct, MemberEvent, MembershipChanged};
pub use membership::{Member, MemberStatus, UnknownStatus};

pub(crate) use change::tell_member;
pub(crate) use membership::Membership;

use crate::Error;

/// Who works in an organization, and as what.
#[async_trait]
pub trait Members: Send + Sync {
    /// The members of the actor's organization, by name. Those who left only if asked for.
    async fn list(
        &self,
        actor: &Actor,
        filter: MemberFilter,
        page: &PageRequest,
    ) -> Result<Page<Member>, Error>;

    /// One member, whatever his status.
    async fn get(&self, actor: &Actor, user: UserId) -> Result<Member, Error>;

    /// Changes a member's role or suspends him or lets him back. To make somebody Admin or Owner needs a fresh
    /// proof.
    async fn update(
        &self,
        actor: &Actor,
        user: UserId,
        update: UpdateMember,
        expected: Version,
    ) -> Result<Member, Error>;

    /// Ends somebody's membership.
    async fn remove(&self, actor: &Actor, user: UserId, expected: Version) -> Result<(), Error>;

    /// Ends one's own membership.
    async fn leave(&self, actor: &Actor) -> Result<(), Error>;

    /// Makes another active member Owner and oneself Admin. Needs a fresh proof.
    async fn transfer_ownership(&self, actor: &Actor, to: UserId) -> Result<(), Error>;

    /// Those of the persons who are active members; for other domains; no permission is asked.
    async fn active_among(&self, org: OrganizationId, users: &[UserId]) -> Result<Vec<UserId>, Error>;

    /// The organizations that would have no active owner without a person; they stay locked until the commit.
    async fn solely_owned(&self, tx: &Tx, user: UserId) -> Result<Vec<OrganizationId>, Error>;

    /// Ends every membership of a person whose account is erased, in that commit.
    async fn forget(&self, tx: &Tx, user: UserId) -> Result<(), Error>;
}

/// Which members.
#[derive(Clone, Debug, Default)]
pub struct MemberFilter {
    /// Active and suspended ones if absent.
    pub status: Option<MemberStatus>,
    pub role: Option<RoleId>,
    /// The beginning of a word of the name, or of the address.
    pub search: Option<String>,
}

/// The same, parsed.
#[derive(Debug)]
pub(crate) struct Sought {
    pub(crate) status: Option<MemberStatus>,
    pub(crate) role: Option<RoleId>,
    pub(crate) needle: Option<String>,
}

impl MemberFilter {
    fn parse(self) -> Result<Sought, FieldFault> {
        let needle = self.search.unwrap_or_default().trim().to_lowercase();
        if needle.chars().count() > 100 {
            return Err(FieldFault::new("search", "too_long", "must have at most 100 characters"));
        }
        Ok(Sought {
            status: self.status,
            role: self.role,
            needle: Some(needle).filter(|needle| !needle.is_empty()),
        })
    }
}

/// A change of a membership; what is absent stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct UpdateMember {
    pub role: Option<RoleId>,
    pub status: Option<Presence>,
}

/// What somebody else can make of a membership without ending it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    Active,
    Suspended,
}

impl Presence {
    fn status(self) -> MemberStatus {
        match self {
            Self::Active => MemberStatus::Active,
            Self::Suspended => MemberStatus::Suspended,
        }
    }
}
