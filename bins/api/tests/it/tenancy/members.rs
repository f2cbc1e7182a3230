use kernel::SystemRole;
use serde_json::json;

use super::{delete, get, patch, post, problem, refused, tag};
use crate::app;

#[actix_web::test]
async fn a_demoted_admin_loses_his_rights_with_the_answer() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let admin = app.member(owner.org, SystemRole::Admin).await;
        let path = format!("/members/{}", admin.user);
        let seen = get(app, path.as_str()).by(&owner.token).send().await;
        assert_eq!((seen.json()["role"].clone(), tag(&seen)), (json!("Admin"), "\"1\""));
        assert_eq!(get(app, "/audit").by(&admin.token).send().await.status, 200);
        let demotion = json!({ "roleId": SystemRole::Member.id() });
        let after = patch(app, path.as_str()).by(&owner.token).at(1).with(demotion).await;
        assert_eq!((after.status, after.json()["role"].clone()), (200, json!("Member")));
        let refusal = get(app, "/audit").by(&admin.token).send().await;
        assert_eq!(problem(&refusal), refused(403, "scope_missing"));
    })
    .await;
}

#[actix_web::test]
async fn suspended_and_removed_members_are_out_with_the_answer() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let member = app.member(owner.org, SystemRole::Member).await;
        let path = format!("/members/{}", member.user);
        let suspension = json!({ "status": "suspended" });
        assert_eq!(patch(app, path.as_str()).by(&owner.token).at(1).with(suspension).await.status, 200);
        let shut_out = get(app, "/tickets").by(&member.token).send().await;
        assert!(matches!(shut_out.status, 401 | 403), "{}", shut_out.text);
        let back = json!({ "status": "active" });
        assert_eq!(patch(app, path.as_str()).by(&owner.token).at(2).with(back).await.status, 200);
        assert_eq!(get(app, "/tickets").by(&member.token).send().await.status, 200);
        let unsaid = delete(app, path.as_str()).by(&owner.token).send().await;
        assert_eq!(problem(&unsaid), refused(428, "version_required"));
        assert_eq!(delete(app, path.as_str()).by(&owner.token).at(3).send().await.status, 204);
        let shut_out = get(app, "/tickets").by(&member.token).send().await;
        assert!(matches!(shut_out.status, 401 | 403), "{}", shut_out.text);
        let left = get(app, "/members?status=left").by(&owner.token).send().await;
        assert_eq!(left.json()["data"][0]["userId"], json!(member.user));
    })
    .await;
}

#[actix_web::test]
async fn the_last_owner_stays_and_an_admin_promotes_nobody_above_himself() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let admin = app.member(owner.org, SystemRole::Admin).await;
        let own = format!("/members/{}", owner.user);
        let demotion = json!({ "roleId": SystemRole::Member.id() });
        let answer = patch(app, own.as_str()).by(&owner.token).at(1).with(demotion.clone()).await;
        assert_eq!(problem(&answer), refused(409, "last_owner"));
        let answer = post(app, "/members/leave").by(&owner.token).send().await;
        assert_eq!(problem(&answer), refused(409, "last_owner"));
        let answer = patch(app, own.as_str()).by(&admin.token).at(1).with(demotion).await;
        assert_eq!(problem(&answer), refused(403, "rank_too_low"));
        let himself = format!("/members/{}", admin.user);
        let promotion = json!({ "roleId": SystemRole::Owner.id() });
        let answer = patch(app, himself.as_str()).by(&admin.token).at(1).with(promotion).await;
        assert_eq!(problem(&answer), refused(403, "rank_too_low"));
        assert_eq!(post(app, "/members/leave").by(&admin.token).send().await.status, 204);
    })
    .await;
}
