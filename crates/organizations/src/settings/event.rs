use kernel::{Audience, Changes, Event, OrganizationId, Subject, Version};
use serde_json::{Value, json};

/// The settings were changed.
#[derive(Clone, Debug)]
pub struct SettingsUpdated {
    pub org: OrganizationId,
    pub version: Version,
    pub changes: Changes,
}

impl Event for SettingsUpdated {
    fn kind(&self) -> &'static str {
        "settings.settings_updated"
    }

    fn subject(&self) -> Subject {
        Subject::new("settings", self.org).at(self.version)
    }

    /// Everybody's page shows the colour, the currency and the calendar.
    fn audience(&self) -> Audience {
        Audience::Members
    }

    fn data(&self) -> Value {
        json!({ "changed": self.changes.fields() })
    }

    fn private(&self) -> Value {
        self.changes.before_and_after()
    }

    fn topic(&self) -> String {
        "organization".to_owned()
    }
}
