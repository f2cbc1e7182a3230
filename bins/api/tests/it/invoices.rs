//! Invoices over the wire: what is sent twice happens once, and papers come out of a real press.

use std::collections::BTreeSet;

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
        app.rest().await;
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
