//! Property-based runs: the harness holds every answer against the document, here it gets its tool and its servers.

mod environment;

use std::process::Command;
use std::time::Instant;

use crate::failure::{self, Explain, Outcome};
use crate::process;
use crate::services::{Durability, Services};
use crate::tally::Tally;
use crate::workspace::Workspace;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Generated requests for each operation and phase; the boundary values of its schemas come on top
    #[arg(long)]
    examples: Option<u32>,
    /// Repeats the decisions of an earlier run, which it printed
    #[arg(long)]
    seed: Option<u64>,
}

/// Builds what is needed and tries everything.
pub(crate) fn command(options: &Options) -> Outcome {
    // Before the build: what is missing should be told at once.
    let tool = environment::tool(&Workspace::load()?.target)?;
    process::run(process::cargo().args(["build", "--workspace", "--bins"]))?;
    let services = Services::start(Durability::Scratch)?;
    process::run(program(&services)?.arg("--tool").arg(tool).args(options.words()))
}

impl Options {
    fn words(&self) -> Vec<String> {
        let options = [
            ("--examples", self.examples.map(|examples| examples.to_string())),
            ("--seed", self.seed.map(|seed| seed.to_string())),
        ];
        options.into_iter().filter_map(|(name, value)| Some([name.to_owned(), value?])).flatten().collect()
    }
}

/// A few requests for each operation, the same each time. Counts as one test.
pub(crate) fn short(services: &Services) -> Outcome<Tally> {
    println!("\n== every operation, property-based");
    let started = Instant::now();
    let tool = match environment::tool(&Workspace::load()?.target) {
        Ok(tool) => tool,
        Err(fault) => {
            // The tests before this one are to be counted nevertheless.
            failure::print(&fault);
            return Ok(Tally::ONE_FAILED);
        }
    };
    let mut command = program(services)?;
    command.arg("--tool").arg(tool).args(["--examples", "3", "--seed", "20"]);
    let status = command.status().explain(|| "cannot run the property-based run".into())?;
    let verdict = if status.success() { "ok" } else { "FAILED" };
    let seconds = started.elapsed().as_secs_f64();
    println!("== property ended with {status}: {verdict} in {seconds:.1} s");
    Ok(if status.success() { Tally::ONE_PASSED } else { Tally::ONE_FAILED })
}

fn program(services: &Services) -> Outcome<Command> {
    let mut command = Command::new(Workspace::load()?.target.join("debug/property"));
    services.tell(&mut command)?;
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_asked_for_is_passed_on() {
        assert_eq!(Options { examples: None, seed: None }.words(), Vec::<String>::new());
        let some = Options { examples: Some(9), seed: Some(4) };
        assert_eq!(some.words(), ["--examples", "9", "--seed", "4"]);
    }
}
