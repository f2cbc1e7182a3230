use kernel::{InvitationId, Secret, SystemRole};
use serde_json::{Value, json};

use super::{delete, get, post, problem, refused};
use crate::app::call::Answer;
use crate::app::people::Persona;
use crate::app::{self, TestApp};

/// Invites one person and opens his mail.
async fn invite(app: &TestApp, by: &Persona, email: &str) -> (String, Secret) {
    let body = json!({ "invitations": [{ "email": email, "roleId": SystemRole::Member.id() }] });
    let sent = post(app, "/invitations").by(&by.token).with(body).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let id = sent.json()["results"][0]["invitation"]["id"].as_str().expect("an id").to_owned();
    let invitation: InvitationId = id.parse().expect("an id");
    let letter = app.services.organizations.invitations.letter(invitation).await.expect("read");
    (id, letter.expect("to be sent").token)
}

fn newcomer(token: &Secret) -> Value {
    json!({ "token": token.expose(), "fullName": "Nima Sherpa", "password": "kukur-biralo-42" })
}

async fn accept(app: &TestApp, bearer: Option<&str>, body: Value) -> Answer {
    let ask = post(app, "/invitations/accept");
    match bearer {
        Some(token) => ask.by(token).with(body).await,
        None => ask.with(body).await,
    }
}

#[actix_web::test]
async fn somebody_new_opens_the_link_and_works() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let (_, token) = invite(app, &owner, "nima@example.com").await;
        let preview = post(app, "/invitations/preview").with(json!({ "token": token.expose() })).await;
        assert_eq!(preview.status, 200, "{}", preview.text);
        let names: Vec<_> = preview.json().as_object().expect("an object").keys().cloned().collect();
        assert_eq!(names, ["inviterName", "organizationName", "role"], "nothing more");
        let joined = accept(app, None, newcomer(&token)).await;
        let session = joined.json();
        assert_eq!((joined.status, &session["organization"]["name"]), (200, &json!("Himal Tea")));
        assert_eq!(session["roles"], json!(["Member"]));
        let bearer = session["accessToken"].as_str().expect("a token").to_owned();
        assert_eq!(get(app, "/tickets").by(&bearer).send().await.status, 200);
        let again = accept(app, None, newcomer(&token)).await;
        assert_eq!(problem(&again), refused(409, "already_member"));
        let shown = post(app, "/invitations/preview").with(json!({ "token": token.expose() })).await;
        assert_eq!(problem(&shown), refused(410, "invitation_over"));
    })
    .await;
}

#[actix_web::test]
async fn somebody_with_an_account_signs_in_first_and_joins_by_the_invited_address_alone() {
    app::run(async |app| {
        let (owner, other) = (app.found("Himal Tea").await, app.found("Terai Rice").await);
        let address = get(app, "/users/me").by(&other.token).send().await.json()["email"].clone();
        let (_, token) = invite(app, &owner, address.as_str().expect("an address")).await;
        let nobody = accept(app, None, newcomer(&token)).await;
        assert_eq!(problem(&nobody), refused(409, "sign_in_to_accept"));
        let somebody_else = app.member(other.org, SystemRole::Member).await;
        let bare = json!({ "token": token.expose() });
        let wrong = accept(app, Some(&somebody_else.token), bare.clone()).await;
        assert_eq!(problem(&wrong), refused(403, "invitation_for_other_email"));
        let joined = accept(app, Some(&other.token), bare).await;
        let session = joined.json();
        assert_eq!((joined.status, &session["organization"]["name"]), (200, &json!("Himal Tea")));
        assert_eq!(session["organizations"].as_array().map(Vec::len), Some(2));
        let bearer = session["accessToken"].as_str().expect("a token").to_owned();
        let seen = get(app, "/organization").by(&bearer).send().await;
        assert_eq!(seen.json()["name"], "Himal Tea");
    })
    .await;
}

#[actix_web::test]
async fn each_row_has_its_status_and_a_role_above_ones_own_is_forbidden() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let admin = app.member(owner.org, SystemRole::Admin).await;
        let address = get(app, "/users/me").by(&owner.token).send().await.json()["email"].clone();
        invite(app, &owner, "waiting@example.com").await;
        let row = |email: &Value, role: SystemRole| json!({ "email": email, "roleId": role.id() });
        let rows = json!({ "invitations": [
            row(&json!("new@example.com"), SystemRole::Guest),
            row(&json!("waiting@example.com"), SystemRole::Member),
            row(&address, SystemRole::Member),
            row(&json!("boss@example.com"), SystemRole::Owner),
        ] });
        let judged = post(app, "/invitations").by(&admin.token).with(rows).await;
        let body = judged.json();
        let rows = body["results"].as_array().expect("rows").iter();
        let seen: Vec<_> = rows.map(|row| (row["status"].clone(), row["code"].clone())).collect();
        let expected = [
            (json!(201), Value::Null),
            (json!(200), Value::Null),
            (json!(409), json!("already_member")),
            (json!(403), json!("rank_too_low")),
        ];
        assert_eq!(seen, expected);
        let rows = json!({ "invitations": [row(&json!("boss@example.com"), SystemRole::Owner)] });
        let refusal = post(app, "/invitations").by(&admin.token).with(rows).await;
        assert_eq!(problem(&refusal), refused(403, "rank_too_low"));
        let odd = json!({ "invitations": [row(&json!("not an address"), SystemRole::Guest)] });
        let refusal = post(app, "/invitations").by(&admin.token).with(odd).await;
        assert!(refusal.status == 422 && refusal.points_at("#/invitations/0/email"), "{}", refusal.text);
    })
    .await;
}

#[actix_web::test]
async fn a_resent_invitation_ends_the_first_link_and_a_revoked_one_ends_for_good() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let (id, first) = invite(app, &owner, "nima@example.com").await;
        let resent = post(app, format!("/invitations/{id}/resend")).by(&owner.token).send().await;
        assert_eq!((resent.status, resent.json()["status"].clone()), (200, json!("open")));
        let stale = accept(app, None, newcomer(&first)).await;
        assert_eq!(problem(&stale), refused(404, "not_found"));
        assert_eq!(delete(app, format!("/invitations/{id}")).by(&owner.token).send().await.status, 204);
        let over = post(app, format!("/invitations/{id}/resend")).by(&owner.token).send().await;
        assert_eq!(problem(&over), refused(410, "invitation_over"));
        let open = get(app, "/invitations").by(&owner.token).send().await;
        assert_eq!(open.json()["data"], json!([]));
        let revoked = get(app, "/invitations?status=revoked&count=true").by(&owner.token).send().await;
        assert_eq!(
            (&revoked.json()["totalCount"], &revoked.json()["data"][0]["id"]),
            (&json!(1), &json!(id))
        );
    })
    .await;
}

#[actix_web::test]
async fn a_weak_password_is_told_by_its_place_and_the_link_is_still_good() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let (_, token) = invite(app, &owner, "nima@example.com").await;
        let bare = accept(app, None, json!({ "token": token.expose() })).await;
        assert!(
            bare.status == 422 && bare.points_at("#/fullName") && bare.points_at("#/password"),
            "{}",
            bare.text
        );
        let weak = json!({ "token": token.expose(), "fullName": "Nima", "password": "password1234" });
        let weak = accept(app, None, weak).await;
        assert!(weak.status == 422 && weak.points_at("#/password"), "{}", weak.text);
        assert_eq!(accept(app, None, newcomer(&token)).await.status, 200);
    })
    .await;
}
