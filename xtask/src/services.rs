//! A private PostgreSQL and a private Redis for tests, benches and trials.

mod account;
pub(crate) mod bucket;
mod docker;
mod find;
mod home;
pub(crate) mod install;
mod launch;
mod pair;
mod postgres;
mod programs;
mod redis;
mod server;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command as Program;

use account::Account;
use bucket::Bucket;
use launch::Lifetime;
use pair::Pair;
use programs::Programs;

use crate::failure::{Explain, Failure, Outcome};
use crate::workspace::Workspace;

/// Folders of the servers of one run are called `run-<process>`.
const RUN: &str = "run-";

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Start the servers, or leave them when they already answer
    Up {
        /// Write through to the disk (fsync), as benches and chaos runs need it
        #[arg(long)]
        durable: bool,
    },
    /// Stop the servers and remove their data
    Down,
    /// Say whether they answer, and where; fails when they do not
    Status,
}

/// What a server may forget when the machine stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    Scratch,
    Durable,
}

/// Where and as whom one pair of servers runs.
#[derive(Debug)]
pub(crate) struct Place {
    home: PathBuf,
    logs: PathBuf,
    account: Option<Account>,
    durability: Durability,
}

pub(crate) fn command(command: &Command) -> Outcome {
    let base = base()?;
    match command {
        Command::Up { durable } => {
            let kind = if *durable { Durability::Durable } else { Durability::Scratch };
            up(&base, kind)
        }
        Command::Down => down(&base),
        Command::Status => status(&base),
    }
}

/// Servers to use for the length of a run. Those that `services up` started are used as they are and
/// left running; else a pair of our own is started, which ends with this value.
#[derive(Debug)]
pub(crate) struct Services {
    pair: Pair,
    ours: Option<PathBuf>,
}

impl Services {
    pub(crate) fn start(durability: Durability) -> Outcome<Self> {
        let base = base()?;
        let recorded = Pair::recorded(&base)?.filter(|pair| pair.answers() && pair.will_do(durability));
        if let Some(pair) = recorded {
            println!("using the servers that are up: {} and {}", pair.postgres.url(), pair.redis.url());
            return Ok(Self { pair, ours: None });
        }
        sweep(&base)?;
        let name = format!("{RUN}{}", std::process::id());
        let pair = Pair::start(&base, &name, Lifetime::WithUs, durability)?;
        Ok(Self { pair, ours: Some(base.join(name)) })
    }

    /// A bucket beside them.
    pub(crate) fn bucket() -> Outcome<Bucket> {
        Bucket::ready(&base()?, &Workspace::load()?.target)
    }

    pub(crate) fn database_url(&self) -> String {
        self.pair.postgres.url()
    }

    pub(crate) fn redis_url(&self) -> String {
        self.pair.redis.url()
    }

    /// Tells a program where the servers are, how to start a Redis that it may disturb, and pgbench.
    pub(crate) fn tell(&self, command: &mut Program) -> Outcome {
        let programs = Programs::get(&base()?)?;
        if let Some(words) = programs.pgbench_words()? {
            command.env("TEST_PGBENCH", words.join("\n"));
        }
        let words = programs.redis_words()?;
        command.env("TEST_DATABASE_URL", self.database_url()).env("TEST_REDIS_URL", self.redis_url());
        command.env("TEST_REDIS_SERVER", words.join("\n"));
        Ok(())
    }
}

impl Drop for Services {
    fn drop(&mut self) {
        let Some(folder) = &self.ours else { return };
        if let Err(fault) = self.pair.stop().and_then(|()| home::remove(folder)) {
            crate::failure::print(&fault);
        }
    }
}

fn up(base: &Path, durability: Durability) -> Outcome {
    let _lock = lock(base)?;
    if let Some(pair) = Pair::recorded(base)? {
        if pair.answers() && pair.will_do(durability) {
            pair.print();
            return bucket_up(base);
        }
        println!("stopping what is left of the servers, or runs with other settings");
        pair.stop()?;
    }
    let pair = Pair::start(base, "up", Lifetime::OnItsOwn, durability)?;
    pair.record(base)?;
    pair.print();
    bucket_up(base)
}

fn bucket_up(base: &Path) -> Outcome {
    println!("TEST_S3_URL={}", bucket::up(base, &Workspace::load()?.target)?);
    Ok(())
}

fn down(base: &Path) -> Outcome {
    let _lock = lock(base)?;
    bucket::down(base)?;
    let Some(pair) = Pair::recorded(base)? else {
        println!("no servers are up");
        return Ok(());
    };
    pair.stop()?;
    Pair::forget(base)?;
    home::remove(&base.join("up"))?;
    println!("stopped, and their data removed");
    Ok(())
}

fn status(base: &Path) -> Outcome {
    let pair = Pair::recorded(base)?;
    let pair =
        pair.ok_or_else(|| Failure::new("no servers are up; `cargo xtask services up` starts them"))?;
    pair.print();
    if pair.answers() {
        return Ok(());
    }
    Err(Failure::new("a server does not answer; `cargo xtask services up` starts both anew"))
}

fn base() -> Outcome<PathBuf> {
    let base = Workspace::load()?.target.join("services");
    home::make_folder(&base)?;
    Ok(base)
}

/// Removes what a run left that was killed; its servers have ended with it.
fn sweep(base: &Path) -> Outcome {
    let entries = base.read_dir().explain(|| format!("cannot list {}", base.display()))?;
    for folder in entries.flatten().map(|entry| entry.path()) {
        let pid = folder.file_name().and_then(|name| name.to_str()?.strip_prefix(RUN)?.parse().ok());
        if pid.is_some_and(|pid| !launch::runs(pid, "xtask")) {
            home::remove(&folder)?;
        }
    }
    Ok(())
}

/// Held while servers start or stop, so that two calls do not both start a pair.
fn lock(base: &Path) -> Outcome<File> {
    let path = base.join("lock");
    let file = File::create(&path).explain(|| format!("cannot write {}", path.display()))?;
    file.lock().explain(|| format!("cannot lock {}", path.display()))?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_run_left_is_swept_away() {
        let base = std::env::temp_dir().join(format!("mero-sweep-{}", std::process::id()));
        let (dead, alive) = (base.join("run-999999999"), base.join(format!("run-{}", std::process::id())));
        for folder in [&dead, &alive, &base.join("up")] {
            home::make_folder(folder).unwrap();
        }
        sweep(&base).unwrap();
        let left = (dead.exists(), alive.exists(), base.join("up").exists());
        home::remove(&base).unwrap();
        assert_eq!(left, (false, true, true));
    }
}
