use campaigns::{Act, Audience, CampaignState, RecipientState, Report};
use chrono::TimeDelta;
use kernel::{Actor, OrganizationId};

use crate::support::{Manners, World, run, run_of};

fn is_whole(report: &Report) {
    assert_eq!(report.by_state.values().sum::<u64>(), report.recipients, "{report:?}");
}

#[tokio::test]
async fn everybody_gets_one_mail_and_the_log_one_event_a_batch() {
    run(async |world| {
        let campaign = world.planned(1_230).await;
        world.post_all(&campaign).await;
        let addresses = world.sink.addresses();
        let mut once = addresses.clone();
        once.dedup();
        assert_eq!((addresses.len(), once.len()), (1_230, 1_230));
        assert_eq!(world.count(&campaign, RecipientState::Sent).await, 1_230);
        assert_eq!(world.get(&campaign).await.state, CampaignState::Sent);
        assert_eq!(world.told("campaigns.batch_sent").await.len(), 7, "200 mails a job");
        let mail = world.sink.mails().remove(0);
        assert!(mail.headers.contains(&("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned())));
        let own = world.recipients(&campaign, None).await.remove(0);
        let message =
            world.sink.mails().into_iter().find(|mail| mail.to == own.email).expect("sent").message_id;
        assert_eq!(message, format!("{}.campaign@jugx.example.com", own.id));
    })
    .await;
}

#[tokio::test]
async fn members_are_an_audience_too() {
    run(async |world| {
        let draft = world.draft(Audience::Members { role: Some(kernel::SystemRole::Owner.id()) }).await;
        let sending = world.act(&draft, Act::Send).await;
        world.campaigns.plan(&world.job().await, run_of(&sending)).await.expect("planned");
        world.post_all(&sending).await;
        let mails = world.sink.mails();
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].subject, "Tea for Person");
    })
    .await;
}

/// A worker dies while it hands a group over: it is dropped where it stands, and its lease runs out.
async fn killed_in_a_group(world: &World, campaign: &campaigns::Campaign) {
    world.sink.behaves(Manners::Hangs);
    let worker = world.job().await;
    let posting = world.campaigns.post(&worker, run_of(campaign));
    tokio::select! {
        _ = posting => panic!("it hangs"),
        () = world.sink.touched.notified() => {}
    }
    world.sink.behaves(Manners::Kind);
    world.database.env().advance(TimeDelta::seconds(31));
    database::jobs::sweep(&world.database).await.expect("swept");
}

#[tokio::test]
async fn what_a_killed_worker_had_begun_is_uncertain_and_not_sent_again() {
    run(async |world| {
        let campaign = world.planned(100).await;
        killed_in_a_group(&world, &campaign).await;
        assert_eq!(world.count(&campaign, RecipientState::Sending).await, 20);
        world.post_all(&campaign).await;
        let report = world.report(&campaign).await;
        assert_eq!((report.count(RecipientState::Sent), report.count(RecipientState::Uncertain)), (80, 20));
        is_whole(&report);
        let addresses = world.sink.addresses();
        let mut once = addresses.clone();
        once.dedup();
        assert_eq!(addresses, once, "nobody twice");
        assert_eq!(
            world.recipients(&campaign, Some(RecipientState::Uncertain)).await.len(),
            20,
            "they are listed"
        );
        assert_eq!(world.told("campaigns.mails_abandoned").await.len(), 1);
        assert_eq!(world.get(&campaign).await.state, CampaignState::Sent);

        let again = world.act(&campaign, Act::ResendUncertain).await;
        world.campaigns.plan(&world.job().await, run_of(&again)).await.expect("planned");
        world.post_all(&again).await;
        assert_eq!(world.count(&campaign, RecipientState::Sent).await, 100, "by choice");
    })
    .await;
}

#[tokio::test]
async fn what_was_begun_is_settled_even_if_the_campaign_was_cancelled_meanwhile() {
    run(async |world| {
        let campaign = world.planned(30).await;
        killed_in_a_group(&world, &campaign).await;
        world.act(&campaign, Act::Cancel).await;
        world.campaigns.start_due(&Actor::system(OrganizationId::PLATFORM)).await.expect("looked");
        let report = world.report(&campaign).await;
        assert_eq!(
            (report.count(RecipientState::Uncertain), report.count(RecipientState::Cancelled)),
            (20, 10)
        );
        is_whole(&report);
        assert_eq!(world.recipients(&campaign, Some(RecipientState::Cancelled)).await.len(), 10);
    })
    .await;
}

/// The guard is needed: a claim that is still held belongs to a worker who is at it.
#[tokio::test]
async fn a_worker_who_is_at_it_keeps_what_he_has_begun() {
    run(async |world| {
        let campaign = world.planned(30).await;
        world.sink.behaves(Manners::Hangs);
        let worker = world.job().await;
        let posting = world.campaigns.post(&worker, run_of(&campaign));
        tokio::select! {
            _ = posting => panic!("it hangs"),
            () = world.sink.touched.notified() => {}
        }
        world.sink.behaves(Manners::Kind);
        world.post(&campaign).await;
        assert_eq!(world.count(&campaign, RecipientState::Uncertain).await, 0);
        assert_eq!(world.count(&campaign, RecipientState::Sending).await, 20);
        assert_ne!(
            world.get(&campaign).await.state,
            CampaignState::Sent,
            "not before everybody's row says how"
        );
    })
    .await;
}

#[tokio::test]
async fn who_says_no_before_his_turn_is_left_out() {
    run(async |world| {
        let list = world.list_of(10).await;
        world.campaigns.suppress(&world.asha, "p00000@example.com").await.expect("before");
        let draft = world.draft(Audience::List(list)).await;
        let sending = world.act(&draft, Act::Send).await;
        world.campaigns.plan(&world.job().await, run_of(&sending)).await.expect("planned");
        world.campaigns.suppress(&world.asha, "p00001@example.com").await.expect("meanwhile");
        world.post_all(&sending).await;
        let report = world.report(&draft).await;
        assert_eq!((report.count(RecipientState::Sent), report.count(RecipientState::Suppressed)), (8, 2));
        assert_eq!(world.sink.mails().len(), 8);
    })
    .await;
}

#[tokio::test]
async fn a_refusal_is_final_and_a_conversation_broken_off_is_uncertain() {
    run(async |world| {
        let campaign = world.planned(40).await;
        world.sink.behaves(Manners::Refuses);
        world.post_all(&campaign).await;
        assert_eq!(world.count(&campaign, RecipientState::Failed).await, 40);
        let refused = world.recipients(&campaign, Some(RecipientState::Failed)).await.remove(0);
        assert!(refused.error.is_some_and(|error| error.contains("no such user")));
    })
    .await;
    run(async |world| {
        let campaign = world.planned(5).await;
        world.sink.behaves(Manners::BreaksOff);
        world.post_all(&campaign).await;
        assert_eq!(world.count(&campaign, RecipientState::Uncertain).await, 5);
        assert_eq!(world.sink.mails().len(), 5, "nobody twice");
    })
    .await;
}

#[tokio::test]
async fn erasing_an_organization_leaves_nothing_and_takes_small_steps() {
    run(async |world| {
        let campaign = world.planned(25).await;
        world.post_all(&campaign).await;
        world.campaigns.request_test(&world.asha, campaign.id).await.expect("asked");
        let mut steps = 0;
        loop {
            let (own, org) = (world.campaigns.clone(), world.org);
            let all: Result<bool, campaigns::Error> = world
                .database
                .commit(&Actor::system(org), move |tx| Box::pin(async move { own.erase(tx, org, 10).await }))
                .await;
            steps += 1;
            if all.expect("erased") {
                break;
            }
        }
        assert_eq!(steps, 3);
        let left = world.campaigns.get(&world.asha, campaign.id).await;
        assert!(matches!(left, Err(campaigns::Error::NotFound)));
    })
    .await;
}
