use kernel::SystemRole;
use serde_json::{Value, json};

use super::{delete, get, patch, post, problem, refused, tag};
use crate::app;

#[actix_web::test]
async fn ones_profile_has_a_version_and_changes_only_upon_it() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let me = get(app, "/users/me").by(&owner.token).send().await;
        assert_eq!((me.status, tag(&me)), (200, "\"1\""));
        let change = json!({ "displayName": "Asha", "locale": "ne", "timeZone": "Asia/Tokyo" });
        let unsaid = patch(app, "/users/me").by(&owner.token).with(change.clone()).await;
        assert_eq!(problem(&unsaid), refused(428, "version_required"));
        let after = patch(app, "/users/me").by(&owner.token).at(1).with(change.clone()).await;
        assert_eq!((after.status, tag(&after)), (200, "\"2\""));
        let seen = after.json();
        assert_eq!((&seen["displayName"], &seen["locale"]), (&json!("Asha"), &json!("ne")));
        assert_eq!((&seen["timeZone"], &seen["theme"]), (&json!("Asia/Tokyo"), &json!("system")));
        let stale = patch(app, "/users/me").by(&owner.token).at(1).with(change).await;
        assert_eq!((problem(&stale), tag(&stale)), (refused(412, "version_stale"), "\"2\""));
        let cleared =
            patch(app, "/users/me").by(&owner.token).at(2).with(json!({ "displayName": null })).await;
        assert_eq!(cleared.json()["displayName"], Value::Null);
    })
    .await;
}

#[actix_web::test]
async fn what_is_not_ones_own_to_change_is_no_member_of_the_body() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        for name in ["email", "id", "version", "role", "deleteAfter"] {
            let answer = patch(app, "/users/me").by(&owner.token).at(1).with(json!({ name: "x" })).await;
            assert_eq!(problem(&answer), refused(422, "invalid_input"), "{name}");
        }
        let faults = json!({ "locale": "fr", "theme": "pink", "fullName": "" });
        let answer = patch(app, "/users/me").by(&owner.token).at(1).with(faults).await;
        for pointer in ["#/locale", "#/theme", "#/fullName"] {
            assert!(answer.points_at(pointer), "{pointer}: {}", answer.text);
        }
        let zone =
            patch(app, "/users/me").by(&owner.token).at(1).with(json!({ "timeZone": "Asia/Atlantis" })).await;
        assert!(zone.status == 422 && zone.points_at("#/timeZone"), "{}", zone.text);
        let me = get(app, "/users/me").by(&owner.token).send().await;
        assert_eq!(tag(&me), "\"1\"");
    })
    .await;
}

#[actix_web::test]
async fn the_directory_shows_the_people_of_the_organization_to_all_but_guests() {
    app::run(async |app| {
        let (owner, stranger) = (app.found("Himal Tea").await, app.found("Terai Rice").await);
        let member = app.member(owner.org, SystemRole::Member).await;
        let guest = app.member(owner.org, SystemRole::Guest).await;
        let people = get(app, "/users?count=true&limit=2").by(&member.token).send().await;
        let seen = people.json();
        assert_eq!((&seen["totalCount"], seen["data"].as_array().map(Vec::len)), (&json!(3), Some(2)));
        let next = seen["nextCursor"].as_str().expect("there is more").to_owned();
        let rest = get(app, format!("/users?limit=2&cursor={next}")).by(&member.token).send().await;
        assert_eq!(rest.json()["data"].as_array().map(Vec::len), Some(1));
        let foreign = get(app, format!("/users?limit=2&cursor={next}")).by(&stranger.token).send().await;
        assert_eq!(foreign.status, 422, "a cursor belongs to one organization");
        let refusal = get(app, "/users").by(&guest.token).send().await;
        assert_eq!(problem(&refusal), refused(403, "scope_missing"));
    })
    .await;
}

#[actix_web::test]
async fn a_sole_owner_cannot_ask_for_his_account_to_be_erased_and_a_member_can() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let answer = post(app, "/users/me/deletion").by(&owner.token).send().await;
        assert_eq!(problem(&answer), refused(409, "sole_owner"));
        let member = app.member(owner.org, SystemRole::Member).await;
        let asked = post(app, "/users/me/deletion").by(&member.token).send().await;
        assert!(asked.status == 200 && asked.json()["deleteAfter"].is_string(), "{}", asked.text);
        let again = post(app, "/users/me/deletion").by(&member.token).send().await;
        assert_eq!(problem(&again), refused(409, "deletion_requested"));
        assert_eq!(delete(app, "/users/me/deletion").by(&member.token).send().await.status, 204);
        let me = get(app, "/users/me").by(&member.token).send().await;
        assert_eq!(me.json()["deleteAfter"], Value::Null);
    })
    .await;
}
