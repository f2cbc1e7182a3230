use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use serde_json::{Map, Value, json};

use super::schemas::{Schemas, reference};
use super::set;
use crate::endpoint::{AnswerWire, Content, Endpoint, Named};
use crate::operation::{Access, Operation};

/// Every answer of an operation: its own, and the problems that follow from its facts.
pub(super) fn responses(endpoint: &Endpoint, schemas: &mut Schemas) -> Value {
    let mut all = Map::new();
    let statuses = problem_statuses(&endpoint.operation).chain(endpoint.wire.problems.iter().copied());
    for status in statuses.collect::<BTreeSet<_>>() {
        let component = format!("#/components/responses/{}", problem_name(status));
        all.insert(status.to_string(), json!({"$ref": component}));
    }
    if endpoint.operation.versioned && !endpoint.operation.writes() {
        let headers = json!({"ETag": {"$ref": "#/components/headers/ETag"}});
        all.insert(
            "304".to_owned(),
            json!({"description": "The version the client has is current.", "headers": headers}),
        );
    }
    for answer in &endpoint.wire.answers {
        let described = success(answer, &endpoint.operation, schemas);
        let mut shapes = vec![described];
        if let Some(other) = all.remove(&answer.status.to_string()) {
            shapes.insert(0, other);
        }
        all.insert(answer.status.to_string(), merged(shapes));
    }
    Value::Object(all)
}

/// Two shapes of one status become one answer of either; other media types stand beside each other.
fn merged(mut shapes: Vec<Value>) -> Value {
    let at = "/content/application~1json/schema";
    let all: Vec<Value> = shapes.iter().filter_map(|shape| shape.pointer(at).cloned()).collect();
    let mut first = shapes.swap_remove(0);
    if all.len() > 1
        && let Some(schema) = first.pointer_mut(at)
    {
        let alternatives = all.into_iter().flat_map(|schema| match schema.get("oneOf") {
            Some(Value::Array(parts)) => parts.clone(),
            _ => vec![schema],
        });
        *schema = json!({"oneOf": alternatives.collect::<Vec<_>>()});
    }
    let others = shapes.iter().filter_map(|shape| shape.get("content")?.as_object()).flatten();
    if let Some(content) = first.get_mut("content").and_then(Value::as_object_mut) {
        for (media_type, shape) in others {
            content.entry(media_type).or_insert_with(|| shape.clone());
        }
    }
    first
}

fn success(answer: &AnswerWire, operation: &Operation, schemas: &mut Schemas) -> Value {
    let mut described = json!({"description": description(answer.status)});
    let content = match &answer.content {
        Content::Empty => None,
        Content::Json(named) => Some(("application/json", schemas.answer(named))),
        Content::List(named) => Some(("application/json", list(named, schemas))),
        Content::Stream(media_type) => Some((*media_type, json!({"type": "string"}))),
    };
    if let Some((media_type, schema)) = content {
        set(&mut described, "content", json!({media_type: {"schema": schema}}));
    }
    let headers = [
        ("Location", answer.status == 201),
        ("ETag", operation.versioned && answer.status != 204),
        ("Idempotency-Replayed", operation.keeps_answers()),
    ];
    let headers: Map<String, Value> = headers
        .into_iter()
        .filter(|(_, there)| *there)
        .map(|(name, _)| (name.to_owned(), json!({"$ref": format!("#/components/headers/{name}")})))
        .collect();
    if !headers.is_empty() {
        set(&mut described, "headers", Value::Object(headers));
    }
    described
}

fn list(row: &Named, schemas: &mut Schemas) -> Value {
    let name = format!("{}List", row.name);
    let rows = schemas.answer(row);
    let schema = json!({
        "type": "object",
        "required": ["data", "nextCursor"],
        "properties": {
            "data": {"type": "array", "items": rows},
            "nextCursor": {"type": ["string", "null"], "description": "Where the next page begins; null on the last."},
            "totalCount": {"type": "integer", "minimum": 0, "description": "How many there are in all, where asked."},
        },
    });
    schemas.add(&name, schema);
    reference(&name)
}

fn description(status: u16) -> &'static str {
    match status {
        200 => "Done.",
        201 => "Created.",
        202 => "Accepted; it will be done.",
        204 => "Done; there is nothing to say.",
        _ => "See the body.",
    }
}

/// The failures that follow from the facts of an operation.
fn problem_statuses(operation: &Operation) -> impl Iterator<Item = u16> {
    let guarded = operation.access != Access::Public;
    let writes = operation.writes();
    let always = [400, 422, 429, 500, 503].map(|status| (status, true));
    let sometimes = [
        (401, guarded),
        (403, guarded),
        (404, writes || operation.path_parameters().next().is_some()),
        (408, writes),
        (409, writes),
        (412, operation.needs_version()),
        (413, writes),
        (415, writes),
        (428, operation.needs_version()),
    ];
    always.into_iter().chain(sometimes).filter(|(_, there)| *there).map(|(status, _)| status)
}

const PROBLEMS: [(u16, &str); 15] = [
    (400, "The request cannot be read."),
    (401, "No token, or one that no longer counts."),
    (403, "Known, but not permitted."),
    (404, "Absent, or another organization's."),
    (408, "The body came too slowly."),
    (409, "The state of the thing forbids it."),
    (410, "Was there once, is not kept any longer."),
    (412, "Somebody else changed it first; `ETag` tells the current version."),
    (413, "The body is too large."),
    (415, "The body is not `application/json`."),
    (422, "The input breaks a rule; `errors` tells which."),
    (428, "`If-Match` is missing."),
    (429, "Too much, too fast."),
    (500, "Our own defect."),
    (503, "A dependency is away, or there is too much to do."),
];

/// The answers of failure that operations refer to.
pub(super) fn problems() -> Value {
    let described = PROBLEMS.iter().map(|(status, description)| {
        let mut problem = json!({
            "description": description,
            "content": {"application/problem+json": {"schema": reference("Problem")}},
        });
        let header = match status {
            429 | 503 => Some("Retry-After"),
            412 => Some("ETag"),
            401 => Some("WWW-Authenticate"),
            _ => None,
        };
        if let Some(header) = header {
            let component = format!("#/components/headers/{header}");
            set(&mut problem, "headers", json!({header: {"$ref": component}}));
        }
        (problem_name(*status), problem)
    });
    Value::Object(described.collect())
}

fn problem_name(status: u16) -> String {
    let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    reason.unwrap_or("Problem").split([' ', '-']).collect()
}

/// The headers that answers refer to.
pub(super) fn headers() -> Value {
    let text = |description: &str| json!({"description": description, "schema": {"type": "string"}});
    json!({
        "Location": text("Where the new thing is."),
        "ETag": text("The version, in quotes."),
        "Idempotency-Replayed": text("`true` if this is the answer to an earlier request with the same key."),
        "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}},
        "WWW-Authenticate": text("Always `Bearer`."),
    })
}
