//! Log lines, readable ones for a terminal and JSON for a server; and spans for a collector.

use std::io::{self, IsTerminal, stderr};

use platform::{Config, LogFormat};
use tracing_subscriber::fmt::layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{EnvFilter, Layer, Registry};

use crate::traces::Traces;

/// Libraries that report every step of theirs. They are heard from `warn` on, unless the filter names them.
const TALKATIVE: [&str; 3] = ["actix_server", "sea_orm_migration", "sqlx"];

/// Keeps what is logged on its way; dropped last in `main`, it hands over what is left.
#[must_use = "dropped, it ends what it stands for"]
pub struct Logs {
    _traces: Option<Traces>,
}

/// Why nothing can be logged.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    #[error("logging was started before")]
    Started(#[from] TryInitError),
    #[error("spans cannot be handed to MERO_OTLP_ENDPOINT")]
    Traces(#[from] io::Error),
}

/// Starts logging to standard error, coloured where somebody looks on; and handing spans to a collector as this
/// service, where one is configured.
pub fn start(config: &Config, service: &'static str) -> Result<Logs, LogError> {
    let collector = config.otlp_endpoint.as_ref();
    let traces = collector.map(|collector| Traces::to(collector, service)).transpose()?;
    let lines = lines(config.log_format).with_filter(EnvFilter::new(calmed(&config.log)));
    let spans = traces.as_ref().map(Traces::layer);
    tracing_subscriber::registry().with(lines).with(spans).try_init()?;
    Ok(Logs { _traces: traces })
}

fn lines(format: LogFormat) -> Box<dyn Layer<Registry> + Send + Sync> {
    match format {
        LogFormat::Json => {
            let json = layer().json().with_current_span(true).with_span_list(false);
            json.with_writer(stderr).boxed()
        }
        LogFormat::Text => {
            let text = layer().with_target(false).with_ansi(stderr().is_terminal());
            text.with_writer(stderr).boxed()
        }
    }
}

/// The filter, with the talkative libraries hushed.
fn calmed(filter: &str) -> String {
    let is_named = |library: &str| {
        let target = |directive: &str| directive.trim().split(['=', '[', ':']).next() == Some(library);
        filter.split(',').any(target)
    };
    let hushed =
        TALKATIVE.iter().filter(|library| !is_named(library)).map(|library| format!("{library}=warn"));
    hushed.chain([filter.to_owned()]).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::calmed;

    #[test]
    fn a_talkative_library_is_heard_only_if_it_is_named() {
        assert_eq!(calmed("info"), "actix_server=warn,sea_orm_migration=warn,sqlx=warn,info");
        assert_eq!(calmed("debug,sqlx=info"), "actix_server=warn,sea_orm_migration=warn,debug,sqlx=info");
        assert_eq!(calmed("sqlx::query=debug"), "actix_server=warn,sea_orm_migration=warn,sqlx::query=debug");
    }
}
