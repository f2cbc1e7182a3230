//! The same request sent twice has one effect and one answer.

use std::sync::atomic::Ordering::SeqCst;

use futures_util::future::join_all;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::rig::{Rig, Seen, send};

fn keyed(rig: &Rig, key: &str, body: &Value) -> RequestBuilder {
    rig.asha(Method::POST, "/things").header("idempotency-key", key).json(body)
}

async fn create(rig: &Rig, key: &str, title: &str) -> Seen {
    send(keyed(rig, key, &json!({"title": title}))).await
}

#[actix_web::test]
async fn a_repeated_request_gives_the_first_answer_again() {
    let rig = Rig::start();
    let first = create(&rig, "k", "one").await;
    let second = create(&rig, "k", "one").await;
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.text, second.text);
    for header in ["location", "etag", "content-type"] {
        assert_eq!(first.header(header), second.header(header), "{header}");
        assert!(first.header(header).is_some(), "{header}");
    }
    assert_eq!(
        (first.header("idempotency-replayed"), second.header("idempotency-replayed")),
        (None, Some("true"))
    );
    assert_eq!(rig.things.count(), 1);
}

#[actix_web::test]
async fn sixteen_at_once_have_one_effect() {
    let rig = Rig::start();
    rig.memory.commit_millis.store(30, SeqCst);
    let seen = join_all((0..16).map(|_| create(&rig, "k", "one"))).await;
    let replayed = seen.iter().filter(|seen| seen.header("idempotency-replayed").is_some()).count();
    let bodies: std::collections::BTreeSet<_> = seen.iter().map(|seen| (seen.status, &seen.text)).collect();
    assert_eq!((bodies.len(), replayed, rig.things.count()), (1, 15, 1), "{bodies:?}");
}

#[actix_web::test]
async fn a_key_means_one_request_of_one_caller() {
    let rig = Rig::start();
    create(&rig, "k", "one").await;
    let other_body = create(&rig, "k", "two").await;
    assert_eq!((other_body.status, other_body.problem().as_str()), (422, "idempotency_key_reused"));
    let pay = "/things/00000000-0000-0000-0000-000000000001/pay";
    let other_operation = send(rig.asha(Method::POST, pay).header("idempotency-key", "k")).await;
    assert_eq!(other_operation.problem(), "idempotency_key_reused");
    let other_org = rig.request(Method::POST, "/api/v1/things").bearer_auth("bikash");
    let other_org = send(other_org.header("idempotency-key", "k").json(&json!({"title": "one"}))).await;
    assert_eq!((other_org.status, other_org.header("idempotency-replayed")), (201, None));
    assert_eq!(rig.things.count(), 2);
}

#[actix_web::test]
async fn a_replay_judges_the_rights_anew() {
    let rig = Rig::start();
    create(&rig, "k", "one").await;
    let reader = rig.request(Method::POST, "/api/v1/things").bearer_auth("reader");
    let seen = send(reader.header("idempotency-key", "k").json(&json!({"title": "one"}))).await;
    assert_eq!((seen.status, seen.problem().as_str()), (403, "scope_missing"));
}

#[actix_web::test]
async fn a_lost_answer_is_rendered_from_what_was_made() {
    let rig = Rig::start();
    rig.memory.forgets_answers.store(true, SeqCst);
    let first = create(&rig, "k", "one").await;
    let second = create(&rig, "k", "one").await;
    assert_eq!(second.json(), first.json());
    assert_eq!(second.header("idempotency-replayed"), Some("true"));
    assert_eq!(rig.memory.commits.load(SeqCst), 1);

    let pay = || rig.asha(Method::POST, "/things/00000000-0000-0000-0000-000000000001/pay");
    assert_eq!(send(pay().header("idempotency-key", "p")).await.status, 204);
    let gone = send(pay().header("idempotency-key", "p")).await;
    assert_eq!((gone.status, gone.problem().as_str()), (409, "already_completed"));
    assert_eq!(rig.memory.commits.load(SeqCst), 2);
}

#[actix_web::test]
async fn keys_have_a_form_and_are_sometimes_required() {
    let rig = Rig::start();
    let pay = "/things/00000000-0000-0000-0000-000000000001/pay";
    let missing = send(rig.asha(Method::POST, pay)).await;
    assert_eq!((missing.status, missing.problem().as_str()), (400, "idempotency_key_required"));
    for key in ["", "a b", "schl\u{fc}ssel", &"k".repeat(256)] {
        let seen = create(&rig, key, "one").await;
        assert_eq!(seen.faults(), [("Idempotency-Key".to_owned(), "invalid_format".to_owned())], "{key}");
    }
    assert_eq!(create(&rig, &"k".repeat(255), "one").await.status, 201);
    let public = rig.request(Method::POST, "/api/v1/greetings").header("idempotency-key", "a b");
    assert_eq!(send(public).await.status, 200);
}

#[actix_web::test]
async fn a_refusal_is_not_kept() {
    let rig = Rig::start();
    assert_eq!(create(&rig, "k", "").await.status, 422);
    assert_eq!(create(&rig, "k", "one").await.status, 201);
}
