use kernel::{Audience, Changes, Event, OrganizationId, RoleId, Scope, Subject, Version};
use serde_json::{Value, json};

/// What happened to a role.
#[derive(Clone, Debug)]
pub struct RoleEvent {
    pub org: OrganizationId,
    pub role: RoleId,
    pub version: Version,
    pub act: RoleAct,
}

/// What was done.
#[derive(Clone, Debug)]
pub enum RoleAct {
    Created { name: String },
    Updated { changes: Changes },
    Deleted { name: String },
}

impl Event for RoleEvent {
    fn kind(&self) -> &'static str {
        match self.act {
            RoleAct::Created { .. } => "roles.role_created",
            RoleAct::Updated { .. } => "roles.role_updated",
            RoleAct::Deleted { .. } => "roles.role_deleted",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("role", self.role).at(self.version)
    }

    fn audience(&self) -> Audience {
        Audience::Scope { scope: Scope::RolesRead, guests: Vec::new() }
    }

    fn data(&self) -> Value {
        match &self.act {
            RoleAct::Updated { changes } => json!({ "roleId": self.role, "changed": changes.fields() }),
            RoleAct::Created { .. } | RoleAct::Deleted { .. } => json!({ "roleId": self.role }),
        }
    }

    fn private(&self) -> Value {
        match &self.act {
            RoleAct::Created { name } => json!({ "after": { "name": name } }),
            RoleAct::Updated { changes } => changes.before_and_after(),
            RoleAct::Deleted { name } => json!({ "before": { "name": name } }),
        }
    }

    fn topic(&self) -> String {
        "organization".to_owned()
    }
}
