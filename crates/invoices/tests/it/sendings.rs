//! Documents mailed: each once, with one paper, whatever breaks in between.

use std::time::Duration;

use chrono::TimeDelta;
use invoices::{
    Delivery, Error, Handed, PaperOf, Printing, Refusal, Rendition, SendDocument, Sending, SendingState,
    Wanted, WriteCreditNote,
};
use kernel::{Actor, InvoiceId, PageRequest, Request, Scope};

use crate::support::{World, line, run, with_scopes};

fn system(world: &World) -> Actor {
    Actor::system(world.acme.id)
}

async fn sent(world: &World, invoice: InvoiceId) -> Sending {
    let (owner, of) = (&world.acme.owner, PaperOf::Invoice(invoice));
    world.invoices.send(owner, of, SendDocument::default()).await.expect("queued")
}

async fn state(world: &World, sending: &Sending) -> (SendingState, Option<String>) {
    let now = world.invoices.sending(&world.acme.asha, sending.id).await.expect("there");
    (now.state, now.error)
}

#[tokio::test]
async fn a_sent_invoice_is_printed_and_reaches_its_customer_with_the_original_and_a_link() {
    run(async |world| {
        let issued = world.issued_over(10_000).await;
        let sending = sent(&world, issued.invoice.id).await;
        assert_eq!(state(&world, &sending).await.0, SendingState::Queued);
        let delivery = world.invoices.deliver(&system(&world), sending.id).await.expect("delivered");
        assert_eq!(delivery, Delivery::Ended);
        assert_eq!(state(&world, &sending).await, (SendingState::Sent, None));
        let link = {
            let seen = world.post.seen.lock().expect("whole");
            let [only] = seen.as_slice() else { panic!("{seen:?}") };
            let to: Vec<_> = only.sending.to.iter().map(ToString::to_string).collect();
            assert_eq!(to, ["accounts@himal.example"]);
            assert!(only.file_name.starts_with("INV-") && !only.file_name.contains("copy"));
            only.link.clone().expect("a link")
        };
        let opened = world.invoices.open_link(&link).await.expect("it leads there");
        assert_eq!(opened.invoice, issued);
        let of = PaperOf::Invoice(issued.invoice.id);
        let later = world.invoices.paper(&world.acme.asha, of, Wanted::Next).await.expect("handed out");
        assert_eq!(later.rendition, Rendition::Copy, "the original left with the mail");
        assert_eq!(world.invoices.print(&system(&world), of).await.expect("looked at"), Printing::Before);
        let told: Vec<_> = world.told(world.acme.id).await.into_iter().map(|event| event.r#type).collect();
        let ours = told
            .iter()
            .filter(|kind| ["invoices.sending_requested", "invoices.document_sent"].contains(&kind.as_str()));
        assert_eq!(ours.count(), 2, "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn one_that_ended_is_not_sent_again() {
    run(async |world| {
        let issued = world.issued_over(10_000).await;
        let sending = sent(&world, issued.invoice.id).await;
        for expected in [Delivery::Ended, Delivery::Over] {
            let delivery = world.invoices.deliver(&system(&world), sending.id).await.expect("tried");
            assert_eq!(delivery, expected);
        }
        assert_eq!(world.post.sendings(), [sending.id]);
    })
    .await;
}

#[tokio::test]
async fn a_second_try_is_the_same_mail_with_the_same_paper() {
    run(async |world| {
        let issued = world.issued_over(10_000).await;
        let sending = sent(&world, issued.invoice.id).await;
        world.post.will_say(Handed::Later("greylisted".to_owned()));
        let first = world.invoices.deliver(&system(&world), sending.id).await.expect("tried");
        assert_eq!(first, Delivery::Wait(Duration::from_secs(30)));
        assert_eq!(state(&world, &sending).await.0, SendingState::Queued);
        world.database.env().advance(TimeDelta::minutes(1));
        assert_eq!(
            world.invoices.deliver(&system(&world), sending.id).await.expect("tried"),
            Delivery::Ended
        );
        let seen = world.post.seen.lock().expect("whole");
        let [before, after] = seen.as_slice() else { panic!("{seen:?}") };
        assert_eq!((before.sending.id, before.file), (after.sending.id, after.file));
        let token = |link: &Option<kernel::Secret>| link.as_ref().map(|link| link.expose().to_owned());
        assert_eq!(token(&before.link), token(&after.link));
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_fails_and_its_sender_is_named() {
    run(async |world| {
        let issued = world.issued_over(10_000).await;
        let sending = sent(&world, issued.invoice.id).await;
        world.post.will_say(Handed::Refused("550 no such user".to_owned()));
        assert_eq!(
            world.invoices.deliver(&system(&world), sending.id).await.expect("tried"),
            Delivery::Ended
        );
        let failed = (SendingState::Failed, Some("550 no such user".to_owned()));
        assert_eq!(state(&world, &sending).await, failed);
        let told = world.told(world.acme.id).await;
        let event = told.iter().find(|event| event.r#type == "invoices.sending_failed").expect("told");
        let owner = world.acme.owner.user_id().expect("a person").to_string();
        assert!(event.data.contains(&format!("\"readerIds\":[\"{owner}\"]")), "{}", event.data);
        assert!(!event.data.contains("550"), "what a server says is for the audit log and the sending");
    })
    .await;
}

#[tokio::test]
async fn a_mail_system_that_is_down_is_asked_for_three_days() {
    run(async |world| {
        let issued = world.issued_over(10_000).await;
        let sending = sent(&world, issued.invoice.id).await;
        for (later, expected) in [
            (TimeDelta::zero(), Delivery::Wait(Duration::from_secs(30))),
            (TimeDelta::days(2), Delivery::Wait(Duration::from_secs(1_800))),
            (TimeDelta::days(1), Delivery::Ended),
        ] {
            world.database.env().advance(later);
            world.post.will_say(Handed::Later("connection refused".to_owned()));
            let delivery = world.invoices.deliver(&system(&world), sending.id).await.expect("tried");
            assert_eq!(delivery, expected);
        }
        assert_eq!(state(&world, &sending).await.0, SendingState::Failed);
    })
    .await;
}

#[tokio::test]
async fn of_many_tries_at_once_one_ends_it_and_all_carry_the_same_paper() {
    run(async |world| {
        let issued = world.issued_over(10_000).await;
        let sending = sent(&world, issued.invoice.id).await;
        let tasks = (0..16).map(|_| {
            let (invoices, actor, id) = (world.invoices.clone(), system(&world), sending.id);
            tokio::spawn(async move { invoices.deliver(&actor, id).await })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.expect("ran").expect("tried");
        }
        let told = world.told(world.acme.id).await;
        assert_eq!(told.iter().filter(|event| event.r#type == "invoices.document_sent").count(), 1);
        let seen = world.post.seen.lock().expect("whole");
        assert!(!seen.is_empty());
        assert!(seen.iter().all(|one| !one.file_name.contains("copy")), "{seen:?}");
    })
    .await;
}

#[tokio::test]
async fn a_mail_of_what_became_void_meanwhile_is_not_sent() {
    run(async |world| {
        let issued = world.issued_over(10_000).await.invoice;
        let sending = sent(&world, issued.id).await;
        world.invoices.void(&world.acme.owner, issued.id, issued.version, "Wrong").await.expect("void");
        assert_eq!(
            world.invoices.deliver(&system(&world), sending.id).await.expect("tried"),
            Delivery::Ended
        );
        assert_eq!(state(&world, &sending).await.0, SendingState::Cancelled);
        assert!(world.post.sendings().is_empty());
        let of = PaperOf::Invoice(issued.id);
        let refused = world.invoices.send(&world.acme.owner, of, SendDocument::default()).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Void))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn a_link_that_was_revoked_meanwhile_is_not_mailed() {
    run(async |world| {
        let issued = world.issued_over(10_000).await.invoice;
        let sending = sent(&world, issued.id).await;
        let link = sending.link.as_ref().expect("a link").id;
        world.invoices.revoke_link(&world.acme.owner, issued.id, link).await.expect("revoked");
        world.invoices.deliver(&system(&world), sending.id).await.expect("delivered");
        assert!(world.post.seen.lock().expect("whole")[0].link.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_credit_note_is_mailed_without_a_link_and_listed_with_its_invoice() {
    run(async |world| {
        let (owner, issued) = (&world.acme.owner, world.issued_over(10_000).await.invoice);
        let command = WriteCreditNote { reason: "Returned".to_owned(), lines: None };
        let note = world.invoices.write_credit_note(owner, issued.id, command).await.expect("written").note;
        let first = sent(&world, issued.id).await;
        world.database.env().advance(TimeDelta::seconds(1));
        let of = PaperOf::CreditNote(note.id);
        let sending = world.invoices.send(owner, of, SendDocument::default()).await.expect("queued");
        assert!(sending.link.is_none());
        world.invoices.deliver(&system(&world), sending.id).await.expect("delivered");
        assert_eq!(state(&world, &sending).await.0, SendingState::Sent);
        let page = PageRequest::default();
        let list = world.invoices.sendings(&world.acme.asha, issued.id, &page).await.expect("seen").rows;
        assert_eq!(list.iter().map(|one| one.id).collect::<Vec<_>>(), [sending.id, first.id]);
    })
    .await;
}

#[tokio::test]
async fn drafts_are_not_sent_and_strangers_and_readers_send_nothing() {
    run(async |world| {
        let draft = world.draft(vec![line("1", 100, None)]).await.invoice.id;
        let issued = world.issued_over(10_000).await.invoice.id;
        let try_it = async |actor: &Actor, id| {
            world.invoices.send(actor, PaperOf::Invoice(id), SendDocument::default()).await
        };
        let refused = try_it(&world.acme.owner, draft).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NotIssued))), "{refused:?}");
        let nobody = SendDocument { to: vec!["nobody".to_owned()], ..SendDocument::default() };
        let faulty = world.invoices.send(&world.acme.owner, PaperOf::Invoice(draft), nobody).await;
        assert!(matches!(faulty, Err(Error::Invalid(_))), "what is typed is judged first: {faulty:?}");
        assert!(matches!(try_it(&world.other.owner, issued).await, Err(Error::NotFound)));
        assert!(matches!(try_it(&world.acme.asha, issued).await, Err(Error::Denied(_))));
        let sending = sent(&world, issued).await;
        let stranger = world.invoices.sending(&world.other.owner, sending.id).await;
        assert!(matches!(stranger, Err(Error::NotFound)));
        let blind = with_scopes(&world.acme.asha, &[Scope::TicketsRead]);
        let list = world.invoices.sendings(&blind, issued, &PageRequest::default()).await;
        assert!(matches!(list, Err(Error::Denied(_))));
        for actor in [&world.acme.owner, &Actor::anonymous(Request::default())] {
            let delivered = world.invoices.deliver(actor, sending.id).await;
            assert!(matches!(delivered, Err(Error::Denied(_))), "people do not play jobs");
        }
        assert!(world.post.sendings().is_empty());
    })
    .await;
}
