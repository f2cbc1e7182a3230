//! The wiring of all domains, on one screen.

use std::sync::Arc;
use std::time::Duration;

use audit::Audit;
use auth::{Auth, PasswordCost, SignupPolicy};
use campaigns::Campaigns;
use database::{Database, installation};
use files::Files;
use invoices::Invoices;
use kernel::{Eviction, Secret};
use notifications::{Mails, Notifications};
use platform::{Bell, Bus, Config, FileStore, Keyring, Limiter, Mailer, RedisPool, Signup};
use tickets::Tickets;
use tokio_util::sync::CancellationToken;
use url::Url;
use users::Users;

use crate::adapters::{Adapters, StartError};
use crate::announce::{Announcer, Forgets};
use crate::bridges::Later;
use crate::reactions::Score;
use crate::{Jobs, bridges, desk, papers, post};

/// Everything the product can do. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    pub auth: Auth,
    pub users: Arc<dyn Users>,
    pub organizations: organizations::Services,
    pub tickets: Arc<dyn Tickets>,
    pub files: Arc<dyn Files>,
    pub invoices: Arc<dyn Invoices>,
    pub campaigns: Arc<dyn Campaigns>,
    pub notifications: Arc<dyn Notifications>,
    pub mails: Arc<dyn Mails>,
    pub audit: Arc<dyn Audit>,
    pub jobs: Arc<dyn Jobs>,

    pub database: Database,
    pub keyring: Arc<Keyring>,
    pub redis: Option<RedisPool>,
    pub bell: Arc<dyn Bell>,
    pub bus: Arc<dyn Bus>,
    pub limiter: Arc<dyn Limiter>,
    pub mailer: Arc<dyn Mailer>,
    pub file_store: Arc<dyn FileStore>,
    public_url: Url,
}

impl Services {
    /// Wires them. Makes what has to be there before the first request: the key that signs tokens.
    #[expect(clippy::too_many_lines, reason = "the wiring of the system is read on one screen")]
    pub async fn build(config: &Config, adapters: Adapters) -> Result<Self, StartError> {
        let Adapters {
            env: _,
            keyring,
            database,
            redis,
            bell,
            bus,
            cache,
            limiter,
            pacer,
            mailer,
            file_store,
        } = adapters;
        let fingerprint = keyring.fingerprint();
        if installation::first_noted(&database, "secret_key", &fingerprint).await? != fingerprint {
            return Err(StartError::ForeignKey);
        }
        let announcer = Arc::new(Announcer::new(bell.clone(), bus.clone(), cache.clone()));
        let database = database.reacting(Arc::new(Score), announcer.clone());

        // Domains that ask each other in a circle are handed to the bridges once they are there.
        let (tickets_later, notifications_later) = (Later::default(), Later::default());
        let (files_later, campaigns_later) = (Later::default(), Later::default());
        let (members_later, enrolments_later) = (Later::default(), Later::default());

        let belongings = Arc::new(bridges::Belongings {
            members: members_later.clone(),
            enrolments: enrolments_later.clone(),
            notifications: notifications_later.clone(),
            files: files_later.clone(),
            campaigns: campaigns_later.clone(),
        });
        let users = users::service(database.clone(), belongings.clone(), belongings);
        let cabinet = Arc::new(papers::Cabinet { files: files_later.clone() });
        let mails = notifications::mails(database.clone(), mailer.clone(), config.public_url.clone());
        let post = post::Post {
            mails: mails.clone(),
            files: files_later.clone(),
            public_url: config.public_url.clone(),
        };
        let printing = invoices::Ports {
            press: Arc::new(papers::Press::new()),
            cabinet,
            post: Arc::new(post),
            keyring: keyring.as_ref().clone(),
        };
        let invoices = invoices::service(database.clone(), printing);
        let posting = campaigns::Settings {
            mailer: mailer.clone(),
            limiter: pacer,
            keyring: keyring.as_ref().clone(),
            public_url: config.public_url.clone(),
            pace: campaigns::Pace::of(config.campaign_rate),
        };
        let campaigns = campaigns::service(database.clone(), posting);
        let boards = Arc::new(bridges::Boards { tickets: tickets_later.clone(), invoices: invoices.clone() });
        let founding = bridges::Founding { env: database.env().clone(), boards: boards.clone() };
        let auth = auth::service(
            database.clone(),
            keyring.as_ref().clone(),
            Arc::new(bridges::People { users: users.clone() }),
            Arc::new(founding),
            auth_settings(config),
        )
        .map_err(|error| StartError::Domain { what: "sign-in", source: error.into() })?;
        let joining =
            Arc::new(bridges::Joining { enrolments: auth.enrolments.clone(), users: users.clone() });
        let forgetting = bridges::Forgetting {
            tickets: tickets_later.clone(),
            invoices: invoices.clone(),
            campaigns: campaigns.clone(),
            notifications: notifications_later.clone(),
            files: files_later.clone(),
            enrolments: auth.enrolments.clone(),
        };
        let ports = organizations::Ports {
            accounts: joining.clone(),
            second_factors: joining,
            beginnings: boards,
            erasers: Arc::new(forgetting),
        };
        let organizations = organizations::service(database.clone(), keyring.as_ref().clone(), ports, cache);
        let staff = Arc::new(bridges::Staff {
            members: organizations.members.clone(),
            settings: organizations.settings.clone(),
        });
        let owners = Arc::new(bridges::FileOwners { tickets: tickets_later.clone() });
        let (store, keys) = (file_store.clone(), keyring.as_ref().clone());
        let files = files::service(database.clone(), store, keys, owners, files::Allowance::default());
        let hooks = Arc::new(bridges::Hooks { files: files.clone() });
        let tickets = tickets::service(database.clone(), staff.clone(), staff, hooks);
        let notifications = notifications::service(database.clone());
        bridges::fulfil(&tickets_later, tickets.clone());
        bridges::fulfil(&files_later, files.clone());
        bridges::fulfil(&campaigns_later, campaigns.clone());
        bridges::fulfil(&notifications_later, notifications.clone());
        bridges::fulfil(&members_later, organizations.members.clone());
        bridges::fulfil(&enrolments_later, auth.enrolments.clone());
        announcer.listen(Arc::new(Caches { auth: auth.clone() }));

        Ok(Self {
            audit: audit::service(database.clone()),
            jobs: desk::service(database.clone()),
            public_url: config.public_url.clone(),
            auth,
            users,
            organizations,
            tickets,
            files,
            invoices,
            campaigns,
            notifications,
            mails,
            database,
            keyring,
            redis,
            bell,
            bus,
            limiter,
            mailer,
            file_store,
        })
    }

    /// The address of a page of the web app.
    pub fn page(&self, path: &str) -> String {
        format!("{}/{path}", self.public_url.as_str().trim_end_matches('/'))
    }

    /// The same with a token behind the `#`, which browsers keep to themselves.
    pub fn page_with_token(&self, path: &str, token: &Secret) -> Secret {
        Secret::new(format!("{}#token={}", self.page(path), token.expose()))
    }

    /// Follows the clock of the database until it is told to stop. Warns when the clocks drift apart.
    pub async fn keep_time(self, stop: CancellationToken) {
        loop {
            match self.database.synchronize_clock().await {
                Ok(ahead) if ahead.num_seconds().abs() >= 2 => {
                    tracing::error!(
                        milliseconds = ahead.num_milliseconds(),
                        "the database's clock is ahead of ours"
                    );
                }
                Ok(ahead) => tracing::debug!(milliseconds = ahead.num_milliseconds(), "clock"),
                Err(error) => tracing::warn!(%error, "the database's clock could not be read"),
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(Duration::from_secs(10)) => {}
            }
        }
    }

    /// Closes what is open.
    pub async fn close(&self) {
        if let Err(error) = self.database.close().await {
            tracing::warn!(%error, "the database did not close cleanly");
        }
    }
}

fn auth_settings(config: &Config) -> auth::Settings {
    let signup = match config.signup {
        Signup::Open => SignupPolicy::Open,
        Signup::Invite => SignupPolicy::Invite,
        Signup::Closed => SignupPolicy::Closed,
    };
    let issuer = config.public_url.as_str().trim_end_matches('/').to_owned();
    auth::Settings { issuer, signup, password_cost: PasswordCost::default() }
}

/// The caches of this process.
struct Caches {
    auth: Auth,
}

impl Forgets for Caches {
    fn forget(&self, eviction: &Eviction) {
        self.auth.callers.evict(eviction);
    }
}
