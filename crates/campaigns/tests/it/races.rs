use std::sync::Arc;

use campaigns::{Act, CampaignState, Error, RecipientState};
use futures_util::future::join_all;
use kernel::{Actor, Request};

use crate::support::{run, run_of, token};

const TASKS: usize = 16;

#[tokio::test]
async fn sixteen_workers_at_one_campaign_mail_nobody_twice() {
    run(async |world| {
        let campaign = world.planned(400).await;
        let mut workers = Vec::new();
        for _ in 0..TASKS {
            workers.push(world.job().await);
        }
        let posting = workers.iter().map(|worker| world.campaigns.post(worker, run_of(&campaign)));
        for posted in join_all(posting).await {
            posted.expect("posted");
        }
        world.post_all(&campaign).await;
        let addresses = world.sink.addresses();
        let mut once = addresses.clone();
        once.dedup();
        assert_eq!((addresses.len(), once.len()), (400, 400));
        assert_eq!(world.count(&campaign, RecipientState::Sent).await, 400);
        assert_eq!(world.count(&campaign, RecipientState::Uncertain).await, 0);
        assert_eq!(world.get(&campaign).await.state, CampaignState::Sent);
    })
    .await;
}

#[tokio::test]
async fn sixteen_plans_of_one_run_write_everybody_once() {
    run(async |world| {
        let list = world.list_of(1_200).await;
        let draft = world.draft(campaigns::Audience::List(list)).await;
        let sending = world.act(&draft, Act::Send).await;
        let mut workers = Vec::new();
        for _ in 0..TASKS {
            workers.push(world.job().await);
        }
        let planning = workers.iter().map(|worker| world.campaigns.plan(worker, run_of(&sending)));
        for planned in join_all(planning).await {
            planned.expect("planned");
        }
        assert_eq!(world.report(&draft).await.recipients, 1_200);
    })
    .await;
}

#[tokio::test]
async fn of_sixteen_who_send_one_does() {
    run(async |world| {
        let list = world.list_of(1).await;
        let draft = world.draft(campaigns::Audience::List(list)).await;
        let acts = (0..TASKS).map(|_| world.campaigns.act(&world.owner, draft.id, draft.version, Act::Send));
        let done = join_all(acts).await;
        assert_eq!(done.iter().filter(|act| act.is_ok()).count(), 1);
        assert!(
            done.iter()
                .filter_map(|act| act.as_ref().err())
                .all(|error| matches!(error, Error::Stale { .. }))
        );
        assert_eq!(world.told("campaigns.campaign_started").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn sixteen_clicks_on_one_link_are_one_word() {
    run(async |world| {
        let campaign = world.planned(1).await;
        world.post_all(&campaign).await;
        let link = Arc::new(token(&world.sink.mails().remove(0)));
        let stranger = Actor::anonymous(Request::default());
        let clicks = (0..TASKS).map(|_| world.campaigns.unsubscribe(&stranger, &link));
        for click in join_all(clicks).await {
            click.expect("done").expect("somebody");
        }
        assert_eq!(world.told("campaigns.address_suppressed").await.len(), 1);
    })
    .await;
}

/// Whoever takes an address back in the moment in which its owner says no does not take that back.
#[tokio::test]
async fn a_word_of_the_owner_outlives_a_release_at_the_same_moment() {
    run(async |world| {
        let campaign = world.planned(TASKS).await;
        world.post_all(&campaign).await;
        let stranger = Actor::anonymous(Request::default());
        for mail in world.sink.mails() {
            let written =
                world.campaigns.suppress(&world.asha, mail.to.as_str()).await.expect("written down").record();
            let link = token(&mail);
            let (word, released) = tokio::join!(
                world.campaigns.unsubscribe(&stranger, &link),
                world.campaigns.release(&world.asha, written.id),
            );
            word.expect("done").expect("somebody");
            drop(released);
            let still =
                world.campaigns.suppress(&world.asha, mail.to.as_str()).await.expect("there").record();
            assert!(still.reason.is_the_owners(), "{still:?}");
        }
    })
    .await;
}
