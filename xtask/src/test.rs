//! The whole test suite: once on SQLite and the in-process adapters, once on PostgreSQL and Redis, and the web app.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::app::App;
use crate::failure::{self, Explain, Failure, Outcome};
use crate::process;
use crate::services::{Durability, Services};
use crate::tally::Tally;
use crate::workspace::Workspace;
use crate::{chaos, examples, pdf_samples, property};

/// What the second pass runs of every package: examples in the documents touch no service. No package is left out,
/// even where it touches none either: without it, shared libraries would be built again with fewer features.
const WITH_SERVICES: [&str; 3] = ["--lib", "--bins", "--tests"];

/// Settings of the person at the keyboard that must not leak into a test.
const AMBIENT: [&str; 6] =
    ["DATABASE_URL", "REDIS_URL", "SMTP_URL", "TEST_DATABASE_URL", "TEST_REDIS_URL", "TEST_S3_URL"];

#[derive(Debug, Default, clap::Args)]
pub(crate) struct Options {
    /// Only the pass on SQLite and the in-process adapters
    #[arg(long, group = "pass")]
    sqlite: bool,
    /// Only the pass on PostgreSQL and Redis
    #[arg(long, group = "pass")]
    postgres: bool,
    /// Only the web app: its checks, and its stories in a browser in both modes
    #[arg(long, group = "pass", conflicts_with = "arguments")]
    app: bool,
    /// Handed to `cargo test` as they are: `-- -p tickets`, `-- -p tickets -- --nocapture`
    #[arg(last = true, value_name = "CARGO TEST ARGUMENTS")]
    arguments: Vec<String>,
}

/// Runs the suite and closes with the line that counts it.
pub(crate) fn command(options: &Options) -> Outcome {
    let report = suite(options);
    report.close()
}

/// What a run of the suite came to.
#[derive(Debug, Default)]
pub(crate) struct Report {
    tally: Tally,
    faults: Vec<Failure>,
}

impl Report {
    /// Prints what went wrong beside the tests, then the counts as the very last line.
    pub(crate) fn close(&self) -> Outcome {
        self.faults.iter().for_each(failure::print);
        if self.tally == Tally::default() {
            eprintln!("error: no test ran");
        }
        if self.tally.ignored > 0 {
            eprintln!("{} ignored", self.tally.ignored);
        }
        println!("{}", self.tally);
        if self.is_success() { Ok(()) } else { Err(Failure::Told) }
    }

    pub(crate) fn is_success(&self) -> bool {
        self.faults.is_empty() && self.tally.is_success()
    }

    fn add(&mut self, part: Outcome<Tally>) {
        match part {
            Ok(tally) => self.tally += tally,
            Err(fault) => self.faults.push(fault),
        }
    }
}

/// Runs what the options ask for; nothing that fails keeps the rest from running.
pub(crate) fn suite(options: &Options) -> Report {
    let mut report = Report::default();
    let all = !(options.sqlite || options.postgres || options.app);
    if all || options.sqlite {
        report.add(sqlite_pass(options));
        if options.arguments.is_empty() {
            report.add(Workspace::load().and_then(|workspace| examples::run(&workspace)));
        }
    }
    if all || options.postgres {
        report.add(postgres_pass(options));
    }
    if options.app || (all && options.arguments.is_empty()) {
        app_pass(&mut report, options.app);
    }
    report
}

/// The web app: its checks, and its stories in a browser in both modes, on programs that the passes before have
/// built unless it runs `alone`.
fn app_pass(report: &mut Report, alone: bool) {
    println!("\n== the web app");
    let prepared = Workspace::load().and_then(|workspace| Ok((App::prepare(&workspace)?, workspace.target)));
    let (app, target) = match prepared {
        Ok(prepared) => prepared,
        Err(fault) => return report.add(Err(fault)),
    };
    report.add(Ok(app.checks()));
    if alone && let Err(fault) = process::run(process::cargo().args(["build", "--workspace", "--bins"])) {
        return report.add(Err(fault));
    }
    report.add(app.stories(&target, None));
    report
        .add(Services::start(Durability::Scratch).and_then(|services| app.stories(&target, Some(&services))));
}

fn sqlite_pass(options: &Options) -> Outcome<Tally> {
    println!("\n== tests on SQLite and the in-process adapters");
    if let Err(fault) = pdf_samples::prepare_readers() {
        // The tests that need them fail by name; the others run.
        failure::print(&fault);
    }
    cargo_test(&mut cargo_command(options)?)
}

fn postgres_pass(options: &Options) -> Outcome<Tally> {
    println!("\n== tests on PostgreSQL and Redis");
    let services = Services::start(Durability::Scratch)?;
    let mut command = second_pass(options)?;
    services.tell(&mut command)?;
    let bucket = Services::bucket()?;
    command.env("TEST_S3_URL", bucket.url());
    let mut tally = cargo_test(&mut command)?;
    if options.arguments.is_empty() {
        tally += with_both_programs(options, &services)?;
    }
    Ok(tally)
}

/// What runs the api and the worker as processes; the pass before has built them.
fn with_both_programs(options: &Options, services: &Services) -> Outcome<Tally> {
    println!("\n== tests of both programs on PostgreSQL, Redis and SMTP");
    let mut command = cargo_command(options)?;
    services.tell(command.args(["--test", "servers"]))?;
    let mut tally = cargo_test(&mut command)?;
    tally += chaos::short(services)?;
    tally += property::short(services)?;
    Ok(tally)
}

fn second_pass(options: &Options) -> Outcome<Command> {
    let mut command = cargo_command(options)?;
    if options.arguments.is_empty() {
        command.args(WITH_SERVICES);
    }
    Ok(command)
}

fn cargo_command(options: &Options) -> Outcome<Command> {
    let mut command = process::cargo();
    command.args(["test", "--no-fail-fast"]);
    if !chooses_packages(&options.arguments) {
        command.arg("--workspace");
    }
    command.args(&options.arguments);
    AMBIENT.iter().for_each(|name| {
        command.env_remove(name);
    });
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("MERO_") {
            command.env_remove(name);
        }
    }
    Ok(command)
}

fn chooses_packages(arguments: &[String]) -> bool {
    let ours = arguments.iter().take_while(|argument| *argument != "--");
    ours.into_iter().any(|argument| {
        argument == "--package" || argument.starts_with("--package=") || argument.starts_with("-p")
    })
}

/// Streams the output through and counts it. A runner that fails without a failed test (it did not
/// compile, or it crashed) counts as one failure.
fn cargo_test(command: &mut Command) -> Outcome<Tally> {
    let started = Instant::now();
    let mut child =
        command.stdout(Stdio::piped()).spawn().explain(|| "cannot start `cargo test`".to_owned())?;
    let mut tally = Tally::default();
    if let Some(output) = child.stdout.take() {
        tally = stream(BufReader::new(output), &mut std::io::stdout().lock())
            .explain(|| "cannot read what `cargo test` prints".to_owned())?;
    }
    let status = child.wait().explain(|| "cannot wait for `cargo test`".to_owned())?;
    if !status.success() && tally.failed == 0 {
        eprintln!("error: `cargo test` ended with {status} and named no failed test");
        tally += Tally::ONE_FAILED;
    }
    println!("== {tally} in {:.1} s", started.elapsed().as_secs_f64());
    Ok(tally)
}

fn stream(mut output: impl BufRead, screen: &mut impl Write) -> std::io::Result<Tally> {
    let mut tally = Tally::default();
    let mut line = Vec::new();
    while output.read_until(b'\n', &mut line)? > 0 {
        screen.write_all(&line)?;
        screen.flush()?;
        if let Some(result) = Tally::of_line(&String::from_utf8_lossy(&line)) {
            tally += result;
        }
        line.clear();
    }
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_passes_through_unchanged_and_is_counted() {
        let output = b"running\ntest result: ok. 2 passed; 0 failed; 0 ignored\nlast \xff line";
        let mut screen = Vec::new();
        let tally = stream(output.as_slice(), &mut screen).unwrap();
        assert_eq!(tally, Tally { passed: 2, failed: 0, ignored: 0 });
        assert_eq!(screen, output);
    }

    #[test]
    fn a_service_that_does_not_start_is_a_failing_run() {
        let mut report = Report::default();
        report.add(Ok(Tally::ONE_PASSED));
        assert!(report.is_success());
        report.add(Err(Failure::new("no PostgreSQL")));
        assert!(!report.is_success());
        assert!(report.close().is_err());
    }

    #[test]
    fn a_run_without_tests_is_a_failing_run() {
        assert!(Report::default().close().is_err());
    }

    #[test]
    fn a_chosen_package_replaces_the_workspace() {
        let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(chooses_packages(&words("-p tickets")));
        assert!(chooses_packages(&words("--lib --package=tickets")));
        assert!(!chooses_packages(&words("--lib -- -p tickets")));
    }

    #[test]
    fn the_second_pass_builds_the_same_packages_as_the_first() {
        let command = second_pass(&Options::default()).unwrap();
        let words: Vec<_> = command.get_args().map(|word| word.to_string_lossy()).collect();
        assert_eq!(words.join(" "), "test --no-fail-fast --workspace --lib --bins --tests");
    }
}
