//! What a campaign says: subject and Markdown with merge fields, read once and then filled in for each recipient.
//!
//! What people are called is data: it is put in after the Markdown was read, so that any text prints as it stands.

mod field;
mod markdown;

use kernel::Locale;

pub use field::MergeField;
use field::{Piece, pieces};

use crate::{PreflightFault, Severity};

/// Whom a mail is filled in for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    pub email: String,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
}

/// In whose name, and in which language, what is not the author's own is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sender {
    pub(crate) organization: String,
    pub(crate) locale: Locale,
}

/// A mail as one reader gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    pub subject: String,
    pub html: String,
    pub text: String,
}

/// Content that was read.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    subject: Vec<Piece>,
    html: Vec<Piece>,
    text: Vec<Piece>,
    /// What is wrong with it, and what may be.
    pub(crate) faults: Vec<PreflightFault>,
}

impl Content {
    /// Reads subject and body. What cannot be read stands there as it was typed, and is among the faults.
    pub(crate) fn read(subject: &str, body: &str) -> Self {
        let mut faults = Vec::new();
        if subject.trim().is_empty() {
            faults.push(PreflightFault::error("subject_missing", "the subject is empty"));
        }
        if body.trim().is_empty() {
            faults.push(PreflightFault::error("body_missing", "the body is empty"));
        }
        let subject = pieces(subject, &mut faults);
        let text = pieces(&markdown::without_marks(body), &mut faults);
        let html = markdown::html(&text, &mut faults);
        for field in bare(subject.iter().chain(&text)) {
            let detail =
                format!("`{{{{{}}}}}` has no fallback for those of whom it is not known", field.name());
            faults.push(PreflightFault::new("field_may_be_empty", Severity::Warning, detail));
        }
        Self { subject, html, text, faults }
    }

    /// The mail for one reader. `unsubscribe` is the address of the page where he says that he wants no more.
    pub(crate) fn fill(&self, reader: &Reader, sender: &Sender, unsubscribe: &str) -> Filled {
        let fill = |pieces: &[Piece], escape: fn(&str) -> String| -> String {
            pieces.iter().map(|piece| piece.fill(reader, sender, escape)).collect()
        };
        let (why, leave) = footer(sender.locale);
        let organization = html_escaped(&sender.organization);
        let html = format!(
            "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"></head>\n<body>\n{}\
             <hr>\n<p><small>{organization}. {why} <a href=\"{}\">{leave}</a></small></p>\n</body></html>\n",
            sender.locale.tag(),
            fill(&self.html, html_escaped),
            html_escaped(unsubscribe),
        );
        let text = fill(&self.text, str::to_owned);
        Filled {
            subject: fill(&self.subject, str::to_owned).replace(char::is_control, " "),
            html,
            text: format!(
                "{}\n\n-- \n{}. {why}\n{leave}: {unsubscribe}\n",
                text.trim_end(),
                sender.organization
            ),
        }
    }
}

/// The fields that may turn out empty, each once.
fn bare<'a>(pieces: impl Iterator<Item = &'a Piece>) -> Vec<MergeField> {
    let mut found = Vec::new();
    for piece in pieces {
        if let Piece::Field { field, fallback: None } = piece
            && field.may_be_unknown()
            && !found.contains(field)
        {
            found.push(*field);
        }
    }
    found
}

const fn footer(locale: Locale) -> (&'static str, &'static str) {
    match locale {
        Locale::En => ("You get this mail because you are on our list.", "Unsubscribe"),
        Locale::Ne => ("तपाईं हाम्रो सूचीमा भएकाले यो इमेल आएको हो।", "सदस्यता हटाउनुहोस्"),
    }
}

pub(crate) fn html_escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
