use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use kernel::Secret;
use url::Url;

mod bucket;
mod fault;
mod origin;
#[cfg(test)]
mod tests;
mod values;
mod variables;

pub use fault::{ConfigFault, ConfigFaults};
use origin::{is_loopback_host, same_origin};
use variables::Variables;

use crate::S3Place;

/// Who mails come from where nothing else is said.
const MAIL_FROM: &str = "Mero Jugx <no-reply@localhost>";

/// Everything that may differ between two installations, read once at the start from the environment.
#[derive(Clone, Debug)]
pub struct Config {
    /// `DATABASE_URL`; `mero.db` in the data directory if absent.
    pub database: DatabaseChoice,
    /// `REDIS_URL`; without it bell, bus, cache and limiter live inside the process.
    pub redis: Option<Secret>,
    /// `MERO_BIND`: where the api listens.
    pub bind: SocketAddr,
    /// `MERO_DATA_DIR`: the embedded database, the key file, mails and files.
    pub data_dir: PathBuf,
    /// `MERO_PUBLIC_URL`: how people's browsers reach this installation.
    pub public_url: Url,
    /// `MERO_SECRET_KEY`: 32 bytes; without it a key file in the data directory.
    pub secret_key: Option<Secret>,
    /// `SMTP_URL`; without it mails become `.eml` files in the data directory.
    pub smtp: Option<Secret>,
    /// `MERO_MAIL_FROM`: a mailbox, as in `Mero Jugx <no-reply@example.com>`.
    pub mail_from: String,
    /// `MERO_FILES_URL`; without it a folder in the data directory. For a bucket also the usual `AWS_REGION`,
    /// `AWS_ENDPOINT_URL`, `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.
    pub files: FilesChoice,
    /// `MERO_METRICS_BIND`: where Prometheus reads; nowhere if absent.
    pub metrics_bind: Option<SocketAddr>,
    /// `MERO_OTLP_ENDPOINT`: where traces go; nowhere if absent.
    pub otlp_endpoint: Option<Url>,
    /// `MERO_LOG`: a filter, as in `info,platform=debug`.
    pub log: String,
    /// Follows the database: people read an embedded installation's log, programs a server's.
    pub log_format: LogFormat,
    /// `MERO_TRUSTED_PROXIES`: how many proxies in front of us may be believed about the client's address.
    pub trusted_proxies: u8,
    /// `MERO_ALLOWED_ORIGINS`: web pages besides our own that may call the api with a person's cookie.
    pub allowed_origins: Vec<Url>,
    /// `MERO_SIGNUP`: who may open an account.
    pub signup: Signup,
    /// `MERO_LIMITS`.
    pub limits: Limits,
    /// `MERO_CAMPAIGN_RATE`: mails a second that the campaigns of one organization send at most. It holds whatever
    /// `MERO_LIMITS` says: mail servers judge a sender by it.
    pub campaign_rate: u32,
    /// `MERO_WORKER_CONCURRENCY`: jobs that one process runs at a time.
    pub worker_concurrency: u16,
    /// `MERO_LEASE_SECONDS`: after this long without a heartbeat a job counts as abandoned.
    pub lease: Duration,
}

/// Which database holds everything.
#[derive(Clone, Debug)]
pub enum DatabaseChoice {
    /// Embedded mode: one file, one process.
    Sqlite { path: PathBuf },
    /// Server mode.
    Postgres { url: Secret },
}

/// Where files are kept.
#[derive(Clone, Debug)]
pub enum FilesChoice {
    Folder { path: PathBuf },
    Bucket(S3Place),
}

/// Who reads the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// People.
    Text,
    /// Programs: one JSON object a line.
    Json,
}

/// Who may open an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signup {
    /// Anybody.
    Open,
    /// Who was invited.
    Invite,
    /// Nobody; operators make accounts.
    Closed,
}

/// Whether rate limits hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    On,
    /// For benches and property runs on a loopback address alone.
    Off,
}

impl Config {
    /// Every variable that is read, in the order of the documentation.
    pub const VARIABLES: [&str; 23] = [
        "DATABASE_URL",
        "REDIS_URL",
        "MERO_BIND",
        "MERO_DATA_DIR",
        "MERO_PUBLIC_URL",
        "MERO_SECRET_KEY",
        "SMTP_URL",
        "MERO_MAIL_FROM",
        "MERO_FILES_URL",
        "AWS_REGION",
        "AWS_ENDPOINT_URL",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "MERO_METRICS_BIND",
        "MERO_OTLP_ENDPOINT",
        "MERO_LOG",
        "MERO_TRUSTED_PROXIES",
        "MERO_ALLOWED_ORIGINS",
        "MERO_SIGNUP",
        "MERO_LIMITS",
        "MERO_CAMPAIGN_RATE",
        "MERO_WORKER_CONCURRENCY",
        "MERO_LEASE_SECONDS",
    ];

    /// Reads every variable through `read` and reports all faults together. An empty variable counts as absent.
    pub fn from_env(read: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigFaults> {
        let mut vars = Variables::new(&read);
        let data_dir = PathBuf::from(vars.text_or("MERO_DATA_DIR", "./data"));
        let embedded = DatabaseChoice::Sqlite { path: data_dir.join("mero.db") };
        let database = vars.parse_or("DATABASE_URL", embedded, values::database);
        let bind = vars.parse_or("MERO_BIND", SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)), values::address);
        let public_url = vars.parse_or("MERO_PUBLIC_URL", local_url(bind.port()), values::public_url);
        let limits = vars.parse_or("MERO_LIMITS", Limits::On, |text| values::limits(text, &public_url));
        let config = Self {
            log_format: database.log_format(),
            database,
            redis: vars.parse("REDIS_URL", values::redis),
            bind,
            public_url,
            secret_key: vars.parse("MERO_SECRET_KEY", values::secret_key),
            smtp: vars.parse("SMTP_URL", values::smtp),
            mail_from: vars.parse_or("MERO_MAIL_FROM", MAIL_FROM.to_owned(), values::mailbox),
            files: bucket::files(&mut vars, &data_dir),
            data_dir,
            metrics_bind: vars.parse("MERO_METRICS_BIND", values::address),
            otlp_endpoint: vars.parse("MERO_OTLP_ENDPOINT", values::endpoint),
            log: vars.text_or("MERO_LOG", "info"),
            trusted_proxies: vars.parse_or("MERO_TRUSTED_PROXIES", 0, values::hops),
            allowed_origins: vars.parse_or("MERO_ALLOWED_ORIGINS", Vec::new(), values::origins),
            signup: vars.parse_or("MERO_SIGNUP", Signup::Open, values::signup),
            limits,
            campaign_rate: vars.parse_or("MERO_CAMPAIGN_RATE", 200, values::campaign_rate),
            worker_concurrency: vars.parse_or("MERO_WORKER_CONCURRENCY", 8, values::concurrency),
            lease: vars.parse_or("MERO_LEASE_SECONDS", Duration::from_secs(30), values::lease),
        };
        vars.finish(config)
    }

    /// Whether nobody but this machine can reach the installation: neither its socket nor its public address.
    pub fn is_loopback(&self) -> bool {
        self.bind.ip().is_loopback() && is_loopback_host(&self.public_url)
    }

    /// Whether cookies carry `Secure`: always, except where a browser on this machine speaks plain http to us.
    pub fn has_secure_cookies(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// Whether a web page of this `Origin` may call us with a person's cookie. A loopback public address
    /// allows every spelling of loopback at the same port.
    pub fn allows_origin(&self, origin: &str) -> bool {
        let Ok(origin) = Url::parse(origin) else {
            return false;
        };
        let ours = &self.public_url;
        let is_loopback_spelling = is_loopback_host(ours)
            && is_loopback_host(&origin)
            && origin.scheme() == ours.scheme()
            && origin.port_or_known_default() == ours.port_or_known_default();
        is_loopback_spelling
            || same_origin(&origin, ours)
            || self.allowed_origins.iter().any(|allowed| same_origin(&origin, allowed))
    }
}

impl DatabaseChoice {
    fn log_format(&self) -> LogFormat {
        match self {
            Self::Sqlite { .. } => LogFormat::Text,
            Self::Postgres { .. } => LogFormat::Json,
        }
    }
}

fn local_url(port: u16) -> Url {
    Url::parse(&format!("http://localhost:{port}")).expect("a host and a port make a URL")
}
