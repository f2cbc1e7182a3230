//! A server on a port of its own, and the few words tests need to speak with it.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web::{Data, ServiceConfig};
use api::{CursorKey, Deadlines, Frame, Limits, Origins, Ports, Settings, WebApp};
use kernel::{Env, Timestamp};
use platform::Rate;
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

use super::operations::{self, Things};
use super::ports::{Counter, Memory, Switches, Tokens};

pub(super) const REQUEST_DEADLINE: Duration = Duration::from_millis(1_500);
pub(super) const BODY_DEADLINE: Duration = Duration::from_millis(500);

pub(super) struct Rig {
    pub(super) frame: Arc<Frame>,
    pub(super) address: SocketAddr,
    pub(super) things: Arc<Things>,
    pub(super) memory: Arc<Memory>,
    pub(super) counter: Arc<Counter>,
    pub(super) switches: Arc<Switches>,
    client: Client,
    server: ServerHandle,
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

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("ascii"))
    }

    /// The code of a problem, which must have the form of one.
    pub(super) fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        let body = self.json();
        assert_eq!(body["status"], self.status, "{body}");
        assert_eq!(body["requestId"], self.header("x-request-id").expect("always there"), "{body}");
        let code = body["code"].as_str().expect("a code").to_owned();
        assert_eq!(body["type"], format!("https://docs.merojugx.dev/problems/{code}"));
        code
    }

    /// Places and codes of all faults of the input, sorted.
    pub(super) fn faults(&self) -> Vec<(String, String)> {
        assert_eq!((self.status, self.problem().as_str()), (422, "invalid_input"), "{}", self.text);
        let errors = self.json()["errors"].as_array().expect("a list").clone();
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let mut faults: Vec<_> = errors
            .iter()
            .map(|error| (text(error.get("pointer").unwrap_or(&error["parameter"])), text(&error["code"])))
            .collect();
        faults.sort();
        faults
    }
}

impl Rig {
    pub(super) fn start() -> Self {
        Self::start_with(|_| {})
    }

    pub(super) fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("bound");
        let (memory, counter, switches) =
            (Arc::default(), Arc::<Counter>::default(), Arc::<Switches>::default());
        let memory: Arc<Memory> = memory;
        let ports = Ports {
            env: Env::frozen(Timestamp::from_timestamp_millis(1_700_000_000_000).expect("valid"), 1),
            callers: Arc::new(Tokens),
            replays: Arc::clone(&memory) as _,
            limiter: Arc::clone(&counter) as _,
            dependencies: Arc::clone(&switches) as _,
        };
        let mut settings = settings();
        change(&mut settings);
        let frame = Frame::new(settings, ports, vec![operations::module(), operations::odd()]);
        let frame = frame.unwrap_or_else(|error| panic!("{error}"));
        let things = operations::things();
        let data = (Data::from(Arc::clone(&things)), Data::from(Arc::clone(&memory)));
        let more = move |app: &mut ServiceConfig| {
            app.app_data(data.0.clone()).app_data(data.1.clone());
        };
        let server = api::serve(Arc::clone(&frame), listener, more).expect("a server");
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { frame, address, things, memory, counter, switches, client: Client::new(), server: handle }
    }

    /// A request that is not sent yet; `path` from the root of the server.
    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("http://{}{path}", self.address)).timeout(Duration::from_secs(20))
    }

    /// A request of Asha's to an operation.
    pub(super) fn asha(&self, method: Method, path: &str) -> RequestBuilder {
        self.request(method, &format!("/api/v1{path}")).bearer_auth("asha")
    }

    /// Makes a thing; gives its id.
    pub(super) async fn thing(&self, title: &str) -> String {
        let made = send(self.asha(Method::POST, "/things").json(&serde_json::json!({"title": title}))).await;
        assert_eq!(made.status, 201, "{}", made.text);
        made.json()["id"].as_str().expect("an id").to_owned()
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        // Tells the server to stop at once; nobody waits for it.
        drop(self.server.stop(false));
    }
}

fn settings() -> Settings {
    let plenty = |name| Rate { name, quota: 6_000, window: Duration::from_secs(60), burst: 1_000 };
    Settings {
        public_url: "https://app.example.com/".parse().expect("valid"),
        origins: Origins::new(|origin| origin == "https://app.example.com"),
        trusted_proxies: 0,
        cursor_key: CursorKey::new([9; 32]),
        limits: Some(Limits {
            caller: plenty("caller"),
            organization: plenty("organization"),
            address: plenty("address"),
        }),
        deadlines: Deadlines { request: REQUEST_DEADLINE, body: BODY_DEADLINE },
        web_app: WebApp::of(|_| None),
    }
}

pub(super) async fn send(request: RequestBuilder) -> Seen {
    let response = request.send().await.expect("an answer");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Seen { status, headers, text: response.text().await.expect("a body") }
}
