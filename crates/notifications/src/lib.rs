#![doc = include_str!("../README.md")]

mod category;
mod error;
mod event;
mod letter;
mod mail_service;
mod notice;
mod notification;
mod preference;
mod render;
mod service;
mod store;
mod template;

use std::sync::Arc;

use async_trait::async_trait;
use database::{Database, Tx};
use kernel::{Actor, Locale, NotificationId, OrganizationId, Page, PageRequest, UserId, Version};
use platform::{Extra, Mailer};
use url::Url;
use uuid::Uuid;

pub use category::{Category, Channel};
pub use error::Error;
pub use event::NotificationEvent;
pub use letter::{Dispatch, Letter};
pub use notice::{Mailing, Notice};
pub use notification::{Counts, FeedFilter, Mark, MarkAll, MarkNotification, Notification, View};
pub use preference::{ChoosePreference, Defaults, Preference};
pub use render::Rendered;
pub use template::Template;

/// The feed and what people want to hear of.
#[async_trait]
pub trait Notifications: Send + Sync {
    /// Makes entries from one event, once per person, and tells of each; finishes the job that acts. A person named
    /// by several notices gets the first.
    async fn notify(&self, actor: &Actor, notices: Vec<Notice>) -> Result<Vec<NotificationId>, Error>;

    /// What a mail about an entry needs; nothing if the person is no active member any more. For jobs.
    async fn mailing(&self, actor: &Actor, id: NotificationId) -> Result<Option<Mailing>, Error>;

    /// The actor's own feed, what surfaced last first.
    async fn list(
        &self,
        actor: &Actor,
        filter: &FeedFilter,
        page: &PageRequest,
    ) -> Result<Page<Notification>, Error>;

    /// What waits in the actor's own inbox.
    async fn counts(&self, actor: &Actor) -> Result<Counts, Error>;

    /// Marks one of the actor's own entries.
    async fn mark(
        &self,
        actor: &Actor,
        id: NotificationId,
        mark: MarkNotification,
    ) -> Result<Notification, Error>;

    /// Marks a whole part of the actor's own feed; returns how many entries changed.
    async fn mark_all(&self, actor: &Actor, marks: MarkAll) -> Result<u64, Error>;

    /// The actor's own table of category x channel.
    async fn preferences(&self, actor: &Actor) -> Result<Vec<Preference>, Error>;

    /// Changes cells of it.
    async fn choose(&self, actor: &Actor, choices: Vec<ChoosePreference>) -> Result<Vec<Preference>, Error>;

    /// What counts for members who have not chosen.
    async fn defaults(&self, actor: &Actor) -> Result<Defaults, Error>;

    /// Changes cells of it.
    async fn choose_defaults(
        &self,
        actor: &Actor,
        expected: Version,
        choices: Vec<ChoosePreference>,
    ) -> Result<Defaults, Error>;

    /// Forgets a person, in the commit that erases him, while his row still tells his address.
    async fn forget(&self, tx: &Tx, user: UserId) -> Result<(), Error>;

    /// Forgets an organization, at most `limit` rows of each table at a time; says whether nothing is left.
    async fn erase(&self, tx: &Tx, org: OrganizationId, limit: u64) -> Result<bool, Error>;
}

/// Transactional mail: rendered here, sent once per key as far as SMTP allows.
#[async_trait]
pub trait Mails: Send + Sync {
    /// Sends a letter and finishes the job that acts; one that was sent before is not sent again. After a crash
    /// between sending and noting it, it is sent again under the same `Message-ID`.
    async fn send_mail(&self, actor: &Actor, letter: Letter) -> Result<Dispatch, Error>;

    /// Renders a letter and hands it over under the message id of `id`. Notes nothing: for those who keep a ledger of
    /// their own.
    async fn hand_over(&self, actor: &Actor, letter: &Letter, id: Uuid, extra: Extra) -> Result<(), Error>;

    /// Forgets mails that were sent 90 days ago or earlier; says how many. What a run leaves, the next one takes.
    async fn forget_sent(&self, actor: &Actor) -> Result<u64, Error>;

    /// A template with made-up facts, to look at while developing.
    fn preview(&self, template: Template, locale: Locale) -> Result<Rendered, Error>;
}

/// The feed on a database.
pub fn service(database: Database) -> Arc<dyn Notifications> {
    Arc::new(service::NotificationService::new(database))
}

/// Mails through a mailer; their links lead to `public_url` alone.
pub fn mails(database: Database, mailer: Arc<dyn Mailer>, public_url: Url) -> Arc<dyn Mails> {
    Arc::new(mail_service::MailService::new(database, mailer, public_url))
}
