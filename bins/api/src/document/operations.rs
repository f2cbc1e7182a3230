use serde_json::{Map, Value, json};

use super::answers::responses;
use super::schemas::Schemas;
use super::set;
use crate::endpoint::{BodyWire, Endpoint, Paging, Presence};
use crate::operation::{Access, Idempotency, Operation, Takes};
use crate::upload;
use crate::validate::query_schema;

/// One operation of the document, with all that follows from its facts.
pub(super) fn describe(endpoint: &Endpoint, schemas: &mut Schemas) -> Value {
    let (operation, wire) = (&endpoint.operation, &endpoint.wire);
    judge(endpoint, schemas);
    let mut described = json!({
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": operation.summary,
        "parameters": parameters(endpoint, schemas),
        "responses": responses(endpoint, schemas),
    });
    if !wire.description.is_empty() {
        set(&mut described, "description", json!(wire.description));
    }
    if let Some(body) = &wire.body {
        set(&mut described, "requestBody", request_body(body, schemas));
    }
    if operation.takes == Takes::File {
        let form =
            json!({"required": true, "content": {"multipart/form-data": {"schema": upload::schema()}}});
        set(&mut described, "requestBody", form);
    }
    secure(operation, &mut described);
    described
}

fn secure(operation: &Operation, described: &mut Value) {
    if operation.access == Access::Public {
        set(described, "security", json!([]));
        set(described, "x-public", json!(true));
        return;
    }
    let scopes: Vec<_> = operation.access.scopes().iter().map(|scope| scope.name()).collect();
    set(described, "security", json!([{"bearer": []}]));
    set(described, "x-required-scopes", json!(scopes));
    if let Some(scope) = operation.for_others {
        set(described, "x-required-scopes-for-others", json!([scope.name()]));
    }
    if operation.access == Access::Person {
        set(described, "x-person-only", json!(true));
    }
}

fn request_body(body: &BodyWire, schemas: &mut Schemas) -> Value {
    json!({
        "required": body.presence == Presence::Required,
        "content": {"application/json": {"schema": schemas.request(&body.schema), "example": body.example}},
    })
}

fn parameters(endpoint: &Endpoint, schemas: &mut Schemas) -> Vec<Value> {
    let path = endpoint.operation.path_parameters().map(|name| {
        let schema = path_schema(endpoint, name);
        json!({"name": name, "in": "path", "required": true, "schema": schema})
    });
    path.chain(query_parameters(endpoint, schemas)).chain(header_parameters(endpoint)).collect()
}

/// UUID, unless the declaration says otherwise.
pub(crate) fn path_schema(endpoint: &Endpoint, name: &str) -> Value {
    let own = endpoint.wire.path_parameters.iter().find(|(other, _)| *other == name);
    own.map_or_else(|| json!({"type": "string", "format": "uuid"}), |(_, schema)| schema.clone())
}

fn query_parameters(endpoint: &Endpoint, schemas: &mut Schemas) -> Vec<Value> {
    if let Some(query) = &endpoint.wire.query {
        for (name, schema) in query.schemas.iter().filter(|(name, _)| *name != query.name) {
            schemas.add(name, schema.clone());
        }
    }
    let schema = query_schema(&endpoint.wire);
    let empty = Map::new();
    let members = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    let required = |name: &str| {
        let names = schema.get("required").and_then(Value::as_array);
        names.is_some_and(|names| names.iter().any(|other| other == name))
    };
    let described = members.iter().map(|(name, member)| {
        let mut member = member.clone();
        let description = member.as_object_mut().and_then(|member| member.remove("description"));
        let mut parameter =
            json!({"name": name, "in": "query", "required": required(name), "schema": member});
        if let Some(description) = description {
            set(&mut parameter, "description", description);
        }
        parameter
    });
    described.collect()
}

fn header_parameters(endpoint: &Endpoint) -> Vec<Value> {
    let operation = &endpoint.operation;
    let header = |name: &str, required: bool, description: &str, schema: Value| json!({"name": name, "in": "header", "required": required, "description": description, "schema": schema});
    let mut headers = Vec::new();
    if operation.idempotency != Idempotency::None {
        let required = operation.idempotency == Idempotency::Required;
        let (text, schema) = if operation.keeps_answers() {
            let form = json!({"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"});
            ("The same key again gives the first answer again, for a day.", form)
        } else {
            ("Accepted; nothing is kept under it, so any will do.", json!({"type": "string"}))
        };
        headers.push(header("Idempotency-Key", required, text, schema));
    }
    if operation.needs_version() {
        let schema = json!({"type": "string", "pattern": "^\"[1-9][0-9]{0,17}\"$", "example": "\"3\""});
        headers.push(header("If-Match", true, "The version that is changed, from its `ETag`.", schema));
    } else if operation.versioned {
        let text = "An `ETag` the client has; 304 if it is still current.";
        headers.push(header("If-None-Match", false, text, json!({"type": "string"})));
    }
    if operation.writes() {
        let text = "The tab or device; comes back as `originClientId` on the events it caused.";
        headers.push(header("X-Client-Id", false, text, json!({"type": "string", "format": "uuid"})));
    }
    for own in &endpoint.wire.headers {
        headers.push(header(own.name, false, own.description, own.schema.clone()));
    }
    headers
}

/// Declarations that contradict themselves.
fn judge(endpoint: &Endpoint, schemas: &mut Schemas) {
    let (operation, wire) = (&endpoint.operation, &endpoint.wire);
    let mut fault = |text: &str| schemas.fault(format!("`{}` {text}", operation.id));
    if wire.answers.is_empty() {
        fault("has no answer");
    }
    if wire.body.is_some() && !operation.writes() {
        fault("is a GET with a body");
    }
    if operation.idempotency == Idempotency::Required && operation.method != actix_web::http::Method::POST {
        fault("needs an idempotency key and is no POST");
    }
    if wire.paging != Paging::None && operation.writes() {
        fault("lists and is no GET");
    }
    if let Some((name, _)) =
        wire.path_parameters.iter().find(|(name, _)| !operation.path_parameters().any(|other| other == *name))
    {
        fault(&format!("describes the path parameter `{name}`, which is not in its path"));
    }
}
