//! Jobs, events and reactions.

use std::time::{Duration, Instant};

use harness::{Call, Doing, Outcome, Process, until};
use serde_json::json;

use crate::estate::Estate;
use crate::figures::{Figure, Goal, median, rounded};
use crate::peers::Peers;

/// How long a fill of jobs may take to be done.
const PATIENCE: Duration = Duration::from_secs(300);
/// Fewer would be done before the worker runs at its full pace.
const JOBS: usize = 100_000;
const EVENTS: usize = 20_000;
const TICKETS: usize = 2_000;

/// No-op jobs beside BullMQ, and jobs that tell an event. Redis is emptied in the middle of the no-op jobs.
pub(crate) async fn jobs(estate: &mut Estate, peers: &Peers) -> Outcome<Vec<Figure>> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        ours.push(done(estate, "noop", JOBS, true).await?);
        theirs.push(peers.bullmq(estate.cluster.redis.url()).await?.process);
        eprintln!("  jobs: {:?}/s, BullMQ {:?}/s", ours.last(), theirs.last());
    }
    let told = done(estate, "tell", EVENTS, false).await?;
    let what = format!("{JOBS} no-op jobs from ready to done, Redis emptied meanwhile, beside BullMQ");
    Ok(vec![
        Figure::beside(&what, (median(ours), "/s"), (median(theirs), "/s"), Goal::AtLeast(1.5)),
        Figure::alone(
            "jobs that each append an event in the commit that ends them",
            format!("{} /s", rounded(told)),
        ),
    ])
}

/// Lets the worker do jobs; returns how many a second, from the bell to the last one done.
async fn done(estate: &mut Estate, act: &str, count: usize, wipes: bool) -> Outcome<f64> {
    estate.forget_done().await?;
    estate.jobs(act, count).await?;
    let cluster = &estate.cluster;
    let started = cluster.checker.now().await?;
    cluster.redis.ring("default").await?;
    if wipes {
        let half = (count / 2) as i64;
        let look = || async { Ok((estate.done_jobs().await? > half).then_some(())) };
        until(PATIENCE, "half of the jobs", look).await?;
        cluster.redis.wipe().await?;
    }
    cluster.checker.quiet(PATIENCE).await?;
    let ended = estate.last_done().await?;
    let failed = cluster.checker.jobs_in("dead").await?.len();
    if failed > 0 {
        return Err(format!("{failed} jobs of the bench are dead").into());
    }
    let seconds = (ended - started).as_seconds_f64();
    Ok(count as f64 / seconds)
}

/// Tickets assigned to colleagues while no worker runs; then how fast feeds and mailboxes have learnt of them.
pub(crate) async fn reactions(estate: &mut Estate) -> Outcome<Figure> {
    let tokens = estate.renew().await?;
    let colleagues = estate.colleagues(5).await?;
    let worker = estate.cluster.workers.first_mut().doing("a worker process")?;
    stop(worker).await?;
    estate.forget_done().await?;
    for number in 0..TICKETS {
        let mut pairs = tokens.iter().zip(&colleagues).cycle().skip(number % colleagues.len());
        let (token, colleague) = pairs.next().doing("a colleague")?;
        let form = json!({"title": format!("Toner {number}"), "assigneeId": colleague.user});
        let open = Call::post("/tickets", form).token(token);
        estate.cluster.client.send(&open).await?.with(201)?;
    }
    let started = Instant::now();
    estate.cluster.workers.first_mut().doing("a worker process")?.start()?;
    estate.cluster.checker.quiet(PATIENCE).await?;
    let seconds = started.elapsed().as_secs_f64();
    let jobs = estate.done_jobs().await? as f64;
    let figure =
        format!("{} jobs/s, {} tickets/s", rounded(jobs / seconds), rounded(TICKETS as f64 / seconds));
    Ok(Figure::alone("reactions to assigned tickets: feed and mail, worker started anew", figure))
}

/// Ends a process and waits until it has ended.
pub(crate) async fn stop(process: &mut Process) -> Outcome {
    process.signal(harness::Signal::Terminate).await?;
    process.ended(Duration::from_secs(30)).await.map(drop)
}
