//! Papers of issued documents: printed once, the original handed out once.

use std::sync::atomic::Ordering;

use invoices::{
    Design, Error, PaperOf, Printed, Printing, Rendition, UpdateInvoiceSettings, Wanted, WriteCreditNote,
};
use kernel::{Actor, Patch, Request, Scope, Secret};

use crate::support::{World, run, with_scopes};

fn system(world: &World) -> Actor {
    Actor::system(world.acme.id)
}

#[tokio::test]
async fn an_issued_invoice_is_printed_once_as_original_and_copy() {
    run(async |world| {
        let issued = world.issued_over(10_000).await;
        let of = PaperOf::Invoice(issued.invoice.id);
        let early = world.invoices.paper(&world.acme.asha, of, Wanted::Next).await;
        assert!(matches!(early, Err(Error::DocumentNotReady)));
        let first = world.invoices.print(&system(&world), of).await.expect("printed");
        let second = world.invoices.print(&system(&world), of).await.expect("looked at");
        assert_eq!((first, second), (Printing::Done, Printing::Before));
        assert_eq!(world.shop.renditions(), [Rendition::Original, Rendition::Copy]);
        assert_eq!(world.shop.kept(), 2);
        let told = world.told(world.acme.id).await;
        assert_eq!(told.iter().filter(|event| event.r#type == "invoices.pdf_ready").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn of_many_that_print_at_once_one_keeps_its_papers() {
    run(async |world| {
        let issued = world.issued_over(10_000).await;
        let of = PaperOf::Invoice(issued.invoice.id);
        let tasks = (0..16).map(|_| {
            let (invoices, actor) = (world.invoices.clone(), system(&world));
            tokio::spawn(async move { invoices.print(&actor, of).await.map(drop) })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.expect("ran").expect("printed or there");
        }
        assert_eq!(world.shop.kept.load(Ordering::SeqCst), 2);
    })
    .await;
}

#[tokio::test]
async fn of_many_that_ask_at_once_one_gets_the_original() {
    run(async |world| {
        let issued = world.issued_over(10_000).await;
        let of = PaperOf::Invoice(issued.invoice.id);
        world.invoices.print(&system(&world), of).await.expect("printed");
        let only = world.invoices.paper(&world.acme.asha, of, Wanted::Copy).await.expect("handed out");
        assert_eq!(only.rendition, Rendition::Copy, "who looks leaves the original where it is");
        let tasks = (0..16).map(|_| {
            let (invoices, actor) = (world.invoices.clone(), world.acme.asha.clone());
            tokio::spawn(async move { invoices.paper(&actor, of, Wanted::Next).await })
        });
        let mut originals = Vec::new();
        for task in tasks.collect::<Vec<_>>() {
            let paper = task.await.expect("ran").expect("handed out");
            let name = world.shop.name(paper.file);
            assert_eq!(name.ends_with("-copy.pdf"), paper.rendition == Rendition::Copy, "{name}");
            originals.extend((paper.rendition == Rendition::Original).then_some(name));
        }
        assert_eq!(originals.len(), 1, "{originals:?}");
        assert!(originals[0].starts_with("INV-") && !originals[0].contains('/'), "{originals:?}");
    })
    .await;
}

#[tokio::test]
async fn a_link_hands_out_the_original_too_and_a_revoked_one_nothing() {
    run(async |world| {
        let issued = world.issued_over(10_000).await;
        let of = PaperOf::Invoice(issued.invoice.id);
        let link = world.invoices.create_link(&world.acme.owner, issued.invoice.id).await.expect("a link");
        world.invoices.print(&system(&world), of).await.expect("printed");
        let visitor = Actor::anonymous(Request::default());
        let paper = world.invoices.public_paper(&visitor, &link.token).await.expect("handed out");
        assert_eq!(paper.rendition, Rendition::Original);
        let later = world.invoices.paper(&world.acme.asha, of, Wanted::Next).await.expect("handed out");
        assert_eq!(later.rendition, Rendition::Copy);
        let id = (issued.invoice.id, link.link.id);
        world.invoices.revoke_link(&world.acme.owner, id.0, id.1).await.expect("revoked");
        let after = world.invoices.public_paper(&visitor, &link.token).await;
        assert!(matches!(after, Err(Error::LinkRevoked)));
        let unknown = world.invoices.public_paper(&visitor, &Secret::new("x".to_owned())).await;
        assert!(matches!(unknown, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_void_invoice_has_a_new_paper_and_no_original() {
    run(async |world| {
        let issued = world.issued_over(10_000).await.invoice;
        let of = PaperOf::Invoice(issued.id);
        world.invoices.print(&system(&world), of).await.expect("printed");
        let owner = &world.acme.owner;
        world.invoices.void(owner, issued.id, issued.version, "Wrong customer").await.expect("void");
        let between = world.invoices.paper(owner, of, Wanted::Next).await;
        assert!(
            matches!(between, Err(Error::DocumentNotReady)),
            "the old paper does not say that it is void"
        );
        assert_eq!(world.invoices.print(&system(&world), of).await.expect("printed"), Printing::Done);
        let paper = world.invoices.paper(owner, of, Wanted::Next).await.expect("handed out");
        assert_eq!(paper.rendition, Rendition::Copy);
        assert_eq!(world.shop.kept(), 3);
    })
    .await;
}

#[tokio::test]
async fn no_original_leaves_of_what_becomes_void_meanwhile() {
    run(async |world| {
        let issued = world.issued_over(10_000).await.invoice;
        let of = PaperOf::Invoice(issued.id);
        world.invoices.print(&system(&world), of).await.expect("printed");
        let door = world.shop.door.lock().await;
        let (invoices, asha) = (world.invoices.clone(), world.acme.asha.clone());
        let asked = tokio::spawn(async move { invoices.paper(&asha, of, Wanted::Next).await });
        while world.shop.checked.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        world.invoices.void(&world.acme.owner, issued.id, issued.version, "Wrong").await.expect("void");
        drop(door);
        let answer = asked.await.expect("ran");
        assert!(matches!(answer, Err(Error::DocumentNotReady)), "{answer:?}");
        let told = world.told(world.acme.id).await;
        assert!(told.iter().all(|event| event.r#type != "invoices.original_taken"));
    })
    .await;
}

#[tokio::test]
async fn an_original_that_cannot_be_read_is_not_noted_as_handed_out() {
    run(async |world| {
        let of = PaperOf::Invoice(world.issued_over(10_000).await.invoice.id);
        world.invoices.print(&system(&world), of).await.expect("printed");
        world.shop.burnt.store(true, Ordering::SeqCst);
        world.invoices.paper(&world.acme.asha, of, Wanted::Next).await.expect_err("no bytes");
        world.shop.burnt.store(false, Ordering::SeqCst);
        let paper = world.invoices.paper(&world.acme.asha, of, Wanted::Next).await.expect("handed out");
        assert_eq!(paper.rendition, Rendition::Original);
    })
    .await;
}

#[tokio::test]
async fn a_credit_note_names_its_invoice_and_looks_as_the_settings_say() {
    run(async |world| {
        let owner = &world.acme.owner;
        let settings = world.invoices.settings(owner).await.expect("read");
        let update = UpdateInvoiceSettings {
            design: Some(Design::Modern),
            payment_details: Patch::Set("Nabil 0110".to_owned()),
            ..UpdateInvoiceSettings::default()
        };
        world.invoices.update_settings(owner, settings.version, update).await.expect("changed");
        let issued = world.issued_over(10_000).await.invoice;
        let command = WriteCreditNote { reason: "Returned".to_owned(), lines: None };
        let note = world.invoices.write_credit_note(owner, issued.id, command).await.expect("written").note;
        let of = PaperOf::CreditNote(note.id);
        world.invoices.print(&system(&world), of).await.expect("printed");
        let paper = world.invoices.paper(owner, of, Wanted::Next).await.expect("handed out");
        assert_eq!(paper.rendition, Rendition::Original);
        let sheets = world.shop.sheets.lock().expect("whole");
        assert_eq!((sheets[0].look.design, &*sheets[0].look.payment_details), (Design::Modern, "Nabil 0110"));
        let Printed::CreditNote { of: (number, _), .. } = &sheets[0].printed else { panic!("a credit note") };
        assert_eq!(number, &issued.issue.expect("issued").number);
    })
    .await;
}

#[tokio::test]
async fn drafts_and_strangers_get_no_paper_and_people_print_none() {
    run(async |world| {
        let draft = world.draft(vec![crate::support::line("1", 100, None)]).await.invoice.id;
        let issued = world.issued_over(10_000).await.invoice.id;
        let (draft, of) = (PaperOf::Invoice(draft), PaperOf::Invoice(issued));
        let refused = world.invoices.print(&system(&world), draft).await;
        assert!(matches!(refused, Err(Error::DocumentNotReady)));
        world.invoices.print(&system(&world), of).await.expect("printed");
        let asked = world.invoices.paper(&world.acme.asha, draft, Wanted::Next).await;
        assert!(matches!(asked, Err(Error::DocumentNotReady)));
        let stranger = world.invoices.paper(&world.other.owner, of, Wanted::Next).await;
        assert!(matches!(stranger, Err(Error::NotFound)));
        let blind = with_scopes(&world.acme.asha, &[Scope::TicketsRead]);
        let unseen = world.invoices.paper(&blind, of, Wanted::Next).await;
        assert!(matches!(unseen, Err(Error::Denied(_))));
        let printed = world.invoices.print(&world.acme.owner, of).await;
        assert!(matches!(printed, Err(Error::Denied(_))));
    })
    .await;
}
