//! What the frame asks for, answered by the services.

use std::sync::Arc;

use actix_web::web::{self, Data, ServiceConfig};
use async_trait::async_trait;
use composition::Services;
use database::idempotency;
use kernel::{Actor, Request};
use platform::Config;

use crate::caller::Callers;
use crate::cursor::CursorKey;
use crate::document::Misdeclared;
use crate::frame::{Deadlines, Frame, Origins, Ports, Settings};
use crate::health::{Dependencies, Dependency, DependencyState};
use crate::http::{jwks, modules};
use crate::idempotency::{Replays, Stored};
use crate::limits::Limits;
use crate::problem::Problem;
use crate::unsubscribe;
use crate::web_app::WebApp;

/// The frame of this installation.
pub fn frame(config: &Config, services: &Services) -> Result<Arc<Frame>, Misdeclared> {
    let allowed = config.clone();
    let settings = Settings {
        public_url: config.public_url.clone(),
        origins: Origins::new(move |origin| allowed.allows_origin(origin)),
        trusted_proxies: config.trusted_proxies,
        cursor_key: CursorKey::new(services.keyring.derive("cursors")),
        limits: (config.limits == platform::Limits::On).then(Limits::default),
        deadlines: Deadlines::default(),
        web_app: WebApp::built(),
    };
    let ports = Ports {
        env: services.database.env().clone(),
        callers: Arc::new(Tokens(services.clone())),
        replays: Arc::new(Keys(services.clone())),
        limiter: services.limiter.clone(),
        dependencies: Arc::new(Outside(services.clone())),
    };
    Frame::new(settings, ports, modules())
}

/// The services, for the handlers that name them.
pub fn routes(services: &Services) -> impl Fn(&mut ServiceConfig) + Clone + Send + 'static {
    let services = services.clone();
    move |app| {
        let Services { auth, organizations, .. } = services.clone();
        app.app_data(Data::from(auth.sign_ups))
            .app_data(Data::from(auth.sign_in))
            .app_data(Data::from(auth.proofs))
            .app_data(Data::from(auth.sessions))
            .app_data(Data::from(auth.passwords))
            .app_data(Data::from(auth.emails))
            .app_data(Data::from(auth.second_factor))
            .app_data(Data::from(auth.api_keys))
            .app_data(Data::from(auth.callers))
            .app_data(Data::from(auth.enrolments))
            .app_data(Data::from(services.users.clone()))
            .app_data(Data::from(organizations.organizations))
            .app_data(Data::from(organizations.settings))
            .app_data(Data::from(organizations.members))
            .app_data(Data::from(organizations.invitations))
            .app_data(Data::from(organizations.roles))
            .app_data(Data::from(services.tickets.clone()))
            .app_data(Data::from(services.files.clone()))
            .app_data(Data::from(services.invoices.clone()))
            .app_data(Data::from(services.campaigns.clone()))
            .app_data(Data::from(services.notifications.clone()))
            .app_data(Data::from(services.audit.clone()))
            .app_data(Data::from(services.jobs.clone()))
            .app_data(Data::new(services.clone()))
            .route("/unsubscribe/{token}", web::get().to(unsubscribe::ask))
            .route("/unsubscribe/{token}", web::post().to(unsubscribe::leave))
            .route("/.well-known/jwks.json", web::get().to(jwks));
    }
}

/// Tokens and API keys.
struct Tokens(Services);

#[async_trait]
impl Callers for Tokens {
    async fn resolve(&self, bearer: &str, request: Request) -> Result<Actor, Problem> {
        Ok(self.0.auth.callers.resolve(bearer, request).await?)
    }
}

/// Idempotency keys.
struct Keys(Services);

#[async_trait]
impl Replays for Keys {
    async fn lookup(&self, actor: &Actor, key: &str) -> Result<Option<Stored>, Problem> {
        let found = idempotency::find(&self.0.database, actor, key).await?;
        Ok(found.map(|stored| Stored {
            operation: stored.operation,
            request_hash: stored.request_hash,
            subject: stored.subject.map(|(_, id)| id),
            answer: stored.answer,
        }))
    }

    async fn store(&self, actor: &Actor, key: &str, status: u16, answer: Vec<u8>) -> Result<(), Problem> {
        Ok(idempotency::keep_answer(&self.0.database, actor, key, status, answer).await?)
    }
}

/// What the process depends on.
struct Outside(Services);

#[async_trait]
impl Dependencies for Outside {
    async fn check(&self) -> Vec<Dependency> {
        let database = match self.0.database.ping().await {
            Ok(()) => DependencyState::Up,
            Err(error) => {
                tracing::warn!(%error, "the database does not answer");
                DependencyState::Down
            }
        };
        let mut found = vec![Dependency { name: "database", state: database }];
        if let Some(redis) = &self.0.redis {
            let answers = redis.ping().await.is_ok() && self.0.bus.is_healthy();
            let state = if answers { DependencyState::Up } else { DependencyState::Degraded };
            found.push(Dependency { name: "redis", state });
        }
        found
    }
}
