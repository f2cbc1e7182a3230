//! Servers in containers, where the machine has neither the programs nor their packages.

use std::process::Command;
use std::time::{Duration, Instant};

use super::Durability;
use super::server::{Keeper, Server, Service, USER};
use super::{postgres, redis};
use crate::failure::{Failure, Outcome};
use crate::{port, process};

const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) fn works() -> bool {
    process::on_path("docker").is_some() && process::quiet(Command::new("docker").arg("info")).is_ok()
}

pub(crate) fn start(service: Service, durability: Durability) -> Outcome<Server> {
    let port = port::any_free()?;
    let name = format!("mero-{}-{port}", service.program());
    process::run(&mut run_command(service, durability, port, &name))?;
    let server = Server { service, port, keeper: Keeper::Container(name) };
    let started = Instant::now();
    while !server.answers() {
        if started.elapsed() > PATIENCE {
            server.stop()?;
            return Err(Failure::new(format!("the container of {service} did not get ready")));
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    Ok(server)
}

/// A Redis that its user gives a port to; it ends when it is told to over the wire.
pub(crate) fn redis_words() -> Vec<String> {
    ["docker", "run", "--rm", "--network", "host", "redis:7", "redis-server"].map(str::to_owned).into()
}

fn run_command(service: Service, durability: Durability, port: u16, name: &str) -> Command {
    let mut command = Command::new("docker");
    command.args(["run", "--detach", "--rm", "--name", name]);
    match service {
        Service::Postgres => {
            command.args(["--publish", &format!("127.0.0.1:{port}:5432")]);
            command.args(["--env", &format!("POSTGRES_USER={USER}"), "--env", "POSTGRES_DB=postgres"]);
            command.args(["--env", "POSTGRES_HOST_AUTH_METHOD=trust"]);
            command.args(["--env", "POSTGRES_INITDB_ARGS=--data-checksums", "postgres:17"]);
            postgres::tuning(durability).iter().for_each(|setting| {
                command.args(["-c", setting]);
            });
        }
        Service::Redis => {
            command.args(["--publish", &format!("127.0.0.1:{port}:6379"), "redis:7", "redis-server"]);
            command.args(redis::SETTINGS);
        }
        Service::Bucket => {
            command.args(["--publish", &format!("127.0.0.1:{port}:5000"), "motoserver/moto:5.2.5"]);
        }
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_published_on_loopback_only() {
        for service in [Service::Postgres, Service::Redis, Service::Bucket] {
            let command = run_command(service, Durability::Scratch, 5500, "mero");
            let words: Vec<_> = command.get_args().map(|word| word.to_string_lossy().into_owned()).collect();
            assert!(words.iter().any(|word| word.starts_with("127.0.0.1:5500:")), "{words:?}");
        }
    }
}
