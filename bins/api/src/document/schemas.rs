use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{set, vocabulary};
use crate::endpoint::Named;
use crate::problem::Codes;

const PREFIX: &str = "#/components/schemas/";

/// The largest whole number that every JSON reader carries exactly (RFC 8259, section 6).
const EXACT: i64 = 9_007_199_254_740_991;

/// Marks a member of a request that `null` clears.
const CLEARABLE: &str = "x-clearable";

/// Schemas of the frame itself; wire types only refer to them.
const OWN: [&str; 3] = ["Scope", "ProblemCode", "Problem"];

/// The named schemas of the document.
pub(super) struct Schemas {
    named: BTreeMap<String, Value>,
    /// Those that requests are made of.
    requests: BTreeSet<String>,
    /// Those that answers are made of.
    answers: BTreeSet<String>,
    faults: Vec<String>,
}

impl Schemas {
    pub(super) fn new(codes: &Codes) -> Self {
        let named = BTreeMap::from([
            ("Scope".to_owned(), vocabulary::scopes()),
            ("ProblemCode".to_owned(), vocabulary::problem_codes(codes)),
            ("Problem".to_owned(), vocabulary::problem()),
        ]);
        Self { named, requests: BTreeSet::new(), answers: BTreeSet::new(), faults: Vec::new() }
    }

    /// Adds a schema that answers are made of, with all it mentions; gives the reference to it.
    pub(super) fn answer(&mut self, named: &Named) -> Value {
        self.answers.insert(named.name.clone());
        self.mention(named)
    }

    /// The same for requests: unknown members are refused, and `null` unless it means something.
    pub(super) fn request(&mut self, named: &Named) -> Value {
        self.requests.insert(named.name.clone());
        self.mention(named)
    }

    fn mention(&mut self, named: &Named) -> Value {
        for (name, schema) in &named.schemas {
            self.add(name, schema.clone());
        }
        reference(&named.name)
    }

    /// Adds a schema under a name.
    pub(super) fn add(&mut self, name: &str, schema: Value) {
        if OWN.contains(&name) {
            return;
        }
        match self.named.get(name) {
            Some(other) if *other != schema => {
                self.faults
                    .push(format!("two different types are called `{name}`; name one by #[schema(as = ..)]"));
            }
            _ => {
                self.named.insert(name.to_owned(), schema);
            }
        }
    }

    /// Notes a fault of a declaration.
    pub(super) fn fault(&mut self, fault: String) {
        self.faults.push(fault);
    }

    /// All schemas, those of requests closed and bounded; or what is wrong with them.
    pub(super) fn finish(mut self) -> Result<Value, Vec<String>> {
        for name in self.unresolved() {
            self.faults.push(format!("the schema `{name}` is mentioned and not there"));
        }
        let answers = reachable(&self.named, self.answers.iter().map(String::as_str));
        for name in reachable(&self.named, self.requests.iter().map(String::as_str)) {
            let Some(schema) = self.named.get_mut(&name) else { continue };
            let (mut composed, mut without_null) = (false, false);
            visit(schema, &mut |part| {
                composed |= !tighten(part);
                without_null |= refuse_null(part);
            });
            if composed {
                self.faults.push(format!("`{name}` is a request and uses `allOf`: write its members out"));
            }
            if without_null && answers.contains(&name) {
                self.faults
                    .push(format!("`{name}` is a request and an answer that may say null: use two types"));
            }
        }
        if self.faults.is_empty() { Ok(self.named.into_iter().collect()) } else { Err(self.faults) }
    }

    fn unresolved(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        self.named.values().for_each(|schema| mentioned(schema, &mut names));
        names.retain(|name| !self.named.contains_key(name));
        names
    }
}

/// Closes an object and gives an integer the bounds of its format. False if it cannot be closed: with `allOf`
/// each part would refuse the members of the others.
pub(crate) fn tighten(schema: &mut Value) -> bool {
    let parts = schema.get("allOf").and_then(Value::as_array);
    if parts.is_some_and(|parts| parts.len() > 1) {
        return false;
    }
    if schema.get("properties").is_some() && schema.get("additionalProperties").is_none() {
        set(schema, "additionalProperties", json!(false));
    }
    let bounds = match schema.get("format").and_then(Value::as_str) {
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        Some("int64") => (-EXACT, EXACT),
        _ => return true,
    };
    for (name, bound) in [("minimum", bounds.0), ("maximum", bounds.1)] {
        if schema.get(name).is_none() {
            set(schema, name, json!(bound));
        }
    }
    true
}

/// What may be left out of a request is not sent as `null`, except where that clears what is there. A member that has
/// to be sent keeps its `null`, which then is one of its values. Whether there was anything to refuse.
fn refuse_null(schema: &mut Value) -> bool {
    let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let Some(members) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return false };
    let mut refused = false;
    for (name, member) in members {
        let means_something = required.iter().any(|other| other == name) || member.get(CLEARABLE).is_some();
        if !means_something {
            let present = present(member.clone());
            refused |= present != *member;
            *member = present;
        }
    }
    refused
}

/// The schema of a value that is there.
pub(crate) fn present(mut schema: Value) -> Value {
    if let Some(types) = schema.get_mut("type").filter(|types| types.is_array()) {
        let mut left = types.as_array().cloned().unwrap_or_default();
        left.retain(|one| one != "null");
        *types = if left.len() == 1 { left.swap_remove(0) } else { Value::Array(left) };
    }
    let Some(Value::Array(parts)) = schema.get("oneOf") else { return schema };
    let mut left: Vec<Value> =
        parts.iter().filter(|part| part.get("type") != Some(&json!("null"))).cloned().collect();
    if left.len() != 1 {
        return schema;
    }
    let mut only = left.swap_remove(0);
    if let Some(description) = schema.get("description") {
        set(&mut only, "description", description.clone());
    }
    only
}

/// A schema that stands alone: its reference, and just those components it leads to.
pub(crate) fn with_components(mut schema: Value, document: &Value) -> Value {
    let empty = Map::new();
    let all = document.pointer("/components/schemas").and_then(Value::as_object).unwrap_or(&empty);
    let all: BTreeMap<String, Value> = all.clone().into_iter().collect();
    let mut roots = BTreeSet::new();
    mentioned(&schema, &mut roots);
    let needed = reachable(&all, roots.iter().map(String::as_str));
    let components = all.into_iter().filter(|(name, _)| needed.contains(name)).collect::<Map<_, _>>();
    set(&mut schema, "components", json!({"schemas": components}));
    schema
}

/// The members of the object that a reference names.
pub(crate) fn properties<'a>(name: &str, schemas: &'a [(String, Value)]) -> Option<&'a Value> {
    schemas.iter().find(|(other, _)| other == name).map(|(_, schema)| schema)
}

/// Names of all schemas that the roots lead to, and the roots.
fn reachable<'a>(named: &BTreeMap<String, Value>, roots: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut waiting: Vec<String> = roots.map(str::to_owned).collect();
    let mut found = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        let mut next = BTreeSet::new();
        if let Some(schema) = named.get(&name) {
            mentioned(schema, &mut next);
        }
        if found.insert(name) {
            waiting.extend(next);
        }
    }
    found
}

/// Collects the names a schema refers to.
fn mentioned(schema: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            let name = members.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix(PREFIX));
            names.extend(name.map(str::to_owned));
            members.values().for_each(|member| mentioned(member, names));
        }
        Value::Array(items) => items.iter().for_each(|item| mentioned(item, names)),
        _ => {}
    }
}

/// Calls `change` on a schema and on every schema inside it.
fn visit(schema: &mut Value, change: &mut impl FnMut(&mut Value)) {
    change(schema);
    let Some(members) = schema.as_object_mut() else { return };
    for (keyword, inner) in members {
        match (keyword.as_str(), inner) {
            ("properties" | "patternProperties", Value::Object(parts)) => {
                parts.values_mut().for_each(|part| visit(part, change));
            }
            ("oneOf" | "anyOf" | "allOf" | "prefixItems", Value::Array(parts)) => {
                parts.iter_mut().for_each(|part| visit(part, change));
            }
            ("items" | "additionalProperties" | "not", part @ Value::Object(_)) => visit(part, change),
            _ => {}
        }
    }
}

pub(super) fn reference(name: &str) -> Value {
    json!({"$ref": format!("{PREFIX}{name}")})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_is_there_is_not_null() {
        assert_eq!(present(json!({"type": ["string", "null"]})), json!({"type": "string"}));
        let reference = json!({"oneOf": [{"type": "null"}, {"$ref": "#/x"}]});
        assert_eq!(present(reference), json!({"$ref": "#/x"}));
    }

    #[test]
    fn null_is_refused_where_it_means_nothing() {
        let nullable = || json!({"type": ["string", "null"]});
        let clearable = json!({"type": ["string", "null"], "x-clearable": true});
        let mut schema = json!({
            "properties": {"optional": nullable(), "demanded": nullable(), "cleared": clearable},
            "required": ["demanded"],
        });
        assert!(refuse_null(&mut schema));
        let expected = json!({"optional": {"type": "string"}, "demanded": nullable(), "cleared": clearable});
        assert_eq!(schema["properties"], expected);
        assert!(!refuse_null(&mut schema));
    }
}
