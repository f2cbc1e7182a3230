use std::time::Instant;

use mailparse::{MailHeaderMap, ParsedMail, parse_mail};

use crate::{Doing, Outcome};

/// A mail as it came over the wire.
#[derive(Clone, Debug)]
pub struct Mail {
    /// When it was taken.
    pub at: Instant,
    /// The envelope, which counts; the headers only say so.
    pub from: String,
    pub to: Vec<String>,
    pub raw: Vec<u8>,
}

impl Mail {
    /// A header's text.
    pub fn header(&self, name: &str) -> Outcome<String> {
        let mail = parse_mail(&self.raw).doing("reading a mail")?;
        mail.headers.get_first_value(name).doing(format!("the header {name}"))
    }

    /// What tells one mail from another, however often it is sent.
    pub fn message_id(&self) -> Outcome<String> {
        self.header("Message-ID")
    }

    /// Its text for people without HTML.
    pub fn text(&self) -> Outcome<String> {
        let mail = parse_mail(&self.raw).doing("reading a mail")?;
        part(&mail, "text/plain").doing("a mail's plain text")
    }

    /// The secret in its link to a page: `<public address>/<page>#token=<secret>`.
    pub fn token(&self, page: &str) -> Option<String> {
        let text = self.text().ok()?;
        let (_, after) = text.split_once(&format!("/{page}#token="))?;
        let end = after.find(|letter: char| !(letter.is_ascii_alphanumeric() || "._-~%=".contains(letter)));
        let token = after.get(..end.unwrap_or(after.len()))?;
        (!token.is_empty()).then(|| token.to_owned())
    }
}

fn part(mail: &ParsedMail<'_>, kind: &str) -> Option<String> {
    if mail.ctype.mimetype == kind {
        return mail.get_body().ok();
    }
    mail.subparts.iter().find_map(|inner| part(inner, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(body: &str) -> Mail {
        let raw = format!("Message-ID: <7@x>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}");
        Mail { at: Instant::now(), from: String::new(), to: Vec::new(), raw: raw.into_bytes() }
    }

    #[test]
    fn the_token_of_the_right_page_is_read_to_its_end() {
        let mail = mail("Click http://localhost:1/verify-email#token=ab_C-9.xyz\r\nthen smile.");
        assert_eq!(mail.token("verify-email").as_deref(), Some("ab_C-9.xyz"));
        assert_eq!(mail.token("reset-password"), None);
        assert_eq!(mail.message_id().expect("a header"), "<7@x>");
    }

    #[test]
    fn a_mail_without_a_link_has_no_token() {
        assert_eq!(mail("hello").token("verify-email"), None);
        assert_eq!(mail("http://x/verify-email#token=").token("verify-email"), None);
    }
}
