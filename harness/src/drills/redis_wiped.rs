//! Fault 3. Redis is emptied under load, and goes away and comes back empty. No job is lost, none takes effect twice,
//! and no ended session lives again.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use super::findings::{Findings, p99};
use super::load::{self, Attempt, Load, Manner};
use super::revoked::Revoked;
use super::scene::Scene;
use super::{Drill, Report, Run};
use crate::{Doing, Outcome, Person, until};

const WIPES_A_ROUND: usize = 3;

/// Jobs whose ring nobody heard.
const BACKLOG: usize = 50;

/// After this long a backlog that does not shrink will not.
const RECOVERY: Duration = Duration::from_secs(20);

/// The same for what people left behind, which may have to be tried again.
const SETTLED: Duration = Duration::from_secs(40);

/// What a recovery may take.
const PROMISED: Duration = Duration::from_secs(10);

const MANNER: Manner =
    Manner { writers: 8, assigned: 30, abandoned: 0, repeated: 0, pause: Duration::from_millis(150) };

pub(super) async fn run(run: &Run) -> Outcome<Report> {
    Scene::play(run, Drill::RedisWiped, "redis-wiped", disturb).await
}

async fn disturb(run: &Run, scene: &mut Scene) -> Outcome<Report> {
    let mut findings = Findings::default();
    let client = scene.cluster.client.clone();
    let person = Person::sign_up(&client, &scene.cluster.sink, &mut scene.dice).await?;
    let mut revoked = Revoked::start(person, client, scene.dice.of(2_000));
    let (wipes, restarts) = (run.rounds * WIPES_A_ROUND, run.rounds);
    let (mut attempts, mut times, mut told) = (Vec::new(), Vec::new(), 0);
    let (mut done, mut restarted) = (0, 0);
    for number in 0..wipes + restarts {
        let restarts_now = number % (WIPES_A_ROUND + 1) == WIPES_A_ROUND;
        done += 1;
        restarted += usize::from(restarts_now);
        revoked.end_one(scene.dice.below(scene.cluster.apis.len())).await?;
        let load = Load::start(scene, number, MANNER)?;
        told += scene.drill_jobs("tell", 5).await?.len();
        lose_everything(scene, restarts_now, &mut revoked).await?;
        attempts.extend(load.stop().await?);
        times.extend(settle(scene, &mut findings).await?);
        if times.len() <= number {
            // What is lost once stays lost; the rest would only wait for it.
            break;
        }
    }
    let (tries, accepted) = revoked.stop(&mut findings).await?;
    let lost = check(scene, &attempts, told as i64, &mut findings).await?;
    let figures = format!(
        "{done} wipes, {restarted} of them restarts, {} tickets, {lost}, backlog recovery p99 {:.1} s, \
         {accepted} of {tries} revoked accepted",
        attempts.len(),
        p99(&mut times).as_secs_f64()
    );
    Ok(findings.report(Drill::RedisWiped, figures))
}

/// Everything is done in the end, and then also what is put into a silent ledger. Returns how long the latter took.
async fn settle(scene: &mut Scene, findings: &mut Findings) -> Outcome<Option<Duration>> {
    match scene.cluster.checker.quiet(SETTLED).await {
        Ok(()) => recover(scene, findings).await,
        Err(failure) => {
            findings.add(format!("jobs lost with their ring: {failure}"));
            Ok(None)
        }
    }
}

/// In the middle of the load; a restart leaves everybody without Redis for a while, in which a session ends too.
async fn lose_everything(scene: &mut Scene, restart: bool, revoked: &mut Revoked) -> Outcome {
    let pause = scene.dice.time(Duration::from_millis(300), Duration::from_millis(900));
    tokio::time::sleep(pause).await;
    if !restart {
        scene.cluster.redis.wipe().await?;
        tokio::time::sleep(pause).await;
        return Ok(());
    }
    scene.cluster.redis.end().await?;
    revoked.end_one(0).await.doing("ending a session without Redis")?;
    tokio::time::sleep(scene.dice.time(Duration::from_millis(500), Duration::from_secs(2))).await;
    scene.cluster.redis.begin().await
}

/// Nobody else rings now: the jobs are found because workers look by themselves.
async fn recover(scene: &mut Scene, findings: &mut Findings) -> Outcome<Option<Duration>> {
    let jobs = scene.drill_jobs("noop", BACKLOG).await?;
    scene.cluster.redis.ring_unheard("default").await?;
    let (since, checker) = (Instant::now(), scene.cluster.checker.clone());
    let look = || async {
        let open = checker.jobs(&jobs).await?.iter().filter(|job| !job.has_ended()).count();
        Ok((open == 0).then_some(()))
    };
    if until(RECOVERY, "the backlog", look).await.is_err() {
        let jobs = checker.jobs(&jobs).await?;
        let open: Vec<_> = jobs.iter().filter(|job| !job.has_ended()).map(|job| job.id).collect();
        findings.none("jobs lost with their ring", &open);
        return Ok(None);
    }
    if since.elapsed() > PROMISED {
        findings.add(format!("a backlog took {:.1} s", since.elapsed().as_secs_f64()));
    }
    Ok(Some(since.elapsed()))
}

async fn check(scene: &Scene, attempts: &[Attempt], told: i64, findings: &mut Findings) -> Outcome<String> {
    let complaints: Vec<_> = attempts.iter().filter_map(|attempt| attempt.complaint.as_ref()).collect();
    findings.none("requests were answered wrongly", &complaints);
    let dead: Vec<_> = scene.cluster.checker.jobs_in("dead").await?;
    let dead: Vec<_> = dead.iter().map(|job| format!("{} {}", job.kind, job.errors)).collect();
    let mut lost = findings.none("jobs dead", &dead);

    let came = load::mails_by_title(scene)?;
    let mut by_title: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (title, message) in &came {
        by_title.entry(title).or_default().insert(message);
    }
    let rows = scene.cluster.checker.tickets(scene.organization()).await?;
    let assigned = rows.iter().filter(|row| row.is_assigned).map(|row| row.title.as_str());
    let unsent: Vec<_> = assigned.filter(|title| !by_title.contains_key(title)).collect();
    lost += findings.none("mails lost", &unsent);
    let twice: Vec<_> = by_title.iter().filter(|(_, ids)| ids.len() > 1).map(|(title, _)| title).collect();
    let mut double = findings.none("mails sent twice", &twice);

    let events = scene.told().await?;
    findings.equal("events of drills that tell one each", events, told);
    double += usize::try_from(events - told).unwrap_or(0);
    lost += usize::try_from(told - events).unwrap_or(0);
    Ok(format!("{lost} jobs lost, {double} duplicate effects"))
}
