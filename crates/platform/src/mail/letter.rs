//! The Internet message (RFC 5322, MIME) that a mail becomes, the same for every adapter.

use std::time::SystemTime;

use kernel::{EmailAddress, Env};
use lettre::Message;
use lettre::address::{Address, Envelope};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{self, Mailbox, MultiPart, MultiPartKind, SinglePart};

use super::{Attachment, MOST_ATTACHED, MailError, OutgoingMail};

/// Headers that only this file writes: a caller's copy of one could add a receiver or change the sender.
const OURS: [&str; 14] = [
    "auto-submitted",
    "bcc",
    "cc",
    "content-transfer-encoding",
    "content-type",
    "date",
    "from",
    "message-id",
    "mime-version",
    "reply-to",
    "return-path",
    "sender",
    "subject",
    "to",
];

/// Writes letters in one sender's name.
pub(super) struct Letterhead {
    from: Mailbox,
    env: Env,
}

impl Letterhead {
    pub(super) fn new(from: &str, env: Env) -> Result<Self, MailError> {
        let from = from.parse().map_err(|fault| refused(format!("the sender `{from}`: {fault}")))?;
        Ok(Self { from, env })
    }

    pub(super) fn env(&self) -> &Env {
        &self.env
    }

    /// The envelope names the receivers of the mail and nobody else, whatever the headers say.
    pub(super) fn write(&self, mail: &OutgoingMail) -> Result<Message, MailError> {
        let to = address(&mail.to)?;
        let also = addresses(&mail.extra.also_to)?;
        let cc = addresses(&mail.extra.cc)?;
        let receivers = [to.clone()].into_iter().chain(also.clone()).chain(cc.clone()).collect();
        let envelope = Envelope::new(Some(self.from.email.clone()), receivers)
            .expect("an envelope with a receiver is complete");
        let name = mail.to_name.as_deref().map(one_line).filter(|name| !name.is_empty());
        let mut letter = Message::builder()
            .envelope(envelope)
            .message_id(Some(message_id(&mail.message_id)?))
            .date(SystemTime::from(self.env.now()))
            .from(self.from.clone())
            .to(Mailbox::new(name, to))
            .subject(one_line(&mail.subject))
            .raw_header(header("Auto-Submitted", "auto-generated")?);
        letter = also.into_iter().fold(letter, |letter, to| letter.to(Mailbox::new(None, to)));
        letter = cc.into_iter().fold(letter, |letter, cc| letter.cc(Mailbox::new(None, cc)));
        if let Some(reader) = &mail.extra.reply_to {
            letter = letter.reply_to(Mailbox::new(None, address(reader)?));
        }
        for (name, value) in &mail.headers {
            if OURS.contains(&name.to_ascii_lowercase().as_str()) {
                return Err(refused(format!("the header `{name}` is not the caller's to set")));
            }
            letter = letter.raw_header(header(name, value)?);
        }
        let bodies = self.bodies(mail);
        let content = match mail.extra.attachments.as_slice() {
            [] => bodies,
            some => self.enclosing(bodies, some)?,
        };
        letter.multipart(content).map_err(|fault| refused(fault.to_string()))
    }

    /// The bodies first, then what is attached.
    fn enclosing(&self, bodies: MultiPart, attached: &[Attachment]) -> Result<MultiPart, MailError> {
        let size: usize = attached.iter().map(|file| file.content.len()).sum();
        if size > MOST_ATTACHED {
            return Err(refused(format!("{size} bytes are attached, and {MOST_ATTACHED} are the most")));
        }
        let mixed = MultiPart::builder()
            .kind(MultiPartKind::Mixed)
            .boundary(hex::encode(self.env.bytes::<16>()))
            .multipart(bodies);
        attached.iter().try_fold(mixed, |mixed, file| {
            let kind = ContentType::parse(&file.media_type)
                .map_err(|fault| refused(format!("the kind of an attachment: {fault}")))?;
            let part = message::Attachment::new(one_line(&file.name));
            Ok(mixed.singlepart(part.body(file.content.to_vec(), kind)))
        })
    }

    /// Text first, HTML last: readers show the last one they can. The border comes from `Env`, so that a
    /// body cannot foresee it.
    fn bodies(&self, mail: &OutgoingMail) -> MultiPart {
        MultiPart::builder()
            .kind(MultiPartKind::Alternative)
            .boundary(hex::encode(self.env.bytes::<16>()))
            .singlepart(SinglePart::plain(mail.text.clone()))
            .singlepart(SinglePart::html(mail.html.clone()))
    }
}

fn address(address: &EmailAddress) -> Result<Address, MailError> {
    address.as_str().parse().map_err(|fault| refused(format!("the address `{address}`: {fault}")))
}

fn addresses(all: &[EmailAddress]) -> Result<Vec<Address>, MailError> {
    all.iter().map(address).collect()
}

pub(super) fn refused(why: String) -> MailError {
    MailError::Permanent(why)
}

/// Letters, digits and hyphens only, which is stricter than RFC 5322 and than the library.
fn header(name: &str, value: &str) -> Result<HeaderValue, MailError> {
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    match HeaderName::new_from_ascii(name.to_owned()) {
        Ok(name) if is_plain => Ok(HeaderValue::new(name, one_line(value))),
        _ => Err(refused(format!("`{}` cannot be a header", one_line(name)))),
    }
}

/// Line breaks and other control characters become spaces: a value never begins a header of its own.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ").trim().to_owned()
}

fn message_id(id: &str) -> Result<String, MailError> {
    let is_plain = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "._-+=".contains(c))
    };
    match id.split_once('@') {
        Some((left, right)) if is_plain(left) && is_plain(right) && id.len() <= 200 => Ok(format!("<{id}>")),
        _ => Err(refused(format!("`{}` is no message id", one_line(id)))),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use kernel::EmailAddress;

    use super::*;

    fn letterhead() -> Letterhead {
        let at = DateTime::from_timestamp_millis(1_700_000_000_000).expect("valid");
        Letterhead::new("Mero Jugx <no-reply@localhost>", Env::frozen(at, 1)).expect("a sender")
    }

    fn a_mail() -> OutgoingMail {
        OutgoingMail {
            message_id: "1.welcome@localhost".to_owned(),
            to: EmailAddress::parse("to", "asha@example.com").expect("valid"),
            to_name: Some("Asha Rai".to_owned()),
            subject: "Welcome".to_owned(),
            text: "Hello".to_owned(),
            html: "<p>Hello</p>".to_owned(),
            headers: Vec::new(),
            extra: crate::Extra::default(),
        }
    }

    #[test]
    fn the_same_world_writes_the_same_letter() {
        let write = || letterhead().write(&a_mail()).expect("a letter").formatted();
        assert_eq!(write(), write());
        let letter = String::from_utf8(write()).expect("ASCII");
        assert!(letter.contains("Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n"), "{letter}");
        assert!(letter.contains("Message-ID: <1.welcome@localhost>\r\n"), "{letter}");
    }

    #[test]
    fn callers_set_no_header_that_names_people_or_content() {
        for name in ["Bcc", "bCC", "To", "From", "Content-Type", "Message-ID"] {
            let mail = OutgoingMail { headers: vec![(name, "eve@evil.example".to_owned())], ..a_mail() };
            assert!(matches!(letterhead().write(&mail), Err(MailError::Permanent(_))), "{name}");
        }
        for name in ["", "X Y", "X:Y", "X\r\nBcc"] {
            let mail = OutgoingMail { headers: vec![(name, "x".to_owned())], ..a_mail() };
            assert!(matches!(letterhead().write(&mail), Err(MailError::Permanent(_))), "{name:?}");
        }
    }

    #[test]
    fn a_message_id_is_two_plain_words() {
        for id in ["", "x", "a@b>\r\nBcc: eve@evil.example", "a b@c", "a@b@c", "<a@b>", "@b", "a@"] {
            let mail = OutgoingMail { message_id: id.to_owned(), ..a_mail() };
            assert!(matches!(letterhead().write(&mail), Err(MailError::Permanent(_))), "{id:?}");
        }
    }

    #[test]
    fn a_sender_is_a_mailbox() {
        assert!(Letterhead::new("nobody", Env::system()).is_err());
    }
}
