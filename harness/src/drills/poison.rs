//! Fault 10. Jobs that take their worker down, panic or hang do not keep the others from being done; they end dead,
//! with what is known of why, and run again when an operator says so.

use std::time::{Duration, Instant};

use uuid::Uuid;

use super::findings::Findings;
use super::scene::Scene;
use super::{Drill, Report, Run};
use crate::checker::JobState;
use crate::{Doing, Outcome};

const GOOD_FOR_ONE_BAD: usize = 100;

/// A panic is no crash: the job is tried as often as any other that fails.
const PANICS: i64 = 5;

/// Three leases, three looks and three restarts fit in well.
const PATIENCE: Duration = Duration::from_secs(90);

pub(super) async fn run(run: &Run) -> Outcome<Report> {
    Scene::play(run, Drill::Poison, "poison", disturb).await
}

async fn disturb(run: &Run, scene: &mut Scene) -> Outcome<Report> {
    let mut findings = Findings::default();
    let (mut good, mut aborting) = (Vec::new(), Vec::new());
    for _ in 0..run.rounds {
        good.extend(scene.drill_jobs("noop", GOOD_FOR_ONE_BAD - 5).await?);
        good.extend(scene.drill_jobs("tell", 5).await?);
        aborting.extend(scene.drill_jobs("abort", 1).await?);
    }
    let told = run.rounds as i64 * 5;
    let hanging = scene.drill_jobs("hang", 1).await?;
    let panicking = scene.drill_jobs_of("panic", 1, PANICS).await?;
    scene.cluster.redis.ring("default").await?;

    let crashed = [aborting.clone(), hanging.clone()].concat();
    watch(scene, &good, &crashed, &hanging).await?;
    let done = check_good(scene, &good, told, &mut findings).await?;
    let crashes = check_crashed(scene, &crashed, &mut findings).await?;
    check_panicking(scene, &panicking, &mut findings).await?;
    let requeued = requeue(scene, &aborting, &mut findings).await?;
    let figures = format!(
        "{done} of {} good done, {} poison jobs, crashes per poison {crashes}, all dead with their errors, \
         {requeued} requeued and run",
        good.len(),
        crashed.len() + panicking.len(),
    );
    Ok(findings.report(Drill::Poison, figures))
}

/// Restarts what falls down, and kills the workers of a job that hangs, until every job has ended or time is over.
async fn watch(scene: &mut Scene, good: &[Uuid], bad: &[Uuid], hanging: &[Uuid]) -> Outcome {
    let all = [good, bad].concat();
    let (started, mut killed_at) = (Instant::now(), -1);
    while started.elapsed() < PATIENCE {
        scene.cluster.revive_workers()?;
        let jobs = scene.cluster.checker.jobs(&all).await?;
        if jobs.iter().all(JobState::has_ended) {
            break;
        }
        let (hung, others): (Vec<_>, Vec<_>) = jobs.iter().partition(|job| hanging.contains(&job.id));
        let crashes = hung.iter().map(|job| job.crashes).sum();
        let hangs = hung.iter().any(|job| job.state == "running") && others.iter().all(|job| job.has_ended());
        if hangs && crashes > killed_at {
            // An operator does not wait until its time is over.
            for worker in 0..scene.cluster.workers.len() {
                scene.cluster.cut_worker(worker).await?;
            }
            killed_at = crashes;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}

async fn check_good(scene: &Scene, good: &[Uuid], told: i64, findings: &mut Findings) -> Outcome<usize> {
    let jobs = scene.cluster.checker.jobs(good).await?;
    let undone: Vec<_> =
        jobs.iter().filter(|job| job.state != "done").map(|job| format!("{job:?}")).collect();
    findings.none("good jobs were not done", &undone);
    findings.equal("events of good jobs that tell one each", scene.told().await?, told);
    Ok(good.len() - undone.len())
}

async fn check_crashed(scene: &Scene, crashed: &[Uuid], findings: &mut Findings) -> Outcome<String> {
    let jobs = scene.cluster.checker.jobs(crashed).await?;
    for job in &jobs {
        if job.state != "dead" || job.crashes != 3 || job.errors == "[]" {
            findings.add(format!("poison is not dead by three crashes: {job:?}"));
        }
    }
    let (least, most) = (jobs.iter().map(|job| job.crashes).min(), jobs.iter().map(|job| job.crashes).max());
    let (least, most) = (least.doing("poison jobs")?, most.doing("poison jobs")?);
    Ok(if least == most { format!("= {most}") } else { format!("{least} to {most}") })
}

/// A panic is caught: the worker lives, and the job is tried again later, which is hurried here.
async fn check_panicking(scene: &mut Scene, panicking: &[Uuid], findings: &mut Findings) -> Outcome {
    let started = Instant::now();
    loop {
        scene.cluster.checker.hurry(panicking).await?;
        scene.cluster.redis.ring("default").await?;
        let jobs = scene.cluster.checker.jobs(panicking).await?;
        let dead = jobs.iter().filter(|job| job.state == "dead").count();
        if dead == panicking.len() {
            let told_why = jobs.iter().all(|job| job.errors.contains("the handler panicked: a drill"));
            if !told_why {
                findings.add(format!("a panic left no chain of errors: {jobs:?}"));
            }
            return Ok(());
        }
        if started.elapsed() > PATIENCE {
            findings.add(format!("a panicking job is not dead after its tries: {jobs:?}"));
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// A dead job runs again when an operator says so; this one takes a worker down once more.
async fn requeue(scene: &mut Scene, aborting: &[Uuid], findings: &mut Findings) -> Outcome<usize> {
    let jobs = scene.cluster.checker.jobs(aborting).await?;
    let Some(job) = jobs.iter().find(|job| job.state == "dead") else {
        findings.add("there is no dead job to requeue");
        return Ok(0);
    };
    scene.requeue(job).await?;
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        scene.cluster.revive_workers()?;
        let jobs = scene.cluster.checker.jobs(&[job.id]).await?;
        if jobs.iter().any(|job| job.state == "dead" && job.crashes == 3) {
            return Ok(1);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    findings.add("a requeued job did not run again");
    Ok(0)
}
