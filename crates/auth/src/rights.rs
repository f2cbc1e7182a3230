//! What somebody may do, as the database has it now. A token only says whose session it is and for which organization.

mod cache;

use chrono::TimeDelta;
use kernel::{
    ApiKeyId, AppSet, Assurance, OrganizationId, Rank, Rights, RoleId, ScopeSet, SystemRole, Timestamp,
    UserId,
};

pub(crate) use cache::{Key, RightsCache};

use crate::access::{Claims, Grant};
use crate::session::{Amr, FRESH_FOR};

/// From this rank on a custom role holds as much as an Admin, and demands the same proof.
const HIGH_RANK: Rank = SystemRole::Admin.rank();

/// Everything a decision on somebody's rights needs, read in one query.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Snapshot {
    pub(crate) user: UserId,
    /// The organization that was asked for, if he is an active member of it.
    pub(crate) standing: Option<Standing>,
    pub(crate) user_epoch: i64,
    pub(crate) disabled: bool,
    /// Whether a second factor is set up now.
    pub(crate) second_factor: bool,
    pub(crate) credential: Credential,
}

/// What he came with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Credential {
    Session {
        amr: Amr,
        auth_time: Timestamp,
        created_at: Timestamp,
        expires_at: Timestamp,
        revoked: bool,
    },
    ApiKey {
        key: ApiKeyId,
        scopes: ScopeSet,
        expires_at: Option<Timestamp>,
        last_used_at: Option<Timestamp>,
        revoked: bool,
    },
}

/// What he is in the organization, and what it demands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Standing {
    pub(crate) org: OrganizationId,
    pub(crate) role: RoleId,
    pub(crate) role_name: String,
    pub(crate) rank: Rank,
    pub(crate) scopes: ScopeSet,
    pub(crate) apps: AppSet,
    pub(crate) joined_at: Timestamp,
    pub(crate) membership_epoch: i64,
    pub(crate) organization_epoch: i64,
    pub(crate) policy: Policy,
}

/// What an organization demands of its members' sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Policy {
    pub(crate) require_mfa: bool,
    pub(crate) grace: TimeDelta,
    pub(crate) required_since: Option<Timestamp>,
    /// How old a session may grow that works in it.
    pub(crate) session_max: TimeDelta,
}

impl Standing {
    /// Owner and Admin (and custom roles as high) always; others when the policy says so and the days of grace,
    /// counted from the policy or from his joining, are over.
    fn demands_mfa(&self, now: Timestamp) -> bool {
        let by_role = SystemRole::from_id(self.role).is_some_and(SystemRole::demands_mfa);
        if by_role || self.rank >= HIGH_RANK {
            return true;
        }
        let since = self.policy.required_since.map_or(self.joined_at, |since| since.max(self.joined_at));
        self.policy.require_mfa && now >= since + self.policy.grace
    }
}

impl Snapshot {
    /// Whether a token of a session still counts: neither revoked, nor outlived, nor made before another password.
    pub(crate) fn honours(&self, claims: &Claims, now: Timestamp) -> bool {
        self.user == claims.sub && self.user_epoch == claims.ue && self.is_alive(now)
    }

    /// Whether session or key may be used at all.
    pub(crate) fn is_alive(&self, now: Timestamp) -> bool {
        if self.disabled {
            return false;
        }
        let in_time = self.ends_at().is_none_or(|at| now < at);
        match &self.credential {
            Credential::Session { revoked, .. } => !revoked && in_time,
            // A key works in one organization, and only while its maker does.
            Credential::ApiKey { revoked, .. } => !revoked && in_time && self.standing.is_some(),
        }
    }

    /// When it ends by itself: a session also at the age that the organization allows.
    pub(crate) fn ends_at(&self) -> Option<Timestamp> {
        match &self.credential {
            Credential::Session { created_at, expires_at, .. } => {
                let bound = self.standing.as_ref().map(|standing| *created_at + standing.policy.session_max);
                Some(bound.map_or(*expires_at, |bound| bound.min(*expires_at)))
            }
            Credential::ApiKey { expires_at, .. } => *expires_at,
        }
    }

    /// His rights in the organization; none at all where he is no active member.
    pub(crate) fn rights(&self, now: Timestamp) -> Rights {
        let assurance = Assurance {
            mfa_demanded: self.standing.as_ref().is_some_and(|standing| standing.demands_mfa(now)),
            mfa_proven: self.proves_mfa(),
            fresh_until: self.fresh_until(),
        };
        let Some(standing) = &self.standing else {
            return Rights { assurance, ..Rights::default() };
        };
        let scopes = match &self.credential {
            Credential::Session { .. } => standing.scopes,
            Credential::ApiKey { scopes, .. } => scopes.intersect(standing.scopes),
        };
        Rights {
            role: Some(standing.role),
            rank: Some(standing.rank),
            scopes,
            apps: standing.apps,
            assurance,
        }
    }

    /// A key was made by somebody who had proven a second factor; it counts as long as he still has one.
    fn proves_mfa(&self) -> bool {
        match &self.credential {
            Credential::Session { amr, .. } => self.second_factor && amr.one_time_code,
            Credential::ApiKey { .. } => self.second_factor,
        }
    }

    fn fresh_until(&self) -> Option<Timestamp> {
        match &self.credential {
            Credential::Session { auth_time, .. } => Some(*auth_time + FRESH_FOR),
            Credential::ApiKey { .. } => None,
        }
    }

    /// What an access token for this session says.
    pub(crate) fn grant(&self, session: kernel::SessionId) -> Option<Grant> {
        let Credential::Session { amr, auth_time, .. } = self.credential else {
            return None;
        };
        let standing = self.standing.as_ref();
        Some(Grant {
            user: self.user,
            org: standing.map(|standing| standing.org),
            roles: standing.map(|standing| standing.role_name.clone()).into_iter().collect(),
            session,
            amr,
            auth_time,
            user_epoch: self.user_epoch,
            membership_epoch: standing.map_or(0, |standing| standing.membership_epoch),
            organization_epoch: standing.map_or(0, |standing| standing.organization_epoch),
        })
    }
}

#[cfg(test)]
mod tests;
