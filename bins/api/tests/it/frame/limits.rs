//! Rate limits, told and enforced.

use std::time::Duration;

use api::{Limits, Settings};
use platform::Rate;
use reqwest::Method;

use super::rig::{Rig, send};

fn tight(settings: &mut Settings) {
    let rate = |name, burst| Rate { name, quota: 60, window: Duration::from_secs(60), burst };
    settings.limits = Some(Limits {
        caller: rate("caller", 2),
        organization: rate("organization", 3),
        address: rate("address", 1),
    });
    settings.trusted_proxies = 1;
}

#[actix_web::test]
async fn policies_and_what_is_left_stand_in_every_answer() {
    let rig = Rig::start_with(tight);
    let seen = send(rig.asha(Method::GET, "/things")).await;
    let policies = r#""caller";q=60;w=60, "organization";q=60;w=60"#;
    assert_eq!(seen.header("ratelimit-policy"), Some(policies));
    assert_eq!(seen.header("ratelimit"), Some(r#""caller";r=1;t=2, "organization";r=2;t=2"#));
    send(rig.asha(Method::GET, "/things?limit=0")).await;
    let refused = send(rig.asha(Method::GET, "/things")).await;
    assert_eq!((refused.status, refused.problem().as_str()), (429, "rate_limited"));
    assert_eq!(refused.header("retry-after"), Some("42"));
    assert_eq!(refused.header("ratelimit"), Some(r#""caller";r=0;t=42, "organization";r=0;t=2"#));
}

#[actix_web::test]
async fn strangers_pay_from_their_address() {
    let rig = Rig::start_with(tight);
    let from = |ip: &'static str, token: &'static str| {
        let request =
            rig.request(Method::GET, "/api/v1/things").header("x-forwarded-for", ip).bearer_auth(token);
        async { send(request).await.status }
    };
    assert_eq!(from("203.0.113.1", "nobody").await, 401);
    assert_eq!(from("203.0.113.1", "nobody").await, 429);
    assert_eq!(from("6.6.6.6, 203.0.113.1", "nobody").await, 429);
    assert_eq!(from("203.0.113.2", "nobody").await, 401);
    assert_eq!(from("203.0.113.1", "asha").await, 200);
    let public = |ip: &'static str| {
        let request = rig.request(Method::POST, "/api/v1/greetings").header("x-forwarded-for", ip);
        async { send(request).await.status }
    };
    assert_eq!(public("203.0.113.1").await, 429);
    assert_eq!(public("203.0.113.3").await, 200);
    for key in rig.counter.keys() {
        let (org, _) = key.split_once(':').expect("parts");
        assert!(!key.contains("203.0.113"), "{key} shows an address");
        assert!(uuid::Uuid::parse_str(org).is_ok(), "{key} does not begin with an organization");
    }
}

#[actix_web::test]
async fn limits_can_be_switched_off() {
    let rig = Rig::start_with(|settings| settings.limits = None);
    let seen = send(rig.asha(Method::GET, "/things")).await;
    assert_eq!((seen.status, seen.header("ratelimit")), (200, None));
    assert!(rig.counter.keys().is_empty());
}
