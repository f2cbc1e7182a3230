//! Fault 16. Whatever dies while invoices are issued: their numbers are 1, 2, 3 without a gap, each once, in the order
//! in which they were committed; and whoever was told a number keeps it.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::findings::Findings;
use super::office::{Office, PATIENCE, is_done};
use super::scene::Scene;
use super::{Drill, Report, Run};
use crate::checker::InvoiceRow;
use crate::ledger::Acked;
use crate::{Answer, Dice, Ledger, Outcome};

const INVOICES_A_ROUND: usize = 200;
const CLERKS: usize = 16;
/// How many of a hundred drafts are issued by two clerks at once, through two processes; one of them has to fail.
const RACED: usize = 20;
/// The longest time a clerk takes to the next draft.
const PAUSE: Duration = Duration::from_millis(900);
const KILLS_A_ROUND: usize = 4;

pub(super) async fn run(run: &Run) -> Outcome<Report> {
    Scene::play(run, Drill::Numbering, "numbering", disturb).await
}

async fn disturb(run: &Run, scene: &mut Scene) -> Outcome<Report> {
    let mut findings = Findings::default();
    let office = Office::open(scene).await?;
    let drafts = office.drafts(scene, run.rounds * INVOICES_A_ROUND).await?;
    let ledger = Ledger::create(&scene.cluster.place().folder().join("numbers.jsonl"))?;
    let started = Instant::now();
    let kills = run.rounds * KILLS_A_ROUND;
    let (killed, gate) = watch::channel(0);
    let mut clerks = JoinSet::new();
    for (lane, share) in drafts.chunks(drafts.len().div_ceil(CLERKS)).enumerate() {
        let clerk =
            Clerk { office: office.clone(), dice: scene.dice.of(lane as u64), ledger: ledger.clone() };
        clerks.spawn(clerk.issue(share.to_vec(), Gate { kills, killed: gate.clone() }));
    }
    for kill in 1..=kills {
        tokio::time::sleep(scene.dice.time(Duration::from_millis(100), Duration::from_millis(800))).await;
        let victim = scene.dice.below(scene.cluster.apis.len());
        scene.cluster.cut_api(victim).await?;
        killed.send_replace(kill);
    }
    for complaints in clerks.join_all().await {
        findings.none("drafts were answered wrongly", &complaints?);
    }
    let rate = drafts.len() as f64 / started.elapsed().as_secs_f64();

    let rows = scene.cluster.checker.issued_invoices(scene.organization()).await?;
    findings.equal("invoices issued", rows.len() as i64, drafts.len() as i64);
    let gaps = findings.none("numbers are missing or out of order", &gaps(&rows));
    let twice = findings.none("invoices were issued more than once", &twice(&rows));
    findings.none("acknowledged numbers are others now", &changed(&ledger.read()?, &rows));
    let chain = scene.cluster.checker.chain(scene.organization()).await?;
    findings.none("links of the event log are broken", chain.as_slice());
    let figures = format!(
        "{kills} kills, {} invoices by {CLERKS} clerks, {gaps} gaps, {twice} duplicates, in commit order, {rate:.0}/s",
        rows.len()
    );
    Ok(findings.report(Drill::Numbering, figures))
}

/// Lets a clerk at each of his shares only when its kill is at hand, however fast he is and however slow the kills are.
struct Gate {
    kills: usize,
    killed: watch::Receiver<usize>,
}

impl Gate {
    async fn pass(&mut self, done: usize, all: usize) -> Outcome {
        let due = done * (self.kills + 1) / all;
        self.killed.wait_for(|killed| *killed >= due).await?;
        Ok(())
    }
}

struct Clerk {
    office: Office,
    dice: Dice,
    ledger: Ledger,
}

impl Clerk {
    /// Issues drafts; returns what was wrong with the answers.
    async fn issue(mut self, drafts: Vec<Uuid>, mut gate: Gate) -> Outcome<Vec<String>> {
        let mut complaints = Vec::new();
        for (done, draft) in drafts.iter().copied().enumerate() {
            gate.pass(done, drafts.len()).await?;
            let answers =
                if self.dice.percent(RACED) { self.race(draft).await? } else { vec![self.one(draft).await?] };
            let (done, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| is_done(answer));
            // Who came second sees that the draft is none any more, or that its version is another.
            let is_right = done.len() == 1 && refused.iter().all(|answer| matches!(answer.status, 409 | 412));
            if !is_right {
                let answers: Vec<_> = answers.iter().map(ToString::to_string).collect();
                complaints.push(format!("{draft}: {}", answers.join(" and ")));
            }
            for answer in done.into_iter().filter(|answer| answer.status == 200) {
                let title = answer.text("/number")?;
                self.ledger.append(&Acked { key: draft, id: draft, title }).await?;
            }
            tokio::time::sleep(self.dice.time(Duration::ZERO, PAUSE)).await;
        }
        Ok(complaints)
    }

    async fn one(&mut self, draft: Uuid) -> Outcome<Answer> {
        let call = self.office.issue(draft, self.dice.id()).first_at(self.dice.below(2));
        self.office.client.insist(&call, PATIENCE).await
    }

    async fn race(&mut self, draft: Uuid) -> Outcome<Vec<Answer>> {
        let calls = [0, 1].map(|lane| self.office.issue(draft, self.dice.id()).first_at(lane));
        let [first, second] = &calls;
        let client = &self.office.client;
        let (first, second) =
            tokio::try_join!(client.insist(first, PATIENCE), client.insist(second, PATIENCE))?;
        Ok(vec![first, second])
    }
}

/// By the place of their events in the log: each number is the one before plus one.
fn gaps(rows: &[InvoiceRow]) -> Vec<String> {
    let mut last: HashMap<&str, i64> = HashMap::new();
    let mut found = Vec::new();
    for row in rows {
        let before = last.insert(&row.series, row.running).unwrap_or(0);
        if row.running != before + 1 {
            found.push(format!("{} {} after {before}", row.series, row.running));
        }
    }
    found
}

fn twice(rows: &[InvoiceRow]) -> Vec<String> {
    rows.iter().filter(|row| row.told != 1).map(|row| format!("{row:?}")).collect()
}

fn changed(acked: &[Acked], rows: &[InvoiceRow]) -> Vec<String> {
    let numbers: HashMap<_, _> = rows.iter().map(|row| (row.id, row.number.as_str())).collect();
    let is_kept = |acked: &&Acked| numbers.get(&acked.id) == Some(&acked.title.as_str());
    acked.iter().filter(|acked| !is_kept(acked)).map(|acked| acked.title.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(series: &str, running: i64) -> InvoiceRow {
        let number = format!("{series}-{running}");
        InvoiceRow { id: Uuid::from_u128(1), series: series.to_owned(), running, number, told: 1 }
    }

    #[test]
    fn numbers_count_up_within_their_series() {
        assert_eq!(gaps(&[row("A", 1), row("B", 1), row("A", 2)]), Vec::<String>::new());
        assert_eq!(gaps(&[row("A", 1), row("A", 3)]), ["A 3 after 1"]);
        assert_eq!(gaps(&[row("A", 2), row("A", 1)]).len(), 2);
        assert_eq!(gaps(&[row("A", 1), row("A", 1)]), ["A 1 after 1"]);
    }

    #[test]
    fn an_acknowledged_number_is_looked_for_at_its_invoice() {
        let acked = |title: &str| Acked { key: Uuid::nil(), id: Uuid::from_u128(1), title: title.to_owned() };
        assert_eq!(changed(&[acked("A-1")], &[row("A", 1)]), Vec::<String>::new());
        assert_eq!(changed(&[acked("A-2")], &[row("A", 1)]), ["A-2"]);
        assert_eq!(changed(&[acked("A-1")], &[]), ["A-1"]);
    }
}
