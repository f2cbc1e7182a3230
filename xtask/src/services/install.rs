//! Getting the servers' packages: installed when we are root, else unpacked into a folder of our own.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::account;
use super::home;
use super::server::Service;
use crate::failure::{Explain, Failure, Outcome};
use crate::process;

const fn package(service: Service) -> &'static str {
    match service {
        Service::Postgres => "postgresql",
        Service::Redis => "redis-server",
        // The server itself comes from Python's packages.
        Service::Bucket => "python3-venv",
    }
}

/// Installs servers on the machine. The cluster that Debian then makes on port 5432 is none of ours.
pub(crate) fn install(missing: &[Service]) -> Outcome {
    packages(&missing.iter().map(|service| package(*service)).collect::<Vec<_>>())
}

/// Installs packages on the machine.
pub(crate) fn packages(packages: &[&str]) -> Outcome {
    need("apt-get")?;
    if !account::is_root()? {
        return Err(Failure::new("apt-get install needs root"));
    }
    println!("installing {} by apt-get", packages.join(" and "));
    update(&mut apt_get(&[]));
    let mut command = apt_get(&[]);
    command.args(["install", "--yes", "--no-install-recommends"]).args(packages);
    process::quiet(&mut command).map(drop)
}

/// Downloads packages and whatever they need that this machine lacks, and unpacks them into `root`,
/// with package lists of our own, so that no right of root's is needed.
pub(crate) fn unpack(missing: &[Service], base: &Path, root: &Path) -> Outcome {
    need("apt-get")?;
    need("dpkg")?;
    let apt = Apt::prepare(base)?;
    update(&mut apt.command());
    let mut plan = apt.command();
    plan.args(["install", "--simulate", "--no-install-recommends"]);
    plan.args(missing.iter().map(|service| package(*service)));
    let packages = planned(&process::quiet(&mut plan)?);
    println!("downloading {} packages by apt-get", packages.len());
    process::quiet(apt.command().arg("download").args(&packages).current_dir(&apt.archives))?;
    home::make_folder(root)?;
    for archive in archives(&apt.archives)? {
        process::quiet(Command::new("dpkg").arg("-x").arg(&archive).arg(root))?;
    }
    home::remove(&base.join("apt"))
}

/// Brings the package lists up to date. A foreign source that cannot be reached must not stand in the
/// way of Debian's own, so a fault is shown and what comes next decides.
fn update(apt_get: &mut Command) {
    if let Err(fault) = process::quiet(apt_get.arg("update")) {
        crate::failure::print(&fault);
    }
}

fn need(program: &str) -> Outcome {
    process::on_path(program).map(drop).ok_or_else(|| Failure::new(format!("there is no {program} here")))
}

fn apt_get(options: &[String]) -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["--quiet=2", "-o", "Acquire::Retries=2"]);
    command.args(["-o", "Acquire::http::Timeout=30", "-o", "Acquire::https::Timeout=30"]);
    options.iter().for_each(|option| {
        command.args(["-o", option]);
    });
    command
}

/// apt-get with lists and caches below our own folder.
struct Apt {
    options: Vec<String>,
    archives: PathBuf,
}

impl Apt {
    fn prepare(base: &Path) -> Outcome<Self> {
        let (lists, cache, archives) =
            (base.join("apt/lists"), base.join("apt/cache"), base.join("apt/archives"));
        for folder in [lists.join("partial"), cache.join("archives/partial"), archives.clone()] {
            home::make_folder(&folder)?;
        }
        let options = vec![
            format!("Dir::State::lists={}", lists.display()),
            format!("Dir::Cache={}", cache.display()),
            "APT::Sandbox::User=".to_owned(),
            "Debug::NoLocking=true".to_owned(),
        ];
        Ok(Self { options, archives })
    }

    fn command(&self) -> Command {
        apt_get(&self.options)
    }
}

/// The packages that a simulated installation would bring: `Inst libpq5 (15.13 Debian:12 [amd64])`.
fn planned(simulation: &str) -> Vec<String> {
    let installs = simulation.lines().filter_map(|line| line.strip_prefix("Inst "));
    installs.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

fn archives(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = folder.read_dir().explain(|| format!("cannot list {}", folder.display()))?;
    let files = entries.flatten().map(|entry| entry.path());
    Ok(files.filter(|file| file.extension().is_some_and(|extension| extension == "deb")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_names_each_package_once() {
        let simulation = "\
NOTE: This is only a simulation!
Inst libpq5 (15.13-0+deb12u1 Debian-Security:12/stable-security [amd64])
Inst libssl3 [3.0.15-1] (3.0.16-1 Debian:12 [amd64]) []
Inst redis-server (5:7.0.15-1~deb12u4 Debian:12 [amd64])
Conf libpq5 (15.13-0+deb12u1 Debian:12 [amd64])
";
        assert_eq!(planned(simulation), ["libpq5", "libssl3", "redis-server"]);
    }
}
