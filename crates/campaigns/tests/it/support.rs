//! An organization with people in it, a mail system that remembers, and workers.

mod sink;

use std::sync::Arc;
use std::time::Duration;

use campaigns::{
    Act, Audience, Campaign, Campaigns, CreateCampaign, ImportRow, OptIn, Pace, Posted, Recipient,
    RecipientState, Report, Settings,
};
use chrono::TimeDelta;
use database::entities::event;
use database::testing::{self, tenant};
use database::{Database, StoreError, Tx};
use kernel::{
    Actor, App, CampaignRunId, Cause, ContactListId, JobDraft, Limit, OrganizationId, PageRequest, Queue,
    Request, Rights, Secret, Stream, SystemRole, UserId, Who,
};
use platform::{Keyring, LocalLimiter, OutgoingMail, Rate};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

pub(crate) use sink::{Manners, Sink};

/// The service on a database of its own.
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) campaigns: Arc<dyn Campaigns>,
    pub(crate) sink: Arc<Sink>,
    pub(crate) org: OrganizationId,
    pub(crate) owner: Actor,
    pub(crate) asha: Actor,
    pub(crate) guest: Actor,
    /// Where somebody else works.
    pub(crate) other: Actor,
}

/// Runs a test in a new world.
pub(crate) async fn run(test: impl AsyncFnOnce(World)) {
    run_at(100_000, test).await;
}

/// The same where so many mails a second may go to one domain.
pub(crate) async fn run_at(domain: u32, test: impl AsyncFnOnce(World)) {
    let rate = |name, quota| Rate::new(name, quota, Duration::from_secs(1));
    let (organization, provider) = (rate("o", 100_000), rate("p", 100_000));
    run_with(Pace { organization, domain: rate("d", domain), provider }, test).await;
}

/// The same at this pace.
pub(crate) async fn run_with(pace: Pace, test: impl AsyncFnOnce(World)) {
    testing::run(async |database| test(World::new(database, pace).await).await).await;
}

impl World {
    async fn new(database: Database, pace: Pace) -> Self {
        let sink = Arc::new(Sink::new());
        let settings = Settings {
            mailer: sink.clone(),
            limiter: Arc::new(LocalLimiter::new(database.env().clone())),
            keyring: Keyring::from_secret(&"7".repeat(64)).expect("a key"),
            public_url: url::Url::parse("https://jugx.example.com").expect("a URL"),
            pace,
        };
        let campaigns = campaigns::service(database.clone(), settings);
        let [owner, asha, guest] = found(&database, 1).await;
        let [other, ..] = found(&database, 2).await;
        Self { org: owner.org, database, campaigns, sink, owner, asha, guest, other }
    }

    /// A list of so many people.
    pub(crate) async fn list_of(&self, people: usize) -> ContactListId {
        let list = self.campaigns.create_list(&self.asha, "Friends", OptIn::Single).await.expect("a list").id;
        let rows: Vec<_> = (0..people).map(|place| row(&format!("p{place:05}@example.com"))).collect();
        for rows in rows.chunks(1_000) {
            self.campaigns.import(&self.asha, list, rows.to_vec()).await.expect("imported");
        }
        list
    }

    pub(crate) async fn draft(&self, audience: Audience) -> Campaign {
        let command = CreateCampaign {
            name: "Spring".to_owned(),
            subject: "Tea for {{first_name|you}}".to_owned(),
            body: "Dear {{first_name|friend}}, [look](https://tea.example)".to_owned(),
            audience,
        };
        self.campaigns.create(&self.asha, command).await.expect("drafted")
    }

    /// A campaign to so many people, set going and planned.
    pub(crate) async fn planned(&self, people: usize) -> Campaign {
        let list = self.list_of(people).await;
        let draft = self.draft(Audience::List(list)).await;
        let sending = self.act(&draft, Act::Send).await;
        let posted = self.campaigns.plan(&self.job().await, run_of(&sending)).await.expect("planned");
        assert_eq!(posted, Posted::Done);
        sending
    }

    pub(crate) async fn act(&self, campaign: &Campaign, act: Act) -> Campaign {
        let version = self.get(campaign).await.version;
        self.campaigns.act(&self.owner, campaign.id, version, act).await.expect("done")
    }

    pub(crate) async fn get(&self, campaign: &Campaign) -> Campaign {
        self.campaigns.get(&self.asha, campaign.id).await.expect("seen")
    }

    pub(crate) async fn post(&self, campaign: &Campaign) -> Posted {
        self.campaigns.post(&self.job().await, run_of(campaign)).await.expect("posted")
    }

    /// Jobs until nothing is left to do.
    pub(crate) async fn post_all(&self, campaign: &Campaign) {
        while self.post(campaign).await == Posted::Done && self.get(campaign).await.run == campaign.run {}
    }

    pub(crate) async fn report(&self, campaign: &Campaign) -> Report {
        self.campaigns.report(&self.asha, campaign.id).await.expect("reported")
    }

    pub(crate) async fn count(&self, campaign: &Campaign, state: RecipientState) -> u64 {
        self.report(campaign).await.count(state)
    }

    pub(crate) async fn recipients(
        &self,
        campaign: &Campaign,
        state: Option<RecipientState>,
    ) -> Vec<Recipient> {
        let page = PageRequest { limit: Limit::EXPORT, ..PageRequest::default() };
        self.campaigns.recipients(&self.asha, campaign.id, state, &page).await.expect("listed").rows
    }

    /// A worker with a fresh job.
    pub(crate) async fn job(&self) -> Actor {
        self.jobs(1, "{}").await.remove(0)
    }

    /// Jobs that one worker took at once.
    pub(crate) async fn jobs(&self, many: u64, payload: &str) -> Vec<Actor> {
        self.write_jobs(many, payload).await;
        let lease = TimeDelta::seconds(30);
        let appetite = database::jobs::Appetite { batch: many, per_organization: 1_000, lease };
        let claimed = database::jobs::claim(&self.database, Queue::Bulk, appetite).await.expect("claimed");
        claimed.into_iter().map(|claimed| Actor::job(self.org, claimed.lease)).collect()
    }

    pub(crate) async fn write_jobs(&self, many: u64, payload: &str) {
        let draft = JobDraft {
            kind: "tests.work",
            queue: Queue::Bulk,
            stream: Stream::Organization(self.org),
            payload: payload.to_owned(),
            run_at: None,
            dedupe_key: None,
        };
        let written: Result<(), StoreError> = self
            .database
            .commit(&Actor::system(self.org), move |tx: &Tx| {
                Box::pin(async move {
                    (0..many).for_each(|_| tx.enqueue(draft.clone()));
                    Ok(())
                })
            })
            .await;
        written.expect("jobs");
    }

    /// What was told, in order.
    pub(crate) async fn told(&self, kind: &str) -> Vec<event::Model> {
        event::Entity::find()
            .filter(event::Column::StreamId.eq(self.org.uuid()))
            .filter(event::Column::Type.eq(kind))
            .order_by_asc(event::Column::Seq)
            .all(self.database.reader())
            .await
            .expect("read")
    }
}

pub(crate) fn run_of(campaign: &Campaign) -> CampaignRunId {
    campaign.run.expect("it is being sent")
}

pub(crate) fn row(email: &str) -> ImportRow {
    ImportRow { email: email.to_owned(), first_name: Some("Asha".to_owned()), last_name: None }
}

/// What the link of a mail holds.
pub(crate) fn token(mail: &OutgoingMail) -> Secret {
    let (_, link) = mail.headers.iter().find(|(name, _)| *name == "List-Unsubscribe").expect("a way out");
    Secret::new(link.trim_end_matches('>').rsplit('/').next().expect("a token"))
}

async fn found(database: &Database, number: u128) -> [Actor; 3] {
    let id = OrganizationId::from_uuid(Uuid::from_u128(number << 64));
    let person =
        |place: u128, role| actor(id, UserId::from_uuid(Uuid::from_u128(number * 100 + place)), role);
    let people = [person(1, SystemRole::Owner), person(2, SystemRole::Member), person(3, SystemRole::Guest)];
    let rows: Vec<_> = people
        .iter()
        .map(|actor| (actor.user_id().expect("a person"), actor.rights.role.expect("a role")))
        .collect();
    let now = database.env().now();
    let founded: Result<(), StoreError> = database
        .commit(&Actor::system(id), move |tx: &Tx| {
            Box::pin(async move {
                tenant::organization(tx, id, now).await?;
                for (user, role) in rows {
                    tenant::member(tx, id, user, role, now).await?;
                }
                tx.open_stream(Stream::Organization(id)).await
            })
        })
        .await;
    founded.expect("founded");
    people
}

fn actor(org: OrganizationId, user: UserId, role: SystemRole) -> Actor {
    let rights = Rights {
        role: Some(role.id()),
        rank: Some(role.rank()),
        scopes: role.scopes(),
        apps: App::ALL.into_iter().collect(),
        ..Rights::default()
    };
    let who = Who::User { user, session: Uuid::from_u128(9).into() };
    Actor { org, who, cause: Cause::Request(Request::default()), rights }
}
