//! Everything that must hold before a change lands, cheap checks first.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::artifacts::Artifacts;
use crate::failure::{self, Failure, Outcome};
use crate::{artifacts, openapi, process, test, tidy};

/// Runs every step even when one fails, so that a run shows all there is to mend.
pub(crate) fn command() -> Outcome {
    let mut steps = Steps::default();
    steps.run("fmt", format);
    steps.run("tidy", || tidy::command(&tidy::Options::default()));
    match process::on_path("cargo-deny") {
        Some(_) => steps.run("deny", deny),
        None => steps
            .leave_out("deny", "cargo-deny is not installed: licences, bans and advisories are unchecked"),
    }
    steps.run("clippy", clippy);
    steps.run("doc", doc);
    let mut built = Artifacts::default();
    steps.run("build", || {
        built = artifacts::build_tests()?;
        Ok(())
    });
    steps.run("openapi", || openapi::check(built.program("api")));
    let mut report = test::Report::default();
    steps.run("test", || {
        report = test::suite(&test::Options::default());
        if report.is_success() { Ok(()) } else { Err(Failure::Told) }
    });
    steps.print();
    report.close()?;
    if steps.none_failed() { Ok(()) } else { Err(Failure::Told) }
}

fn format() -> Outcome {
    process::run(process::cargo().args(["fmt", "--all", "--check"]))
}

fn clippy() -> Outcome {
    process::run(process::cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn doc() -> Outcome {
    process::run(
        process::cargo().args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"),
    )
}

/// Licences, sources and bans need only the tool; advisories need their database at hand as well.
fn deny() -> Outcome {
    let mut command = process::cargo();
    command.args(["deny", "--offline", "check"]);
    if !has_advisories() {
        println!("NOT RUN: advisories, because their database is not at hand (`cargo deny fetch` gets it)");
        command.args(["bans", "licenses", "sources"]);
    }
    process::run(&mut command)
}

fn has_advisories() -> bool {
    cargo_home().is_some_and(|home| {
        ["advisory-dbs", "advisory-db"].iter().any(|folder| has_entries(&home.join(folder)))
    })
}

fn cargo_home() -> Option<std::path::PathBuf> {
    let home = std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo"));
    std::env::var_os("CARGO_HOME").map(Into::into).or(home)
}

fn has_entries(folder: &Path) -> bool {
    folder.read_dir().is_ok_and(|mut entries| entries.next().is_some())
}

/// What has run so far, how it ended and how long it took.
#[derive(Debug, Default)]
struct Steps(Vec<Step>);

#[derive(Debug)]
struct Step {
    name: &'static str,
    verdict: Verdict,
    time: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Succeeded,
    Failed,
    NotRun,
}

impl Steps {
    fn run(&mut self, name: &'static str, step: impl FnOnce() -> Outcome) {
        println!("\n==== {name}");
        let started = Instant::now();
        let outcome = step();
        if let Err(fault) = &outcome {
            failure::print(fault);
        }
        let verdict = if outcome.is_ok() { Verdict::Succeeded } else { Verdict::Failed };
        self.end(Step { name, verdict, time: started.elapsed() });
    }

    fn leave_out(&mut self, name: &'static str, reason: &str) {
        println!("\n==== {name}\n{reason}");
        self.end(Step { name, verdict: Verdict::NotRun, time: Duration::ZERO });
    }

    fn end(&mut self, step: Step) {
        println!("==== {}", step.line());
        self.0.push(step);
    }

    fn print(&self) {
        println!();
        self.0.iter().for_each(|step| println!("{}", step.line()));
        let total: Duration = self.0.iter().map(|step| step.time).sum();
        println!("{:<8} {:>8.1} s\n", "total", total.as_secs_f64());
    }

    fn none_failed(&self) -> bool {
        self.0.iter().all(|step| step.verdict != Verdict::Failed)
    }
}

impl Step {
    fn line(&self) -> String {
        let verdict = match self.verdict {
            Verdict::Succeeded => "ok",
            Verdict::Failed => "FAILED",
            Verdict::NotRun => "NOT RUN",
        };
        format!("{:<8} {:>8.1} s  {verdict}", self.name, self.time.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failed_step_fails_the_run_and_the_next_one_still_runs() {
        let mut steps = Steps::default();
        steps.run("first", || Err(Failure::new("broken")));
        steps.run("second", || Ok(()));
        let verdicts: Vec<_> = steps.0.iter().map(|step| step.verdict).collect();
        assert_eq!(verdicts, [Verdict::Failed, Verdict::Succeeded]);
        assert!(!steps.none_failed());
    }

    #[test]
    fn a_step_left_out_fails_nothing_and_does_not_pass_for_one_that_ran() {
        let mut steps = Steps::default();
        steps.leave_out("deny", "not installed");
        assert!(steps.none_failed());
        assert!(steps.0[0].line().ends_with("NOT RUN"));
    }

    #[test]
    fn a_step_tells_its_time() {
        let step = Step { name: "fmt", verdict: Verdict::Succeeded, time: Duration::from_millis(1250) };
        assert_eq!(step.line(), "fmt           1.2 s  ok");
    }
}
