use serde::Serialize;
use serde_json::{Map, Value, json};

/// Which fields an update changed, with their values before and after: what an event's `data` names and its
/// `private` tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes(Vec<Change>);

#[derive(Clone, Debug, PartialEq)]
struct Change {
    field: &'static str,
    before: Value,
    after: Value,
}

impl Changes {
    /// Nothing changed yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a field, unless both values are the same.
    pub fn note<T: Serialize>(&mut self, field: &'static str, before: T, after: T) {
        let (before, after) = (json!(before), json!(after));
        if before != after {
            self.0.push(Change { field, before, after });
        }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names of the changed fields.
    pub fn fields(&self) -> Vec<&'static str> {
        self.0.iter().map(|change| change.field).collect()
    }

    /// The changes of these fields alone, for receivers whom the others do not concern.
    pub fn only(&self, fields: &[&str]) -> Self {
        let these = self.0.iter().filter(|change| fields.contains(&change.field));
        Self(these.cloned().collect())
    }

    /// Whether this field changed.
    pub fn touch(&self, field: &str) -> bool {
        self.0.iter().any(|change| change.field == field)
    }

    /// `{field: value}` after the update.
    pub fn after(&self) -> Value {
        self.side(|change| &change.after)
    }

    /// `{"before": {field: value}, "after": {field: value}}`, for the audit log alone.
    pub fn before_and_after(&self) -> Value {
        json!({ "before": self.side(|change| &change.before), "after": self.after() })
    }

    fn side(&self, value: fn(&Change) -> &Value) -> Value {
        let side: Map<_, _> =
            self.0.iter().map(|change| (change.field.to_owned(), value(change).clone())).collect();
        Value::Object(side)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_noted() {
        let mut changes = Changes::new();
        changes.note("name", "Acme", "Acme");
        assert!(changes.is_empty());
        changes.note("slug", Some("acme"), None);
        assert_eq!(changes.fields(), ["slug"]);
        assert!(changes.touch("slug") && !changes.touch("name"));
        assert!(changes.only(&["name"]).is_empty());
        assert_eq!(changes.only(&["name", "slug"]), changes);
        assert_eq!(
            changes.before_and_after(),
            json!({ "before": { "slug": "acme" }, "after": { "slug": null } })
        );
    }
}
