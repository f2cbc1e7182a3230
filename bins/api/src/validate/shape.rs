use std::collections::BTreeMap;

use actix_web::dev::ServiceRequest;
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::web::Bytes;
use jsonschema::Validator;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::query::{self, Type, coerce};
use super::text::tidy;
use super::{faults, validator};
use crate::document::{Document, path_schema, with_components};
use crate::endpoint::{Endpoint, Presence};
use crate::problem::{InputFault, Problem};

/// The checks of one operation, compiled at start.
pub(crate) struct Shape {
    body: Option<Validator>,
    presence: Presence,
    query: Validator,
    types: BTreeMap<String, Type>,
    path: Vec<(&'static str, Validator)>,
    /// Headers of its own.
    headers: Vec<(&'static str, Validator)>,
}

/// A request whose shape was looked at.
pub(crate) struct Shaped {
    pub(crate) body: Option<Value>,
    pub(crate) query: Value,
    pub(crate) faults: Vec<InputFault>,
}

impl Shape {
    /// Compiles the schemas of an operation as the document shows them.
    pub(crate) fn compile(endpoint: &Endpoint, document: &Document) -> Result<Self, String> {
        let operation = &endpoint.operation;
        let compiled = |schema: Value| {
            let alone = with_components(schema, document.value());
            validator(&alone).map_err(|error| format!("`{}`: {error}", operation.id))
        };
        let query = query::schema(&endpoint.wire);
        let body = endpoint.wire.body.as_ref();
        let types = types(&query, document.value());
        let path = operation.path_parameters().map(|name| Ok((name, compiled(path_schema(endpoint, name))?)));
        let headers = endpoint.wire.headers.iter();
        let headers = headers.map(|own| Ok((own.name, compiled(one_member(own.name, &own.schema))?)));
        let body_schema = match body {
            Some(body) => json!({"$ref": format!("#/components/schemas/{}", body.schema.name)}),
            // Whoever takes no body takes none with members either.
            None => json!({"type": "object", "additionalProperties": false}),
        };
        Ok(Self {
            body: if operation.writes() { Some(compiled(body_schema)?) } else { None },
            presence: body.map_or(Presence::Optional, |body| body.presence),
            types,
            path: path.collect::<Result<_, String>>()?,
            headers: headers.collect::<Result<_, String>>()?,
            query: compiled(query)?,
        })
    }

    /// Judges body, query and headers, all faults together. Unparsable JSON comes first; an id that is none is absent.
    pub(crate) fn judge(&self, request: &ServiceRequest, bytes: &Bytes) -> Result<Shaped, Problem> {
        let mut faults = Vec::new();
        let body = match &self.body {
            Some(validator) => Some(self.judge_body(validator, bytes, &mut faults)?),
            None => None,
        };
        let query = self.judge_query(request.query_string(), &mut faults);
        self.judge_headers(request.headers(), &mut faults);
        if faults.is_empty() {
            self.judge_path(request)?;
        }
        Ok(Shaped { body, query, faults })
    }

    fn judge_body(
        &self,
        validator: &Validator,
        bytes: &Bytes,
        found: &mut Vec<InputFault>,
    ) -> Result<Value, Problem> {
        let mut value = match (bytes.is_empty(), self.presence) {
            (true, Presence::Optional) => json!({}),
            _ => serde_json::from_slice(bytes).map_err(|error| malformed(&error))?,
        };
        tidy(&mut value, "", found);
        found.extend(faults::of(validator, &value).into_iter().map(faults::Broken::in_body));
        found.truncate(faults::MOST);
        Ok(value)
    }

    fn judge_query(&self, raw: &str, found: &mut Vec<InputFault>) -> Value {
        let (value, repeated) = coerce(raw, &self.types);
        for name in repeated {
            found.push(InputFault::parameter(&name, "duplicate", "may stand only once"));
        }
        for (name, _) in
            form_urlencoded::parse(raw.as_bytes()).filter(|(name, text)| has_nul(name) || has_nul(text))
        {
            found.push(InputFault::parameter(
                &name,
                "invalid_characters",
                "must not contain the character NUL",
            ));
        }
        found.extend(faults::of(&self.query, &value).into_iter().map(faults::Broken::in_query));
        value
    }

    fn judge_headers(&self, headers: &HeaderMap, found: &mut Vec<InputFault>) {
        for (name, validator) in &self.headers {
            let mut values = headers.get_all(*name);
            let Some(first) = values.next() else { continue };
            if values.next().is_some() {
                found.push(InputFault::parameter(name, "duplicate", "may stand only once"));
            } else if let Ok(text) = first.to_str() {
                let faults = faults::of(validator, &json!({*name: text}));
                found.extend(faults.into_iter().map(faults::Broken::in_query));
            } else {
                found.push(InputFault::parameter(name, "invalid_characters", "must be plain ASCII"));
            }
        }
    }

    /// An id that is none cannot be anybody's.
    fn judge_path(&self, request: &ServiceRequest) -> Result<(), Problem> {
        let ids = request.match_info();
        let fits = |(name, validator): &(&str, Validator)| {
            let text = ids.get(name).unwrap_or_default();
            !has_nul(text) && !text.contains('%') && validator.is_valid(&Value::from(text))
        };
        if self.path.iter().all(fits) { Ok(()) } else { Err(Problem::not_found()) }
    }
}

/// The schema of an object that may have this member.
fn one_member(name: &str, schema: &Value) -> Value {
    json!({"type": "object", "properties": {name: schema}})
}

fn types(query: &Value, document: &Value) -> BTreeMap<String, Type> {
    let resolve = |reference: &str| document.pointer(reference.trim_start_matches('#'));
    let members = query.get("properties").and_then(Value::as_object).into_iter().flatten();
    members.map(|(name, schema)| (name.clone(), Type::of(schema, &resolve))).collect()
}

fn has_nul(text: &str) -> bool {
    text.contains('\0')
}

fn malformed(error: &serde_json::Error) -> Problem {
    let detail = format!("the body is not JSON: line {}, column {}", error.line(), error.column());
    Problem::new(StatusCode::BAD_REQUEST, "malformed_json", detail)
}
