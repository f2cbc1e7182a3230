//! What the clock looks after.

use campaigns::{Act, Audience, CampaignState, Posted};
use chrono::TimeDelta;
use kernel::{Actor, OrganizationId};

use crate::support::{Manners, run, run_of};

fn system() -> Actor {
    Actor::system(OrganizationId::PLATFORM)
}

#[tokio::test]
async fn a_campaign_whose_jobs_are_gone_goes_on_with_new_ones() {
    run(async |world| {
        let campaign = world.planned(30).await;
        let continued = async || world.told("campaigns.campaign_continued").await.len();
        world.write_jobs(1, &format!("{{\"run\":\"{}\"}}", run_of(&campaign))).await;
        world.campaigns.start_due(&system()).await.expect("looked");
        assert_eq!(continued().await, 0, "its job waits");
        let job = world.jobs(1, "{}").await;
        world.campaigns.start_due(&system()).await.expect("looked");
        assert_eq!(continued().await, 0, "its job is at work");
        for job in job {
            let kernel::Cause::Job(lease) = job.cause else { panic!("a job") };
            let verdict = database::jobs::Verdict::Bury;
            database::jobs::fail(&world.database, &lease, verdict, "dead").await.expect("dead");
        }
        world.campaigns.start_due(&system()).await.expect("looked");
        assert_eq!(continued().await, 1);
        world.act(&campaign, Act::Pause).await;
        world.campaigns.start_due(&system()).await.expect("looked");
        assert_eq!(continued().await, 1, "a paused one rests");
    })
    .await;
}

#[tokio::test]
async fn whoever_scheduled_what_cannot_be_sent_hears_of_it() {
    run(async |world| {
        let list = world.list_of(1).await;
        let draft = world.draft(Audience::List(list)).await;
        let at = world.database.env().now() + TimeDelta::hours(1);
        world.act(&draft, Act::Schedule { at }).await;
        world.campaigns.suppress(&world.asha, "p00000@example.com").await.expect("suppressed");
        world.database.env().advance(TimeDelta::hours(2));
        assert_eq!(world.campaigns.start_due(&system()).await.expect("looked"), 0);
        assert_eq!(world.get(&draft).await.state, CampaignState::Draft);
        let told = world.told("campaigns.schedule_missed").await;
        assert_eq!(told.len(), 1);
        let owner = world.owner.user_id().expect("a person").to_string();
        assert!(told[0].data.contains(&owner) && told[0].data.contains("nobody"), "{}", told[0].data);
        assert!(world.told("campaigns.campaign_unscheduled").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_test_that_was_refused_is_not_told_as_sent() {
    run(async |world| {
        let draft = world.draft(Audience::Members { role: None }).await;
        let test = world.campaigns.request_test(&world.asha, draft.id).await.expect("asked");
        world.sink.behaves(Manners::Refuses);
        assert_eq!(world.campaigns.post_test(&world.job().await, test).await.expect("tried"), Posted::Done);
        assert_eq!(world.told("campaigns.test_sent").await.len(), 0);
        assert_eq!(world.told("campaigns.test_failed").await.len(), 1);
    })
    .await;
}
