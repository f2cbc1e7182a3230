//! Whatever stands in a body, the answer says what is wrong with it, all at once.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use super::rig::{Rig, Seen, send};

async fn create(rig: &Rig, body: Value) -> Seen {
    send(rig.asha(Method::POST, "/things").json(&body)).await
}

async fn raw(rig: &Rig, body: impl Into<reqwest::Body>) -> Seen {
    let request = rig.asha(Method::POST, "/things").header("content-type", "application/json");
    send(request.body(body)).await
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(place, code)| ((*place).to_owned(), (*code).to_owned())).collect()
}

#[actix_web::test]
async fn all_faults_of_a_body_come_together() {
    let rig = Rig::start();
    let body = json!({
        "title": "", "size": "tiny", "tags": ["a", "b", "c", "d"], "parts": 11, "anyNumber": "1",
        "ownerEmail": "nobody", "relatedId": "1", "dueAt": "tomorrow", "letters": "b",
        "lines": [{"quantity": 0}, {"quantity": 1, "price": 2}, {}], "role": "owner", "a/b": 1,
    });
    let seen = create(&rig, body).await;
    let expected = [
        ("#/anyNumber", "wrong_type"),
        ("#/a~1b", "unknown_member"),
        ("#/dueAt", "invalid_format"),
        ("#/letters", "pattern"),
        ("#/lines/0/quantity", "out_of_range"),
        ("#/lines/1/price", "unknown_member"),
        ("#/lines/2/quantity", "required"),
        ("#/ownerEmail", "invalid_format"),
        ("#/parts", "out_of_range"),
        ("#/relatedId", "invalid_format"),
        ("#/role", "unknown_member"),
        ("#/size", "unknown_value"),
        ("#/tags", "too_many"),
        ("#/title", "too_short"),
    ];
    assert_eq!(seen.faults(), pairs(&expected));
    assert_eq!(rig.things.count(), 0);
}

#[actix_web::test]
async fn figures_of_the_broken_rule_are_told_and_the_value_is_not() {
    let rig = Rig::start();
    let seen = create(&rig, json!({"title": "hunter2".repeat(9)})).await;
    let expected = json!([{
        "pointer": "#/title", "code": "too_long", "detail": "must have at most 20 characters", "params": {"max": 20},
    }]);
    assert_eq!(seen.json()["errors"], expected);
    assert!(!seen.text.contains("hunter2"));
}

#[actix_web::test]
async fn missing_null_and_mistyped_wholes_are_told_apart() {
    let rig = Rig::start();
    assert_eq!(create(&rig, json!({})).await.faults(), pairs(&[("#/title", "required")]));
    assert_eq!(create(&rig, json!({"title": null})).await.faults(), pairs(&[("#/title", "wrong_type")]));
    for whole in [json!([]), json!("x"), json!(1), json!(null), json!(true)] {
        assert_eq!(create(&rig, whole).await.faults(), pairs(&[("#", "wrong_type")]));
    }
    let nulls = json!({"title": "ok", "size": null, "tags": null, "dueAt": null, "lines": null});
    let places = ["#/dueAt", "#/lines", "#/size", "#/tags"].map(|place| (place, "wrong_type"));
    assert_eq!(create(&rig, nulls).await.faults(), pairs(&places));
}

#[actix_web::test]
async fn numbers_are_judged_as_json_schema_sees_them() {
    let rig = Rig::start();
    let whole = create(&rig, json!({"title": "ok", "parts": 3.0})).await;
    assert_eq!(whole.status, 201, "{}", whole.text);
    let half = create(&rig, json!({"title": "ok", "parts": 3.5})).await;
    assert_eq!(half.faults(), pairs(&[("#/parts", "wrong_type")]));
    for number in ["9223372036854775808", "-9223372036854775809", "1e300"] {
        let seen = raw(&rig, format!(r#"{{"title": "ok", "anyNumber": {number}}}"#)).await;
        assert_eq!(seen.faults(), pairs(&[("#/anyNumber", "out_of_range")]), "{number}");
    }
    let seen = raw(&rig, r#"{"title": "ok", "anyNumber": 1e999}"#).await;
    assert_eq!((seen.status, seen.problem().as_str()), (400, "malformed_json"));
}

#[actix_web::test]
async fn a_nul_is_refused_wherever_it_stands() {
    let rig = Rig::start();
    let seen = create(&rig, json!({"title": "a\0b", "tags": ["\0"]})).await;
    let expected = [("#/tags/0", "invalid_characters"), ("#/title", "invalid_characters")];
    assert_eq!(seen.faults(), pairs(&expected));
}

#[actix_web::test]
async fn what_is_no_json_is_a_400() {
    let rig = Rig::start();
    let deep = "[".repeat(100_000);
    let deep_object = r#"{"title":"#.repeat(5_000);
    let cases: [&[u8]; 12] = [
        b"{",
        b"",
        b" ",
        b"{'title': 1}",
        b"{\"title\": \"x\"}}",
        b"{\"title\": \"\xff\"}",
        b"{\"title\": \"\\ud800\"}",
        b"NaN",
        b"\xef\xbb\xbf{}",
        b"{\"title\": 01}",
        deep_object.as_bytes(),
        &deep.as_bytes()[..60_000],
    ];
    for body in cases {
        let seen = raw(&rig, body.to_vec()).await;
        let shown = String::from_utf8_lossy(&body[..body.len().min(20)]).into_owned();
        assert_eq!((seen.status, seen.problem().as_str()), (400, "malformed_json"), "{shown}");
    }
    let seen = raw(&rig, deep).await;
    assert_eq!((seen.status, seen.problem().as_str()), (413, "payload_too_large"));
}

#[actix_web::test]
async fn oversize_is_refused() {
    let rig = Rig::start();
    let large = format!(r#"{{"title": "{}"}}"#, "x".repeat(70_000));
    assert_eq!(raw(&rig, large).await.problem(), "payload_too_large");
    assert_eq!(raw(&rig, vec![b' '; 16 << 20]).await.problem(), "payload_too_large");
    let fits = format!(r#"{{"title": "ok"{}}}"#, " ".repeat(65_000));
    assert_eq!(raw(&rig, fits).await.status, 201);
}

#[actix_web::test]
async fn only_plain_json_in_utf_8_is_taken() {
    let rig = Rig::start();
    let post = |kind: &'static str| {
        rig.asha(Method::POST, "/things").header("content-type", kind).body(r#"{"title": "x"}"#)
    };
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin1",
        "multipart/form-data",
    ] {
        let seen = send(post(kind)).await;
        assert_eq!((seen.status, seen.problem().as_str()), (415, "unsupported_media_type"), "{kind}");
    }
    let bare = rig.asha(Method::POST, "/things").body(r#"{"title": "x"}"#);
    assert_eq!(send(bare).await.status, 415);
    let packed = post("application/json").header("content-encoding", "gzip");
    assert_eq!(send(packed).await.status, 415);
    for kind in ["application/json", "Application/JSON; charset=UTF-8", "application/json; charset=\"utf-8\""]
    {
        assert_eq!(send(post(kind)).await.status, 201, "{kind}");
    }
}

#[actix_web::test]
async fn a_caller_is_known_before_his_body_is_looked_at() {
    let rig = Rig::start();
    let broken = rig.request(Method::POST, "/api/v1/things").body("{");
    assert_eq!(send(broken).await.problem(), "unauthenticated");
    let huge = rig.request(Method::POST, "/api/v1/things").bearer_auth("nobody").body(vec![b'x'; 200_000]);
    assert_eq!(send(huge).await.problem(), "unauthenticated");
}

#[actix_web::test]
async fn an_optional_body_may_be_left_out_but_not_be_wrong() {
    let rig = Rig::start();
    let post = || rig.request(Method::POST, "/api/v1/greetings");
    assert_eq!(send(post()).await.json()["text"], "hello  stranger");
    assert_eq!(
        send(post().json(&json!({"name": "Asha"})).bearer_auth("asha")).await.json()["text"],
        "hello Asha member"
    );
    assert_eq!(send(post().json(&json!({"nam": 1}))).await.faults(), pairs(&[("#/nam", "unknown_member")]));
}

#[actix_web::test]
async fn headers_of_an_operation_are_what_its_document_says() {
    let rig = Rig::start();
    let post = || rig.request(Method::POST, "/api/v1/greetings");
    assert_eq!(send(post().header("x-tone", "warm")).await.status, 200);
    let seen = send(post().header("x-tone", "cold").json(&json!({"nam": 1}))).await;
    assert_eq!(seen.faults(), pairs(&[("#/nam", "unknown_member"), ("X-Tone", "unknown_value")]));
    let seen = send(post().header("x-tone", "schr\u{e4}g")).await;
    assert_eq!(seen.faults(), pairs(&[("X-Tone", "invalid_characters")]));
    let seen = send(post().header("x-tone", "warm").header("x-tone", "cool")).await;
    assert_eq!(seen.faults(), pairs(&[("X-Tone", "duplicate")]));
    let seen = send(post().header("x-client-id", "schr\u{e4}g")).await;
    assert_eq!(seen.faults(), pairs(&[("X-Client-Id", "invalid_format")]));
}

#[actix_web::test]
async fn an_operation_without_a_body_takes_no_members() {
    let rig = Rig::start();
    let post = || rig.asha(Method::POST, "/things/count");
    assert_eq!(send(post()).await.status, 204);
    assert_eq!(send(post().json(&json!({}))).await.status, 204);
    let seen = send(post().json(&json!({"role": "owner"}))).await;
    assert_eq!(seen.faults(), pairs(&[("#/role", "unknown_member")]));
}

#[actix_web::test]
async fn patterns_run_in_linear_time() {
    let rig = Rig::start();
    let before = Instant::now();
    let seen = create(&rig, json!({"title": "ok", "letters": format!("{}b", "a".repeat(60_000))})).await;
    assert_eq!(seen.faults(), pairs(&[("#/letters", "pattern")]));
    assert!(before.elapsed() < Duration::from_secs(5), "{:?}", before.elapsed());
}

#[actix_web::test]
async fn thousands_of_members_give_a_bounded_answer() {
    let rig = Rig::start();
    let members: serde_json::Map<_, _> = (0..2_000).map(|n| (format!("m{n}"), json!(n))).collect();
    let seen = create(&rig, Value::Object(members)).await;
    assert_eq!(seen.status, 422);
    assert_eq!(seen.json()["errors"].as_array().expect("a list").len(), 100);
}
