//! Fault 17. However often a payment is sent, by the same request or by another, and whoever dies meanwhile: it is
//! booked once.

use std::collections::HashSet;
use std::time::Duration;

use tokio::task::JoinSet;
use uuid::Uuid;

use super::findings::Findings;
use super::office::{Office, PATIENCE, TOTAL, is_done};
use super::scene::Scene;
use super::{Drill, Report, Run};
use crate::checker::BookedRow;
use crate::{Answer, Call, Outcome};

const INVOICES_A_ROUND: usize = 25;
/// The same request under the same key, at once, over all processes.
const COPIES: usize = 16;

pub(super) async fn run(run: &Run) -> Outcome<Report> {
    Scene::play(run, Drill::PaidTwice, "paid-twice", disturb).await
}

async fn disturb(run: &Run, scene: &mut Scene) -> Outcome<Report> {
    let mut findings = Findings::default();
    let office = Office::open(scene).await?;
    let invoices = office.drafts(scene, run.rounds * INVOICES_A_ROUND).await?;
    for invoice in &invoices {
        let key = scene.dice.id();
        office.client.insist(&office.issue(*invoice, key), PATIENCE).await?.with(200)?;
    }
    let mut kills = 0;
    for (number, invoice) in invoices.iter().enumerate() {
        let paying = Paying::start(scene, &office, *invoice);
        // Every other payment loses a process in the middle.
        if number % 2 == 0 {
            let pause = scene.dice.time(Duration::ZERO, Duration::from_millis(60));
            tokio::time::sleep(pause).await;
            let victim = scene.dice.below(scene.cluster.apis.len());
            scene.cluster.cut_api(victim).await?;
            kills += 1;
        }
        findings.none("payments were answered wrongly", &paying.end().await?);
    }
    let rows = scene.cluster.checker.bookings(scene.organization()).await?;
    findings.equal("invoices with payments", rows.len() as i64, invoices.len() as i64);
    let is_wrong = |row: &&BookedRow| (row.payments, row.booked, row.paid, row.told) != (1, TOTAL, TOTAL, 1);
    let wrong: Vec<_> = rows.iter().filter(is_wrong).map(|row| format!("{row:?}")).collect();
    let doubles = findings.none("invoices are not paid exactly once", &wrong);
    let figures = format!(
        "{kills} kills, {} payments x {COPIES} and once under another key, {} booked, {doubles} doubles",
        invoices.len(),
        rows.iter().map(|row| row.payments).sum::<i64>()
    );
    Ok(findings.report(Drill::PaidTwice, figures))
}

/// One payment on its way many times.
struct Paying {
    copies: JoinSet<Outcome<Answer>>,
    other: JoinSet<Outcome<Answer>>,
}

impl Paying {
    fn start(scene: &mut Scene, office: &Office, invoice: Uuid) -> Self {
        let (call, another) = (office.pay(invoice, scene.dice.id()), office.pay(invoice, scene.dice.id()));
        let mut paying = Self { copies: JoinSet::new(), other: JoinSet::new() };
        for lane in 0..COPIES {
            paying.copies.spawn(sent(office.clone(), call.clone().first_at(lane)));
        }
        paying.other.spawn(sent(office.clone(), another));
        paying
    }

    /// Either all copies paid, as one and the same payment, or the other request did.
    async fn end(self) -> Outcome<Vec<String>> {
        let copies = self.copies.join_all().await.into_iter().collect::<Outcome<Vec<_>>>()?;
        let others = self.other.join_all().await.into_iter().collect::<Outcome<Vec<_>>>()?;
        let payments = copies.iter().filter(|copy| copy.status == 201).map(|copy| copy.id("/id"));
        let payments = payments.collect::<Outcome<HashSet<_>>>()?;
        let did = |answers: &[Answer]| answers.iter().filter(|answer| is_done(answer)).count();
        let is_one = match did(&copies) {
            COPIES => did(&others) == 0,
            0 => did(&others) == 1,
            _ => false,
        };
        let refused = copies.iter().chain(&others).filter(|answer| !is_done(answer));
        if is_one
            && payments.len() <= 1
            && refused.into_iter().all(|answer| matches!(answer.status, 409 | 422))
        {
            return Ok(Vec::new());
        }
        let told: Vec<_> = copies.iter().chain(&others).map(ToString::to_string).collect();
        Ok(vec![told.join(" and ")])
    }
}

async fn sent(office: Office, call: Call) -> Outcome<Answer> {
    office.client.insist(&call, PATIENCE).await
}
