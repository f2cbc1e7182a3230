//! What texts and states of records here have in common.

use kernel::{FieldFault, Fields, Patch, Timestamp, Version, multi_line, single_line};

use crate::Error;

/// Whether something is offered for new documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    Active,
    /// Kept for the documents that name it.
    Archived,
}

impl Standing {
    /// Since when it is archived, if it is from now on.
    pub(crate) fn since(self, before: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Active => None,
            Self::Archived => before.or(Some(now)),
        }
    }
}

/// Refuses a caller who has seen another version.
pub(crate) fn must_be_at(current: Version, expected: Version) -> Result<(), Error> {
    if current == expected { Ok(()) } else { Err(Error::Stale { current }) }
}

/// As names are sorted and sought.
pub(crate) fn folded(text: &str) -> String {
    text.to_lowercase()
}

/// An optional line of text; one of blanks counts as absent.
pub(crate) fn optional_line(
    fields: &mut Fields,
    field: &str,
    text: Option<String>,
    max: usize,
) -> Option<String> {
    let text = text.filter(|text| !text.trim().is_empty())?;
    fields.check(single_line(field, &text, max))
}

/// Text of several lines, empty where it is absent.
pub(crate) fn optional_text(fields: &mut Fields, field: &str, text: Option<String>, max: usize) -> String {
    let text = text.unwrap_or_default();
    fields.check(multi_line(field, text.trim(), max)).unwrap_or_default()
}

/// The text after an update; to clear it empties it.
pub(crate) fn patched(
    fields: &mut Fields,
    field: &str,
    patch: Patch<String>,
    before: &str,
    judge: impl FnOnce(&str, &str) -> Result<String, FieldFault>,
) -> String {
    match patch {
        Patch::Keep => before.to_owned(),
        Patch::Clear => String::new(),
        Patch::Set(text) => fields.check(judge(field, &text)).unwrap_or_default(),
    }
}

/// The same for a line that may be absent.
pub(crate) fn patched_line(
    fields: &mut Fields,
    field: &str,
    patch: Patch<String>,
    before: Option<String>,
    max: usize,
) -> Option<String> {
    match patch {
        Patch::Keep => before,
        Patch::Clear => None,
        Patch::Set(text) => optional_line(fields, field, Some(text), max),
    }
}
