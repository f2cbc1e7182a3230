//! How documents get to people: a mail in the language of the organization, with the paper in it.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::NaiveDate;
use files::Files;
use futures_util::TryStreamExt;
use invoices::{
    Amount, Delivery, FullCreditNote, FullInvoice, Handed, Paper, Parcel, Party, Printed, Purpose, Sides,
};
use kernel::{
    Actor, Currency, EmailAddress, Fault, FaultKind, InvoiceSendingId, Locale, Money, PortFault, Secret,
};
use notifications::{Letter, Mails, Template};
use platform::{Attachment, Extra, MOST_ATTACHED};
use serde_json::{Value, json};
use url::Url;

use crate::bridges::{Later, ready};
use crate::jobs::job_error;
use crate::{Done, JobError, Services};

/// Brings a document on its way.
pub(crate) async fn deliver(
    services: &Services,
    actor: &Actor,
    sending: InvoiceSendingId,
) -> Result<Done, JobError> {
    match services.invoices.deliver(actor, sending).await.map_err(job_error)? {
        Delivery::Ended => Ok(Done::Committed),
        Delivery::Over => Ok(Done::Unmarked),
        Delivery::Wait(after) => {
            Err(JobError::Postpone { after, reason: "the mail system takes nothing now".to_owned() })
        }
    }
}

/// `invoices` asks `notifications`, which knows how a mail is written, and `files`.
pub(crate) struct Post {
    pub(crate) mails: Arc<dyn Mails>,
    pub(crate) files: Later<Arc<dyn Files>>,
    pub(crate) public_url: Url,
}

#[async_trait]
impl invoices::Post for Post {
    async fn post(&self, actor: &Actor, parcel: Parcel) -> Result<Handed, PortFault> {
        let Some(letter) = self.letter(&parcel) else {
            return Ok(Handed::Refused("it names no receiver".to_owned()));
        };
        let paper = self.enclosed(&parcel.paper, parcel.file_name.clone()).await?;
        let extra = Extra {
            also_to: parcel.sending.to.iter().skip(1).cloned().collect(),
            cc: parcel.sending.cc.clone(),
            reply_to: reply_to(&sides(&parcel.document).1.seller),
            attachments: vec![paper],
        };
        match self.mails.hand_over(actor, &letter, parcel.sending.id.uuid(), extra).await {
            Ok(()) => Ok(Handed::Taken),
            Err(notifications::Error::Refused(error)) => Ok(Handed::Refused(in_one_line(&error))),
            Err(notifications::Error::Unsent(error)) => Ok(Handed::Later(in_one_line(&error))),
            Err(error) => Err(PortFault::new(error)),
        }
    }
}

impl Post {
    fn letter(&self, parcel: &Parcel) -> Option<Letter> {
        let (template, context) = words(parcel);
        let buyer = &sides(&parcel.document).1.buyer;
        Some(Letter {
            key: parcel.sending.id.to_string(),
            template,
            to: parcel.sending.to.first()?.clone(),
            to_name: Some(buyer.name.clone()),
            locale: parcel.locale,
            link: parcel.link.as_ref().map(|token| self.page(token)),
            context,
            preferences_link: None,
        })
    }

    fn page(&self, token: &Secret) -> Secret {
        let address = self.public_url.as_str().trim_end_matches('/');
        Secret::new(format!("{address}/invoice#token={}", token.expose()))
    }

    /// The bytes of a paper. One that is too large for a mail is cut short here, and refused where mails are written.
    async fn enclosed(&self, paper: &Paper, name: String) -> Result<Attachment, PortFault> {
        let download = ready(&self.files).content(paper.org, paper.file).await.map_err(PortFault::new)?;
        let mut content = Vec::new();
        let mut chunks = download.content;
        while let Some(chunk) = chunks.try_next().await.map_err(|torn| PortFault::new(Unread(torn)))? {
            content.extend_from_slice(&chunk);
            if content.len() > MOST_ATTACHED {
                break;
            }
        }
        Ok(Attachment { name, media_type: download.media_type, content: content.into() })
    }
}

/// The store gave a paper in part.
#[derive(Debug, thiserror::Error)]
#[error("the paper cannot be read now")]
struct Unread(#[source] std::io::Error);

impl Fault for Unread {
    fn kind(&self) -> FaultKind {
        FaultKind::Unavailable { retry_after: Duration::from_secs(30) }
    }

    fn code(&self) -> &'static str {
        "unavailable"
    }
}

/// What the mail says.
fn words(parcel: &Parcel) -> (Template, Value) {
    let (number, Sides { seller, .. }) = sides(&parcel.document);
    let mut facts = json!({
        "organization": seller.name,
        "number": number,
        "own_subject": parcel.sending.subject,
        "message": Some(&parcel.sending.message).filter(|text| !text.is_empty()),
    });
    let sum = |amount: Amount, currency: Currency| written(amount, currency, parcel.locale);
    let (template, own) = match (&parcel.document, parcel.sending.purpose) {
        (Printed::Invoice(full), Purpose::Document) => (
            Template::InvoiceSent,
            json!({
                "total": sum(full.invoice.sums.total, full.invoice.currency),
                "due_on": full.invoice.due_on.map(midnight),
            }),
        ),
        (Printed::Invoice(full), Purpose::Reminder { .. }) => {
            (Template::InvoiceReminder, reminder(full, parcel))
        }
        (Printed::CreditNote { note, of }, _) => (
            Template::CreditNoteSent,
            json!({
                "invoice": of.0.to_string(),
                "total": sum(note.note.sums.total, note.note.currency),
            }),
        ),
    };
    if let (Value::Object(facts), Value::Object(own)) = (&mut facts, own) {
        facts.extend(own);
    }
    (template, facts)
}

fn reminder(full: &FullInvoice, parcel: &Parcel) -> Value {
    let due = full.invoice.balance().map(|balance| balance.due()).unwrap_or_default();
    json!({
        "due": written(due, full.invoice.currency, parcel.locale),
        "due_on": full.invoice.due_on.map(midnight),
        "is_overdue": full.invoice.is_overdue(parcel.today),
    })
}

/// The number and both sides of an issued document; a draft is never sent.
fn sides(document: &Printed) -> (String, Sides) {
    let nobody = || Party { name: String::new(), tax_id: None, address: None, phone: None, email: None };
    match document {
        Printed::Invoice(full) => {
            let number = full.invoice.issue.as_ref().map(|issue| issue.number.to_string());
            let sides = full.sides.clone();
            (number.unwrap_or_default(), sides.unwrap_or_else(|| Sides { seller: nobody(), buyer: nobody() }))
        }
        Printed::CreditNote { note, .. } => of_note(note),
    }
}

fn of_note(note: &FullCreditNote) -> (String, Sides) {
    (note.note.issue.number.to_string(), note.sides.clone())
}

/// Answers go to the seller, if what he prints as his address is one.
fn reply_to(seller: &Party) -> Option<EmailAddress> {
    EmailAddress::parse("email", seller.email.as_deref()?).ok()
}

fn written(amount: Amount, currency: Currency, locale: Locale) -> String {
    pdf::sum(Money { amount: amount.minor(), currency }, locale)
}

/// A day as templates take it.
fn midnight(day: NaiveDate) -> String {
    format!("{day}T00:00:00Z")
}

/// The failure and its causes, as long as the ledger keeps it.
fn in_one_line(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text.chars().take(500).collect()
}
