use std::time::Duration;

use chrono::NaiveDate;
use kernel::{
    EmailAddress, FieldFault, Fields, InvoiceId, InvoiceLinkId, InvoiceSendingId, Locale, Secret, Timestamp,
    UserId, multi_line, single_line,
};

use crate::{Error, Paper, PaperOf, Printed, Rendition};

/// A document on its way to people by mail: one mail, whose receivers see each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    pub id: InvoiceSendingId,
    /// The invoice that the document is or is of.
    pub invoice: InvoiceId,
    pub of: PaperOf,
    pub purpose: Purpose,
    /// One at least.
    pub to: Vec<EmailAddress>,
    pub cc: Vec<EmailAddress>,
    /// In the sender's own words; absent as the product writes it.
    pub subject: Option<String>,
    /// The sender's own words, which may be none.
    pub message: String,
    pub state: SendingState,
    /// Why it failed.
    pub error: Option<String>,
    pub created_by: Option<UserId>,
    pub created_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub link: Option<SendingLink>,
    /// The paper that goes with it, once it was chosen: a second try takes the same one.
    pub rendition: Option<Rendition>,
}

/// The link to the invoice that was made for a sending. What it holds follows from the nonce and a key, and is kept
/// nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendingLink {
    pub id: InvoiceLinkId,
    pub nonce: Vec<u8>,
}

/// What a mail is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Here is a document.
    Document,
    /// Something is due.
    Reminder {
        /// Days after the last day to pay, or before it; absent where somebody sent it by hand.
        offset: Option<i64>,
    },
}

/// How far it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendingState {
    Queued,
    /// The next mail system has it.
    Sent,
    /// It will not arrive.
    Failed,
    /// What it was about was over before it left.
    Cancelled,
}

/// Sends a document.
#[derive(Clone, Debug, Default)]
pub struct SendDocument {
    /// The customer's address if empty.
    pub to: Vec<String>,
    pub cc: Vec<String>,
    pub subject: Option<String>,
    pub message: Option<String>,
}

/// What became of a try to deliver one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It came to an end now, and so did the job.
    Ended,
    /// It had come to an end before.
    Over,
    /// The mail system takes nothing now.
    Wait(Duration),
}

/// All that a mail is made of.
#[derive(Debug)]
pub struct Parcel {
    pub sending: Sending,
    pub document: Printed,
    pub paper: Paper,
    /// What the paper is called.
    pub file_name: String,
    /// What the link to the invoice holds; none where it leads nowhere.
    pub link: Option<Secret>,
    pub locale: Locale,
    /// The organization's day.
    pub today: NaiveDate,
}

/// What a mail system says to a parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed {
    Taken,
    /// For good, and why.
    Refused(String),
    /// Not now, and why; or nobody knows.
    Later(String),
}

/// To whom, and in which words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Envelope {
    pub(crate) to: Vec<EmailAddress>,
    pub(crate) cc: Vec<EmailAddress>,
    pub(crate) subject: Option<String>,
    pub(crate) message: String,
}

/// The most addresses of each kind.
const RECEIVERS: usize = 10;
const SUBJECT: usize = 200;
const MESSAGE: usize = 2_000;

/// How long a mail system is asked again.
const PATIENCE: chrono::TimeDelta = chrono::TimeDelta::days(3);

impl SendDocument {
    /// Reads it; `customer` is the address that it goes to unless told.
    pub(crate) fn parse(self, customer: Option<EmailAddress>) -> Result<Envelope, Error> {
        let mut fields = Fields::new();
        let mut to = addresses(&mut fields, "to", &self.to);
        if self.to.is_empty() {
            to.extend(customer);
            if to.is_empty() {
                let detail = "the customer has no address; say to whom it goes";
                fields.push(FieldFault::new("to", "required", detail));
            }
        }
        let mut cc = addresses(&mut fields, "cc", &self.cc);
        cc.retain(|address| !to.contains(address));
        let subject = self.subject.filter(|subject| !subject.trim().is_empty());
        let subject = subject.and_then(|text| fields.check(single_line("subject", &text, SUBJECT)));
        let message = self.message.unwrap_or_default();
        let message = fields.check(multi_line("message", message.trim(), MESSAGE)).unwrap_or_default();
        fields.finish()?;
        Ok(Envelope { to, cc, subject, message })
    }
}

/// Each address once.
fn addresses(fields: &mut Fields, field: &str, texts: &[String]) -> Vec<EmailAddress> {
    if texts.len() > RECEIVERS {
        fields.push(FieldFault::new(field, "too_many", format!("at most {RECEIVERS} addresses")));
    }
    let mut all = Vec::new();
    for (place, text) in texts.iter().take(RECEIVERS).enumerate() {
        let address = fields.check(EmailAddress::parse(&format!("{field}/{place}"), text));
        all.extend(address.filter(|address| !all.contains(address)));
    }
    all
}

impl Sending {
    /// When a mail system that took nothing at this time is asked again; never, after three days.
    pub(crate) fn again(&self, now: Timestamp) -> Option<Duration> {
        let age = now - self.created_at;
        let pause = age.clamp(chrono::TimeDelta::seconds(30), chrono::TimeDelta::minutes(30));
        (age < PATIENCE).then(|| pause.to_std().unwrap_or(Duration::from_secs(30)))
    }
}

impl Purpose {
    /// The word in the database and on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Reminder { .. } => "reminder",
        }
    }

    /// The one of this name.
    pub fn named(name: &str, offset: Option<i64>) -> Option<Self> {
        match name {
            "document" => Some(Self::Document),
            "reminder" => Some(Self::Reminder { offset }),
            _ => None,
        }
    }

    pub(crate) const fn offset(self) -> Option<i64> {
        match self {
            Self::Document => None,
            Self::Reminder { offset } => offset,
        }
    }
}

impl SendingState {
    const ALL: [Self; 4] = [Self::Queued, Self::Sent, Self::Failed, Self::Cancelled];

    /// The word in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(all: &[&str]) -> SendDocument {
        SendDocument { to: all.iter().map(|text| (*text).to_owned()).collect(), ..SendDocument::default() }
    }

    fn customer() -> Option<EmailAddress> {
        Some(EmailAddress::parse("email", "accounts@himal.example").expect("an address"))
    }

    #[test]
    fn unless_told_it_goes_to_the_customer() {
        assert_eq!(
            SendDocument::default().parse(customer()).expect("an envelope").to,
            [customer().expect("one")]
        );
        let other = to(&["asha@example.com"]).parse(customer()).expect("an envelope");
        assert_eq!(other.to.iter().map(EmailAddress::as_str).collect::<Vec<_>>(), ["asha@example.com"]);
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let command = SendDocument {
            cc: vec![
                "nobody".to_owned(),
                "b@example.com".to_owned(),
                "a@example.com\r\nBcc: eve@evil.example".to_owned(),
            ],
            subject: Some("Two\nlines".to_owned()),
            message: Some("x".repeat(MESSAGE + 1)),
            ..SendDocument::default()
        };
        let Err(Error::Invalid(faults)) = command.parse(None) else { panic!("not refused") };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["to", "cc/0", "cc/2", "subject", "message"]);
        let crowd = vec!["a@example.com"; RECEIVERS + 1];
        assert!(matches!(to(&crowd).parse(None), Err(Error::Invalid(faults)) if faults.len() == 1));
    }

    #[test]
    fn nobody_gets_it_twice() {
        let command = SendDocument {
            cc: vec!["a@example.com".to_owned(), "b@example.com".to_owned(), "b@example.com".to_owned()],
            ..to(&["a@example.com", "a@example.com"])
        };
        let envelope = command.parse(None).expect("an envelope");
        assert_eq!((envelope.to.len(), envelope.cc.len()), (1, 1));
    }
}
