//! What a worker process is made of; in embedded mode the api starts the same.

use std::sync::Arc;

use chrono::TimeDelta;
use database::jobs::{self, Appetite, next_due};
use kernel::Queue;
use platform::Config;
use tokio_util::sync::CancellationToken;

use crate::jobs::{Play, job_error};
use crate::{Done, Handler, JobError, Runner, RunnerSettings, Services, schedule};

/// Jobs and timetable of one process.
pub struct Worker {
    runner: Runner,
    database: database::Database,
}

impl Worker {
    /// A worker of these services.
    pub fn new(config: &Config, services: &Services) -> Self {
        let settings = RunnerSettings::new(config.worker_concurrency, config.lease);
        let handler = Arc::new(Play::new(services.clone()));
        let database = services.database.clone();
        let runner = Runner::new(database.clone(), services.bell.clone(), handler, settings);
        Self { runner, database }
    }

    /// Works until it is told to stop, then ends what runs.
    pub async fn run(self, stop: CancellationToken) {
        let schedule = tokio::spawn(schedule::run(self.database, stop.clone()));
        self.runner.run(stop).await;
        if let Err(error) = schedule.await {
            tracing::error!(%error, "the timetable stopped early");
        }
    }
}

/// How many jobs are taken at a time when nobody else works.
const HANDFUL: u64 = 50;

/// Does what is due and what follows from it, one job after the other, and ends with the first that fails.
pub async fn catch_up(services: &Services) -> Result<(), JobError> {
    let (database, play) = (&services.database, Play::new(services.clone()));
    while next_due(database).await.map_err(job_error)?.is_some_and(|due| due <= database.env().now()) {
        let mut claimed = Vec::new();
        for queue in Queue::ALL {
            let appetite =
                Appetite { batch: HANDFUL, per_organization: HANDFUL, lease: TimeDelta::minutes(5) };
            claimed.extend(jobs::claim(database, queue, appetite).await.map_err(job_error)?);
        }
        if claimed.is_empty() {
            break;
        }
        for job in claimed {
            if play.handle(&job).await? == Done::Unmarked {
                jobs::finish(database, &[job.lease]).await.map_err(job_error)?;
            }
        }
    }
    Ok(())
}
