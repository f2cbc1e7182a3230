use kernel::{Audience, Scope};
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

use super::rig::{ASHA, ORG, run, send};

#[actix_web::test]
async fn a_client_follows_what_it_may_see() {
    run(async |rig| {
        let first = rig.happened(Audience::Members, json!({ "before": "canary", "after": "canary" })).await;
        let scope = Audience::Scope { scope: Scope::FilesRead, guests: Vec::new() };
        rig.happened(scope, json!(null)).await;
        rig.happened(Audience::Users(vec![ASHA]), json!(null)).await;
        let seen = send(rig.with(&[], Method::GET, "/events?limit=1")).await;
        assert_eq!(
            seen.json(),
            json!({
                "data": [{
                    "seq": 1, "id": first, "type": "tests.thing_happened", "topic": "tests", "organizationId": ORG,
                    "actor": { "kind": "system", "userId": null, "apiKeyId": null }, "originClientId": null,
                    "subject": { "type": "thing", "id": Uuid::from_u128(500), "version": null },
                    "data": { "thing": 1 }, "occurredAt": "2026-01-15T09:00:00.000Z",
                }],
                "cursor": 1, "more": true,
            })
        );
        let rest = send(rig.with(&[], Method::GET, "/events?since=1")).await.json();
        assert_eq!((&rest["data"][0]["seq"], &rest["cursor"], &rest["more"]), (&json!(3), &json!(3), &json!(false)));
        let reader = send(rig.with(&[Scope::FilesRead], Method::GET, "/events?since=1")).await.json();
        assert_eq!(reader["data"].as_array().expect("events").len(), 2);
    })
    .await;
}

#[actix_web::test]
async fn cursors_outside_of_the_log_are_told_apart() {
    run(async |rig| {
        rig.happened(Audience::Members, json!(null)).await;
        for beyond in ["2", "-1", "9007199254740991", "99999999999999999999", "x"] {
            let answer = send(rig.with(&[], Method::GET, &format!("/events?since={beyond}"))).await;
            assert_eq!(answer.problem(), (422, "invalid_input".into()), "{beyond}");
            assert_eq!(answer.json()["errors"][0]["parameter"], "since", "{beyond}");
        }
        assert_eq!(send(rig.with(&[], Method::GET, "/events?limit=101")).await.status, 422);
    })
    .await;
}
