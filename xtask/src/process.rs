//! Running other programs, with failures that name the command line.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::failure::{Explain, Failure, Outcome};

/// The cargo that runs us, so that a pinned toolchain stays pinned.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
}

/// Runs a command in plain sight: its line is printed, its streams are ours.
pub(crate) fn run(command: &mut Command) -> Outcome {
    println!("$ {}", shown(command));
    let status = command.status().explain(|| format!("cannot run `{}`", shown(command)))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("`{}` ended with {status}", shown(command))))
}

/// Runs a command for its standard output; what it says on stderr is seen.
pub(crate) fn capture(command: &mut Command) -> Outcome<Vec<u8>> {
    let output =
        command.stderr(Stdio::inherit()).output().explain(|| format!("cannot run `{}`", shown(command)))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(Failure::new(format!("`{}` ended with {}", shown(command), output.status)))
}

/// Runs a command out of sight; its stderr becomes part of the failure.
pub(crate) fn quiet(command: &mut Command) -> Outcome<String> {
    let Output { status, stdout, stderr } =
        command.stdin(Stdio::null()).output().explain(|| format!("cannot run `{}`", shown(command)))?;
    if status.success() {
        return Ok(String::from_utf8_lossy(&stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&stderr);
    Err(Failure::new(format!("`{}` ended with {status}: {}", shown(command), said.trim())))
}

/// Whether a program of this name is on PATH, and where.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| is_program(file))
}

pub(crate) fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

/// The command line as one would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let words = program.file_name().into_iter().chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_one_would_type_it() {
        let mut command = Command::new("/opt/rust/bin/cargo");
        assert_eq!(shown(command.args(["fmt", "--all"])), "cargo fmt --all");
    }

    #[test]
    fn a_failing_command_says_what_it_said() {
        let failure = quiet(Command::new("sh").args(["-c", "echo no such table >&2; exit 3"])).unwrap_err();
        assert!(failure.to_string().contains("exit status: 3: no such table"), "{failure}");
    }

    #[test]
    fn only_programs_are_found_on_the_path() {
        assert!(on_path("sh").is_some());
        assert!(on_path("no-such-program").is_none());
        assert!(!is_program(Path::new("/etc/passwd")));
    }
}
