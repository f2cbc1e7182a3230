use database::log::Recorded;
use kernel::{EventId, OrganizationId, Subject, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use crate::By;
use crate::entry::subject;

/// An event as its receivers see it: nothing of it is for the audit log alone.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicEvent {
    pub seq: i64,
    pub id: EventId,
    pub kind: String,
    pub topic: String,
    pub organization: OrganizationId,
    pub by: By,
    /// The tab or device whose request caused it.
    pub origin_client: Option<Uuid>,
    pub subject: Subject,
    pub data: Value,
    pub occurred_at: Timestamp,
}

impl PublicEvent {
    pub(crate) fn of(event: Recorded) -> Self {
        Self {
            by: By::of(&event),
            subject: subject(&event),
            organization: OrganizationId::from_uuid(event.stream_id),
            seq: event.seq,
            id: event.id,
            kind: event.kind,
            topic: event.topic,
            origin_client: event.origin_client_id,
            data: event.data,
            occurred_at: event.occurred_at,
        }
    }
}

/// A stretch of the log as one actor sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct EventPage {
    pub events: Vec<PublicEvent>,
    /// Up to here everything was looked at; the next stretch begins after it.
    pub cursor: i64,
    /// Whether the log went on behind the cursor.
    pub more: bool,
}
