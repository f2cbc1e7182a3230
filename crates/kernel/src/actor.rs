use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use uuid::Uuid;

use crate::{
    ApiKeyId, App, AppSet, JobId, OrganizationId, Rank, RoleId, Scope, ScopeSet, SessionId, SystemRole,
    Timestamp, UserId,
};

/// Who acts, in which organization, with which rights, and what made him act.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The organization the act happens in; the platform's own where there is none.
    pub org: OrganizationId,
    pub who: Who,
    pub cause: Cause,
    pub rights: Rights,
}

/// The one who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Somebody without a token: sign-up, login, an invitation's preview.
    Anonymous,
    /// A signed-in person.
    User { user: UserId, session: SessionId },
    /// A program, on behalf of the person who made its key.
    ApiKey { key: ApiKeyId, user: UserId },
    /// The platform itself: jobs, schedules, the operator's shell.
    System,
}

/// What an actor may do; read from the database, never from a token.
#[derive(Clone, Debug, Default)]
pub struct Rights {
    /// The role in the organization; absent for whoever is no active member of it.
    pub role: Option<RoleId>,
    pub rank: Option<Rank>,
    pub scopes: ScopeSet,
    pub apps: AppSet,
    pub assurance: Assurance,
}

/// How sure we are that he is who he says.
#[derive(Clone, Copy, Debug, Default)]
pub struct Assurance {
    /// His role or the organization's policy demands a second factor.
    pub mfa_demanded: bool,
    /// He proved a second factor in this session (or made this key after having proved it).
    pub mfa_proven: bool,
    /// Until when acts that need a fresh proof are open to him.
    pub fresh_until: Option<Timestamp>,
}

/// What made the actor act. Commit claims a request's idempotency key and fences a job's lease.
#[derive(Clone, Debug)]
pub enum Cause {
    Request(Request),
    Job(Lease),
    /// The operator's shell or a schedule.
    Internal,
}

/// The request behind an act, for the audit log and for replays.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub id: Uuid,
    pub ip: Option<IpAddr>,
    pub user_agent: Option<String>,
    /// The tab or device that sent it; comes back on the events it caused.
    pub client: Option<Uuid>,
    /// W3C trace id, 32 hexadecimal digits; follows the event and the job to the mail.
    pub trace: Option<String>,
    pub idempotency: Option<IdempotencyClaim>,
}

/// A client's promise that this key means this one request. Claimed by the first commit of the request.
#[derive(Clone, Debug)]
pub struct IdempotencyClaim {
    pub key: String,
    pub operation: &'static str,
    /// SHA-256 of method, path and body.
    pub request_hash: [u8; 32],
    taken: Arc<AtomicBool>,
}

impl IdempotencyClaim {
    /// A claim that no commit has taken yet.
    pub fn new(key: String, operation: &'static str, request_hash: [u8; 32]) -> Self {
        Self { key, operation, request_hash, taken: Arc::new(AtomicBool::new(false)) }
    }

    /// True for the first caller only.
    pub fn take(&self) -> bool {
        !self.taken.swap(true, Ordering::SeqCst)
    }

    /// Whether a commit of this request has taken it.
    pub fn is_taken(&self) -> bool {
        self.taken.load(Ordering::SeqCst)
    }

    /// Gives it back after a commit that was rolled back.
    pub fn release(&self) {
        self.taken.store(false, Ordering::SeqCst);
    }
}

/// A worker's hold on a job; a write with a lease that was lost is refused.
#[derive(Clone, Debug)]
pub struct Lease {
    pub job: JobId,
    pub token: Uuid,
    pub trace: Option<String>,
}

/// Why an act is refused before it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    #[error("this needs the scope `{0}`")]
    ScopeMissing(Scope),
    #[error("set up a second factor first")]
    MfaSetupRequired,
    #[error("prove again that it is you")]
    StepUpRequired,
    #[error("the app `{0}` is not installed")]
    AppNotInstalled(App),
    #[error("sign in first")]
    Unauthenticated,
}

impl Actor {
    /// The platform acting in an organization.
    pub fn system(org: OrganizationId) -> Self {
        Self::unscoped(org, Who::System, Cause::Internal)
    }

    /// A job acting for an organization.
    pub fn job(org: OrganizationId, lease: Lease) -> Self {
        Self::unscoped(org, Who::System, Cause::Job(lease))
    }

    /// Somebody who has shown no token.
    pub fn anonymous(request: Request) -> Self {
        Self::unscoped(OrganizationId::PLATFORM, Who::Anonymous, Cause::Request(request))
    }

    /// A signed-in person outside of any organization.
    pub fn user(user: UserId, session: SessionId, request: Request) -> Self {
        Self::unscoped(OrganizationId::PLATFORM, Who::User { user, session }, Cause::Request(request))
    }

    fn unscoped(org: OrganizationId, who: Who, cause: Cause) -> Self {
        Self { org, who, cause, rights: Rights::default() }
    }

    /// The same actor with rights in an organization.
    pub fn with_rights(self, org: OrganizationId, rights: Rights) -> Self {
        Self { org, rights, ..self }
    }

    /// Permits an act: second factor where demanded, then the scope, then the app behind it.
    /// The system may do everything in the organization it acts in.
    pub fn require(&self, scope: Scope) -> Result<(), Denied> {
        if self.who == Who::System {
            return Ok(());
        }
        self.require_mfa()?;
        if !self.rights.scopes.contains(scope) {
            return Err(Denied::ScopeMissing(scope));
        }
        match scope.app() {
            Some(app) if !self.rights.apps.contains(app) => Err(Denied::AppNotInstalled(app)),
            _ => Ok(()),
        }
    }

    /// Permits an act that any active member may do.
    pub fn require_member(&self) -> Result<(), Denied> {
        if self.who == Who::System {
            return Ok(());
        }
        if self.rights.role.is_none() {
            return Err(Denied::Unauthenticated);
        }
        self.require_mfa()
    }

    /// Permits an act on one's own account: a person in a session, never a key.
    pub fn require_person(&self) -> Result<UserId, Denied> {
        match self.who {
            Who::User { user, .. } => Ok(user),
            _ => Err(Denied::Unauthenticated),
        }
    }

    /// Permits an act that needs a proof not older than ten minutes.
    pub fn require_fresh(&self, now: Timestamp) -> Result<(), Denied> {
        match (self.who, self.rights.assurance.fresh_until) {
            (Who::System, _) => Ok(()),
            (_, Some(until)) if now < until => Ok(()),
            _ => Err(Denied::StepUpRequired),
        }
    }

    /// Refuses whoever must prove a second factor and has not. Part of every other permit but
    /// [`Actor::require_person`], which enrolment itself needs.
    pub fn require_mfa(&self) -> Result<(), Denied> {
        let assurance = self.rights.assurance;
        if assurance.mfa_demanded && !assurance.mfa_proven { Err(Denied::MfaSetupRequired) } else { Ok(()) }
    }

    /// Whether he has the scope; for what a view shows, not for permitting.
    pub fn has(&self, scope: Scope) -> bool {
        self.require(scope).is_ok()
    }

    /// Guests see only rows they take part in.
    pub fn sees_own_rows_only(&self) -> bool {
        self.rights.role == Some(SystemRole::Guest.id())
    }

    /// The person who acts or for whom a key acts.
    pub fn user_id(&self) -> Option<UserId> {
        match self.who {
            Who::User { user, .. } | Who::ApiKey { user, .. } => Some(user),
            Who::Anonymous | Who::System => None,
        }
    }

    /// The request behind the act, if one is.
    pub fn request(&self) -> Option<&Request> {
        match &self.cause {
            Cause::Request(request) => Some(request),
            Cause::Job(_) | Cause::Internal => None,
        }
    }

    /// The trace that the act belongs to.
    pub fn trace(&self) -> Option<&str> {
        match &self.cause {
            Cause::Request(request) => request.trace.as_deref(),
            Cause::Job(lease) => lease.trace.as_deref(),
            Cause::Internal => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(scopes: &[Scope], apps: &[App], assurance: Assurance) -> Actor {
        let id = Uuid::from_u128(1);
        let rights = Rights {
            role: Some(SystemRole::Member.id()),
            rank: Some(SystemRole::Member.rank()),
            scopes: scopes.iter().copied().collect(),
            apps: apps.iter().copied().collect(),
            assurance,
        };
        Actor::user(id.into(), id.into(), Request::default()).with_rights(id.into(), rights)
    }

    #[test]
    fn a_scope_counts_only_with_its_app_installed() {
        let without = member(&[Scope::TicketsRead], &[], Assurance::default());
        assert_eq!(without.require(Scope::TicketsRead), Err(Denied::AppNotInstalled(App::Tickets)));
        let with = member(&[Scope::TicketsRead], &[App::Tickets], Assurance::default());
        assert_eq!(with.require(Scope::TicketsRead), Ok(()));
        assert_eq!(with.require(Scope::TicketsWrite), Err(Denied::ScopeMissing(Scope::TicketsWrite)));
    }

    #[test]
    fn a_demanded_second_factor_comes_before_every_scope() {
        let assurance = Assurance { mfa_demanded: true, ..Assurance::default() };
        let owner = member(&[Scope::RolesRead], &[], assurance);
        assert_eq!(owner.require(Scope::RolesRead), Err(Denied::MfaSetupRequired));
        assert_eq!(owner.require_member(), Err(Denied::MfaSetupRequired));
    }

    #[test]
    fn a_proof_ages() {
        let now = Timestamp::from_timestamp_millis(1_000).expect("valid");
        let assurance = Assurance { fresh_until: Some(now), ..Assurance::default() };
        let actor = member(&[], &[], assurance);
        assert_eq!(actor.require_fresh(now), Err(Denied::StepUpRequired));
        assert_eq!(actor.require_fresh(now - chrono::TimeDelta::milliseconds(1)), Ok(()));
    }
}
