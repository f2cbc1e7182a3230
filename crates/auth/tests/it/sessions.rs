use auth::Error;
use chrono::TimeDelta;
use kernel::{Actor, Limit, PageRequest, Secret};

use crate::world::{PASSWORD, World, anonymous, refresh_token, request_from, run, with_password};

async fn signed_in_from(world: &World, user_agent: &str) -> auth::SessionAnswer {
    let actor = Actor::anonymous(request_from(9, user_agent));
    match world.auth.sign_in.sign_in(&actor, with_password("asha@example.com", PASSWORD)).await.unwrap() {
        auth::SignInAnswer::SignedIn(answer) => *answer,
        auth::SignInAnswer::MfaRequired { .. } => panic!("no second factor is set up"),
    }
}

#[tokio::test]
async fn sessions_are_listed_with_their_devices_the_newest_first_in_pages() {
    run(async |world: World| {
        let first = world.sign_up("asha@example.com").await;
        world.sign_up("bina@example.com").await;
        world.advance(TimeDelta::seconds(1));
        let second = signed_in_from(&world, "curl/8.14.1").await;
        let actor = world.actor(&first).await;
        let page = world.auth.sessions.list(&actor, &PageRequest::default()).await.unwrap();
        let listed: Vec<_> =
            page.rows.iter().map(|session| (session.id, session.device.to_string())).collect();
        assert_eq!(
            listed,
            [(second.session, "curl on unknown".to_owned()), (first.session, "Firefox on Linux".to_owned())]
        );
        assert_eq!(page.rows.first().unwrap().ip.as_deref(), Some("203.0.113.9"));

        let request = PageRequest { limit: Limit::parse(1).unwrap(), ..PageRequest::default() };
        let head = world.auth.sessions.list(&actor, &request).await.unwrap();
        let rest = PageRequest { after: head.next, ..request };
        let tail = world.auth.sessions.list(&actor, &rest).await.unwrap();
        assert_eq!((tail.rows.first().unwrap().id, tail.next), (first.session, None));
    })
    .await;
}

#[tokio::test]
async fn only_a_device_never_seen_before_is_new_and_the_first_one_is_not() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await.user.id;
        let mut seen = Vec::new();
        for agent in ["curl/8.14.1", "curl/8.15.0", "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Firefox/141.0"]
        {
            signed_in_from(&world, agent).await;
            let event = world.last(asha.uuid(), "auth.signed_in").await;
            seen.push(event.data.get("newDevice").unwrap().as_bool().unwrap());
        }
        assert_eq!(seen, [true, false, false]);
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_the_session_by_bearer_or_by_token_and_no_other() {
    run(async |world: World| {
        let by_bearer = world.sign_up("asha@example.com").await;
        let by_token = world.signed_in("asha@example.com").await;
        let stays = world.signed_in("asha@example.com").await;
        let actor = world.actor(&by_bearer).await;
        world.auth.sessions.sign_out(&actor, None).await.unwrap();
        world.auth.sessions.sign_out(&anonymous(), Some(refresh_token(&by_token))).await.unwrap();
        for ended in [by_bearer, by_token] {
            assert!(world.resolve(&ended.access_token).await.is_err());
            assert!(world.refresh(&refresh_token(&ended), None).await.is_err());
        }
        world.resolve(&stays.access_token).await.unwrap();
        assert_eq!(world.kinds(stays.user.id).await.last().unwrap(), "auth.session_revoked");
    })
    .await;
}

#[tokio::test]
async fn signing_out_with_nothing_that_counts_is_no_error() {
    run(async |world: World| {
        world.auth.sessions.sign_out(&anonymous(), None).await.unwrap();
        world.auth.sessions.sign_out(&anonymous(), Some(Secret::new("x"))).await.unwrap();
        let everywhere = world.auth.sessions.sign_out_everywhere(&anonymous(), None).await;
        assert!(matches!(everywhere, Err(Error::Unauthenticated)));
    })
    .await;
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_session_of_that_person() {
    run(async |world: World| {
        let sessions = [world.sign_up("asha@example.com").await, world.signed_in("asha@example.com").await];
        let bina = world.sign_up("bina@example.com").await;
        let actor = world.actor(sessions.first().unwrap()).await;
        world.auth.sessions.sign_out_everywhere(&actor, None).await.unwrap();
        for ended in &sessions {
            assert!(world.resolve(&ended.access_token).await.is_err());
            assert!(world.refresh(&refresh_token(ended), None).await.is_err());
        }
        world.resolve(&bina.access_token).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn one_or_all_other_sessions_can_be_ended_but_nobody_elses() {
    run(async |world: World| {
        let here = world.sign_up("asha@example.com").await;
        let there = world.signed_in("asha@example.com").await;
        let elsewhere = world.signed_in("asha@example.com").await;
        let bina = world.sign_up("bina@example.com").await;
        let (actor, sessions) = (world.actor(&here).await, &world.auth.sessions);
        assert!(matches!(sessions.revoke(&actor, bina.session).await, Err(Error::NotFound)));
        world.resolve(&bina.access_token).await.unwrap();
        sessions.revoke(&actor, there.session).await.unwrap();
        assert!(matches!(sessions.revoke(&actor, there.session).await, Err(Error::NotFound)));
        assert!(world.resolve(&there.access_token).await.is_err());
        world.resolve(&elsewhere.access_token).await.unwrap();
        sessions.revoke_others(&actor).await.unwrap();
        assert!(world.resolve(&elsewhere.access_token).await.is_err());
        world.resolve(&here.access_token).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_session_tells_only_its_person_and_says_so_to_his_organizations() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let own = world.last(asha.user.id.uuid(), "auth.signed_in").await;
        assert_eq!(own.audience, kernel::Audience::Users(vec![asha.user.id]));
        assert_eq!(own.topic, "me");
        let theirs = world.last(asha.organization.unwrap().id.uuid(), "members.security_changed").await;
        assert_eq!(theirs.data, serde_json::json!({ "userId": asha.user.id, "change": "auth.signed_in" }));
    })
    .await;
}
