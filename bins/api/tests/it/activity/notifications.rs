use kernel::Scope;
use notifications::Category;
use reqwest::{Method, RequestBuilder};
use serde_json::json;
use uuid::Uuid;

use super::rig::{Rig, run, send};

fn own(rig: &Rig, method: Method, path: &str) -> RequestBuilder {
    rig.with(&[Scope::NotificationsRead], method, path)
}

fn manager(rig: &Rig, method: Method) -> RequestBuilder {
    rig.with(&[Scope::NotificationsManage], method, "/notifications/defaults")
}

#[actix_web::test]
async fn a_feed_is_read_page_by_page_and_marked() {
    run(async |rig| {
        let mut ids = Vec::new();
        for category in [Category::Mentions, Category::Comments, Category::Comments] {
            ids.push(rig.notify(category).await);
            rig.database.env().advance(chrono::TimeDelta::seconds(1));
        }
        let first = send(own(rig, Method::GET, "/notifications?limit=2")).await.json();
        assert_eq!(first["data"].as_array().expect("rows").len(), 2);
        assert_eq!((&first["data"][0]["id"], &first["data"][1]["id"]), (&json!(ids[2]), &json!(ids[1])));
        let cursor = first["nextCursor"].as_str().expect("another page");
        let second = send(own(rig, Method::GET, &format!("/notifications?limit=2&cursor={cursor}"))).await;
        assert_eq!(
            (&second.json()["data"][0]["id"], &second.json()["nextCursor"]),
            (&json!(ids[0]), &json!(null))
        );
        let other = format!("/notifications?view=archived&cursor={cursor}");
        assert_eq!(send(own(rig, Method::GET, &other)).await.status, 422, "a cursor of another list");

        let path = format!("/notifications/{}/mark", ids[0]);
        let marked = send(own(rig, Method::POST, &path).json(&json!({ "mark": "read" }))).await;
        assert_eq!((marked.status, marked.json()["readAt"].is_string()), (200, true), "{}", marked.text);
        let all = json!({ "mark": "archived", "category": "comments" });
        let all = send(own(rig, Method::POST, "/notifications/mark").json(&all)).await;
        assert_eq!(all.json(), json!({ "changed": 2 }));
        let counts = send(own(rig, Method::GET, "/notifications/counts")).await;
        assert_eq!(counts.json(), json!({ "unseen": 0, "unread": 0 }));
    })
    .await;
}

#[actix_web::test]
async fn an_entry_looks_like_this() {
    run(async |rig| {
        let id = rig.notify(Category::Mentions).await;
        let page = send(own(rig, Method::GET, "/notifications?unread=true&category=mentions")).await.json();
        let entry = &page["data"][0];
        assert_eq!(
            *entry,
            json!({
                "id": id, "eventId": entry["eventId"], "category": "mentions", "type": "ticket_assigned",
                "subject": { "type": "ticket", "id": Uuid::from_u128(500), "version": null },
                "actorId": null, "data": { "number": 7 }, "critical": false,
                "createdAt": "2026-01-15T09:00:00.000Z", "snoozedUntil": null, "seenAt": null, "readAt": null,
                "archivedAt": null,
            })
        );
    })
    .await;
}

#[actix_web::test]
async fn wishes_that_cannot_be_meant_are_refused_in_their_order() {
    run(async |rig| {
        let id = rig.notify(Category::Mentions).await;
        let mark = |id: &str, body| own(rig, Method::POST, &format!("/notifications/{id}/mark")).json(&body);
        let strange = Uuid::from_u128(1).to_string();
        assert_eq!(
            send(mark(&id, json!({ "mark": "burnt" }))).await.problem(),
            (422, "invalid_input".into())
        );
        assert_eq!(
            send(mark(&strange, json!({ "mark": "snoozed" }))).await.problem(),
            (404, "not_found".into())
        );
        let never = send(mark(&id, json!({ "mark": "snoozed" }))).await;
        assert_eq!((never.status, &never.json()["errors"][0]["pointer"]), (422, &json!("#/until")));
        let nobody = rig.with(&[], Method::GET, "/notifications");
        assert_eq!(send(nobody).await.problem(), (403, "scope_missing".into()));
    })
    .await;
}

#[actix_web::test]
async fn preferences_are_chosen_cell_by_cell() {
    run(async |rig| {
        let path = "/notifications/preferences";
        let wish = json!({ "choices": [{ "category": "comments", "channel": "email", "enabled": false }] });
        let chosen = send(own(rig, Method::PATCH, path).json(&wish)).await;
        assert_eq!(chosen.status, 200, "{}", chosen.text);
        let read = send(own(rig, Method::GET, path)).await.json();
        assert_eq!(read, chosen.json());
        let cells = read["preferences"].as_array().expect("cells");
        let off: Vec<_> = cells.iter().filter(|cell| cell["enabled"] == false).collect();
        assert_eq!(
            off,
            [&json!({
                "category": "comments", "channel": "email", "enabled": false, "choice": false,
                "inherited": true, "mutable": true,
            })]
        );
        let security =
            json!({ "choices": [{ "category": "security", "channel": "email", "enabled": false }] });
        let refused = send(own(rig, Method::PATCH, path).json(&security)).await;
        assert_eq!((refused.status, &refused.json()["errors"][0]["code"]), (422, &json!("not_mutable")));
        let unsaid = json!({ "choices": [{ "category": "comments", "channel": "email" }] });
        assert_eq!(send(own(rig, Method::PATCH, path).json(&unsaid)).await.status, 422);
    })
    .await;
}

#[actix_web::test]
async fn defaults_have_a_version() {
    run(async |rig| {
        let wish = json!({ "choices": [{ "category": "comments", "channel": "email", "enabled": false }] });
        let read = send(manager(rig, Method::GET)).await;
        assert_eq!((read.status, read.header("etag")), (200, "\"1\""));
        let unversioned = send(manager(rig, Method::PATCH).json(&wish)).await;
        assert_eq!(unversioned.problem(), (428, "version_required".into()));
        let changed = send(manager(rig, Method::PATCH).header("If-Match", "\"1\"").json(&wish)).await;
        assert_eq!((changed.status, changed.header("etag")), (200, "\"2\""), "{}", changed.text);
        let late = send(manager(rig, Method::PATCH).header("If-Match", "\"1\"").json(&wish)).await;
        assert_eq!((late.problem(), late.header("etag")), ((412, "version_stale".into()), "\"2\""));
        let member = send(own(rig, Method::GET, "/notifications/defaults")).await;
        assert_eq!(member.problem(), (403, "scope_missing".into()));
    })
    .await;
}
