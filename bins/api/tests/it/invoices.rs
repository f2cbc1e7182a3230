//! Invoices over the wire: what is sent twice happens once, and papers come out of a real press.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::future::join_all;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::app::call::Answer;
use crate::app::people::Persona;
use crate::app::{self, TestApp};

fn request(app: &TestApp, who: &Persona, method: Method, path: &str) -> RequestBuilder {
    app.request(method, &format!("/api/v1{path}")).bearer_auth(&who.token)
}

async fn post(app: &TestApp, who: &Persona, path: &str, body: &Value) -> Value {
    let answer = Answer::of(request(app, who, Method::POST, path).json(body)).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()
}

/// A draft over 1,000 rupees; its path.
async fn draft(app: &TestApp, who: &Persona) -> String {
    let customer = post(app, who, "/customers", &json!({"name": "Sagarmatha"})).await;
    let line = json!({
        "description": "Tea {{7*7}}", "quantity": "2", "unitPrice": {"amount": 50_000, "currency": "NPR"},
    });
    let draft = json!({"customerId": customer["id"], "currency": "NPR", "lines": [line]});
    let draft = post(app, who, "/invoices", &draft).await;
    format!("/invoices/{}", draft["id"].as_str().expect("an id"))
}

fn issuing(app: &TestApp, who: &Persona, invoice: &str, key: &str) -> RequestBuilder {
    let act = request(app, who, Method::POST, &format!("{invoice}/issue"));
    act.header("if-match", "\"1\"").header("idempotency-key", key)
}

fn replays(answers: &[Answer]) -> usize {
    answers.iter().filter(|answer| answer.headers.contains_key("idempotency-replayed")).count()
}

#[actix_web::test]
async fn an_invoice_issued_sixteen_times_under_one_key_has_one_number() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let invoice = draft(app, &owner).await;
        let issued = join_all((0..16).map(|_| Answer::of(issuing(app, &owner, &invoice, "k")))).await;
        let (done, waiting): (Vec<_>, Vec<_>) = issued.into_iter().partition(|answer| answer.status == 200);
        assert!(waiting.iter().all(|answer| answer.status == 409), "a twin in flight is asked to come again");
        let numbers: BTreeSet<_> = done.iter().map(|answer| answer.json()["number"].to_string()).collect();
        assert_eq!((numbers.len(), done.len() - replays(&done)), (1, 1), "{numbers:?}");
        let again = Answer::of(issuing(app, &owner, &invoice, "k")).await;
        assert_eq!((again.status, replays(std::slice::from_ref(&again))), (200, 1), "{}", again.text);
        let other = Answer::of(issuing(app, &owner, &invoice, "another")).await;
        assert_eq!(other.status, 412, "without the key it is another request: {}", other.text);
        let next = draft(app, &owner).await;
        let next = Answer::of(issuing(app, &owner, &next, "next")).await.json();
        let number = next["number"].as_str().expect("a number");
        assert!(number.ends_with("-000002"), "no number was lost: {number}");
    })
    .await;
}

#[actix_web::test]
async fn a_payment_sent_sixteen_times_under_one_key_is_booked_once() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let invoice = draft(app, &owner).await;
        let issued = Answer::of(issuing(app, &owner, &invoice, "issue")).await;
        assert_eq!(issued.status, 200, "{}", issued.text);
        let path = format!("{invoice}/payments");
        let paying = |amount: i64, key: &'static str| {
            let body = json!({"amount": {"amount": amount, "currency": "NPR"}, "method": "cash"});
            let paid = request(app, &owner, Method::POST, &path).header("idempotency-key", key).json(&body);
            Answer::of(paid)
        };
        let paid = join_all((0..16).map(|_| paying(30_000, "k"))).await;
        let (done, waiting): (Vec<_>, Vec<_>) = paid.into_iter().partition(|answer| answer.status == 201);
        assert!(waiting.iter().all(|answer| answer.status == 409), "a twin in flight is asked to come again");
        let ids: BTreeSet<_> = done.iter().map(|answer| answer.json()["id"].to_string()).collect();
        assert_eq!((ids.len(), done.len() - replays(&done)), (1, 1), "{ids:?}");
        assert_eq!(paying(40_000, "k").await.status, 422, "the key means the first payment alone");
        let now = Answer::of(request(app, &owner, Method::GET, &invoice)).await.json();
        assert_eq!(
            (&now["amountPaid"]["amount"], &now["amountDue"]["amount"]),
            (&json!(30_000), &json!(70_000))
        );
    })
    .await;
}

#[actix_web::test]
async fn the_first_paper_is_the_original_and_later_ones_are_copies() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let invoice = draft(app, &owner).await;
        let path = format!("{invoice}/pdf");
        let early = Answer::of(request(app, &owner, Method::GET, &path)).await;
        assert_eq!((early.status, early.code().as_str()), (404, "document_not_ready"));
        let issued = Answer::of(issuing(app, &owner, &invoice, "issue")).await;
        assert_eq!(issued.status, 200, "{}", issued.text);
        once_printed(app, &owner, &format!("{path}?wanted=copy")).await;
        let link = request(app, &owner, Method::POST, &format!("{invoice}/public-links"));
        let link = Answer::of(link).await.json();
        let (_, token) = link["url"].as_str().expect("an address").split_once("#token=").expect("a token");
        let open = app.request(Method::POST, "/api/v1/invoice-links/pdf").json(&json!({ "token": token }));
        let papers = [
            Answer::of(request(app, &owner, Method::GET, &format!("{path}?wanted=copy"))).await,
            Answer::of(open).await,
            Answer::of(request(app, &owner, Method::GET, &path)).await,
        ];
        for paper in &papers {
            assert_eq!(paper.status, 200, "{}", paper.text);
            assert_eq!(paper.headers["content-type"], "application/pdf");
            assert!(paper.text.starts_with("%PDF-"));
        }
        let names =
            papers.each_ref().map(|paper| paper.headers["content-disposition"].to_str().expect("text"));
        assert_eq!(names.map(|name| name.ends_with("%2Dcopy.pdf")), [true, false, true], "{names:?}");
        assert_eq!(papers[0].text, papers[2].text, "a copy is printed once");
    })
    .await;
}

/// The mails in the folder that speak of an invoice, without the breaks that mail puts into long lines.
fn mails(app: &TestApp) -> Vec<String> {
    let Ok(folder) = std::fs::read_dir(app.folder.join("mail")) else { return Vec::new() };
    let names = folder.map(|mail| mail.expect("a mail").path());
    let whole = names.filter(|path| path.extension().is_some_and(|end| end == "eml"));
    let texts = whole.map(|path| std::fs::read_to_string(path).expect("ASCII"));
    let readable = texts.map(|text| text.replace("=\r\n", "").replace("=3D", "="));
    readable.filter(|text| text.contains("application/pdf")).collect()
}

/// Waits for a paper.
async fn once_printed(app: &TestApp, who: &Persona, path: &str) {
    for _ in 0..600 {
        if Answer::of(request(app, who, Method::GET, path)).await.status == 200 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{path} was never printed")
}

/// The list once its newest entry is in this state.
async fn once(app: &TestApp, who: &Persona, path: &str, state: &str) -> Value {
    for _ in 0..600 {
        let list = Answer::of(request(app, who, Method::GET, path)).await.json();
        if list["data"][0]["state"] == state {
            return list;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the newest of {path} never was {state}")
}

#[actix_web::test]
async fn an_invoice_sent_twice_under_one_key_is_one_mail_with_its_paper_and_a_link() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let invoice = draft(app, &owner).await;
        let issued = Answer::of(issuing(app, &owner, &invoice, "issue")).await;
        assert_eq!(issued.status, 200, "{}", issued.text);
        let sending = |body: Value| {
            let send = request(app, &owner, Method::POST, &format!("{invoice}/send"));
            Answer::of(send.header("idempotency-key", "send").json(&body))
        };
        let nobody = sending(json!({"cc": ["nobody"]})).await;
        assert_eq!(nobody.status, 422, "{}", nobody.text);
        let faults = nobody.json()["errors"].as_array().map(Vec::len);
        assert_eq!(
            faults,
            Some(2),
            "the customer has no address, and the copy goes to none: {}",
            nobody.text
        );
        let body =
            json!({"to": ["accounts@example.com"], "cc": ["boss@example.com"], "message": "Thank you."});
        for replayed in [false, true] {
            let sent = sending(body.clone()).await;
            assert_eq!(sent.status, 201, "{}", sent.text);
            assert_eq!(sent.headers.contains_key("idempotency-replayed"), replayed);
        }
        let list = once(app, &owner, &format!("{invoice}/sendings"), "sent").await;
        assert_eq!(list["data"].as_array().map(Vec::len), Some(1));
        let mails = mails(app);
        let [mail] = mails.as_slice() else { panic!("{} mails", mails.len()) };
        for part in ["To: Sagarmatha <accounts@example.com>", "Cc: boss@example.com", "JVBERi0", "Thank you."]
        {
            assert!(mail.contains(part), "{part}: {mail}");
        }
        let (_, token) = mail.split_once("/invoice#token=").expect("a link");
        let token = token.get(..64).expect("a token");
        let paid = app.request(Method::POST, "/api/v1/invoice-links/paid").json(&json!({"token": token}));
        assert_eq!(Answer::of(paid).await.status, 204, "whoever got the mail says that he paid");
        let claims = Answer::of(request(app, &owner, Method::GET, &format!("{invoice}/claims"))).await.json();
        assert_eq!(claims["data"][0]["linkId"], list["data"][0]["linkId"]);
    })
    .await;
}
