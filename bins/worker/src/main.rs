//! The `worker` program: runs jobs and the timetable until it is told to stop. Settings come from the environment,
//! the same as the api's.

#![expect(clippy::print_stderr, reason = "a command line talks to the terminal")]

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use composition::{Adapters, Services, Worker};
use kernel::Env;
use platform::{Config, DatabaseChoice};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Failure = Box<dyn Error + Send + Sync>;

/// Mero Jugx: runs background jobs. Settings come from the environment; see `.env.example`.
#[derive(Parser)]
#[command(version, about)]
struct Cli {}

fn main() -> ExitCode {
    Cli::parse();
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                eprintln!("  because: {error}");
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

fn start() -> Result<(), Failure> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that hands the environment to the configuration"
    )]
    let config = Config::from_env(|name| std::env::var(name).ok())?;
    let _logs = composition::logs::start(&config, "mero-jugx-worker")?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(run(config))
}

async fn run(config: Config) -> Result<(), Failure> {
    if let DatabaseChoice::Sqlite { .. } = config.database {
        return Err("an embedded database belongs to the api process, which runs its own jobs: \
                    set DATABASE_URL to a PostgreSQL database"
            .into());
    }
    let adapters = Adapters::open(&config, Env::system()).await?;
    adapters.database.migrate().await?;
    let services = Services::build(&config, adapters).await?;
    let stop = CancellationToken::new();
    let watch = tokio::spawn(services.clone().keep_time(stop.clone()));
    let working = tokio::spawn(Worker::new(&config, &services).run(stop.clone()));
    tracing::info!(concurrency = config.worker_concurrency, "working");
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    stop.cancel();
    working.await?;
    watch.await?;
    services.close().await;
    tracing::info!("stopped");
    Ok(())
}
