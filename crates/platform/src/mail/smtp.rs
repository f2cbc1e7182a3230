use std::sync::Arc;

use async_trait::async_trait;
use kernel::{Env, Secret};
use lettre::Message;

mod line;
mod server;

use super::letter::Letterhead;
use super::{MailError, Mailer, OutgoingMail};
use line::Line;
use server::Server;

/// Sends mails through an SMTP server, over connections that are kept and used again.
pub struct SmtpMailer {
    line: Arc<Line>,
    letterhead: Letterhead,
}

impl SmtpMailer {
    /// Connects with the first mail.
    pub fn new(url: &Secret, from: &str, env: Env) -> Result<Self, MailError> {
        let line = Arc::new(Line::new(Server::read(url)?));
        Ok(Self { line, letterhead: Letterhead::new(from, env)? })
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    /// A caller who goes away does not cut the conversation: a task of its own ends it.
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailError> {
        let letter: Message = self.letterhead.write(mail)?;
        let line = self.line.clone();
        let taking = tokio::spawn(async move { line.take(letter.envelope(), &letter.formatted()).await });
        taking.await.unwrap_or_else(|stopped| Err(MailError::Uncertain(Box::new(stopped))))
    }

    async fn check(&self) -> Result<(), MailError> {
        self.line.check().await
    }
}
