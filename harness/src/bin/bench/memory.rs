//! What an api process holds while nobody asks it anything.

use std::time::Duration;

use harness::{Doing, Outcome};

use crate::estate::Estate;
use crate::figures::{Figure, Goal};

const GOAL_MB: f64 = 60.0;

/// Resident memory some seconds after a start.
pub(crate) async fn idle(estate: &mut Estate) -> Outcome<Figure> {
    estate.cluster.cut_api(0).await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let resident = resident(estate.cluster.apis.first().and_then(harness::Process::id).doing("a process")?)?;
    Ok(Figure::beside("memory of an idle api process", (resident, "MB"), (GOAL_MB, "MB"), Goal::AtMost(1.0)))
}

/// What a process holds now, in megabytes.
pub(crate) fn resident(process: u32) -> Outcome<f64> {
    status(process, "VmRSS:")
}

/// The most it ever held.
pub(crate) fn highest(process: u32) -> Outcome<f64> {
    status(process, "VmHWM:")
}

fn status(process: u32, name: &str) -> Outcome<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)).doing(name)?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes / 1_024.0)
}
