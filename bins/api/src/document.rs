//! The OpenAPI document, assembled from the declarations of the operations.

mod answers;
mod examples;
mod operations;
mod schemas;
mod vocabulary;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::endpoint::{Endpoint, Module};
use crate::problem::Codes;
use schemas::Schemas;

pub(crate) use operations::path_schema;
pub(crate) use schemas::{present, properties, tighten, with_components};

/// The document as clients get it.
#[derive(Clone, Debug)]
pub struct Document {
    value: Value,
    text: String,
    etag: String,
}

/// Everything that is wrong with the declarations, one line each. A defect of the program, found at its start.
#[derive(Debug, thiserror::Error)]
#[error("operations are not declared well:\n  {}", .0.join("\n  "))]
pub struct Misdeclared(pub Vec<String>);

impl Document {
    /// Puts the document together and judges the declarations, all of them.
    pub(crate) fn assemble(modules: &[Module], codes: &Codes) -> Result<Self, Misdeclared> {
        let mut faults = repeated(modules);
        let mut schemas = Schemas::new(codes);
        let mut paths = Map::new();
        for endpoint in modules.iter().flat_map(|module| &module.endpoints) {
            let described = operations::describe(endpoint, &mut schemas);
            let path = paths.entry(endpoint.operation.pattern()).or_insert_with(|| json!({}));
            set(path, &endpoint.operation.method.as_str().to_lowercase(), described);
        }
        let schemas = schemas.finish().unwrap_or_else(|mut wrong| {
            faults.append(&mut wrong);
            Value::Null
        });
        let value = whole(modules, Value::Object(paths), schemas);
        if faults.is_empty() {
            faults = examples::faults(&value);
        }
        if faults.is_empty() { Ok(Self::of(value)) } else { Err(Misdeclared(faults)) }
    }

    fn of(value: Value) -> Self {
        let text = format!("{value:#}");
        let etag = format!("\"{}\"", hex::encode(Sha256::digest(text.as_bytes())));
        Self { value, text, etag }
    }

    /// The document as a value.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The document as text, as it is served and committed.
    pub fn to_json(&self) -> &str {
        &self.text
    }

    pub(crate) fn etag(&self) -> &str {
        &self.etag
    }
}

fn whole(modules: &[Module], paths: Value, schemas: Value) -> Value {
    let tags = modules.iter().map(|module| json!({"name": module.tag, "description": module.description}));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Mero Jugx",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "One sign-in, one permission model and the work apps of a business on top.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "tags": tags.collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": answers::problems(),
            "headers": answers::headers(),
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An access token of a session, or an API key.",
                },
            },
        },
    })
}

/// Operation ids and routes that stand twice.
fn repeated(modules: &[Module]) -> Vec<String> {
    let endpoints = || modules.iter().flat_map(|module| &module.endpoints);
    let ids = endpoints().map(|endpoint| endpoint.operation.id.to_owned());
    let routes =
        endpoints().map(|Endpoint { operation, .. }| format!("{} {}", operation.method, operation.path));
    let mut seen = BTreeSet::new();
    ids.chain(routes)
        .filter(|name| !seen.insert(name.clone()))
        .map(|name| format!("`{name}` is declared twice"))
        .collect()
}

/// Sets a member of a JSON object.
pub(crate) fn set(object: &mut Value, name: &str, value: Value) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}
