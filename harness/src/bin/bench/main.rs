//! Measures the programs beside yardsticks in one and the same run: `cargo xtask bench` calls it.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line program talks to its terminal"
)]

mod blast;
mod estate;
mod figures;
mod load;
mod memory;
mod papers;
mod peers;
mod rest;
mod sql;
mod work;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use harness::{Doing, Outcome};

use crate::estate::{Estate, ORGANIZATIONS};
use crate::figures::{Figure, Table, replaced};
use crate::peers::Peers;
use crate::rest::Extent;
use crate::sql::pgbench;

/// Measures lists, creates, jobs, events, papers, campaigns and memory beside NestJS, BullMQ, pgbench and pdfmake, and prints a table. Fails when
/// something cannot be measured; a goal that is missed is said in the table.
#[derive(Debug, Parser)]
struct Bench {
    /// Where `bullmq.mjs`, `peer-nest` and their packages are
    #[arg(long)]
    peers: PathBuf,
    /// Where the scripts for pgbench are
    #[arg(long)]
    scripts: PathBuf,
    /// The Node that runs the yardsticks
    #[arg(long)]
    node: PathBuf,
    /// The document that gets the table
    #[arg(long)]
    write: Option<PathBuf>,
    /// Seconds for one round of one figure
    #[arg(long, default_value_t = 8)]
    seconds: u64,
    /// Tickets in the list, and a tenth of those in the long one
    #[arg(long, default_value_t = 100_000)]
    tickets: i64,
    /// Only these parts
    #[arg(long, value_delimiter = ',', default_value = "memory,rest,depth,jobs,reactions,papers,blast")]
    only: Vec<String>,
}

fn main() -> ExitCode {
    let bench = Bench::parse();
    let ran = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    match ran.map_err(Into::into).and_then(|runtime| runtime.block_on(run(&bench))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run(bench: &Bench) -> Outcome {
    let server = variable("TEST_DATABASE_URL").doing("a PostgreSQL server (TEST_DATABASE_URL)")?;
    let pgbench = pgbench(variable("TEST_PGBENCH"), &bench.scripts)?;
    let peers = Peers::new(bench.peers.clone(), bench.node.clone());
    let extent = Extent { time: Duration::from_secs(bench.seconds), tickets: bench.tickets };
    let wants = |part: &str| bench.only.iter().any(|only| only == part);
    let mut figures = Vec::new();
    let mut estate = Estate::found(&server, ORGANIZATIONS).await?;
    if wants("memory") {
        figures.push(memory::idle(&mut estate).await?);
    }
    if wants("rest") || wants("depth") {
        eprintln!("filling {} tickets", extent.tickets);
        estate.fill(extent.tickets).await?;
    }
    if wants("rest") {
        figures.extend(rest::beside_others(&mut estate, &peers, &pgbench, &server, extent).await?);
    }
    if wants("depth") {
        figures.extend(rest::depths(&mut estate, extent).await?);
    }
    if wants("jobs") {
        figures.extend(work::jobs(&mut estate, &peers).await?);
    }
    if wants("reactions") {
        figures.push(work::reactions(&mut estate).await?);
    }
    if wants("papers") {
        figures.extend(papers::papers(&mut estate, &peers).await?);
    }
    if wants("blast") {
        figures.extend(blast::blast(&mut estate).await?);
    }
    show(bench, &figures)
}

fn show(bench: &Bench, figures: &[Figure]) -> Outcome {
    let table = Table(figures).to_string();
    println!("\n{table}");
    let Some(file) = &bench.write else { return Ok(()) };
    let document = std::fs::read_to_string(file).doing(format!("reading {}", file.display()))?;
    let document =
        replaced(&document, &table).doing(format!("the place for figures in {}", file.display()))?;
    std::fs::write(file, document).doing(format!("writing {}", file.display()))
}

#[expect(clippy::disallowed_methods, reason = "a program that drives the product has no configuration of it")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
