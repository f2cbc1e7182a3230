use super::{READY, Settings, ready};
use crate::{Client, Outcome, Place, Process, Sink, port};

/// The small installation: one api process with a database of its own that runs its jobs itself, and an SMTP server.
#[derive(Debug)]
pub struct Embedded {
    pub api: Process,
    pub client: Client,
    pub sink: Sink,
    place: Place,
}

impl Embedded {
    /// Starts it and waits until it is ready.
    pub async fn start(name: &str) -> Outcome<Self> {
        let place = Place::new(name)?;
        let sink = Sink::start().await?;
        let port = port::free()?;
        let settings = Settings {
            folder: place.folder(),
            first_port: port,
            smtp: sink.url(),
            database: None,
            redis: None,
            more: &[],
        };
        let api = settings.api(1, port)?;
        let client = Client::new(vec![format!("http://127.0.0.1:{port}")])?;
        let mut embedded = Self { api, client, sink, place };
        embedded.api.start()?;
        ready(&mut embedded.api, &embedded.client).await?;
        Ok(embedded)
    }

    /// Starts it again after it was ended.
    pub async fn restart(&mut self) -> Outcome {
        self.api.start()?;
        ready(&mut self.api, &self.client).await
    }

    /// Where its database and its log are.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// How long it may take to be ready.
    pub const PATIENCE: std::time::Duration = READY;
}
