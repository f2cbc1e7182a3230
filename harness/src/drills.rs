//! What may happen to an installation, done on purpose, and what must hold nevertheless.
//!
//! A drill starts a [`Cluster`](crate::Cluster), lets people work, does harm, waits until all is quiet, and compares what was promised
//! with what is there. Its dice are thrown by a seed, so a run can be repeated.

mod api_killed;
mod blast;
mod findings;
mod load;
mod numbering;
mod office;
mod paid_twice;
mod papers;
mod pickup;
mod poison;
mod redis_wiped;
mod refreshers;
mod revoked;
mod run_twice;
mod scene;
mod worker_killed;

use std::fmt;
use std::str::FromStr;

use clap::ValueEnum;

use crate::{Dice, Outcome, Plan};

/// A fault, by its number in the list of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drill {
    ApiKilled,
    WorkerKilled,
    RedisWiped,
    RunTwice,
    Poison,
    Numbering,
    PaidTwice,
    Blast,
}

/// How a run is done.
#[derive(Clone, Debug)]
pub struct Run {
    /// A PostgreSQL server on which databases may be made.
    pub database: String,
    /// How much harm: a round is a handful of kills or wipes.
    pub rounds: usize,
    pub seed: u64,
    pub sabotage: Option<Sabotage>,
}

/// A mechanism that the programs, built for development, break on purpose when they are told to: a run that does not
/// notice looks at nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Sabotage {
    /// Who lost a job's lease goes on and his writes count; crashes are forgotten. Noticed by faults 2 and 10
    Lease,
    /// Workers wait for a ring and do not look by themselves. Noticed by fault 3
    Bell,
    /// A refresh token is read before its session is locked, and not again. Noticed by fault 1
    Refresh,
    /// Mails of campaigns that a worker had in its hands when it died are sent again. Noticed by fault 19
    Uncertain,
}

/// What a drill found.
#[derive(Clone, Debug)]
pub struct Report {
    pub drill: Drill,
    /// The line of figures.
    pub figures: String,
    /// What did not hold.
    pub broken: Vec<String>,
}

impl Drill {
    /// In the order of their numbers.
    pub const ALL: [Self; 8] = [
        Self::ApiKilled,
        Self::WorkerKilled,
        Self::RedisWiped,
        Self::RunTwice,
        Self::Poison,
        Self::Numbering,
        Self::PaidTwice,
        Self::Blast,
    ];

    /// Its number in the list of faults.
    pub const fn number(self) -> u8 {
        match self {
            Self::ApiKilled => 1,
            Self::WorkerKilled => 2,
            Self::RedisWiped => 3,
            Self::RunTwice => 9,
            Self::Poison => 10,
            Self::Numbering => 16,
            Self::PaidTwice => 17,
            Self::Blast => 19,
        }
    }

    /// What happens.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ApiKilled => "kill -9 api mid-request",
            Self::WorkerKilled => "kill -9 worker mid-job",
            Self::RedisWiped => "Redis loses everything",
            Self::RunTwice => "duplicate delivery",
            Self::Poison => "poison job",
            Self::Numbering => "kill -9 while issuing",
            Self::PaidTwice => "payment sent twice",
            Self::Blast => "kill -9 worker mid-blast",
        }
    }

    /// Does it. A failure is a run that could not be done to its end, which is as bad as anything found.
    pub async fn run(self, run: &Run) -> Outcome<Report> {
        match self {
            Self::ApiKilled => Box::pin(api_killed::run(run)).await,
            Self::WorkerKilled => Box::pin(worker_killed::run(run)).await,
            Self::RedisWiped => Box::pin(redis_wiped::run(run)).await,
            Self::RunTwice => Box::pin(run_twice::run(run)).await,
            Self::Poison => Box::pin(poison::run(run)).await,
            Self::Numbering => Box::pin(numbering::run(run)).await,
            Self::PaidTwice => Box::pin(paid_twice::run(run)).await,
            Self::Blast => Box::pin(blast::run(run)).await,
        }
    }
}

impl fmt::Display for Drill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "fault {:>2}  {:<24}", self.number(), self.name())
    }
}

impl FromStr for Drill {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|drill| drill.number().to_string() == text);
        found.ok_or_else(|| "one of 1, 2, 3, 9, 10, 16, 17, 19".to_owned())
    }
}

impl Sabotage {
    /// As the programs are told.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lease => "lease",
            Self::Bell => "bell",
            Self::Refresh => "refresh",
            Self::Uncertain => "uncertain",
        }
    }
}

impl Run {
    /// Two of each program on servers of their own.
    fn plan(&self, name: &'static str) -> Plan {
        let sabotage = self.sabotage.map(|sabotage| ("MERO_SABOTAGE", sabotage.name().to_owned()));
        Plan {
            name,
            apis: 2,
            workers: 2,
            database: self.database.clone(),
            redis: None,
            settings: sabotage.into_iter().collect(),
        }
    }

    /// The dice of one drill.
    fn dice(&self, drill: Drill) -> Dice {
        Dice::new(self.seed).of(u64::from(drill.number()))
    }
}
