//! The web app: its packages, its build, its checks, and its tests in a real browser.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Instant, SystemTime};

use serde_json::Value;

use crate::failure::{self, Explain, Failure, Outcome};
use crate::node::Node;
use crate::services::Services;
use crate::tally::Tally;
use crate::workspace::Workspace;
use crate::{browser, process};

/// What a build is made from, in the folder of the app.
const SOURCES: [&str; 6] = ["src", "public", "scripts", "index.html", "vite.config.ts", "package-lock.json"];

/// Scripts of the app that say yes or no. Each counts as a test.
const CHECKS: [&str; 4] = ["check", "types", "gen:check", "i18n"];

/// The app with its packages installed.
#[derive(Debug)]
pub(crate) struct App {
    node: Node,
    folder: PathBuf,
    /// Where reports are written.
    reports: PathBuf,
}

impl App {
    /// Finds Node and installs the packages that the lock file names.
    pub(crate) fn prepare(workspace: &Workspace) -> Outcome<Self> {
        let folder = workspace.root.join("app");
        let node = Node::find(&workspace.target)?;
        node.install(&folder)?;
        let reports = workspace.target.join("app");
        std::fs::create_dir_all(&reports).explain(|| format!("cannot make {}", reports.display()))?;
        Ok(Self { node, folder, reports })
    }

    /// Builds it, unless nothing changed since it was built.
    pub(crate) fn build(&self) -> Outcome {
        let built = changed(&self.folder.join("dist/index.html"));
        let sources = SOURCES.iter().filter_map(|source| newest(&self.folder.join(source))).max();
        if built.is_some_and(|built| sources.is_some_and(|sources| sources < built)) {
            return Ok(());
        }
        process::run(&mut self.script("build", &[]))
    }

    /// One of the app's scripts.
    pub(crate) fn script(&self, name: &str, arguments: &[&str]) -> Command {
        let mut command = self.node.npm(&self.folder);
        command.args(["run", "--silent", name, "--"]).args(arguments);
        command
    }

    /// Everything that needs neither server nor browser.
    pub(crate) fn checks(&self) -> Tally {
        let mut tally = Tally::default();
        for name in CHECKS {
            tally += counted(name, || process::run(&mut self.script(name, &[])));
        }
        tally += counted("build", || self.build());
        tally += counted("size", || process::run(&mut self.script("size", &[])));
        tally += self.reported("unit tests", "vitest.json", |file| {
            let file = format!("--outputFile.json={}", file.display());
            self.script("test", &["--reporter=default", "--reporter=json", &file])
        });
        tally
    }

    /// The stories in a browser, on an installation of their own: all of them on the small one, and on servers those
    /// that are not marked as telling the same in both modes.
    pub(crate) fn stories(&self, target: &Path, services: Option<&Services>) -> Outcome<Tally> {
        let mode = if services.is_some() { "server" } else { "embedded" };
        println!("\n== the web app in a browser, {mode} mode");
        let chromium = browser::find()?;
        let stage = Stage::start(target, services)?;
        Ok(self.reported(&format!("stories, {mode} mode"), &format!("stories-{mode}.json"), |file| {
            let mut command = self.script("e2e", &["--reporter=list,json"]);
            if services.is_some() {
                command.args(["--grep-invert", "@once"]);
            }
            command.env("PLAYWRIGHT_JSON_OUTPUT_FILE", file).env("MERO_CHROMIUM", &chromium);
            stage.tell(&mut command);
            command
        }))
    }

    /// Runs tests that write down what became of them.
    fn reported(&self, what: &str, file: &str, command: impl FnOnce(&Path) -> Command) -> Tally {
        let (started, file) = (Instant::now(), self.reports.join(file));
        // One of an earlier run must not be taken for this one's.
        drop(std::fs::remove_file(&file));
        let ended = process::run(&mut command(&file));
        let report = std::fs::read(&file).ok().and_then(|report| serde_json::from_slice(&report).ok());
        let mut tally = report.as_ref().and_then(counts).unwrap_or_default();
        if let Err(fault) = &ended
            && tally.failed == 0
        {
            failure::print(fault);
            tally += Tally::ONE_FAILED;
        }
        println!("== {what}: {tally} in {:.1} s", started.elapsed().as_secs_f64());
        tally
    }
}

fn counted(name: &str, check: impl FnOnce() -> Outcome) -> Tally {
    let started = Instant::now();
    let outcome = check();
    let verdict = if outcome.is_ok() { "ok" } else { "FAILED" };
    outcome.as_ref().err().into_iter().for_each(failure::print);
    println!("== app {name}: {verdict} in {:.1} s", started.elapsed().as_secs_f64());
    if outcome.is_ok() { Tally::ONE_PASSED } else { Tally::ONE_FAILED }
}

/// The counts of a report by Vitest or by Playwright, where a test that passed at its second try has failed.
fn counts(report: &Value) -> Option<Tally> {
    let number = |at: &str| report.pointer(at).and_then(Value::as_u64);
    let sum = |names: [&str; 2]| Some(number(names[0])? + number(names[1])?);
    if let Some(passed) = number("/numPassedTests") {
        let failed = number("/numFailedTests")?;
        return Some(Tally { passed, failed, ignored: sum(["/numPendingTests", "/numTodoTests"])? });
    }
    let failed = sum(["/stats/unexpected", "/stats/flaky"])?;
    Some(Tally { passed: number("/stats/expected")?, failed, ignored: number("/stats/skipped")? })
}

fn newest(path: &Path) -> Option<SystemTime> {
    let below =
        path.read_dir().ok().into_iter().flatten().flatten().filter_map(|entry| newest(&entry.path()));
    below.chain(changed(path)).max()
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|meta| meta.modified()).ok()
}

/// A running installation. It ends with its owner.
pub(crate) struct Stage {
    child: Child,
    url: String,
    api: String,
    mails: String,
}

impl Stage {
    /// Starts it and waits until it is ready: servers where there are some, else one process on SQLite.
    pub(crate) fn start(target: &Path, services: Option<&Services>) -> Outcome<Self> {
        let mut command = Command::new(target.join("debug/stage"));
        match services {
            Some(services) => services.tell(&mut command)?,
            None => {
                command.arg("--embedded");
            }
        }
        let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = started.explain(|| "cannot start an installation for the browser".into())?;
        let mut line = String::new();
        if let Some(output) = child.stdout.take() {
            let read = BufReader::new(output).read_line(&mut line);
            read.explain(|| "cannot read from the installation".into())?;
        }
        let ready: Value = serde_json::from_str(&line).unwrap_or_default();
        let text = |member: &str| ready.get(member).and_then(Value::as_str).map(str::to_owned);
        match (text("url"), text("api"), text("mails")) {
            (Some(url), Some(api), Some(mails)) => Ok(Self { child, url, api, mails }),
            _ => {
                drop(child.wait());
                Err(Failure::new("the installation for the browser did not start"))
            }
        }
    }

    /// Tells a program where it is.
    pub(crate) fn tell(&self, command: &mut Command) {
        command.env("MERO_BASE_URL", &self.url).env("MERO_API_URL", &self.api);
        command.env("MERO_MAILS", &self.mails);
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // The end of its input tells it to end.
        drop(self.child.stdin.take());
        drop(self.child.wait());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_of_both_runners_are_counted() {
        let vitest = serde_json::json!({
            "numPassedTests": 7, "numFailedTests": 1, "numPendingTests": 2, "numTodoTests": 0,
        });
        assert_eq!(counts(&vitest), Some(Tally { passed: 7, failed: 1, ignored: 2 }));
        let stats = serde_json::json!({"expected": 5, "unexpected": 1, "flaky": 1, "skipped": 3});
        let playwright = serde_json::json!({ "stats": stats });
        assert_eq!(counts(&playwright), Some(Tally { passed: 5, failed: 2, ignored: 3 }));
        assert_eq!(counts(&serde_json::json!({"stats": {}})), None);
    }

    #[test]
    fn a_change_deep_in_a_folder_is_seen() {
        let folder = std::env::temp_dir().join(format!("mero-newest-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("a/b")).unwrap();
        std::fs::write(folder.join("a/b/c"), "").unwrap();
        let (inner, outer) = (changed(&folder.join("a/b/c")), newest(&folder));
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(inner.is_some() && outer >= inner);
        assert_eq!(newest(Path::new("/no/such/folder")), None);
    }
}
