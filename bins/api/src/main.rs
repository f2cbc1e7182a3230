//! The `api` program: the server, and the shell of its operator.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line talks to the terminal")]

mod commands;
mod dev;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use commands::Failure;
use commands::admin::Admin;
use platform::{Config, ConfigFaults};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Mero Jugx: the api server and its operator's shell. Settings come from the environment; see `.env.example`.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API. This is what happens without a command.
    Serve {
        /// With demo data, the pages under /dev, and a quick stop. Only on a loopback address.
        #[arg(long)]
        dev: bool,
    },
    /// Bring the schema of the database up to date. Safe from several processes at once.
    Migrate,
    /// Fill an empty installation with data to look at.
    Seed {
        /// The demo company: people, roles, an open invitation, tickets. The only kind there is.
        #[arg(long, required = true)]
        demo: bool,
    },
    /// Print the OpenAPI document.
    Openapi,
    /// Check configuration, database, Redis, mail and clock, and say what to do.
    Doctor,
    /// Write the embedded database and the secret key into one file. The server may go on running.
    Backup {
        /// Must not exist yet. Whoever has it has everything: keep it safe.
        file: PathBuf,
    },
    /// Put a backup in place. The server must be stopped.
    Restore {
        file: PathBuf,
        /// Replace the database and the key that are there.
        #[arg(long)]
        force: bool,
    },
    /// What only the operator may do.
    #[command(subcommand)]
    Admin(Admin),
}

fn main() -> ExitCode {
    match run(Cli::parse().command.unwrap_or(Command::Serve { dev: false })) {
        Ok(code) => code,
        Err(error) => {
            commands::explain(error.as_ref());
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode, Failure> {
    let done = match command {
        Command::Doctor => return commands::doctor::run(),
        Command::Openapi => commands::openapi(),
        Command::Serve { dev } => commands::in_runtime(|config| commands::serve::run(config, dev)),
        Command::Migrate => commands::in_runtime(commands::migrate),
        Command::Seed { demo: _ } => commands::in_runtime(commands::seed::run),
        Command::Backup { file } => commands::in_runtime(|config| commands::backup::write(config, file)),
        Command::Restore { file, force } => {
            commands::in_runtime(|config| commands::backup::restore(config, file, force))
        }
        Command::Admin(admin) => commands::in_runtime(|config| commands::admin::run(config, admin)),
    };
    done.map(|()| ExitCode::SUCCESS)
}

/// The configuration of this process.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that hands the environment to the configuration"
)]
pub(crate) fn configuration() -> Result<Config, ConfigFaults> {
    Config::from_env(|name| std::env::var(name).ok())
}
