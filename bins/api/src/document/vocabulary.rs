//! Schemas that belong to no module: scopes, problem codes, problems.

use kernel::Scope;
use serde_json::{Value, json};

use super::schemas::reference;
use crate::problem::Codes;

/// The scopes, in the order of the registry.
pub(super) fn scopes() -> Value {
    json!({
        "type": "string",
        "description": "The right to one kind of act.",
        "enum": Scope::all().map(Scope::name).collect::<Vec<_>>(),
        "x-enum-descriptions": Scope::all().map(Scope::description).collect::<Vec<_>>(),
    })
}

/// The codes a problem may carry.
pub(super) fn problem_codes(codes: &Codes) -> Value {
    json!({
        "type": "string",
        "description": "What went wrong, for programs.",
        "enum": codes.iter().map(|(code, _)| code).collect::<Vec<_>>(),
        "x-enum-descriptions": codes.iter().map(|(_, title)| title).collect::<Vec<_>>(),
    })
}

/// The one form of every failure.
pub(super) fn problem() -> Value {
    json!({
        "type": "object",
        "description": "A failure (RFC 9457).",
        "required": ["type", "title", "status", "detail", "code", "requestId"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": {"type": "string"},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": {"type": "string", "description": "What to change."},
            "code": reference("ProblemCode"),
            "requestId": {"type": "string", "format": "uuid"},
            "errors": {
                "type": "array",
                "description": "All that is wrong with the input.",
                "items": {
                    "type": "object",
                    "required": ["code", "detail"],
                    "properties": {
                        "pointer": {"type": "string", "description": "Where in the body, as in `#/lines/0/quantity`."},
                        "parameter": {"type": "string", "description": "Which parameter of the query or header."},
                        "code": {"type": "string"},
                        "detail": {"type": "string"},
                        "params": {"type": "object", "description": "The figures of the rule that was broken."},
                    },
                },
            },
        },
        "example": example(),
    })
}

fn example() -> Value {
    json!({
        "type": "https://docs.merojugx.dev/problems/invalid_input",
        "title": "The input is not valid",
        "status": 422,
        "detail": "see `errors` for what to change",
        "code": "invalid_input",
        "requestId": "01980d4e-7d1a-7c3e-9d4f-2f1a5c0b7e11",
        "errors": [{
            "pointer": "#/lines/0/quantity",
            "code": "out_of_range",
            "detail": "must be at least 1",
            "params": {"min": 1},
        }],
    })
}
