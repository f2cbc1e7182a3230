use kernel::{EventId, NotificationId, UserId};
use notifications::{
    Category, Channel, ChoosePreference, Counts, Defaults, FeedFilter, MarkAll, MarkNotification,
    Notification, Preference, View,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Instant;
use crate::http::events::SubjectView;

/// What a notification is about.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum NotificationCategory {
    Assignments,
    Mentions,
    Comments,
    Invoices,
    Membership,
    Security,
}

/// How a notification reaches a person.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum NotificationChannel {
    InApp,
    Email,
}

#[derive(Clone, Copy, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum NotificationsPart {
    #[default]
    Inbox,
    Archived,
    Snoozed,
}

#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum NotificationMark {
    Seen,
    Read,
    Unread,
    Archived,
    Restored,
    Snoozed,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct FeedQuery {
    /// Which part of the feed; the inbox unless told.
    view: Option<NotificationsPart>,
    /// Only what was not read.
    unread: Option<bool>,
    category: Option<NotificationCategory>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MarkNotification)]
pub(super) struct MarkOne {
    mark: NotificationMark,
    /// With `snoozed`, and only then: when it comes back; within a year.
    until: Option<Instant>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct MarkAllNotifications {
    mark: NotificationMark,
    /// With `snoozed`, and only then: when they come back; within a year.
    until: Option<Instant>,
    /// Only those of a category.
    category: Option<NotificationCategory>,
    /// Not those that came after this one.
    up_to: Option<Uuid>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ChangePreferences {
    #[schema(min_items = 1, max_items = 50)]
    choices: Vec<PreferenceChoice>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PreferenceChoice {
    category: NotificationCategory,
    channel: NotificationChannel,
    /// `null` lets the default count again.
    #[schema(required = true)]
    enabled: Option<bool>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Notification)]
pub(super) struct NotificationView {
    #[schema(value_type = Uuid)]
    id: NotificationId,
    /// The event it was made from.
    #[schema(value_type = Uuid)]
    event_id: EventId,
    category: NotificationCategory,
    /// What happened: `ticket_assigned`.
    #[serde(rename = "type")]
    kind: String,
    subject: SubjectView,
    /// Who caused it; null if the system did.
    #[schema(value_type = Option<Uuid>)]
    actor_id: Option<UserId>,
    /// Ids and short facts for the text shown.
    data: Value,
    /// Whether it reaches people whatever they muted.
    critical: bool,
    created_at: Instant,
    /// When it comes back, or came back, after having been put off.
    snoozed_until: Option<Instant>,
    seen_at: Option<Instant>,
    read_at: Option<Instant>,
    archived_at: Option<Instant>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NotificationCounts)]
pub(super) struct CountsView {
    /// Never shown to him.
    unseen: u64,
    /// Shown perhaps, but not read.
    unread: u64,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NotificationsMarked)]
pub(super) struct MarkedView {
    /// How many entries changed.
    pub(super) changed: u64,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NotificationPreference)]
pub(super) struct PreferenceView {
    category: NotificationCategory,
    channel: NotificationChannel,
    /// What counts.
    enabled: bool,
    /// What was chosen; null where the default counts.
    choice: Option<bool>,
    /// What counts without a choice.
    inherited: bool,
    /// Whether it may be switched off.
    mutable: bool,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NotificationPreferences)]
pub(super) struct PreferencesView {
    preferences: Vec<PreferenceView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NotificationDefaults)]
pub(super) struct DefaultsView {
    version: i64,
    preferences: Vec<PreferenceView>,
}

impl From<NotificationCategory> for Category {
    fn from(category: NotificationCategory) -> Self {
        match category {
            NotificationCategory::Assignments => Self::Assignments,
            NotificationCategory::Mentions => Self::Mentions,
            NotificationCategory::Comments => Self::Comments,
            NotificationCategory::Invoices => Self::Invoices,
            NotificationCategory::Membership => Self::Membership,
            NotificationCategory::Security => Self::Security,
        }
    }
}

impl From<Category> for NotificationCategory {
    fn from(category: Category) -> Self {
        match category {
            Category::Assignments => Self::Assignments,
            Category::Mentions => Self::Mentions,
            Category::Comments => Self::Comments,
            Category::Invoices => Self::Invoices,
            Category::Membership => Self::Membership,
            Category::Security => Self::Security,
        }
    }
}

impl From<NotificationChannel> for Channel {
    fn from(channel: NotificationChannel) -> Self {
        match channel {
            NotificationChannel::InApp => Self::InApp,
            NotificationChannel::Email => Self::Email,
        }
    }
}

impl From<Channel> for NotificationChannel {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::InApp => Self::InApp,
            Channel::Email => Self::Email,
        }
    }
}

impl NotificationMark {
    const fn name(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Read => "read",
            Self::Unread => "unread",
            Self::Archived => "archived",
            Self::Restored => "restored",
            Self::Snoozed => "snoozed",
        }
    }
}

impl From<FeedQuery> for FeedFilter {
    fn from(query: FeedQuery) -> Self {
        let view = match query.view.unwrap_or_default() {
            NotificationsPart::Inbox => View::Inbox,
            NotificationsPart::Archived => View::Archived,
            NotificationsPart::Snoozed => View::Snoozed,
        };
        Self {
            view,
            unread_only: query.unread.unwrap_or_default(),
            category: query.category.map(Category::from),
        }
    }
}

impl From<MarkOne> for MarkNotification {
    fn from(body: MarkOne) -> Self {
        Self { mark: body.mark.name().to_owned(), until: body.until.map(Into::into) }
    }
}

impl From<MarkAllNotifications> for MarkAll {
    fn from(body: MarkAllNotifications) -> Self {
        Self {
            mark: MarkOne { mark: body.mark, until: body.until }.into(),
            category: body.category.map(Category::from),
            up_to: body.up_to.map(NotificationId::from_uuid),
        }
    }
}

impl From<ChangePreferences> for Vec<ChoosePreference> {
    fn from(body: ChangePreferences) -> Self {
        let choice = |choice: PreferenceChoice| ChoosePreference {
            category: Category::from(choice.category).name().to_owned(),
            channel: Channel::from(choice.channel).name().to_owned(),
            enabled: choice.enabled,
        };
        body.choices.into_iter().map(choice).collect()
    }
}

impl From<Notification> for NotificationView {
    fn from(notification: Notification) -> Self {
        Self {
            id: notification.id,
            event_id: notification.event,
            category: notification.category.into(),
            kind: notification.kind,
            subject: notification.subject.into(),
            actor_id: notification.caused_by,
            data: notification.data,
            critical: notification.critical,
            created_at: notification.created_at.into(),
            snoozed_until: notification.snoozed_until.map(Into::into),
            seen_at: notification.seen_at.map(Into::into),
            read_at: notification.read_at.map(Into::into),
            archived_at: notification.archived_at.map(Into::into),
        }
    }
}

impl From<Counts> for CountsView {
    fn from(counts: Counts) -> Self {
        Self { unseen: counts.unseen, unread: counts.unread }
    }
}

impl From<Preference> for PreferenceView {
    fn from(preference: Preference) -> Self {
        Self {
            category: preference.category.into(),
            channel: preference.channel.into(),
            enabled: preference.enabled,
            choice: preference.choice,
            inherited: preference.inherited,
            mutable: preference.mutable,
        }
    }
}

impl From<Vec<Preference>> for PreferencesView {
    fn from(preferences: Vec<Preference>) -> Self {
        Self { preferences: preferences.into_iter().map(PreferenceView::from).collect() }
    }
}

impl From<&Defaults> for DefaultsView {
    fn from(defaults: &Defaults) -> Self {
        let preferences = defaults.preferences.iter().copied().map(PreferenceView::from).collect();
        Self { version: defaults.version.0, preferences }
    }
}
