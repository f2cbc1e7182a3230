//! A running installation for a browser to be tried on: `cargo xtask test` and `cargo xtask screenshots` call it.
//!
//! Prints one line of JSON when everything is ready, `{"url": .., "api": .., "mails": ..}`, and ends when its input ends.
//! Browsers go to `url`, programs to `api`: where there are several api processes, to another one, so that what one of
//! them writes has to reach the other. Each mail that the installation sends becomes a file in the folder `mails`:
//! `{"to": [..], "subject": .., "text": ..}`.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line program talks to its terminal"
)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use harness::{Client, Cluster, Doing, Embedded, Outcome, Plan, Sink};
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;

/// Starts an installation and keeps it until standard input ends.
#[derive(Debug, Parser)]
struct Stage {
    /// One process on SQLite instead of two api and two worker processes on PostgreSQL and Redis
    #[arg(long)]
    embedded: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let played = if Stage::parse().embedded { embedded().await } else { servers().await };
    match played {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn embedded() -> Outcome {
    let stage = Embedded::start("stage").await?;
    play(&stage.client, &stage.sink, stage.place().folder()).await
}

async fn servers() -> Outcome {
    #[expect(
        clippy::disallowed_methods,
        reason = "a program that drives the product has no configuration of it"
    )]
    let database = std::env::var("TEST_DATABASE_URL");
    let database = database.doing("reading TEST_DATABASE_URL, a PostgreSQL server")?;
    let plan = Plan { name: "stage", apis: 2, workers: 2, database, redis: None, settings: Vec::new() };
    let stage = Cluster::start(&plan).await?;
    play(&stage.client, &stage.sink, stage.place().folder()).await
}

async fn play(client: &Client, sink: &Sink, folder: &Path) -> Outcome {
    let mails = folder.join("mails");
    std::fs::create_dir_all(&mails).doing("making the folder of mails")?;
    let mut moments = sink.moments();
    // Browsers take `localhost` for safe, so cookies work without TLS; it is also the address in mails.
    let url = client.base()?.replace("127.0.0.1", "localhost");
    let last = client.only(client.processes().saturating_sub(1));
    println!("{}", json!({"url": url, "api": last.base()?, "mails": mails}));
    let mut ended =
        tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink()));
    let mut written = 0;
    loop {
        tokio::select! {
            read = &mut ended => return read.doing("waiting for the end of the input").map(drop),
            heard = moments.recv() => match heard {
                Err(RecvError::Closed) => return Ok(()),
                // What was missed is written with the rest.
                Ok(_) | Err(RecvError::Lagged(_)) => written = write(sink, &mails, written)?,
            },
        }
    }
}

/// Writes the mails that came since. A file appears whole or not at all.
fn write(sink: &Sink, folder: &Path, written: usize) -> Outcome<usize> {
    let mails = sink.mails();
    for (number, mail) in mails.iter().enumerate().skip(written) {
        let content = json!({"to": mail.to, "subject": mail.header("Subject")?, "text": mail.text()?});
        let name = format!("{number:05}.json");
        let (draft, file): (PathBuf, _) = (folder.join(format!("{name}.part")), folder.join(name));
        std::fs::write(&draft, content.to_string())?;
        std::fs::rename(&draft, &file)?;
    }
    Ok(mails.len())
}
