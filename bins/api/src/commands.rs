//! What the program can be told to do, one file per command.

pub(crate) mod admin;
pub(crate) mod backup;
pub(crate) mod doctor;
pub(crate) mod seed;
pub(crate) mod serve;

use std::error::Error;
use std::future::Future;

use composition::Adapters;
use kernel::{EmailAddress, Env};
use platform::Config;

/// Why a command failed; shown to the operator with all its causes.
pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// Reads the configuration, starts logging, and runs a command on the server's own kind of runtime.
pub(crate) fn in_runtime<F>(command: impl FnOnce(Config) -> F) -> Result<(), Failure>
where
    F: Future<Output = Result<(), Failure>>,
{
    let config = crate::configuration()?;
    let _logs = composition::logs::start(&config, "mero-jugx-api")?;
    actix_web::rt::System::new().block_on(command(config))
}

/// An address that somebody typed.
pub(crate) fn address(text: &str) -> Result<EmailAddress, Failure> {
    EmailAddress::parse("email", text).map_err(|fault| format!("`{text}` {}", fault.detail).into())
}

/// Prints an error and what caused it, each on a line.
pub(crate) fn explain(error: &(dyn Error + 'static)) {
    eprintln!("error: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  because: {error}");
        cause = error.source();
    }
}

/// Prints the document that the routes of this very program make.
pub(crate) fn openapi() -> Result<(), Failure> {
    let (document, _) = api::document(&api::modules())?;
    println!("{}", document.to_json());
    Ok(())
}

/// Brings the schema up to date.
pub(crate) async fn migrate(config: Config) -> Result<(), Failure> {
    let adapters = Adapters::open(&config, Env::system()).await?;
    adapters.database.migrate().await?;
    println!("The schema is up to date.");
    Ok(())
}
