//! What a worker process is made of; in embedded mode the api starts the same.

use std::sync::Arc;

use platform::Config;
use tokio_util::sync::CancellationToken;

use crate::jobs::Play;
use crate::{Runner, RunnerSettings, Services, schedule};

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
