//! What each variable accepts. An error says what was expected, never what was found: it may be a secret.

use std::fmt::Display;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use kernel::Secret;
use lettre::message::Mailbox;
use redis::IntoConnectionInfo;
use url::Url;

use super::origin::{is_bare_origin, is_loopback_host};
use super::{DatabaseChoice, Limits, Signup};
use crate::keys::parse_key;

pub(super) fn database(text: &str) -> Result<DatabaseChoice, String> {
    let expected = || "`sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME`".to_owned();
    if let Some(path) = text.strip_prefix("sqlite:") {
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() || path.starts_with(':') || path.contains('?') {
            return Err(expected());
        }
        return Ok(DatabaseChoice::Sqlite { path: PathBuf::from(path) });
    }
    let url = Url::parse(text).ok().filter(|url| url.has_host());
    match url.as_ref().map(Url::scheme) {
        Some("postgres" | "postgresql") => Ok(DatabaseChoice::Postgres { url: Secret::new(text) }),
        _ => Err(expected()),
    }
}

pub(super) fn redis(text: &str) -> Result<Secret, String> {
    let usable = text.into_connection_info().is_ok();
    if usable { Ok(Secret::new(text)) } else { Err("`redis://HOST:PORT` or `rediss://HOST:PORT`".to_owned()) }
}

pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    SocketAddr::from_str(text).map_err(|_| "an address and a port, such as `127.0.0.1:8080`".to_owned())
}

pub(super) fn public_url(text: &str) -> Result<Url, String> {
    let Some(url) = Url::parse(text).ok().filter(is_bare_origin) else {
        return Err("scheme, host and port alone, such as `https://jugx.example.com`".to_owned());
    };
    if url.scheme() == "http" && !is_loopback_host(&url) {
        return Err(
            "https, because the session cookie travels over TLS only (http is for localhost)".to_owned()
        );
    }
    Ok(url)
}

pub(super) fn origins(text: &str) -> Result<Vec<Url>, String> {
    let parsed = text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(public_url);
    parsed.collect::<Result<_, _>>().map_err(|expected| format!("origins parted by commas, each {expected}"))
}

pub(super) fn secret_key(text: &str) -> Result<Secret, String> {
    match parse_key(text) {
        Ok(_) => Ok(Secret::new(text)),
        Err(_) => Err("32 random bytes as base64 or as 64 hexadecimal digits".to_owned()),
    }
}

pub(super) fn smtp(text: &str) -> Result<Secret, String> {
    let expected = "`smtps://USER:PASSWORD@HOST` or `smtp://HOST:PORT?tls=required`";
    let Some(url) = Url::parse(text).ok().filter(Url::has_host) else {
        return Err(expected.to_owned());
    };
    let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
    let is_encrypted = match (url.scheme(), tls.as_deref()) {
        ("smtps", _) | ("smtp", Some("required")) => true,
        ("smtp", None | Some("opportunistic")) => false,
        _ => return Err(expected.to_owned()),
    };
    if url.password().is_some() && !is_encrypted && !is_loopback_host(&url) {
        return Err("smtps or `?tls=required`, because the password would travel in the clear".to_owned());
    }
    Ok(Secret::new(text))
}

pub(super) fn mailbox(text: &str) -> Result<String, String> {
    match text.parse::<Mailbox>() {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("a mailbox, such as `Mero Jugx <no-reply@example.com>`".to_owned()),
    }
}

pub(super) fn endpoint(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    url.ok_or_else(|| "an http or https URL, such as `http://localhost:4317`".to_owned())
}

pub(super) fn signup(text: &str) -> Result<Signup, String> {
    match text {
        "open" => Ok(Signup::Open),
        "invite" => Ok(Signup::Invite),
        "closed" => Ok(Signup::Closed),
        _ => Err("`open`, `invite` or `closed`".to_owned()),
    }
}

/// Without limits passwords can be guessed, so that is for installations nobody else can reach.
pub(super) fn limits(text: &str, public_url: &Url) -> Result<Limits, String> {
    match text {
        "on" => Ok(Limits::On),
        "off" if is_loopback_host(public_url) => Ok(Limits::Off),
        "off" => Err("`on`, because the public URL is not loopback".to_owned()),
        _ => Err("`on` or `off`".to_owned()),
    }
}

pub(super) fn hops(text: &str) -> Result<u8, String> {
    whole(text, 0, 16)
}

pub(super) fn campaign_rate(text: &str) -> Result<u32, String> {
    whole(text, 1, 100_000)
}

pub(super) fn concurrency(text: &str) -> Result<u16, String> {
    whole(text, 1, 1024)
}

pub(super) fn lease(text: &str) -> Result<Duration, String> {
    whole(text, 1, 3600).map(Duration::from_secs)
}

fn whole<T: FromStr + PartialOrd + Display>(text: &str, least: T, most: T) -> Result<T, String> {
    match text.parse::<T>() {
        Ok(number) if number >= least && number <= most => Ok(number),
        _ => Err(format!("a whole number from {least} to {most}")),
    }
}
