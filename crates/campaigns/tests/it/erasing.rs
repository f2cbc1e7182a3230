//! Who leaves for good stands nowhere.

use campaigns::{Act, Audience, Posted, RecipientState};
use kernel::Actor;

use crate::support::{World, row, run, run_of};

async fn forget(world: &World, who: &Actor) {
    let (own, user) = (world.campaigns.clone(), who.user_id().expect("a person"));
    let forgotten: Result<(), campaigns::Error> = world
        .database
        .commit(&Actor::system(world.org), move |tx| Box::pin(async move { own.forget(tx, user).await }))
        .await;
    forgotten.expect("forgotten");
}

#[tokio::test]
async fn a_person_who_is_erased_leaves_no_trace_in_ledgers_of_members_and_gets_no_more() {
    run(async |world| {
        let first = world.draft(Audience::Members { role: None }).await;
        let sending = world.act(&first, Act::Send).await;
        world.campaigns.plan(&world.job().await, run_of(&sending)).await.expect("planned");
        world.post_all(&sending).await;
        let next = world.draft(Audience::Members { role: None }).await;
        let sending = world.act(&next, Act::Send).await;
        world.campaigns.plan(&world.job().await, run_of(&sending)).await.expect("planned");
        let test = world.campaigns.request_test(&world.asha, next.id).await.expect("asked");

        forget(&world, &world.asha).await;

        world.post_all(&sending).await;
        let asha = format!("{}@example.com", world.asha.user_id().expect("a person"));
        assert_eq!(
            world.sink.addresses().iter().filter(|address| **address == asha).count(),
            1,
            "the first alone"
        );
        for campaign in [&first, &next] {
            let all = world.recipients(campaign, None).await;
            assert_eq!(all.len(), 3, "the figures stay");
            assert!(all.iter().all(|recipient| recipient.email.as_str() != asha));
            let gone = all.iter().find(|recipient| recipient.email.domain() == "invalid").expect("somebody");
            assert_eq!((&gone.first_name, &gone.last_name), (&None, &None));
        }
        assert_eq!(world.count(&next, RecipientState::Suppressed).await, 1);
        let posted = world.campaigns.post_test(&world.job().await, test).await.expect("looked");
        assert_eq!(posted, Posted::Over);
    })
    .await;
}

/// Whom an organization knows as a customer it knows otherwise than as a member.
#[tokio::test]
async fn the_contacts_of_organizations_are_their_own() {
    run(async |world| {
        let asha = format!("{}@example.com", world.asha.user_id().expect("a person"));
        let list = world.list_of(0).await;
        world.campaigns.import(&world.asha, list, vec![row(&asha)]).await.expect("imported");
        let draft = world.draft(Audience::List(list)).await;
        let sending = world.act(&draft, Act::Send).await;
        world.campaigns.plan(&world.job().await, run_of(&sending)).await.expect("planned");
        forget(&world, &world.asha).await;
        world.post_all(&sending).await;
        assert_eq!(world.sink.addresses(), [asha]);
    })
    .await;
}
