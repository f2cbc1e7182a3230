//! A token of one kind means nothing where one of another kind is asked for.

use auth::MailedToken;
use database::log;
use kernel::{InvitationId, SystemRole, TokenId};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::call::Answer;
use crate::app::{self, PASSWORD, TestApp};

/// Where a token is shown, and which kinds open it.
struct Door {
    path: &'static str,
    /// The member of the body; a bearer where it is empty.
    member: &'static str,
    rest: Value,
    opened_by: &'static [&'static str],
}

fn doors() -> [Door; 9] {
    let door = |path, member, rest, opened_by| Door { path, member, rest, opened_by };
    let person = json!({ "fullName": "Nima Sherpa", "password": PASSWORD });
    [
        door("/bootstrap", "", json!({}), &["access", "api key"]),
        door("/auth/sessions", "", json!({}), &["access"]),
        door("/auth/refresh", "refreshToken", json!({}), &["refresh"]),
        door("/auth/mfa/challenge", "challengeToken", json!({ "code": "000000" }), &["challenge"]),
        door("/auth/verify-email", "token", json!({}), &["sign-up"]),
        door("/auth/reset-password", "token", json!({ "password": "gaida-hatti-2026" }), &["reset"]),
        door("/auth/email/confirm", "token", json!({}), &["address"]),
        door("/invitations/preview", "token", json!({}), &["invitation"]),
        door("/invitations/accept", "token", person, &["invitation"]),
    ]
}

#[actix_web::test]
async fn a_token_opens_what_it_is_for_and_nothing_else() {
    app::run(async |app| {
        let (tokens, recovery_code) = one_of_each(app).await;
        for door in doors() {
            for (kind, token) in tokens.iter().filter(|(kind, _)| !door.opened_by.contains(kind)) {
                let refused = show(app, &door, token).await;
                let what = format!("{kind} at {}: {} {}", door.path, refused.status, refused.text);
                // What is too long for a door is told so, whatever it is.
                let too_long = refused.status == 422 && refused.text.contains("too_long");
                let absent = refused.status == 404 && door.path.starts_with("/invitations");
                assert!(refused.status == 401 || too_long || absent, "{what}");
                let nonsense = show(app, &door, &"x".repeat(token.len())).await;
                assert_eq!(refused.essence(), nonsense.essence(), "{what}");
            }
        }
        // None of it was used up, and each is good for its own door.
        for mut door in doors() {
            if door.path == "/auth/mfa/challenge" {
                door.rest = json!({ "recoveryCode": recovery_code });
            }
            for (kind, token) in tokens.iter().filter(|(kind, _)| door.opened_by.contains(kind)) {
                let answer = show(app, &door, token).await;
                assert!(answer.status < 300, "{kind} at {}: {} {}", door.path, answer.status, answer.text);
            }
        }
    })
    .await;
}

async fn show(app: &TestApp, door: &Door, token: &str) -> Answer {
    if door.member.is_empty() {
        return app.get(token, door.path).await;
    }
    let mut body = door.rest.clone();
    body[door.member] = json!(token);
    app.program(door.path, body).await
}

/// A token of each kind, and a recovery code.
async fn one_of_each(app: &TestApp) -> (Vec<(&'static str, String)>, Value) {
    let newcomer = app.newcomer("asha@example.com").await;
    let enrolment = app.bearer(&newcomer, "/auth/mfa/totp", json!({})).await.json();
    let code = json!({ "code": app.code(&enrolment["secret"], 0) });
    let enabled = app.bearer(&newcomer, "/auth/mfa/totp/confirm", code).await.json();
    let asha = &enabled["session"];
    let user: Uuid = word(&asha["user"]["id"]).parse().expect("an id");

    let login = json!({ "email": "asha@example.com", "password": PASSWORD });
    let challenge = app.program("/auth/login", login).await.json();
    let key = json!({ "name": "Nightly", "scopes": ["tickets:read"] });
    let key = app.bearer(asha, "/api-keys", key).await.json();
    app.program("/auth/forgot-password", json!({ "email": "asha@example.com" })).await;
    app.bearer(asha, "/auth/email", json!({ "email": "asha@example.net" })).await;
    let role = SystemRole::Member.id();
    let rows = json!({ "invitations": [{ "email": "nima@example.com", "roleId": role }] });
    let invited = app.bearer(asha, "/invitations", rows).await.json();
    app.register("bina@example.com").await;
    let tokens = vec![
        ("access", word(&asha["accessToken"])),
        ("refresh", word(&newcomer["refreshToken"])),
        ("challenge", word(&challenge["challengeToken"])),
        ("api key", word(&key["key"])),
        ("reset", mailed(app, user, "auth.password_reset_requested", MailedToken::PasswordReset).await),
        ("address", mailed(app, user, "auth.email_change_requested", MailedToken::EmailChange).await),
        ("sign-up", app.mailed_sign_up().await),
        ("invitation", invitation(app, &invited["results"][0]["invitation"]["id"]).await),
    ];
    (tokens, enabled["recoveryCodes"][0].clone())
}

async fn mailed(app: &TestApp, user: Uuid, kind: &str, of: fn(TokenId) -> MailedToken) -> String {
    let events = log::since(&app.services.database, user, 0, 1_000).await.expect("read");
    let event = events.iter().rev().find(|event| event.kind == kind).expect("asked for");
    let id: TokenId = word(&event.data["tokenId"]).parse().expect("an id");
    let letter = app.services.auth.mailings.letter(of(id)).await.expect("read");
    letter.expect("it counts").token.expose().to_owned()
}

async fn invitation(app: &TestApp, id: &Value) -> String {
    let id: InvitationId = word(id).parse().expect("an id");
    let letter = app.services.organizations.invitations.letter(id).await.expect("read");
    letter.expect("to be sent").token.expose().to_owned()
}

fn word(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
