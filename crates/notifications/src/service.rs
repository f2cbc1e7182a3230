use async_trait::async_trait;
use database::{Database, Tx};
use kernel::{
    Actor, Denied, NotificationId, OrganizationId, Page, PageRequest, Scope, Stream, UserId, Version, Who,
};

use crate::preference::{Choice, Choices, of_organization, of_person};
use crate::store::Which;
use crate::{
    ChoosePreference, Counts, Defaults, Error, FeedFilter, Mailing, MarkAll, MarkNotification, Notice,
    Notification, NotificationEvent, Notifications, Preference, store,
};

mod notify;

pub(crate) struct NotificationService {
    database: Database,
}

impl NotificationService {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }
}

/// Permits the platform alone: what jobs do.
pub(crate) fn require_system(actor: &Actor) -> Result<(), Denied> {
    if actor.who == Who::System { Ok(()) } else { Err(Denied::Unauthenticated) }
}

/// Permits a person, or a key for him, in his own feed.
fn require_reader(actor: &Actor) -> Result<UserId, Denied> {
    actor.require(Scope::NotificationsRead)?;
    actor.user_id().ok_or(Denied::Unauthenticated)
}

#[async_trait]
impl Notifications for NotificationService {
    async fn notify(&self, actor: &Actor, notices: Vec<Notice>) -> Result<Vec<NotificationId>, Error> {
        require_system(actor)?;
        notify::notify(&self.database, actor, notices).await
    }

    async fn mailing(&self, actor: &Actor, id: NotificationId) -> Result<Option<Mailing>, Error> {
        require_system(actor)?;
        let notification = store::find(&self.database, actor.org, id).await?.ok_or(Error::NotFound)?;
        let (to, caused_by) = (notification.user, notification.caused_by);
        let facts = store::letter_facts(&self.database, actor.org, to, caused_by).await?;
        Ok(facts.map(|facts| Mailing {
            notification,
            to: facts.to,
            to_name: facts.to_name,
            locale: facts.locale,
            time_zone: facts.time_zone,
            organization_name: facts.organization_name,
            caused_by: facts.caused_by,
        }))
    }

    async fn list(
        &self,
        actor: &Actor,
        filter: &FeedFilter,
        page: &PageRequest,
    ) -> Result<Page<Notification>, Error> {
        let user = require_reader(actor)?;
        Ok(store::list(&self.database, actor.org, user, filter, page).await?)
    }

    async fn counts(&self, actor: &Actor) -> Result<Counts, Error> {
        let user = require_reader(actor)?;
        Ok(store::counts(&self.database, actor.org, user).await?)
    }

    async fn mark(
        &self,
        actor: &Actor,
        id: NotificationId,
        mark: MarkNotification,
    ) -> Result<Notification, Error> {
        let user = require_reader(actor)?;
        let (org, now) = (actor.org, self.database.env().now());
        self.database
            .commit(actor, move |tx: &Tx| {
                Box::pin(async move {
                    let found = store::find_own(tx.connection(), org, user, id).await?;
                    let found = found.ok_or(Error::NotFound)?;
                    let mark = mark.parse(now).map_err(Error::Invalid)?;
                    if store::mark(tx, org, user, Which::One(id), mark, now).await? == 0 {
                        return Ok(found);
                    }
                    let event = NotificationEvent::NotificationMarked { notification: id, user, mark };
                    tx.tell(Stream::Organization(org), event);
                    store::find_own(tx.connection(), org, user, id).await?.ok_or(Error::NotFound)
                })
            })
            .await
    }

    async fn mark_all(&self, actor: &Actor, marks: MarkAll) -> Result<u64, Error> {
        let user = require_reader(actor)?;
        let (org, now) = (actor.org, self.database.env().now());
        let mark = marks.mark.parse(now).map_err(Error::Invalid)?;
        let (category, up_to) = (marks.category, marks.up_to);
        self.database
            .commit(actor, move |tx: &Tx| {
                Box::pin(async move {
                    let count = store::mark(tx, org, user, Which::All { category, up_to }, mark, now).await?;
                    if count > 0 {
                        let event = NotificationEvent::FeedMarked { user, mark, category, count };
                        tx.tell(Stream::Organization(org), event);
                    }
                    Ok(count)
                })
            })
            .await
    }

    async fn preferences(&self, actor: &Actor) -> Result<Vec<Preference>, Error> {
        let user = require_reader(actor)?;
        let (own, organization) = store::read_both(&self.database, actor.org, user).await?;
        Ok(of_person(&own, &organization))
    }

    async fn choose(&self, actor: &Actor, choices: Vec<ChoosePreference>) -> Result<Vec<Preference>, Error> {
        let user = require_reader(actor)?;
        let (org, now) = (actor.org, self.database.env().now());
        let wishes = Choice::parse_all(&choices).map_err(Error::Invalid)?;
        self.database
            .commit(actor, move |tx: &Tx| {
                Box::pin(async move {
                    let before = store::hold_choices(tx, org, user, now).await?;
                    let (organization, _) = store::defaults(tx.connection(), org).await?;
                    let (after, changed) = before.after(&wishes);
                    if !changed.is_empty() {
                        store::save_choices(tx, org, user, &after, now).await?;
                        tx.tell(
                            Stream::Organization(org),
                            preferences_changed(user, changed, &before, &after),
                        );
                    }
                    Ok(of_person(&after, &organization))
                })
            })
            .await
    }

    async fn defaults(&self, actor: &Actor) -> Result<Defaults, Error> {
        actor.require(Scope::NotificationsManage)?;
        let (choices, version) = store::defaults(self.database.reader(), actor.org).await?;
        Ok(Defaults { version, preferences: of_organization(&choices) })
    }

    async fn choose_defaults(
        &self,
        actor: &Actor,
        expected: Version,
        choices: Vec<ChoosePreference>,
    ) -> Result<Defaults, Error> {
        actor.require(Scope::NotificationsManage)?;
        let (org, now) = (actor.org, self.database.env().now());
        self.database
            .commit(actor, move |tx: &Tx| {
                Box::pin(async move {
                    let (before, current) = store::hold_defaults(tx, org, now).await?;
                    if current != expected {
                        return Err(Error::Stale { current });
                    }
                    let wishes = Choice::parse_all(&choices).map_err(Error::Invalid)?;
                    let (after, changed) = before.after(&wishes);
                    if changed.is_empty() {
                        return Ok(Defaults { version: current, preferences: of_organization(&after) });
                    }
                    let version = current.next();
                    store::save_defaults(tx, org, &after, version, now).await?;
                    tx.tell(
                        Stream::Organization(org),
                        defaults_changed(org, version, changed, &before, &after),
                    );
                    Ok(Defaults { version, preferences: of_organization(&after) })
                })
            })
            .await
    }

    async fn forget(&self, tx: &Tx, user: UserId) -> Result<(), Error> {
        Ok(store::erasure::person(tx, user).await?)
    }

    async fn erase(&self, tx: &Tx, org: OrganizationId, limit: u64) -> Result<bool, Error> {
        Ok(store::erasure::organization(tx, org, limit).await?)
    }
}

fn preferences_changed(
    user: UserId,
    changed: Vec<String>,
    before: &Choices,
    after: &Choices,
) -> NotificationEvent {
    let (before, after) = (before.to_json(), after.to_json());
    NotificationEvent::PreferencesChanged { user, changed, before, after }
}

fn defaults_changed(
    organization: OrganizationId,
    version: Version,
    changed: Vec<String>,
    before: &Choices,
    after: &Choices,
) -> NotificationEvent {
    let (before, after) = (before.to_json(), after.to_json());
    NotificationEvent::DefaultsChanged { organization, version, changed, before, after }
}
