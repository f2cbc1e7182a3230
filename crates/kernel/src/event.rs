use std::any::Any;
use std::fmt::Debug;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::{Actor, EventId, JobDraft, OrganizationId, Scope, UserId, Version};

/// Something that happened in a domain, in the past tense.
pub trait Event: Any + Debug + Send + Sync {
    /// `<module>.<noun>_<past>`, as in `tickets.ticket_created`. Never renamed.
    fn kind(&self) -> &'static str;

    /// What it happened to.
    fn subject(&self) -> Subject;

    /// Who may learn of it.
    fn audience(&self) -> Audience;

    /// Ids and changed fields that every receiver may see; no bodies, no secrets.
    fn data(&self) -> Value;

    /// Values before and after, for the audit log alone.
    fn private(&self) -> Value {
        Value::Null
    }

    /// The topic sockets subscribe to; the module, unless the event says otherwise.
    fn topic(&self) -> String {
        self.kind().split('.').next().unwrap_or_default().to_owned()
    }
}

/// What an event happened to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    #[serde(rename = "type")]
    pub kind: String,
    pub id: Uuid,
    pub version: Option<Version>,
}

impl Subject {
    /// A subject whose versions are not counted.
    pub fn new(kind: &str, id: impl Into<Uuid>) -> Self {
        Self { kind: kind.to_owned(), id: id.into(), version: None }
    }

    /// The same at a version.
    pub fn at(self, version: Version) -> Self {
        Self { version: Some(version), ..self }
    }
}

/// Who may learn of an event. The socket and the event list filter by this alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Members with the scope; of guests, who see own rows only, just those named.
    Scope { scope: Scope, guests: Vec<UserId> },
    /// Just these people.
    Users(Vec<UserId>),
    /// Every active member.
    Members,
}

impl Audience {
    /// Whether the actor belongs to it now. What is meant for single people is not for their programs.
    pub fn admits(&self, actor: &Actor) -> bool {
        match self {
            Self::Scope { scope, guests } => {
                let named = actor.user_id().is_some_and(|user| guests.contains(&user));
                actor.has(*scope) && (named || !actor.sees_own_rows_only())
            }
            Self::Users(users) => actor.require_person().is_ok_and(|user| users.contains(&user)),
            Self::Members => actor.require_member().is_ok(),
        }
    }
}

/// A sequence of events that is numbered without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    Organization(OrganizationId),
    /// A person's own security events.
    User(UserId),
}

impl Stream {
    /// The id of the stream is the id of its owner.
    pub const fn id(self) -> Uuid {
        match self {
            Self::Organization(org) => org.uuid(),
            Self::User(user) => user.uuid(),
        }
    }

    /// The stored kind.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Organization(OrganizationId::PLATFORM) => "platform",
            Self::Organization(_) => "organization",
            Self::User(_) => "user",
        }
    }
}

/// An event about to be committed, as the reactions see it.
#[derive(Debug)]
pub struct Told<'a> {
    pub id: EventId,
    pub stream: Stream,
    pub actor: &'a Actor,
    pub event: &'a dyn Event,
}

/// Turns events into jobs; runs inside the transaction that tells them. Pure.
pub trait Reactions: Send + Sync {
    /// The jobs that follow from an event.
    fn react(&self, told: &Told<'_>) -> Vec<JobDraft>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Request, Rights, SystemRole, Who};

    fn actor(user: u128, role: SystemRole) -> Actor {
        let rights = Rights {
            role: Some(role.id()),
            rank: Some(role.rank()),
            scopes: [Scope::FilesRead].into_iter().collect(),
            ..Rights::default()
        };
        let id = Uuid::from_u128(user);
        Actor::user(id.into(), id.into(), Request::default()).with_rights(Uuid::from_u128(9).into(), rights)
    }

    #[test]
    fn of_guests_only_those_named_learn_of_it() {
        let audience = Audience::Scope { scope: Scope::FilesRead, guests: vec![Uuid::from_u128(1).into()] };
        assert!(audience.admits(&actor(2, SystemRole::Member)));
        assert!(audience.admits(&actor(1, SystemRole::Guest)));
        assert!(!audience.admits(&actor(2, SystemRole::Guest)));
        let other = Audience::Scope { scope: Scope::FilesWrite, guests: vec![Uuid::from_u128(1).into()] };
        assert!(!other.admits(&actor(1, SystemRole::Guest)));
    }

    #[test]
    fn what_is_for_a_person_is_neither_for_others_nor_for_his_keys() {
        let audience = Audience::Users(vec![Uuid::from_u128(1).into()]);
        let person = actor(1, SystemRole::Owner);
        assert!(audience.admits(&person));
        assert!(!audience.admits(&actor(2, SystemRole::Owner)));
        let key = Who::ApiKey { key: Uuid::from_u128(5).into(), user: Uuid::from_u128(1).into() };
        assert!(!audience.admits(&Actor { who: key, ..person }));
    }

    #[test]
    fn who_is_no_member_learns_nothing() {
        let stranger = Actor::anonymous(Request::default());
        assert!(!Audience::Members.admits(&stranger));
        assert!(Audience::Members.admits(&actor(1, SystemRole::Guest)));
    }
}
