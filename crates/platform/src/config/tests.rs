use std::cell::RefCell;
use std::collections::BTreeSet;

use super::*;

const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

const EVERYTHING: [(&str, &str); 23] = [
    ("DATABASE_URL", "postgres://mero:pw@db/mero"),
    ("REDIS_URL", "rediss://:pw@cache:6380/2"),
    ("MERO_BIND", "0.0.0.0:9000"),
    ("MERO_DATA_DIR", "/var/lib/mero"),
    ("MERO_PUBLIC_URL", "https://jugx.example.com"),
    ("MERO_SECRET_KEY", KEY),
    ("SMTP_URL", "smtps://user:pw@mail.example.com"),
    ("MERO_MAIL_FROM", "Support <help@example.com>"),
    ("MERO_FILES_URL", "s3://bucket/prefix"),
    ("AWS_REGION", "ap-south-1"),
    ("AWS_ENDPOINT_URL", "https://storage.example.com"),
    ("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"),
    ("AWS_SECRET_ACCESS_KEY", "s3-pw@"),
    ("MERO_METRICS_BIND", "127.0.0.1:9100"),
    ("MERO_OTLP_ENDPOINT", "http://otel:4317"),
    ("MERO_LOG", "warn"),
    ("MERO_TRUSTED_PROXIES", "2"),
    ("MERO_ALLOWED_ORIGINS", "https://a.example.com, https://b.example.com:8443"),
    ("MERO_SIGNUP", "invite"),
    ("MERO_LIMITS", "on"),
    ("MERO_CAMPAIGN_RATE", "20"),
    ("MERO_WORKER_CONCURRENCY", "32"),
    ("MERO_LEASE_SECONDS", "5"),
];

const REFUSED: [(&str, &[&str]); 18] = [
    ("DATABASE_URL", &["sqlite:", "sqlite::memory:", "sqlite:a?mode=ro", "postgres:", "x"]),
    ("REDIS_URL", &["localhost:6379", "http://localhost"]),
    ("MERO_BIND", &["8080", "localhost:8080"]),
    ("MERO_PUBLIC_URL", &["jugx.example.com", "https://a.example.com/app", "https://u:p@a.example.com"]),
    ("MERO_SECRET_KEY", &["short", "AAAA"]),
    ("SMTP_URL", &["mail.example.com", "http://mail.example.com", "smtp://h?tls=maybe"]),
    ("MERO_MAIL_FROM", &["nobody", "A <a@b> <c@d>"]),
    ("MERO_FILES_URL", &["ftp://x/y", "s3://key:secret@bucket/x", "files"]),
    ("AWS_ENDPOINT_URL", &["storage:9000", "ftp://storage", "https://u:p@storage"]),
    ("MERO_METRICS_BIND", &["9100"]),
    ("MERO_OTLP_ENDPOINT", &["otel:4317"]),
    ("MERO_TRUSTED_PROXIES", &["-1", "17", "all"]),
    ("MERO_ALLOWED_ORIGINS", &["*", "https://a.example.com/x", "http://a.example.com"]),
    ("MERO_SIGNUP", &["yes"]),
    ("MERO_LIMITS", &["no"]),
    ("MERO_CAMPAIGN_RATE", &["0", "off", "100001"]),
    ("MERO_WORKER_CONCURRENCY", &["0", "1025"]),
    ("MERO_LEASE_SECONDS", &["0", "3601", "30s"]),
];

fn config(variables: &[(&str, &str)]) -> Result<Config, ConfigFaults> {
    Config::from_env(|name| {
        variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    })
}

fn fault_of(name: &'static str, value: &str) -> String {
    let faults = config(&[(name, value)]).expect_err(value).0;
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].name, name);
    faults[0].expected.clone()
}

#[test]
fn nothing_set_is_a_safe_embedded_installation() {
    let config = config(&[]).expect("defaults are valid");
    assert!(
        matches!(&config.database, DatabaseChoice::Sqlite { path } if path.as_os_str() == "./data/mero.db")
    );
    assert_eq!(config.bind.to_string(), "127.0.0.1:8080");
    assert_eq!(config.public_url.as_str(), "http://localhost:8080/");
    assert_eq!(config.mail_from, "Mero Jugx <no-reply@localhost>");
    assert_eq!((config.log.as_str(), config.log_format), ("info", LogFormat::Text));
    assert_eq!((config.signup, config.limits), (Signup::Open, Limits::On));
    assert_eq!((config.trusted_proxies, config.worker_concurrency), (0, 8));
    assert_eq!((config.lease, config.campaign_rate), (Duration::from_secs(30), 200));
    assert!(config.redis.is_none() && config.smtp.is_none() && config.secret_key.is_none());
    assert!(config.metrics_bind.is_none() && config.otlp_endpoint.is_none());
    assert!(matches!(&config.files, FilesChoice::Folder { path } if path.as_os_str() == "./data/files"));
    assert!(config.allowed_origins.is_empty());
    assert!(config.is_loopback() && !config.has_secure_cookies());
}

#[test]
fn the_default_mailbox_is_one() {
    assert!(values::mailbox(MAIL_FROM).is_ok());
}

#[test]
fn everything_set_is_everything_read() {
    let config = config(&EVERYTHING).expect("valid");
    assert!(matches!(&config.database, DatabaseChoice::Postgres { url } if url.expose().contains("@db/")));
    assert_eq!(config.redis.as_ref().map(Secret::expose), Some("rediss://:pw@cache:6380/2"));
    assert_eq!(config.bind.to_string(), "0.0.0.0:9000");
    assert_eq!(config.data_dir, PathBuf::from("/var/lib/mero"));
    assert_eq!(config.secret_key.as_ref().map(Secret::expose), Some(KEY));
    let FilesChoice::Bucket(place) = &config.files else { panic!("a bucket: {:?}", config.files) };
    assert_eq!((place.bucket.as_str(), place.prefix.as_str()), ("bucket", "prefix"));
    assert_eq!(
        (place.region.as_str(), place.endpoint.as_deref()),
        ("ap-south-1", Some("https://storage.example.com"))
    );
    assert_eq!(place.credentials.as_ref().map(|(id, _)| id.as_str()), Some("AKIAEXAMPLE"));
    assert_eq!(config.log_format, LogFormat::Json);
    assert_eq!((config.trusted_proxies, config.worker_concurrency), (2, 32));
    assert_eq!(config.signup, Signup::Invite);
    assert_eq!(config.lease, Duration::from_secs(5));
    assert!(!config.is_loopback() && config.has_secure_cookies());
    assert!(!format!("{config:?}").contains("pw@"), "passwords stay out of Debug");
}

#[test]
fn the_list_of_variables_is_what_is_read() {
    let asked = RefCell::new(BTreeSet::new());
    let read = |name: &str| {
        asked.borrow_mut().insert(name.to_owned());
        None
    };
    Config::from_env(read).expect("defaults are valid");
    assert_eq!(asked.into_inner(), Config::VARIABLES.map(str::to_owned).into());
}

#[test]
fn all_faults_are_told_at_once_and_no_value_is_repeated() {
    let faults = config(&[
        ("DATABASE_URL", "mysql://root:hunter2@db/mero"),
        ("MERO_SECRET_KEY", "hunter2"),
        ("MERO_LEASE_SECONDS", "0"),
    ])
    .expect_err("three faults");
    let text = faults.to_string();
    assert_eq!(text.lines().count(), 3, "{text}");
    for name in ["DATABASE_URL: expected ", "MERO_SECRET_KEY: expected ", "MERO_LEASE_SECONDS: expected "] {
        assert!(text.contains(name), "{text}");
    }
    assert!(!text.contains("hunter2"));
}

#[test]
fn an_empty_variable_is_an_absent_one() {
    let config = config(&[("REDIS_URL", ""), ("MERO_BIND", "  "), ("SMTP_URL", "")]).expect("valid");
    assert!(config.redis.is_none() && config.smtp.is_none());
    assert_eq!(config.bind.port(), 8080);
}

#[test]
fn each_variable_refuses_what_it_cannot_mean() {
    for (name, values) in REFUSED {
        for value in values {
            fault_of(name, value);
        }
    }
}

#[test]
fn plain_http_is_for_loopback_alone_and_the_fault_says_why() {
    assert!(fault_of("MERO_PUBLIC_URL", "http://jugx.example.com").contains("cookie"));
    for url in ["http://localhost:3000", "http://127.0.0.2", "http://[::1]:8080", "http://app.localhost"] {
        assert!(config(&[("MERO_PUBLIC_URL", url)]).is_ok(), "{url}");
    }
}

#[test]
fn a_password_never_travels_to_a_mail_server_in_the_clear() {
    assert!(fault_of("SMTP_URL", "smtp://u:p@mail.example.com").contains("clear"));
    assert!(fault_of("SMTP_URL", "smtp://u:p@mail.example.com?tls=opportunistic").contains("clear"));
    for url in ["smtp://relay:25", "smtp://u:p@localhost:1025", "smtp://u:p@mail.example.com?tls=required"] {
        assert!(config(&[("SMTP_URL", url)]).is_ok(), "{url}");
    }
}

#[test]
fn limits_are_off_on_loopback_alone() {
    let off = ("MERO_LIMITS", "off");
    assert_eq!(config(&[off]).expect("loopback").limits, Limits::Off);
    assert!(config(&[off, ("MERO_PUBLIC_URL", "https://jugx.example.com")]).is_err());
}

#[test]
fn an_open_socket_or_a_public_name_is_not_loopback() {
    assert!(!config(&[("MERO_BIND", "0.0.0.0:8080")]).expect("valid").is_loopback());
    assert!(!config(&[("MERO_PUBLIC_URL", "https://jugx.example.com")]).expect("valid").is_loopback());
}

#[test]
fn a_loopback_installation_allows_every_loopback_spelling_of_its_port() {
    let config = config(&[]).expect("valid");
    for origin in ["http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"] {
        assert!(config.allows_origin(origin), "{origin}");
    }
    for origin in ["http://localhost:8081", "https://localhost:8080", "http://evil.example:8080", "null", ""]
    {
        assert!(!config.allows_origin(origin), "{origin}");
    }
}

#[test]
fn a_public_installation_allows_itself_and_its_list() {
    let config = config(&[
        ("MERO_PUBLIC_URL", "https://jugx.example.com"),
        ("MERO_ALLOWED_ORIGINS", "https://partner.example.com"),
    ])
    .expect("valid");
    for origin in ["https://jugx.example.com", "https://partner.example.com:443"] {
        assert!(config.allows_origin(origin), "{origin}");
    }
    for origin in ["https://jugx.example.com.evil.np", "http://jugx.example.com", "http://localhost"] {
        assert!(!config.allows_origin(origin), "{origin}");
    }
}

#[test]
fn files_may_go_to_a_folder_of_ones_choice() {
    let files = config(&[("MERO_FILES_URL", "file:///srv/files")]).expect("valid").files;
    assert!(matches!(&files, FilesChoice::Folder { path } if path.as_os_str() == "/srv/files"));
}

#[test]
fn a_sqlite_path_may_be_written_in_two_ways() {
    for url in ["sqlite:/srv/mero.db", "sqlite:///srv/mero.db"] {
        let database = config(&[("DATABASE_URL", url)]).expect("valid").database;
        assert!(
            matches!(&database, DatabaseChoice::Sqlite { path } if path.as_os_str() == "/srv/mero.db"),
            "{url}"
        );
    }
}
