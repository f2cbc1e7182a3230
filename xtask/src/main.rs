//! `cargo xtask`: everything that is done to this repository, from the first start to the whole check.
//!
//! This program is built before anything else, so it depends on next to nothing and knows the
//! workspace only by its files and by `cargo metadata`.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line program talks to its terminal"
)]

mod app;
mod artifacts;
mod bench;
mod browser;
mod chaos;
mod ci;
mod dev;
mod examples;
mod failure;
mod new_domain;
mod node;
mod openapi;
mod pdf_samples;
mod port;
mod process;
mod property;
mod python;
mod screenshots;
mod services;
mod tally;
mod test;
mod tidy;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::failure::Outcome;

/// Development commands of Mero Jugx.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Xtask {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the api and serve it with demo data
    ///
    /// Embedded mode: SQLite, mail as files and the worker inside one process, below MERO_DATA_DIR
    /// (./data/dev unless set), on the first free port from 8080. When the server is ready, its addresses
    /// are printed. Ctrl-C stops it.
    Dev(dev::Options),
    /// Run every test, on SQLite and again on PostgreSQL and Redis
    ///
    /// The first pass uses SQLite and the in-process adapters, the second one the servers of `services`,
    /// started for the run unless they are up. Then the checks of the web app; its stories in
    /// Chromium against the real programs, in both modes, run with `--app`. Ends with the line `N passed, M failed`, and fails when a
    /// test fails, when a server cannot be started, or when no test ran.
    Test(test::Options),
    /// Kill, wipe and poison a running installation, and say what held
    ///
    /// Two api and two worker processes on PostgreSQL that writes through, a Redis and a mail server of their
    /// own. One line per fault, numbered as in the list of faults: kill -9 of an api in the middle of a request
    /// (1) and of a worker in the middle of a job (2), Redis losing everything (3), every job run twice (9),
    /// poison jobs (10). Fails when anything that must hold did not. A short version is part of `test`.
    Chaos(chaos::Options),
    /// Try every operation of the API with generated input, and hold each answer against its document
    ///
    /// `schemathesis`, in a Python environment of its own below target/property, calls an api process on
    /// PostgreSQL and Redis as an Owner and as a Member: what the document allows, what it forbids, and the ends
    /// of both. Fails on any 5xx, on any answer that the document does not tell, and on any operation that was
    /// not tried. A short version is part of `test`.
    Property(property::Options),
    /// Measure beside NestJS, BullMQ and pgbench
    ///
    /// Builds in release, installs the yardsticks of benchmarks/peers with Node, and runs both in turn on
    /// PostgreSQL that writes through and Redis. Prints a table and writes it into docs/benchmarks.md. Takes
    /// about ten minutes; figures mean something only on a machine that does nothing else.
    Bench(bench::Options),
    /// Check everything that must hold before a change lands
    ///
    /// Formatting, house rules, licences, clippy, documentation, the OpenAPI document, all tests. Every
    /// step runs even if one before it failed. Ends with the line `N passed, M failed` of the tests.
    Ci,
    /// Start, stop or show a private PostgreSQL and Redis
    ///
    /// They listen on free ports of 127.0.0.1 and keep their state below target/services. Programs are
    /// found on this machine; else installed by apt-get when we are root; else downloaded by apt-get and
    /// unpacked below target/services; else run in Docker.
    #[command(subcommand)]
    Services(services::Command),
    /// Take a picture of every page of the web app
    ///
    /// With the demo data, in a wide and in a narrow window, light and dark. They are for people to look at; no
    /// test compares them.
    Screenshots(screenshots::Options),
    /// Write invoices, credit notes and receipts of every design as PDF and as pictures
    ///
    /// In English and Nepali, of 1, 12 and 300 lines. They are for people to look at; what they must hold is
    /// tested in crates/pdf.
    PdfSamples(pdf_samples::Options),
    /// Write the OpenAPI document to app/openapi.json
    Openapi(openapi::Options),
    /// Write a new domain with all its rooms and wire it
    ///
    /// `cargo xtask new-domain invoices` makes crates/invoices with one aggregate, `Invoice`, and real tests; its
    /// id, its scopes, its entity and migration; a service in composition and five operations in the api. What it
    /// cannot know is printed as a list. Nothing is written if a name is bad or taken, or if the working tree has
    /// changes that are not committed.
    NewDomain(new_domain::Options),
    /// Prove the house rules that no compiler checks
    ///
    /// Who may import whom, where SQL, HTTP, mail and Redis may be named, size of files, banned words, no
    /// ambient clock or dice, links between documents, the purpose of each dependency.
    Tidy(tidy::Options),
}

fn main() -> ExitCode {
    match run(Xtask::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            failure::print(&fault);
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Outcome {
    match command {
        Command::Dev(options) => dev::command(&options),
        Command::Test(options) => test::command(&options),
        Command::Chaos(options) => chaos::command(&options),
        Command::Property(options) => property::command(&options),
        Command::Bench(options) => bench::command(&options),
        Command::Ci => ci::command(),
        Command::Services(command) => services::command(&command),
        Command::Screenshots(options) => screenshots::command(&options),
        Command::PdfSamples(options) => pdf_samples::command(&options),
        Command::Openapi(options) => openapi::command(&options),
        Command::NewDomain(options) => new_domain::command(&options),
        Command::Tidy(options) => tidy::command(&options),
    }
}
