//! Node and the packages of the folders that need it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Explain, Failure, Outcome};
use crate::process;

/// The oldest version that runs everything here.
const OLDEST: (u32, u32) = (20, 19);

/// Node with its npm.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) program: PathBuf,
    npm: PathBuf,
}

impl Node {
    /// Finds it on PATH.
    pub(crate) fn find() -> Outcome<Self> {
        let found = process::on_path("node").zip(process::on_path("npm"));
        let (program, npm) = found.ok_or_else(|| Failure::new(missing("there is none on PATH")))?;
        let said = process::quiet(Command::new(&program).arg("--version"))?;
        match version(&said) {
            Some(found) if found >= OLDEST => Ok(Self { program, npm }),
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
        let mut npm = Command::new(&self.npm);
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        process::run(npm.current_dir(folder))?;
        std::fs::write(&done, wanted).explain(|| format!("cannot write {}", done.display()))
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
