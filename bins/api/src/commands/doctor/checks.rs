use std::error::Error;
use std::fs::{self, File};
use std::path::Path;

use database::{Choice, Database, Options};
use kernel::Env;
use platform::{
    Config, DatabaseChoice, FilesChoice, Keyring, LocalMailer, MailError, Mailer, RedisFault, RedisPool,
    SmtpMailer,
};

use super::Finding;
use super::Verdict::{Fail, Ok as Good, Warn};

/// Clocks that differ by more than this make leases and tokens run out at the wrong time.
const MOST_MILLISECONDS_APART: i64 = 2_000;

pub(super) fn data_directory(config: &Config) -> Finding {
    let folder = &config.data_dir;
    let probe = folder.join(".doctor");
    let tried = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&probe, b""))
        .and_then(|()| fs::remove_file(&probe));
    match tried {
        Ok(()) => Finding::new(Good, "data directory", format!("{} can be written", folder.display())),
        Err(error) => {
            let advice = "let the user of this process own it, or set MERO_DATA_DIR";
            Finding::new(Fail, "data directory", format!("{}: {error}; {advice}", folder.display()))
        }
    }
}

pub(super) fn secret_key(config: &Config, env: &Env) -> Finding {
    let path = config.data_dir.join("secret.key");
    let is_shared = matches!(config.database, DatabaseChoice::Postgres { .. });
    let keyring = match &config.secret_key {
        Some(secret) => Keyring::from_secret(secret.expose()),
        None if path.exists() => Keyring::load_or_create(&path, env),
        None if is_shared => {
            let text =
                "none yet; set MERO_SECRET_KEY to the same value on every process: `openssl rand -base64 32`";
            return Finding::new(Warn, "secret key", text);
        }
        None => {
            return Finding::new(
                Good,
                "secret key",
                format!("{} is made on the first start", path.display()),
            );
        }
    };
    match keyring {
        Ok(keyring) => {
            let from = if config.secret_key.is_some() {
                "MERO_SECRET_KEY".into()
            } else {
                path.display().to_string()
            };
            let text =
                format!("from {from}, fingerprint {}, the same on every process", keyring.fingerprint());
            Finding::new(Good, "secret key", text)
        }
        Err(error) => Finding::new(Fail, "secret key", chain(&error)),
    }
}

pub(super) async fn database(config: &Config, env: &Env) -> Vec<Finding> {
    let choice = match &config.database {
        DatabaseChoice::Sqlite { path } => {
            if let Some(finding) = untouched(path) {
                return vec![finding];
            }
            Choice::Sqlite { path: path.clone() }
        }
        DatabaseChoice::Postgres { url } => Choice::Postgres { url: url.clone() },
    };
    let database =
        match Database::connect(&Options { connections: 1, ..Options::new(choice) }, env.clone()).await {
            Ok(database) => database,
            Err(error) => {
                let advice = "check DATABASE_URL, that the server runs, and that the account may log in";
                return vec![Finding::new(Fail, "database", format!("{}; {advice}", chain(&error)))];
            }
        };
    let findings = vec![schema(&database).await, clock(&database).await];
    if let Err(error) = database.close().await {
        tracing::debug!(%error, "the database did not close cleanly");
    }
    findings
}

/// What is to be said of an embedded database without opening it.
fn untouched(path: &Path) -> Option<Finding> {
    if !path.exists() {
        return Some(Finding::new(
            Good,
            "database",
            format!("{} is made on the first start", path.display()),
        ));
    }
    let lock = File::options().write(true).open(path.with_extension("lock")).ok()?;
    let is_held = matches!(lock.try_lock(), Err(fs::TryLockError::WouldBlock));
    is_held.then(|| {
        let text = format!("{} is in use by a running server, which is asked at /readyz", path.display());
        Finding::new(Good, "database", text)
    })
}

async fn schema(database: &Database) -> Finding {
    match database.pending_migrations().await {
        Ok(pending) if pending.is_empty() => {
            Finding::new(Good, "database", "answers, and its schema is up to date")
        }
        Ok(pending) => {
            let text =
                format!("answers, but lacks {}; run `api migrate`, or start the server", pending.join(", "));
            Finding::new(Warn, "database", text)
        }
        Err(error) => Finding::new(Fail, "database", chain(&error)),
    }
}

async fn clock(database: &Database) -> Finding {
    match database.synchronize_clock().await {
        Ok(ahead) if ahead.num_milliseconds().abs() < MOST_MILLISECONDS_APART => {
            let text = format!("{} ms from the database's", ahead.num_milliseconds());
            Finding::new(Good, "clock", text)
        }
        Ok(ahead) => {
            let text =
                format!("{} ms from the database's; run NTP on both machines", ahead.num_milliseconds());
            Finding::new(Fail, "clock", text)
        }
        Err(error) => Finding::new(Fail, "clock", chain(&error)),
    }
}

pub(super) async fn redis(config: &Config, env: &Env) -> Finding {
    let Some(url) = &config.redis else {
        return match config.database {
            DatabaseChoice::Sqlite { .. } => Finding::new(Good, "Redis", "not used; one process needs none"),
            DatabaseChoice::Postgres { .. } => Finding::new(
                Warn,
                "Redis",
                "not set; with more than one process set REDIS_URL on all of them",
            ),
        };
    };
    let asked = async {
        let pool = RedisPool::open(url, RedisPool::PREFIX, env)?;
        pool.ping().await?;
        pool.eviction_policy().await
    };
    let asked: Result<Option<String>, RedisFault> = asked.await;
    match asked.as_ref().map(Option::as_deref) {
        Ok(Some("noeviction")) => Finding::new(Good, "Redis", "answers, and evicts nothing"),
        Ok(None) => Finding::new(
            Warn,
            "Redis",
            "answers, but does not tell its maxmemory-policy; it must be noeviction",
        ),
        Ok(Some(policy)) => {
            let text = format!(
                "evicts by `{policy}`: doorbells and limits may vanish; set maxmemory-policy noeviction"
            );
            Finding::new(Warn, "Redis", text)
        }
        Err(error) => {
            Finding::new(Fail, "Redis", format!("{}; check REDIS_URL and that it runs", chain(error)))
        }
    }
}

pub(super) async fn mail(config: &Config, env: &Env) -> Finding {
    let checked = match &config.smtp {
        Some(url) => match SmtpMailer::new(url, &config.mail_from, env.clone()) {
            Ok(mailer) => mailer.check().await,
            Err(error) => Err(error),
        },
        None => local_mail(config, env).await,
    };
    match checked {
        Ok(()) if config.smtp.is_some() => Finding::new(Good, "mail", "the mail server takes mails"),
        Ok(()) if config.is_loopback() => {
            Finding::new(Good, "mail", "mails become files in the data directory")
        }
        Ok(()) => Finding::new(Warn, "mail", "mails become files that nobody receives; set SMTP_URL"),
        Err(error) => {
            Finding::new(Fail, "mail", format!("{}; check SMTP_URL and MERO_MAIL_FROM", chain(&error)))
        }
    }
}

async fn local_mail(config: &Config, env: &Env) -> Result<(), MailError> {
    LocalMailer::new(config.data_dir.join("mail"), &config.mail_from, env.clone())?.check().await
}

pub(super) async fn files(config: &Config) -> Finding {
    let checked = match composition::file_store(&config.files) {
        Ok(store) => store.check().await,
        Err(fault) => Err(fault),
    };
    match (checked, &config.files) {
        (Ok(()), FilesChoice::Bucket(_)) => Finding::new(Good, "files", "the bucket takes files"),
        (Ok(()), FilesChoice::Folder { path }) => {
            Finding::new(Good, "files", format!("kept in {}", path.display()))
        }
        (Err(fault), _) => {
            let text = format!("{}; check MERO_FILES_URL and the AWS variables", chain(&fault));
            Finding::new(Fail, "files", text)
        }
    }
}

/// What follows from how people reach the installation.
pub(super) fn address(config: &Config) -> Vec<Finding> {
    let url = config.public_url.as_str().trim_end_matches('/');
    let cookies =
        if config.has_secure_cookies() { "cookies travel over TLS only" } else { "for this machine alone" };
    let mut findings = Vec::new();
    if !config.has_secure_cookies() && !config.bind.ip().is_loopback() {
        let text = format!(
            "{url} leads to this machine only, but {} is open to others; set MERO_PUBLIC_URL",
            config.bind
        );
        findings.push(Finding::new(Warn, "public address", text));
    } else {
        findings.push(Finding::new(Good, "public address", format!("{url}, {cookies}")));
    }
    if config.has_secure_cookies() && config.trusted_proxies == 0 {
        let text =
            "https, but no proxy is trusted: all callers seem to be one address; set MERO_TRUSTED_PROXIES=1";
        findings.push(Finding::new(Warn, "reverse proxy", text));
    }
    findings
}

/// An error with everything that caused it.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let inner = error.to_string();
        // Some libraries repeat their cause.
        if !text.contains(&inner) {
            text = format!("{text}: {inner}");
        }
        cause = error.source();
    }
    text
}
