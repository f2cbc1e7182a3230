use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use async_trait::async_trait;
use kernel::{Env, Secret};
use lettre::transport::smtp::{AsyncSmtpTransportBuilder, Error};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use tokio::time::timeout;

use super::letter::{Letterhead, refused};
use super::{MailError, Mailer, OutgoingMail};

/// The time limit of each step of the conversation.
const STEP: Duration = Duration::from_secs(10);

/// The time limit of a whole mail.
const WHOLE: Duration = Duration::from_secs(30);

/// The server does not know or trust *us* (RFC 4954): every mail would be refused until the operator mends
/// the credentials, so none of them is to blame.
const OUR_CREDENTIALS: [&str; 4] = ["530", "534", "535", "538"];

/// Sends mails through an SMTP server, over connections that are kept and used again.
pub struct SmtpMailer {
    line: Arc<Line>,
    letterhead: Letterhead,
}

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// The connections to the server.
struct Line {
    builder: AsyncSmtpTransportBuilder,
    transport: RwLock<Transport>,
}

impl Line {
    fn transport(&self) -> Transport {
        self.transport.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes one mail to the server. A conversation that was left in its middle would garble the next mail on that
    /// connection, so after one all connections are made anew.
    async fn take(self: Arc<Self>, letter: Message) -> Result<(), MailError> {
        match timeout(WHOLE, self.transport().send(letter)).await {
            Ok(sent) => sent.map(drop).map_err(judge),
            Err(late) => {
                let fresh = self.builder.clone().build();
                *self.transport.write().unwrap_or_else(PoisonError::into_inner) = fresh;
                Err(MailError::Uncertain(Box::new(late)))
            }
        }
    }
}

impl SmtpMailer {
    /// Connects with the first mail. Must be called within the runtime.
    pub fn new(url: &Secret, from: &str, env: Env) -> Result<Self, MailError> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose())
            .map_err(|fault| refused(format!("the address of the mail server: {fault}")))?
            .timeout(Some(STEP));
        let transport = RwLock::new(builder.clone().build());
        Ok(Self { line: Arc::new(Line { builder, transport }), letterhead: Letterhead::new(from, env)? })
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    /// A caller who goes away does not cut the conversation: a task of its own ends it.
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailError> {
        let letter = self.letterhead.write(mail)?;
        let taking = tokio::spawn(self.line.clone().take(letter));
        taking.await.unwrap_or_else(|stopped| Err(MailError::Uncertain(Box::new(stopped))))
    }

    async fn check(&self) -> Result<(), MailError> {
        match self.line.transport().test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(MailError::Temporary("the mail server does not answer NOOP".into())),
            Err(fault) => Err(judge(fault)),
        }
    }
}

fn judge(fault: Error) -> MailError {
    let code = fault.status().map(|code| code.to_string());
    let is_about_us = code.is_some_and(|code| OUR_CREDENTIALS.contains(&code.as_str()));
    if fault.is_permanent() && !is_about_us {
        return refused(fault.to_string());
    }
    if fault.status().is_some() || fault.is_client() || fault.is_tls() || never_connected(&fault) {
        return MailError::Temporary(Box::new(fault));
    }
    MailError::Uncertain(Box::new(fault))
}

/// The library tells a connection that was never made from one that broke by its words alone.
fn never_connected(fault: &Error) -> bool {
    fault.is_transport_shutdown() || fault.to_string().starts_with("Connection error")
}
