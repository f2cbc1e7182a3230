use async_trait::async_trait;
use database::Tx;
use kernel::{
    Actor, Eviction, FieldFault, OrganizationId, Page, PageRequest, RoleId, Scope, Stream, SystemRole,
    UserId, Version,
};

mod event;
mod membership;

pub use event::{MemberAct, MemberEvent, MembershipChanged};
pub use membership::{Member, MemberStatus, UnknownStatus};

pub(crate) use membership::Membership;

use crate::roles::Role;
use crate::standing::Standing;
use crate::{Error, OrganizationService, store};

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

#[async_trait]
impl Members for OrganizationService {
    async fn list(
        &self,
        actor: &Actor,
        filter: MemberFilter,
        page: &PageRequest,
    ) -> Result<Page<Member>, Error> {
        actor.require(Scope::MembersRead)?;
        let sought = filter.parse()?;
        let reader = self.database.reader();
        let roles = store::roles::all(reader, actor.org).await?;
        Ok(store::members::list(reader, actor.org, &sought, page, &roles).await?)
    }

    async fn get(&self, actor: &Actor, user: UserId) -> Result<Member, Error> {
        actor.require(Scope::MembersRead)?;
        let reader = self.database.reader();
        let roles = store::roles::all(reader, actor.org).await?;
        let found = store::members::view(reader, actor.org, user, &roles).await?;
        found.ok_or(Error::NotFound)
    }

    async fn update(
        &self,
        actor: &Actor,
        user: UserId,
        update: UpdateMember,
        expected: Version,
    ) -> Result<Member, Error> {
        actor.require(Scope::MembersManage)?;
        let (org, by) = (actor.org, actor.clone());
        let now = self.database.env().now();
        let change = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let touched = touch(tx, &by, user, expected).await?;
                let mut after = touched.membership.clone();
                if let Some(role) = update.role.filter(|role| *role != after.role) {
                    let role = find_role(&touched.roles, role)?;
                    touched.by.may_give(role.rank)?;
                    if role.system_role().is_some_and(SystemRole::demands_mfa) {
                        by.require_fresh(now)?;
                    }
                    after = after.with_role(role.id, now);
                    let act = MemberAct::RoleChanged { from: touched.membership.role, to: role.id };
                    tell_member(tx, org, &after, act);
                }
                if let Some(status) = update.status.map(Presence::status).filter(|s| *s != after.status) {
                    after = after.with_status(status, now);
                    let act = match status {
                        MemberStatus::Active => MemberAct::Reactivated,
                        _ => MemberAct::Suspended,
                    };
                    tell_member(tx, org, &after, act);
                }
                if after != touched.membership {
                    keep(tx, org, &touched.membership, &after).await?;
                }
                let member = store::members::view(tx.connection(), org, user, &touched.roles).await?;
                member.ok_or(Error::NotFound)
            })
        });
        change.await
    }

    async fn remove(&self, actor: &Actor, user: UserId, expected: Version) -> Result<(), Error> {
        actor.require(Scope::MembersManage)?;
        let (org, by) = (actor.org, actor.clone());
        let now = self.database.env().now();
        let removal = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let touched = touch(tx, &by, user, expected).await?;
                let after = touched.membership.with_status(MemberStatus::Left, now);
                keep(tx, org, &touched.membership, &after).await?;
                tell_member(tx, org, &after, MemberAct::Removed);
                Ok(())
            })
        });
        removal.await
    }

    async fn leave(&self, actor: &Actor) -> Result<(), Error> {
        let user = actor.require_person()?;
        actor.require_member()?;
        let (org, now) = (actor.org, self.database.env().now());
        let leaving = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::organizations::lock(tx, org).await?;
                let before = present(tx, org, user).await?;
                let after = before.with_status(MemberStatus::Left, now);
                keep(tx, org, &before, &after).await?;
                tell_member(tx, org, &after, MemberAct::Left);
                Ok(())
            })
        });
        leaving.await
    }

    async fn transfer_ownership(&self, actor: &Actor, to: UserId) -> Result<(), Error> {
        actor.require(Scope::OrganizationTransfer)?;
        let from = actor.require_person()?;
        let now = self.database.env().now();
        actor.require_fresh(now)?;
        let (org, by) = (actor.org, actor.clone());
        let transfer = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::organizations::lock(tx, org).await?;
                let standing = Standing::of_actor(tx, &by, Scope::OrganizationTransfer).await?;
                standing.may_give(SystemRole::Owner.rank())?;
                let (giver, taker) = (present(tx, org, from).await?, active(tx, org, to).await?);
                if taker.is_active_owner() {
                    return Err(Error::AlreadyOwner);
                }
                let taking = taker.with_role(SystemRole::Owner.id(), now);
                keep(tx, org, &taker, &taking).await?;
                let giving = giver.with_role(SystemRole::Admin.id(), now);
                keep(tx, org, &giver, &giving).await?;
                tell_member(tx, org, &giving, MemberAct::OwnershipTransferred { to });
                tell_role(tx, org, &giver, &giving);
                tell_role(tx, org, &taker, &taking);
                Ok(())
            })
        });
        transfer.await
    }

    async fn active_among(&self, org: OrganizationId, users: &[UserId]) -> Result<Vec<UserId>, Error> {
        Ok(store::members::active_among(self.database.reader(), org, users).await?)
    }

    async fn solely_owned(&self, tx: &Tx, user: UserId) -> Result<Vec<OrganizationId>, Error> {
        let owned = store::members::owned_by(tx, user).await?;
        store::organizations::lock_many(tx, &owned).await?;
        let mut sole = Vec::new();
        for org in owned {
            if store::members::count_other_owners(tx, org, user).await? == 0 {
                sole.push(org);
            }
        }
        Ok(sole)
    }

    async fn forget(&self, tx: &Tx, user: UserId) -> Result<(), Error> {
        let now = self.database.env().now();
        let present = store::members::present_in(tx, user).await?;
        store::organizations::lock_many(tx, &present).await?;
        for org in present {
            let before = self::present(tx, org, user).await?;
            let after = before.with_status(MemberStatus::Left, now);
            keep(tx, org, &before, &after).await?;
            tell_member(tx, org, &after, MemberAct::Left);
        }
        Ok(())
    }
}

/// A membership that somebody else is about to change.
struct Touched {
    membership: Membership,
    by: Standing,
    roles: Vec<Role>,
}

/// Locks the organization, then permits the actor to touch this member as everything stands now.
async fn touch(tx: &Tx, actor: &Actor, user: UserId, expected: Version) -> Result<Touched, Error> {
    let org = actor.org;
    store::organizations::lock(tx, org).await?;
    let by = Standing::of_actor(tx, actor, Scope::MembersManage).await?;
    let membership = present(tx, org, user).await?;
    let roles = store::roles::all(tx.connection(), org).await?;
    by.outranks(find_role(&roles, membership.role)?.rank)?;
    membership.expect(expected)?;
    Ok(Touched { membership, by, roles })
}

/// A member who has not left. The organization is locked.
async fn present(tx: &Tx, org: OrganizationId, user: UserId) -> Result<Membership, Error> {
    let membership = store::members::find(tx.connection(), org, user).await?;
    let present = membership.filter(|membership| membership.status != MemberStatus::Left);
    present.ok_or(Error::NotFound)
}

/// A member who works. The organization is locked.
async fn active(tx: &Tx, org: OrganizationId, user: UserId) -> Result<Membership, Error> {
    let membership = store::members::find(tx.connection(), org, user).await?;
    let active = membership.filter(|membership| membership.status == MemberStatus::Active);
    active.ok_or(Error::NotFound)
}

fn find_role(roles: &[Role], role: RoleId) -> Result<&Role, Error> {
    let fault = || FieldFault::new("roleId", "unknown_role", "must be a role of this organization");
    let found = roles.iter().find(|known| known.id == role);
    found.ok_or_else(|| Error::from(fault()))
}

/// Writes a changed membership, unless it takes the last owner away. The organization is locked, so nobody else
/// takes away another one meanwhile.
async fn keep(tx: &Tx, org: OrganizationId, before: &Membership, after: &Membership) -> Result<(), Error> {
    let loses_owner = before.is_active_owner() && !after.is_active_owner();
    if loses_owner && store::members::count_other_owners(tx, org, before.user).await? == 0 {
        return Err(Error::LastOwner);
    }
    store::members::save(tx, org, after).await?;
    tx.evict(Eviction::User(after.user));
    Ok(())
}

fn tell_role(tx: &Tx, org: OrganizationId, before: &Membership, after: &Membership) {
    let act = MemberAct::RoleChanged { from: before.role, to: after.role };
    tell_member(tx, org, after, act);
}

/// Tells those who see the members, and the person himself on his own stream.
pub(crate) fn tell_member(tx: &Tx, org: OrganizationId, membership: &Membership, act: MemberAct) {
    let (user, version) = (membership.user, membership.version);
    tx.tell(Stream::Organization(org), MemberEvent { org, user, version, act });
    tx.tell(Stream::User(user), MembershipChanged { org, user, act });
}
