use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::process::{Child, Command};

use crate::{Doing, Failure, Outcome, programs};

/// A program that is started, disturbed and started again, always with the same settings.
///
/// Start it from a task that lives as long as it should: where the `setpriv` program is present, the process ends
/// with the thread that started it.
#[derive(Debug)]
pub struct Process {
    /// `api-1`, `worker-2`.
    pub name: String,
    program: PathBuf,
    arguments: Vec<String>,
    settings: Vec<(String, String)>,
    log: PathBuf,
    child: Option<Child>,
}

/// What a process can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Freeze: connections stay open and nothing answers.
    Stop,
    /// Go on as if nothing had been.
    Continue,
    /// Please end.
    Terminate,
}

impl Process {
    /// A process that does not run yet. It inherits nothing but `PATH`.
    pub fn new(name: &str, program: PathBuf, arguments: &[&str], log: PathBuf) -> Self {
        Self {
            name: name.to_owned(),
            program,
            arguments: arguments.iter().map(|word| (*word).to_owned()).collect(),
            settings: Vec::new(),
            log,
            child: None,
        }
    }

    /// Another process of the same program with the same settings, that does not run yet.
    pub fn twin(&self, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            program: self.program.clone(),
            arguments: self.arguments.clone(),
            settings: self.settings.clone(),
            log: self.log.with_file_name(format!("{name}.log")),
            child: None,
        }
    }

    /// Adds a variable of its environment.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.settings.push((name.to_owned(), value.into()));
    }

    /// Starts it. What it prints is added to its log.
    pub fn start(&mut self) -> Outcome {
        let log = std::fs::File::options().create(true).append(true).open(&self.log);
        let log = log.doing(format!("opening {}", self.log.display()))?;
        let errors = log.try_clone().doing("opening the log twice")?;
        let mut words = programs::leash(&self.program).into_iter();
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words).args(&self.arguments).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(log).stderr(errors).kill_on_drop(true);
        self.child = Some(command.spawn().doing(format!("starting {}", self.name))?);
        Ok(())
    }

    /// Ends it as a power cut would.
    pub async fn kill(&mut self) -> Outcome {
        let Some(mut child) = self.child.take() else { return Ok(()) };
        child.kill().await.doing(format!("killing {}", self.name))
    }

    /// Sends it a signal.
    pub async fn signal(&self, signal: Signal) -> Outcome {
        let name = match signal {
            Signal::Stop => "STOP",
            Signal::Continue => "CONT",
            Signal::Terminate => "TERM",
        };
        let id = self.id().doing(format!("the process {}", self.name))?;
        let line = format!("kill -{name} {id}");
        let status = Command::new("sh").args(["-c", &line]).stdin(Stdio::null()).status().await?;
        if status.success() { Ok(()) } else { Err(format!("`{line}` ended with {status}").into()) }
    }

    /// Waits until it has ended by itself.
    pub async fn ended(&mut self, limit: Duration) -> Outcome<ExitStatus> {
        let child = self.child.as_mut().doing("a process to wait for")?;
        let status = tokio::time::timeout(limit, child.wait()).await;
        let status = status.doing(format!("{} did not end within {limit:?}", self.name))?;
        self.child = None;
        Ok(status?)
    }

    /// How it ended, if it did.
    pub fn exit(&mut self) -> Outcome<Option<ExitStatus>> {
        match &mut self.child {
            Some(child) => Ok(child.try_wait()?),
            None => Ok(None),
        }
    }

    /// Its number while it runs.
    pub fn id(&self) -> Option<u32> {
        self.child.as_ref().and_then(Child::id)
    }

    /// Where it writes.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// A failure, with the end of the log that explains it.
    pub(crate) fn explain(&self, failure: &str) -> Failure {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = text.lines().rev().take(12).collect();
        let mut message = format!("{}: {failure}; {} ends with:", self.name, self.log.display());
        for line in lines.into_iter().rev() {
            // Writing to a text cannot fail.
            let _ = write!(message, "\n    {line}");
        }
        message.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sleeper(script: &str) -> (crate::Place, Process) {
        let place = crate::Place::new("process").expect("a folder");
        let log = place.folder().join("log");
        (place, Process::new("sleeper", PathBuf::from("/bin/sh"), &["-c", script], log))
    }

    #[tokio::test]
    async fn a_killed_process_starts_again_with_the_same_settings() {
        let (_place, mut process) = sleeper("echo $GREETING; sleep 60 & wait");
        process.set("GREETING", "namaste");
        process.start().expect("started");
        let first = process.id();
        process.kill().await.expect("killed");
        assert_eq!(process.id(), None);
        process.start().expect("started");
        assert_ne!(process.id(), first);
        let limit = Duration::from_secs(5);
        let said = || async {
            let text = std::fs::read_to_string(process.log())?;
            Ok(text.lines().any(|line| line == "namaste").then_some(()))
        };
        crate::until(limit, "the greeting", said).await.expect("a setting arrives");
    }

    #[tokio::test]
    async fn a_process_that_is_asked_to_end_says_how_it_ended() {
        let (_place, mut process) = sleeper("trap 'exit 7' TERM; echo ready; while :; do sleep 0.02; done");
        process.start().expect("started");
        let ready = || async { Ok(std::fs::read_to_string(process.log())?.contains("ready").then_some(())) };
        crate::until(Duration::from_secs(5), "the trap", ready).await.expect("ready");
        process.signal(Signal::Terminate).await.expect("told");
        let status = process.ended(Duration::from_secs(5)).await.expect("ended");
        assert_eq!(status.code(), Some(7));
    }
}
