//! Access tokens that somebody made or changed, also somebody who can read our public key, or who holds an old token of
//! ours in another shape: none lets anybody in, and no answer tells which of them was nearly good.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use database::entities::signing_key;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use reqwest::Method;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use crate::app::call::Answer;
use crate::app::people::Persona;
use crate::app::{self, TestApp};

/// What signs for this installation, and a good token as a model.
struct Press {
    ours: EncodingKey,
    public: Vec<u8>,
    header: Header,
    claims: Value,
    good: String,
}

#[actix_web::test]
async fn no_forged_or_altered_token_lets_anybody_in() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let press = Press::of(app, &owner).await;
        let again = press.with(&[("jti", json!("00000000-0000-7000-8000-000000000004"))]);
        for good in [&press.good, &again] {
            assert_eq!(ask(app, Method::GET, "/bootstrap", good).await.status, 200, "what we make counts");
        }
        let nobody = app.request(Method::GET, "/api/v1/bootstrap");
        let expected = Answer::of(nobody).await.essence();
        assert_eq!(expected.0, 401);
        let all = [press.other_keys(), press.other_headers(), press.other_claims(), press.other_texts()];
        for (what, token) in all.concat() {
            for (method, path) in
                [(Method::GET, "/bootstrap"), (Method::POST, "/tickets"), (Method::GET, "/auth/sessions")]
            {
                let answer = ask(app, method, path, &token).await;
                assert_eq!(answer.essence(), expected, "{what} at {path}");
            }
        }
    })
    .await;
}

async fn ask(app: &TestApp, method: Method, path: &str, token: &str) -> Answer {
    let request = app.request(method.clone(), &format!("/api/v1{path}")).bearer_auth(token);
    Answer::of(if method == Method::POST { request.json(&json!({ "title": "x" })) } else { request }).await
}

type Forgeries = Vec<(String, String)>;

impl Press {
    async fn of(app: &TestApp, owner: &Persona) -> Self {
        let active = signing_key::Column::RetiredAt.is_null();
        let row = signing_key::Entity::find().filter(active).one(app.services.database.reader()).await;
        let row = row.expect("read").expect("a key");
        let seed = app.services.keyring.open("signing-key", &row.sealed_key, row.id.as_bytes());
        let header = jsonwebtoken::decode_header(owner.token.as_str()).expect("a header");
        let payload = owner.token.split('.').nth(1).expect("three parts");
        let claims = URL_SAFE_NO_PAD.decode(payload).expect("base64");
        Self {
            ours: pair(&seed.expect("ours")),
            public: row.public_key,
            header,
            claims: serde_json::from_slice(&claims).expect("JSON"),
            good: owner.token.clone(),
        }
    }

    fn sign(&self, header: &Header) -> String {
        encode(header, &self.claims, &self.ours).expect("signed")
    }

    /// Signed by us, with some members changed; null takes a member away.
    fn with(&self, changes: &[(&str, Value)]) -> String {
        let mut claims = self.claims.clone();
        for (name, value) in changes {
            claims[*name] = value.clone();
        }
        let members = claims.as_object_mut().expect("an object");
        members.retain(|name, value| !value.is_null() || name == "orgId");
        encode(&self.header, &claims, &self.ours).expect("signed")
    }

    /// Signed by somebody else, or by a secret that everybody knows.
    fn other_keys(&self) -> Forgeries {
        let foreign = encode(&self.header, &self.claims, &pair(&[7; 32])).expect("signed");
        let mut found = vec![("a foreign key under our id".to_owned(), foreign)];
        let spki = [&hex::decode("302a300506032b6570032100").expect("hex"), self.public.as_slice()].concat();
        let pem =
            format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(&spki));
        for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
            for secret in [pem.as_bytes(), self.public.as_slice(), b"secret"] {
                let header = Header { alg: algorithm, ..self.header.clone() };
                let forged = encode(&header, &self.claims, &EncodingKey::from_secret(secret));
                let what = format!("{algorithm:?} by a secret of {} bytes", secret.len());
                found.push((what, forged.expect("signed")));
            }
        }
        found
    }

    /// Signed by us under a header that we never write.
    fn other_headers(&self) -> Forgeries {
        let good = || self.header.clone();
        let evil = || Some("https://evil.example/keys".to_owned());
        let key = json!({ "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(&self.public) });
        let jwk = Some(serde_json::from_value(key).expect("a key"));
        let named = |kid: &str| Header { kid: Some(kid.to_owned()), ..good() };
        let headers = [
            ("no kid", Header { kid: None, ..good() }),
            ("a path as kid", named("../../dev/null")),
            ("a query as kid", named("' OR 1=1")),
            ("an unknown kid", named("01980d4e-7d1a-7c3e-8d4f-000000000000")),
            ("another typ", Header { typ: Some("JWT".to_owned()), ..good() }),
            ("the typ of a challenge", Header { typ: Some("mfa+jwt".to_owned()), ..good() }),
            ("no typ", Header { typ: None, ..good() }),
            ("jku", Header { jku: evil(), ..good() }),
            ("x5u", Header { x5u: evil(), ..good() }),
            ("jwk", Header { jwk, ..good() }),
            ("crit", Header { crit: Some(vec!["exp".to_owned()]), ..good() }),
        ];
        headers.iter().map(|(what, header)| ((*what).to_owned(), self.sign(header))).collect()
    }

    /// Signed by us, for somebody, something or some time else.
    fn other_claims(&self) -> Forgeries {
        let now = self.claims["iat"].as_i64().expect("seconds");
        let cases = [
            ("exp", json!((now + 900).to_string())),
            ("exp", Value::Null),
            ("exp", json!(now - 30)),
            ("exp", json!(1e300)),
            ("nbf", json!(now + 60)),
            ("nbf", json!((now - 60).to_string())),
            ("nbf", Value::Null),
            ("aud", json!("mero-jugx-files")),
            ("aud", json!(["mero-jugx", "other"])),
            ("iss", json!("https://evil.example")),
            ("iss", Value::Null),
            ("sub", Value::Null),
            ("sub", json!("01980d4e-7d1a-7c3e-8d4f-000000000000")),
            ("sid", json!("' OR 1=1")),
            ("sid", json!("01980d4e-7d1a-7c3e-8d4f-000000000000")),
        ];
        let forged =
            cases.into_iter().map(|(name, value)| (format!("{name} = {value}"), self.with(&[(name, value)])));
        forged.collect()
    }

    /// Cut, joined and stretched.
    fn other_texts(&self) -> Forgeries {
        let (message, signature) = self.good.rsplit_once('.').expect("three parts");
        let (_, payload) = message.split_once('.').expect("two parts");
        let kid = self.header.kid.clone().expect("a key");
        let none = |alg: &str| {
            URL_SAFE_NO_PAD.encode(json!({ "alg": alg, "typ": "at+jwt", "kid": kid.as_str() }).to_string())
        };
        let large = json!("x".repeat(4_096));
        let texts = [
            ("alg none", format!("{}.{payload}.", none("none"))),
            ("alg nOnE", format!("{}.{payload}.", none("nOnE"))),
            ("alg none, signed", format!("{}.{payload}.{signature}", none("none"))),
            ("no signature", format!("{message}.")),
            ("two parts", message.to_owned()),
            ("four parts", format!("{}.{signature}", self.good)),
            ("another payload", format!("{message}x.{signature}")),
            ("padding", format!("{}=", self.good)),
            ("more than 4 KiB", self.with(&[("roles", json!([large]))])),
        ];
        texts.map(|(what, token)| (what.to_owned(), token)).into()
    }
}

/// A key of Ed25519 from its seed, in the one form the library reads (RFC 8410).
fn pair(seed: &[u8]) -> EncodingKey {
    let head = hex::decode("302e020100300506032b657004220420").expect("hex");
    EncodingKey::from_ed_der(&[&head, seed].concat())
}
