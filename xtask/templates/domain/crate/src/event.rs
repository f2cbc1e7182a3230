use kernel::{Audience, Changes, Event, Scope, Subject, __Thing__Id, Version};
use serde_json::{Value, json};

use crate::__Thing__;

/// What happened to one of the __things_in_words__.
#[derive(Clone, Debug)]
pub enum __Thing__Event {
    Created { __thing__: __Thing__ },
    Updated { __thing__: __Thing__Id, version: Version, changes: Changes },
    Deleted { __thing__: __Thing__ },
}

impl Event for __Thing__Event {
    fn kind(&self) -> &'static str {
        match self {
            Self::Created { .. } => "__things__.__thing___created",
            Self::Updated { .. } => "__things__.__thing___updated",
            Self::Deleted { .. } => "__things__.__thing___deleted",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Created { __thing__ } => Subject::new("__thing__", __thing__.id).at(__thing__.version),
            Self::Updated { __thing__, version, .. } => Subject::new("__thing__", *__thing__).at(*version),
            Self::Deleted { __thing__ } => {
                Subject::new("__thing__", __thing__.id).at(__thing__.version.next())
            }
        }
    }

    fn audience(&self) -> Audience {
        Audience::Scope { scope: Scope::__Things__Read, guests: Vec::new() }
    }

    fn data(&self) -> Value {
        match self {
            Self::Created { __thing__ } | Self::Deleted { __thing__ } => {
                json!({ "__thingCamel__Id": __thing__.id, "name": __thing__.name })
            }
            Self::Updated { __thing__, changes, .. } => {
                json!({ "__thingCamel__Id": __thing__, "changed": changes.fields() })
            }
        }
    }

    fn private(&self) -> Value {
        match self {
            Self::Created { __thing__ } => json!({ "after": described(__thing__) }),
            Self::Updated { changes, .. } => changes.before_and_after(),
            Self::Deleted { __thing__ } => json!({ "before": described(__thing__) }),
        }
    }
}

fn described(__thing__: &__Thing__) -> Value {
    json!({
        "name": __thing__.name,
        "description": __thing__.description,
        "ownerId": __thing__.owner,
    })
}
