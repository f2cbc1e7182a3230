//! What the frame asks of the rest of the program, answered from memory.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use api::{Callers, Dependencies, Dependency, DependencyState, Problem, Replays, Stored};
use async_trait::async_trait;
use kernel::{Actor, App, Request, Rights, Scope, SystemRole};
use platform::{Decision, Limiter, Rate};
use uuid::Uuid;

use super::operations::Error;

/// Knows three tokens.
pub(super) struct Tokens;

pub(super) const ACME: Uuid = Uuid::from_u128(0xacee);
pub(super) const OTHER: Uuid = Uuid::from_u128(0x0123);

#[async_trait]
impl Callers for Tokens {
    async fn resolve(&self, bearer: &str, request: Request) -> Result<Actor, Problem> {
        let (org, scopes) = match bearer {
            "asha" => (ACME, vec![Scope::TicketsRead, Scope::TicketsWrite]),
            "bikash" => (OTHER, vec![Scope::TicketsRead, Scope::TicketsWrite]),
            "reader" => (ACME, vec![Scope::TicketsRead]),
            "away" => return Err(Problem::unavailable(Duration::from_secs(3))),
            _ => return Err(Problem::unauthenticated()),
        };
        let rights = Rights {
            role: Some(SystemRole::Member.id()),
            rank: Some(SystemRole::Member.rank()),
            scopes: scopes.into_iter().collect(),
            apps: [App::Tickets].into_iter().collect(),
            ..Rights::default()
        };
        // Reader and Asha are one person, whose rights change.
        let user = if org == ACME { Uuid::from_u128(1) } else { Uuid::from_u128(2) };
        Ok(Actor::user(user.into(), user.into(), request).with_rights(org.into(), rights))
    }
}

/// Keys as a database keeps them: the claim and the effect together, the answer later.
#[derive(Default)]
pub(super) struct Memory {
    keys: Mutex<HashMap<(Uuid, Uuid, String), Stored>>,
    /// Whether answers are lost, as when a process dies after its commit.
    pub(super) forgets_answers: AtomicBool,
    /// How long a commit takes.
    pub(super) commit_millis: AtomicU32,
    pub(super) commits: AtomicU32,
}

impl Memory {
    fn slot(actor: &Actor, key: &str) -> (Uuid, Uuid, String) {
        (actor.org.uuid(), actor.user_id().map(kernel::UserId::uuid).unwrap_or_default(), key.to_owned())
    }

    /// One commit of a handler.
    pub(super) async fn commit(&self, actor: &Actor, subject: Uuid) -> Result<(), Error> {
        let millis = self.commit_millis.load(Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(millis.into())).await;
        let claim = actor.request().and_then(|request| request.idempotency.as_ref());
        if let Some(claim) = claim.filter(|claim| claim.take()) {
            let mut keys = self.keys.lock().expect("not poisoned");
            let slot = Self::slot(actor, &claim.key);
            if keys.contains_key(&slot) {
                claim.release();
                return Err(Error::KeyTaken);
            }
            let stored = Stored {
                operation: claim.operation.to_owned(),
                request_hash: claim.request_hash.to_vec(),
                subject: Some(subject),
                answer: None,
            };
            keys.insert(slot, stored);
        }
        self.commits.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

#[async_trait]
impl Replays for Memory {
    async fn lookup(&self, actor: &Actor, key: &str) -> Result<Option<Stored>, Problem> {
        Ok(self.keys.lock().expect("not poisoned").get(&Self::slot(actor, key)).cloned())
    }

    async fn store(&self, actor: &Actor, key: &str, status: u16, answer: Vec<u8>) -> Result<(), Problem> {
        if self.forgets_answers.load(Ordering::SeqCst) {
            return Ok(());
        }
        let mut keys = self.keys.lock().expect("not poisoned");
        let stored = keys.get_mut(&Self::slot(actor, key)).expect("claimed before it is answered");
        stored.answer = Some((status, answer));
        Ok(())
    }
}

/// Counts down per key and never refills.
#[derive(Default)]
pub(super) struct Counter {
    taken: Mutex<HashMap<String, u32>>,
}

impl Counter {
    pub(super) fn keys(&self) -> Vec<String> {
        let mut keys: Vec<_> = self.taken.lock().expect("not poisoned").keys().cloned().collect();
        keys.sort();
        keys
    }
}

#[async_trait]
impl Limiter for Counter {
    async fn check(&self, key: &str, rate: Rate, cost: u32) -> Decision {
        let mut taken = self.taken.lock().expect("not poisoned");
        let taken = taken.entry(key.to_owned()).or_default();
        let allowed = *taken + cost <= rate.burst;
        *taken += if allowed { cost } else { 0 };
        Decision {
            allowed,
            remaining: rate.burst - *taken,
            reset: Duration::from_millis(1_500),
            retry_after: (!allowed).then_some(Duration::from_secs(42)),
        }
    }
}

/// Dependencies that a test takes away.
#[derive(Default)]
pub(super) struct Switches {
    pub(super) database_down: AtomicBool,
    pub(super) redis_down: AtomicBool,
}

#[async_trait]
impl Dependencies for Switches {
    async fn check(&self) -> Vec<Dependency> {
        let state = |switch: &AtomicBool, away| {
            if switch.load(Ordering::SeqCst) { away } else { DependencyState::Up }
        };
        vec![
            Dependency { name: "database", state: state(&self.database_down, DependencyState::Down) },
            Dependency { name: "redis", state: state(&self.redis_down, DependencyState::Degraded) },
        ]
    }
}
