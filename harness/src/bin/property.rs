//! Puts the document to the test on real servers: `cargo xtask property` calls it.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line program talks to its terminal"
)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use harness::property::{Report, Run};
use harness::{Dice, Outcome};

/// Sends what the document allows and what it forbids, as Owner and as Member, and fails on any 5xx, on any answer
/// that the document does not tell, and on any operation that was not tried.
#[derive(Debug, Parser)]
struct Property {
    /// Generated requests for each operation and phase; the boundary values of its schemas come on top
    #[arg(long, default_value_t = 50)]
    examples: u32,
    /// Repeats the decisions of an earlier run, which it printed
    #[arg(long)]
    seed: Option<u64>,
    /// The program `schemathesis`
    #[arg(long)]
    tool: PathBuf,
    /// Shows the tool a document that lies: the run must fail
    #[arg(long)]
    sabotage: bool,
    /// Keeps logs and reports even if nothing was found
    #[arg(long)]
    keep: bool,
}

/// The exit of a run that could not be done to its end; 1 says that something was found.
const UNFINISHED: u8 = 2;

fn main() -> ExitCode {
    let property = Property::parse();
    #[expect(
        clippy::disallowed_methods,
        reason = "a program that drives the product has no configuration of it"
    )]
    let database = std::env::var("TEST_DATABASE_URL");
    let Ok(database) = database else {
        eprintln!("error: TEST_DATABASE_URL names no PostgreSQL server; `cargo xtask property` starts one");
        return ExitCode::from(UNFINISHED);
    };
    let seed = property.seed.unwrap_or_else(|| u64::from(Dice::unforeseen().seed() as u32));
    let run = Run {
        database,
        // The tool works in a folder of its own.
        tool: std::path::absolute(&property.tool).unwrap_or(property.tool),
        examples: property.examples.max(1),
        seed,
        sabotage: property.sabotage,
        keep: property.keep,
    };
    let sabotaged = if run.sabotage { ", the document sabotaged" } else { "" };
    println!("property: {} examples, seed {seed}{sabotaged}", run.examples);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    match runtime {
        Ok(runtime) => tell(runtime.block_on(run.go())),
        Err(error) => tell(Err(error.into())),
    }
}

fn tell(outcome: Outcome<Report>) -> ExitCode {
    let report = match outcome {
        Ok(report) => report,
        Err(failure) => {
            eprintln!("error: {failure}");
            return ExitCode::from(UNFINISHED);
        }
    };
    report.figures.iter().for_each(|figure| println!("{figure}"));
    report.broken.iter().for_each(|finding| println!("BROKEN: {finding}"));
    if report.broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
