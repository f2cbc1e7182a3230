//! "I have paid": the seller is told, nothing is booked.

use chrono::TimeDelta;
use invoices::{ClaimPayment, Error, FullInvoice, NewInvoiceLink, PaymentClaim};
use kernel::{Actor, Currency, Money, PageRequest, Request, Secret};

use crate::support::{World, cash, npr, run};

fn visitor() -> Actor {
    Actor::anonymous(Request::default())
}

async fn linked(world: &World) -> (FullInvoice, NewInvoiceLink) {
    let issued = world.issued_over(10_000).await;
    let link = world.invoices.create_link(&world.acme.owner, issued.invoice.id).await.expect("a link");
    (issued, link)
}

async fn claims(world: &World, of: &FullInvoice) -> Vec<PaymentClaim> {
    let page = PageRequest::default();
    world.invoices.payment_claims(&world.acme.asha, of.invoice.id, &page).await.expect("seen").rows
}

async fn told(world: &World) -> Vec<String> {
    let all = world.told(world.acme.id).await.into_iter();
    all.filter(|event| event.r#type == "invoices.payment_claimed").map(|event| event.data).collect()
}

#[tokio::test]
async fn whoever_has_the_link_says_that_he_paid_and_nothing_is_booked() {
    run(async |world| {
        let (issued, link) = linked(&world).await;
        let command = ClaimPayment {
            amount: Some(npr(9_000)),
            paid_on: Some(world.invoices.today(&world.acme.asha).await.expect("a day")),
            reference: Some("NIC-4711".to_owned()),
            note: Some("The rest follows.\nBina".to_owned()),
        };
        world.invoices.claim_payment(&visitor(), &link.token, command).await.expect("heard");
        assert_eq!(world.get(&issued).await, issued, "the invoice is as it was");
        let claims = claims(&world, &issued).await;
        let [claim] = claims.as_slice() else { panic!("{claims:?}") };
        let heard = (claim.amount.map(invoices::Amount::minor), claim.reference.as_str(), claim.link);
        assert_eq!(heard, (Some(9_000), "NIC-4711", link.link.id));
        let told = told(&world).await;
        let [event] = told.as_slice() else { panic!("{told:?}") };
        let id = |actor: &Actor| actor.user_id().expect("a person").to_string();
        assert!(event.contains(&id(&world.acme.owner)), "who leads is told: {event}");
        assert!(event.contains(&id(&world.acme.asha)), "who wrote the invoice is told: {event}");
        assert!(!event.contains(&id(&world.acme.guest)), "{event}");
        assert!(!event.contains("Bina"), "what people write is not for everybody: {event}");
    })
    .await;
}

#[tokio::test]
async fn said_often_on_a_day_it_is_said_once() {
    run(async |world| {
        let (issued, link) = linked(&world).await;
        let tasks = (0..16).map(|_| {
            let (invoices, token) = (world.invoices.clone(), link.token.expose().to_owned());
            tokio::spawn(async move {
                invoices.claim_payment(&visitor(), &Secret::new(token), ClaimPayment::default()).await
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.expect("ran").expect("heard");
        }
        assert_eq!((claims(&world, &issued).await.len(), told(&world).await.len()), (1, 1));
        world.database.env().advance(TimeDelta::days(1));
        let again = ClaimPayment::default();
        world.invoices.claim_payment(&visitor(), &link.token, again).await.expect("heard");
        assert_eq!(claims(&world, &issued).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn of_what_is_paid_there_is_nothing_to_say() {
    run(async |world| {
        let (issued, link) = linked(&world).await;
        world.invoices.pay(&world.acme.asha, issued.invoice.id, cash(10_000)).await.expect("paid");
        let said = world.invoices.claim_payment(&visitor(), &link.token, ClaimPayment::default()).await;
        said.expect("harmless");
        assert!(claims(&world, &issued).await.is_empty() && told(&world).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn links_that_lead_nowhere_and_impossible_words_are_refused() {
    run(async |world| {
        let (issued, link) = linked(&world).await;
        let wrong = ClaimPayment {
            amount: Some(Money { amount: 1, currency: Currency::parse("currency", "USD").expect("one") }),
            paid_on: chrono::NaiveDate::from_ymd_opt(2999, 1, 1),
            reference: Some("two\nlines".to_owned()),
            note: Some("x".repeat(501)),
        };
        let refused = world.invoices.claim_payment(&visitor(), &link.token, wrong).await;
        let Err(Error::Invalid(faults)) = refused else { panic!("{refused:?}") };
        assert_eq!(faults.len(), 4, "{faults:?}");
        let unknown = Secret::new("0".repeat(64));
        let nowhere = world.invoices.claim_payment(&visitor(), &unknown, ClaimPayment::default()).await;
        assert!(matches!(nowhere, Err(Error::NotFound)), "{nowhere:?}");
        let id = (issued.invoice.id, link.link.id);
        world.invoices.revoke_link(&world.acme.owner, id.0, id.1).await.expect("revoked");
        let gone = world.invoices.claim_payment(&visitor(), &link.token, ClaimPayment::default()).await;
        assert!(matches!(gone, Err(Error::LinkRevoked)), "{gone:?}");
        let page = PageRequest::default();
        let stranger = world.invoices.payment_claims(&world.other.owner, issued.invoice.id, &page).await;
        assert!(matches!(stranger, Err(Error::NotFound)), "{stranger:?}");
    })
    .await;
}
