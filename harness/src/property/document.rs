use std::fmt;

use serde_json::{Map, Value};

use crate::{Call, Client, Doing, Outcome};

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

/// The operations of the document that a server shows.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) operations: Vec<Operation>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Operation {
    /// `tickets_create`.
    pub(super) id: String,
    /// `POST`.
    pub(super) method: String,
    /// `/api/v1/tickets/{id}`.
    pub(super) path: String,
    /// Nobody has to sign in for it.
    pub(super) public: bool,
}

impl Document {
    /// What the server shows.
    pub(super) async fn served(client: &Client) -> Outcome<Value> {
        Ok(client.send(&Call::get(super::DOCUMENT)).await?.with(200)?.body)
    }

    /// The operations of a document.
    pub(super) fn of(document: &Value) -> Outcome<Self> {
        let paths = document.pointer("/paths").and_then(Value::as_object).doing("paths of the document")?;
        let operations = paths.iter().flat_map(|(path, methods)| of_path(path, methods));
        let operations = operations.collect::<Outcome<Vec<_>>>()?;
        if operations.is_empty() {
            Err("the document has no operation".into())
        } else {
            Ok(Self { operations })
        }
    }
}

fn of_path<'a>(path: &'a str, methods: &'a Value) -> impl Iterator<Item = Outcome<Operation>> + 'a {
    let methods = methods.as_object().into_iter().flat_map(Map::iter);
    methods.filter(|(method, _)| METHODS.contains(&method.as_str())).map(move |(method, described)| {
        let id = described.pointer("/operationId").and_then(Value::as_str);
        let security = described.pointer("/security").and_then(Value::as_array);
        Ok(Operation {
            id: id.doing(format!("the operationId of {method} {path}"))?.to_owned(),
            method: method.to_uppercase(),
            path: path.to_owned(),
            public: security.is_some_and(Vec::is_empty),
        })
    })
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.id, self.method, self.path)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_method_of_every_path_is_an_operation() {
        let document = Document::of(&json!({"paths": {
            "/a": {
                "parameters": [],
                "get": {"operationId": "a_get", "security": []},
                "patch": {"operationId": "a_update", "security": [{"bearer": []}]},
            },
            "/b/{id}": {"delete": {"operationId": "b_delete"}},
        }}));
        let operations = document.expect("operations").operations;
        let shown: Vec<_> = operations.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["a_get (GET /a)", "a_update (PATCH /a)", "b_delete (DELETE /b/{id})"]);
        assert_eq!(operations.iter().map(|one| one.public).collect::<Vec<_>>(), [true, false, false]);
    }

    #[test]
    fn a_document_of_nothing_is_none() {
        assert!(Document::of(&json!({"paths": {}})).is_err());
        assert!(Document::of(&json!({})).is_err());
        assert!(Document::of(&json!({"paths": {"/a": {"get": {}}}})).is_err());
    }
}
