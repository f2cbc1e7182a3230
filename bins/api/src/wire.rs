//! Spellings that every wire type shares.

use std::borrow::Cow;

use chrono::SecondsFormat;
use kernel::{Patch, Scope, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

/// An instant on the wire: RFC 3339, UTC, always three digits of milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(pub Timestamp);

impl From<Timestamp> for Instant {
    fn from(at: Timestamp) -> Self {
        Self(at)
    }
}

impl From<Instant> for Timestamp {
    fn from(instant: Instant) -> Self {
        instant.0
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let at = Timestamp::deserialize(deserializer)?;
        let whole = Timestamp::from_timestamp_millis(at.timestamp_millis());
        whole.map(Self).ok_or_else(|| serde::de::Error::custom("an instant out of range"))
    }
}

impl ToSchema for Instant {}

impl PartialSchema for Instant {
    fn schema() -> RefOr<Schema> {
        let format = SchemaFormat::KnownFormat(KnownFormat::DateTime);
        ObjectBuilder::new().schema_type(Type::String).format(Some(format)).into()
    }
}

/// What a `kernel::Scope` is in the document: `#[schema(value_type = ScopeName)]`.
pub struct ScopeName;

impl ToSchema for ScopeName {
    fn name() -> Cow<'static, str> {
        "Scope".into()
    }
}

impl PartialSchema for ScopeName {
    fn schema() -> RefOr<Schema> {
        let names = Scope::all().map(Scope::name);
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).into()
    }
}

/// Reads a member of a `PATCH` body: absent keeps (by `#[serde(default)]`), `null` clears.
pub fn patch<'de, D, T>(deserializer: D) -> Result<Patch<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(|value| value.map_or(Patch::Clear, Patch::Set))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Change {
        #[serde(default, deserialize_with = "patch")]
        due: Patch<Instant>,
    }

    #[test]
    fn instants_always_show_milliseconds_in_utc() {
        let read = |text: &str| serde_json::from_str::<Instant>(&format!("\"{text}\"")).expect("valid");
        let shown = |text: &str| serde_json::to_string(&read(text)).expect("valid");
        assert_eq!(shown("2026-01-02T03:04:05Z"), "\"2026-01-02T03:04:05.000Z\"");
        assert_eq!(shown("2026-01-02T08:49:05.123987+05:45"), "\"2026-01-02T03:04:05.123Z\"");
    }

    #[test]
    fn absent_keeps_and_null_clears() {
        let due = |json: &str| serde_json::from_str::<Change>(json).expect("valid").due;
        assert_eq!(due("{}"), Patch::Keep);
        assert_eq!(due(r#"{"due": null}"#), Patch::Clear);
        assert!(matches!(due(r#"{"due": "2026-01-02T03:04:05Z"}"#), Patch::Set(_)));
    }
}
