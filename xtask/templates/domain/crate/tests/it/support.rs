use std::sync::Arc;

use async_trait::async_trait;
use database::entities::{membership, organization, role, user};
use database::{Database, StoreError, Tx, log, testing};
use kernel::{
    Actor, App, OrganizationId, PortFault, Request, Rights, Scope, Stream, SystemRole, Timestamp, UserId,
};
use sea_orm::{ActiveValue::Set, EntityTrait};
use __things__::{Create__Thing__, People, __Thing__, __Things__};
use uuid::Uuid;

/// The service, and two organizations with one member each.
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) __things__: Arc<dyn __Things__>,
    pub(crate) himal: (OrganizationId, UserId),
    pub(crate) terai: (OrganizationId, UserId),
}

/// Reads memberships as they are.
struct Staff(Database);

#[async_trait]
impl People for Staff {
    async fn is_member(&self, org: OrganizationId, user: UserId) -> Result<bool, PortFault> {
        let row = membership::Entity::find_by_id((org.uuid(), user.uuid())).one(self.0.reader()).await;
        Ok(row.map_err(StoreError::from).map_err(PortFault::new)?.is_some())
    }
}

/// Runs a test in a world of its own.
pub(crate) async fn run(test: impl AsyncFnOnce(World)) {
    testing::run(async |database: Database| {
        let env = database.env().clone();
        let (himal, terai) = ((env.id(), env.id()), (env.id(), env.id()));
        found(&database, himal).await;
        found(&database, terai).await;
        let __things__ = __things__::service(database.clone(), Arc::new(Staff(database.clone())));
        test(World { database, __things__, himal, terai }).await;
    })
    .await;
}

impl World {
    /// The member of an organization, with these scopes.
    pub(crate) fn actor(&self, (org, user): (OrganizationId, UserId), scopes: &[Scope]) -> Actor {
        let rights = Rights {
            role: Some(SystemRole::Member.id()),
            rank: Some(SystemRole::Member.rank()),
            scopes: scopes.iter().copied().collect(),
            apps: App::ALL.into_iter().collect(),
            ..Rights::default()
        };
        Actor::user(user, Uuid::from_u128(1).into(), Request::default()).with_rights(org, rights)
    }

    pub(crate) fn writer(&self) -> Actor {
        self.actor(self.himal, &[Scope::__Things__Read, Scope::__Things__Write])
    }

    /// Somebody of another organization, with every right there.
    pub(crate) fn stranger(&self) -> Actor {
        self.actor(self.terai, &[Scope::__Things__Read, Scope::__Things__Write])
    }

    pub(crate) async fn make(&self, name: &str) -> __Thing__ {
        let command = Create__Thing__ { name: name.to_owned(), ..Create__Thing__::default() };
        self.__things__.create(&self.writer(), command).await.expect("made")
    }

    /// The kinds of the events of an organization.
    pub(crate) async fn told(&self, org: OrganizationId) -> Vec<String> {
        let events = log::since(&self.database, org.uuid(), 0, 1_000).await.expect("read");
        events.into_iter().map(|event| event.kind).collect()
    }
}

/// An organization with a role and one member.
async fn found(database: &Database, (org, user): (OrganizationId, UserId)) {
    let now = database.env().now();
    let (organization, role) = organization(org, now);
    let (person, member) = member(org, user, now);
    let written: Result<(), StoreError> = database
        .commit(&Actor::system(OrganizationId::PLATFORM), move |tx: &Tx| {
            Box::pin(async move {
                let on = tx.connection();
                organization::Entity::insert(organization).exec_without_returning(on).await?;
                role::Entity::insert(role).exec_without_returning(on).await?;
                user::Entity::insert(person).exec_without_returning(on).await?;
                membership::Entity::insert(member).exec_without_returning(on).await?;
                tx.open_stream(Stream::Organization(org)).await
            })
        })
        .await;
    written.expect("founded");
}

fn organization(org: OrganizationId, now: Timestamp) -> (organization::ActiveModel, role::ActiveModel) {
    let organization = organization::ActiveModel {
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
    let role = role::ActiveModel {
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
    (organization, role)
}

fn member(
    org: OrganizationId,
    user: UserId,
    now: Timestamp,
) -> (user::ActiveModel, membership::ActiveModel) {
    let person = user::ActiveModel {
        id: Set(user.uuid()),
        email: Set(format!("{user}@example.com")),
        full_name: Set("Asha Rai".to_owned()),
        display_name: Set(None),
        locale: Set("en".to_owned()),
        time_zone: Set("Asia/Kathmandu".to_owned()),
        calendar: Set("ad".to_owned()),
        theme: Set("system".to_owned()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        delete_after: Set(None),
    };
    let member = membership::ActiveModel {
        organization_id: Set(org.uuid()),
        user_id: Set(user.uuid()),
        role_id: Set(SystemRole::Member.id().uuid()),
        status: Set("active".to_owned()),
        epoch: Set(1),
        version: Set(1),
        joined_at: Set(now),
        updated_at: Set(now),
    };
    (person, member)
}
