//! Declarations that cannot be right stop the program at its start, all of them at once.

use api::{Answer, Draft, Endpoint, Module, Reply, ScopeName, document};
use serde_json::json;
use utoipa::ToSchema;

#[derive(ToSchema)]
#[expect(dead_code, reason = "only the schema matters here")]
struct Named {
    #[schema(max_length = 5)]
    name: String,
}

#[derive(ToSchema)]
#[expect(dead_code, reason = "only the schema matters here")]
#[schema(as = Named)]
struct Namesake {
    age: i32,
}

#[derive(ToSchema)]
#[expect(dead_code, reason = "only the schema matters here")]
struct Composed {
    #[serde(flatten)]
    named: Named,
    more: String,
}

#[derive(ToSchema)]
#[expect(dead_code, reason = "only the schema matters here")]
struct Both {
    maybe: Option<String>,
}

async fn nothing() -> Answer {
    Ok(Reply::no_content())
}

fn judged(drafts: Vec<Draft>) -> String {
    let module =
        drafts.into_iter().fold(Module::new("m", "A module"), |module, draft| module.with(draft.to(nothing)));
    match document(&[module]) {
        Ok(_) => String::new(),
        Err(wrong) => wrong.to_string(),
    }
}

fn post(path: &'static str) -> Draft {
    Endpoint::post(path, path, "Do it").for_members()
}

#[test]
fn all_faults_of_all_declarations_are_told() {
    let faults = judged(vec![
        post("/a"),
        post("/a").returns_nothing(),
        post("/b").body::<Composed>(json!({})).returns_nothing(),
        post("/c").returns::<Named>(),
        post("/d").returns::<Namesake>(),
        post("/e").path_parameter("key", json!({})).returns_nothing(),
        Endpoint::get("f", "/f", "See").for_members().body::<Named>(json!({})).returns_nothing(),
        Endpoint::put("g", "/g", "Pay").for_members().requires_idempotency_key().returns_nothing(),
        post("/h").body::<Both>(json!({})).returns::<Both>(),
    ]);
    for fault in [
        "`/a` has no answer",
        "`/a` is declared twice",
        "`POST /a` is declared twice",
        "`Composed` is a request and uses `allOf`",
        "two different types are called `Named`",
        "`/e` describes the path parameter `key`",
        "`f` is a GET with a body",
        "`g` needs an idempotency key and is no POST",
        "`Both` is a request and an answer that may say null",
    ] {
        assert!(faults.contains(fault), "{fault} is missing in: {faults}");
    }
}

#[test]
fn examples_must_be_valid() {
    let faults = judged(vec![post("/a").body::<Named>(json!({"name": "too long"})).returns_nothing()]);
    assert!(faults.contains("body of `/a`: the example is not valid"), "{faults}");
    assert_eq!(judged(vec![post("/a").body::<Named>(json!({"name": "short"})).returns_nothing()]), "");
}

#[derive(ToSchema)]
#[expect(dead_code, reason = "only the schema matters here")]
struct Granted {
    #[schema(value_type = Vec<ScopeName>)]
    scopes: Vec<kernel::Scope>,
}

#[test]
fn two_shapes_of_one_status_are_alternatives() {
    let draft = post("/a").returns::<Named>().also_returns::<Granted>(200);
    let (document, _) =
        document(&[Module::new("m", "A module").with(draft.to(nothing))]).expect("well declared");
    let schema =
        document.value().pointer("/paths/~1api~1v1~1a/post/responses/200/content/application~1json/schema");
    let expected = json!({"oneOf": [
        {"$ref": "#/components/schemas/Named"}, {"$ref": "#/components/schemas/Granted"},
    ]});
    assert_eq!(schema, Some(&expected));
    let scope = document.value().pointer("/components/schemas/Granted/properties/scopes/items");
    assert_eq!(scope, Some(&json!({"$ref": "#/components/schemas/Scope"})));
}

#[test]
fn a_code_has_one_title() {
    let module = |title| Module::new("m", "A module").codes(title);
    let modules = [module(&[("ticket_closed", "Closed")]), module(&[("ticket_closed", "Shut")])];
    let wrong = document(&modules).expect_err("refused").to_string();
    assert!(wrong.contains("`ticket_closed` has the titles"), "{wrong}");
}
