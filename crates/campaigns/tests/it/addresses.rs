use campaigns::{Bounce, BounceKind, BounceOutcome, Error, Reason, RecipientState, Written};
use kernel::{Actor, PageRequest, Request, Secret};

use crate::support::{run, token};

fn bounce(message_id: &str, kind: BounceKind) -> Bounce {
    Bounce {
        message_id: Some(message_id.to_owned()),
        email: None,
        kind,
        detail: Some("550 unknown".to_owned()),
    }
}

#[tokio::test]
async fn whoever_says_no_gets_no_more_and_nobody_else_takes_it_back() {
    run(async |world| {
        let campaign = world.planned(3).await;
        world.post_all(&campaign).await;
        let mail = world.sink.mails().remove(0);
        let link = token(&mail);
        let stranger = Actor::anonymous(Request::default());
        let from = world.campaigns.unsubscribing_from(&link).await.expect("seen");
        assert_eq!(from.as_deref(), Some("Acme"));
        assert_eq!(world.report(&campaign).await.unsubscribed, 0, "looking changes nothing");
        for _ in 0..2 {
            world.campaigns.unsubscribe(&stranger, &link).await.expect("done").expect("somebody");
        }
        assert_eq!(world.report(&campaign).await.unsubscribed, 1);
        assert_eq!(world.told("campaigns.address_suppressed").await.len(), 1, "told once");
        let page = PageRequest::default();
        let found =
            world.campaigns.suppressions(&world.asha, None, &page).await.expect("listed").rows.remove(0);
        assert_eq!((found.reason, &found.email), (Reason::Unsubscribed, &mail.to));
        let released = world.campaigns.release(&world.asha, found.id).await;
        assert!(matches!(released, Err(Error::SuppressionStays)));
        let forged = Secret::new(link.expose().replace(|c: char| c.is_ascii_digit(), "0"));
        assert_eq!(world.campaigns.unsubscribe(&stranger, &forged).await.expect("looked"), None);
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_comes_back_ends_the_writing_to_its_address() {
    run(async |world| {
        let campaign = world.planned(3).await;
        world.post_all(&campaign).await;
        let mails = world.sink.mails();
        let ids: Vec<_> = mails.iter().map(|mail| format!("<{}>", mail.message_id)).collect();
        let bounces = vec![
            bounce(&ids[0], BounceKind::Hard),
            bounce(&ids[0], BounceKind::Hard),
            bounce(&ids[1], BounceKind::Soft),
            bounce(&ids[2], BounceKind::Complaint),
            bounce("<someone@else.example>", BounceKind::Hard),
        ];
        let found = world.campaigns.note_bounces(&world.owner, bounces.clone()).await.expect("noted");
        assert!(matches!(found[0], BounceOutcome::Suppressed(_)));
        assert_eq!(found[1..3], [BounceOutcome::Noted, BounceOutcome::Noted]);
        assert!(matches!(found[3], BounceOutcome::Suppressed(_)));
        assert_eq!(found[4], BounceOutcome::Unknown);
        assert_eq!(world.count(&campaign, RecipientState::Bounced).await, 2);
        assert_eq!(world.count(&campaign, RecipientState::Sent).await, 1, "who complains got it");
        let foreign = world.campaigns.note_bounces(&world.other, bounces).await.expect("noted");
        assert!(
            foreign.iter().all(|outcome| *outcome == BounceOutcome::Unknown),
            "another organization's mails"
        );
    })
    .await;
}

#[tokio::test]
async fn what_the_organization_said_it_takes_back() {
    run(async |world| {
        let added = world.campaigns.suppress(&world.asha, "A@example.com").await.expect("added");
        let again = world.campaigns.suppress(&world.asha, "a@example.com").await.expect("known");
        let Written::New(added) = added else { panic!("it was not there") };
        assert_eq!(again, Written::Known(added.clone()));
        let foreign = world.campaigns.release(&world.other, added.id).await;
        assert!(matches!(foreign, Err(Error::NotFound)));
        world.campaigns.release(&world.asha, added.id).await.expect("released");
        assert!(matches!(world.campaigns.release(&world.asha, added.id).await, Err(Error::NotFound)));
    })
    .await;
}
