//! Files over the wire: forms, links, attachments, pictures of people.

use kernel::SystemRole;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::call::{Answer, with_file};
use crate::app::people::Persona;
use crate::app::{self, TestApp};

/// One red pixel.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T', 0x78, 0xda, 0x63, 0x64, 0x60,
    0xf8, 0x5f, 0x0f, 0, 2, 0x87, 1, 0x80, 0xeb, 0x47, 0xba, 0x92, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae,
    0x42, 0x60, 0x82,
];

async fn upload(app: &TestApp, who: &Persona, name: &str, kind: Option<&str>, content: &[u8]) -> Answer {
    let request = app.request(Method::POST, "/api/v1/files").bearer_auth(&who.token);
    Answer::of(with_file(request, name, kind, content)).await
}

async fn call(app: &TestApp, who: &Persona, method: Method, path: &str, body: Option<Value>) -> Answer {
    let request = app.request(method, &format!("/api/v1{path}")).bearer_auth(&who.token);
    Answer::of(match body {
        Some(body) => request.json(&body),
        None => request,
    })
    .await
}

fn id(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["id"].as_str().expect("an id").to_owned()
}

/// Opens the link in an answer, without any token.
async fn open(app: &TestApp, link: &Value) -> Answer {
    Answer::of(app.request(Method::GET, link["url"].as_str().expect("a link"))).await
}

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[actix_web::test]
async fn what_was_uploaded_is_opened_by_a_link_and_never_run() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let made = upload(app, &owner, "बिल 1.txt", Some("text/plain"), b"namaste").await;
        let file = id(&made);
        assert_eq!(header(&made, "location"), format!("/api/v1/files/{file}"));
        assert_eq!((&made.json()["mediaType"], &made.json()["size"]), (&json!("text/plain"), &json!(7)));
        let link = call(app, &owner, Method::GET, &format!("/files/{file}/link?rendition=shown"), None).await;
        let opened = open(app, &link.json()).await;
        assert_eq!((opened.status, opened.text.as_str()), (200, "namaste"));
        assert_eq!(header(&opened, "content-type"), "text/plain");
        assert_eq!(header(&opened, "x-content-type-options"), "nosniff");
        assert!(header(&opened, "content-security-policy").starts_with("sandbox"));
        let disposition = header(&opened, "content-disposition");
        assert!(disposition.starts_with("attachment; filename*=UTF-8''%E0"), "{disposition}");
        let forged = format!("{}x", link.json()["url"].as_str().expect("a link"));
        assert_eq!(open(app, &json!({ "url": forged })).await.status, 404);
        let gone = call(app, &owner, Method::DELETE, &format!("/files/{file}"), None).await;
        assert_eq!((gone.status, open(app, &link.json()).await.status), (204, 404));
    })
    .await;
}

/// Name, declared type and content; what is answered, and why.
type Refused = (&'static str, Option<&'static str>, &'static [u8], u16, &'static str);

#[actix_web::test]
async fn forms_that_are_none_and_files_that_are_not_taken_are_refused() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let html = b"<html><script>alert(1)</script></html>";
        let cases: [Refused; 7] = [
            ("a.png", Some("image/png"), html, 422, "file_type_refused"),
            ("a.svg", Some("image/svg+xml"), b"<svg onload='alert(1)'/>", 422, "file_type_refused"),
            ("a.pdf", None, PNG, 422, "file_type_contradicted"),
            ("a.png", Some("text/html"), PNG, 422, "file_type_contradicted"),
            ("../../x", None, b"words", 422, "invalid_input"),
            ("a.php.png", None, PNG, 422, "invalid_input"),
            ("", None, b"words", 422, "invalid_input"),
        ];
        for (name, kind, content, status, code) in cases {
            let answer = upload(app, &owner, name, kind, content).await;
            assert_eq!((answer.status, answer.code().as_str()), (status, code), "{name}: {}", answer.text);
        }
        let huge = upload(app, &owner, "a.txt", None, &vec![b'a'; 11 << 20]).await;
        assert_eq!((huge.status, huge.code().as_str()), (413, "payload_too_large"));
        let just_over = upload(app, &owner, "a.txt", None, &vec![b'a'; (10 << 20) + 1]).await;
        assert_eq!((just_over.status, just_over.code().as_str()), (413, "payload_too_large"));
        let json = call(app, &owner, Method::POST, "/files", Some(json!({ "file": "x" }))).await;
        assert_eq!((json.status, json.code().as_str()), (415, "unsupported_media_type"));
        let other = app.request(Method::POST, "/api/v1/files").bearer_auth(&owner.token);
        let other = other.header("content-type", "multipart/form-data; boundary=line");
        let body = "--line\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--line--\r\n";
        assert!(Answer::of(other.body(body)).await.points_at("#/file"));
        assert_eq!(call(app, &owner, Method::GET, "/files/usage", None).await.json()["files"], 0);
    })
    .await;
}

#[actix_web::test]
async fn files_on_a_ticket_are_seen_by_whoever_sees_the_place() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let member = app.member(owner.org, SystemRole::Member).await;
        let guest = app.member(owner.org, SystemRole::Guest).await;
        let ticket =
            id(&call(app, &member, Method::POST, "/tickets", Some(json!({"title": "Printer"}))).await);
        let path = format!("/tickets/{ticket}/attachments");
        let watch = json!({ "userId": guest.user });
        let watched =
            call(app, &member, Method::PUT, &format!("/tickets/{ticket}/watchers"), Some(watch)).await;
        assert_eq!(watched.status, 204, "{}", watched.text);
        let note = json!({ "body": "Between us", "visibility": "internal" });
        let comment =
            id(&call(app, &member, Method::POST, &format!("/tickets/{ticket}/comments"), Some(note)).await);
        let (shown, hidden) = (
            id(&upload(app, &member, "photo.png", None, PNG).await),
            id(&upload(app, &member, "b.txt", None, b"x").await),
        );
        for body in [json!({"fileIds": [shown]}), json!({"fileIds": [hidden], "commentId": comment})] {
            let attached = call(app, &member, Method::POST, &path, Some(body)).await;
            assert_eq!(attached.status, 204, "{}", attached.text);
        }
        let names = |answer: Answer| {
            let rows = answer.json()["data"].as_array().cloned().unwrap_or_default();
            rows.iter().map(|row| row["name"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names(call(app, &owner, Method::GET, &path, None).await), ["photo.png", "b.txt"]);
        assert_eq!(names(call(app, &guest, Method::GET, &path, None).await), ["photo.png"]);
        let link = |file: &str| format!("/files/{file}/link?rendition=thumbnail");
        let small = call(app, &guest, Method::GET, &link(&shown), None).await;
        let opened = open(app, &small.json()).await;
        assert_eq!((opened.status, header(&opened, "content-type")), (200, "image/jpeg"));
        assert!(header(&opened, "content-disposition").starts_with("inline"));
        assert_eq!(call(app, &guest, Method::GET, &format!("/files/{hidden}/link"), None).await.status, 404);
        assert_eq!(call(app, &guest, Method::DELETE, &format!("/files/{shown}"), None).await.status, 403);
        assert_eq!(call(app, &member, Method::DELETE, &format!("/files/{shown}"), None).await.status, 204);
        assert_eq!(names(call(app, &owner, Method::GET, &path, None).await), ["b.txt"]);
    })
    .await;
}

#[actix_web::test]
async fn the_directory_shows_the_picture_of_a_person() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let path = "/api/v1/users/me/avatar";
        let set = |name, content: &'static [u8]| {
            with_file(app.request(Method::PUT, path).bearer_auth(&owner.token), name, None, content)
        };
        assert_eq!(Answer::of(set("me.txt", b"words")).await.code(), "file_type_refused");
        assert_eq!(Answer::of(set("me.png", PNG)).await.status, 204);
        let people = call(app, &owner, Method::GET, "/users", None).await.json();
        let opened = open(app, &people["data"][0]["avatar"]).await;
        assert_eq!((opened.status, header(&opened, "content-type")), (200, "image/png"));
        assert_eq!(call(app, &owner, Method::DELETE, "/users/me/avatar", None).await.status, 204);
        let people = call(app, &owner, Method::GET, "/users", None).await.json();
        assert_eq!(people["data"][0]["avatar"], Value::Null);
    })
    .await;
}
