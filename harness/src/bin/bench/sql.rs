//! The database alone: the server's own statements, played by pgbench.

use std::path::{Path, PathBuf};
use std::time::Duration;

use harness::{Call, Doing, Outcome, Process, free_port, until};
use serde_json::Value;
use tokio::process::Command;

use crate::estate::Estate;

/// Connections that pgbench uses, as many as the load on the api.
pub(crate) const CLIENTS: usize = 16;

/// pgbench and the scripts for it.
pub(crate) struct PgBench {
    /// The program, and the words before its arguments.
    pub(crate) words: Vec<String>,
    /// Where `list.sql` and `create.sql` are.
    pub(crate) scripts: PathBuf,
}

impl PgBench {
    /// Plays one script against each organization of the estate in turn. Returns transactions a second.
    pub(crate) async fn play(
        &self,
        estate: &Estate,
        name: &str,
        organizations: usize,
        time: Duration,
    ) -> Outcome<f64> {
        let script = self.script(name)?;
        let mut words = self.words.iter();
        let mut command = Command::new(words.next().doing("pgbench")?);
        command.args(words);
        for (number, words) in estate.words(organizations).await?.iter().enumerate() {
            let text =
                words.iter().fold(script.replace("[[", "").replace("]]", ""), |text, (word, value)| {
                    text.replace(word, &format!("'{value}'"))
                });
            let file = estate.cluster.place().folder().join(format!("{number}-{name}"));
            std::fs::write(&file, text)?;
            command.arg("-f").arg(file);
        }
        let (clients, seconds) = (CLIENTS.to_string(), time.as_secs().to_string());
        command.args(["-n", "-M", "prepared", "-j", "1", "-c", &clients, "-T", &seconds]);
        let output = command.arg(estate.cluster.database_url()).kill_on_drop(true).output().await?;
        let said = String::from_utf8_lossy(&output.stdout);
        let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
        let failure = || format!("pgbench {name}: {said}{}", String::from_utf8_lossy(&output.stderr));
        rate.filter(|_| output.status.success()).ok_or_else(|| failure().into())
    }

    /// Fails if a script does not say what the server says.
    pub(crate) async fn compare(&self, estate: &Estate, said: &Said) -> Outcome {
        let token = &estate.first()?.access;
        for (name, call) in
            [("list.sql", Call::get("/tickets?limit=50")), ("create.sql", said.create.clone())]
        {
            let heard = said.listen(call.token(token)).await?;
            let script = statements(&self.script(name)?);
            if heard != script {
                let heard = heard.join("\n\n");
                return Err(format!("{name} is outdated; the server's statements are\n\n{heard}").into());
            }
        }
        Ok(())
    }

    fn script(&self, name: &str) -> Outcome<String> {
        let file = self.scripts.join(name);
        std::fs::read_to_string(&file).doing(format!("reading {}", file.display()))
    }
}

/// An api process that logs each statement.
pub(crate) struct Said {
    process: Process,
    client: harness::Client,
    create: Call,
}

impl Said {
    /// Starts it beside the others.
    pub(crate) async fn start(estate: &Estate, create: Value) -> Outcome<Self> {
        let port = free_port()?;
        let api = estate.cluster.apis.first().doing("an api process")?;
        let mut process = api.twin("api-that-logs");
        process.set("MERO_BIND", format!("127.0.0.1:{port}"));
        process.set("MERO_LOG", "warn,sqlx::query=debug");
        process.start()?;
        let client = harness::Client::new(vec![format!("http://127.0.0.1:{port}")])?;
        client.insist(&Call::get("/readyz"), Duration::from_secs(30)).await?.with(200)?;
        Ok(Self { process, client, create: Call::post("/tickets", create) })
    }

    /// What the server says for a request, the second time: the first one finds out who asks.
    async fn listen(&self, call: Call) -> Outcome<Vec<String>> {
        self.client.send(&call).await?;
        let before = self.log()?.len();
        self.client.send(&call).await?;
        let heard = until(Duration::from_secs(5), "the log", || async {
            let log = self.log()?;
            let lines = log.get(before..).unwrap_or_default().lines();
            let heard: Vec<String> = lines.filter_map(statement).collect();
            Ok((!heard.is_empty()).then_some(heard))
        });
        heard.await
    }

    fn log(&self) -> Outcome<String> {
        std::fs::read_to_string(self.process.log()).doing("reading the log")
    }

    /// Ends it.
    pub(crate) async fn end(mut self) -> Outcome {
        self.process.kill().await
    }
}

/// What belongs to no operation: the frame of a transaction, the clock, who asks, the jobs.
const BESIDE: [&str; 6] =
    ["BEGIN", "COMMIT", "clock_timestamp()", "signing_keys", "FROM sessions", "installation_facts"];

/// The statement in a line of the log, with its values as blanks; none where a line is about something else.
fn statement(line: &str) -> Option<String> {
    let line: Value = serde_json::from_str(line).ok()?;
    let text = |field: &str| line.pointer(field)?.as_str().map(str::trim).filter(|text| !text.is_empty());
    // A short statement stands in the summary alone.
    let text = text("/fields/db.statement").or_else(|| text("/fields/summary"))?;
    let is_beside = BESIDE.iter().any(|beside| text.contains(beside));
    (!is_beside).then(|| blanked(text))
}

/// `$7` becomes a blank.
fn blanked(text: &str) -> String {
    let mut parts = text.split('$');
    let mut blanked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        blanked.push_str("[[]]");
        blanked.push_str(part.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    }
    blanked
}

/// The statements of a script, with its values as blanks.
fn statements(script: &str) -> Vec<String> {
    let lines = script.lines().filter(|line| !line.starts_with("--") && !line.starts_with('\\'));
    let lines = lines.map(|line| line.split(" \\gset").next().unwrap_or_default().trim_end_matches(';'));
    lines.filter(|line| !matches!(*line, "BEGIN" | "COMMIT")).map(emptied).collect()
}

fn emptied(line: &str) -> String {
    let mut parts = line.split("[[");
    let mut emptied = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        emptied.push_str("[[]]");
        emptied.push_str(part.split_once("]]").map_or(part, |(_, rest)| rest));
    }
    emptied
}

/// pgbench, if the run was told where it is: one word of its command a line.
pub(crate) fn pgbench(words: Option<String>, scripts: &Path) -> Outcome<PgBench> {
    let words = words.doing("pgbench, which comes with the PostgreSQL server (TEST_PGBENCH)")?;
    Ok(PgBench { words: words.lines().map(str::to_owned).collect(), scripts: scripts.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_and_the_log_are_compared_without_their_values() {
        let script =
            "-- words\nBEGIN;\nUPDATE a SET b = b + [[1]] WHERE c = [['{\"d\": 1}']] \\gset e_\nCOMMIT;\n";
        let log = r#"{"fields":{"db.statement":"\n\nUPDATE a SET b = b + $1 WHERE c = $12\n"}}"#;
        assert_eq!(statements(script), vec![statement(log).expect("a statement")]);
    }

    #[test]
    fn other_lines_of_the_log_are_not_statements() {
        assert_eq!(statement(r#"{"fields":{"db.statement":"","summary":"COMMIT"}}"#), None);
        let short = r#"{"fields":{"db.statement":"","summary":"DELETE FROM a"}}"#;
        assert_eq!(statement(short).as_deref(), Some("DELETE FROM a"));
        assert_eq!(statement("no json"), None);
    }
}
