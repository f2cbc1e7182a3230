//! Fault drills: the harness does the harm, here it gets its programs and its servers.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::failure::{Explain, Outcome};
use crate::process;
use crate::services::{Durability, Services};
use crate::tally::Tally;
use crate::workspace::Workspace;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How much harm: a round is five kills, three wipes and a restart of Redis, a poison job among
    /// a hundred, 200 invoices, 25 payments
    #[arg(long)]
    rounds: Option<u32>,
    /// Repeats the decisions of an earlier run, which it printed
    #[arg(long)]
    seed: Option<u64>,
    /// Only these faults
    #[arg(long, value_name = "1,2,3,9,10,16,17,19")]
    fault: Option<String>,
    /// Breaks one mechanism on purpose: the run must fail, which shows that it looks
    ///
    /// `lease`: who lost a job's lease goes on and his writes count, and crashes are forgotten; faults 2 and 10 notice.
    /// `bell`: workers wait for a ring and do not look by themselves; fault 3 notices. `refresh`: a refresh token is read
    /// before its session is locked, and not again; fault 1 notices. `uncertain`: mails of campaigns that a worker had in its
    /// hands when it died are sent again; fault 19 notices.
    #[arg(long, value_name = "lease|bell|refresh|uncertain")]
    sabotage: Option<String>,
}

/// Builds what is needed and does the harm.
pub(crate) fn command(options: &Options) -> Outcome {
    process::run(process::cargo().args(["build", "--workspace", "--bins"]))?;
    let services = Services::start(Durability::Durable)?;
    let mut command = Command::new(program()?);
    services.tell(command.args(options.words()))?;
    process::run(&mut command)
}

impl Options {
    fn words(&self) -> Vec<String> {
        let options = [
            ("--rounds", self.rounds.map(|rounds| rounds.to_string())),
            ("--seed", self.seed.map(|seed| seed.to_string())),
            ("--fault", self.fault.clone()),
            ("--sabotage", self.sabotage.clone()),
        ];
        options.into_iter().filter_map(|(name, value)| Some([name.to_owned(), value?])).flatten().collect()
    }
}

/// What the harness ends with when something did not hold; any other failure means that it could not look.
const BROKEN: i32 = 1;

/// One round of everything, and one with a broken mechanism, which must be noticed: the one that is noticed soonest.
/// Each counts as a test.
pub(crate) fn short(services: &Services) -> Outcome<Tally> {
    println!("\n== fault drills, one round");
    let mut tally = drill(services, &["--rounds", "1"], 0)?;
    tally += drill(services, &["--rounds", "1", "--fault", "1", "--sabotage", "refresh"], BROKEN)?;
    Ok(tally)
}

fn drill(services: &Services, words: &[&str], expected: i32) -> Outcome<Tally> {
    let started = Instant::now();
    let mut command = Command::new(program()?);
    services.tell(command.args(words))?;
    let status = command.status().explain(|| "cannot run the fault drills".into())?;
    let as_expected = status.code() == Some(expected);
    let verdict = if as_expected { "ok" } else { "FAILED" };
    let seconds = started.elapsed().as_secs_f64();
    println!("== chaos {} ended with {status}: {verdict} in {seconds:.1} s", words.join(" "));
    Ok(if as_expected { Tally::ONE_PASSED } else { Tally::ONE_FAILED })
}

fn program() -> Outcome<PathBuf> {
    Ok(Workspace::load()?.target.join("debug/chaos"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_asked_for_is_passed_on() {
        let none = Options { rounds: None, seed: None, fault: None, sabotage: None };
        assert_eq!(none.words(), Vec::<String>::new());
        let some = Options { rounds: Some(2), fault: Some("1,3".into()), ..none };
        assert_eq!(some.words(), ["--rounds", "2", "--fault", "1,3"]);
    }
}
