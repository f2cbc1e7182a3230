use std::time::Duration;

use kernel::Secret;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::MailError;
use crate::mail::letter::refused;

/// How to reach a mail server, and who we are there.
pub(super) struct Server {
    host: String,
    port: u16,
    tls: Tls,
    hello: ClientId,
    credentials: Option<Credentials>,
}

impl Server {
    /// Reads `smtps://user:password@host`, or `smtp://host` with `?tls=required` or `?tls=opportunistic`. The path, if
    /// there is one, is the name under which we greet.
    pub(super) fn read(url: &Secret) -> Result<Self, MailError> {
        let fault = |what: String| refused(format!("the address of the mail server: {what}"));
        let url = Url::parse(url.expose()).map_err(|error| fault(error.to_string()))?;
        let host = match url.host() {
            Some(Host::Ipv6(ip)) => ip.to_string(),
            Some(host) => host.to_string(),
            None => return Err(fault("it names no host".to_owned())),
        };
        let wanted = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let keys = || TlsParameters::new(host.clone()).map_err(|error| fault(error.to_string()));
        let (tls, port) = match (url.scheme(), wanted.as_deref()) {
            ("smtp", None) => (Tls::None, 25),
            ("smtp", Some("required")) => (Tls::Required(keys()?), 587),
            ("smtp", Some("opportunistic")) => (Tls::Opportunistic(keys()?), 587),
            ("smtps", _) => (Tls::Wrapper(keys()?), 465),
            _ => return Err(fault("it is neither smtp nor smtps".to_owned())),
        };
        let hello = match url.path().trim_matches('/') {
            "" => ClientId::default(),
            name => ClientId::Domain(name.to_owned()),
        };
        let plain = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let credentials =
            url.password().map(|password| Credentials::new(plain(url.username()), plain(password)));
        Ok(Self { port: url.port().unwrap_or(port), host, tls, hello, credentials })
    }

    /// Connects, greets and says who we are.
    pub(super) async fn connect(&self, patience: Duration) -> Result<AsyncSmtpConnection, Error> {
        let wrapper = if let Tls::Wrapper(keys) = &self.tls { Some(keys.clone()) } else { None };
        let place = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(place, Some(patience), &self.hello, wrapper, None).await?;
        match &self.tls {
            Tls::Required(keys) => connection.starttls(keys.clone(), &self.hello).await?,
            Tls::Opportunistic(keys) if connection.can_starttls() => {
                connection.starttls(keys.clone(), &self.hello).await?;
            }
            _ => {}
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}
