//! The programs of both servers: found, else installed, else unpacked, else left to Docker.

use std::path::Path;

use super::launch::{Lifetime, Program};
use super::server::{Server, Service};
use super::{Durability, Place, docker, find, install, postgres, redis};
use crate::failure::{Failure, Outcome};
use crate::process;

/// What is here of each server; what is missing runs in a container.
#[derive(Debug)]
pub(crate) struct Programs {
    postgres: Option<postgres::Programs>,
    redis: Option<Program>,
}

impl Programs {
    /// Tries one way after the other until both servers can be started.
    pub(crate) fn get(base: &Path) -> Outcome<Self> {
        let root = base.join("root");
        let mut found = Self::look(&root);
        let mut tried = Vec::new();
        if !found.missing().is_empty() {
            tried.extend(install::install(&found.missing()).err());
            found = Self::look(&root);
        }
        if !found.missing().is_empty() {
            tried.extend(install::unpack(&found.missing(), base, &root).err());
            found = Self::look(&root);
        }
        if found.missing().is_empty() || docker::works() {
            return Ok(found);
        }
        Err(nothing_left(&found.missing(), &tried))
    }

    pub(crate) fn start_postgres(&self, place: &Place, lifetime: Lifetime) -> Outcome<Server> {
        match &self.postgres {
            Some(programs) => postgres::start(programs, place, lifetime),
            None => docker::start(Service::Postgres, place.durability),
        }
    }

    pub(crate) fn start_redis(&self, place: &Place, lifetime: Lifetime) -> Outcome<Server> {
        match &self.redis {
            Some(program) => redis::start(program, place, lifetime),
            None => docker::start(Service::Redis, Durability::Scratch),
        }
    }

    /// The words that start a Redis by itself, for runs that stop and start one of their own.
    pub(crate) fn redis_words(&self) -> Outcome<Vec<String>> {
        match &self.redis {
            Some(program) => program.words(),
            None => Ok(docker::redis_words()),
        }
    }

    /// The words that start pgbench, which comes with the server; `None` where that runs in a container.
    pub(crate) fn pgbench_words(&self) -> Outcome<Option<Vec<String>>> {
        let postgres = self.postgres.as_ref().map(|programs| &programs.postgres);
        let pgbench = postgres.map(|postgres| Program {
            file: postgres.file.with_file_name("pgbench"),
            libraries: postgres.libraries.clone(),
        });
        let pgbench = pgbench.filter(|program| process::is_program(&program.file));
        pgbench.map(|program| program.words()).transpose()
    }

    fn look(root: &Path) -> Self {
        Self { postgres: find::postgres(root), redis: find::redis(root) }
    }

    fn missing(&self) -> Vec<Service> {
        let postgres = self.postgres.is_none().then_some(Service::Postgres);
        let redis = self.redis.is_none().then_some(Service::Redis);
        postgres.into_iter().chain(redis).collect()
    }
}

fn nothing_left(missing: &[Service], tried: &[Failure]) -> Failure {
    let names: Vec<_> = missing.iter().map(ToString::to_string).collect();
    let mut message = format!(
        "{}: neither on this machine nor to be had. Install PostgreSQL 15 and Redis 7 or newer, or start Docker.",
        names.join(" and ")
    );
    for failure in tried {
        message.push_str(&format!("\n  tried: {failure}"));
    }
    message.push_str("\n  tried: Docker, but `docker info` does not answer");
    Failure::new(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        let programs = Programs { postgres: None, redis: None };
        assert_eq!(programs.missing(), [Service::Postgres, Service::Redis]);
        let message =
            nothing_left(&programs.missing(), &[Failure::new("apt-get install needs root")]).to_string();
        assert!(message.starts_with("PostgreSQL and Redis: neither"));
        assert!(message.contains("tried: apt-get install needs root"));
    }
}
