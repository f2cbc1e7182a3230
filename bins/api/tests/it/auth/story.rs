use serde_json::{Value, json};

use crate::app::call::Answer;
use crate::app::{self, PASSWORD};

#[actix_web::test]
async fn from_sign_up_to_a_key_over_the_wire() {
    app::run(async |app| {
        let session = app.newcomer("asha@example.com").await;
        assert_eq!(session["tokenType"], "Bearer");
        assert_eq!((&session["expiresIn"], &session["refreshExpiresIn"]), (&json!(900), &json!(604_800)));
        assert_eq!(session["organization"]["name"], "Himal Tea");
        assert_eq!((&session["roles"], &session["mfaSetupRequired"]), (&json!(["Owner"]), &json!(true)));
        assert_eq!(session["organizations"], json!([session["organization"]]));
        assert_eq!(session["user"]["email"], "asha@example.com");
        let token = session["accessToken"].as_str().expect("a token");
        assert_eq!(app.get(token, "/bootstrap").await.code(), "mfa_setup_required");

        let enrolment = app.bearer(&session, "/auth/mfa/totp", json!({})).await.json();
        assert!(enrolment["otpauthUri"].as_str().is_some_and(|uri| uri.starts_with("otpauth://totp/")));
        assert!(enrolment["qrSvg"].as_str().is_some_and(|svg| svg.contains("<svg")));
        let wrong = app.bearer(&session, "/auth/mfa/totp/confirm", json!({ "code": "abc" })).await;
        assert_eq!((wrong.status, wrong.code().as_str()), (422, "code_invalid"));
        let code = app.code(&enrolment["secret"], 0);
        let enabled = app.bearer(&session, "/auth/mfa/totp/confirm", json!({ "code": code })).await.json();
        assert_eq!(enabled["recoveryCodes"].as_array().map(Vec::len), Some(10));
        let owner = enabled["session"].clone();
        assert_eq!(owner["mfaSetupRequired"], false);

        let made = json!({ "name": "Nightly", "scopes": ["tickets:read"] });
        let key = app.bearer(&owner, "/api-keys", made).await;
        assert_eq!(key.status, 201, "{}", key.text);
        let secret = key.json()["key"].as_str().expect("shown once").to_owned();
        assert!(secret.starts_with(key.json()["prefix"].as_str().expect("a prefix")));
        assert_eq!(app.get(&secret, "/bootstrap").await.status, 200);
        assert_eq!(app.get(&secret, "/auth/sessions").await.status, 401, "an account is none of a key's");
        let location =
            key.headers["location"].to_str().expect("a path").trim_start_matches("/api/v1").to_owned();
        let shown = app.get(owner["accessToken"].as_str().expect("a token"), &location).await;
        assert!(!shown.text.contains(&secret) && shown.json()["name"] == "Nightly");
    })
    .await;
}

#[actix_web::test]
async fn a_second_factor_is_asked_for_and_a_recovery_code_will_do() {
    app::run(async |app| {
        let session = app.newcomer("asha@example.com").await;
        let enrolment = app.bearer(&session, "/auth/mfa/totp", json!({})).await.json();
        let code = app.code(&enrolment["secret"], 0);
        let enabled =
            app.bearer(&session, "/auth/mfa/totp/confirm", json!({ "code": code.clone() })).await.json();
        let login = json!({ "email": "asha@example.com", "password": PASSWORD });
        let challenge = app.program("/auth/login", login).await.json();
        assert_eq!((&challenge["mfaRequired"], &challenge["expiresIn"]), (&json!(true), &json!(300)));
        assert!(challenge.get("accessToken").is_none());
        let token = &challenge["challengeToken"];
        let replayed =
            app.program("/auth/mfa/challenge", json!({ "challengeToken": token, "code": code })).await;
        assert_eq!(replayed.status, 401, "the code that confirmed is used up");
        let both = json!({ "challengeToken": token, "code": "123456", "recoveryCode": "x" });
        for body in [both, json!({ "challengeToken": token })] {
            let refused = app.program("/auth/mfa/challenge", body).await;
            assert!(refused.status == 422 && refused.points_at("#/code"), "{}", refused.text);
        }
        let recovery = json!({ "challengeToken": token, "recoveryCode": enabled["recoveryCodes"][0] });
        let answer = app.program("/auth/mfa/challenge", recovery.clone()).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert!(answer.json()["refreshToken"].is_string());
        assert_eq!(app.program("/auth/mfa/challenge", recovery).await.status, 401);
    })
    .await;
}

#[actix_web::test]
async fn a_program_refreshes_with_the_token_in_the_body() {
    app::run(async |app| {
        let session = app.newcomer("asha@example.com").await;
        let refresh = json!({ "refreshToken": session["refreshToken"] });
        let next = app.program("/auth/refresh", refresh.clone()).await;
        assert_eq!(next.status, 200, "{}", next.text);
        assert!(next.headers.get("set-cookie").is_none(), "no cookie for a program");
        assert!(
            next.json()["refreshToken"].is_string() && next.json()["refreshToken"] != session["refreshToken"]
        );
        let reused = app.program("/auth/refresh", refresh).await;
        let family =
            app.program("/auth/refresh", json!({ "refreshToken": next.json()["refreshToken"] })).await;
        let nonsense = app.program("/auth/refresh", json!({ "refreshToken": "nonsense" })).await;
        let nothing = app.program("/auth/refresh", json!({})).await;
        assert_eq!(reused.status, 401);
        for other in [&family, &nonsense, &nothing] {
            assert_eq!(reused.essence(), other.essence(), "one body for every cause");
        }
    })
    .await;
}

#[actix_web::test]
async fn a_foreign_organization_is_refused_and_uses_nothing_up() {
    app::run(async |app| {
        let asha = app.newcomer("asha@example.com").await;
        let bina = app.newcomer("bina@example.com").await;
        let foreign = &asha["organization"];
        for choice in [("organizationId", &foreign["id"]), ("organizationSlug", &foreign["slug"])] {
            let body = json!({ "refreshToken": bina["refreshToken"], choice.0: choice.1 });
            let refused = app.program("/auth/refresh", body).await;
            assert_eq!((refused.status, refused.code().as_str()), (403, "organization_access_denied"));
        }
        let own =
            json!({ "refreshToken": bina["refreshToken"], "organizationSlug": bina["organization"]["slug"] });
        assert_eq!(app.program("/auth/refresh", own).await.status, 200);
    })
    .await;
}

#[actix_web::test]
async fn before_the_link_was_opened_the_right_password_says_so() {
    app::run(async |app| {
        app.register("asha@example.com").await;
        let login = |password: &str| json!({ "email": "asha@example.com", "password": password });
        let early = app.program("/auth/login", login(PASSWORD)).await;
        assert_eq!((early.status, early.code().as_str()), (403, "email_unverified"));
        let wrong = app.program("/auth/login", login("wrong-password-1")).await;
        let unknown = json!({ "email": "nobody@example.com", "password": PASSWORD });
        let unknown = app.program("/auth/login", unknown).await;
        assert_eq!((wrong.status, wrong.essence()), (401, unknown.essence()));
    })
    .await;
}

#[actix_web::test]
async fn the_sixth_wrong_password_has_to_wait() {
    app::run(async |app| {
        app.newcomer("asha@example.com").await;
        let login = json!({ "email": "asha@example.com", "password": "wrong-password-1" });
        for _ in 0..5 {
            assert_eq!(app.program("/auth/login", login.clone()).await.status, 401);
        }
        let waits = app.program("/auth/login", login).await;
        assert_eq!((waits.status, waits.code().as_str()), (429, "rate_limited"));
        let seconds: u64 = waits.headers["retry-after"].to_str().expect("text").parse().expect("seconds");
        assert!((1..=2).contains(&seconds));
    })
    .await;
}

#[actix_web::test]
async fn sessions_are_shown_and_ended() {
    app::run(async |app| {
        let here = app.newcomer("asha@example.com").await;
        let login = json!({ "email": "asha@example.com", "password": PASSWORD });
        let there = app.program("/auth/login", login).await.json();
        let token = here["accessToken"].as_str().expect("a token");
        let listed = app.get(token, "/auth/sessions").await.json();
        let rows = listed["data"].as_array().expect("a list");
        let current: Vec<_> = rows.iter().map(|row| &row["current"]).collect();
        assert_eq!(current, [&json!(false), &json!(true)], "the newest first");
        let other = format!("/api/v1/auth/sessions/{}", rows[0]["id"].as_str().expect("an id"));
        let revoke = || app.request(reqwest::Method::DELETE, &other).bearer_auth(token);
        assert_eq!(Answer::of(revoke()).await.status, 204);
        assert_eq!(Answer::of(revoke()).await.status, 404);
        assert_eq!(
            app.get(there["accessToken"].as_str().expect("a token"), "/auth/sessions").await.status,
            401
        );
        assert_eq!(app.bearer(&here, "/auth/logout", json!({})).await.status, 204);
        assert_eq!(app.get(token, "/auth/sessions").await.status, 401);
    })
    .await;
}

#[actix_web::test]
async fn the_published_keys_verify_what_was_signed() {
    app::run(async |app| {
        let session = app.newcomer("asha@example.com").await;
        let keys = Answer::of(app.request(reqwest::Method::GET, "/.well-known/jwks.json")).await;
        assert_eq!(keys.status, 200);
        let document: Value = keys.json();
        let key = &document["keys"][0];
        assert_eq!(
            (&key["kty"], &key["crv"], &key["alg"]),
            (&json!("OKP"), &json!("Ed25519"), &json!("EdDSA"))
        );
        assert!(key.get("d").is_none(), "the public half alone");
        let token = session["accessToken"].as_str().expect("a token");
        let key: jsonwebtoken::jwk::Jwk = serde_json::from_value(key.clone()).expect("a JWK");
        let mut rules = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::EdDSA);
        rules.set_audience(&["mero-jugx"]);
        let decoding = jsonwebtoken::DecodingKey::from_jwk(&key).expect("a key");
        let claims = jsonwebtoken::decode::<Value>(token, &decoding, &rules).expect("verified").claims;
        assert_eq!(
            (&claims["sub"], &claims["orgId"]),
            (&session["user"]["id"], &session["organization"]["id"])
        );
        assert_eq!(claims["userId"], claims["sub"]);
    })
    .await;
}
