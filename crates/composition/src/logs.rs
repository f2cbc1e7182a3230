//! Log lines: readable ones for a terminal, JSON for a server.

use std::io::{IsTerminal, stderr};

use platform::LogFormat;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

/// Libraries that report every step of theirs. They are heard from `warn` on, unless the filter names them.
const TALKATIVE: [&str; 3] = ["actix_server", "sea_orm_migration", "sqlx"];

/// Starts logging to standard error, coloured where somebody looks on.
pub fn start(filter: &str, format: LogFormat) -> Result<(), TryInitError> {
    let registry = tracing_subscriber::registry().with(EnvFilter::new(calmed(filter)));
    match format {
        LogFormat::Json => {
            let json = layer().json().with_current_span(true).with_span_list(false);
            registry.with(json.with_writer(stderr)).try_init()
        }
        LogFormat::Text => {
            let text = layer().with_target(false).with_ansi(stderr().is_terminal());
            registry.with(text.with_writer(stderr)).try_init()
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
