use kernel::SystemRole;
use serde_json::{Value, json};

use super::{delete, get, patch, post, problem, refused, tag};
use crate::app;

#[actix_web::test]
async fn somebody_founds_a_second_organization_and_finds_both() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let created = post(app, "/organizations").by(&owner.token).with(json!({ "name": "Himal Tea" })).await;
        assert_eq!(created.status, 201, "{}", created.text);
        assert_eq!(created.json()["slug"], "himal-tea-2");
        let mine = get(app, "/organizations").by(&owner.token).send().await;
        let roles: Vec<_> =
            mine.json()["data"].as_array().expect("rows").iter().map(|row| row["role"].clone()).collect();
        assert_eq!(roles, ["Owner", "Owner"]);
        let taken = post(app, "/organizations")
            .by(&owner.token)
            .with(json!({ "name": "X", "slug": "himal-tea" }))
            .await;
        assert_eq!(problem(&taken), refused(409, "slug_taken"));
        let odd = post(app, "/organizations")
            .by(&owner.token)
            .with(json!({ "name": "X", "slug": "Himal Tea" }))
            .await;
        assert!(odd.status == 422 && odd.points_at("#/slug"), "{}", odd.text);
    })
    .await;
}

#[actix_web::test]
async fn an_organization_answers_to_its_former_short_name() {
    app::run(async |app| {
        let (owner, stranger) = (app.found("Himal Tea").await, app.found("Terai Rice").await);
        let renamed = json!({ "slug": "himal", "legalName": "Himal Tea Pvt. Ltd." });
        let after = patch(app, "/organization").by(&owner.token).at(1).with(renamed).await;
        assert_eq!((after.status, tag(&after)), (200, "\"2\""));
        for slug in ["himal", "himal-tea"] {
            let found = get(app, format!("/organizations?slug={slug}")).by(&owner.token).send().await;
            assert_eq!(found.json()["data"][0]["slug"], "himal");
            let hidden = get(app, format!("/organizations?slug={slug}")).by(&stranger.token).send().await;
            assert_eq!(hidden.json()["data"], json!([]));
        }
        let thief =
            patch(app, "/organization").by(&stranger.token).at(1).with(json!({ "slug": "himal-tea" })).await;
        assert_eq!(problem(&thief), refused(409, "slug_taken"));
    })
    .await;
}

#[actix_web::test]
async fn settings_change_for_managers_and_are_read_at_once() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let member = app.member(owner.org, SystemRole::Member).await;
        let before = get(app, "/settings").by(&member.token).send().await;
        assert_eq!((before.json()["currency"].clone(), tag(&before)), (json!("NPR"), "\"1\""));
        let change = json!({ "currency": "INR", "calendar": "ad", "accentColor": "#A1B2C3" });
        let refusal = patch(app, "/settings").by(&member.token).at(1).with(change.clone()).await;
        assert_eq!(problem(&refusal), refused(403, "scope_missing"));
        let after = patch(app, "/settings").by(&owner.token).at(1).with(change).await;
        assert_eq!(after.status, 200, "{}", after.text);
        let seen = get(app, "/settings").by(&member.token).send().await;
        assert_eq!(
            (seen.json()["currency"].clone(), seen.json()["accentColor"].clone()),
            (json!("INR"), json!("#a1b2c3"))
        );
        assert_eq!(tag(&seen), "\"2\"");
        for (body, pointer) in [
            (json!({ "currency": "XXX" }), "#/currency"),
            (json!({ "currency": "rupee" }), "#/currency"),
            (json!({ "fiscalYearStartMonth": 13 }), "#/fiscalYearStartMonth"),
            (json!({ "accentColor": "red" }), "#/accentColor"),
        ] {
            let answer = patch(app, "/settings").by(&owner.token).at(2).with(body).await;
            assert!(answer.status == 422 && answer.points_at(pointer), "{}", answer.text);
        }
    })
    .await;
}

#[actix_web::test]
async fn a_policy_that_demands_a_second_factor_is_previewed_and_bites() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let member = app.member(owner.org, SystemRole::Member).await;
        let policy = json!({ "requireMfa": true, "graceDays": 0 });
        let preview = "/organization/security-policy/preview";
        let preview = post(app, preview).by(&owner.token).with(policy.clone()).await;
        let seen = preview.json();
        assert_eq!((&seen["total"], &seen["members"][0]["userId"]), (&json!(1), &json!(member.user)));
        assert_eq!(get(app, "/settings").by(&member.token).send().await.status, 200);
        let changed = patch(app, "/organization/security-policy").by(&owner.token).at(1).with(policy).await;
        assert_eq!((changed.status, tag(&changed)), (200, "\"2\""));
        let locked_out = get(app, "/settings").by(&member.token).send().await;
        assert_eq!(problem(&locked_out), refused(403, "mfa_setup_required"));
        let mine = get(app, "/organizations").by(&member.token).send().await;
        assert_eq!(mine.status, 200, "the list stays open");
    })
    .await;
}

#[actix_web::test]
async fn ownership_goes_over_and_the_former_owner_is_an_admin_at_once() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let heir = app.member(owner.org, SystemRole::Admin).await;
        let to_nobody = json!({ "userId": uuid::Uuid::from_u128(404) });
        let answer = post(app, "/organization/transfer").by(&owner.token).with(to_nobody).await;
        assert_eq!(problem(&answer), refused(404, "not_found"));
        let body = json!({ "userId": heir.user });
        let by_admin = post(app, "/organization/transfer").by(&heir.token).with(body.clone()).await;
        assert_eq!(problem(&by_admin), refused(403, "scope_missing"));
        assert_eq!(post(app, "/organization/transfer").by(&owner.token).with(body.clone()).await.status, 204);
        let again = post(app, "/organization/transfer").by(&owner.token).with(body).await;
        assert_eq!(problem(&again), refused(403, "scope_missing"));
        let back = json!({ "userId": owner.user });
        assert_eq!(post(app, "/organization/transfer").by(&heir.token).with(back).await.status, 204);
    })
    .await;
}

#[actix_web::test]
async fn a_deletion_needs_the_typed_name_and_can_be_taken_back() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let wrong =
            post(app, "/organization/deletion").by(&owner.token).with(json!({ "name": "himal" })).await;
        assert!(wrong.status == 422 && wrong.points_at("#/name"), "{}", wrong.text);
        let asked =
            post(app, "/organization/deletion").by(&owner.token).with(json!({ "name": "Himal Tea" })).await;
        assert!(asked.status == 200 && asked.json()["deleteAfter"].is_string(), "{}", asked.text);
        assert_eq!(delete(app, "/organization/deletion").by(&owner.token).send().await.status, 204);
        let seen = get(app, "/organization").by(&owner.token).send().await;
        assert_eq!(seen.json()["deleteAfter"], Value::Null);
        let again = delete(app, "/organization/deletion").by(&owner.token).send().await;
        assert_eq!(problem(&again), refused(409, "deletion_not_requested"));
    })
    .await;
}
