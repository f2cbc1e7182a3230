use database::Tx;
use kernel::{Actor, Denied, Rank, Scope, ScopeSet, SystemRole, UserId, Who};

use crate::{Error, MemberStatus, store};

/// What somebody may do in an organization at this very moment: read under the organization's lock, because what
/// his request came in with may be a second old.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    rank: Rank,
    scopes: ScopeSet,
}

impl Standing {
    /// Of an actor, who must hold the scope now.
    pub(crate) async fn of_actor(tx: &Tx, actor: &Actor, scope: Scope) -> Result<Self, Error> {
        let user = match actor.who {
            Who::System => return Ok(Self::of(SystemRole::Owner)),
            Who::User { user, .. } | Who::ApiKey { user, .. } => user,
            Who::Anonymous => return Err(Denied::Unauthenticated.into()),
        };
        let present = Self::of_member(tx, actor.org, user).await?;
        let standing = present.ok_or(Denied::ScopeMissing(scope))?.cut_to(actor);
        if !standing.scopes.contains(scope) {
            return Err(Denied::ScopeMissing(scope).into());
        }
        Ok(standing)
    }

    /// Of an active member.
    pub(crate) async fn of_member(
        tx: &Tx,
        org: kernel::OrganizationId,
        user: UserId,
    ) -> Result<Option<Self>, Error> {
        let membership = store::members::find(tx.connection(), org, user).await?;
        let Some(membership) = membership.filter(|m| m.status == MemberStatus::Active) else {
            return Ok(None);
        };
        let role = store::roles::find(tx.connection(), org, membership.role).await?;
        Ok(role.map(|role| Self { rank: role.rank, scopes: role.scopes }))
    }

    /// Of whoever has a system role.
    pub(crate) fn of(role: SystemRole) -> Self {
        Self { rank: role.rank(), scopes: role.scopes() }
    }

    /// A key acts with fewer scopes than its creator has.
    fn cut_to(self, actor: &Actor) -> Self {
        match actor.who {
            Who::ApiKey { .. } => Self { scopes: self.scopes.intersect(actor.rights.scopes), ..self },
            _ => self,
        }
    }

    /// Permits to touch somebody, or a role, of this rank: below one's own, and owners each other.
    pub(crate) fn outranks(&self, rank: Rank) -> Result<(), Error> {
        if rank < self.rank || self.rank == SystemRole::Owner.rank() {
            return Ok(());
        }
        Err(Error::RankTooLow)
    }

    /// Permits to give somebody a role of this rank: up to one's own.
    pub(crate) fn may_give(&self, rank: Rank) -> Result<(), Error> {
        if rank <= self.rank {
            return Ok(());
        }
        Err(Error::RankTooLow)
    }

    /// Permits to grant these scopes.
    pub(crate) fn holds(&self, scopes: ScopeSet) -> Result<(), Error> {
        match scopes.iter().find(|scope| !self.scopes.contains(*scope)) {
            Some(missing) => Err(Error::ScopeNotHeld(missing)),
            None => Ok(()),
        }
    }

    /// Whether he holds a scope.
    pub(crate) fn has(&self, scope: Scope) -> bool {
        self.scopes.contains(scope)
    }

    /// The rank of a role made by him that says nothing of its own: a Member's, or one below his.
    pub(crate) fn default_rank(&self) -> Rank {
        SystemRole::Member.rank().min(Rank(self.rank.0.saturating_sub(1)))
    }
}
