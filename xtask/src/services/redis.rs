//! A private Redis: nothing written to disk, nothing evicted.

use super::Place;
use super::launch::{self, Lifetime, Program};
use super::server::{Keeper, Server, Service};
use crate::failure::{Explain, Failure, Outcome};
use crate::port;

/// The settings both here and in a container.
pub(crate) const SETTINGS: [&str; 8] =
    ["--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction", "--daemonize", "no"];

pub(crate) fn start(program: &Program, place: &Place, lifetime: Lifetime) -> Outcome<Server> {
    let port = port::any_free()?;
    let pid_file = place.home.join("redis.pid");
    let mut command = program.command(&place.home, place.account.as_ref(), &launch::leash(lifetime))?;
    command.args(["--port", &port.to_string(), "--bind", "127.0.0.1"]).args(SETTINGS);
    command.arg("--dir").arg(&place.home).arg("--pidfile").arg(&pid_file);
    launch::start(&mut command, &place.logs.join("redis.log"), || Service::Redis.answers(port))?;
    let text =
        std::fs::read_to_string(&pid_file).explain(|| format!("cannot read {}", pid_file.display()))?;
    let pid = text.trim().parse().ok();
    let pid = pid.ok_or_else(|| Failure::new(format!("{} names no process", pid_file.display())))?;
    Ok(Server { service: Service::Redis, port, keeper: Keeper::Process(pid) })
}
