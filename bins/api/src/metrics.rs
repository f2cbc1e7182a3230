//! The figures of this process, by operation and never by path.

use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

const REQUESTS: &str = "http_requests_total";
const DURATION: &str = "http_request_duration_seconds";
const RUNNING: &str = "http_requests_running";
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 15.0];

/// Where the figures of the whole process can be read, in the text form of Prometheus.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// Begins to count; once per process.
    pub fn install() -> Result<Self, BuildError> {
        let builder = PrometheusBuilder::new();
        let builder = builder.set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &BUCKETS)?;
        let handle = builder.install_recorder()?;
        metrics::describe_counter!(REQUESTS, "Requests answered, by operation, method and status.");
        metrics::describe_histogram!(DURATION, metrics::Unit::Seconds, "Time to the head of the answer.");
        metrics::describe_gauge!(RUNNING, "Requests being served.");
        Ok(Self(handle))
    }

    /// The figures now.
    pub fn render(&self) -> String {
        self.0.render()
    }

    /// Moves samples out of the buffers; to be called every few seconds, lest they grow where nobody reads.
    pub fn upkeep(&self) {
        self.0.run_upkeep();
    }
}

/// Counts a request as being served for as long as it lives.
pub(crate) struct Running;

impl Running {
    pub(crate) fn begin() -> Self {
        gauge!(RUNNING).increment(1);
        Self
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        gauge!(RUNNING).decrement(1);
    }
}

/// Notes an answer.
pub(crate) fn answered(operation: &'static str, method: &Method, status: StatusCode, elapsed: Duration) {
    let method = known(method);
    counter!(REQUESTS, "operation" => operation, "method" => method, "status" => status.as_str().to_owned())
        .increment(1);
    histogram!(DURATION, "operation" => operation).record(elapsed);
}

/// Clients may invent methods; labels must not grow with them.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::HEAD => "HEAD",
        _ => "other",
    }
}
