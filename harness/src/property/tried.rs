//! What was sent, and how it was answered: read from the tool's own record of every request.

use std::collections::BTreeMap;
use std::io::BufRead;

use serde::Deserialize;

use super::document::Operation;
use crate::{Doing, Outcome};

/// How often each operation was answered, by status.
#[derive(Clone, Debug, Default)]
pub(super) struct Tried(BTreeMap<(String, String), BTreeMap<u16, usize>>);

impl Tried {
    /// Reads a record of one event a line.
    pub(super) fn read(record: impl BufRead) -> Outcome<Self> {
        let mut tried = Self::default();
        for line in record.lines() {
            let line: Line = serde_json::from_str(&line?).doing("reading the record of requests")?;
            if let Some(Scenario { recorder }) = line.finished {
                tried.add(recorder);
            }
        }
        Ok(tried)
    }

    fn add(&mut self, recorder: Recorder) {
        for (id, case) in recorder.cases {
            let interaction = recorder.interactions.get(&id);
            let Some(answer) = interaction.and_then(|interaction| interaction.response.as_ref()) else {
                continue;
            };
            let operation = (case.value.method.to_uppercase(), case.value.path);
            *self.0.entry(operation).or_default().entry(answer.status_code).or_default() += 1;
        }
    }

    /// Adds what another run tried.
    pub(super) fn join(&mut self, other: Self) {
        for (operation, statuses) in other.0 {
            let mine = self.0.entry(operation).or_default();
            statuses.into_iter().for_each(|(status, count)| *mine.entry(status).or_default() += count);
        }
    }

    /// How often an operation answered with each status; nothing if it was never tried.
    pub(super) fn of(&self, operation: &Operation) -> BTreeMap<u16, usize> {
        self.0.get(&(operation.method.clone(), operation.path.clone())).cloned().unwrap_or_default()
    }
}

#[derive(Deserialize)]
struct Line {
    #[serde(rename = "ScenarioFinished")]
    finished: Option<Scenario>,
}

#[derive(Deserialize)]
struct Scenario {
    recorder: Recorder,
}

#[derive(Deserialize)]
struct Recorder {
    #[serde(default)]
    cases: BTreeMap<String, Node>,
    #[serde(default)]
    interactions: BTreeMap<String, Interaction>,
}

#[derive(Deserialize)]
struct Node {
    value: Case,
}

#[derive(Deserialize)]
struct Case {
    method: String,
    path: String,
}

#[derive(Deserialize)]
struct Interaction {
    response: Option<Answered>,
}

#[derive(Deserialize)]
struct Answered {
    status_code: u16,
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str = concat!(
        r#"{"Initialize":{"seed":7}}"#,
        "\n",
        r#"{"ScenarioFinished":{"phase":"coverage","recorder":{"label":"GET /a/{id}","cases":{"#,
        r#""x":{"value":{"method":"GET","path":"/a/{id}"}},"y":{"value":{"method":"TRACE","path":"/a/{id}"}},"#,
        r#""z":{"value":{"method":"GET","path":"/a/{id}"}},"lost":{"value":{"method":"GET","path":"/a/{id}"}}},"#,
        r#""interactions":{"x":{"response":{"status_code":200}},"y":{"response":{"status_code":405}},"#,
        r#""z":{"response":{"status_code":404}},"lost":{"response":null}}}}}"#,
        "\n",
        r#"{"ScenarioFinished":{"phase":"examples","recorder":{"label":"GET /b"}}}"#,
    );

    fn operation(path: &str) -> Operation {
        let (id, method) = ("a".to_owned(), "GET".to_owned());
        Operation { id, method, path: path.to_owned(), public: false }
    }

    #[test]
    fn only_answered_requests_of_the_operation_itself_count() {
        let mut tried = Tried::read(RECORD.as_bytes()).expect("a record");
        assert_eq!(tried.of(&operation("/a/{id}")), [(200, 1), (404, 1)].into());
        assert_eq!(tried.of(&operation("/b")), [].into());
        tried.join(tried.clone());
        assert_eq!(tried.of(&operation("/a/{id}")), [(200, 2), (404, 2)].into());
    }

    #[test]
    fn a_record_that_cannot_be_read_is_none() {
        assert!(Tried::read("{\"ScenarioFinished\":7}".as_bytes()).is_err());
        assert!(Tried::read("no record".as_bytes()).is_err());
    }
}
