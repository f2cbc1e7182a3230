use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::TimeDelta;
use database::entities::{invitation, membership, role};
use database::{AfterCommit, Committed, Database, StoreError, log, testing};
use kernel::{
    Actor, App, Assurance, EmailAddress, Env, Eviction, InvitationId, JobDraft, OrganizationId, Rank,
    Reactions, Request, Rights, RoleId, ScopeSet, Stream, SystemRole, Told, UserId, Version,
};
use organizations::{Error, InvitationLetter, MemberStatus, Ports, Services, UpdateMember};
use platform::{Cache, Keyring, LocalCache};
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use crate::ports::{self, Others};

/// The services under test and what surrounds them. Cheap to clone, so that races share it.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) services: Services,
    pub(crate) others: Arc<Others>,
    pub(crate) ears: Arc<Ears>,
}

/// Hears what commits evict, and drops it from the cache as the real listener does.
pub(crate) struct Ears {
    cache: Arc<dyn Cache>,
    pub(crate) evictions: Mutex<Vec<Eviction>>,
}

#[async_trait]
impl AfterCommit for Ears {
    async fn committed(&self, outcome: Committed) {
        for eviction in outcome.evictions {
            if let Eviction::Key(key) = &eviction {
                self.cache.forget(key).await;
            }
            self.evictions.lock().expect("not poisoned").push(eviction);
        }
    }
}

struct Nothing;

impl Reactions for Nothing {
    fn react(&self, _: &Told<'_>) -> Vec<JobDraft> {
        Vec::new()
    }
}

/// Runs a test in a world of its own.
pub(crate) async fn run(test: impl AsyncFnOnce(World)) {
    testing::run(async |database: Database| {
        let cache: Arc<dyn Cache> = Arc::new(LocalCache::new(database.env().clone()));
        let ears = Arc::new(Ears { cache: cache.clone(), evictions: Mutex::default() });
        let database = database.reacting(Arc::new(Nothing), ears.clone());
        let keyring = Keyring::from_secret(&"11".repeat(32)).expect("a key");
        let others = Arc::new(Others::default());
        let ports = Ports {
            accounts: others.clone(),
            second_factors: others.clone(),
            beginnings: others.clone(),
            erasers: others.clone(),
        };
        let services = organizations::service(database.clone(), keyring, ports, cache);
        test(World { database, services, others, ears }).await;
    })
    .await;
}

pub(crate) fn email(text: &str) -> EmailAddress {
    EmailAddress::parse("email", text).expect("an address")
}

pub(crate) fn system() -> Actor {
    Actor::system(OrganizationId::PLATFORM)
}

impl World {
    pub(crate) fn env(&self) -> &Env {
        self.database.env()
    }

    /// Somebody with an account and no organization.
    pub(crate) async fn person(&self, address: &str) -> UserId {
        let id = self.env().id::<UserId>();
        let name = address.split('@').next().unwrap_or_default();
        let row = ports::person(id, &email(address), name, self.env().now());
        let written: Result<(), StoreError> = self
            .database
            .commit(&system(), move |tx| Box::pin(async move { ports::insert(tx, row, id).await }))
            .await;
        written.expect("a new person");
        id
    }

    pub(crate) async fn try_found(&self, owner: UserId, name: &str) -> Result<OrganizationId, Error> {
        let (env, name) = (self.env().clone(), name.to_owned());
        self.database
            .commit(&system(), move |tx| {
                Box::pin(async move { organizations::found(&env, tx, owner, &name).await })
            })
            .await
    }

    /// An organization and its owner, `owner@himal.np`.
    pub(crate) async fn himal(&self) -> (OrganizationId, UserId) {
        let owner = self.person("owner@himal.np").await;
        (self.try_found(owner, "Himal Traders").await.expect("founded"), owner)
    }

    /// Somebody with an account and a role.
    pub(crate) async fn member(&self, org: OrganizationId, address: &str, role: RoleId) -> UserId {
        let user = self.person(address).await;
        self.seat(org, user, role).await;
        user
    }

    /// Gives somebody a system role in an organization.
    pub(crate) async fn enlist(&self, org: OrganizationId, user: UserId, role: SystemRole) {
        self.seat(org, user, role.id()).await;
    }

    async fn seat(&self, org: OrganizationId, user: UserId, role: RoleId) {
        let now = self.env().now();
        let row = membership::ActiveModel {
            organization_id: Set(org.uuid()),
            user_id: Set(user.uuid()),
            role_id: Set(role.uuid()),
            status: Set("active".to_owned()),
            epoch: Set(1),
            version: Set(1),
            joined_at: Set(now),
            updated_at: Set(now),
        };
        let written: Result<(), StoreError> = self
            .database
            .commit(&system(), move |tx| {
                Box::pin(async move {
                    membership::Entity::insert(row).exec_without_returning(tx.connection()).await?;
                    Ok(())
                })
            })
            .await;
        written.expect("a new member");
    }

    pub(crate) async fn solely_owned(&self, user: UserId) -> Vec<OrganizationId> {
        let members = self.services.members.clone();
        let asked: Result<_, Error> = self
            .database
            .commit(&system(), move |tx| Box::pin(async move { members.solely_owned(tx, user).await }))
            .await;
        asked.expect("asked")
    }

    pub(crate) async fn forget(&self, user: UserId) -> Result<(), Error> {
        let members = self.services.members.clone();
        self.database
            .commit(&system(), move |tx| Box::pin(async move { members.forget(tx, user).await }))
            .await
    }

    pub(crate) async fn membership(&self, org: OrganizationId, user: UserId) -> membership::Model {
        let found =
            membership::Entity::find_by_id((org.uuid(), user.uuid())).one(self.database.reader()).await;
        found.expect("read").expect("a member")
    }

    pub(crate) async fn version(&self, org: OrganizationId, user: UserId) -> Version {
        Version(self.membership(org, user).await.version)
    }

    /// Somebody signed in with both factors just now, and no organization.
    pub(crate) fn signed_in(&self, user: UserId) -> Actor {
        let assurance = Assurance {
            mfa_demanded: false,
            mfa_proven: true,
            fresh_until: Some(self.env().now() + TimeDelta::minutes(10)),
        };
        let rights = Rights { assurance, ..Rights::default() };
        Actor::user(user, Uuid::from_u128(1).into(), Request::default())
            .with_rights(OrganizationId::PLATFORM, rights)
    }

    /// The same in an organization, with the rights he has there at this moment.
    pub(crate) async fn actor(&self, org: OrganizationId, user: UserId) -> Actor {
        let membership = self.membership(org, user).await;
        assert_eq!(membership.status, MemberStatus::Active.name());
        let role =
            role::Entity::find_by_id((org.uuid(), membership.role_id)).one(self.database.reader()).await;
        let role = role.expect("read").expect("a role");
        let signed_in = self.signed_in(user);
        let rights = Rights {
            role: Some(role.id.into()),
            rank: Some(Rank(u8::try_from(role.rank).expect("small"))),
            scopes: ScopeSet::parse_stored(&role.scopes),
            apps: [App::Tickets].into_iter().collect(),
            assurance: signed_in.rights.assurance,
        };
        signed_in.with_rights(org, rights)
    }

    /// Whether he is an active member with this role.
    pub(crate) async fn has_role(&self, org: OrganizationId, user: UserId, role: SystemRole) -> bool {
        let membership = self.membership(org, user).await;
        membership.status == "active" && membership.role_id == role.id().uuid()
    }

    pub(crate) async fn active_owners(&self, org: OrganizationId) -> usize {
        let members = membership::Entity::find().all(self.database.reader()).await.expect("read");
        members
            .iter()
            .filter(|m| m.organization_id == org.uuid() && m.status == "active")
            .filter(|m| m.role_id == SystemRole::Owner.id().uuid())
            .count()
    }

    /// What the mail of an invitation would say.
    pub(crate) async fn letter(&self, invitation: InvitationId) -> Option<InvitationLetter> {
        self.services.invitations.letter(invitation).await.expect("read")
    }

    /// The id of the one invitation there is.
    pub(crate) async fn only_invitation(&self) -> InvitationId {
        let rows = invitation::Entity::find().all(self.database.reader()).await.expect("read");
        assert_eq!(rows.len(), 1);
        rows.first().expect("one").id.into()
    }

    /// The events of a stream.
    pub(crate) async fn events(&self, stream: Stream) -> Vec<log::Recorded> {
        log::since(&self.database, stream.id(), 0, 1_000).await.expect("read")
    }

    /// Their kinds.
    pub(crate) async fn told(&self, stream: Stream) -> Vec<String> {
        self.events(stream).await.into_iter().map(|event| event.kind).collect()
    }

    /// What commits have evicted since the last call.
    pub(crate) fn evicted(&self) -> Vec<Eviction> {
        std::mem::take(&mut *self.ears.evictions.lock().expect("not poisoned"))
    }
}

/// Gives somebody another role.
pub(crate) fn role_of(role: SystemRole) -> UpdateMember {
    UpdateMember { role: Some(role.id()), status: None }
}
