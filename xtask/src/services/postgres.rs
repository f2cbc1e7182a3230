//! A private PostgreSQL.

use std::path::Path;

use super::account::Account;
use super::launch::{self, Lifetime, Program};
use super::server::{Keeper, Server, Service, USER};
use super::{Durability, Place};
use crate::failure::{Explain, Failure, Outcome};
use crate::{port, process};

/// The two programs that make a server; both of one version.
#[derive(Debug, Clone)]
pub(crate) struct Programs {
    pub(crate) postgres: Program,
    pub(crate) initdb: Program,
}

pub(crate) fn start(programs: &Programs, place: &Place, lifetime: Lifetime) -> Outcome<Server> {
    let account = place.account.as_ref();
    let data = place.home.join("postgres");
    make_cluster(&programs.initdb, &data, account)?;
    let port = port::any_free()?;
    let mut command = programs.postgres.command(&data, account, &launch::leash(lifetime))?;
    command.arg("-D").arg(&data);
    for setting in settings(port, place.durability) {
        command.arg("-c").arg(setting);
    }
    let log = place.logs.join("postgres.log");
    launch::start(&mut command, &log, || Service::Postgres.answers(port))?;
    let pid = postmaster(&data)?;
    Ok(Server { service: Service::Postgres, port, keeper: Keeper::Process(pid) })
}

fn make_cluster(initdb: &Program, data: &Path, account: Option<&Account>) -> Outcome {
    let home = data.parent().unwrap_or(data);
    let mut command = initdb.command(home, account, &[])?;
    command.arg("-D").arg(data).args(["--username", USER, "--auth", "trust", "--encoding", "UTF8"]);
    command.args(["--data-checksums", "--no-sync", "--no-instructions"]);
    // Knows the letters of all scripts, and orders the same on every machine.
    let locale = if cfg!(target_os = "linux") { "C.UTF-8" } else { "C" };
    process::quiet(command.args(["--locale", locale])).map(drop)
}

/// The settings both here and in a container.
pub(crate) fn settings(port: u16, durability: Durability) -> Vec<String> {
    let mut settings = vec![
        format!("port={port}"),
        "listen_addresses=127.0.0.1".to_owned(),
        "unix_socket_directories=".to_owned(),
    ];
    settings.extend(tuning(durability).iter().map(|setting| (*setting).to_owned()));
    settings
}

pub(crate) const fn tuning(durability: Durability) -> &'static [&'static str] {
    match durability {
        Durability::Scratch => {
            &["max_connections=200", "shared_buffers=256MB", "fsync=off", "full_page_writes=off"]
        }
        Durability::Durable => {
            &["max_connections=200", "shared_buffers=256MB", "fsync=on", "synchronous_commit=on"]
        }
    }
}

/// The server writes its own process number on the first line of its lock file.
fn postmaster(data: &Path) -> Outcome<u32> {
    let file = data.join("postmaster.pid");
    let text = std::fs::read_to_string(&file).explain(|| format!("cannot read {}", file.display()))?;
    let pid = text.lines().next().and_then(|line| line.trim().parse().ok());
    pid.ok_or_else(|| Failure::new(format!("{} names no process", file.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_durable_server_keeps_fsync() {
        let on = "fsync=on".to_owned();
        assert!(settings(5432, Durability::Durable).contains(&on));
        assert!(!settings(5432, Durability::Scratch).contains(&on));
    }

    #[test]
    fn the_server_listens_on_loopback_only() {
        let settings = settings(5432, Durability::Scratch);
        assert!(settings.contains(&"listen_addresses=127.0.0.1".to_owned()));
    }
}
