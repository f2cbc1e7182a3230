//! What texts and states of records here have in common.

use database::StoreError;
use kernel::{FieldFault, Fields, Version, single_line};

use crate::Error;

/// Declares an enum whose values are stored and shown by a name.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $value:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$of])* $value),+ }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The stored name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$value => $text),+ }
            }

            /// Reads a stored name.
            pub fn stored(column: &'static str, text: &str) -> Result<Self, database::StoreError> {
                let found = Self::ALL.iter().find(|value| value.name() == text).copied();
                found.ok_or_else(|| database::StoreError::corrupt(column, text.to_owned()))
            }
        }
    };
}
pub(crate) use words;

/// Refuses a caller who has seen another version.
pub(crate) fn must_be_at(current: Version, expected: Version) -> Result<(), Error> {
    if current == expected { Ok(()) } else { Err(Error::Stale { current }) }
}

/// As names are compared.
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

/// One line that may be empty: a draft begins so.
pub(crate) fn line_or_empty(field: &str, text: &str, max: usize) -> Result<String, FieldFault> {
    if text.trim().is_empty() { Ok(String::new()) } else { single_line(field, text, max) }
}

/// What a store says of a reference that points to nothing.
pub(crate) fn missing(error: StoreError, key: &str, field: &'static str) -> Error {
    if error.violates(key) { unknown(field) } else { error.into() }
}

pub(crate) fn unknown(field: &'static str) -> Error {
    FieldFault::new(field, "not_found", "names nothing in this organization").into()
}

/// How a job of a campaign ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    /// Its effects and its end are committed together.
    Done,
    /// What it was about is over; nothing was written.
    Over,
    /// Nothing may be sent before.
    Wait(std::time::Duration),
}

/// A record that somebody asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written<T> {
    New(T),
    /// It was there already.
    Known(T),
}

impl<T> Written<T> {
    /// The record, as it stands there now.
    pub fn record(self) -> T {
        match self {
            Self::New(record) | Self::Known(record) => record,
        }
    }
}
