//! What the tool is told, in the form it reads (TOML).

use std::collections::BTreeMap;
use std::fmt::Write;

use super::document::Operation;
use super::known::Known;

/// How much is tried.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    /// Generated requests for each operation and phase; the boundary values of its schemas come on top.
    pub(super) examples: u32,
    pub(super) seed: u64,
}

/// So many examples of everything are tried within a third of the time that a token lives, on a slow machine.
const AT_ONCE: u32 = 40;

impl Effort {
    /// The operations in parts, of which none takes too long.
    pub(super) fn parts<'a>(&self, operations: &'a [Operation]) -> impl Iterator<Item = &'a [Operation]> {
        let parts = self.examples.div_ceil(AT_ONCE).max(1) as usize;
        operations.chunks(operations.len().div_ceil(parts).max(1))
    }
}

/// Who calls.
#[derive(Clone, Debug)]
pub(super) struct Tokens {
    /// For all operations but the following.
    pub(super) usual: String,
    /// By the id of an operation.
    pub(super) own: BTreeMap<&'static str, String>,
}

/// Checks that would judge what the document does not promise. Every other check of the tool is on, and a new one
/// of a later version is on too.
const LEFT_OUT: [&str; 2] = [
    // Whatever a schema lets pass would have to be done, but no schema can say that a name is taken, that a password
    // is wrong or that the last owner must stay. What is refused needlessly, the tests of each operation find.
    "positive_data_acceptance",
    // Needs two people who sign in by a password alone. The walk over all operations with another organization's
    // ids (bins/api/tests/it/access/tenants.rs) looks for the same and knows every id.
    "object_level_authorization",
];

/// Statuses that refuse a request which breaks the document. Beside the tool's own there are those that are told
/// before the rest of the request is looked at: a body that is too large, a version that is stale.
const REFUSALS: [u16; 13] = [400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 428, 429];

/// Versions that things have soon after they were made.
const VERSIONS: [&str; 3] = ["\"1\"", "\"2\"", "\"3\""];

/// How often a value that exists is taken where one can be: often enough to get far, seldom enough to stray.
const OFTEN: &str = "0.7";

/// The settings of a run.
pub(super) fn settings(effort: &Effort, tokens: &Tokens, known: &Known, operations: &[Operation]) -> String {
    let mut lines = vec![
        format!("seed = {}", effort.seed),
        "color = false".to_owned(),
        "continue-on-failure = true".to_owned(),
        // Longer than any deadline of the server.
        "request-timeout = 60".to_owned(),
        // Also where nobody has to sign in: some look at who did, and a sign-out ends the session of the token.
        format!("headers = {{ Authorization = {:?} }}", bearer(&tokens.usual)),
        format!("generation.max-examples = {}", effort.examples),
        format!("phases.stateful.generation.max-examples = {}", effort.examples.saturating_mul(5)),
        // A run depends on its seed, not on the runs before it.
        "generation.database = \"none\"".to_owned(),
        "cache.enabled = false".to_owned(),
        format!("checks.negative_data_rejection.expected-statuses = {REFUSALS:?}"),
        format!("checks.missing_required_header.expected-statuses = {REFUSALS:?}"),
        format!("dictionaries.versions.values = {VERSIONS:?}"),
        format!("parameters.\"header.If-Match\" = {}", binding("versions")),
    ];
    lines.extend(LEFT_OUT.iter().map(|check| format!("checks.{check}.enabled = false")));
    let mut blocks = String::new();
    for operation in operations {
        let (words, block) = own(tokens, known, operation);
        lines.extend(words);
        blocks.push_str(&block);
    }
    lines.join("\n") + "\n" + &blocks
}

/// The dictionaries and the block of one operation, if it differs from the others.
fn own(tokens: &Tokens, known: &Known, operation: &Operation) -> (Vec<String>, String) {
    let (mut words, mut block) = (Vec::new(), String::new());
    if let Some(token) = tokens.own.get(operation.id.as_str()) {
        // Writing to a text cannot fail.
        let _ = writeln!(block, "headers = {{ Authorization = {:?} }}", bearer(token));
    }
    for (parameter, values) in known.of(operation) {
        let name = format!("{}-{parameter}", operation.id);
        words.push(format!("dictionaries.{name}.values = {values:?}"));
        let _ = writeln!(block, "parameters.\"path.{parameter}\" = {}", binding(&name));
    }
    if !block.is_empty() {
        block = format!("[[operations]]\ninclude-operation-id = {:?}\n{block}", operation.id);
    }
    (words, block)
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

fn binding(dictionary: &str) -> String {
    format!("{{ dictionary = {dictionary:?}, probability = {OFTEN} }}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(id: &str) -> Operation {
        let [method, path] = ["GET", "/a"].map(str::to_owned);
        Operation { id: id.to_owned(), method, path, public: false }
    }

    #[test]
    fn more_examples_make_more_parts_and_lose_nothing() {
        let operations = ["a", "b", "c", "d", "e"].map(operation);
        let sizes = |examples| {
            let effort = Effort { examples, seed: 7 };
            effort.parts(&operations).map(<[Operation]>::len).collect::<Vec<_>>()
        };
        assert_eq!(sizes(1), [5]);
        assert_eq!(sizes(AT_ONCE + 1), [3, 2]);
        assert_eq!(sizes(AT_ONCE * 100), [1; 5]);
    }

    #[test]
    fn an_operation_with_a_caller_of_its_own_gets_his_token() {
        let tokens = Tokens { usual: "abc".to_owned(), own: [("logout", "def".to_owned())].into() };
        let effort = Effort { examples: 5, seed: 7 };
        let operations = [operation("logout"), operation("list")];
        let text = settings(&effort, &tokens, &Known::default(), &operations);
        let block = "[[operations]]\ninclude-operation-id = \"logout\"\n\
                     headers = { Authorization = \"Bearer def\" }\n";
        assert!(text.ends_with(block), "{text}");
        assert!(text.contains("\nheaders = { Authorization = \"Bearer abc\" }\n"));
        assert!(text.contains("seed = 7\n") && text.contains("generation.max-examples = 5\n"));
    }
}
