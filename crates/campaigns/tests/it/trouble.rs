//! A mail system that is away, slow, or breaks off.

use campaigns::{Act, CampaignState, Posted, RecipientState};
use chrono::TimeDelta;
use futures_util::future::join_all;

use crate::support::{Manners, run, run_of};

#[tokio::test]
async fn a_mail_that_is_not_taken_now_gets_its_turn_again_and_one_refused_does_not() {
    run(async |world| {
        let campaign = world.planned(5).await;
        world.sink.behaves(Manners::Greylists);
        for minutes in [8, 32, 128, 512] {
            assert_eq!(world.post(&campaign).await, Posted::Done);
            assert!(matches!(world.post(&campaign).await, Posted::Wait(_)), "not before its turn");
            assert_eq!(world.count(&campaign, RecipientState::Pending).await, 5);
            world.database.env().advance(TimeDelta::minutes(minutes));
        }
        world.post_all(&campaign).await;
        assert_eq!(world.count(&campaign, RecipientState::Failed).await, 5, "after five tries");
        assert_eq!(world.report(&campaign).await.gave_up, 5);
        assert_eq!(world.get(&campaign).await.state, CampaignState::Sent);

        world.sink.behaves(Manners::Kind);
        let again = world.act(&campaign, Act::ResendFailed).await;
        world.campaigns.plan(&world.job().await, run_of(&again)).await.expect("planned");
        world.post_all(&again).await;
        assert_eq!(world.count(&campaign, RecipientState::Sent).await, 5, "by choice");
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_away_for_days_uses_up_nobodys_tries() {
    run(async |world| {
        let campaign = world.planned(50).await;
        world.sink.behaves(Manners::IsAway);
        for _ in 0..12 {
            assert!(matches!(world.post(&campaign).await, Posted::Wait(_)), "and no event tells of nothing");
            world.database.env().advance(TimeDelta::hours(6));
        }
        let waiting = world.recipients(&campaign, Some(RecipientState::Pending)).await;
        assert_eq!(waiting.len(), 50);
        assert!(waiting.iter().all(|recipient| recipient.attempts == 0));
        assert!(waiting.iter().any(|recipient| recipient.error.is_some()), "it is said what was in the way");
        assert!(world.told("campaigns.batch_sent").await.is_empty());
        world.sink.behaves(Manners::Kind);
        world.post_all(&campaign).await;
        assert_eq!(world.count(&campaign, RecipientState::Sent).await, 50);
    })
    .await;
}

/// Whoever goes on while nothing is known to arrive makes all recipients uncertain, one group after the other.
#[tokio::test]
async fn after_a_group_of_which_nothing_was_taken_one_mail_is_tried_at_a_time() {
    run(async |world| {
        let campaign = world.planned(60).await;
        world.sink.behaves(Manners::BreaksOff);
        for uncertain in [20, 21, 22] {
            let before = world.database.env().now();
            assert_eq!(world.post(&campaign).await, Posted::Done);
            assert_eq!(world.count(&campaign, RecipientState::Uncertain).await, uncertain);
            let told = world.told("campaigns.batch_sent").await.pop().expect("told");
            assert!(told.data.contains("\"uncertain\""), "{}", told.data);
            assert!(world.database.env().now() >= before);
        }
        world.sink.behaves(Manners::Kind);
        world.post_all(&campaign).await;
        assert_eq!(world.count(&campaign, RecipientState::Sent).await, 38);
        assert_eq!(world.told("campaigns.batch_sent").await.len(), 4, "and whole groups once it goes again");
    })
    .await;
}

#[tokio::test]
async fn one_bad_address_slows_nobody_down_and_a_server_that_refuses_all_does() {
    run(async |world| {
        let campaign = world.planned(100).await;
        world.sink.behaves(Manners::Refuses);
        assert_eq!(world.post(&campaign).await, Posted::Done);
        assert_eq!(world.count(&campaign, RecipientState::Failed).await, 20, "not a whole job of them");
    })
    .await;
}

#[tokio::test]
async fn who_resends_to_the_uncertain_of_a_paused_campaign_resumes_it_not() {
    run(async |world| {
        let campaign = world.planned(60).await;
        world.sink.behaves(Manners::BreaksOff);
        world.post(&campaign).await;
        world.sink.behaves(Manners::Kind);
        world.act(&campaign, Act::Pause).await;
        let renewed = world.act(&campaign, Act::ResendUncertain).await;
        assert_eq!((renewed.state, renewed.run), (CampaignState::Paused, None));
        assert_eq!(world.count(&campaign, RecipientState::Pending).await, 60);
        assert_eq!(world.told("campaigns.mails_renewed").await.len(), 1);
        assert_eq!(world.told("campaigns.campaign_resumed").await.len(), 0);
    })
    .await;
}

/// A job that ends looks at the ledger while another gives mails back: what it sees must be of one moment.
#[tokio::test]
async fn a_campaign_is_not_sent_while_a_mail_waits_for_its_turn() {
    run(async |world| {
        let campaign = world.planned(60).await;
        world.sink.behaves(Manners::GreylistsOnce);
        for _ in 0..4 {
            let workers = world.jobs(16, "{}").await;
            let posting = workers.iter().map(|worker| world.campaigns.post(worker, run_of(&campaign)));
            for posted in join_all(posting).await {
                posted.expect("posted");
            }
            assert_eq!(world.count(&campaign, RecipientState::Pending).await, 60);
            assert_eq!(world.get(&campaign).await.state, CampaignState::Sending);
        }
        world.database.env().advance(TimeDelta::minutes(9));
        world.post_all(&campaign).await;
        assert_eq!(world.count(&campaign, RecipientState::Sent).await, 60);
        assert_eq!(world.get(&campaign).await.state, CampaignState::Sent);
    })
    .await;
}

/// The lease alone would say that the worker is at it still: he is, at something else.
#[tokio::test]
async fn what_one_of_two_jobs_taken_together_left_behind_is_settled_while_the_other_goes_on() {
    run(async |world| {
        let campaign = world.planned(30).await;
        let workers = world.jobs(2, "{}").await;
        world.sink.behaves(Manners::Hangs);
        tokio::select! {
            _ = world.campaigns.post(&workers[0], run_of(&campaign)) => panic!("it hangs"),
            () = world.sink.touched.notified() => {}
        }
        world.sink.behaves(Manners::Kind);
        let kernel::Cause::Job(lost) = &workers[0].cause else { panic!("a job") };
        let later = database::jobs::Verdict::Retry { at: world.database.env().now() + TimeDelta::hours(1) };
        database::jobs::fail(&world.database, lost, later, "it hung").await.expect("given up");
        assert_eq!(world.campaigns.post(&workers[1], run_of(&campaign)).await.expect("posted"), Posted::Done);
        let report = world.report(&campaign).await;
        assert_eq!((report.count(RecipientState::Sent), report.count(RecipientState::Uncertain)), (10, 20));
    })
    .await;
}
