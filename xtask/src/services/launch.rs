//! Starting a server as a process of its own, and ending it again.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::account::Account;
use crate::failure::{Explain, Failure, Outcome};
use crate::process;

const PATIENCE: Duration = Duration::from_secs(30);
/// The kernel does not ask the process.
const AFTER_KILL: Duration = Duration::from_secs(5);
const BETWEEN_LOOKS: Duration = Duration::from_millis(30);

/// How long a server lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lifetime {
    /// Until `services down`, in a session of its own.
    OnItsOwn,
    /// No longer than we do, however we end.
    WithUs,
}

/// A program as the servers' account runs it.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    pub(crate) file: PathBuf,
    /// Where unpacked packages keep the libraries that the machine lacks.
    pub(crate) libraries: Vec<PathBuf>,
}

impl Program {
    /// A command that runs this program as `account`, from a folder it may enter. The leash comes last:
    /// a change of account would take it off.
    pub(crate) fn command(&self, home: &Path, account: Option<&Account>, leash: &[&str]) -> Outcome<Command> {
        let mut words = account.map_or_else(|| Ok(Vec::new()), Account::prefix)?;
        words.extend(leash.iter().map(|word| (*word).to_owned()));
        words.push(self.file.to_string_lossy().into_owned());
        let mut words = words.into_iter();
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words).current_dir(home).stdin(Stdio::null());
        self.with_libraries(&mut command)?;
        Ok(command)
    }

    /// The words that run it from anywhere.
    pub(crate) fn words(&self) -> Outcome<Vec<String>> {
        let file = self.file.to_string_lossy().into_owned();
        if self.libraries.is_empty() {
            return Ok(vec![file]);
        }
        let joined = std::env::join_paths(&self.libraries);
        let joined = joined.explain(|| "a library path has a colon in it".into())?;
        Ok(vec!["/usr/bin/env".into(), format!("LD_LIBRARY_PATH={}", joined.to_string_lossy()), file])
    }

    pub(crate) fn with_libraries(&self, command: &mut Command) -> Outcome {
        if !self.libraries.is_empty() {
            let joined = std::env::join_paths(&self.libraries);
            command.env("LD_LIBRARY_PATH", joined.explain(|| "a library path has a colon in it".into())?);
        }
        Ok(())
    }
}

/// The words right before a server's program that give it its lifetime.
pub(crate) fn leash(lifetime: Lifetime) -> Vec<&'static str> {
    match lifetime {
        Lifetime::OnItsOwn if process::on_path("setsid").is_some() => vec!["setsid"],
        // The signal on which PostgreSQL and Redis both stop at once and cleanly.
        Lifetime::WithUs if process::on_path("setpriv").is_some() => vec!["setpriv", "--pdeathsig=INT"],
        Lifetime::OnItsOwn | Lifetime::WithUs => Vec::new(),
    }
}

/// Starts a server and waits until it is ready; its log tells why it is not.
pub(crate) fn start(command: &mut Command, log: &Path, ready: impl Fn() -> bool) -> Outcome<Child> {
    let file = File::create(log).explain(|| format!("cannot write {}", log.display()))?;
    let errors = file.try_clone().explain(|| format!("cannot write {}", log.display()))?;
    let mut child =
        command.stdout(file).stderr(errors).spawn().explain(|| format!("cannot start {command:?}"))?;
    let started = Instant::now();
    while !ready() {
        let ended = child.try_wait().explain(|| "cannot look after a server".into())?;
        if ended.is_some() || started.elapsed() > PATIENCE {
            end_child(&mut child);
            return Err(Failure::new(format!(
                "a server did not start; {} ends with:\n{}",
                log.display(),
                tail(log)
            )));
        }
        std::thread::sleep(BETWEEN_LOOKS);
    }
    Ok(child)
}

/// Ends a process that still runs `program`; a process number may have passed on to another.
pub(crate) fn end(pid: u32, program: &str) -> Outcome {
    // Whoever was started by a shell in the background may be deaf to INT.
    for (name, patience) in [("INT", PATIENCE), ("KILL", AFTER_KILL)] {
        if !runs(pid, program) {
            return Ok(());
        }
        signal(pid, name)?;
        let started = Instant::now();
        while runs(pid, program) && started.elapsed() < patience {
            std::thread::sleep(BETWEEN_LOOKS);
        }
    }
    if runs(pid, program) {
        Err(Failure::new(format!("{program} (process {pid}) does not end")))
    } else {
        Ok(())
    }
}

/// Whether the process of this number runs this program. One that has ended and is not yet waited for
/// has no command line, so it does not.
pub(crate) fn runs(pid: u32, program: &str) -> bool {
    let command_line = if Path::new("/proc/self/cmdline").exists() {
        std::fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default()
    } else {
        let mut ps = Command::new("ps");
        process::quiet(ps.args(["-o", "command=", "-p", &pid.to_string()])).unwrap_or_default()
    };
    command_line.contains(program)
}

/// The shell knows `kill` where no program of that name is installed.
fn signal(pid: u32, name: &str) -> Outcome {
    let line = format!("kill -{name} {pid}");
    process::quiet(Command::new("sh").args(["-c", &line])).map(drop)
}

fn end_child(child: &mut Child) {
    // The child may be gone already, which is what is wanted.
    drop(child.kill());
    drop(child.wait());
}

fn tail(log: &Path) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<_> = text.lines().rev().take(15).collect();
    lines.into_iter().rev().map(|line| format!("  {line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unpacked_program_brings_its_libraries() {
        let program = |libraries: &[&str]| Program {
            file: PathBuf::from("/opt/redis-server"),
            libraries: libraries.iter().map(PathBuf::from).collect(),
        };
        assert_eq!(program(&[]).words().unwrap(), ["/opt/redis-server"]);
        let words = program(&["/opt/lib", "/opt/lib2"]).words().unwrap();
        assert_eq!(words, ["/usr/bin/env", "LD_LIBRARY_PATH=/opt/lib:/opt/lib2", "/opt/redis-server"]);
    }

    #[test]
    fn a_process_of_another_program_is_left_alone() {
        let ourselves = std::process::id();
        assert!(!runs(ourselves, "no-such-program"));
        end(ourselves, "no-such-program").unwrap();
    }

    #[test]
    fn an_ended_process_runs_nothing() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        // A process just started has no command line yet.
        while !runs(child.id(), "sleep") {
            assert_eq!(child.try_wait().unwrap(), None);
        }
        end(child.id(), "sleep").unwrap();
        assert!(!runs(child.id(), "sleep"));
        child.wait().unwrap();
    }

    #[test]
    fn a_server_that_ends_at_once_shows_its_log() {
        let log = std::env::temp_dir().join(format!("mero-launch-{}.log", std::process::id()));
        let mut command = Command::new("sh");
        command.args(["-c", "echo no room left >&2; exit 1"]);
        let failure = start(&mut command, &log, || false).unwrap_err();
        assert!(failure.to_string().contains("no room left"), "{failure}");
        std::fs::remove_file(&log).unwrap();
    }
}
