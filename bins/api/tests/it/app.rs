//! The whole application on a port and a database of its own: real services, real checks, jobs running inside.

pub(crate) mod call;
pub(crate) mod estate;
pub(crate) mod people;
pub(crate) mod spec;

use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener};
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use api::Frame;
use auth::PreparedPassword;
use composition::{Adapters, Services, Worker};
use database::testing::Place;
use database::{Choice, StoreError, Tx};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::{Actor, EmailAddress, Env, OrganizationId, Secret};
use platform::Config;
use reqwest::{Client, Method, RequestBuilder};
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use call::Answer;

pub(crate) const PASSWORD: &str = "kukur-biralo-42";

pub(crate) struct TestApp {
    pub(crate) services: Services,
    pub(crate) frame: Arc<Frame>,
    /// Where it keeps files and mails.
    pub(crate) folder: PathBuf,
    address: SocketAddr,
    client: Client,
    server: ServerHandle,
    stop: CancellationToken,
    working: Mutex<Option<JoinHandle<()>>>,
    /// Hashed once; everybody has it.
    password: PreparedPassword,
    counter: AtomicU64,
}

/// Runs a test against an application of its own, and takes it down again whatever came of it.
pub(crate) async fn run(test: impl AsyncFnOnce(&TestApp)) {
    let place = Place::new().await;
    let env = Env::system();
    let folder = std::env::temp_dir().join("mero-tests").join(env.id::<Uuid>().to_string());
    let app = TestApp::start(&place, &folder, env).await;
    let outcome = AssertUnwindSafe(test(&app)).catch_unwind().await;
    app.rest().await;
    app.server.stop(true).await;
    app.services.close().await;
    place.remove().await;
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    if let Err(panic) = outcome {
        std::panic::resume_unwind(panic);
    }
}

impl TestApp {
    async fn start(place: &Place, folder: &Path, env: Env) -> Self {
        let config = config(place, folder);
        let adapters = Adapters::open(&config, env).await.expect("everything is there");
        let services = Services::build(&config, adapters).await.expect("wired");
        let frame = api::frame(&config, &services).unwrap_or_else(|error| panic!("{error}"));
        let stop = CancellationToken::new();
        let working = tokio::spawn(Worker::new(&config, &services).run(stop.clone()));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("bound");
        let server = api::serve(frame.clone(), listener, api::routes(&services)).expect("a server");
        let handle = server.handle();
        actix_web::rt::spawn(server);
        let nobody = EmailAddress::parse("email", "nobody@example.com").expect("an address");
        let password = services.auth.enrolments.prepare("password", Secret::new(PASSWORD), &nobody, "").await;
        Self {
            services,
            frame,
            folder: folder.to_owned(),
            address,
            client: Client::new(),
            server: handle,
            stop,
            working: Mutex::new(Some(working)),
            password: password.expect("a good password"),
            counter: AtomicU64::new(1),
        }
    }

    /// Lets the worker end what it does; from then on nothing changes by itself.
    pub(crate) async fn rest(&self) {
        self.stop.cancel();
        if let Some(working) = self.working.lock().await.take() {
            working.await.expect("the worker stops");
        }
    }

    /// A request that is not sent yet; `path` from the root of the server.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("http://{}{path}", self.address)).timeout(Duration::from_secs(30))
    }

    /// What an operation without parameters answers to a token.
    pub(crate) async fn get(&self, token: &str, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, &format!("/api/v1{path}")).bearer_auth(token)).await
    }

    /// Changes rows beside the services.
    pub(crate) async fn alter<W>(&self, work: W)
    where
        W: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<(), StoreError>> + Send + 'static,
    {
        let system = Actor::system(OrganizationId::PLATFORM);
        self.services.database.commit(&system, work).await.expect("altered");
    }
}

fn config(place: &Place, folder: &Path) -> Config {
    let database = match place.choice() {
        Choice::Sqlite { path } => format!("sqlite:{}", path.display()),
        Choice::Postgres { url } => url.expose().to_owned(),
    };
    let mut settings: HashMap<&str, String> = [
        ("DATABASE_URL", database),
        ("MERO_DATA_DIR", folder.display().to_string()),
        ("MERO_LIMITS", "off".to_owned()),
    ]
    .into();
    if let Some(redis) = told("TEST_REDIS_URL") {
        settings.insert("REDIS_URL", redis);
    }
    Config::from_env(|name| settings.get(name).cloned()).expect("a right configuration")
}

/// A variable that the runner of the tests has set.
#[expect(clippy::disallowed_methods, reason = "tests are told by their runner what to use and what to write")]
pub(crate) fn told(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
