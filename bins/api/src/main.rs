//! The `api` program: the server, and the shell of its operator.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line talks to the terminal")]

mod commands;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command.unwrap_or(Command::Serve { dev: false }) {
        Command::Openapi => commands::openapi(),
        Command::Serve { dev } => commands::in_runtime(|config| commands::serve::run(config, dev)),
        Command::Seed { demo: _ } => commands::in_runtime(commands::seed::run),
        Command::Migrate => commands::in_runtime(commands::migrate),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            commands::explain(error.as_ref());
            ExitCode::FAILURE
        }
    }
}
