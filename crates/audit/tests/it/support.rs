use std::sync::Arc;

use audit::Audit;
use database::entities::{event, user};
use database::{Database, StoreError, Tx};
use kernel::{
    Actor, Audience, Event, OrganizationId, Request, Rights, Scope, Stream, Subject, SystemRole, UserId,
    Version, Who,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) const ORG: OrganizationId = OrganizationId::from_uuid(Uuid::from_u128(1));
pub(crate) const OTHER: OrganizationId = OrganizationId::from_uuid(Uuid::from_u128(2));
pub(crate) const ASHA: UserId = UserId::from_uuid(Uuid::from_u128(11));
pub(crate) const BIKASH: UserId = UserId::from_uuid(Uuid::from_u128(12));

/// An event of these tests.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) kind: &'static str,
    pub(crate) subject: (&'static str, u128),
    pub(crate) audience: Audience,
    pub(crate) data: Value,
    pub(crate) private: Value,
}

pub(crate) fn told(kind: &'static str) -> Told {
    Told {
        kind,
        subject: ("ticket", 500),
        audience: Audience::Members,
        data: Value::Null,
        private: Value::Null,
    }
}

impl Event for Told {
    fn kind(&self) -> &'static str {
        self.kind
    }

    fn subject(&self) -> Subject {
        Subject::new(self.subject.0, Uuid::from_u128(self.subject.1)).at(Version(3))
    }

    fn audience(&self) -> Audience {
        self.audience.clone()
    }

    fn data(&self) -> Value {
        self.data.clone()
    }

    fn private(&self) -> Value {
        self.private.clone()
    }
}

/// Two organizations with an empty log each, and two people.
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) audit: Arc<dyn Audit>,
}

impl World {
    pub(crate) async fn new(database: Database) -> Self {
        let now = database.env().now();
        let opened: Result<(), StoreError> = database
            .commit(&Actor::system(OrganizationId::PLATFORM), move |tx: &Tx| {
                Box::pin(async move {
                    for (user, name) in [(ASHA, "Asha Rai"), (BIKASH, "=cmd|' /C calc'!A0")] {
                        let row = user::ActiveModel {
                            id: Set(user.uuid()),
                            email: Set(format!("{user}@example.com")),
                            full_name: Set(name.to_owned()),
                            display_name: Set(None),
                            locale: Set("en".to_owned()),
                            time_zone: Set("UTC".to_owned()),
                            calendar: Set("ad".to_owned()),
                            theme: Set("system".to_owned()),
                            version: Set(1),
                            created_at: Set(now),
                            updated_at: Set(now),
                            delete_after: Set(None),
                        };
                        user::Entity::insert(row).exec_without_returning(tx.connection()).await?;
                    }
                    tx.open_stream(Stream::Organization(ORG)).await?;
                    tx.open_stream(Stream::Organization(OTHER)).await
                })
            })
            .await;
        opened.expect("people and streams");
        Self { audit: audit::service(database.clone()), database }
    }

    /// Tells events, one commit each.
    pub(crate) async fn tell(&self, actor: &Actor, events: impl IntoIterator<Item = Told>) {
        for event in events {
            self.tell_at_once(actor, vec![event]).await;
        }
    }

    /// Tells events in one commit.
    pub(crate) async fn tell_at_once(&self, actor: &Actor, events: Vec<Told>) {
        let org = actor.org;
        let told: Result<(), StoreError> = self
            .database
            .commit(actor, move |tx: &Tx| {
                Box::pin(async move {
                    for event in events {
                        tx.tell(Stream::Organization(org), event);
                    }
                    Ok(())
                })
            })
            .await;
        told.expect("told");
    }

    /// Removes the oldest events of the first organization, as keeping them for a time only would.
    pub(crate) async fn forget_up_to(&self, seq: i64) {
        let gone: Result<(), StoreError> = self
            .database
            .commit(&Actor::system(ORG), move |tx: &Tx| {
                Box::pin(async move {
                    event::Entity::delete_many()
                        .filter(event::Column::StreamId.eq(ORG.uuid()))
                        .filter(event::Column::Seq.lte(seq))
                        .exec(tx.connection())
                        .await?;
                    Ok(())
                })
            })
            .await;
        gone.expect("gone");
    }
}

pub(crate) fn actor(org: OrganizationId, user: UserId, role: SystemRole, scopes: &[Scope]) -> Actor {
    let request = Request {
        id: Uuid::from_u128(900),
        ip: Some([203, 0, 113, 7].into()),
        user_agent: Some("@Firefox".to_owned()),
        client: Some(Uuid::from_u128(901)),
        trace: Some("0af7651916cd43dd8448eb211c80319c".to_owned()),
        idempotency: None,
    };
    let rights =
        Rights { role: Some(role.id()), scopes: scopes.iter().copied().collect(), ..Rights::default() };
    Actor::user(user, Uuid::from_u128(99).into(), request).with_rights(org, rights)
}

/// Somebody who may read and export the log.
pub(crate) fn auditor(org: OrganizationId) -> Actor {
    actor(org, ASHA, SystemRole::Owner, &[Scope::AuditRead, Scope::AuditExport, Scope::FilesRead])
}

/// A member without any say over the log.
pub(crate) fn member(user: UserId) -> Actor {
    actor(ORG, user, SystemRole::Member, &[Scope::FilesRead])
}

/// A key that acts for a person.
pub(crate) fn key_of(person: Actor) -> Actor {
    let user = person.user_id().expect("a person");
    Actor { who: Who::ApiKey { key: Uuid::from_u128(77).into(), user }, ..person }
}

pub(crate) fn named(n: u128) -> Value {
    json!({ "n": n.to_string() })
}
