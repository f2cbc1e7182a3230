//! What is asked about an address nobody has costs what it costs for one that somebody has. Time cannot be asserted;
//! that the dear step, the hash of a password, is taken equally often can.

use auth::Error;
use kernel::{Actor, EmailAddress, OrganizationId, Secret};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::world::{PASSWORD, World, anonymous, register, run};

const WRONG: &str = "wrong-password-1";

/// How many passwords this process has hashed or compared.
fn hashes(figures: &PrometheusHandle) -> u64 {
    let text = figures.render();
    let figure = text.lines().find_map(|line| line.strip_prefix("password_hashes_total "));
    figure.map_or(0, |figure| figure.parse().unwrap())
}

/// Somebody known, somebody disabled, and somebody who has not opened his link.
async fn people(world: &World) {
    world.sign_up_plain("asha@example.com").await;
    world.sign_up_plain("gone@example.com").await;
    let gone = EmailAddress::parse("email", "gone@example.com").unwrap();
    let system = Actor::system(OrganizationId::PLATFORM);
    world.auth.operating.disable(&system, &gone).await.unwrap();
    world.auth.sign_ups.register(&anonymous(), register("waiting@example.com")).await.unwrap();
}

#[tokio::test]
async fn a_login_hashes_once_whoever_it_is_for() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let figures = recorder.handle();
    let _here = metrics::set_default_local_recorder(&recorder);
    run(async |world: World| {
        people(&world).await;
        for email in ["asha@example.com", "gone@example.com", "waiting@example.com", "nobody@example.com"] {
            let before = hashes(&figures);
            let refused = world.sign_in_with(email, WRONG).await.unwrap_err();
            assert!(matches!(refused, Error::Unauthenticated), "{email}: {refused}");
            assert_eq!(hashes(&figures) - before, 1, "{email}");
        }
        let before = hashes(&figures);
        world.sign_in_with("asha@example.com", PASSWORD).await.unwrap();
        assert_eq!(hashes(&figures) - before, 1, "and the right password no more than a wrong one");
    })
    .await;
}

#[tokio::test]
async fn a_sign_up_and_a_forgotten_password_hash_alike_for_the_known_and_the_unknown() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let figures = recorder.handle();
    let _here = metrics::set_default_local_recorder(&recorder);
    run(async |world: World| {
        people(&world).await;
        for email in ["asha@example.com", "gone@example.com", "waiting@example.com", "nobody@example.com"] {
            let before = hashes(&figures);
            world.auth.sign_ups.register(&anonymous(), register(email)).await.unwrap();
            assert_eq!(hashes(&figures) - before, 1, "{email}");
            world.auth.passwords.forgot_password(&anonymous(), email.to_owned()).await.unwrap();
            world.auth.sign_ups.resend_verification(&anonymous(), email.to_owned()).await.unwrap();
            assert_eq!(hashes(&figures) - before, 1, "{email}: no hash where none is compared");
        }
    })
    .await;
}

/// The link says who it is for; a forged one is refused before anything dear is done, for whomever it claims to be.
#[tokio::test]
async fn a_forged_reset_link_costs_no_hash() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let figures = recorder.handle();
    let _here = metrics::set_default_local_recorder(&recorder);
    run(async |world: World| {
        people(&world).await;
        let before = hashes(&figures);
        let forged = || Secret::new("x".repeat(60));
        let new = Secret::new("gaida-hatti-2026");
        world.auth.passwords.reset_password(&anonymous(), forged(), new).await.unwrap_err();
        world.auth.sign_ups.verify_email(&anonymous(), forged()).await.unwrap_err();
        assert_eq!(hashes(&figures), before);
    })
    .await;
}
