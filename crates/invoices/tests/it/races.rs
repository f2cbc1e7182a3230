use std::sync::Arc;

use invoices::{Error, Refusal, Status, WriteCreditNote};
use kernel::Version;

use crate::support::{World, amount, cash, line, run};

const CALLERS: usize = 16;

/// Runs a task for each of sixteen callers at once.
async fn at_once<T: Send + 'static, F>(world: &Arc<World>, task: impl Fn(Arc<World>, usize) -> F) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
{
    let tasks: Vec<_> = (0..CALLERS).map(|caller| tokio::spawn(task(Arc::clone(world), caller))).collect();
    let mut done = Vec::new();
    for task in tasks {
        done.push(task.await.expect("no panic"));
    }
    done
}

#[tokio::test]
async fn numbers_have_no_gaps_and_grow_in_the_order_of_the_commits() {
    run(async |world| {
        let world = Arc::new(world);
        let numbers = at_once(&world, |world, _| async move {
            let mut numbers = Vec::new();
            for round in 0..6 {
                let draft = world.draft(vec![line("1", 100, None)]).await.invoice;
                if round % 3 == 2 {
                    let lost = lost_after_the_draw(&world).await;
                    assert!(matches!(lost, Err(Error::NotFound)), "{lost:?}");
                }
                let issued = world.invoices.issue(&world.acme.owner, draft.id, draft.version).await;
                let issue = issued.expect("issued").invoice.issue.expect("has a number");
                numbers.push(issue.number.running.get());
            }
            numbers
        });
        let mut numbers = numbers.await.concat();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=96).collect::<Vec<_>>());
        let told = world.told(world.acme.id).await;
        let issued = told.iter().filter(|event| event.r#type == "invoices.invoice_issued");
        let in_order: Vec<_> = issued.map(|event| running_of(&event.data)).collect();
        assert_eq!(in_order, (1..=96).collect::<Vec<_>>(), "the order of the events is that of the commits");
    })
    .await;
}

/// Draws a number as an issue does, and fails.
async fn lost_after_the_draw(world: &World) -> Result<(), Error> {
    let org = world.acme.id;
    world
        .database
        .commit(&kernel::Actor::system(org), move |tx: &database::Tx| {
            Box::pin(async move {
                use database::entities::invoice_counter::{Column, Entity};
                use sea_orm::sea_query::{Expr, ExprTrait};
                use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
                Entity::update_many()
                    .col_expr(Column::LastNumber, Expr::col(Column::LastNumber).add(1))
                    .filter(Column::OrganizationId.eq(org.uuid()))
                    .exec(tx.connection())
                    .await
                    .map_err(database::StoreError::from)?;
                Err(Error::NotFound)
            })
        })
        .await
}

fn running_of(data: &str) -> i64 {
    let json: serde_json::Value = serde_json::from_str(data.split_at(32).1).expect("JSON after the salt");
    let number = json.get("number").and_then(serde_json::Value::as_str).expect("a number");
    number.rsplit('-').next().and_then(|place| place.parse().ok()).expect("a place")
}

#[tokio::test]
async fn of_sixteen_who_issue_one_draft_one_does() {
    run(async |world| {
        let world = Arc::new(world);
        let id = world.draft(vec![line("1", 100, None)]).await.invoice.id;
        let results = at_once(&world, move |world, _| async move {
            world.invoices.issue(&world.acme.owner, id, Version::FIRST).await
        });
        let (issued, refused): (Vec<_>, Vec<_>) = results.await.into_iter().partition(Result::is_ok);
        assert_eq!(issued.len(), 1);
        for error in refused.into_iter().filter_map(Result::err) {
            assert!(matches!(error, Error::Stale { .. }), "{error:?}");
        }
        let next = world.issued_over(1).await.invoice.issue.expect("issued").number.running.get();
        assert_eq!(next, 2);
    })
    .await;
}

#[tokio::test]
async fn sixteen_payments_at_once_never_take_more_than_is_due() {
    run(async |world| {
        let world = Arc::new(world);
        let full = world.issued_over(1_000).await;
        let id = full.invoice.id;
        let results = at_once(&world, move |world, _| async move {
            world.invoices.pay(&world.acme.asha, id, cash(150)).await
        });
        let (paid, refused): (Vec<_>, Vec<_>) = results.await.into_iter().partition(Result::is_ok);
        assert_eq!(paid.len(), 6, "six times 150 fit into 1,000");
        for error in refused.into_iter().filter_map(Result::err) {
            assert!(matches!(error, Error::Refused(Refusal::Overpayment { .. })), "{error:?}");
        }
        let seen = world.get(&full).await.invoice;
        assert_eq!(
            (seen.life.status(), seen.balance().expect("issued").due()),
            (Status::PartiallyPaid, amount(100))
        );
    })
    .await;
}

#[tokio::test]
async fn payments_and_credits_at_once_keep_the_balance() {
    run(async |world| {
        let world = Arc::new(world);
        let full = world.issued_over(1_000).await;
        let id = full.invoice.id;
        let results = at_once(&world, move |world, caller| async move {
            if caller % 2 == 0 {
                return world.invoices.pay(&world.acme.asha, id, cash(150)).await.map(drop);
            }
            let lines = Some(vec![line("1", 150, None)]);
            let credit = WriteCreditNote { reason: "Returned".to_owned(), lines };
            world.invoices.write_credit_note(&world.acme.owner, id, credit).await.map(drop)
        });
        for error in results.await.into_iter().filter_map(Result::err) {
            assert!(
                matches!(error, Error::Refused(Refusal::Overpayment { .. } | Refusal::NotInvoiced)),
                "{error:?}"
            );
        }
        let balance = world.get(&full).await.invoice.balance().expect("issued");
        let sum = balance.due().minor() + balance.credited().minor() + balance.kept().minor();
        assert_eq!(sum - balance.refundable().minor(), 1_000);
        assert_eq!(balance.credited(), amount(900), "six notes of 150 fit into 1,000, whatever was paid");
    })
    .await;
}
