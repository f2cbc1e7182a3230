//! The only room that names tables.

pub(crate) mod erasure;
mod feed;
mod mails;
mod people;
mod preferences;

use chrono::TimeDelta;
use database::StoreError;
use database::entities::notification;
use kernel::{EventId, NotificationId, Subject, UserId};
use serde_json::Value;

use crate::{Category, Notification};

pub(crate) use feed::{NewNotification, Which, counts, find, find_own, insert, list, mark};
pub(crate) use mails::{Sending, claim, fail, forget_sent, postpone, sent};
pub(crate) use people::{Receiver, causer, letter_facts, receivers};
pub(crate) use preferences::{
    choices_of, defaults, hold_choices, hold_defaults, read_both, save_choices, save_defaults,
};

fn read(row: notification::Model) -> Result<Notification, StoreError> {
    let category = Category::from_name(&row.category)
        .ok_or_else(|| StoreError::corrupt("notifications.category", row.category.clone()))?;
    let data: Value =
        serde_json::from_str(&row.data).map_err(|error| StoreError::corrupt("notifications.data", error))?;
    Ok(Notification {
        id: NotificationId::from_uuid(row.id),
        user: UserId::from_uuid(row.user_id),
        event: EventId::from_uuid(row.event_id),
        category,
        kind: row.kind,
        subject: Subject::new(&row.subject_type, row.subject_id),
        caused_by: row.actor_user_id.map(UserId::from_uuid),
        data,
        critical: row.critical,
        created_at: row.created_at,
        snoozed_until: (row.surfaced_at - row.created_at > TimeDelta::zero()).then_some(row.surfaced_at),
        seen_at: row.seen_at,
        read_at: row.read_at,
        archived_at: row.archived_at,
    })
}
