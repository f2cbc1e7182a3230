//! Disturbs real processes on real servers and says what held: `cargo xtask chaos` calls it.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line program talks to its terminal"
)]

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use harness::Dice;
use harness::drills::{Drill, Report, Run, Sabotage};

/// Kills, wipes and poisons, then compares what was promised with what is there. One line per fault; fails if
/// anything that must hold did not.
#[derive(Debug, Parser)]
struct Chaos {
    /// How much harm: a round is five kills, three wipes and a restart of Redis, a poison job among
    /// a hundred, 200 invoices, 25 payments, 1,250 mails
    #[arg(long, default_value_t = 8)]
    rounds: usize,
    /// Repeats the decisions of an earlier run, which it printed
    #[arg(long)]
    seed: Option<u64>,
    /// Only these faults
    #[arg(long, value_delimiter = ',', value_name = "1,2,3,9,10,16,17,19")]
    fault: Vec<Drill>,
    /// Breaks one mechanism on purpose: the run must fail
    #[arg(long, value_enum)]
    sabotage: Option<Sabotage>,
}

fn main() -> ExitCode {
    let chaos = Chaos::parse();
    #[expect(
        clippy::disallowed_methods,
        reason = "a program that drives the product has no configuration of it"
    )]
    let database = std::env::var("TEST_DATABASE_URL");
    let Ok(database) = database else {
        eprintln!("error: TEST_DATABASE_URL names no PostgreSQL server; `cargo xtask chaos` starts one");
        return ExitCode::FAILURE;
    };
    let seed = chaos.seed.unwrap_or_else(|| u64::from(Dice::unforeseen().seed() as u32));
    let run = Run { database, rounds: chaos.rounds.max(1), seed, sabotage: chaos.sabotage };
    let drills = if chaos.fault.is_empty() { Drill::ALL.to_vec() } else { chaos.fault };
    println!("chaos: {} rounds, seed {seed}{}", run.rounds, sabotaged(run.sabotage));
    match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime.block_on(all(&run, &drills)),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn sabotaged(sabotage: Option<Sabotage>) -> String {
    sabotage.map(|sabotage| format!(", `{}` sabotaged", sabotage.name())).unwrap_or_default()
}

/// 1 if something did not hold; 2 if a drill could not be done to its end and nothing else is wrong.
async fn all(run: &Run, drills: &[Drill]) -> ExitCode {
    let (mut broken, mut unfinished) = (0, 0);
    for drill in drills {
        let started = Instant::now();
        let result = drill.run(run).await;
        let seconds = started.elapsed().as_secs();
        match result {
            Ok(Report { figures, broken: findings, .. }) => {
                println!("{drill} {figures}  [{seconds} s]");
                findings.iter().for_each(|finding| println!("    BROKEN: {finding}"));
                broken += usize::from(!findings.is_empty());
            }
            Err(failure) => {
                println!("{drill} could not be done to its end  [{seconds} s]\n    BROKEN: {failure}");
                unfinished += 1;
            }
        }
    }
    println!("chaos: {} of {} faults survived", drills.len() - broken - unfinished, drills.len());
    match (broken, unfinished) {
        (0, 0) => ExitCode::SUCCESS,
        (0, _) => ExitCode::from(2),
        _ => ExitCode::FAILURE,
    }
}
