//! The document put to the test by a tool that knows nothing but the document: schemathesis sends what the
//! schemas allow, what they forbid, and the ends of both, and holds every answer against what was promised.
//!
//! It works as an Owner and as a Member, each in an organization with a row of every kind. Operations that end the
//! caller's session or standing are tried by people of their own. An operation that was not tried is a finding.

mod document;
mod estate;
mod known;
mod pass;
mod sabotage;
mod settings;
mod tool;
mod tried;

use std::path::PathBuf;

use serde_json::Value;

use crate::{Cluster, Dice, Doing, Outcome, Plan};
use document::{Document, Operation};
use pass::{Done, Role, Stage};
use sabotage::falsified;
use settings::Effort;

/// What the api warns of when the document lets pass what the code cannot read.
const LOOSE: &str = "a schema is looser than its type";

/// How the server library begins to tell of requests that are no HTTP; the tool sends some to see what it may send.
const NO_HTTP: &str = "stream error: request parse error";

/// Where a server shows its document.
const DOCUMENT: &str = "/api/openapi.json";

/// After these the caller is signed in no longer, or no longer who he was, so each gets a caller of its own.
const ENDINGS: [&str; 9] = [
    "auth_logout",
    "auth_logout_all",
    "auth_mfa_disable",
    "members_leave",
    "organization_deletion_request",
    "organization_policy_update",
    "organization_transfer",
    "sessions_revoke",
    "users_me_deletion_request",
];

/// How a run is done.
#[derive(Clone, Debug)]
pub struct Run {
    /// A PostgreSQL server on which databases may be made.
    pub database: String,
    /// The program `schemathesis`.
    pub tool: PathBuf,
    /// Generated requests for each operation and phase.
    pub examples: u32,
    pub seed: u64,
    /// Shows the tool a document that lies: the run must find something.
    pub sabotage: bool,
    /// Keeps logs and reports even if nothing was found.
    pub keep: bool,
}

/// What a run found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// A line for each run of the tool, and one for each role.
    pub figures: Vec<String>,
    /// What did not hold, with all that the tool says of it.
    pub broken: Vec<String>,
}

impl Run {
    /// Does it. A failure is a run that could not be done to its end, which is as bad as anything found.
    pub async fn go(&self) -> Outcome<Report> {
        let plan = Plan {
            name: "property",
            apis: 1,
            workers: 1,
            database: self.database.clone(),
            redis: None,
            settings: Vec::new(),
        };
        let mut cluster = Cluster::start(&plan).await?;
        let result = self.in_cluster(&cluster).await;
        // What a sabotaged run finds is known before.
        let is_as_foreseen = result.as_ref().is_ok_and(|report| self.sabotage || report.broken.is_empty());
        if is_as_foreseen && !self.keep {
            return result;
        }
        cluster.keep_logs();
        let place = cluster.place().folder().display().to_string();
        let mut report = result.doing(format!("logs in {place}"))?;
        report.figures.push(format!("the logs and the tool's reports are in {place}"));
        Ok(report)
    }

    async fn in_cluster(&self, cluster: &Cluster) -> Outcome<Report> {
        let served = Document::served(&cluster.client).await?;
        let effort = Effort { examples: self.examples, seed: self.seed };
        let mut report = Report::default();
        if self.sabotage {
            let (lies, document) = falsified(served)?;
            let file = cluster.place().folder().join("document.json");
            std::fs::write(&file, lies.to_string()).doing(format!("writing {}", file.display()))?;
            let shown = Some(file.as_path());
            let stage = Stage { cluster, document: &document, tool: &self.tool, effort, sabotage: shown };
            report.add(Role::Owner, &document, stage.play(Role::Owner, &mut self.dice(Role::Owner)).await?);
            return Ok(report);
        }
        let document = &Document::of(&served)?;
        report.broken.extend(unknown_endings(document));
        let stage = Stage { cluster, document, tool: &self.tool, effort, sabotage: None };
        let (mut one, mut other) = (self.dice(Role::Owner), self.dice(Role::Member));
        // Side by side: the tool makes up its requests as slowly as the server answers them.
        let (owner, member) =
            tokio::try_join!(stage.play(Role::Owner, &mut one), stage.play(Role::Member, &mut other))?;
        report.add(Role::Owner, document, owner);
        report.add(Role::Member, document, member);
        report.broken.extend(complaints(cluster)?);
        Ok(report)
    }

    fn dice(&self, role: Role) -> Dice {
        Dice::new(self.seed).of(role as u64)
    }
}

/// A list that names what is not there any longer would hide that a new name is missing in it.
fn unknown_endings(document: &Document) -> impl Iterator<Item = String> {
    let is_known = |ending: &str| document.operations.iter().any(|operation| operation.id == ending);
    let unknown = ENDINGS.iter().filter(move |ending| !is_known(ending));
    unknown.map(|ending| format!("the document has no `{ending}`: take it from the list of endings"))
}

impl Report {
    /// Compares what was tried with what there is.
    fn add(&mut self, role: Role, document: &Document, done: Done) {
        let mut succeeded = 0;
        for operation in &document.operations {
            let statuses: Vec<_> = done.tried.of(operation).into_keys().collect();
            succeeded += usize::from(statuses.iter().any(|status| (200..300).contains(status)));
            self.broken.extend(doubt(role, operation, &statuses));
        }
        let all = document.operations.len();
        self.figures.extend(done.figures);
        self.figures.push(format!("{role}: {succeeded} of {all} operations did something"));
        self.broken.extend(done.broken);
    }
}

/// Whether an operation was tried at all, and by somebody who was let in.
fn doubt(role: Role, operation: &Operation, statuses: &[u16]) -> Option<String> {
    if statuses.is_empty() {
        return Some(format!("as {role}, nobody tried {operation}"));
    }
    let turned_away = statuses.iter().all(|status| matches!(status, 401 | 403));
    let anybody = role == Role::Owner && !operation.public;
    (anybody && turned_away)
        .then(|| format!("even an {role} was let in nowhere: {operation} gave {statuses:?}"))
}

/// What the server itself wrote down as its own defect.
fn complaints(cluster: &Cluster) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    for process in cluster.apis.iter().chain(&cluster.workers) {
        let log = std::fs::read_to_string(process.log());
        let log = log.doing(format!("reading {}", process.log().display()))?;
        let lines = log.lines().filter(|line| is_complaint(line)).take(20);
        found.extend(lines.map(|line| format!("{} logged: {line}", process.name)));
    }
    Ok(found)
}

/// Logs are JSON, a line each; whatever else is printed is the last word of something that broke.
fn is_complaint(line: &str) -> bool {
    let Ok(line) = serde_json::from_str::<Value>(line) else { return !line.trim().is_empty() };
    let message = line.pointer("/fields/message").and_then(Value::as_str).unwrap_or_default();
    let is_error = line.pointer("/level").is_none_or(|level| level == "ERROR");
    (is_error && !message.starts_with(NO_HTTP)) || message == LOOSE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(public: bool) -> Operation {
        let [id, method, path] = ["a", "GET", "/a"].map(str::to_owned);
        Operation { id, method, path, public }
    }

    #[test]
    fn an_untried_operation_is_a_finding() {
        assert!(doubt(Role::Member, &operation(true), &[]).is_some());
        assert!(doubt(Role::Member, &operation(false), &[403]).is_none());
    }

    #[test]
    fn an_owner_is_let_in_everywhere() {
        assert!(doubt(Role::Owner, &operation(false), &[401, 403]).is_some());
        assert!(doubt(Role::Owner, &operation(false), &[401, 422]).is_none());
        assert!(doubt(Role::Owner, &operation(true), &[401]).is_none());
    }

    #[test]
    fn an_ending_that_is_gone_from_the_document_is_noticed() {
        let document = Document { operations: vec![operation(false)] };
        assert_eq!(unknown_endings(&document).count(), ENDINGS.len());
    }

    #[test]
    fn errors_and_loose_schemas_are_complaints() {
        let line = |level: &str, message: &str| {
            format!(r#"{{"level":"{level}","fields":{{"message":"{message}"}}}}"#)
        };
        assert!(is_complaint(&line("ERROR", "a handler panicked")));
        assert!(is_complaint(&line("WARN", LOOSE)));
        assert!(is_complaint("thread 'main' panicked at main.rs"));
        assert!(!is_complaint(&line("WARN", "a slow statement")) && !is_complaint(""));
        assert!(!is_complaint(&line("ERROR", "stream error: request parse error: invalid Header provided")));
    }
}
