//! Log lines: readable ones for a terminal, JSON for a server.

use platform::LogFormat;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

/// Starts logging to standard error.
pub fn start(filter: &str, format: LogFormat) -> Result<(), TryInitError> {
    let registry = tracing_subscriber::registry().with(EnvFilter::new(filter));
    match format {
        LogFormat::Json => {
            let json = layer().json().with_current_span(true).with_span_list(false);
            registry.with(json.with_writer(std::io::stderr)).try_init()
        }
        LogFormat::Text => registry.with(layer().with_target(false).with_writer(std::io::stderr)).try_init(),
    }
}
