//! Fault 2. Workers are killed while they print invoices and send mails, at any time and just before and after the mail
//! server says yes, and some are frozen for longer than their lease and go on as if nothing had been. Every mail is sent
//! under one Message-ID, every paper is kept once and whole, and what is changed is changed once.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::json;
use uuid::Uuid;

use super::findings::{Findings, p99};
use super::load::{self, Attempt, Load, Manner};
use super::papers::{self, Issuing};
use super::pickup::Pickup;
use super::scene::{QUIET, Scene};
use super::{Drill, Report, Run};
use crate::{Call, Doing, Manners, Moment, Outcome, Signal, Verdict};

const KILLS_A_ROUND: usize = 5;
const INVOICES_A_ROUND: usize = 20;

/// Organizations besides the first: the jobs of one are never with all workers at once.
const OTHERS: usize = 3;

/// The mail server thinks this long about the mails of a worker that is about to be frozen.
const HELD_UP: Duration = Duration::from_secs(3);

/// The mail server thinks this long, so that jobs are always in the middle of something.
const SLOW: Manners = Manners { delay: Duration::from_millis(300), verdict: Verdict::Take };

const MANNER: Manner =
    Manner { writers: 8, assigned: 100, abandoned: 0, repeated: 0, pause: Duration::from_millis(300) };

pub(super) async fn run(run: &Run) -> Outcome<Report> {
    Scene::play(run, Drill::WorkerKilled, "worker-killed", disturb).await
}

async fn disturb(run: &Run, scene: &mut Scene) -> Outcome<Report> {
    let (mut findings, kills) = (Findings::default(), run.rounds * KILLS_A_ROUND);
    scene.found(OTHERS).await?;
    scene.cluster.sink.behave(SLOW);
    let pickup = Pickup::start(scene.cluster.checker.clone());
    let issuing = Issuing::start(scene, run.rounds * INVOICES_A_ROUND).await?;
    let load = Load::start(scene, 0, MANNER)?;
    for _ in 0..kills {
        kill(scene, &pickup).await?;
    }
    let attempts = load.stop().await?;
    let issued = issuing.end().await?;
    let requeued = settle(scene).await?;
    let mut times = pickup.stop().await?;
    let mut zombies = 0;
    for number in 0..run.rounds.div_ceil(4) {
        zombies += freeze(scene, number).await?;
    }
    let (mails, repeats) = check_mails(scene, &attempts, &mut findings)?;
    let papers = papers::check(scene, issued, &mut findings).await?;
    let double = check_effects(scene, &mut findings).await?;
    if times.is_empty() && run.sabotage.is_none() {
        findings.add("no kill met a job");
    }
    let figures = format!(
        "{kills} kills, {zombies} jobs of zombies, {mails}, {papers}, {double} double effects, {repeats} raw repeats; \
         {requeued} dead by three kills and requeued; {} pickups, p99 {:.1} s",
        times.len(),
        p99(&mut times).as_secs_f64()
    );
    Ok(findings.report(Drill::WorkerKilled, figures))
}

/// At a random time, or just when a mail is on its way; then whoever sends it is among the killed.
async fn kill(scene: &mut Scene, pickup: &Pickup) -> Outcome {
    let mut moments = scene.cluster.sink.moments();
    tokio::time::sleep(scene.dice.time(Duration::from_millis(500), Duration::from_secs(2))).await;
    let moment = match scene.dice.below(4) {
        0 => Some(Moment::Received),
        1 => Some(Moment::Taken),
        _ => None,
    };
    let Some(moment) = moment else {
        let victim = scene.dice.below(scene.cluster.workers.len());
        scene.cluster.cut_worker(victim).await?;
        pickup.killed();
        return Ok(());
    };
    moments = moments.resubscribe();
    let comes = async { while moments.recv().await.is_ok_and(|seen| seen != moment) {} };
    // A queue that is empty for a moment is killed all the same.
    drop(tokio::time::timeout(Duration::from_secs(2), comes).await);
    for victim in 0..scene.cluster.workers.len() {
        scene.cluster.cut_worker(victim).await?;
    }
    pickup.killed();
    Ok(())
}

/// Makes zombies: both workers are frozen with mails on their way, a third one does their work, and then they go on
/// with what is no longer theirs. Returns how many jobs that were.
async fn freeze(scene: &mut Scene, number: usize) -> Outcome<usize> {
    let mut moments = scene.cluster.sink.moments();
    scene.cluster.sink.behave(Manners { delay: HELD_UP, verdict: Verdict::Take });
    let mut tickets = Vec::new();
    for team in scene.teams() {
        let title = load::title(&format!("zombie.{number}"), tickets.len());
        let form = json!({"title": title, "assigneeId": team.colleague.user});
        let call = Call::post("/tickets", form).token(&team.owner.access);
        tickets.push(scene.cluster.client.insist(&call, QUIET).await?.with(201)?);
    }
    for _ in &tickets {
        let received = async { while moments.recv().await.is_ok_and(|seen| seen != Moment::Received) {} };
        tokio::time::timeout(QUIET, received).await.doing("waiting for a mail")?;
    }
    signal_all(scene, Signal::Stop).await?;
    scene.cluster.sink.behave(Manners::default());
    let held = scene.cluster.checker.jobs_in("running").await?.len();
    let mut heir = scene.cluster.workers.first().doing("a worker")?.twin("worker-heir");
    heir.start()?;
    let taken_over = scene.cluster.checker.quiet(QUIET).await;
    signal_all(scene, Signal::Continue).await?;
    taken_over.doing("the heir of frozen workers")?;
    // They have their answers at once, and all the time they need to write them down.
    tokio::time::sleep(Duration::from_secs(1)).await;
    heir.kill().await?;
    Ok(held)
}

async fn signal_all(scene: &Scene, signal: Signal) -> Outcome {
    for worker in &scene.cluster.workers {
        worker.signal(signal).await?;
    }
    Ok(())
}

/// Waits for the end of all jobs. One that was in the hands of three killed workers is dead though nothing is wrong
/// with it: an operator lets it run again.
async fn settle(scene: &Scene) -> Outcome<usize> {
    let mut requeued = BTreeSet::<Uuid>::new();
    loop {
        scene.cluster.checker.quiet(QUIET).await?;
        let dead = scene.cluster.checker.jobs_in("dead").await?;
        if dead.is_empty() {
            return Ok(requeued.len());
        }
        for job in dead {
            let by_kills = job.crashes >= 3 && requeued.insert(job.id);
            if !by_kills {
                return Err(format!("a job is dead without three kills: {job:?}").into());
            }
            scene.requeue(&job).await?;
        }
    }
}

/// Each ticket that was made has one mail. Returns the figures and how often a mail came again.
fn check_mails(scene: &Scene, attempts: &[Attempt], findings: &mut Findings) -> Outcome<(String, usize)> {
    let complaints: Vec<_> = attempts.iter().filter_map(|attempt| attempt.complaint.as_ref()).collect();
    findings.none("requests were answered wrongly", &complaints);
    let came = load::mails_by_title(scene)?;
    let mut by_title: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (title, message) in &came {
        by_title.entry(title).or_default().insert(message);
    }
    let distinct: usize = by_title.values().map(BTreeSet::len).sum();
    let wanted =
        attempts.iter().filter(|attempt| attempt.acked.is_some()).map(|attempt| attempt.title.as_str());
    let lost: Vec<_> = wanted.clone().filter(|title| !by_title.contains_key(title)).collect();
    let twice: Vec<_> = by_title.iter().filter(|(_, ids)| ids.len() > 1).map(|(title, _)| title).collect();
    let total = wanted.count();
    let (lost, twice) = (findings.none("mails lost", &lost), findings.none("mails under two names", &twice));
    Ok((format!("{total} mails, {lost} lost, {twice} duplicate by Message-ID"), came.len() - distinct))
}

/// What a job changes is changed once, whoever else believed that he had it too.
async fn check_effects(scene: &Scene, findings: &mut Findings) -> Outcome<usize> {
    let checker = &scene.cluster.checker;
    let mut double = Vec::new();
    for organization in scene.teams().map(|team| team.owner.organization) {
        for kind in ["notifications.mail_sent", "notifications.notification_created"] {
            let events = checker.events(organization, kind).await?;
            let twice = events.iter().filter(|(_, count)| *count > 1);
            double.extend(twice.map(|(subject, count)| format!("{kind} x {count} of {subject}")));
        }
        if let Some(broken) = checker.chain(organization).await? {
            findings.add(broken);
        }
    }
    let unsent = checker.number("SELECT count(*) FROM email_messages WHERE state <> 'sent'").await?;
    findings.equal("mails that are not marked sent", unsent, 0);
    Ok(findings.none("effects took place twice", &double))
}
