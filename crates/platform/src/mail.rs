use std::error::Error;

use async_trait::async_trait;
use kernel::EmailAddress;

mod letter;
mod local;
mod smtp;

pub use local::LocalMailer;
pub use smtp::SmtpMailer;

/// Hands mails over for delivery.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Returns when the mail is in the hands of the next one. A mail sent twice is delivered twice, under one
    /// `Message-ID`.
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailError>;

    /// Whether a mail could be sent now, for the doctor.
    async fn check(&self) -> Result<(), MailError>;
}

/// A mail to one person.
#[derive(Clone, Debug)]
pub struct OutgoingMail {
    /// As in `0190.notifications@jugx.example.com`, without `<>`; the same at every attempt, so that
    /// receivers recognize a second copy.
    pub message_id: String,
    pub to: EmailAddress,
    pub to_name: Option<String>,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Further headers, such as `List-Unsubscribe`. None that says who writes, who receives or what is inside.
    pub headers: Vec<(&'static str, String)>,
}

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// This mail will never be taken; the text says what the server or the rules object to.
    #[error("the mail was refused for good: {0}")]
    Permanent(String),
    /// Later it may work.
    #[error("the mail could not be sent now")]
    Temporary(#[source] Box<dyn Error + Send + Sync>),
    /// The conversation broke off in its middle: the server may have taken the mail or not.
    #[error("nobody knows whether the mail was sent")]
    Uncertain(#[source] Box<dyn Error + Send + Sync>),
}
