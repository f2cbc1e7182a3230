//! Fault 1. Whatever an api process acknowledged is there with all its side rows; whatever it did not is there wholly
//! or not at all; and the same request sent again makes nothing twice.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use super::findings::Findings;
use super::load::{Attempt, Load, Manner};
use super::refreshers::{Refreshers, steal};
use super::scene::{QUIET, Scene};
use super::{Drill, Report, Run};
use crate::Outcome;
use crate::checker::TicketRow;
use crate::ledger::Acked;

const KILLS_A_ROUND: usize = 5;

const MANNER: Manner =
    Manner { writers: 24, assigned: 5, abandoned: 10, repeated: 5, pause: Duration::from_millis(60) };

pub(super) async fn run(run: &Run) -> Outcome<Report> {
    Scene::play(run, Drill::ApiKilled, "api-killed", disturb).await
}

async fn disturb(run: &Run, scene: &mut Scene) -> Outcome<Report> {
    let (mut findings, kills) = (Findings::default(), run.rounds * KILLS_A_ROUND);
    let refreshers = Refreshers::start(scene, 3).await?;
    let load = Load::start(scene, 0, MANNER)?;
    for _ in 0..kills {
        let pause = scene.dice.time(Duration::from_millis(500), Duration::from_secs(2));
        tokio::time::sleep(pause).await;
        let victim = scene.dice.below(scene.cluster.apis.len());
        scene.cluster.cut_api(victim).await?;
    }
    let ledger = load.ledger.clone();
    let attempts = load.stop().await?;
    let rotations = refreshers.stop(&mut findings).await?;
    steal(scene, 2 + run.rounds, &mut findings).await?;
    scene.cluster.checker.quiet(QUIET).await?;

    let rows = scene.cluster.checker.tickets(scene.organization()).await?;
    let acked = ledger.read()?;
    let complaints: Vec<_> = attempts.iter().filter_map(|attempt| attempt.complaint.as_ref()).collect();
    findings.none("requests were answered wrongly", &complaints);
    let lost = findings.none("acknowledged tickets lost", &lost(&acked, &rows));
    let partial = findings.none("tickets kept in part", &partial(scene, &rows).await?);
    let duplicate = findings.none("tickets kept twice", &duplicate(&attempts, &rows));
    if acked.len() < kills {
        findings.add(format!("only {} requests were acknowledged between {kills} kills", acked.len()));
    }
    let figures = format!(
        "{kills} kills, {} acked, {lost} lost, {partial} partial, {duplicate} duplicate; {rotations} refreshes x 4",
        acked.len()
    );
    Ok(findings.report(Drill::ApiKilled, figures))
}

fn lost(acked: &[Acked], rows: &[TicketRow]) -> Vec<String> {
    let there: HashMap<_, _> = rows.iter().map(|row| (row.id, row)).collect();
    let is_kept = |acked: &Acked| there.get(&acked.id).is_some_and(|row| row.title == acked.title);
    acked.iter().filter(|acked| !is_kept(acked)).map(|acked| acked.title.clone()).collect()
}

/// One transaction makes the ticket, its number, its event, its key and the job that tells the assignee.
async fn partial(scene: &Scene, rows: &[TicketRow]) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    for (expected, row) in (1..).zip(rows) {
        let whole = row.created_events == 1 && row.keys == 1 && (!row.is_assigned || row.jobs > 0);
        if !whole || row.number != expected {
            found.push(format!("{row:?}"));
        }
    }
    let dangling = scene.cluster.checker.dangling(scene.organization()).await?;
    if dangling > 0 {
        found.push(format!("{dangling} events or keys without their ticket"));
    }
    found.extend(scene.cluster.checker.chain(scene.organization()).await?);
    Ok(found)
}

/// Each title was asked for once, under one key.
fn duplicate(attempts: &[Attempt], rows: &[TicketRow]) -> Vec<String> {
    let mut by_title: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        *by_title.entry(&row.title).or_default() += 1;
    }
    let wanted: BTreeMap<&str, _> =
        attempts.iter().map(|attempt| (attempt.title.as_str(), attempt.key)).collect();
    let is_wrong = |(title, count): &(&str, usize)| *count > 1 || !wanted.contains_key(title);
    by_title.into_iter().filter(is_wrong).map(|(title, count)| format!("{title} x {count}")).collect()
}
