//! Python environments of our own, below the build's folder, for tools that come from Python's packages.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Explain, Failure, Outcome};
use crate::process;
use crate::services::install;

/// The package that has Python with its module `venv`.
const PACKAGE: &str = "python3-venv";

/// What is wanted of an environment.
pub(crate) struct Wanted {
    /// The folder of its own below the build's.
    pub(crate) name: &'static str,
    /// Requirements, pinned to the last digit.
    pub(crate) pins: &'static str,
    /// Finds the program for whose sake it is made, below the environment.
    pub(crate) program: fn(&Path) -> Option<PathBuf>,
}

impl Wanted {
    /// The program; its environment is made anew unless it has just the pinned versions.
    pub(crate) fn program(&self, target: &Path) -> Outcome<PathBuf> {
        let home = target.join(self.name);
        let (folder, stamp) = (home.join("environment"), home.join("installed.txt"));
        let there = (self.program)(&folder).filter(|program| answers(program));
        if let Some(program) = there.filter(|_| self.is_stamped(&stamp)) {
            return Ok(program);
        }
        remove(&stamp, |stamp| std::fs::remove_file(stamp))?;
        make(&folder)?;
        let pins = home.join("requirements.txt");
        std::fs::write(&pins, self.pins).explain(|| format!("cannot write {}", pins.display()))?;
        println!("installing {} into {}", self.names(), folder.display());
        let mut pip = Command::new(folder.join("bin/python"));
        pip.args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]);
        process::quiet(pip.arg("--requirement").arg(&pins)).map_err(|fault| {
            Failure::new(format!("the pinned Python packages cannot be installed: {fault}"))
        })?;
        let program = (self.program)(&folder).filter(|program| answers(program));
        let program = program
            .ok_or_else(|| Failure::new(format!("{} was installed and does not run", self.names())))?;
        std::fs::write(&stamp, self.pins).explain(|| format!("cannot write {}", stamp.display()))?;
        Ok(program)
    }

    fn names(&self) -> String {
        let pins = self.pins.lines().filter(|line| !line.starts_with('#'));
        pins.filter_map(|pin| pin.split("==").next()).collect::<Vec<_>>().join(", ")
    }

    /// An installation that was cut short has no stamp; one of other versions has another.
    fn is_stamped(&self, stamp: &Path) -> bool {
        std::fs::read_to_string(stamp).is_ok_and(|text| text == self.pins)
    }
}

/// An environment is bound to its Python: it is of no use once that one is gone.
fn answers(program: &Path) -> bool {
    process::is_program(program) && process::quiet(Command::new(program).arg("--version")).is_ok()
}

fn make(folder: &Path) -> Outcome {
    let first = match venv(folder) {
        Ok(()) => return Ok(()),
        Err(first) => first,
    };
    let installed = install::packages(&[PACKAGE]);
    let again = installed.and_then(|()| venv(folder));
    again.map_err(|second| {
        Failure::new(format!(
            "no Python environment can be made. Install Python 3.11 or newer with its module venv (Debian: \
             apt install {PACKAGE}).\n  tried: {first}\n  tried: {second}"
        ))
    })
}

fn venv(folder: &Path) -> Outcome {
    remove(folder, |folder| std::fs::remove_dir_all(folder))?;
    process::quiet(Command::new("python3").args(["-m", "venv"]).arg(folder)).map(drop)
}

fn remove(path: &Path, how: impl FnOnce(&Path) -> std::io::Result<()>) -> Outcome {
    match how(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).explain(|| format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use crate::services::bucket;
    use crate::{node, property};

    #[test]
    fn every_package_is_pinned_exactly() {
        for wanted in [&property::TOOL, &node::WHEEL, &bucket::MOTO] {
            let pins = wanted.pins.lines().filter(|line| !line.starts_with('#'));
            let loose = pins.filter(|line| {
                !line.split_once("==").is_some_and(|(name, version)| {
                    !name.is_empty() && version.starts_with(|first: char| first.is_ascii_digit())
                })
            });
            assert_eq!(loose.collect::<Vec<_>>(), Vec::<&str>::new());
            assert!(!wanted.names().is_empty(), "{}", wanted.name);
        }
    }

    #[test]
    fn an_environment_without_its_stamp_is_not_trusted() {
        let folder = std::env::temp_dir().join(format!("mero-stamp-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let stamp = folder.join("installed.txt");
        let missing = property::TOOL.is_stamped(&stamp);
        std::fs::write(&stamp, "schemathesis==1.0\n").unwrap();
        let other = property::TOOL.is_stamped(&stamp);
        std::fs::write(&stamp, property::TOOL.pins).unwrap();
        let same = property::TOOL.is_stamped(&stamp);
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!((missing, other, same), (false, false, true));
    }
}
