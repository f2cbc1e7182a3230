//! Fault 2. Workers are killed while they send mails, at any time and just before and after the mail server says yes,
//! and some are frozen for longer than their lease and go on as if nothing had been. Every mail is sent under one
//! Message-ID, and what it changes is changed once.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use uuid::Uuid;

use super::findings::{Findings, p99};
use super::load::{self, Attempt, Load, Manner};
use super::pickup::Pickup;
use super::scene::{QUIET, Scene};
use super::{Drill, Report, Run};
use crate::{Doing, Manners, Moment, Outcome, Signal, Verdict};

const KILLS_A_ROUND: usize = 5;

/// Long enough for another worker to have taken over: lease, look for it, pause, look unrung.
const FROZEN: Duration = Duration::from_secs(8);

/// The mail server thinks this long, so that jobs are always in the middle of something.
const SLOW: Manners = Manners { delay: Duration::from_millis(150), verdict: Verdict::Take };

const MANNER: Manner =
    Manner { writers: 6, assigned: 100, abandoned: 0, repeated: 0, pause: Duration::from_millis(300) };

pub(super) async fn run(run: &Run) -> Outcome<Report> {
    Scene::play(run, Drill::WorkerKilled, "worker-killed", disturb).await
}

async fn disturb(run: &Run, scene: &mut Scene) -> Outcome<Report> {
    let (mut findings, kills, zombies) =
        (Findings::default(), run.rounds * KILLS_A_ROUND, run.rounds.div_ceil(4));
    scene.cluster.sink.behave(SLOW);
    let pickup = Pickup::start(scene.cluster.checker.clone());
    let load = Load::start(scene, 0, MANNER)?;
    for _ in 0..kills {
        kill(scene, &pickup).await?;
    }
    for _ in 0..zombies {
        freeze(scene).await?;
    }
    let attempts = load.stop().await?;
    let requeued = settle(scene).await?;
    let mut times = pickup.stop().await?;
    let (mails, repeats) = check_mails(scene, &attempts, &mut findings)?;
    let double = check_effects(scene, &mut findings).await?;
    if times.is_empty() {
        findings.add("no kill met a job");
    }
    let figures = format!(
        "{kills} kills, {zombies} zombies, {mails}, {double} double effects, {repeats} raw repeats; \
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

/// Makes a zombie: it goes on with jobs that meanwhile belong to another.
async fn freeze(scene: &mut Scene) -> Outcome {
    let mut moments = scene.cluster.sink.moments();
    let received = async { while moments.recv().await.is_ok_and(|seen| seen != Moment::Received) {} };
    tokio::time::timeout(Duration::from_secs(10), received).await.doing("waiting for a mail")?;
    let number = scene.dice.below(scene.cluster.workers.len());
    let worker = scene.cluster.workers.get(number).doing("a worker")?;
    worker.signal(Signal::Stop).await?;
    tokio::time::sleep(FROZEN).await;
    worker.signal(Signal::Continue).await
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
            scene.requeue(job.id).await?;
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
    for kind in ["notifications.mail_sent", "notifications.notification_created"] {
        for (subject, count) in checker.events(scene.organization(), kind).await? {
            if count > 1 {
                double.push(format!("{kind} x {count} of {subject}"));
            }
        }
    }
    let unsent = checker.number("SELECT count(*) FROM email_messages WHERE state <> 'sent'").await?;
    findings.equal("mails that are not marked sent", unsent, 0);
    if let Some(broken) = checker.chain(scene.organization()).await? {
        findings.add(broken);
    }
    Ok(findings.none("effects took place twice", &double))
}
