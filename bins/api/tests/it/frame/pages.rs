//! Queries and pages.

use reqwest::Method;
use serde_json::json;

use super::rig::{Rig, Seen, send};

async fn list(rig: &Rig, query: &str) -> Seen {
    send(rig.asha(Method::GET, &format!("/things?{query}"))).await
}

fn only(place: &str, code: &str) -> Vec<(String, String)> {
    vec![(place.to_owned(), code.to_owned())]
}

#[actix_web::test]
async fn wrong_parameters_are_told_by_name_all_together() {
    let rig = Rig::start();
    let seen =
        list(&rig, "limit=0&size=small&size=huge&archived=maybe&ownerId=1&colour=red&dueBefore=now&count=1")
            .await;
    let expected = [
        ("archived", "wrong_type"),
        ("colour", "unknown_parameter"),
        ("count", "wrong_type"),
        ("dueBefore", "invalid_format"),
        ("limit", "out_of_range"),
        ("ownerId", "invalid_format"),
        ("size", "unknown_value"),
    ];
    let expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    assert_eq!(seen.faults(), expected);
}

#[actix_web::test]
async fn limits_beyond_reason_are_refused() {
    let rig = Rig::start();
    for limit in ["101", "-1", "9223372036854775808", "1e9", "1000000000"] {
        assert_eq!(
            list(&rig, &format!("limit={limit}")).await.faults(),
            only("limit", "out_of_range"),
            "{limit}"
        );
    }
    for limit in ["", "abc", "5;", "0x10", "1.5", "+5", "05"] {
        assert_eq!(
            list(&rig, &format!("limit={limit}")).await.faults(),
            only("limit", "wrong_type"),
            "{limit}"
        );
    }
    assert_eq!(list(&rig, "limit=5&limit=6").await.faults(), only("limit", "duplicate"));
    assert_eq!(list(&rig, "ownerId=%00").await.status, 422);
    assert_eq!(
        list(&rig, "size=small&size=very_large&archived=true&dueBefore=2026-01-01T00:00:00Z").await.status,
        200
    );
}

#[actix_web::test]
async fn an_operation_without_parameters_takes_none() {
    let rig = Rig::start();
    let seen = send(rig.asha(Method::GET, "/odd/export?a=1&limit=5")).await;
    let expected = [("a", "unknown_parameter"), ("limit", "unknown_parameter")];
    assert_eq!(seen.faults(), expected.map(|(name, code)| (name.to_owned(), code.to_owned())));
}

#[actix_web::test]
async fn pages_lead_on_without_gap_or_repetition() {
    let rig = Rig::start();
    for title in ["one", "two", "three", "four", "five"] {
        rig.thing(title).await;
    }
    let (mut cursor, mut titles, mut pages) = (String::new(), Vec::new(), 0);
    loop {
        let seen = list(&rig, &format!("limit=2&count=true{cursor}")).await.json();
        assert_eq!(seen["totalCount"], 5);
        titles.extend(seen["data"].as_array().expect("rows").iter().map(|row| row["title"].clone()));
        pages += 1;
        let Some(next) = seen["nextCursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(titles, ["one", "two", "three", "four", "five"]);
    assert_eq!(pages, 3);
    let empty = Rig::start();
    assert_eq!(list(&empty, "").await.json(), json!({"data": [], "nextCursor": null}));
}

#[actix_web::test]
async fn a_cursor_is_worth_nothing_where_it_was_not_given() {
    let rig = Rig::start();
    for title in ["one", "two", "three"] {
        rig.thing(title).await;
    }
    let page = list(&rig, "limit=1&archived=false").await.json();
    let cursor = page["nextCursor"].as_str().expect("there is more").to_owned();
    assert_eq!(list(&rig, &format!("limit=3&archived=false&cursor={cursor}")).await.status, 200);

    let other_filter = list(&rig, &format!("archived=true&cursor={cursor}")).await;
    assert_eq!(other_filter.faults(), only("cursor", "invalid_cursor"));
    let elsewhere = format!("/api/v1/things?archived=false&cursor={cursor}");
    let other_org = send(rig.request(Method::GET, &elsewhere).bearer_auth("bikash")).await;
    assert_eq!(other_org.faults(), only("cursor", "invalid_cursor"));
    let mut tampered = cursor.clone().into_bytes();
    tampered[30] = if tampered[30] == b'A' { b'B' } else { b'A' };
    let tampered = String::from_utf8(tampered).expect("ascii");
    let seen = list(&rig, &format!("archived=false&cursor={tampered}")).await;
    assert_eq!(seen.faults(), only("cursor", "invalid_cursor"));
    for garbage in ["x", "AAAA", "%2e%2e", "%F0%9F%98%80", "null"] {
        let seen = list(&rig, &format!("archived=false&cursor={garbage}")).await;
        assert_eq!(seen.faults(), only("cursor", "invalid_cursor"), "{garbage}");
    }
    let long = list(&rig, &format!("archived=false&cursor={}", "A".repeat(3_000))).await;
    assert!(long.faults().contains(&("cursor".to_owned(), "too_long".to_owned())));
}
