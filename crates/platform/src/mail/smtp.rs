use std::time::Duration;

use async_trait::async_trait;
use kernel::{Env, Secret};
use lettre::transport::smtp::Error;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::letter::{Letterhead, refused};
use super::{MailError, Mailer, OutgoingMail};

/// The time limit of each step of the conversation.
const STEP: Duration = Duration::from_secs(10);

/// The server does not know or trust *us* (RFC 4954): every mail would be refused until the operator mends
/// the credentials, so none of them is to blame.
const OUR_CREDENTIALS: [&str; 4] = ["530", "534", "535", "538"];

/// Sends mails through an SMTP server, over connections that are kept and used again.
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    letterhead: Letterhead,
}

impl SmtpMailer {
    /// Connects with the first mail. Must be called within the runtime.
    pub fn new(url: &Secret, from: &str, env: Env) -> Result<Self, MailError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose())
            .map_err(|fault| refused(format!("the address of the mail server: {fault}")))?
            .timeout(Some(STEP))
            .build();
        Ok(Self { transport, letterhead: Letterhead::new(from, env)? })
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailError> {
        let letter = self.letterhead.write(mail)?;
        self.transport.send(letter).await.map(drop).map_err(judge)
    }

    async fn check(&self) -> Result<(), MailError> {
        match self.transport.test_connection().await {
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
    MailError::Temporary(Box::new(fault))
}
