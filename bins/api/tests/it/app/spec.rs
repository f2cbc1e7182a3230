//! The operations as the document describes them; tests walk these and so cover new ones by themselves.

use api::{Access, Operation};
use serde_json::{Map, Value, json};

use super::TestApp;
use super::call::nowhere;

/// An operation with its part of the document.
#[derive(Clone)]
pub(crate) struct Spec {
    pub(crate) operation: Operation,
    described: Value,
    document: Value,
}

/// A member of a request's body.
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) schema: Value,
}

/// Every operation.
pub(crate) fn specs(app: &TestApp) -> Vec<Spec> {
    let document = app.frame.document().value();
    let found = app.frame.operations().map(|operation| {
        let method = operation.method.as_str().to_lowercase();
        let described = document["paths"][operation.pattern()][method].clone();
        assert_eq!(described["operationId"], operation.id, "the document shows every operation");
        Spec { operation: operation.clone(), described, document: document.clone() }
    });
    found.collect()
}

/// Every code a problem may carry.
pub(crate) fn codes(app: &TestApp) -> Vec<String> {
    let codes = app.frame.document().value()["components"]["schemas"]["ProblemCode"]["enum"].clone();
    serde_json::from_value(codes).expect("a list of names")
}

impl Spec {
    pub(crate) fn id(&self) -> &'static str {
        self.operation.id
    }

    pub(crate) fn is_public(&self) -> bool {
        self.operation.access == Access::Public
    }

    /// Values for the parameters of the path that name nothing.
    pub(crate) fn places(&self) -> Vec<String> {
        self.operation.path_parameters().map(|name| plain(&self.parameter("path", name)["schema"])).collect()
    }

    /// What each parameter of the path names: the kind of a row, or nothing where it is no id.
    pub(crate) fn place_kinds(&self) -> Vec<Option<&'static str>> {
        let parts: Vec<_> = self.operation.path.split('/').collect();
        let pairs = parts.iter().zip(parts.iter().skip(1)).filter(|(_, name)| name.starts_with('{'));
        let kinds = pairs.map(|(collection, name)| {
            let name = name.trim_matches(['{', '}']);
            let is_id = self.parameter("path", name)["schema"]["format"] == "uuid";
            is_id.then(|| kind_of(if name == "userId" { "userId" } else { collection }))
        });
        kinds.collect()
    }

    /// Whether it names rows by the path.
    pub(crate) fn has_ids(&self) -> bool {
        self.place_kinds().iter().any(Option::is_some)
    }

    /// Names and schemas of its query parameters.
    pub(crate) fn query(&self) -> Vec<Member> {
        let all = self.described["parameters"].as_array().into_iter().flatten();
        let query = all.filter(|parameter| parameter["in"] == "query").map(|parameter| Member {
            name: parameter["name"].as_str().expect("a name").to_owned(),
            schema: self.resolve(&parameter["schema"]),
        });
        query.collect()
    }

    pub(crate) fn required_query(&self) -> Vec<(String, String)> {
        let required = |name: &str| self.parameter("query", name)["required"] == true;
        let all = self.query().into_iter().filter(|member| required(&member.name));
        all.map(|member| (member.name, plain(&member.schema))).collect()
    }

    /// The body of its example.
    pub(crate) fn example(&self) -> Option<Value> {
        self.body().map(|body| body["example"].clone())
    }

    /// What its body must be.
    pub(crate) fn body_schema(&self) -> Value {
        self.body().map(|body| self.resolve(&body["schema"])).unwrap_or_default()
    }

    /// The members its body may have; none for a body of several shapes.
    pub(crate) fn members(&self) -> Vec<Member> {
        self.members_of(&self.body_schema())
    }

    pub(crate) fn members_of(&self, schema: &Value) -> Vec<Member> {
        let empty = Map::new();
        let members = schema["properties"].as_object().unwrap_or(&empty).iter();
        members.map(|(name, schema)| Member { name: name.clone(), schema: self.resolve(schema) }).collect()
    }

    /// The names of all members of all shapes of its body.
    pub(crate) fn known_members(&self) -> Vec<String> {
        let schema = self.body_schema();
        let shapes = ["oneOf", "anyOf"].iter().filter_map(|name| schema[name].as_array()).flatten();
        let all = shapes.map(|shape| self.resolve(shape)).chain([schema.clone()]);
        all.flat_map(|shape| self.members_of(&shape)).map(|member| member.name).collect()
    }

    /// Follows references, and takes the shape beside `null` for the whole.
    pub(crate) fn resolve(&self, schema: &Value) -> Value {
        if let Some(name) = schema["$ref"].as_str() {
            let target =
                self.document.pointer(name.trim_start_matches('#')).expect("a schema of the document");
            return self.resolve(target);
        }
        for parts in ["oneOf", "anyOf", "allOf"] {
            let Some(parts) = schema[parts].as_array() else { continue };
            let mut others = parts.iter().filter(|part| part["type"] != "null");
            if let (Some(only), None) = (others.next(), others.next()) {
                let mut resolved = self.resolve(only);
                if parts.len() > 1 {
                    resolved["x-or-null"] = json!(true);
                }
                return resolved;
            }
        }
        schema.clone()
    }

    fn body(&self) -> Option<&Value> {
        self.described.pointer("/requestBody/content/application~1json")
    }

    fn parameter(&self, place: &str, name: &str) -> Value {
        let all = self.described["parameters"].as_array().into_iter().flatten();
        let found = all.into_iter().find(|other| other["in"] == place && other["name"] == name);
        found.cloned().unwrap_or(Value::Null)
    }
}

/// A value that has the shape and means nothing.
fn plain(schema: &Value) -> String {
    if let Some(shown) = schema["example"].as_str().or_else(|| schema["enum"][0].as_str()) {
        return shown.to_owned();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    match (kind, schema["format"].as_str()) {
        (_, Some("uuid")) => nowhere(),
        (_, Some("date")) => "2026-01-15".to_owned(),
        (_, Some("date-time")) => "2026-01-15T09:00:00.000Z".to_owned(),
        (Some("integer"), _) => schema["minimum"].as_i64().unwrap_or(1).to_string(),
        (Some("boolean"), _) => "true".to_owned(),
        _ => "text".to_owned(),
    }
}

/// The kind of row that a collection of a path or a member of a body names; see [`super::estate::Estate`].
pub(crate) fn kind_of(name: &str) -> &'static str {
    match name {
        "tickets" | "ticketId" | "ticketIds" | "otherTicketId" | "beforeId" | "afterId" | "ids" => "ticket",
        "columns" | "columnId" | "ticket-columns" | "fromColumnId" | "toColumnId" => "column",
        "comments" | "commentId" => "comment",
        "files" | "fileId" | "fileIds" => "file",
        "links" | "linkId" => "link",
        "users" | "members" | "watchers" | "userId" | "userIds" | "assigneeId" | "requesterId"
        | "actorId" | "watcherIds" | "ownerId" => "user",
        "customers" | "customerId" => "customer",
        "catalogue-items" | "itemId" => "catalogue item",
        "tax-rates" | "taxRateId" => "tax rate",
        "invoices" | "invoiceId" => "invoice",
        "public-links" => "invoice link",
        "invoice-schedules" | "scheduleId" => "invoice schedule",
        "payments" | "paymentId" => "payment",
        "credit-notes" | "creditNoteId" => "credit note",
        "campaigns" | "campaignId" => "campaign",
        "contact-lists" | "listId" => "contact list",
        "contacts" | "contactId" => "contact",
        "suppressions" | "suppressionId" => "suppression",
        "roles" | "roleId" => "role",
        "invitations" | "invitationId" => "invitation",
        "api-keys" | "apiKeyId" | "keyId" => "api key",
        "sessions" | "sessionId" => "session",
        "notifications" | "notificationId" | "upTo" => "notification",
        "jobs" | "jobId" => "job",
        "organizations" | "organizationId" => "organization",
        other => panic!("no recipe for the ids of `{other}`: tell its kind in app/spec.rs"),
    }
}

/// The paths of all members of an example that hold ids, with the name that tells their kind.
pub(crate) fn ids_in(value: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(value, String::new(), "", &mut found);
    found
}

fn collect(value: &Value, at: String, parent: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                // `{"tickets": [{"id": ..}]}`: the collection says what it is.
                let kind = if name == "id" { parent } else { name };
                collect(member, format!("{at}/{name}"), kind, found);
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                collect(item, format!("{at}/{place}"), parent, found);
            }
        }
        Value::String(text) if uuid::Uuid::parse_str(text).is_ok() => found.push((at, parent.to_owned())),
        _ => {}
    }
}

/// The example with all members that the schema knows, those that name rows among them.
pub(crate) fn with_ids(spec: &Spec, example: &Value) -> Value {
    let mut whole = example.clone();
    for member in spec.members() {
        let item = spec.resolve(&member.schema["items"]);
        let id = || json!(nowhere());
        let value = match (member.schema["format"].as_str(), item["format"].as_str()) {
            (Some("uuid"), _) => id(),
            (_, Some("uuid")) => json!([nowhere()]),
            _ => continue,
        };
        if let Some(members) = whole.as_object_mut() {
            members.entry(member.name).or_insert(value);
        }
    }
    whole
}
