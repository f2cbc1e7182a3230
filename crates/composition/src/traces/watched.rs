use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

/// How often a collector that is away is spoken of.
const QUIET: Duration = Duration::from_secs(60);

/// An exporter whose failures are told, now and then.
#[derive(Debug)]
pub(super) struct Watched<E> {
    exporter: E,
    losses: Mutex<Losses>,
}

/// What was lost and not told yet.
#[derive(Debug, Default)]
pub(super) struct Losses {
    spans: usize,
    told: Option<Instant>,
}

impl<E> Watched<E> {
    pub(super) fn new(exporter: E) -> Self {
        Self { exporter, losses: Mutex::default() }
    }
}

impl Losses {
    /// Adds to what was lost. All of it, if it is time to tell.
    pub(super) fn add(&mut self, spans: usize, now: Instant) -> Option<usize> {
        self.spans += spans;
        if self.told.is_some_and(|told| now.duration_since(told) < QUIET) {
            return None;
        }
        self.told = Some(now);
        Some(std::mem::take(&mut self.spans))
    }
}

impl<E: SpanExporter> SpanExporter for Watched<E> {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let spans = batch.len();
        let outcome = self.exporter.export(batch).await;
        if let Err(error) = &outcome {
            let mut losses = self.losses.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(spans) = losses.add(spans, Instant::now()) {
                tracing::warn!(%error, spans, "spans did not reach the collector of traces");
            }
        }
        outcome
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.exporter.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}
