use auth::{Error, OrganizationChoice};
use chrono::TimeDelta;
use database::entities::{organization, refresh_token};
use kernel::{Fault, OrganizationId, Secret, SystemRole};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use crate::world::{World, refresh_token, run};

/// How many tokens of a session could still be used.
async fn live_tokens(world: &World) -> u64 {
    refresh_token::Entity::find()
        .filter(refresh_token::Column::ConsumedAt.is_null())
        .count(world.database.reader())
        .await
        .unwrap()
}

fn is_401<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::Unauthenticated))
}

#[tokio::test]
async fn a_token_is_traded_for_the_next_one_and_a_new_access_token() {
    run(async |world: World| {
        let first = world.sign_up("asha@example.com").await;
        world.advance(TimeDelta::minutes(1));
        let second = world.refresh(&refresh_token(&first), None).await.unwrap();
        assert_eq!((second.session, second.user.id), (first.session, first.user.id));
        assert_ne!(refresh_token(&second).expose(), refresh_token(&first).expose());
        assert_ne!(second.access_token.expose(), first.access_token.expose());
        assert_eq!(second.organization, first.organization);
        assert_eq!(second.refresh_expires_in.as_secs(), 7 * 24 * 3_600);
        world.resolve(&second.access_token).await.unwrap();
        assert_eq!(live_tokens(&world).await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_same_attempt_gets_the_same_successor_for_thirty_seconds() {
    run(async |world: World| {
        let token = refresh_token(&world.sign_up("asha@example.com").await);
        let first = world.refresh(&token, Some("attempt-1")).await.unwrap();
        world.advance(TimeDelta::seconds(29));
        let again = world.refresh(&token, Some("attempt-1")).await.unwrap();
        assert_eq!(refresh_token(&again).expose(), refresh_token(&first).expose());
        world.refresh(&refresh_token(&again), Some("attempt-2")).await.unwrap();
        assert_eq!(live_tokens(&world).await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_same_attempt_is_theft_after_thirty_seconds_or_once_its_successor_was_used() {
    run(async |world: World| {
        let late = refresh_token(&world.sign_up("asha@example.com").await);
        let next = world.refresh(&late, Some("a")).await.unwrap();
        world.advance(TimeDelta::seconds(30));
        assert!(is_401(&world.refresh(&late, Some("a")).await));
        assert!(is_401(&world.refresh(&refresh_token(&next), Some("b")).await), "the family has ended");

        let used = refresh_token(&world.sign_up("bina@example.com").await);
        let next = world.refresh(&used, Some("a")).await.unwrap();
        let after = world.refresh(&refresh_token(&next), Some("b")).await.unwrap();
        assert!(is_401(&world.refresh(&used, Some("a")).await));
        assert!(is_401(&world.refresh(&refresh_token(&after), Some("c")).await), "the family has ended");
    })
    .await;
}

#[tokio::test]
async fn a_used_token_with_another_attempt_ends_the_session_at_once_and_says_so() {
    run(async |world: World| {
        for second_attempt in [Some("of-the-thief"), None] {
            let first = world.signed_in_after_sign_up(second_attempt).await;
            let next = world.refresh(&refresh_token(&first), Some("a")).await.unwrap();
            world.resolve(&next.access_token).await.unwrap();
            assert!(is_401(&world.refresh(&refresh_token(&first), second_attempt).await));
            assert!(is_401(&world.refresh(&refresh_token(&next), Some("b")).await));
            assert!(is_401(&world.resolve(&next.access_token).await));
            let kinds = world.kinds(first.user.id).await;
            assert_eq!(kinds.last().unwrap(), "auth.refresh_token_reused");
            assert_eq!(kinds.iter().filter(|kind| *kind == "auth.refresh_token_reused").count(), 1);
        }
    })
    .await;
}

impl World {
    async fn signed_in_after_sign_up(&self, of: Option<&str>) -> auth::SessionAnswer {
        self.sign_up(if of.is_some() { "asha@example.com" } else { "bina@example.com" }).await
    }
}

#[tokio::test]
async fn without_an_attempt_a_lost_answer_is_not_given_again() {
    run(async |world: World| {
        let token = refresh_token(&world.sign_up("asha@example.com").await);
        world.refresh(&token, None).await.unwrap();
        assert!(is_401(&world.refresh(&token, None).await));
        assert!(is_401(&world.refresh(&token, Some("")).await));
    })
    .await;
}

#[tokio::test]
async fn sixteen_tabs_with_one_attempt_get_one_successor() {
    run(async |world: World| {
        let token = refresh_token(&world.sign_up("asha@example.com").await);
        let tabs = (0..16).map(|_| {
            let (sessions, token) = (world.auth.sessions.clone(), token.clone());
            tokio::spawn(async move { refresh_on(sessions.as_ref(), token, "one").await })
        });
        let mut successors = Vec::new();
        for tab in tabs.collect::<Vec<_>>() {
            successors.push(refresh_token(&tab.await.unwrap().unwrap()).expose().to_owned());
        }
        successors.dedup();
        assert_eq!(successors.len(), 1);
        assert_eq!(live_tokens(&world).await, 1);
    })
    .await;
}

#[tokio::test]
async fn no_family_ever_has_two_live_tokens_however_many_trade_at_once() {
    run(async |world: World| {
        world.sign_up("asha@example.com").await;
        for _ in 0..20 {
            let first = world.signed_in("asha@example.com").await;
            let trades = (0..16).map(|n| {
                let (sessions, token) = (world.auth.sessions.clone(), refresh_token(&first));
                tokio::spawn(
                    async move { refresh_on(sessions.as_ref(), token, &format!("attempt-{n}")).await },
                )
            });
            for trade in trades.collect::<Vec<_>>() {
                // Whoever was first may find his session ended by the second before he has his answer.
                let traded = trade.await.unwrap();
                assert!(traded.is_ok() || is_401(&traded), "{:?}", traded.err());
            }
            let family = refresh_token::Entity::find()
                .filter(refresh_token::Column::SessionId.eq(first.session.uuid()))
                .all(world.database.reader())
                .await
                .unwrap();
            let live = family.iter().filter(|token| token.consumed_at.is_none()).count();
            assert_eq!((family.len(), live), (2, 1), "one successor, however many asked");
            assert!(is_401(&world.resolve(&first.access_token).await), "and the family has ended");
        }
    })
    .await;
}

async fn refresh_on(
    sessions: &dyn auth::Sessions,
    token: Secret,
    attempt: &str,
) -> Result<auth::SessionAnswer, Error> {
    let organization = OrganizationChoice::LastUsed;
    let refresh = auth::Refresh { token, attempt: Some(attempt.to_owned()), organization };
    sessions.refresh(&crate::world::anonymous(), refresh).await
}

#[tokio::test]
async fn the_database_itself_refuses_a_second_live_token() {
    run(async |world: World| {
        world.sign_up("asha@example.com").await;
        let row = refresh_token::Entity::find().one(world.database.reader()).await.unwrap().unwrap();
        let second = refresh_token::ActiveModel {
            id: Set(Uuid::from_u128(2)),
            seq: Set(2),
            token_hash: Set(vec![7; 32]),
            ..refresh_token::ActiveModel::from(row)
        };
        let system = kernel::Actor::system(OrganizationId::PLATFORM);
        let refused: Result<(), database::StoreError> = world
            .database
            .commit(&system, move |tx| {
                Box::pin(async move {
                    let second = sea_orm::ActiveModelTrait::reset_all(second);
                    refresh_token::Entity::insert(second).exec_without_returning(tx.connection()).await?;
                    Ok(())
                })
            })
            .await;
        assert!(refused.unwrap_err().violates("uq_refresh_tokens_session_id"));
    })
    .await;
}

#[tokio::test]
async fn a_token_idles_away_in_seven_days_and_a_session_ends_after_thirty() {
    run(async |world: World| {
        let idle = refresh_token(&world.sign_up("asha@example.com").await);
        world.advance(TimeDelta::days(7));
        assert!(is_401(&world.refresh(&idle, None).await));

        let mut answer = world.signed_in("asha@example.com").await;
        for _ in 0..4 {
            world.advance(TimeDelta::days(6));
            answer = world.refresh(&refresh_token(&answer), None).await.unwrap();
        }
        world.advance(TimeDelta::days(5));
        answer = world.refresh(&refresh_token(&answer), None).await.unwrap();
        assert_eq!(answer.refresh_expires_in.as_secs(), 24 * 3_600, "no longer than the session");
        world.advance(TimeDelta::days(1));
        assert!(is_401(&world.refresh(&refresh_token(&answer), None).await));
    })
    .await;
}

#[tokio::test]
async fn a_refresh_chooses_the_organization_and_remembers_it() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let bina = world.sign_up("bina@example.com").await;
        let (own, other) = (bina.organization.clone().unwrap(), asha.organization.unwrap());
        world.join(bina.user.id, other.id, SystemRole::Member.id()).await;
        let choose = OrganizationChoice::Slug(other.slug.clone());
        let there = world.refresh_into(&refresh_token(&bina), None, choose).await.unwrap();
        assert_eq!(there.organization.as_ref().unwrap().id, other.id);
        assert_eq!((there.roles.clone(), there.mfa_setup_required), (vec!["Member".to_owned()], false));
        assert_eq!(there.organizations.len(), 2);
        let stays = world.refresh(&refresh_token(&there), None).await.unwrap();
        assert_eq!(stays.organization.unwrap().id, other.id);
        let back = OrganizationChoice::Id(own.id);
        let back = world.refresh_into(&stays.refresh_token.unwrap(), None, back).await.unwrap();
        assert_eq!(back.organization.unwrap().id, own.id);
    })
    .await;
}

#[tokio::test]
async fn a_refresh_into_a_foreign_organization_is_refused_and_uses_nothing_up() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let bina = world.sign_up("bina@example.com").await;
        let foreign = asha.organization.unwrap();
        for choice in [
            OrganizationChoice::Id(foreign.id),
            OrganizationChoice::Slug(foreign.slug),
            OrganizationChoice::Id(OrganizationId::from_uuid(Uuid::from_u128(404))),
            OrganizationChoice::Slug("nowhere".to_owned()),
            OrganizationChoice::Id(OrganizationId::PLATFORM),
        ] {
            let refused = world.refresh_into(&refresh_token(&bina), Some("a"), choice).await.unwrap_err();
            assert_eq!(refused.code(), "organization_access_denied");
        }
        world.refresh(&refresh_token(&bina), None).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn whoever_left_the_last_organization_comes_back_in_another_or_in_none() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let bina = world.sign_up("bina@example.com").await;
        let (own, other) = (bina.organization.clone().unwrap().id, asha.organization.unwrap().id);
        world.join(bina.user.id, other, SystemRole::Member.id()).await;
        world.set_membership(bina.user.id, own, Some("left"), None).await;
        let moved = world.refresh(&refresh_token(&bina), None).await.unwrap();
        assert_eq!(moved.organization.as_ref().unwrap().id, other);
        world.set_membership(bina.user.id, other, Some("suspended"), None).await;
        let nowhere = world.refresh(&refresh_token(&moved), None).await.unwrap();
        assert!(nowhere.organization.is_none() && nowhere.organizations.is_empty());
        let actor = world.actor(&nowhere).await;
        assert_eq!(actor.org, OrganizationId::PLATFORM);
        assert!(actor.require_member().is_err() && actor.require_person().is_ok());
    })
    .await;
}

#[tokio::test]
async fn an_organization_may_bound_the_age_of_sessions() {
    run(async |world: World| {
        let answer = world.sign_up("asha@example.com").await;
        let org = answer.organization.clone().unwrap().id;
        let two_days = organization::ActiveModel { session_max_days: Set(2), ..Default::default() };
        world.set_policy(org, two_days).await;
        world.advance(TimeDelta::days(1));
        let next = world.refresh(&refresh_token(&answer), None).await.unwrap();
        assert_eq!(next.refresh_expires_in.as_secs(), 24 * 3_600);
        world.advance(TimeDelta::days(1));
        assert!(is_401(&world.refresh(&refresh_token(&next), None).await));
        assert_eq!(live_tokens(&world).await, 1, "and used nothing up");
    })
    .await;
}

#[tokio::test]
async fn texts_that_are_no_tokens_are_refused() {
    run(async |world: World| {
        let answer = world.sign_up("asha@example.com").await;
        for text in ["", "x", answer.access_token.expose(), &"A".repeat(43), &"A".repeat(5_000)] {
            assert!(is_401(&world.refresh(&Secret::new(text), None).await), "{text}");
        }
    })
    .await;
}
