use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use actix_web::dev::ServerHandle;
use actix_web::web::{Data, ServiceConfig};
use api::{
    Callers, CursorKey, Deadlines, Dependencies, Dependency, Frame, Origins, Ports, Problem, Replays,
    Settings, Stored, WebApp,
};
use async_trait::async_trait;
use audit::Audit;
use database::entities::{membership, organization, role, user};
use database::{Database, StoreError, Tx, testing};
use kernel::{
    Actor, Audience, Event, EventId, OrganizationId, Request, Rights, Scope, ScopeSet, Stream, Subject,
    SystemRole, UserId,
};
use notifications::{Category, Notice, Notifications};
use platform::NoLimits;
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};
use uuid::Uuid;

pub(super) const ORG: OrganizationId = OrganizationId::from_uuid(Uuid::from_u128(0xacee));
pub(super) const ASHA: UserId = UserId::from_uuid(Uuid::from_u128(11));

/// A server with the three modules on a database with one member, Asha.
pub(super) struct Rig {
    pub(super) database: Database,
    notifications: Arc<dyn Notifications>,
    address: SocketAddr,
    client: Client,
    server: ServerHandle,
}

/// Runs a test against a server of its own.
pub(super) async fn run(test: impl AsyncFnOnce(&Rig)) {
    testing::run(async |database| {
        let rig = Rig::start(database).await;
        test(&rig).await;
        rig.server.stop(true).await;
    })
    .await;
}

impl Rig {
    async fn start(database: Database) -> Self {
        found(&database).await;
        let notifications = ::notifications::service(database.clone());
        let audit = ::audit::service(database.clone());
        let frame = frame(&database);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("bound");
        let services: (Data<dyn Notifications>, Data<dyn Audit>) =
            (Data::from(notifications.clone()), Data::from(audit));
        let more = move |app: &mut ServiceConfig| {
            app.app_data(services.0.clone()).app_data(services.1.clone());
        };
        let server = api::serve(frame, listener, more).expect("a server");
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { database, notifications, address, client: Client::new(), server: handle }
    }

    /// A request of somebody who holds these scopes.
    pub(super) fn with(&self, scopes: &[Scope], method: Method, path: &str) -> RequestBuilder {
        let scopes: ScopeSet = scopes.iter().copied().collect();
        self.client
            .request(method, format!("http://{}/api/v1{path}", self.address))
            .bearer_auth(format!("asha.{}", scopes.to_stored().replace(' ', ",")))
    }

    /// Something happens.
    pub(super) async fn happened(&self, audience: Audience, private: Value) -> EventId {
        let told: Result<(), StoreError> = self
            .database
            .commit(&Actor::system(ORG), move |tx: &Tx| {
                Box::pin(async move {
                    tx.tell(Stream::Organization(ORG), Happened { audience, private });
                    Ok(())
                })
            })
            .await;
        told.expect("told");
        let head = database::log::head(&self.database, ORG.uuid()).await.expect("read");
        let last = database::log::since(&self.database, ORG.uuid(), head - 1, 1).await.expect("read");
        last[0].id
    }

    /// Asha is told of something.
    pub(super) async fn notify(&self, category: Category) -> String {
        let notice = Notice {
            event: self.happened(Audience::Members, Value::Null).await,
            recipients: vec![ASHA],
            category,
            kind: "ticket_assigned",
            subject: Subject::new("ticket", Uuid::from_u128(500)),
            data: json!({ "number": 7 }),
            critical: false,
        };
        let made = self.notifications.notify(&Actor::system(ORG), vec![notice]).await.expect("told");
        made[0].to_string()
    }
}

/// An answer that was read to its end.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
}

impl Seen {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
    }

    /// Status and code of a problem.
    pub(super) fn problem(&self) -> (u16, String) {
        (self.status, self.json()["code"].as_str().unwrap_or_default().to_owned())
    }
}

pub(super) async fn send(request: RequestBuilder) -> Seen {
    let response = request.send().await.expect("an answer");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Seen { status, headers, text: response.text().await.expect("a body") }
}

fn frame(database: &Database) -> Arc<Frame> {
    let settings = Settings {
        public_url: "https://app.example.com/".parse().expect("valid"),
        origins: Origins::new(|_| false),
        trusted_proxies: 0,
        cursor_key: CursorKey::new([7; 32]),
        limits: None,
        deadlines: Deadlines::default(),
        web_app: WebApp::of(|_| None),
    };
    let ports = Ports {
        env: database.env().clone(),
        callers: Arc::new(Tokens),
        replays: Arc::new(Forgetful),
        limiter: Arc::new(NoLimits),
        dependencies: Arc::new(Alone),
    };
    Frame::new(settings, ports, api::modules()).unwrap_or_else(|error| panic!("{error}"))
}

/// Reads the rights off the token: `asha.audit:read,files:read`.
struct Tokens;

#[async_trait]
impl Callers for Tokens {
    async fn resolve(&self, bearer: &str, request: Request) -> Result<Actor, Problem> {
        let scopes = bearer.strip_prefix("asha.").ok_or_else(Problem::unauthenticated)?;
        let role = SystemRole::Member;
        let rights = Rights {
            role: Some(role.id()),
            rank: Some(role.rank()),
            scopes: ScopeSet::parse_stored(&scopes.replace(',', " ")),
            ..Rights::default()
        };
        Ok(Actor::user(ASHA, Uuid::from_u128(99).into(), request).with_rights(ORG, rights))
    }
}

struct Forgetful;

#[async_trait]
impl Replays for Forgetful {
    async fn lookup(&self, _: &Actor, _: &str) -> Result<Option<Stored>, Problem> {
        Ok(None)
    }

    async fn store(&self, _: &Actor, _: &str, _: u16, _: Vec<u8>) -> Result<(), Problem> {
        Ok(())
    }
}

struct Alone;

#[async_trait]
impl Dependencies for Alone {
    async fn check(&self) -> Vec<Dependency> {
        Vec::new()
    }
}

#[derive(Debug)]
struct Happened {
    audience: Audience,
    private: Value,
}

impl Event for Happened {
    fn kind(&self) -> &'static str {
        "tests.thing_happened"
    }

    fn subject(&self) -> Subject {
        Subject::new("thing", Uuid::from_u128(500))
    }

    fn audience(&self) -> Audience {
        self.audience.clone()
    }

    fn data(&self) -> Value {
        json!({ "thing": 1 })
    }

    fn private(&self) -> Value {
        self.private.clone()
    }
}

/// The organization and its member.
async fn found(database: &Database) {
    let now = database.env().now();
    let done: Result<(), StoreError> = database
        .commit(&Actor::system(OrganizationId::PLATFORM), move |tx: &Tx| {
            Box::pin(async move {
                let connection = tx.connection();
                user::Entity::insert(asha(now)).exec_without_returning(connection).await?;
                organization::Entity::insert(acme(now)).exec_without_returning(connection).await?;
                role::Entity::insert(member_role(now)).exec_without_returning(connection).await?;
                membership::Entity::insert(membership(now)).exec_without_returning(connection).await?;
                tx.open_stream(Stream::Organization(ORG)).await
            })
        })
        .await;
    done.expect("founded");
}

fn asha(now: kernel::Timestamp) -> user::ActiveModel {
    user::ActiveModel {
        id: Set(ASHA.uuid()),
        email: Set("asha@example.com".to_owned()),
        full_name: Set("Asha Rai".to_owned()),
        display_name: Set(None),
        locale: Set("en".to_owned()),
        time_zone: Set("UTC".to_owned()),
        calendar: Set("ad".to_owned()),
        theme: Set("system".to_owned()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        delete_after: Set(None),
    }
}

fn acme(now: kernel::Timestamp) -> organization::ActiveModel {
    organization::ActiveModel {
        id: Set(ORG.uuid()),
        name: Set("Acme".to_owned()),
        slug: Set("acme".to_owned()),
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
    }
}

fn member_role(now: kernel::Timestamp) -> role::ActiveModel {
    role::ActiveModel {
        organization_id: Set(ORG.uuid()),
        id: Set(SystemRole::Member.id().uuid()),
        name: Set("Member".to_owned()),
        description: Set(String::new()),
        rank: Set(50),
        scopes: Set(SystemRole::Member.scopes().to_stored()),
        is_system: Set(true),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    }
}

fn membership(now: kernel::Timestamp) -> membership::ActiveModel {
    membership::ActiveModel {
        organization_id: Set(ORG.uuid()),
        user_id: Set(ASHA.uuid()),
        role_id: Set(SystemRole::Member.id().uuid()),
        status: Set("active".to_owned()),
        epoch: Set(1),
        version: Set(1),
        joined_at: Set(now),
        updated_at: Set(now),
    }
}
