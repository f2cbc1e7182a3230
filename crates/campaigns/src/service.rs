mod acts;
mod bounces;
mod closing;
mod contacts;
mod group;
mod pace;
mod posting;
mod suppressions;
mod testing;
mod upkeep;

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use async_trait::async_trait;
use database::{Database, StoreError, Tx};
use kernel::{
    Actor, CampaignId, CampaignTestId, Event, OrganizationId, Page, PageRequest, RecipientId, Scope, Stream,
    UserId, Version, Who,
};
use platform::{Keyring, Limiter, MailError, Mailer};
use tokio::sync::Semaphore;
use url::{Host, Url};

use crate::content::{Content, Reader};
use crate::words::{missing, must_be_at, unknown};
use crate::{
    Act, Audience, Campaign, CampaignEvent, CampaignHappening, CampaignState, Campaigns, CreateCampaign,
    Error, Filled, Pace, Preflight, PreflightFault, Recipient, RecipientState, Report, Settings,
    UpdateCampaign, store, token,
};

pub(crate) struct CampaignService {
    database: Database,
    mailer: Arc<dyn Mailer>,
    limiter: Arc<dyn Limiter>,
    keyring: Keyring,
    public_url: Url,
    pace: Pace,
    /// Mails that are handed over at a time: fewer than the line to the server has room for, so that nobody who waits
    /// for a link waits behind thousands.
    hands: Semaphore,
    /// The server took nothing of the last group.
    is_down: AtomicBool,
}

/// See [`CampaignService::hands`].
const HANDS: usize = 16;

impl CampaignService {
    pub(crate) fn new(database: Database, settings: Settings) -> Self {
        let Settings { mailer, limiter, keyring, public_url, pace } = settings;
        let (hands, is_down) = (Semaphore::new(HANDS), AtomicBool::new(false));
        Self { database, mailer, limiter, keyring, public_url, pace, hands, is_down }
    }

    async fn find(&self, org: OrganizationId, id: CampaignId) -> Result<Campaign, Error> {
        store::campaigns::find(self.database.reader(), org, id).await?.ok_or(Error::NotFound)
    }

    /// The page where the recipient of a mail says that he wants no more.
    fn unsubscribe_page(&self, recipient: RecipientId) -> String {
        let token = token::of(&self.keyring, recipient);
        format!("{}/unsubscribe/{}", self.public_url.as_str().trim_end_matches('/'), token.expose())
    }

    /// The same for every try; the right half is a plain word whatever the public address is.
    fn message_id(&self, id: impl std::fmt::Display) -> String {
        let host = match self.public_url.host() {
            Some(Host::Domain(host)) => host.to_owned(),
            Some(Host::Ipv4(ip)) => ip.to_string(),
            Some(Host::Ipv6(_)) | None => "localhost".to_owned(),
        };
        format!("{id}.campaign@{host}")
    }
}

#[async_trait]
impl Campaigns for CampaignService {
    async fn create(&self, actor: &Actor, command: CreateCampaign) -> Result<Campaign, Error> {
        actor.require(Scope::CampaignsWrite)?;
        let (org, me, env) = (actor.org, actor.user_id(), self.database.env());
        let campaign = command.parse(env.id(), env.now())?;
        let created = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                there_is(tx, org, campaign.audience).await?;
                store::campaigns::insert(tx, org, &campaign, me).await.map_err(of_list)?;
                tell(tx, org, CampaignEvent::of(&campaign, CampaignHappening::Created));
                Ok::<_, Error>(campaign)
            })
        });
        created.await
    }

    async fn get(&self, actor: &Actor, id: CampaignId) -> Result<Campaign, Error> {
        actor.require(Scope::CampaignsRead)?;
        self.find(actor.org, id).await
    }

    async fn list(
        &self,
        actor: &Actor,
        state: Option<CampaignState>,
        page: &PageRequest,
    ) -> Result<Page<Campaign>, Error> {
        actor.require(Scope::CampaignsRead)?;
        Ok(store::campaigns::page(self.database.reader(), actor.org, state, page).await?)
    }

    async fn update(
        &self,
        actor: &Actor,
        id: CampaignId,
        expected: Version,
        command: UpdateCampaign,
    ) -> Result<Campaign, Error> {
        actor.require(Scope::CampaignsWrite)?;
        let (org, now) = (actor.org, self.database.env().now());
        let updated = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = store::campaigns::lock(tx, org, id).await?;
                must_be_at(before.version, expected)?;
                let (after, changes) = before.updated(command, now)?;
                if changes.is_empty() {
                    return Ok(before);
                }
                there_is(tx, org, after.audience).await?;
                store::campaigns::save(tx, org, &after).await.map_err(of_list)?;
                tell(tx, org, CampaignEvent::of(&after, CampaignHappening::Updated { changes }));
                Ok::<_, Error>(after)
            })
        });
        updated.await
    }

    async fn preview(&self, actor: &Actor, id: CampaignId, reader: Reader) -> Result<Filled, Error> {
        actor.require(Scope::CampaignsRead)?;
        let campaign = self.find(actor.org, id).await?;
        let sender = store::campaigns::sender(self.database.reader(), actor.org).await?;
        let nowhere = self.unsubscribe_page(RecipientId::from_uuid(uuid::Uuid::nil()));
        Ok(Content::read(&campaign.subject, &campaign.body).fill(&reader, &sender, &nowhere))
    }

    async fn request_test(&self, actor: &Actor, id: CampaignId) -> Result<CampaignTestId, Error> {
        self.ask_for_test(actor, id).await
    }

    async fn preflight(&self, actor: &Actor, id: CampaignId) -> Result<Preflight, Error> {
        actor.require(Scope::CampaignsRead)?;
        let campaign = self.find(actor.org, id).await?;
        self.judge(actor.org, &campaign).await
    }

    async fn act(
        &self,
        actor: &Actor,
        id: CampaignId,
        expected: Version,
        act: Act,
    ) -> Result<Campaign, Error> {
        actor.require(Scope::CampaignsSend)?;
        self.do_act(actor, id, expected, act).await
    }

    async fn report(&self, actor: &Actor, id: CampaignId) -> Result<Report, Error> {
        actor.require(Scope::CampaignsRead)?;
        let campaign = self.find(actor.org, id).await?;
        Ok(store::recipients::report(self.database.reader(), actor.org, (id, campaign.state)).await?)
    }

    async fn recipients(
        &self,
        actor: &Actor,
        id: CampaignId,
        state: Option<RecipientState>,
        page: &PageRequest,
    ) -> Result<Page<Recipient>, Error> {
        actor.require(Scope::CampaignsRead)?;
        let campaign = self.find(actor.org, id).await?;
        let of = (id, campaign.state);
        Ok(store::recipients::recipients(self.database.reader(), actor.org, of, state, page).await?)
    }

    async fn forget(&self, tx: &Tx, user: UserId) -> Result<(), Error> {
        Ok(store::erase::person(tx, user, self.database.env().now()).await?)
    }

    async fn erase(&self, tx: &Tx, org: OrganizationId, limit: u64) -> Result<bool, Error> {
        Ok(store::erase::organization(tx, org, limit).await?)
    }
}

impl CampaignService {
    /// All that is in the way of sending.
    async fn judge(&self, org: OrganizationId, campaign: &Campaign) -> Result<Preflight, Error> {
        let mut faults = Content::read(&campaign.subject, &campaign.body).faults;
        let (all, suppressed) =
            store::audience::count(self.database.reader(), org, campaign.audience).await?;
        let recipients = all.saturating_sub(suppressed);
        if recipients == 0 {
            faults.push(PreflightFault::error("audience_empty", "nobody would get it"));
        }
        Ok(Preflight { recipients, suppressed, faults })
    }
}

/// Refuses an audience that names another organization's role, or none.
async fn there_is(tx: &Tx, org: OrganizationId, audience: Audience) -> Result<(), Error> {
    match audience {
        Audience::Members { role: Some(role) } => {
            let known = store::campaigns::has_role(tx.connection(), org, role).await?;
            if known { Ok(()) } else { Err(unknown("audience/roleId")) }
        }
        Audience::List(list) => {
            let found = store::lists::find(tx.connection(), org, list).await?;
            found.map(drop).ok_or_else(|| unknown("audience/listId"))
        }
        Audience::Members { role: None } => Ok(()),
    }
}

fn of_list(error: StoreError) -> Error {
    missing(error, "fk_campaigns_list", "audience/listId")
}

fn tell(tx: &Tx, org: OrganizationId, event: impl Event) {
    tx.tell(Stream::Organization(org), event);
}

/// Only the platform itself does the work of jobs.
fn require_system(actor: &Actor) -> Result<(), Error> {
    if actor.who == Who::System { Ok(()) } else { Err(kernel::Denied::Unauthenticated.into()) }
}

/// A failure and its causes in one line, as long as a ledger keeps it.
fn reason(error: &MailError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text.chars().take(500).collect()
}
