//! Merge fields: `{{first_name}}`, or `{{first_name|there}}` for those of whom it is not known.

use super::{Reader, Sender};
use crate::PreflightFault;

/// What can be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeField {
    Email,
    FirstName,
    LastName,
    FullName,
    /// Who writes.
    Organization,
}

impl MergeField {
    /// Every one.
    pub const ALL: [Self; 5] =
        [Self::Email, Self::FirstName, Self::LastName, Self::FullName, Self::Organization];

    /// As it stands between the braces.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::FullName => "full_name",
            Self::Organization => "organization",
        }
    }

    pub(super) const fn may_be_unknown(self) -> bool {
        !matches!(self, Self::Email | Self::Organization)
    }

    fn value(self, reader: &Reader, sender: &Sender) -> String {
        let known = |name: &Option<String>| name.as_deref().unwrap_or_default().trim().to_owned();
        match self {
            Self::Email => reader.email.clone(),
            Self::FirstName => known(&reader.first_name),
            Self::LastName => known(&reader.last_name),
            Self::FullName => {
                let whole = format!("{} {}", known(&reader.first_name), known(&reader.last_name));
                whole.trim().to_owned()
            }
            Self::Organization => sender.organization.clone(),
        }
    }
}

/// Text as it was typed, or a place to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Field { field: MergeField, fallback: Option<String> },
}

impl Piece {
    /// What the author typed outside of fields is kept; what is filled in is escaped for where it stands.
    pub(super) fn fill(&self, reader: &Reader, sender: &Sender, escape: fn(&str) -> String) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Field { field, fallback } => {
                let value = field.value(reader, sender);
                let shown = if value.is_empty() { fallback.as_deref().unwrap_or_default() } else { &value };
                escape(shown)
            }
        }
    }
}

/// Parts a text at its fields.
pub(super) fn pieces(text: &str, faults: &mut Vec<PreflightFault>) -> Vec<Piece> {
    let (mut found, mut plain, mut rest) = (Vec::new(), String::new(), text);
    while let Some((before, behind)) = rest.split_once("{{") {
        plain.push_str(before);
        match field(behind) {
            Ok((piece, after)) => {
                found.push(Piece::Text(std::mem::take(&mut plain)));
                found.push(piece);
                rest = after;
            }
            Err(fault) => {
                faults.push(fault);
                plain.push_str("{{");
                rest = behind;
            }
        }
    }
    plain.push_str(rest);
    found.push(Piece::Text(plain));
    found.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
    found
}

/// The field that begins behind its braces, and what comes after it.
fn field(text: &str) -> Result<(Piece, &str), PreflightFault> {
    let Some((inside, after)) = text.split_once("}}").filter(|(inside, _)| !inside.contains(['{', '\n']))
    else {
        let shown: String = text.chars().take(20).take_while(|c| *c != '\n').collect();
        let detail = format!("`{{{{{shown}` has no end: `}}}}` is missing");
        return Err(PreflightFault::error("field_broken", detail));
    };
    let (name, fallback) = match inside.split_once('|') {
        Some((name, fallback)) => (name.trim(), Some(fallback.trim().to_owned())),
        None => (inside.trim(), None),
    };
    let Some(field) = MergeField::ALL.into_iter().find(|field| field.name() == name) else {
        let known = MergeField::ALL.map(MergeField::name).join("`, `");
        let shown: String = name.chars().take(40).collect();
        return Err(PreflightFault::error(
            "field_unknown",
            format!("there is no field `{shown}`; there are `{known}`"),
        ));
    };
    Ok((Piece::Field { field, fallback: fallback.filter(|text| !text.is_empty()) }, after))
}
