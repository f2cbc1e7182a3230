//! A Python environment of our own for the tool, below target/property.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Explain, Failure, Outcome};
use crate::process;
use crate::services::install;

/// What is installed, to the last digit.
const PINS: &str = include_str!("requirements.txt");

/// The package that has Python with its module `venv`.
const PACKAGE: &str = "python3-venv";

/// The program `schemathesis`, made anew unless the environment has just the pinned versions.
pub(crate) fn tool(target: &Path) -> Outcome<PathBuf> {
    let home = target.join("property");
    let (folder, stamp) = (home.join("environment"), home.join("installed.txt"));
    let tool = folder.join("bin/schemathesis");
    if process::is_program(&tool) && is_stamped(&stamp) && answers(&tool) {
        return Ok(tool);
    }
    remove(&stamp, |stamp| std::fs::remove_file(stamp))?;
    make(&folder)?;
    let pins = home.join("requirements.txt");
    std::fs::write(&pins, PINS).explain(|| format!("cannot write {}", pins.display()))?;
    println!("installing schemathesis into {}", folder.display());
    let mut pip = Command::new(folder.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]);
    process::quiet(pip.arg("--requirement").arg(&pins)).map_err(|fault| {
        Failure::new(format!("the pinned Python packages cannot be installed, so nothing was tried: {fault}"))
    })?;
    std::fs::write(&stamp, PINS).explain(|| format!("cannot write {}", stamp.display()))?;
    Ok(tool)
}

/// An installation that was cut short has no stamp; one of other versions has another.
fn is_stamped(stamp: &Path) -> bool {
    std::fs::read_to_string(stamp).is_ok_and(|text| text == PINS)
}

/// An environment is bound to its Python: it is of no use once that one is gone.
fn answers(tool: &Path) -> bool {
    process::quiet(Command::new(tool).arg("--version")).is_ok()
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
            "no Python environment can be made, so nothing was tried. Install Python 3.11 or newer with its \
             module venv (Debian: apt install {PACKAGE}).\n  tried: {first}\n  tried: {second}"
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
    use super::*;

    #[test]
    fn every_package_is_pinned_exactly() {
        let pins = PINS.lines().filter(|line| !line.starts_with('#'));
        let (pinned, loose): (Vec<_>, Vec<_>) = pins.partition(|line| {
            line.split_once("==").is_some_and(|(name, version)| {
                !name.is_empty() && version.starts_with(|first: char| first.is_ascii_digit())
            })
        });
        assert_eq!(loose, Vec::<&str>::new());
        assert!(pinned.iter().any(|line| line.starts_with("schemathesis==")));
    }

    #[test]
    fn an_environment_without_its_stamp_is_not_trusted() {
        let folder = std::env::temp_dir().join(format!("mero-stamp-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let stamp = folder.join("installed.txt");
        let missing = is_stamped(&stamp);
        std::fs::write(&stamp, "schemathesis==1.0\n").unwrap();
        let other = is_stamped(&stamp);
        std::fs::write(&stamp, PINS).unwrap();
        let same = is_stamped(&stamp);
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!((missing, other, same), (false, false, true));
    }
}
