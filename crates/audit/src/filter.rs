use kernel::{FieldFault, Fields, Timestamp, UserId};
use uuid::Uuid;

/// Which part of the log is wanted.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// What this person did, himself or through a key.
    pub actor: Option<UserId>,
    /// One kind of event: `tickets.ticket_created`.
    pub kind: Option<String>,
    /// All events of a module: `tickets`.
    pub module: Option<String>,
    pub subject_type: Option<String>,
    pub subject_id: Option<Uuid>,
    /// Not before this time.
    pub from: Option<Timestamp>,
    /// Before this time.
    pub to: Option<Timestamp>,
}

impl AuditFilter {
    /// Judges what no single field shows.
    pub(crate) fn check(&self) -> Result<(), Vec<FieldFault>> {
        let mut fields = Fields::new();
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to <= from
        {
            fields.push(FieldFault::new("to", "out_of_range", "must be after `from`"));
        }
        let is_name = |name: &String| name.chars().all(|c| c.is_ascii_lowercase() || "_-".contains(c));
        if !self.module.as_ref().is_none_or(is_name) {
            let detail = "must be the name of a module, such as `tickets`";
            fields.push(FieldFault::new("module", "invalid_characters", detail));
        }
        fields.finish()
    }
}
