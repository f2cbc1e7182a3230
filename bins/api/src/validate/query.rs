use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use url::form_urlencoded;

use crate::document::{present, properties, set, tighten};
use crate::endpoint::{Paging, Wire};

/// The object that a query must be: its own members, those of paging, and no others.
pub(crate) fn schema(wire: &Wire) -> Value {
    let own = wire.query.as_ref().and_then(|query| properties(&query.name, &query.schemas));
    let mut schema = own.cloned().unwrap_or_else(|| json!({"type": "object", "properties": {}}));
    for name in ["description", "example", "examples"] {
        schema.as_object_mut().map(|schema| schema.remove(name));
    }
    set(&mut schema, "additionalProperties", json!(false));
    let Some(members) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return schema };
    for member in members.values_mut() {
        // `null` has no spelling in a query.
        *member = present(member.take());
        tighten(member);
    }
    members.extend(paging(wire.paging));
    schema
}

fn paging(paging: Paging) -> Map<String, Value> {
    let limit = json!({
        "type": "integer", "minimum": 1, "maximum": 100, "default": 50, "description": "How many rows at most.",
    });
    let cursor = json!({
        "type": "string", "minLength": 1, "maxLength": 2048,
        "description": "`nextCursor` of the page before; valid with the same filters and sort only.",
    });
    let count = json!({
        "type": "boolean", "default": false, "description": "Whether `totalCount` is wanted.",
    });
    let parameters = [
        ("limit", limit, paging != Paging::None),
        ("cursor", cursor, paging != Paging::None),
        ("count", count, paging == Paging::Counted),
    ];
    let there = parameters.into_iter().filter(|(.., there)| *there);
    there.map(|(name, schema, _)| (name.to_owned(), schema)).collect()
}

/// A raw query as JSON, each value of the type its schema asks for where it can be read so.
pub(super) fn coerce(raw: &str, types: &BTreeMap<String, Type>) -> (Value, Vec<String>) {
    let mut object = Map::new();
    let mut repeated = Vec::new();
    for (name, text) in form_urlencoded::parse(raw.as_bytes()) {
        let kind = types.get(name.as_ref()).unwrap_or(&Type::Text);
        match (kind, object.get_mut(name.as_ref())) {
            (Type::List(inner), Some(Value::Array(items))) => items.push(inner.read(&text)),
            (Type::List(inner), _) => {
                object.insert(name.into_owned(), json!([inner.read(&text)]));
            }
            (_, Some(_)) => repeated.push(name.into_owned()),
            (kind, None) => {
                object.insert(name.into_owned(), kind.read(&text));
            }
        }
    }
    (Value::Object(object), repeated)
}

/// How the text of a parameter is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Number,
    Boolean,
    /// The parameter may stand several times.
    List(Box<Type>),
}

impl Type {
    /// What a schema asks for; `resolve` follows references.
    pub(super) fn of<'d>(schema: &Value, resolve: &impl Fn(&str) -> Option<&'d Value>) -> Self {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str).and_then(resolve) {
            return Self::of(target, resolve);
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("integer" | "number") => Self::Number,
            Some("boolean") => Self::Boolean,
            Some("array") => {
                let inner = schema.get("items").map_or(Self::Text, |items| Self::of(items, resolve));
                Self::List(Box::new(inner))
            }
            _ => Self::Text,
        }
    }

    /// A text that cannot be read stays a text, so that the schema names the fault.
    fn read(&self, text: &str) -> Value {
        let read = match self {
            Self::Number if !text.contains(char::is_whitespace) => {
                serde_json::from_str(text).ok().map(Value::Number)
            }
            Self::Boolean => text.parse().ok().map(Value::Bool),
            Self::Number | Self::Text | Self::List(_) => None,
        };
        read.unwrap_or_else(|| Value::from(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_the_type_of_their_schema() {
        let types = BTreeMap::from([
            ("n".to_owned(), Type::Number),
            ("b".to_owned(), Type::Boolean),
            ("l".to_owned(), Type::List(Box::new(Type::Number))),
        ]);
        let (value, repeated) = coerce("n=12&b=true&l=1&l=x&s=1&s=2&%20=%2B+", &types);
        assert_eq!(value, json!({"n": 12, "b": true, "l": [1, "x"], "s": "1", " ": "+ "}));
        assert_eq!(repeated, ["s"]);
    }
}
