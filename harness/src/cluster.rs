//! The programs on servers of their own: started, disturbed and ended together.

mod embedded;
mod settings;

use std::time::Duration;

use sqlx::PgPool;

use crate::{
    Call, Checker, Client, Doing, Outcome, OwnDatabase, Place, Process, Redis, Sink, port, programs, until,
};

pub use embedded::Embedded;
use settings::Settings;

/// How long a process may take until it is ready, on a machine that does many other things.
const READY: Duration = Duration::from_secs(60);

/// What a cluster is made of.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What the folder of its logs is called.
    pub name: &'static str,
    pub apis: usize,
    pub workers: usize,
    /// A PostgreSQL server on which databases may be made.
    pub database: String,
    /// A Redis that runs already; one of our own if absent.
    pub redis: Option<String>,
    /// Variables besides the usual ones.
    pub settings: Vec<(&'static str, String)>,
}

/// Several api and worker processes on one PostgreSQL database, one Redis and one SMTP server.
///
/// Whatever it started ends with it, the database included.
#[derive(Debug)]
pub struct Cluster {
    pub apis: Vec<Process>,
    pub workers: Vec<Process>,
    pub redis: Redis,
    pub sink: Sink,
    /// Speaks with every api process.
    pub client: Client,
    pub checker: Checker,
    pub pool: PgPool,
    /// After everything that uses them, because fields are dropped in order.
    database: OwnDatabase,
    place: Place,
}

impl Cluster {
    /// Starts everything and waits until the api processes are ready.
    pub async fn start(plan: &Plan) -> Outcome<Self> {
        let place = Place::new(plan.name)?;
        let database = OwnDatabase::create(&plan.database).await?;
        let sink = Sink::start().await?;
        let redis = match &plan.redis {
            Some(url) => Redis::given(url),
            None => Redis::start(place.folder()).await?,
        };
        let ports = (0..plan.apis).map(|_| port::free()).collect::<Outcome<Vec<_>>>()?;
        let settings = Settings {
            folder: place.folder(),
            first_port: *ports.first().doing("an api process in the plan")?,
            smtp: sink.url(),
            database: Some(database.url()),
            redis: Some(redis.url().to_owned()),
            more: &plan.settings,
        };
        let apis = ports.iter().enumerate().map(|(at, port)| settings.api(at + 1, *port));
        let workers = (1..=plan.workers).map(|number| settings.worker(number));
        let bases = ports.iter().map(|port| format!("http://127.0.0.1:{port}"));
        let pool = database.pool().await?;
        let mut cluster = Self {
            apis: apis.collect::<Outcome<_>>()?,
            workers: workers.collect::<Outcome<_>>()?,
            client: Client::new(bases.collect())?,
            checker: Checker::new(pool.clone()),
            redis,
            sink,
            pool,
            database,
            place,
        };
        cluster.begin().await?;
        Ok(cluster)
    }

    async fn begin(&mut self) -> Outcome {
        for process in self.apis.iter_mut().chain(&mut self.workers) {
            process.start()?;
        }
        for number in 0..self.apis.len() {
            self.api_ready(number).await?;
        }
        Ok(())
    }

    /// Waits until an api process, counted from 0, says that it is ready.
    pub async fn api_ready(&mut self, number: usize) -> Outcome {
        let client = self.client.only(number);
        let api = self.apis.get_mut(number).doing("an api process")?;
        ready(api, &client).await
    }

    /// Ends an api process as a power cut would, and starts it again at once.
    pub async fn cut_api(&mut self, number: usize) -> Outcome {
        let api = self.apis.get_mut(number).doing("an api process")?;
        api.kill().await?;
        api.start()?;
        self.api_ready(number).await
    }

    /// Ends a worker process as a power cut would, and starts it again at once.
    pub async fn cut_worker(&mut self, number: usize) -> Outcome {
        let worker = self.workers.get_mut(number).doing("a worker process")?;
        worker.kill().await?;
        worker.start()
    }

    /// Starts workers that a job took down. Returns how many there were.
    pub fn revive_workers(&mut self) -> Outcome<usize> {
        let mut revived = 0;
        for worker in &mut self.workers {
            if worker.exit()?.is_some() {
                worker.start()?;
                revived += 1;
            }
        }
        Ok(revived)
    }

    /// Keeps the logs at the end.
    pub fn keep_logs(&mut self) {
        self.place.keep();
    }

    /// What `DATABASE_URL` says.
    pub fn database_url(&self) -> String {
        self.database.url()
    }

    /// Where logs and data are.
    pub fn place(&self) -> &Place {
        &self.place
    }
}

/// Waits until an api process says that it is ready, or has ended and so never will be.
async fn ready(api: &mut Process, client: &Client) -> Outcome {
    let name = api.name.clone();
    let cell = std::cell::RefCell::new(api);
    let look = || async {
        if let Some(status) = cell.borrow_mut().exit()? {
            return Err(cell.borrow().explain(&format!("ended with {status}")));
        }
        let answer = client.send(&Call::get("/readyz")).await;
        Ok(answer.is_ok_and(|answer| answer.status == 200).then_some(()))
    };
    let waited = until(READY, &format!("{name} to be ready"), look).await;
    waited.map_err(|failure| cell.borrow().explain(&failure.to_string()))
}

/// One of our programs, as a process that does not run yet.
fn ours(program: &str, name: &str, arguments: &[&str], settings: &Settings<'_>) -> Outcome<Process> {
    let log = settings.folder.join(format!("{name}.log"));
    Ok(Process::new(name, programs::ours(program)?, arguments, log))
}
