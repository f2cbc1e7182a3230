//! A mail file, taken apart.

use mailparse::{MailHeaderMap, MailParseError, ParsedMail};

/// What the mailbox shows of a mail.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Eml {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: Option<String>,
}

impl Eml {
    /// Reads the bytes of a file.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, MailParseError> {
        let mail = mailparse::parse_mail(bytes)?;
        let header = |name: &str| mail.headers.get_first_value(name).unwrap_or_default();
        let (from, to, subject) = (header("From"), header("To"), header("Subject"));
        Ok(Self {
            from,
            to,
            subject,
            text: part(&mail, "text/plain")?.unwrap_or_default(),
            html: part(&mail, "text/html")?,
        })
    }

    /// The links of the text that carry a token, with the token itself.
    pub(super) fn tokens(&self) -> Vec<(&str, &str)> {
        let words = self.text.split_whitespace().filter(|word| word.starts_with("http"));
        words.filter_map(|link| Some((link, link.split_once("#token=")?.1))).collect()
    }
}

fn part(mail: &ParsedMail<'_>, kind: &str) -> Result<Option<String>, MailParseError> {
    if mail.ctype.mimetype == kind {
        return mail.get_body().map(Some);
    }
    for inner in &mail.subparts {
        if let Some(found) = part(inner, kind)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::Eml;

    const MAIL: &str = "From: Mero Jugx <no-reply@localhost>\r\nTo: asha@example.com\r\n\
        Subject: =?utf-8?b?4KSo4KSu4KS44KWN4KSk4KWH?=\r\n\
        Content-Type: multipart/alternative; boundary=x\r\n\r\n\
        --x\r\nContent-Type: text/plain\r\n\r\nOpen http://localhost:8080/verify-email#token=abc.def now\r\n\
        --x\r\nContent-Type: text/html\r\n\r\n<p>Open</p>\r\n--x--\r\n";

    #[test]
    fn both_parts_the_subject_and_the_token_are_found() {
        let mail = Eml::read(MAIL.as_bytes()).expect("a mail");
        assert_eq!(mail.subject, "नमस्ते");
        assert_eq!(mail.html.as_deref().map(str::trim), Some("<p>Open</p>"));
        assert_eq!(mail.tokens(), [("http://localhost:8080/verify-email#token=abc.def", "abc.def")]);
    }
}
