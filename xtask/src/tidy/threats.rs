//! The table of threats names tests that are there, so that a test renamed or removed is missed.

use super::TextFile;
use super::findings::Findings;

/// Where the table stands.
pub(crate) const PATH: &str = "docs/threats.md";

/// `text_of` is asked for files by their path from the root of the repository.
pub(crate) fn check(file: &TextFile, text_of: impl Fn(&str) -> Option<String>, findings: &mut Findings) {
    for (at, line) in file.text.lines().enumerate() {
        let Some(proof) = proof(line) else { continue };
        let mut fault = |message: &str| findings.fault(&file.path, at + 1, message);
        let mut named = 0;
        let mut tests = None;
        for word in spans(proof) {
            if word.ends_with(".rs") {
                tests = text_of(word);
                if tests.is_none() {
                    fault(&format!("`{word}` is not there"));
                }
                continue;
            }
            named += 1;
            match &tests {
                None => fault(&format!("`{word}` stands in no file that is there")),
                Some(text) if !has_test(text, word) => fault(&format!("there is no test `{word}`")),
                Some(_) => {}
            }
        }
        if named == 0 {
            fault("no test shows this");
        }
    }
}

/// The last cell of a row with content.
fn proof(line: &str) -> Option<&str> {
    let cells = line.strip_prefix('|')?.strip_suffix('|')?;
    let (before, last) = cells.rsplit_once('|')?;
    let is_row = !before.trim().starts_with('#') && !cells.trim().starts_with("---");
    is_row.then_some(last)
}

/// What stands between backticks.
fn spans(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn has_test(text: &str, name: &str) -> bool {
    let mut marked = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[") {
            marked |= line.ends_with("test]") || line.contains("test(");
            continue;
        }
        let head = line.split('(').next().unwrap_or_default();
        if marked && head.split_whitespace().next_back() == Some(name) {
            return true;
        }
        marked &= line.starts_with("//");
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const TESTS: &str = "#[test]\nfn a_is_refused() {}\n\nfn no_test() {}\n\n\
                         #[tokio::test]\n#[cfg(unix)]\nasync fn b_holds() {\n}\n";

    fn faults(rows: &str) -> Vec<String> {
        let mut findings = Findings::default();
        let text = format!("# Threats\n\n| # | threat | shown by |\n|---|---|---|\n{rows}\n");
        let file = TextFile { path: PATH.into(), text };
        check(&file, |path| (path == "crates/a/tests/it/a.rs").then(|| TESTS.to_owned()), &mut findings);
        findings.faults().to_vec()
    }

    #[test]
    fn a_row_names_tests_that_are_there() {
        let rows = "| 3 | a `word` | `crates/a/tests/it/a.rs`: `a_is_refused`, `b_holds` |";
        assert_eq!(faults(rows), Vec::<String>::new());
    }

    #[test]
    fn a_test_that_is_gone_a_plain_function_and_an_empty_row_are_faults() {
        let gone = faults("| 3 | a | `crates/a/tests/it/a.rs` `a_is_renamed` `no_test` |");
        assert_eq!(
            gone,
            [
                "docs/threats.md:5: there is no test `a_is_renamed`",
                "docs/threats.md:5: there is no test `no_test`",
            ]
        );
        let moved = faults("| 3 | a | `crates/b/tests/it/a.rs` `b_holds` |");
        assert_eq!(moved.len(), 2, "{moved:?}");
        assert_eq!(faults("| 3 | a | later |"), ["docs/threats.md:5: no test shows this"]);
    }
}
