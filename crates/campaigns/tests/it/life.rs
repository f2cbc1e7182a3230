use campaigns::{Act, Audience, CampaignState, CreateCampaign, Error, Posted, Reader, UpdateCampaign};
use chrono::TimeDelta;
use kernel::{Actor, Denied, OrganizationId, PageRequest};

use crate::support::{run, run_of};

const EVERYBODY: Audience = Audience::Members { role: None };

#[tokio::test]
async fn a_campaign_is_scheduled_paused_resumed_and_cancelled() {
    run(async |world| {
        let draft = world.draft(EVERYBODY).await;
        let at = world.database.env().now() + TimeDelta::hours(1);
        assert_eq!(world.act(&draft, Act::Schedule { at }).await.scheduled_at, Some(at));
        let edit = UpdateCampaign { name: Some("Late".to_owned()), ..UpdateCampaign::default() };
        let version = world.get(&draft).await.version;
        let edited = world.campaigns.update(&world.asha, draft.id, version, edit).await;
        assert!(matches!(edited, Err(Error::State { state: CampaignState::Scheduled })));
        assert_eq!(world.act(&draft, Act::Unschedule).await.state, CampaignState::Draft);
        let sending = world.act(&draft, Act::Send).await;
        assert_eq!(world.act(&draft, Act::Pause).await.run, None);
        let resumed = world.act(&draft, Act::Resume).await;
        assert_ne!(resumed.run, sending.run, "a run of its own");
        assert_eq!(
            world.campaigns.plan(&world.job().await, run_of(&sending)).await.expect("looked"),
            Posted::Over
        );
        assert_eq!(world.act(&draft, Act::Cancel).await.state, CampaignState::Cancelled);
        let again =
            world.campaigns.act(&world.owner, draft.id, world.get(&draft).await.version, Act::Resume).await;
        assert!(matches!(again, Err(Error::State { state: CampaignState::Cancelled })));
    })
    .await;
}

#[tokio::test]
async fn what_is_not_ready_is_neither_sent_nor_scheduled_and_all_of_it_is_said() {
    run(async |world| {
        let list = world.list_of(0).await;
        let command = CreateCampaign {
            name: "Empty".to_owned(),
            subject: String::new(),
            body: "{{nobody}} [x](/here)".to_owned(),
            audience: Audience::List(list),
        };
        let draft = world.campaigns.create(&world.asha, command).await.expect("drafted");
        let found = world.campaigns.preflight(&world.asha, draft.id).await.expect("judged");
        let codes: Vec<_> = found.faults.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["subject_missing", "field_unknown", "link_refused", "audience_empty"]);
        let at = world.database.env().now() + TimeDelta::hours(1);
        for act in [Act::Send, Act::Schedule { at }] {
            let acted = world.campaigns.act(&world.owner, draft.id, draft.version, act).await;
            assert!(matches!(acted, Err(Error::NotReady(_))), "{acted:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_schedule_starts_what_is_due_once() {
    run(async |world| {
        let draft = world.draft(EVERYBODY).await;
        let at = world.database.env().now() + TimeDelta::hours(1);
        world.act(&draft, Act::Schedule { at }).await;
        let system = Actor::system(OrganizationId::PLATFORM);
        assert_eq!(world.campaigns.start_due(&system).await.expect("looked"), 0);
        world.database.env().advance(TimeDelta::hours(1));
        assert_eq!(world.campaigns.start_due(&system).await.expect("looked"), 1);
        assert_eq!(world.campaigns.start_due(&system).await.expect("looked"), 0);
        assert_eq!(world.get(&draft).await.state, CampaignState::Sending);
        assert_eq!(world.told("campaigns.campaign_started").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_test_goes_to_who_asks_for_it_and_once() {
    run(async |world| {
        let draft = world.draft(EVERYBODY).await;
        let test = world.campaigns.request_test(&world.asha, draft.id).await.expect("asked");
        assert_eq!(world.campaigns.post_test(&world.job().await, test).await.expect("sent"), Posted::Done);
        assert_eq!(world.campaigns.post_test(&world.job().await, test).await.expect("looked"), Posted::Over);
        let mails = world.sink.mails();
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].subject, "Tea for Person");
        assert!(world.report(&draft).await.recipients == 0, "a test is no recipient");
    })
    .await;
}

#[tokio::test]
async fn a_preview_is_for_any_reader() {
    run(async |world| {
        let draft = world.draft(EVERYBODY).await;
        let reader = Reader { first_name: Some("<b>".to_owned()), ..Reader::default() };
        let seen = world.campaigns.preview(&world.asha, draft.id, reader).await.expect("seen");
        assert_eq!(seen.subject, "Tea for <b>");
        assert!(
            seen.html.contains("Dear &lt;b&gt;, <a href=\"https://tea.example\">look</a>"),
            "{}",
            seen.html
        );
    })
    .await;
}

#[tokio::test]
async fn rights_are_asked_for_each_act() {
    run(async |world| {
        let draft = world.draft(EVERYBODY).await;
        let sent = world.campaigns.act(&world.asha, draft.id, draft.version, Act::Send).await;
        assert!(
            matches!(sent, Err(Error::Denied(Denied::ScopeMissing(_)))),
            "members draft, they do not send"
        );
        let seen = world.campaigns.get(&world.guest, draft.id).await;
        assert!(matches!(seen, Err(Error::Denied(Denied::ScopeMissing(_)))));
        assert!(matches!(world.campaigns.get(&world.other, draft.id).await, Err(Error::NotFound)));
        let list = world.list_of(1).await;
        let foreign = CreateCampaign {
            name: "Theirs".to_owned(),
            subject: String::new(),
            body: String::new(),
            audience: Audience::List(list),
        };
        let made = world.campaigns.create(&world.other, foreign).await;
        assert!(matches!(made, Err(Error::Invalid(_))), "another organization's list");
        let page = world.campaigns.list(&world.other, None, &PageRequest::default()).await.expect("listed");
        assert!(page.rows.is_empty());
    })
    .await;
}
