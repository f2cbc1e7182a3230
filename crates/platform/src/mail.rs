use std::error::Error;

use async_trait::async_trait;
use bytes::Bytes;
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

/// A mail, to one person unless `extra` names more.
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
    pub extra: Extra,
}

/// What only some mails have.
#[derive(Clone, Debug, Default)]
pub struct Extra {
    /// Further receivers, whom all see. A server that refuses one of them takes the mail for none.
    pub also_to: Vec<EmailAddress>,
    pub cc: Vec<EmailAddress>,
    /// Who reads the answers.
    pub reply_to: Option<EmailAddress>,
    /// All of them together have at most [`MOST_ATTACHED`] bytes.
    pub attachments: Vec<Attachment>,
}

/// A file in a mail.
#[derive(Clone, Debug)]
pub struct Attachment {
    pub name: String,
    /// As in `application/pdf`.
    pub media_type: String,
    pub content: Bytes,
}

/// What a mail encloses at most, in bytes; more than a third is added on its way, and many servers take 20 MB.
pub const MOST_ATTACHED: usize = 10 * 1024 * 1024;

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// This mail will never be taken; the text says what the server or the rules object to.
    #[error("the mail was refused for good: {0}")]
    Permanent(String),
    /// The server does not take this mail now; later it may.
    #[error("the mail could not be sent now")]
    Temporary(#[source] Box<dyn Error + Send + Sync>),
    /// The server takes no mail of ours now, whoever it is to: it is away, or does not trust us. Nothing of this one was
    /// handed over.
    #[error("the mail server takes no mails now")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
    /// The conversation broke off while the mail itself was on its way: the server may have taken it or not.
    #[error("nobody knows whether the mail was sent")]
    Uncertain(#[source] Box<dyn Error + Send + Sync>),
}
