use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::TimeDelta;
use database::entities::{membership, organization, role};
use database::{Database, StoreError, Tx, log, testing};
use kernel::{
    Actor, Assurance, EmailAddress, Env, Locale, OrganizationId, PortFault, Request, Rights, Scope, Stream,
    SystemRole, UserId,
};
use sea_orm::{ActiveValue::Set, EntityTrait};
use users::{Error, NewUser, Ownerships, Traces, User, Users};
use uuid::Uuid;

/// The service under test and what surrounds it.
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) users: Arc<dyn Users>,
    pub(crate) others: Arc<Others>,
}

/// The other domains: who owns what, and who was asked to forget whom.
#[derive(Default)]
pub(crate) struct Others {
    pub(crate) sole: Mutex<Vec<OrganizationId>>,
    pub(crate) forgotten: AtomicU32,
}

#[async_trait]
impl Ownerships for Others {
    async fn solely_owned(&self, _: &Tx, _: UserId) -> Result<Vec<OrganizationId>, PortFault> {
        Ok(self.sole.lock().expect("not poisoned").clone())
    }
}

#[async_trait]
impl Traces for Others {
    async fn erase(&self, _: &Tx, _: UserId) -> Result<(), PortFault> {
        self.forgotten.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

/// Runs a test in a world of its own.
pub(crate) async fn run(test: impl AsyncFnOnce(World)) {
    testing::run(async |database: Database| {
        let others = Arc::new(Others::default());
        let users = users::service(database.clone(), others.clone(), others.clone());
        test(World { database, users, others }).await;
    })
    .await;
}

impl World {
    pub(crate) fn env(&self) -> &Env {
        self.database.env()
    }

    pub(crate) async fn try_person(&self, email: &str, name: &str) -> Result<User, Error> {
        let new = NewUser {
            id: self.env().id(),
            email: EmailAddress::parse("email", email).expect("an address"),
            full_name: name.to_owned(),
            locale: Locale::En,
            time_zone: None,
        };
        let users = self.users.clone();
        let system = Actor::system(OrganizationId::PLATFORM);
        let creation =
            self.database.commit(&system, move |tx| Box::pin(async move { users.create(tx, new).await }));
        creation.await
    }

    pub(crate) async fn person(&self, email: &str, name: &str) -> User {
        self.try_person(email, name).await.expect("a new person")
    }

    /// An organization that has nothing but a stream and a role of members.
    pub(crate) async fn organization(&self) -> OrganizationId {
        let (org, now) = (self.env().id::<OrganizationId>(), self.env().now());
        let row = organization::ActiveModel {
            id: Set(org.uuid()),
            name: Set("Himal".to_owned()),
            slug: Set(format!("himal-{org}")),
            require_mfa: Set(false),
            mfa_grace_days: Set(0),
            allowed_domains: Set(String::new()),
            session_max_days: Set(30),
            epoch: Set(1),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            ..Default::default()
        };
        let member = role::ActiveModel {
            organization_id: Set(org.uuid()),
            id: Set(SystemRole::Member.id().uuid()),
            name: Set("Member".to_owned()),
            description: Set(String::new()),
            rank: Set(50),
            scopes: Set(String::new()),
            is_system: Set(true),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
        };
        self.write(move |tx| {
            Box::pin(async move {
                organization::Entity::insert(row).exec_without_returning(tx.connection()).await?;
                role::Entity::insert(member).exec_without_returning(tx.connection()).await?;
                tx.open_stream(Stream::Organization(org)).await
            })
        })
        .await;
        org
    }

    pub(crate) async fn join(&self, org: OrganizationId, user: UserId, status: &'static str) {
        let now = self.env().now();
        let row = membership::ActiveModel {
            organization_id: Set(org.uuid()),
            user_id: Set(user.uuid()),
            role_id: Set(SystemRole::Member.id().uuid()),
            status: Set(status.to_owned()),
            epoch: Set(1),
            version: Set(1),
            joined_at: Set(now),
            updated_at: Set(now),
        };
        self.write(move |tx| {
            Box::pin(async move {
                membership::Entity::insert(row).exec_without_returning(tx.connection()).await?;
                Ok(())
            })
        })
        .await;
    }

    async fn write<W>(&self, work: W)
    where
        W: for<'t> FnOnce(
                &'t Tx,
            )
                -> std::pin::Pin<Box<dyn Future<Output = Result<(), StoreError>> + Send + 't>>
            + Send
            + 'static,
    {
        let system = Actor::system(OrganizationId::PLATFORM);
        self.database.commit(&system, work).await.expect("written");
    }

    /// Somebody signed in, with a fresh proof and no organization.
    pub(crate) fn signed_in(&self, user: UserId) -> Actor {
        let assurance = Assurance {
            fresh_until: Some(self.env().now() + TimeDelta::minutes(10)),
            ..Assurance::default()
        };
        let rights = Rights { assurance, ..Rights::default() };
        let session = Uuid::from_u128(1).into();
        Actor::user(user, session, Request::default()).with_rights(OrganizationId::PLATFORM, rights)
    }

    /// The same in an organization, with these scopes.
    pub(crate) fn in_org(&self, user: UserId, org: OrganizationId, scopes: &[Scope]) -> Actor {
        let rights = Rights {
            role: Some(SystemRole::Member.id()),
            rank: Some(SystemRole::Member.rank()),
            scopes: scopes.iter().copied().collect(),
            ..Rights::default()
        };
        self.signed_in(user).with_rights(org, rights)
    }

    /// The kinds of the events of a stream.
    pub(crate) async fn told(&self, stream: Stream) -> Vec<String> {
        let events = log::since(&self.database, stream.id(), 0, 1_000).await.expect("read");
        events.into_iter().map(|event| event.kind).collect()
    }
}
