use database::log::Recorded;
use kernel::{ApiKeyId, EventId, Subject, Timestamp, UserId, Version};
use serde_json::Value;

/// A line of the audit log.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub seq: i64,
    pub id: EventId,
    /// `<module>.<noun>_<past>`.
    pub kind: String,
    pub by: By,
    pub subject: Subject,
    pub data: Value,
    /// The changed fields as they were; null where the event tells none, or after an erasure.
    pub before: Value,
    /// The changed fields as they are since.
    pub after: Value,
    pub ip: Option<String>,
    pub user_agent: Option<String>,
    pub request_id: Option<String>,
    /// W3C trace id: the same in the logs of every process that had part in it.
    pub trace: Option<String>,
    pub occurred_at: Timestamp,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    pub kind: ByKind,
    /// The person, or the one for whom a key acted.
    pub user: Option<UserId>,
    /// The key with which a program acted.
    pub key: Option<ApiKeyId>,
    /// The person's name, as far as he is still known.
    pub name: Option<String>,
}

/// What kind of actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByKind {
    User,
    ApiKey,
    System,
    /// Somebody who had shown no token.
    Anonymous,
}

impl ByKind {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::ApiKey => "api_key",
            Self::System => "system",
            Self::Anonymous => "anonymous",
        }
    }
}

impl By {
    /// Reads who did it; a name is not in the log.
    pub(crate) fn of(event: &Recorded) -> Self {
        let kind = match event.actor_kind.as_str() {
            "user" => ByKind::User,
            "api_key" => ByKind::ApiKey,
            "anonymous" => ByKind::Anonymous,
            _ => ByKind::System,
        };
        let key = event.actor_id.filter(|_| kind == ByKind::ApiKey).map(ApiKeyId::from_uuid);
        Self { kind, user: event.actor_user_id.map(UserId::from_uuid), key, name: None }
    }
}

impl Entry {
    pub(crate) fn of(event: Recorded, name: Option<String>) -> Self {
        let circumstance = |name: &str| {
            event.private.pointer(&format!("/request/{name}")).and_then(Value::as_str).map(str::to_owned)
        };
        let side =
            |side: &str| event.private.pointer(&format!("/changes/{side}")).cloned().unwrap_or(Value::Null);
        Self {
            by: By { name, ..By::of(&event) },
            before: side("before"),
            after: side("after"),
            ip: circumstance("ip"),
            user_agent: circumstance("userAgent"),
            request_id: circumstance("requestId"),
            subject: subject(&event),
            seq: event.seq,
            id: event.id,
            kind: event.kind,
            data: event.data,
            trace: event.trace,
            occurred_at: event.occurred_at,
        }
    }
}

pub(crate) fn subject(event: &Recorded) -> Subject {
    let subject = Subject::new(&event.subject_type, event.subject_id);
    Subject { version: event.subject_version.map(Version), ..subject }
}
