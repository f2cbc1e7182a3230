use serde_json::Value;

use super::with_components;
use crate::validate::validator;

/// Examples of request bodies and of schemas that do not validate.
pub(super) fn faults(document: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for (place, schema, example) in shown(document) {
        match validator(&with_components(schema.clone(), document)) {
            Err(error) => faults.push(format!("{place}: the schema does not compile: {error}")),
            Ok(validator) => faults.extend(
                validator
                    .iter_errors(example)
                    .map(|error| format!("{place}: the example is not valid: {error}")),
            ),
        }
    }
    faults
}

/// Every example with the schema it must satisfy.
fn shown(document: &Value) -> Vec<(String, &Value, &Value)> {
    let mut found = Vec::new();
    let schemas = document.pointer("/components/schemas");
    for (name, schema) in schemas.and_then(Value::as_object).into_iter().flatten() {
        let examples = schema.get("examples").and_then(Value::as_array).into_iter().flatten();
        for example in schema.get("example").into_iter().chain(examples) {
            found.push((format!("schema `{name}`"), schema, example));
        }
    }
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    for (method, operation) in paths.filter_map(|(_, path)| path.as_object()).flatten() {
        let body = operation.pointer("/requestBody/content/application~1json");
        let Some((schema, example)) = body.and_then(|body| body.get("schema").zip(body.get("example")))
        else {
            continue;
        };
        let id = operation.get("operationId").and_then(Value::as_str).unwrap_or(method);
        found.push((format!("body of `{id}`"), schema, example));
    }
    found
}
