//! The outside world of one installation: embedded parts or servers, each chosen by its own variable.

use std::sync::Arc;

use database::{Choice, Database, Options, StoreError};
use kernel::Env;
use platform::{
    Bell, Bus, Cache, Config, DatabaseChoice, FileFault, FileStore, FilesChoice, KeyError, Keyring, Limiter,
    Limits, LocalBell, LocalBus, LocalCache, LocalFiles, LocalLimiter, LocalMailer, MailError, Mailer,
    NearCache, NoLimits, RedisBell, RedisBus, RedisCache, RedisFault, RedisLimiter, RedisPool, S3Files,
    SmtpMailer,
};

/// Everything the domains need from outside.
#[derive(Clone)]
pub struct Adapters {
    pub env: Env,
    pub keyring: Arc<Keyring>,
    /// Connected; nothing reacts to its events yet.
    pub database: Database,
    pub redis: Option<RedisPool>,
    pub bell: Arc<dyn Bell>,
    pub bus: Arc<dyn Bus>,
    pub cache: Arc<dyn Cache>,
    pub limiter: Arc<dyn Limiter>,
    /// Keeps campaigns to their pace, also where nobody else is limited.
    pub pacer: Arc<dyn Limiter>,
    pub mailer: Arc<dyn Mailer>,
    pub file_store: Arc<dyn FileStore>,
}

/// Why the program cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(
        "the database cannot be opened; check DATABASE_URL and that no other process uses an embedded one"
    )]
    Database(#[from] StoreError),
    #[error("the secret key cannot be used")]
    Key(#[from] KeyError),
    #[error(
        "this is not the secret key that the database was first used with: mailed links, second factors and \
         sign-in keys would not be readable; set MERO_SECRET_KEY to that one on every process"
    )]
    ForeignKey,
    #[error("Redis cannot be used; check REDIS_URL")]
    Redis(#[from] RedisFault),
    #[error("mail cannot be sent with this configuration; check SMTP_URL and MERO_MAIL_FROM")]
    Mail(#[from] MailError),
    #[error("files cannot be kept with this configuration; check MERO_FILES_URL")]
    Files(#[from] FileFault),
    #[error("the folder `{path}` cannot be made")]
    Folder { path: String, source: std::io::Error },
    #[error("{what} cannot be prepared")]
    Domain { what: &'static str, source: Box<dyn std::error::Error + Send + Sync> },
}

/// Key names in a Redis that others may use too.
const PREFIX: &str = "mero:";

impl Adapters {
    /// Connects to everything the configuration names.
    pub async fn open(config: &Config, env: Env) -> Result<Self, StartError> {
        std::fs::create_dir_all(&config.data_dir)
            .map_err(|source| StartError::Folder { path: config.data_dir.display().to_string(), source })?;
        let keyring = Arc::new(keyring(config, &env)?);
        let database = Database::connect(&Options::new(choice(&config.database)), env.clone()).await?;
        let mailer = mailer(config, &env)?;
        let file_store = file_store(&config.files)?;
        let redis = config.redis.as_ref().map(|url| RedisPool::open(url, PREFIX, &env)).transpose()?;
        Ok(match redis {
            Some(pool) => Self {
                bell: Arc::new(RedisBell::new(pool.clone())),
                bus: Arc::new(RedisBus::start(pool.clone()).await),
                cache: Arc::new(NearCache::new(env.clone(), Arc::new(RedisCache::new(pool.clone())))),
                limiter: limiter(config, || Arc::new(RedisLimiter::new(pool.clone(), env.clone()))),
                pacer: Arc::new(RedisLimiter::new(pool.clone(), env.clone())),
                redis: Some(pool),
                env,
                keyring,
                database,
                mailer,
                file_store,
            },
            None => Self {
                bell: Arc::new(LocalBell::new()),
                bus: Arc::new(LocalBus::new()),
                cache: Arc::new(LocalCache::new(env.clone())),
                limiter: limiter(config, || Arc::new(LocalLimiter::new(env.clone()))),
                pacer: Arc::new(LocalLimiter::new(env.clone())),
                redis: None,
                env,
                keyring,
                database,
                mailer,
                file_store,
            },
        })
    }
}

fn choice(choice: &DatabaseChoice) -> Choice {
    match choice {
        DatabaseChoice::Sqlite { path } => Choice::Sqlite { path: path.clone() },
        DatabaseChoice::Postgres { url } => Choice::Postgres { url: url.clone() },
    }
}

fn keyring(config: &Config, env: &Env) -> Result<Keyring, KeyError> {
    match &config.secret_key {
        Some(secret) => Keyring::from_secret(secret.expose()),
        None => Keyring::load_or_create(&config.data_dir.join("secret.key"), env),
    }
}

fn mailer(config: &Config, env: &Env) -> Result<Arc<dyn Mailer>, MailError> {
    Ok(match &config.smtp {
        Some(url) => Arc::new(SmtpMailer::new(url, &config.mail_from, env.clone())?),
        None => Arc::new(LocalMailer::new(config.data_dir.join("mail"), &config.mail_from, env.clone())?),
    })
}

/// The place for files that the configuration names.
pub fn file_store(choice: &FilesChoice) -> Result<Arc<dyn FileStore>, FileFault> {
    Ok(match choice {
        FilesChoice::Folder { path } => Arc::new(LocalFiles::open(path.clone())?),
        FilesChoice::Bucket(place) => Arc::new(S3Files::new(place)?),
    })
}

fn limiter(config: &Config, make: impl Fn() -> Arc<dyn Limiter>) -> Arc<dyn Limiter> {
    match config.limits {
        Limits::On => make(),
        Limits::Off => Arc::new(NoLimits),
    }
}
