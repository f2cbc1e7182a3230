//! Documents that are made from the code, kept true: a test makes each anew and compares.

use std::fmt::Write as _;
use std::path::Path;

use kernel::{Scope, SystemRole};

use crate::app::told;

/// Set to anything, the tests write the documents instead of comparing them.
const WRITE: &str = "MERO_WRITE_GENERATED";

/// Compares a document under `docs/generated` with what it should be.
pub(crate) fn compare(name: &str, expected: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/generated");
    let path = folder.join(name);
    if told(WRITE).is_some() {
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(&path, expected).expect("written");
        return;
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let gone = committed.lines().filter(|line| !expected.lines().any(|other| other == *line));
    let come = expected.lines().filter(|line| !committed.lines().any(|other| other == *line));
    let differences: Vec<_> =
        gone.map(|line| format!("- {line}")).chain(come.map(|line| format!("+ {line}"))).collect();
    assert!(
        committed == expected,
        "docs/generated/{name} is not what the code does:\n{}\nIf the change is meant, look at it once more and \
         write it down: {WRITE}=1 cargo test -p api --test it",
        differences.join("\n")
    );
}

#[test]
fn the_document_of_scopes_is_true() {
    let mut text = String::from(
        "# Scopes\n\nMade by the tests from the one registry, `kernel::Scope`.\n\n\
         | scope | allows | Owner | Admin | Member | Guest |\n|---|---|---|---|---|---|\n",
    );
    for scope in Scope::all() {
        let held = SystemRole::ALL.map(|role| if role.scopes().contains(scope) { "x" } else { "" });
        let _ = writeln!(text, "| `{scope}` | {} | {} |", scope.description(), held.join(" | "));
    }
    compare("scopes.md", &text);
}

#[test]
fn the_document_of_problem_codes_is_true() {
    let (_, codes) = api::document(&api::modules()).unwrap_or_else(|error| panic!("{error}"));
    let mut text = String::from(
        "# Problem codes\n\nEvery `code` a failure may carry, with its title. Made by the tests from the \
         declarations of the modules.\n\n| code | title |\n|---|---|\n",
    );
    for (code, title) in codes.iter() {
        let _ = writeln!(text, "| `{code}` | {title} |");
    }
    compare("problem-codes.md", &text);
}

#[test]
fn the_document_of_reactions_is_true() {
    let mut text = String::from(
        "# Reactions\n\nWhich job follows from an event, and what it does for people. Made by the tests from the score \
         that is played, `composition/src/reactions.rs`, and the feeds' news, `composition/src/notices.rs`.\n\n\
         | after | which | job | queue | does |\n|---|---|---|---|---|\n",
    );
    for reaction in composition::reactions() {
        let composition::Reaction { event, which, job, queue, effects } = reaction;
        let does = effects.iter().map(ToString::to_string).collect::<Vec<_>>().join("<br>");
        let _ = writeln!(text, "| `{event}` | {which} | `{job}` | {queue} | {does} |");
    }
    text.push_str("\n## By the clock\n\n| every | name | job |\n|---|---|---|\n");
    for tick in composition::timetable() {
        let _ =
            writeln!(text, "| {} min | {} | `{}` |", tick.every.num_minutes(), tick.name, tick.job.kind());
    }
    compare("reactions.md", &text);
}
