use kernel::{Audience, Event, OrganizationId, Scope, Subject};
use serde_json::{Value, json};

use crate::{AuditFilter, Format};

/// What happened to the audit log itself.
#[derive(Clone, Debug)]
pub enum AuditEvent {
    /// Somebody took the log, or a part of it, out of the house.
    LogExported { organization: OrganizationId, format: Format, filter: AuditFilter },
}

impl Event for AuditEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::LogExported { .. } => "audit.log_exported",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::LogExported { organization, .. } => Subject::new("organization", *organization),
        }
    }

    fn audience(&self) -> Audience {
        Audience::Scope { scope: Scope::AuditRead, guests: Vec::new() }
    }

    fn data(&self) -> Value {
        match self {
            Self::LogExported { format, filter, .. } => json!({
                "format": format.name(),
                "filter": {
                    "actorId": filter.actor, "type": filter.kind, "module": filter.module,
                    "subjectType": filter.subject_type, "subjectId": filter.subject_id,
                    "from": filter.from, "to": filter.to,
                },
            }),
        }
    }
}
