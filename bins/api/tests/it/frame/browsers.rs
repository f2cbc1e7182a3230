//! What browsers need to be told.

use reqwest::Method;

use super::rig::{Rig, send};

const OURS: &str = "https://app.example.com";
const FOREIGN: [&str; 9] = [
    "https://evil.example",
    "null",
    "https://app.example.com.evil.com",
    "https://sub.app.example.com",
    "http://app.example.com",
    "https://app.example.com:8443",
    "https://evilapp.example.com",
    "HTTPS://APP.EXAMPLE.COM",
    "https://app.example.com/",
];

#[actix_web::test]
async fn only_an_allowed_origin_is_named() {
    let rig = Rig::start();
    let get = |origin: &'static str| send(rig.asha(Method::GET, "/things").header("origin", origin));
    let ours = get(OURS).await;
    assert_eq!(ours.header("access-control-allow-origin"), Some(OURS));
    assert_eq!(ours.header("access-control-allow-credentials"), Some("true"));
    let exposed = ours.header("access-control-expose-headers").expect("told").to_lowercase();
    for header in ["etag", "location", "retry-after", "x-request-id", "ratelimit", "idempotency-replayed"] {
        assert!(exposed.contains(header), "{header} in {exposed}");
    }
    for origin in FOREIGN {
        let seen = get(origin).await;
        assert_eq!(seen.header("access-control-allow-origin"), None, "{origin}");
        assert_eq!(seen.header("access-control-allow-credentials"), None, "{origin}");
        assert!(seen.header("vary").expect("told").to_lowercase().contains("origin"), "{origin}");
    }
    let bare = send(rig.asha(Method::GET, "/things")).await;
    assert_eq!(bare.header("access-control-allow-origin"), None);
    assert!(bare.header("vary").expect("told").to_lowercase().contains("origin"));
}

#[actix_web::test]
async fn a_preflight_is_answered_for_allowed_origins_only() {
    let rig = Rig::start();
    let preflight = |origin: &'static str, method: &'static str, headers: &'static str| {
        let request = rig.request(Method::OPTIONS, "/api/v1/things").header("origin", origin);
        let request = request.header("access-control-request-method", method);
        send(request.header("access-control-request-headers", headers))
    };
    let ours =
        preflight(OURS, "POST", "authorization,content-type,idempotency-key,if-match,x-client-id").await;
    assert_eq!((ours.status, ours.header("access-control-allow-origin")), (200, Some(OURS)));
    assert_eq!(ours.header("access-control-max-age"), Some("600"));
    for origin in FOREIGN {
        let seen = preflight(origin, "POST", "content-type").await;
        assert_eq!((seen.status, seen.header("access-control-allow-origin")), (400, None), "{origin}");
        seen.problem();
    }
    for (method, headers) in [("TRACE", "content-type"), ("POST", "x-evil")] {
        assert_eq!(preflight(OURS, method, headers).await.header("access-control-allow-origin"), None);
    }
}

#[actix_web::test]
async fn a_failure_is_readable_by_the_page_that_caused_it() {
    let rig = Rig::start();
    let seen = send(rig.request(Method::GET, "/api/v1/things").header("origin", OURS)).await;
    assert_eq!((seen.status, seen.header("access-control-allow-origin")), (401, Some(OURS)));
}

#[actix_web::test]
async fn every_answer_is_closed_to_other_uses() {
    let rig = Rig::start();
    for path in ["/healthz", "/nothing", "/api/v1/things", "/api/v1/odd/break"] {
        let seen = send(rig.request(Method::GET, path)).await;
        let expected = [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
            ("cache-control", "no-store"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ];
        for (name, value) in expected {
            assert_eq!(seen.header(name), Some(value), "{name} of {path}");
        }
    }
    let plain =
        Rig::start_with(|settings| settings.public_url = "http://localhost:8080/".parse().expect("valid"));
    assert_eq!(send(plain.request(Method::GET, "/healthz")).await.header("strict-transport-security"), None);
}

#[actix_web::test]
async fn answers_are_packed_where_the_client_likes_it() {
    let rig = Rig::start();
    let packed = send_raw(&rig, "gzip").await;
    assert_eq!(packed.headers().get("content-encoding").expect("packed"), "gzip");
    assert_eq!(packed.bytes().await.expect("a body").get(..2), Some(&[0x1f, 0x8b][..]));
    assert_eq!(send_raw(&rig, "identity").await.headers().get("content-encoding"), None);
}

async fn send_raw(rig: &Rig, coding: &'static str) -> reqwest::Response {
    let request = rig.request(Method::GET, "/api/openapi.json").header("accept-encoding", coding);
    request.send().await.expect("an answer")
}
