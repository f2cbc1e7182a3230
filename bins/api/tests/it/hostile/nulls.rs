use reqwest::Method;
use serde_json::{Map, Value, json};

use super::Vandal;
use crate::access::tenants::own;
use crate::app::call::Call;
use crate::app::estate::Estate;
use crate::app::spec::{Member, Spec, kind_of, specs};
use crate::app::{self, TestApp};

/// `null` is either documented or refused where it stands: nothing takes it for a member that was left out.
#[actix_web::test]
async fn null_is_refused_wherever_it_means_nothing() {
    app::run(async |app| {
        let mut vandal = Vandal::new(app).await;
        let mut refused = 0;
        for spec in specs(app) {
            let Some(example) = spec.example() else { continue };
            for (pointer, may_be_null) in members(&spec, &spec.body_schema(), &example, "") {
                let body = with_null(&example, &pointer);
                let answer = Call::of(&spec).by(&vandal.persona.token).with_body(body).send(app).await;
                let is_named = answer.status == 422 && answer.points_at(&format!("#{pointer}"));
                if is_named == may_be_null {
                    let shown = format!("{} with null at {pointer}: {}", spec.id(), answer.text);
                    vandal.wrong.push(shown);
                }
                refused += usize::from(!may_be_null);
                let expected: &[u16] = if may_be_null { &[] } else { &[422] };
                vandal.look(&spec, &format!("null at {pointer}"), &answer, expected).await;
            }
        }
        assert!(refused > 50, "many members are never null: {refused}");
        vandal.judge();
    })
    .await;
}

/// Where `null` is documented in a `PATCH`, it clears: what was set is gone, and what was not named stays.
#[actix_web::test]
async fn null_clears_what_was_set() {
    app::run(async |app| {
        let estate = Estate::of(app, "kanchenjunga").await;
        let (mut cleared, mut wrong) = (0, Vec::new());
        for spec in specs(app).iter().filter(|spec| spec.operation.method.as_str() == "PATCH") {
            let clearable: Vec<_> =
                spec.members().into_iter().filter(|member| member.schema["x-clearable"] == true).collect();
            if clearable.is_empty() {
                continue;
            }
            let set: Map<_, _> =
                clearable.iter().map(|member| (member.name.clone(), some_value(member, &estate))).collect();
            let gone: Map<_, _> = set.keys().map(|name| (name.clone(), Value::Null)).collect();
            for (body, is_set) in [(set.clone(), true), (Map::new(), true), (gone, false)] {
                let answer = change(app, spec, &estate, body.into()).await;
                for name in set.keys().filter(|name| is_empty(&answer[name.as_str()]) == is_set) {
                    wrong.push(format!("{} `{name}`, to be set: {is_set}: {answer}", spec.id()));
                }
            }
            cleared += set.len();
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(cleared >= 10, "some members can be cleared: {cleared}");
    })
    .await;
}

/// A text that is always there is empty.
fn is_empty(value: &Value) -> bool {
    value.is_null() || value == ""
}

/// Every member of the body at any depth that the example leads to, and whether the document allows it to be null.
fn members(spec: &Spec, schema: &Value, example: &Value, at: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    for member in spec.members_of(schema) {
        let pointer = format!("{at}/{}", member.name);
        found.push((pointer.clone(), may_be_null(&member.schema)));
        let inner = &example[&member.name];
        if inner.is_object() {
            found.extend(members(spec, &member.schema, inner, &pointer));
        }
        if inner[0].is_object() {
            let item = spec.resolve(&member.schema["items"]);
            found.extend(members(spec, &item, &inner[0], &format!("{pointer}/0")));
        }
    }
    found
}

fn may_be_null(schema: &Value) -> bool {
    let named = schema["type"].as_array().is_some_and(|types| types.contains(&json!("null")));
    named || schema["x-or-null"] == true
}

/// The body with `null` at a place whose parent is there.
fn with_null(example: &Value, pointer: &str) -> Value {
    let mut body = example.clone();
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer to a member");
    body.pointer_mut(parent).expect("the example leads there")[name] = Value::Null;
    body
}

fn some_value(member: &Member, estate: &Estate) -> Value {
    let format = member.schema["format"].as_str().unwrap_or_default();
    match (format, member.name.as_str()) {
        ("uuid", name) => json!(estate.id(kind_of(name))),
        ("date-time", _) => json!("2026-12-24T10:00:00.000Z"),
        ("int64", _) => json!(90),
        (_, "email") => json!("office@example.com"),
        _ => json!("some words"),
    }
}

/// Changes the row that the path names, at its present version; what it is like afterwards.
async fn change(app: &TestApp, spec: &Spec, estate: &Estate, body: Value) -> Value {
    let call = own(spec, estate, Call::of(spec)).by(&estate.owner.token);
    let present = Call { method: Method::GET, headers: Vec::new(), body: None, ..call.clone() };
    let tag = present.send(app).await.headers["etag"].to_str().expect("a version").to_owned();
    let call = Call { headers: vec![("if-match", tag)], ..call.with_body(body) };
    let answer = call.send(app).await;
    assert_eq!(answer.status, 200, "{}: {}", spec.id(), answer.text);
    answer.json()
}
