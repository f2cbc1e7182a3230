//! Property-based runs: the harness holds every answer against the document, here it gets its tool and its servers.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::failure::{self, Explain, Outcome};
use crate::process;
use crate::python::Wanted;
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
    /// Shows the tool a document that lies: the run must fail, which shows that it looks
    #[arg(long)]
    sabotage: bool,
}

/// The tool that makes the requests and reads the document.
pub(crate) const TOOL: Wanted = Wanted {
    name: "property",
    pins: include_str!("../requirements/property.txt"),
    program: |environment| Some(environment.join("bin/schemathesis")),
};

/// Builds what is needed and tries everything.
pub(crate) fn command(options: &Options) -> Outcome {
    // Before the build: what is missing should be told at once.
    let tool = TOOL.program(&Workspace::load()?.target)?;
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
        let words = options.into_iter().filter_map(|(name, value)| Some([name.to_owned(), value?])).flatten();
        words.chain(self.sabotage.then(|| "--sabotage".to_owned())).collect()
    }
}

/// What the harness ends with when it found something; any other failure means that it could not look.
const BROKEN: i32 = 1;

/// A few requests for each operation, the same each time, and a document that lies, which must be noticed. Each
/// counts as a test.
pub(crate) fn short(services: &Services) -> Outcome<Tally> {
    println!("\n== every operation, property-based");
    let tool = match TOOL.program(&Workspace::load()?.target) {
        Ok(tool) => tool,
        Err(fault) => {
            // The tests before this one are to be counted nevertheless.
            failure::print(&fault);
            return Ok(Tally::ONE_FAILED);
        }
    };
    let mut tally = trial(services, &tool, &["--examples", "3", "--seed", "20"], 0)?;
    tally += trial(services, &tool, &["--examples", "1", "--seed", "20", "--sabotage"], BROKEN)?;
    Ok(tally)
}

fn trial(services: &Services, tool: &Path, words: &[&str], expected: i32) -> Outcome<Tally> {
    let started = Instant::now();
    let mut command = program(services)?;
    let status = command.arg("--tool").arg(tool).args(words).status();
    let status = status.explain(|| "cannot run the property-based run".into())?;
    let as_expected = status.code() == Some(expected);
    let verdict = if as_expected { "ok" } else { "FAILED" };
    let seconds = started.elapsed().as_secs_f64();
    println!("== property {} ended with {status}: {verdict} in {seconds:.1} s", words.join(" "));
    Ok(if as_expected { Tally::ONE_PASSED } else { Tally::ONE_FAILED })
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
        let none = Options { examples: None, seed: None, sabotage: false };
        assert_eq!(none.words(), Vec::<String>::new());
        let some = Options { examples: Some(9), sabotage: true, ..none };
        assert_eq!(some.words(), ["--examples", "9", "--sabotage"]);
    }
}
