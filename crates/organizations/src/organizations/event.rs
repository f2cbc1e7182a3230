use chrono::SecondsFormat;
use kernel::{Audience, Changes, Event, OrganizationId, Scope, Subject, Timestamp, UserId, Version};
use serde_json::{Value, json};

/// What happened to an organization as a whole.
#[derive(Clone, Debug)]
pub enum OrganizationEvent {
    Created {
        org: OrganizationId,
        owner: UserId,
    },
    Updated {
        org: OrganizationId,
        version: Version,
        changes: Changes,
    },
    PolicyUpdated {
        org: OrganizationId,
        version: Version,
        changes: Changes,
    },
    DeletionRequested {
        org: OrganizationId,
        version: Version,
        delete_after: Timestamp,
    },
    DeletionCancelled {
        org: OrganizationId,
        version: Version,
    },
    /// Told on the platform's own stream: the organization's is gone.
    Erased {
        org: OrganizationId,
    },
}

impl OrganizationEvent {
    /// The organization it happened to.
    pub fn org(&self) -> OrganizationId {
        match self {
            Self::Created { org, .. }
            | Self::Updated { org, .. }
            | Self::PolicyUpdated { org, .. }
            | Self::DeletionRequested { org, .. }
            | Self::DeletionCancelled { org, .. }
            | Self::Erased { org } => *org,
        }
    }

    fn changes(&self) -> Option<&Changes> {
        match self {
            Self::Updated { changes, .. } | Self::PolicyUpdated { changes, .. } => Some(changes),
            _ => None,
        }
    }
}

impl Event for OrganizationEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Created { .. } => "organizations.organization_created",
            Self::Updated { .. } => "organizations.organization_updated",
            Self::PolicyUpdated { .. } => "organizations.policy_updated",
            Self::DeletionRequested { .. } => "organizations.deletion_requested",
            Self::DeletionCancelled { .. } => "organizations.deletion_cancelled",
            Self::Erased { .. } => "organizations.organization_erased",
        }
    }

    fn subject(&self) -> Subject {
        let subject = Subject::new("organization", self.org());
        match self {
            Self::Created { .. } => subject.at(Version::FIRST),
            Self::Updated { version, .. }
            | Self::PolicyUpdated { version, .. }
            | Self::DeletionRequested { version, .. }
            | Self::DeletionCancelled { version, .. } => subject.at(*version),
            Self::Erased { .. } => subject,
        }
    }

    fn audience(&self) -> Audience {
        match self {
            Self::PolicyUpdated { .. } | Self::Erased { .. } => {
                Audience::Scope { scope: Scope::OrganizationManage, guests: Vec::new() }
            }
            _ => Audience::Members,
        }
    }

    fn data(&self) -> Value {
        match self {
            Self::Created { owner, .. } => json!({ "ownerId": owner }),
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
        "organization".to_owned()
    }
}
