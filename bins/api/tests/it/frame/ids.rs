//! Routes, ids, callers and the spans around them.

use reqwest::Method;
use serde_json::json;

use super::rig::{Rig, send};

const NOBODY: &str = "01980d4e-7d1a-7c3e-9d4f-2f1a5c0b7e11";

#[actix_web::test]
async fn an_id_that_is_none_is_absent() {
    let rig = Rig::start();
    for id in [
        "1",
        "abc",
        "%00",
        "..%2f..",
        "{id}",
        "01980d4e7d1a7c3e9d4f2f1a5c0b7e11",
        "urn:uuid:01980d4e-7d1a-7c3e-9d4f-2f1a5c0b7e11",
        "%F0%9F%98%80",
        "'--",
    ] {
        let seen = send(rig.asha(Method::GET, &format!("/things/{id}"))).await;
        assert_eq!((seen.status, seen.problem().as_str()), (404, "not_found"), "{id}");
    }
    let known_form = send(rig.asha(Method::GET, &format!("/things/{NOBODY}"))).await;
    assert_eq!((known_form.status, known_form.problem().as_str()), (404, "not_found"));
}

#[actix_web::test]
async fn unknown_routes_and_methods_are_problems_too() {
    let rig = Rig::start();
    for path in
        ["/api/v1/", "/api/v1/nothing", "/api/v2/things", "/api/v1/things/", "/%00", "/api/v1/things/../x"]
    {
        let seen = send(rig.request(Method::GET, path)).await;
        assert_eq!((seen.status, seen.problem().as_str()), (404, "not_found"), "{path}");
    }
    for (method, path, allow) in [
        (Method::DELETE, "/things", "GET, POST"),
        (Method::PUT, "/things/1", "GET, PATCH"),
        (Method::OPTIONS, "/things", "GET, POST"),
        (Method::TRACE, "/things", "GET, POST"),
        (Method::from_bytes(b"BREW").expect("a token"), "/things", "GET, POST"),
        (Method::GET, "/things/count", "POST"),
    ] {
        let seen = send(rig.asha(method.clone(), path)).await;
        assert_eq!((seen.status, seen.problem().as_str()), (405, "method_not_allowed"), "{method} {path}");
        assert_eq!(seen.header("allow"), Some(allow), "{method} {path}");
    }
}

#[actix_web::test]
async fn every_cause_of_a_401_looks_the_same() {
    let rig = Rig::start();
    let things = || rig.request(Method::GET, "/api/v1/things").header("x-request-id", NOBODY);
    let bare = send(things()).await;
    assert_eq!((bare.status, bare.problem().as_str()), (401, "unauthenticated"));
    assert_eq!(bare.header("www-authenticate"), Some("Bearer"));
    for authorization in ["Bearer nobody", "Basic YTpi", "Bearer", "Bearer  ", "asha", "Bearer asha asha"] {
        let seen = send(things().header("authorization", authorization)).await;
        assert_eq!((seen.status, &seen.text), (401, &bare.text), "{authorization}");
    }
    let long = send(things().bearer_auth("a".repeat(5_000))).await;
    assert_eq!((long.status, &long.text), (401, &bare.text));
    let twice = things().header("authorization", "Bearer asha").header("authorization", "Bearer asha");
    assert_eq!(send(twice).await.text, bare.text);
}

#[actix_web::test]
async fn rights_that_cannot_be_read_are_never_a_yes() {
    let rig = Rig::start();
    let seen = send(rig.request(Method::GET, "/api/v1/things").bearer_auth("away")).await;
    assert_eq!(
        (seen.status, seen.problem().as_str(), seen.header("retry-after")),
        (503, "unavailable", Some("3"))
    );
    let public = send(rig.request(Method::POST, "/api/v1/greetings").bearer_auth("away")).await;
    assert_eq!(public.status, 503);
    let stranger = send(rig.request(Method::POST, "/api/v1/greetings").bearer_auth("expired")).await;
    assert_eq!(stranger.json(), json!({"text": "hello  stranger"}));
}

#[actix_web::test]
async fn a_defect_shows_its_request_id_and_nothing_else() {
    let rig = Rig::start();
    for path in ["/api/v1/odd/break", "/api/v1/odd/panic"] {
        let seen = send(rig.request(Method::GET, path)).await;
        assert_eq!((seen.status, seen.problem().as_str()), (500, "internal"));
        assert!(!seen.text.contains("canary") && !seen.text.contains("disk"), "{}", seen.text);
    }
}

#[actix_web::test]
async fn a_request_without_end_is_cut_and_a_stream_is_not() {
    let rig = Rig::start();
    let cut = send(rig.request(Method::GET, "/api/v1/odd/sleep")).await;
    assert_eq!(
        (cut.status, cut.problem().as_str(), cut.header("retry-after")),
        (503, "timed_out", Some("5"))
    );
    let stream = send(rig.asha(Method::GET, "/odd/export")).await;
    assert_eq!((stream.status, stream.text.as_str()), (200, "id,title\r\n"));
}

#[actix_web::test]
async fn request_ids_are_kept_if_they_are_ids() {
    let rig = Rig::start();
    let sent = |id: &'static str| send(rig.request(Method::GET, "/healthz").header("x-request-id", id));
    assert_eq!(sent(NOBODY).await.header("x-request-id"), Some(NOBODY));
    for forged in ["1", "x\"y", "01980D4E", ""] {
        let seen = sent(forged).await;
        let id = seen.header("x-request-id").expect("always there");
        assert!(id != forged && id.len() == 36, "{id}");
    }
    let client = rig.asha(Method::POST, "/things").header("x-client-id", "me").json(&json!({}));
    let faults = send(client).await.faults();
    let expected = [("#/title", "required"), ("X-Client-Id", "invalid_format")];
    assert_eq!(faults, expected.map(|(place, code)| (place.to_owned(), code.to_owned())));
}

#[actix_web::test]
async fn readiness_follows_the_dependencies_and_the_drain() {
    use std::sync::atomic::Ordering::SeqCst;

    let rig = Rig::start();
    let ready = || async {
        let seen = send(rig.request(Method::GET, "/readyz")).await;
        (seen.status, seen.json()["status"].as_str().expect("a status").to_owned())
    };
    assert_eq!(ready().await, (200, "ready".to_owned()));
    rig.switches.redis_down.store(true, SeqCst);
    assert_eq!(ready().await, (200, "degraded".to_owned()));
    rig.switches.database_down.store(true, SeqCst);
    assert_eq!(ready().await, (503, "unavailable".to_owned()));
    rig.switches.database_down.store(false, SeqCst);
    rig.frame.drain();
    assert_eq!(ready().await, (503, "draining".to_owned()));
    assert_eq!(send(rig.request(Method::GET, "/healthz")).await.json(), json!({"status": "ok"}));
}
