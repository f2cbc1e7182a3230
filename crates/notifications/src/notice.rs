use kernel::{EmailAddress, EventId, Locale, Subject, UserId};
use serde_json::Value;

use crate::{Category, Notification};

/// News for some people, made from an event.
#[derive(Clone, Debug)]
pub struct Notice {
    pub event: EventId,
    /// Whoever is no active member, may not receive notifications or caused the event is left out.
    pub recipients: Vec<UserId>,
    pub category: Category,
    /// What happened, for the text shown: `ticket_assigned`.
    pub kind: &'static str,
    pub subject: Subject,
    /// Ids and short facts for the text shown.
    pub data: Value,
    /// Reaches people whatever they muted, and him too who caused it: it may not have been he.
    pub critical: bool,
}

impl Notice {
    pub(crate) fn is_critical(&self) -> bool {
        self.critical || self.category.is_critical()
    }
}

/// All that a mail about a notification needs.
#[derive(Clone, Debug)]
pub struct Mailing {
    pub notification: Notification,
    pub to: EmailAddress,
    pub to_name: String,
    pub locale: Locale,
    /// IANA name.
    pub time_zone: String,
    pub organization_name: String,
    /// The name of the person who caused it.
    pub caused_by: Option<String>,
}
