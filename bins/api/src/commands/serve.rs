//! Serves the API until it is told to stop, and stops without losing a request.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web::ServiceConfig;
use api::{Frame, Metrics};
use composition::{Adapters, Services, Worker};
use kernel::Env;
use platform::{Config, DatabaseChoice};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::Failure;
use super::seed::{self, Demo, Planted};
use crate::dev::{self, Dev};

/// How long load balancers have to notice that this process takes no more work.
const NOTICE: Duration = Duration::from_secs(3);

/// After this long the process ends, whatever still runs.
const HARD_STOP: Duration = Duration::from_secs(25);

/// Serves.
pub(crate) async fn run(config: Config, dev: bool) -> Result<(), Failure> {
    if dev && !config.is_loopback() {
        return Err("--dev shows secrets: MERO_BIND and MERO_PUBLIC_URL must be loopback addresses".into());
    }
    let metrics = Metrics::install()?;
    let adapters = Adapters::open(&config, Env::system()).await?;
    adapters.database.migrate().await?;
    let services = Services::build(&config, adapters).await?;
    let frame = api::frame(&config, &services)?;
    let dev = if dev { Some(prepare_dev(&config, &services).await?) } else { None };

    let stop = CancellationToken::new();
    let worker = worker(&config, &services, &stop);
    let watch = actix_web::rt::spawn(services.clone().keep_time(stop.clone()));
    let upkeep = actix_web::rt::spawn(upkeep(metrics.clone(), stop.clone()));
    let figures = config.metrics_bind.map(|bind| api::serve_metrics(metrics, TcpListener::bind(bind)?));
    let figures = figures.transpose()?.map(actix_web::rt::spawn);

    let listener = TcpListener::bind(config.bind)?;
    tracing::info!(address = %config.bind, url = %config.public_url, "serving");
    let server = api::serve(frame.clone(), listener, routes(&services, dev.clone()))?;
    let handle = server.handle();
    let serving = actix_web::rt::spawn(server);

    wait_for_signal().await?;
    drain(&frame, &handle, if dev.is_some() { Duration::ZERO } else { NOTICE }).await;
    stop.cancel();
    if let Some(worker) = worker {
        worker.await?;
    }
    watch.await?;
    upkeep.await?;
    if let Some(figures) = figures {
        figures.abort();
    }
    serving.await??;
    services.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// What the handlers need, and under `--dev` its pages.
fn routes(
    services: &Services,
    dev: Option<Arc<Dev>>,
) -> impl Fn(&mut ServiceConfig) + Clone + Send + 'static {
    let routes = api::routes(services);
    move |app| {
        routes(app);
        if let Some(dev) = &dev {
            dev::register(dev, app);
        }
    }
}

/// Demo data, once, and the pages that show it. Says where everything is.
async fn prepare_dev(config: &Config, services: &Services) -> Result<Arc<Dev>, Failure> {
    let demo = Demo::read()?;
    let url = config.public_url.as_str().trim_end_matches('/');
    println!("\n  Mero Jugx, development mode\n");
    for (what, path) in [("Web app", "/"), ("API documents", "/api/docs"), ("Demo accounts", "/dev/accounts")]
    {
        println!("    {what:<15} {url}{path}");
    }
    println!("    {:<15} {url}/dev/mail\n", "Mailbox");
    match seed::plant(services, &demo).await? {
        Planted::Now | Planted::Before => println!("{}", seed::accounts(&demo)),
        Planted::Inhabited => println!("  No demo data: people of your own live in this database.\n"),
    }
    Ok(Dev::new(config, services, demo))
}

/// Jobs run inside this process where no other can reach its database or its bell.
fn worker(
    config: &Config,
    services: &Services,
    stop: &CancellationToken,
) -> Option<actix_web::rt::task::JoinHandle<()>> {
    let alone = config.redis.is_none() || matches!(config.database, DatabaseChoice::Sqlite { .. });
    alone.then(|| actix_web::rt::spawn(Worker::new(config, services).run(stop.clone())))
}

async fn upkeep(metrics: Metrics, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(5)) => metrics.upkeep(),
        }
    }
}

async fn wait_for_signal() -> std::io::Result<()> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// First says that it is no longer ready, then takes no more, then waits for what runs.
async fn drain(frame: &Arc<Frame>, handle: &ServerHandle, notice: Duration) {
    tracing::info!("stopping: no longer ready");
    frame.drain();
    std::thread::spawn(|| {
        std::thread::sleep(HARD_STOP);
        tracing::error!("not stopped in time");
        std::process::exit(1);
    });
    tokio::time::sleep(notice).await;
    handle.stop(true).await;
}
