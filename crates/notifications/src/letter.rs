use kernel::{EmailAddress, Locale, MailId, Secret};
use serde_json::Value;

use crate::Template;

/// A mail to one person, before it is rendered.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Stable and unique in the organization: a letter with the key of one that was sent is not sent.
    pub key: String,
    pub template: Template,
    pub to: EmailAddress,
    pub to_name: Option<String>,
    pub locale: Locale,
    /// Where the button leads, on this installation. May hold a token, so it is kept nowhere.
    pub link: Option<Secret>,
    /// A JSON object with the facts that [`Template::facts`] names.
    pub context: Value,
    /// Where he chooses which mails reach him; absent for mails that cannot be muted.
    pub preferences_link: Option<String>,
}

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dispatch {
    Sent(MailId),
    /// An earlier try had sent it.
    SentBefore,
}
