//! How fast mails leave, and how fast they stop leaving.

use campaigns::{Act, CampaignState, Posted, RecipientState};
use chrono::TimeDelta;

use crate::support::{Manners, run, run_at, run_of};

#[tokio::test]
async fn no_more_mails_go_to_a_domain_than_its_rate_allows() {
    run_at(7, async |world| {
        let campaign = world.planned(20).await;
        assert_eq!(world.post(&campaign).await, Posted::Done);
        assert_eq!(world.sink.mails().len(), 7);
        let Posted::Wait(wait) = world.post(&campaign).await else { panic!("the rate is used up") };
        assert!(wait.as_millis() > 0);
        assert_eq!(world.sink.mails().len(), 7);
        world.database.env().advance(TimeDelta::seconds(2));
        world.post(&campaign).await;
        assert_eq!(world.sink.mails().len(), 14);
    })
    .await;
}

/// Whoever asks for one mail at a time has a job and an event for each.
#[tokio::test]
async fn a_rate_that_is_used_up_is_waited_for_until_a_group_may_leave() {
    run_at(7, async |world| {
        let campaign = world.planned(21).await;
        world.post(&campaign).await;
        world.database.env().advance(TimeDelta::milliseconds(300));
        assert!(matches!(world.post(&campaign).await, Posted::Wait(_)), "two mails are no group");
        for _ in 0..2 {
            world.database.env().advance(TimeDelta::milliseconds(1_100));
            assert_eq!(world.post(&campaign).await, Posted::Done);
        }
        assert_eq!(world.sink.mails().len(), 21);
        let batches = world.told("campaigns.batch_sent").await;
        assert_eq!(batches.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn all_organizations_together_are_one_sender_to_a_provider() {
    let second = std::time::Duration::from_secs(1);
    let rate = |name, quota| platform::Rate::new(name, quota, second);
    let pace =
        campaigns::Pace { organization: rate("o", 100), domain: rate("d", 100), provider: rate("p", 5) };
    crate::support::run_with(pace, async |world| {
        let campaign = world.planned(20).await;
        world.post(&campaign).await;
        assert_eq!(world.sink.mails().len(), 5);
    })
    .await;
}

#[tokio::test]
async fn a_pause_takes_effect_before_the_next_group() {
    run(async |world| {
        let campaign = world.planned(300).await;
        assert_eq!(world.post(&campaign).await, Posted::Done);
        world.act(&campaign, Act::Pause).await;
        let before = world.sink.mails().len();
        assert_eq!(world.post(&campaign).await, Posted::Over);
        assert_eq!(world.sink.mails().len(), before);
        let resumed = world.act(&campaign, Act::Resume).await;
        world.campaigns.plan(&world.job().await, run_of(&resumed)).await.expect("planned");
        world.post_all(&resumed).await;
        assert_eq!(world.sink.mails().len(), 300);
    })
    .await;
}

#[tokio::test]
async fn a_pause_during_a_group_lets_that_group_end_and_no_other_begin() {
    run(async |world| {
        let campaign = world.planned(60).await;
        world.sink.behaves(Manners::Waits);
        let worker = world.job().await;
        let pausing = async {
            world.sink.touched.notified().await;
            world.act(&campaign, Act::Pause).await;
            world.sink.gate.add_permits(1_000);
        };
        let (posted, ()) = tokio::join!(world.campaigns.post(&worker, run_of(&campaign)), pausing);
        assert_eq!(posted.expect("posted"), Posted::Done);
        let report = world.report(&campaign).await;
        assert_eq!((report.count(RecipientState::Sent), report.count(RecipientState::Pending)), (20, 40));
        assert_eq!(world.get(&campaign).await.state, CampaignState::Paused);
    })
    .await;
}
