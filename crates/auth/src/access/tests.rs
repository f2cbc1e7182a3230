use jsonwebtoken::{EncodingKey, encode};
use kernel::Env;
use platform::Keyring;
use serde_json::{Value, json};

use super::*;

const ISSUER: &str = "https://jugx.test";
const NOW: i64 = 1_768_467_600;

/// A key of ours, and what it makes of a token.
struct Judge {
    signing: SigningKey,
    verifying: DecodingKey,
}

impl Judge {
    fn new() -> Self {
        let keys = Keyring::from_secret(&"11".repeat(32)).expect("valid");
        let fresh = FreshKey::generate(&Env::system(), &keys);
        let signing = SigningKey::open(&keys, fresh.id, &fresh.sealed).expect("opens");
        Self { signing, verifying: DecodingKey::from_ed_der(&fresh.public) }
    }

    fn accepts(&self, token: &str) -> bool {
        let now = Timestamp::from_timestamp(NOW, 0).expect("valid");
        let claims = genuine(token, &self.verifying, ISSUER);
        key_id(token) == Some(self.signing.id) && claims.is_some_and(|claims| claims.count_at(now))
    }

    fn sign(&self, header: &Header, claims: &Value) -> String {
        encode(header, claims, &self.signing.encoding).expect("signed")
    }

    fn header(&self) -> Header {
        header_of(Some(self.signing.id))
    }

    /// A good token with some members changed; null takes a member away.
    fn with(&self, changes: &[(&str, Value)]) -> String {
        let mut claims = claims();
        let members = claims.as_object_mut().expect("an object");
        for (name, value) in changes {
            match value {
                Value::Null => drop(members.remove(*name)),
                value => drop(members.insert((*name).to_owned(), value.clone())),
            }
        }
        self.sign(&self.header(), &claims)
    }
}

fn claims() -> Value {
    let user = "00000000-0000-7000-8000-000000000001";
    json!({
        "iss": ISSUER, "aud": "mero-jugx", "sub": user, "userId": user,
        "orgId": "00000000-0000-7000-8000-000000000002", "roles": ["Owner"],
        "sid": "00000000-0000-7000-8000-000000000003", "amr": ["pwd", "otp"], "auth_time": NOW - 60,
        "ue": 1, "me": 1, "oe": 1, "iat": NOW, "nbf": NOW, "exp": NOW + 900,
        "jti": "00000000-0000-7000-8000-000000000004"
    })
}

#[test]
fn a_token_as_we_make_it_counts() {
    let judge = Judge::new();
    assert!(judge.accepts(&judge.with(&[])));
    let nowhere = json!({ "orgId": null });
    let mut claims = claims();
    claims.as_object_mut().expect("an object").extend(nowhere.as_object().expect("an object").clone());
    assert!(judge.accepts(&judge.sign(&judge.header(), &claims)), "somebody in no organization");
}

#[test]
fn every_member_is_required() {
    let judge = Judge::new();
    for name in claims().as_object().expect("an object").keys() {
        assert!(!judge.accepts(&judge.with(&[(name, Value::Null)])), "{name}");
    }
}

#[test]
fn times_are_numbers_and_bind_within_five_seconds() {
    let judge = Judge::new();
    let at = |name: &str, offset: i64| judge.accepts(&judge.with(&[(name, json!(NOW + offset))]));
    assert!(at("exp", -4) && !at("exp", -5) && !at("exp", -30));
    assert!(at("nbf", 5) && !at("nbf", 6) && !at("nbf", 60));
    assert!(at("iat", 5) && !at("iat", 60));
    for wrong in [json!((NOW + 900).to_string()), json!(1e300), json!([NOW + 900]), json!(true)] {
        assert!(!judge.accepts(&judge.with(&[("exp", wrong.clone())])), "{wrong}");
        assert!(!judge.accepts(&judge.with(&[("nbf", wrong.clone())])), "{wrong}");
    }
}

#[test]
fn issuer_audience_and_person_must_be_the_right_ones() {
    let judge = Judge::new();
    let other = json!("00000000-0000-7000-8000-000000000009");
    for (name, wrong) in [
        ("iss", json!("https://evil.example")),
        ("iss", json!([ISSUER])),
        ("aud", json!("mero-jugx-files")),
        ("aud", json!(["mero-jugx"])),
        ("sub", other.clone()),
        ("userId", other),
        ("sid", json!("' OR 1=1")),
        ("orgId", json!("../../etc")),
    ] {
        assert!(!judge.accepts(&judge.with(&[(name, wrong.clone())])), "{name} {wrong}");
    }
}

#[test]
fn only_the_header_that_we_write_is_looked_at() {
    let judge = Judge::new();
    let good = judge.header();
    let evil = "https://evil.example/keys".to_owned();
    let headers = [
        Header { typ: Some("JWT".to_owned()), ..good.clone() },
        Header { typ: Some("AT+JWT".to_owned()), ..good.clone() },
        Header { typ: None, ..good.clone() },
        Header { kid: None, ..good.clone() },
        Header { kid: Some("../../dev/null".to_owned()), ..good.clone() },
        Header { kid: Some("' OR 1=1".to_owned()), ..good.clone() },
        Header { kid: good.kid.as_ref().map(|kid| kid.to_uppercase() + " "), ..good.clone() },
        Header { kid: Some(Uuid::nil().to_string()), ..good.clone() },
        Header { jku: Some(evil.clone()), ..good.clone() },
        Header { x5u: Some(evil), ..good.clone() },
        Header { x5c: Some(vec!["AAAA".to_owned()]), ..good.clone() },
        Header { crit: Some(vec!["exp".to_owned()]), ..good.clone() },
        Header { cty: Some("JWT".to_owned()), ..good.clone() },
    ];
    for header in headers {
        assert!(!judge.accepts(&judge.sign(&header, &claims())), "{header:?}");
    }
    let mut extra = good;
    extra.extras.insert("b64", false);
    assert!(!judge.accepts(&judge.sign(&extra, &claims())));
}

#[test]
fn no_other_key_and_no_other_algorithm_signs_for_us() {
    let judge = Judge::new();
    let stranger = Judge::new();
    assert!(!judge.accepts(&stranger.sign(&judge.header(), &claims())), "a foreign key");
    let public = judge.verifying.try_get_as_bytes().expect("raw bytes");
    for algorithm in [Algorithm::HS256, Algorithm::HS512] {
        let header = Header { alg: algorithm, ..judge.header() };
        let forged = encode(&header, &claims(), &EncodingKey::from_secret(public)).expect("signed");
        assert!(!judge.accepts(&forged), "{algorithm:?} keyed with the public key");
    }
}

#[test]
fn what_was_touched_or_stripped_is_refused() {
    let judge = Judge::new();
    let good = judge.with(&[]);
    let (message, signature) = good.rsplit_once('.').expect("three parts");
    let (header, payload) = message.split_once('.').expect("two parts");
    // {"alg":"none","typ":"at+jwt"}
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0";
    for touched in [
        format!("{message}."),
        message.to_owned(),
        format!("{none}.{payload}."),
        format!("{none}.{payload}.{signature}"),
        format!("{header}.{payload}x.{signature}"),
        format!("{header}..{signature}"),
        format!("{good}.{signature}"),
        format!(" {good}"),
        format!("{good}="),
        format!("{header}.{payload}.{}{}", "A".repeat(4_096), signature),
        String::new(),
        "..".to_owned(),
    ] {
        assert!(!judge.accepts(&touched), "{touched}");
    }
}

#[test]
fn a_sealed_key_opens_for_its_own_id_alone() {
    let keys = Keyring::from_secret(&"11".repeat(32)).expect("valid");
    let fresh = FreshKey::generate(&Env::system(), &keys);
    assert!(SigningKey::open(&keys, Uuid::nil(), &fresh.sealed).is_err());
    let other = Keyring::from_secret(&"22".repeat(32)).expect("valid");
    assert!(SigningKey::open(&other, fresh.id, &fresh.sealed).is_err());
}
