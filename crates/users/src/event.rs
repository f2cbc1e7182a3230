use chrono::SecondsFormat;
use kernel::{Audience, Changes, Event, Scope, Subject, Timestamp, UserId, Version};
use serde_json::{Value, json};

/// What happened to a person's account.
#[derive(Clone, Debug)]
pub enum UserEvent {
    /// Somebody proved his address and is a person from now on.
    Created {
        user: UserId,
    },
    ProfileUpdated {
        user: UserId,
        version: Version,
        changes: Changes,
    },
    EmailChanged {
        user: UserId,
        version: Version,
        changes: Changes,
    },
    /// What an organization sees of the two above.
    PersonUpdated {
        user: UserId,
        changes: Changes,
    },
    DeletionRequested {
        user: UserId,
        version: Version,
        delete_after: Timestamp,
    },
    DeletionCancelled {
        user: UserId,
        version: Version,
    },
    Erased {
        user: UserId,
        version: Version,
    },
}

impl UserEvent {
    /// The person it happened to.
    pub fn user(&self) -> UserId {
        match self {
            Self::Created { user }
            | Self::ProfileUpdated { user, .. }
            | Self::EmailChanged { user, .. }
            | Self::PersonUpdated { user, .. }
            | Self::DeletionRequested { user, .. }
            | Self::DeletionCancelled { user, .. }
            | Self::Erased { user, .. } => *user,
        }
    }

    fn version(&self) -> Option<Version> {
        match self {
            Self::Created { .. } => Some(Version::FIRST),
            Self::PersonUpdated { .. } => None,
            Self::ProfileUpdated { version, .. }
            | Self::EmailChanged { version, .. }
            | Self::DeletionRequested { version, .. }
            | Self::DeletionCancelled { version, .. }
            | Self::Erased { version, .. } => Some(*version),
        }
    }

    fn changes(&self) -> Option<&Changes> {
        match self {
            Self::ProfileUpdated { changes, .. }
            | Self::EmailChanged { changes, .. }
            | Self::PersonUpdated { changes, .. } => Some(changes),
            _ => None,
        }
    }
}

impl Event for UserEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Created { .. } => "users.user_created",
            Self::ProfileUpdated { .. } => "users.profile_updated",
            Self::EmailChanged { .. } => "users.email_changed",
            Self::PersonUpdated { .. } => "users.person_updated",
            Self::DeletionRequested { .. } => "users.deletion_requested",
            Self::DeletionCancelled { .. } => "users.deletion_cancelled",
            Self::Erased { .. } => "users.user_erased",
        }
    }

    fn subject(&self) -> Subject {
        let subject = Subject::new("user", self.user());
        match self.version() {
            Some(version) => subject.at(version),
            None => subject,
        }
    }

    fn audience(&self) -> Audience {
        match self {
            Self::PersonUpdated { user, .. } => {
                Audience::Scope { scope: Scope::MembersRead, guests: vec![*user] }
            }
            _ => Audience::Users(vec![self.user()]),
        }
    }

    fn data(&self) -> Value {
        match self {
            Self::DeletionRequested { delete_after, .. } => json!({
                "deleteAfter": delete_after.to_rfc3339_opts(SecondsFormat::Millis, true)
            }),
            _ => match self.changes() {
                Some(changes) => json!({ "changed": changes.fields() }),
                None => json!({}),
            },
        }
    }

    fn private(&self) -> Value {
        self.changes().map_or(Value::Null, Changes::before_and_after)
    }

    fn topic(&self) -> String {
        match self {
            Self::PersonUpdated { .. } => "organization".to_owned(),
            _ => "me".to_owned(),
        }
    }
}
