use kernel::{Audience, Event, MailId, NotificationId, OrganizationId, Scope, Subject, UserId, Version};
use serde_json::{Value, json};

use crate::{Category, Mark};

/// What happened to feeds, preferences and mails.
#[derive(Clone, Debug)]
pub enum NotificationEvent {
    NotificationCreated {
        notification: NotificationId,
        user: UserId,
        category: Category,
        /// Whether he wants it by mail too.
        by_mail: bool,
    },
    NotificationMarked {
        notification: NotificationId,
        user: UserId,
        mark: Mark,
    },
    /// A whole part of the feed was marked.
    FeedMarked {
        user: UserId,
        mark: Mark,
        category: Option<Category>,
        count: u64,
    },
    PreferencesChanged {
        user: UserId,
        /// The cells that differ: `mentions.email`.
        changed: Vec<String>,
        before: Value,
        after: Value,
    },
    DefaultsChanged {
        organization: OrganizationId,
        version: Version,
        changed: Vec<String>,
        before: Value,
        after: Value,
    },
    MailSent {
        mail: MailId,
        template: &'static str,
    },
    /// The mail was refused for good.
    MailFailed {
        mail: MailId,
        template: &'static str,
    },
}

impl Event for NotificationEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::NotificationCreated { .. } => "notifications.notification_created",
            Self::NotificationMarked { .. } => "notifications.notification_marked",
            Self::FeedMarked { .. } => "notifications.feed_marked",
            Self::PreferencesChanged { .. } => "notifications.preferences_changed",
            Self::DefaultsChanged { .. } => "notifications.defaults_changed",
            Self::MailSent { .. } => "notifications.mail_sent",
            Self::MailFailed { .. } => "notifications.mail_failed",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::NotificationCreated { notification, .. }
            | Self::NotificationMarked { notification, .. } => Subject::new("notification", *notification),
            Self::FeedMarked { user, .. } | Self::PreferencesChanged { user, .. } => {
                Subject::new("user", *user)
            }
            Self::DefaultsChanged { organization, version, .. } => {
                Subject::new("organization", *organization).at(*version)
            }
            Self::MailSent { mail, .. } | Self::MailFailed { mail, .. } => {
                Subject::new("email_message", *mail)
            }
        }
    }

    fn audience(&self) -> Audience {
        match self {
            Self::NotificationCreated { user, .. }
            | Self::NotificationMarked { user, .. }
            | Self::FeedMarked { user, .. }
            | Self::PreferencesChanged { user, .. } => Audience::Users(vec![*user]),
            Self::DefaultsChanged { .. } => Audience::Members,
            Self::MailSent { .. } | Self::MailFailed { .. } => {
                Audience::Scope { scope: Scope::AuditRead, guests: Vec::new() }
            }
        }
    }

    fn data(&self) -> Value {
        match self {
            Self::NotificationCreated { notification, user, category, by_mail } => json!({
                "notificationId": notification, "userId": user, "category": category.name(), "byMail": by_mail,
            }),
            Self::NotificationMarked { notification, user, mark } => json!({
                "notificationId": notification, "userId": user, "mark": mark.name(), "until": mark.until(),
            }),
            Self::FeedMarked { user, mark, category, count } => json!({
                "userId": user, "mark": mark.name(), "until": mark.until(),
                "category": category.map(Category::name), "count": count,
            }),
            Self::PreferencesChanged { user, changed, .. } => json!({ "userId": user, "changed": changed }),
            Self::DefaultsChanged { changed, .. } => json!({ "changed": changed }),
            Self::MailSent { mail, template } | Self::MailFailed { mail, template } => {
                json!({ "mailId": mail, "template": template })
            }
        }
    }

    fn private(&self) -> Value {
        match self {
            Self::PreferencesChanged { before, after, .. } | Self::DefaultsChanged { before, after, .. } => {
                json!({ "before": before, "after": after })
            }
            _ => Value::Null,
        }
    }

    /// What concerns one person travels with all else that concerns him.
    fn topic(&self) -> String {
        let topic = match self.audience() {
            Audience::Users(_) => "me",
            Audience::Members | Audience::Scope { .. } => "notifications",
        };
        topic.to_owned()
    }
}
