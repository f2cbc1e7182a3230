use kernel::{Scope, SystemRole};
use serde_json::json;

use super::{delete, get, patch, post, problem, refused, tag};
use crate::app;

#[actix_web::test]
async fn a_role_is_made_changed_and_deleted() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let body = json!({ "name": "Support", "rank": 40, "scopes": ["tickets:read"] });
        let made = post(app, "/roles").by(&owner.token).with(body.clone()).await;
        assert_eq!((made.status, tag(&made)), (201, "\"1\""));
        let path = format!("/roles/{}", made.json()["id"].as_str().expect("an id"));
        let location = made.headers.get("location").and_then(|place| place.to_str().ok());
        assert_eq!(location, Some(format!("/api/v1{path}").as_str()));
        let twin = post(app, "/roles").by(&owner.token).with(body).await;
        assert_eq!(problem(&twin), refused(409, "role_name_taken"));
        let wider = json!({ "scopes": ["tickets:read", "tickets:write"] });
        let after = patch(app, path.as_str()).by(&owner.token).at(1).with(wider).await;
        assert_eq!(
            (after.status, after.json()["scopes"].clone()),
            (200, json!(["tickets:read", "tickets:write"]))
        );
        let stale = delete(app, path.as_str()).by(&owner.token).at(1).send().await;
        assert_eq!(problem(&stale), refused(412, "version_stale"));
        assert_eq!(delete(app, path.as_str()).by(&owner.token).at(2).send().await.status, 204);
        assert_eq!(get(app, path.as_str()).by(&owner.token).send().await.status, 404);
    })
    .await;
}

#[actix_web::test]
async fn an_admin_grants_no_more_than_he_holds() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let admin = app.member(owner.org, SystemRole::Admin).await;
        let own = format!("/roles/{}", SystemRole::Admin.id());
        let wider = json!({ "scopes": ["billing:manage"] });
        let answer = patch(app, own.as_str()).by(&admin.token).at(1).with(wider).await;
        assert_eq!(problem(&answer), refused(403, "system_role"));
        let body = json!({ "name": "Payer", "rank": 10, "scopes": ["billing:manage"] });
        let answer = post(app, "/roles").by(&admin.token).with(body).await;
        assert_eq!(problem(&answer), refused(403, "scope_not_held"));
        let body = json!({ "name": "Peer", "rank": 80, "scopes": [] });
        let answer = post(app, "/roles").by(&admin.token).with(body).await;
        assert_eq!(problem(&answer), refused(403, "rank_too_low"));
        let body = json!({ "name": "All", "rank": 10, "scopes": ["*"] });
        let answer = post(app, "/roles").by(&admin.token).with(body).await;
        assert!(answer.status == 422 && answer.points_at("#/scopes/0"), "{}", answer.text);
    })
    .await;
}

#[actix_web::test]
async fn a_narrowed_role_bites_with_the_answer_and_one_in_use_stays() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let body = json!({ "name": "Support", "scopes": ["tickets:read", "roles:read"] });
        let made = post(app, "/roles").by(&owner.token).with(body).await.json();
        let role = made["id"].as_str().expect("an id").parse().expect("an id");
        let helper = app.member_as(owner.org, role).await;
        assert_eq!(get(app, "/tickets").by(&helper.token).send().await.status, 200);
        let path = format!("/roles/{role}");
        let narrowed = json!({ "scopes": ["roles:read"] });
        let after = patch(app, path.as_str()).by(&owner.token).at(1).with(narrowed).await;
        assert_eq!((after.status, after.json()["memberCount"].clone()), (200, json!(1)));
        let answer = get(app, "/tickets").by(&helper.token).send().await;
        assert_eq!(problem(&answer), refused(403, "scope_missing"));
        let answer = delete(app, path.as_str()).by(&owner.token).at(2).send().await;
        assert_eq!(problem(&answer), refused(409, "role_in_use"));
    })
    .await;
}

#[actix_web::test]
async fn the_registry_of_scopes_is_shown_in_pages() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let first = get(app, "/scopes?limit=1").by(&owner.token).send().await.json();
        assert_eq!(first["data"][0]["scope"], "organization:read");
        assert_eq!(first["data"][0]["systemRoles"], json!(["owner", "admin", "member", "guest"]));
        let all = get(app, "/scopes?limit=100").by(&owner.token).send().await.json();
        assert_eq!(all["data"].as_array().map(Vec::len), Some(Scope::all().count()));
        let roles = get(app, "/roles?limit=2").by(&owner.token).send().await.json();
        let names: Vec<_> =
            roles["data"].as_array().expect("rows").iter().map(|role| role["name"].clone()).collect();
        assert_eq!(names, ["Owner", "Admin"]);
    })
    .await;
}
