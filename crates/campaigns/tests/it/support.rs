//! An organization with people in it, a mail system that remembers, and workers.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use campaigns::{
    Act, Audience, Campaign, Campaigns, CreateCampaign, ImportRow, OptIn, Pace, Posted, Recipient,
    RecipientState, Report, Settings,
};
use chrono::TimeDelta;
use database::entities::{event, membership, organization, organization_settings, role, user};
use database::{Database, StoreError, Tx, testing};
use kernel::{
    Actor, App, CampaignRunId, Cause, ContactListId, JobDraft, Limit, OrganizationId, PageRequest, Queue,
    Request, Rights, Secret, Stream, SystemRole, UserId, Version, Who,
};
use platform::{Keyring, LocalLimiter, MailError, Mailer, OutgoingMail, Rate};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use tokio::sync::Notify;
use uuid::Uuid;

/// How the mail system takes the next mails.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manners {
    Kind,
    Greylists,
    Refuses,
    BreaksOff,
    /// Takes a mail and never answers: whoever waits is killed.
    Hangs,
}

/// A mail system that remembers what it took.
pub(crate) struct Sink {
    manners: Mutex<Manners>,
    mails: Mutex<Vec<OutgoingMail>>,
    pub(crate) touched: Notify,
}

impl Sink {
    pub(crate) fn mails(&self) -> Vec<OutgoingMail> {
        self.mails.lock().expect("whole").clone()
    }

    pub(crate) fn behaves(&self, manners: Manners) {
        *self.manners.lock().expect("whole") = manners;
    }

    /// Addresses to which a mail went, each as often as it did.
    pub(crate) fn addresses(&self) -> Vec<String> {
        let mut found: Vec<_> = self.mails().iter().map(|mail| mail.to.as_str().to_owned()).collect();
        found.sort();
        found
    }
}

#[async_trait]
impl Mailer for Sink {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailError> {
        let manners = *self.manners.lock().expect("whole");
        if matches!(manners, Manners::Kind | Manners::Hangs | Manners::BreaksOff) {
            self.mails.lock().expect("whole").push(mail.clone());
        }
        self.touched.notify_one();
        match manners {
            Manners::Kind => Ok(()),
            Manners::Greylists => Err(MailError::Temporary("451 come back later".into())),
            Manners::Refuses => Err(MailError::Permanent("550 no such user".to_owned())),
            Manners::BreaksOff => Err(MailError::Uncertain("the connection was reset".into())),
            Manners::Hangs => std::future::pending().await,
        }
    }

    async fn check(&self) -> Result<(), MailError> {
        Ok(())
    }
}

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
pub(crate) async fn run_at(rate: u32, test: impl AsyncFnOnce(World)) {
    testing::run(async |database| test(World::new(database, rate).await).await).await;
}

impl World {
    async fn new(database: Database, rate: u32) -> Self {
        let sink = Arc::new(Sink {
            manners: Mutex::new(Manners::Kind),
            mails: Mutex::default(),
            touched: Notify::new(),
        });
        let second = Duration::from_secs(1);
        let settings = Settings {
            mailer: sink.clone(),
            limiter: Arc::new(LocalLimiter::new(database.env().clone())),
            keyring: Keyring::from_secret(&"7".repeat(64)).expect("a key"),
            public_url: url::Url::parse("https://jugx.example.com").expect("a URL"),
            pace: Pace {
                organization: Rate::new("o", 100_000, second),
                domain: Rate::new("d", rate, second),
            },
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
        while self.post(campaign).await == Posted::Done {}
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
        let stream = Stream::Organization(self.org);
        let draft = JobDraft {
            kind: "tests.work",
            queue: Queue::Bulk,
            stream,
            payload: "{}".to_owned(),
            run_at: None,
            dedupe_key: None,
        };
        let written: Result<(), StoreError> = self
            .database
            .commit(&Actor::system(self.org), move |tx: &Tx| {
                Box::pin(async move {
                    tx.enqueue(draft);
                    Ok(())
                })
            })
            .await;
        written.expect("a job");
        let lease = TimeDelta::seconds(30);
        let appetite = database::jobs::Appetite { batch: 1, per_organization: 1_000, lease };
        let claimed = database::jobs::claim(&self.database, Queue::Bulk, appetite).await.expect("claimed");
        Actor::job(self.org, claimed.into_iter().next().expect("the job").lease)
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
                rows::organization(tx, id, now).await?;
                for (user, role) in rows {
                    rows::member(tx, id, user, role, now).await?;
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

/// What other domains would write.
mod rows {
    use kernel::{RoleId, Timestamp};

    use super::{
        EntityTrait, OrganizationId, Set, StoreError, SystemRole, Tx, UserId, Version, membership,
        organization, organization_settings, role, user,
    };

    pub(super) async fn organization(tx: &Tx, id: OrganizationId, now: Timestamp) -> Result<(), StoreError> {
        let row = organization::ActiveModel {
            id: Set(id.uuid()),
            name: Set("Acme".to_owned()),
            legal_name: Set(Some("Acme Private Limited".to_owned())),
            tax_id: Set(Some("301234567".to_owned())),
            slug: Set(id.to_string()),
            require_mfa: Set(false),
            mfa_grace_days: Set(0),
            allowed_domains: Set(String::new()),
            session_max_days: Set(30),
            epoch: Set(1),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            ..organization::ActiveModel::default()
        };
        organization::Entity::insert(row).exec_without_returning(tx.connection()).await?;
        roles(tx, id, now).await?;
        settings(tx, id, now).await
    }

    async fn roles(tx: &Tx, id: OrganizationId, now: Timestamp) -> Result<(), StoreError> {
        let roles = SystemRole::ALL.map(|system| role::ActiveModel {
            organization_id: Set(id.uuid()),
            id: Set(system.id().uuid()),
            name: Set(system.name().to_owned()),
            description: Set(String::new()),
            rank: Set(i64::from(system.rank().0)),
            scopes: Set(system.scopes().to_stored()),
            is_system: Set(true),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
        });
        role::Entity::insert_many(roles).exec_without_returning(tx.connection()).await?;
        Ok(())
    }

    async fn settings(tx: &Tx, id: OrganizationId, now: Timestamp) -> Result<(), StoreError> {
        let settings = organization_settings::ActiveModel {
            organization_id: Set(id.uuid()),
            currency: Set("NPR".to_owned()),
            time_zone: Set("Asia/Kathmandu".to_owned()),
            fiscal_year_start_month: Set(4),
            calendar: Set("bs".to_owned()),
            locale: Set("en".to_owned()),
            accent_color: Set("#336699".to_owned()),
            version: Set(1),
            updated_at: Set(now),
        };
        organization_settings::Entity::insert(settings).exec_without_returning(tx.connection()).await?;
        Ok(())
    }

    pub(super) async fn member(
        tx: &Tx,
        org: OrganizationId,
        id: UserId,
        role: RoleId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let person = user::ActiveModel {
            id: Set(id.uuid()),
            email: Set(format!("{id}@example.com")),
            full_name: Set(format!("Person {}", id.uuid().as_u128())),
            locale: Set("en".to_owned()),
            time_zone: Set("Asia/Kathmandu".to_owned()),
            calendar: Set("ad".to_owned()),
            theme: Set("system".to_owned()),
            version: Set(Version::FIRST.0),
            created_at: Set(now),
            updated_at: Set(now),
            ..user::ActiveModel::default()
        };
        user::Entity::insert(person).exec_without_returning(tx.connection()).await?;
        let membership = membership::ActiveModel {
            organization_id: Set(org.uuid()),
            user_id: Set(id.uuid()),
            role_id: Set(role.uuid()),
            status: Set("active".to_owned()),
            epoch: Set(1),
            version: Set(Version::FIRST.0),
            joined_at: Set(now),
            updated_at: Set(now),
        };
        membership::Entity::insert(membership).exec_without_returning(tx.connection()).await?;
        Ok(())
    }
}
