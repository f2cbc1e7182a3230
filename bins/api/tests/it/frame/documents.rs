//! The document and the pages that show it.

use reqwest::Method;
use serde_json::{Value, json};

use super::rig::{Rig, send};

#[actix_web::test]
async fn what_follows_from_the_facts_stands_in_the_document() {
    let rig = Rig::start();
    let seen = send(rig.request(Method::GET, "/api/openapi.json")).await;
    assert_eq!(seen.header("content-type"), Some("application/json"));
    let document = seen.json();
    assert_eq!(document["openapi"], "3.1.0");
    let create = &document["paths"]["/api/v1/things"]["post"];
    assert_eq!(create["operationId"], "things_create");
    assert_eq!(create["tags"], json!(["things"]));
    assert_eq!(create["security"], json!([{"bearer": []}]));
    assert_eq!(create["x-required-scopes"], json!(["tickets:write"]));
    assert_eq!(names(create, "header"), ["Idempotency-Key", "X-Client-Id"]);
    let statuses =
        ["201", "400", "401", "403", "404", "408", "409", "413", "415", "422", "429", "500", "503"];
    assert_eq!(answers(create), statuses);
    let update = &document["paths"]["/api/v1/things/{id}"]["patch"];
    assert_eq!(names(update, "header"), ["If-Match", "X-Client-Id"]);
    assert_eq!(
        update["parameters"][0],
        json!({
            "name": "id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"},
        })
    );
    assert!(answers(update).contains(&"428".to_owned()) && answers(update).contains(&"412".to_owned()));
    let get = &document["paths"]["/api/v1/things/{id}"]["get"];
    assert_eq!(names(get, "header"), ["If-None-Match"]);
    assert!(answers(get).contains(&"304".to_owned()));
    let greet = &document["paths"]["/api/v1/greetings"]["post"];
    assert_eq!((&greet["security"], &greet["x-public"]), (&json!([]), &json!(true)));
    assert!(!answers(greet).contains(&"401".to_owned()));
}

#[actix_web::test]
async fn requests_are_closed_and_queries_are_parameters() {
    let rig = Rig::start();
    let document = rig.frame.document().value();
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["OpenThing"]["additionalProperties"], false);
    assert_eq!(schemas["Line"]["additionalProperties"], false);
    assert_eq!(schemas["ThingView"].get("additionalProperties"), None);
    assert_eq!(schemas["Line"]["properties"]["quantity"]["maximum"], i32::MAX);
    assert!(schemas["Scope"]["enum"].as_array().expect("names").contains(&json!("tickets:read")));
    assert!(schemas["ProblemCode"]["enum"].as_array().expect("codes").contains(&json!("version_stale")));
    let list = &document["paths"]["/api/v1/things"]["get"];
    assert_eq!(
        names(list, "query"),
        ["archived", "count", "cursor", "dueBefore", "limit", "ownerId", "size"]
    );
    let parameter = |name: &str| {
        let parameters = list["parameters"].as_array().expect("a list");
        parameters.iter().find(|parameter| parameter["name"] == name).expect("there").clone()
    };
    assert_eq!(
        parameter("size"),
        json!({
            "name": "size", "in": "query", "required": false, "description": "Only things of these sizes.",
            "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Size"}},
        })
    );
    assert_eq!(schemas["ThingViewList"]["required"], json!(["data", "nextCursor"]));
}

#[actix_web::test]
async fn every_reference_leads_somewhere() {
    let rig = Rig::start();
    let document = rig.frame.document().value();
    let mut references = Vec::new();
    collect(document, &mut references);
    assert!(references.len() > 50);
    for reference in references {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
}

#[actix_web::test]
async fn the_document_is_sent_once() {
    let rig = Rig::start();
    let first = send(rig.request(Method::GET, "/api/openapi.json")).await;
    let tag = first.header("etag").expect("tagged").to_owned();
    let again = send(rig.request(Method::GET, "/api/openapi.json").header("if-none-match", tag)).await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));
    assert_eq!(first.text, rig.frame.document().to_json());
}

#[actix_web::test]
async fn the_pages_bring_all_they_need() {
    let rig = Rig::start();
    let start = send(rig.request(Method::GET, "/api/docs")).await;
    assert_eq!((start.status, start.header("content-type")), (200, Some("text/html")));
    let policy = start.header("content-security-policy").expect("told");
    assert!(policy.contains("script-src 'self';") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!start.text.contains("http://") && !start.text.contains("https://"), "{}", start.text);
    let attributes = start.text.split(['=', ' ', '>']).zip(start.text.split(['=', ' ', '>']).skip(1));
    let links = attributes
        .filter(|(name, _)| matches!(*name, "href" | "src"))
        .map(|(_, link)| link.trim_matches('"'));
    let links: Vec<_> = links.collect();
    assert_eq!(links.len(), 7, "{}", start.text);
    for link in links {
        let seen = send(rig.request(Method::GET, link)).await;
        assert_eq!(seen.status, 200, "{link}");
        assert_eq!(seen.header("x-content-type-options"), Some("nosniff"));
    }
    let settings = send(rig.request(Method::GET, "/api/docs/swagger-initializer.js")).await;
    assert!(settings.text.contains("/api/openapi.json"), "{}", settings.text);
    for path in ["/api/docs/nothing.js", "/api/docs/../../etc/passwd", "/api/docs/%2e%2e/x"] {
        assert_eq!(send(rig.request(Method::GET, path)).await.status, 404, "{path}");
    }
}

fn names(operation: &Value, place: &str) -> Vec<String> {
    let parameters = operation["parameters"].as_array().expect("a list").iter();
    let there = parameters.filter(|parameter| parameter["in"] == place);
    let mut names: Vec<_> =
        there.map(|parameter| parameter["name"].as_str().expect("a name").to_owned()).collect();
    names.sort();
    names
}

fn answers(operation: &Value) -> Vec<String> {
    operation["responses"].as_object().expect("answers").keys().cloned().collect()
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            references.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|member| collect(member, references));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        _ => {}
    }
}
