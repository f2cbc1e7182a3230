//! Campaigns over the wire: sent once, listed without their bodies, and left with one click.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::app::call::Answer;
use crate::app::people::Persona;
use crate::app::{self, TestApp};

fn request(app: &TestApp, who: &Persona, method: Method, path: &str) -> RequestBuilder {
    app.request(method, &format!("/api/v1{path}")).bearer_auth(&who.token)
}

async fn post(app: &TestApp, who: &Persona, path: &str, body: &Value) -> Answer {
    Answer::of(request(app, who, Method::POST, path).json(body)).await
}

/// A draft to one address; its path.
async fn draft(app: &TestApp, who: &Persona) -> String {
    let list = post(app, who, "/contact-lists", &json!({"name": "Friends"})).await.json();
    let list = list["id"].as_str().expect("an id").to_owned();
    let rows = json!({"rows": [{"email": "asha@example.com"}]});
    let imported = post(app, who, &format!("/contact-lists/{list}/import"), &rows).await;
    assert_eq!(imported.status, 200, "{}", imported.text);
    let draft = json!({
        "name": "Spring", "subject": "Tea", "body": "The **first** flush", "audience": {"kind": "list", "listId": list},
    });
    let draft = post(app, who, "/campaigns", &draft).await;
    assert_eq!(draft.status, 201, "{}", draft.text);
    format!("/campaigns/{}", draft.json()["id"].as_str().expect("an id"))
}

async fn send(app: &TestApp, who: &Persona, campaign: &str) -> Answer {
    let send = request(app, who, Method::POST, &format!("{campaign}/send"));
    Answer::of(send.header("if-match", "\"1\"").header("idempotency-key", "once")).await
}

/// The path of the page to leave, as the head of a mail names it.
fn way_out(app: &TestApp) -> String {
    let mails = std::fs::read_dir(app.folder.join("mail")).expect("mails");
    let mut pages = mails.filter_map(|mail| {
        let text = std::fs::read_to_string(mail.expect("a mail").path()).expect("ASCII");
        let (_, page) = text.split_once("/unsubscribe/")?;
        Some(page.split_once('>').expect("an address in brackets").0.to_owned())
    });
    format!("/unsubscribe/{}", pages.next().expect("a mail with a way out"))
}

#[actix_web::test]
async fn a_campaign_sent_again_under_one_key_answers_the_same() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let campaign = draft(app, &owner).await;
        let (first, again) = (send(app, &owner, &campaign).await, send(app, &owner, &campaign).await);
        assert_eq!((first.status, again.status), (200, 200), "{} {}", first.text, again.text);
        assert!(again.headers.contains_key("idempotency-replayed"));
        assert_eq!(first.json()["id"], again.json()["id"]);
        let listed = Answer::of(request(app, &owner, Method::GET, "/campaigns")).await.json();
        assert_eq!(listed["data"][0]["subject"], "Tea");
        assert!(listed["data"][0].get("body").is_none(), "{listed}");
    })
    .await;
}

#[actix_web::test]
async fn one_click_in_a_mail_program_is_enough_and_a_forged_link_leads_nowhere() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let campaign = draft(app, &owner).await;
        assert_eq!(send(app, &owner, &campaign).await.status, 200);
        app.rest().await;
        composition::catch_up(&app.services).await.expect("all of it is sent");
        let page = way_out(app);
        let look = Answer::of(app.request(Method::GET, &page)).await;
        assert_eq!(look.status, 200);
        assert!(look.text.contains("Himal Tea") && look.text.contains("method=\"post\""), "{}", look.text);
        let report = async || {
            let report = Answer::of(request(app, &owner, Method::GET, &format!("{campaign}/report"))).await;
            report.json()["unsubscribed"].as_u64()
        };
        assert_eq!(report().await, Some(0), "to look at it changes nothing: programs follow links");

        let last = if page.ends_with('0') { '1' } else { '0' };
        let forged = format!("{}{last}", &page[..page.len() - 1]);
        for method in [Method::GET, Method::POST] {
            assert_eq!(Answer::of(app.request(method, &forged)).await.status, 404);
        }
        assert_eq!(report().await, Some(0));

        // What RFC 8058 has mail programs send: no cookie, no origin, this form.
        let click =
            app.request(Method::POST, &page).header("content-type", "application/x-www-form-urlencoded");
        let click = Answer::of(click.body("List-Unsubscribe=One-Click")).await;
        assert_eq!(click.status, 200, "{}", click.text);
        assert_eq!(report().await, Some(1));
        let found = Answer::of(request(app, &owner, Method::GET, "/suppressions")).await.json();
        assert_eq!(
            (&found["data"][0]["email"], &found["data"][0]["reason"]),
            (&json!("asha@example.com"), &json!("unsubscribed"))
        );
    })
    .await;
}

#[actix_web::test]
async fn an_address_is_written_down_once() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let address = json!({"email": "asha@example.com"});
        let first = post(app, &owner, "/suppressions", &address).await;
        assert_eq!(first.status, 201, "{}", first.text);
        let place = first.headers["location"].to_str().expect("text");
        let there = Answer::of(app.request(Method::GET, place).bearer_auth(&owner.token)).await;
        assert_eq!((there.status, there.json()), (200, first.json()), "{place}");
        let again = post(app, &owner, "/suppressions", &address).await;
        assert_eq!((again.status, again.json()), (200, first.json()));
    })
    .await;
}
