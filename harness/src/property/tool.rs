//! One run of the tool: a child process with settings of its own, and the reports it writes.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde::Deserialize;
use tokio::process::Command;

use super::document::Operation;
use super::tried::Tried;
use crate::{Doing, Outcome, programs};

/// What the tool is asked to do.
#[derive(Debug)]
pub(super) struct Task<'a> {
    pub(super) program: &'a Path,
    /// Where it works; its settings, its reports and what it prints stay there.
    pub(super) folder: PathBuf,
    /// Where the server is.
    pub(super) base: &'a str,
    /// Another document than the one the server shows.
    pub(super) document: Option<&'a Path>,
    pub(super) settings: String,
    pub(super) operations: &'a [Operation],
}

/// How it went.
#[derive(Debug)]
pub(super) struct Verdict {
    pub(super) passed: bool,
    pub(super) counts: Counts,
    pub(super) tried: Tried,
    /// All that it printed.
    pub(super) said: String,
}

/// The tool's own counts.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Counts {
    /// Requests it made up.
    pub(super) generated: usize,
    #[serde(rename = "unique_failures")]
    pub(super) failures: usize,
    pub(super) errored: usize,
}

#[derive(Deserialize)]
struct Summary {
    complete: bool,
    test_cases: Counts,
}

impl Task<'_> {
    /// Runs it to its end.
    pub(super) async fn run(&self) -> Outcome<Verdict> {
        let folder = &self.folder;
        std::fs::create_dir_all(folder).doing(format!("making {}", folder.display()))?;
        let (settings, output) = (folder.join("settings.toml"), folder.join("output.txt"));
        std::fs::write(&settings, &self.settings).doing(format!("writing {}", settings.display()))?;
        let status = self.command(&settings, &output)?.status().await;
        let status = status.doing(format!("running {}", self.program.display()))?;
        let said = std::fs::read_to_string(&output).doing(format!("reading {}", output.display()))?;
        self.reports().doing(format!("schemathesis ended with {status} and said:\n{said}")).map(
            |(summary, tried)| Verdict {
                passed: status.success() && summary.complete,
                counts: summary.test_cases,
                tried,
                said,
            },
        )
    }

    fn command(&self, settings: &Path, output: &Path) -> Outcome<Command> {
        let log = File::create(output).doing(format!("making {}", output.display()))?;
        let errors = log.try_clone().doing("opening the output twice")?;
        let mut words = programs::leash(self.program).into_iter();
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words).arg("--config-file").arg(settings).arg("run");
        match self.document {
            Some(document) => command.arg(document),
            None => command.arg(format!("{}{}", self.base, super::DOCUMENT)),
        };
        command.args(["--url", self.base]);
        for operation in self.operations {
            command.args(["--include-operation-id", &operation.id]);
        }
        command.args(["--report", "json,ndjson", "--report-json-path", "summary.json"]);
        command.args(["--report-ndjson-path", "requests.ndjson"]);
        command
            .current_dir(&self.folder)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", &self.folder).env("PYTHONUTF8", "1").env("COLUMNS", "120");
        command.stdin(Stdio::null()).stdout(log).stderr(errors).kill_on_drop(true);
        Ok(command)
    }

    fn reports(&self) -> Outcome<(Summary, Tried)> {
        let open = |name: &str| File::open(self.folder.join(name)).map(BufReader::new).doing(name);
        let summary = serde_json::from_reader(open("summary.json")?).doing("reading its summary")?;
        Ok((summary, Tried::read(open("requests.ndjson")?)?))
    }
}
