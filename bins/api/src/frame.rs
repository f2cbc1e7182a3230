use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use kernel::Env;
use platform::Limiter;
use url::Url;

use crate::caller::Callers;
use crate::cursor::CursorKey;
use crate::document::{Document, Misdeclared};
use crate::endpoint::{Endpoint, Module};
use crate::health::Dependencies;
use crate::idempotency::Replays;
use crate::limits::Limits;
use crate::operation::Operation;
use crate::problem::Codes;
use crate::validate::Shape;
use crate::web_app::WebApp;

/// Everything around the handlers: what every operation has in common, decided once.
pub struct Frame {
    pub(crate) settings: Settings,
    pub(crate) ports: Ports,
    pub(crate) routes: Vec<Arc<CheckedRoute>>,
    pub(crate) document: Document,
    pub(crate) codes: Codes,
    draining: AtomicBool,
}

/// How the frame is set.
#[derive(Clone)]
pub struct Settings {
    /// Where browsers find the installation.
    pub public_url: Url,
    /// Which `Origin` may call us from a browser.
    pub origins: Origins,
    /// Proxies of our own in front of us.
    pub trusted_proxies: u8,
    pub cursor_key: CursorKey,
    /// `None` switches rate limits off, for benches and property runs.
    pub limits: Option<Limits>,
    pub deadlines: Deadlines,
    pub web_app: WebApp,
}

/// How long what may take.
#[derive(Clone, Copy, Debug)]
pub struct Deadlines {
    /// From the request's head to the answer's.
    pub request: Duration,
    /// For the whole body.
    pub body: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self { request: Duration::from_secs(15), body: Duration::from_secs(10) }
    }
}

/// Judges the `Origin` of a browser's request.
#[derive(Clone)]
pub struct Origins(Arc<dyn Fn(&str) -> bool + Send + Sync>);

impl Origins {
    /// A judgement that compares whole origins; never a prefix or suffix.
    pub fn new(allows: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(allows))
    }

    /// Whether a page of this origin may call us.
    pub fn allows(&self, origin: &str) -> bool {
        (self.0)(origin)
    }
}

/// What the frame asks of the rest of the program.
#[derive(Clone)]
pub struct Ports {
    pub env: Env,
    pub callers: Arc<dyn Callers>,
    pub replays: Arc<dyn Replays>,
    pub limiter: Arc<dyn Limiter>,
    pub dependencies: Arc<dyn Dependencies>,
}

/// An operation with its compiled checks.
pub(crate) struct CheckedRoute {
    pub(crate) endpoint: Endpoint,
    pub(crate) shape: Shape,
}

impl Frame {
    /// Puts the operations of all modules together. Fails on declarations that cannot be right.
    pub fn new(settings: Settings, ports: Ports, modules: Vec<Module>) -> Result<Arc<Self>, Misdeclared> {
        let (document, codes) = document(&modules)?;
        let mut faults = Vec::new();
        let mut routes = Vec::new();
        for endpoint in modules.into_iter().flat_map(|module| module.endpoints) {
            match Shape::compile(&endpoint, &document) {
                Ok(shape) => routes.push(Arc::new(CheckedRoute { endpoint, shape })),
                Err(fault) => faults.push(fault),
            }
        }
        if !faults.is_empty() {
            return Err(Misdeclared(faults));
        }
        let draining = AtomicBool::new(false);
        Ok(Arc::new(Self { settings, ports, routes, document, codes, draining }))
    }

    /// The facts of every operation.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.routes.iter().map(|route| &route.endpoint.operation)
    }

    /// The OpenAPI document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// From now on `/readyz` says no, so that a load balancer looks elsewhere.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::SeqCst);
    }

    pub(crate) fn is_draining(&self) -> bool {
        self.draining.load(Ordering::SeqCst)
    }
}

/// The OpenAPI document of the modules, without anything to serve it.
pub fn document(modules: &[Module]) -> Result<(Document, Codes), Misdeclared> {
    let mut codes = Codes::default();
    let told: Result<Vec<()>, String> = modules.iter().map(|module| codes.add(module.codes)).collect();
    told.map_err(|fault| Misdeclared(vec![fault]))?;
    Ok((Document::assemble(modules, &codes)?, codes))
}
