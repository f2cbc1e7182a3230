use std::sync::Arc;

use chrono::TimeDelta;
use database::entities::{job, membership, organization, role, user};
use database::{Database, StoreError, Tx, log};
use kernel::{
    Actor, Audience, Event, EventId, JobDraft, OrganizationId, Queue, Request, Rights, RoleId, Scope,
    ScopeSet, Stream, Subject, SystemRole, UserId,
};
use notifications::{Category, Notice, Notifications};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

/// A role that may do nothing, not even receive notifications.
const MUTE: RoleId = RoleId::from_uuid(Uuid::from_u128(77));

/// Two organizations. Asha, Bikash and Chitra are members of the first; Dhana may receive nothing there; Esha was
/// suspended. All of them are in the second, and Asha owns both.
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) org: OrganizationId,
    pub(crate) other: OrganizationId,
    pub(crate) asha: UserId,
    pub(crate) bikash: UserId,
    pub(crate) chitra: UserId,
    pub(crate) dhana: UserId,
    pub(crate) esha: UserId,
}

pub(crate) fn id<T: From<Uuid>>(number: u128) -> T {
    Uuid::from_u128(number).into()
}

impl World {
    pub(crate) async fn new(database: Database) -> Self {
        let world = Self {
            org: id(1),
            other: id(2),
            asha: id(11),
            bikash: id(12),
            chitra: id(13),
            dhana: id(14),
            esha: id(15),
            database,
        };
        for (user, name) in [
            (world.asha, "Asha Rai"),
            (world.bikash, "Bikash Thapa"),
            (world.chitra, "Chitra Lama"),
            (world.dhana, "Dhana Gurung"),
            (world.esha, "Esha Karki"),
        ] {
            world.user(user, name).await;
        }
        for org in [world.org, world.other] {
            world.organization(org).await;
            for user in [world.asha, world.bikash, world.chitra, world.dhana, world.esha] {
                world.member(org, user).await;
            }
        }
        world
    }

    pub(crate) fn service(&self) -> Arc<dyn Notifications> {
        notifications::service(self.database.clone())
    }

    async fn user(&self, user: UserId, name: &str) {
        let now = self.database.env().now();
        let first = name.split(' ').next().expect("a first name").to_lowercase();
        let row = user::ActiveModel {
            id: Set(user.uuid()),
            email: Set(format!("{first}@example.com")),
            full_name: Set(name.to_owned()),
            display_name: Set(None),
            locale: Set("ne".to_owned()),
            time_zone: Set("Asia/Kathmandu".to_owned()),
            calendar: Set("ad".to_owned()),
            theme: Set("system".to_owned()),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            delete_after: Set(None),
        };
        self.insert::<user::Entity>(row).await;
    }

    async fn organization(&self, org: OrganizationId) {
        let now = self.database.env().now();
        let row = organization::ActiveModel {
            id: Set(org.uuid()),
            name: Set(format!("Acme {}", org.uuid().as_u128())),
            slug: Set(format!("acme-{}", org.uuid().as_u128())),
            legal_name: Set(None),
            tax_id: Set(None),
            address: Set(None),
            phone: Set(None),
            email: Set(None),
            require_mfa: Set(false),
            mfa_grace_days: Set(0),
            mfa_required_since: Set(None),
            allowed_domains: Set(String::new()),
            session_max_days: Set(30),
            epoch: Set(1),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            delete_after: Set(None),
        };
        self.insert::<organization::Entity>(row).await;
        let opened: Result<(), StoreError> = self
            .database
            .commit(&Actor::system(org), move |tx: &Tx| {
                Box::pin(async move { tx.open_stream(Stream::Organization(org)).await })
            })
            .await;
        opened.expect("a stream");
        self.role(org, SystemRole::Member.id(), SystemRole::Member.scopes()).await;
        self.role(org, MUTE, ScopeSet::EMPTY).await;
    }

    async fn role(&self, org: OrganizationId, role: RoleId, scopes: ScopeSet) {
        let now = self.database.env().now();
        let row = role::ActiveModel {
            organization_id: Set(org.uuid()),
            id: Set(role.uuid()),
            name: Set(role.to_string()),
            description: Set(String::new()),
            rank: Set(50),
            scopes: Set(scopes.to_stored()),
            is_system: Set(false),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
        };
        self.insert::<role::Entity>(row).await;
    }

    async fn member(&self, org: OrganizationId, user: UserId) {
        let now = self.database.env().now();
        let first = org == self.org;
        let (mute, suspended) = (first && user == self.dhana, first && user == self.esha);
        let role = if mute { MUTE } else { SystemRole::Member.id() };
        let row = membership::ActiveModel {
            organization_id: Set(org.uuid()),
            user_id: Set(user.uuid()),
            role_id: Set(role.uuid()),
            status: Set(if suspended { "suspended" } else { "active" }.to_owned()),
            epoch: Set(1),
            version: Set(1),
            joined_at: Set(now),
            updated_at: Set(now),
        };
        self.insert::<membership::Entity>(row).await;
    }

    /// Takes a person out of the first organization.
    pub(crate) async fn suspend(&self, user: UserId) {
        let org = self.org;
        let done: Result<(), StoreError> = self
            .database
            .commit(&Actor::system(org), move |tx: &Tx| {
                Box::pin(async move {
                    membership::Entity::update_many()
                        .col_expr(membership::Column::Status, Expr::value("suspended"))
                        .filter(membership::Column::OrganizationId.eq(org.uuid()))
                        .filter(membership::Column::UserId.eq(user.uuid()))
                        .exec(tx.connection())
                        .await?;
                    Ok(())
                })
            })
            .await;
        done.expect("suspended");
    }

    async fn insert<E: EntityTrait>(&self, row: E::ActiveModel)
    where
        E::ActiveModel: Send + 'static,
    {
        let done: Result<(), StoreError> = self
            .database
            .commit(&Actor::system(OrganizationId::PLATFORM), move |tx: &Tx| {
                Box::pin(async move {
                    E::insert(row).exec_without_returning(tx.connection()).await?;
                    Ok(())
                })
            })
            .await;
        done.expect("a row");
    }

    /// Somebody does something in an organization; nobody is the system.
    pub(crate) async fn happened(&self, org: OrganizationId, causer: Option<UserId>) -> EventId {
        let actor = match causer {
            Some(user) => person(org, user),
            None => Actor::system(org),
        };
        let told: Result<(), StoreError> = self
            .database
            .commit(&actor, move |tx: &Tx| {
                Box::pin(async move {
                    tx.tell(Stream::Organization(org), Happened);
                    Ok(())
                })
            })
            .await;
        told.expect("told");
        self.events(org, "tests.thing_happened").await.last().expect("one event").id
    }

    /// The events of a kind in an organization, oldest first.
    pub(crate) async fn events(&self, org: OrganizationId, kind: &str) -> Vec<log::Recorded> {
        let events = log::since(&self.database, org.uuid(), 0, 10_000).await.expect("read");
        events.into_iter().filter(|event| event.kind == kind).collect()
    }

    /// A worker with a fresh job of an organization.
    pub(crate) async fn job(&self, org: OrganizationId) -> Actor {
        let draft = JobDraft {
            kind: "tests.work",
            queue: Queue::Default,
            stream: Stream::Organization(org),
            payload: "{}".to_owned(),
            run_at: None,
            dedupe_key: None,
        };
        let written: Result<(), StoreError> = self
            .database
            .commit(&Actor::system(org), move |tx: &Tx| {
                Box::pin(async move {
                    tx.enqueue(draft);
                    Ok(())
                })
            })
            .await;
        written.expect("a job");
        let appetite =
            database::jobs::Appetite { batch: 1, per_organization: 1_000, lease: TimeDelta::seconds(30) };
        let claimed = database::jobs::claim(&self.database, Queue::Default, appetite).await.expect("claimed");
        Actor::job(org, claimed.into_iter().next().expect("the job").lease)
    }

    /// In which state a worker's job is.
    pub(crate) async fn job_state(&self, worker: &Actor) -> String {
        let kernel::Cause::Job(lease) = &worker.cause else {
            panic!("no worker");
        };
        let row = job::Entity::find_by_id(lease.job.uuid()).one(self.database.reader()).await.expect("read");
        row.expect("the job").state
    }

    /// Tells people of a new event of the system.
    pub(crate) async fn notify(&self, recipients: &[UserId], category: Category) -> EventId {
        let event = self.happened(self.org, None).await;
        let worker = self.job(self.org).await;
        let notice = Notice { category, ..notice(event, recipients) };
        self.service().notify(&worker, vec![notice]).await.expect("told");
        event
    }
}

/// News of an event for some people.
pub(crate) fn notice(event: EventId, recipients: &[UserId]) -> Notice {
    Notice {
        event,
        recipients: recipients.to_vec(),
        category: Category::Assignments,
        kind: "ticket_assigned",
        subject: Subject::new("ticket", Uuid::from_u128(500)),
        data: json!({ "number": 7 }),
        critical: false,
    }
}

/// A member with the rights of one.
pub(crate) fn person(org: OrganizationId, user: UserId) -> Actor {
    with_scopes(org, user, SystemRole::Member.scopes())
}

/// A member who may also change the organization's defaults.
pub(crate) fn manager(org: OrganizationId, user: UserId) -> Actor {
    with_scopes(org, user, [Scope::NotificationsRead, Scope::NotificationsManage].into_iter().collect())
}

pub(crate) fn with_scopes(org: OrganizationId, user: UserId, scopes: ScopeSet) -> Actor {
    let rights = Rights { role: Some(SystemRole::Member.id()), scopes, ..Rights::default() };
    Actor::user(user, id(99), Request::default()).with_rights(org, rights)
}

#[derive(Debug)]
struct Happened;

impl Event for Happened {
    fn kind(&self) -> &'static str {
        "tests.thing_happened"
    }

    fn subject(&self) -> Subject {
        Subject::new("thing", Uuid::from_u128(500))
    }

    fn audience(&self) -> Audience {
        Audience::Members
    }

    fn data(&self) -> Value {
        Value::Null
    }
}
