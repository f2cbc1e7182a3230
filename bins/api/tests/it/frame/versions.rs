//! Versions: who changes what he has not seen is told so.

use reqwest::Method;
use serde_json::json;

use super::rig::{Rig, Seen, send};

async fn rename(rig: &Rig, id: &str, version: Option<&str>) -> Seen {
    let request = rig.asha(Method::PATCH, &format!("/things/{id}")).json(&json!({"title": "new"}));
    send(match version {
        Some(version) => request.header("if-match", version),
        None => request,
    })
    .await
}

#[actix_web::test]
async fn a_write_needs_the_current_version() {
    let rig = Rig::start();
    let id = rig.thing("old").await;
    let missing = rename(&rig, &id, None).await;
    assert_eq!((missing.status, missing.problem().as_str()), (428, "version_required"));
    assert_eq!(missing.header("etag"), None);
    let done = rename(&rig, &id, Some("\"1\"")).await;
    assert_eq!((done.status, done.header("etag")), (200, Some("\"2\"")));
    let stale = rename(&rig, &id, Some("\"1\"")).await;
    assert_eq!(
        (stale.status, stale.problem().as_str(), stale.header("etag")),
        (412, "version_stale", Some("\"2\""))
    );
    for malformed in ["1", "*", "W/\"2\"", "\"two\"", "\"2\", \"3\"", "\"\""] {
        let seen = rename(&rig, &id, Some(malformed)).await;
        assert_eq!(seen.faults(), [("If-Match".to_owned(), "invalid_format".to_owned())], "{malformed}");
    }
}

#[actix_web::test]
async fn what_does_not_exist_comes_before_its_version() {
    let rig = Rig::start();
    let nobody = "01980d4e-7d1a-7c3e-9d4f-2f1a5c0b7e11";
    assert_eq!(rename(&rig, nobody, None).await.problem(), "not_found");
    assert_eq!(rename(&rig, nobody, Some("\"1\"")).await.problem(), "not_found");
}

#[actix_web::test]
async fn what_the_client_has_is_not_sent_again() {
    let rig = Rig::start();
    let id = rig.thing("old").await;
    let get =
        |tag: &'static str| rig.asha(Method::GET, &format!("/things/{id}")).header("if-none-match", tag);
    for tag in ["\"1\"", "W/\"1\"", "\"0\", \"1\"", "*"] {
        let seen = send(get(tag)).await;
        assert_eq!((seen.status, seen.header("etag"), seen.text.as_str()), (304, Some("\"1\""), ""), "{tag}");
    }
    for tag in ["\"2\"", "1", "nonsense", ""] {
        let seen = send(get(tag)).await;
        assert_eq!((seen.status, seen.header("etag")), (200, Some("\"1\"")), "{tag}");
    }
}
