//! Small files, small handlers, no `mod.rs`.

use super::findings::Findings;
use super::rust_file::{RustFile, word_in};

const FILE_WARNS: usize = 300;
const FILE_FAILS: usize = 400;
const HANDLER_WARNS: usize = 25;

pub(crate) fn check(file: &RustFile, findings: &mut Findings) {
    if file.path.ends_with("/mod.rs") {
        findings.fault(&file.path, 1, "a module is `name.rs` beside `name/`, never `mod.rs`");
    }
    let lines = file.code.len();
    if lines > FILE_FAILS {
        let message = format!("{lines} lines; split it by reason to change (at most {FILE_FAILS})");
        findings.fault(&file.path, 1, &message);
    } else if lines > FILE_WARNS {
        findings.warning(&file.path, 1, &format!("{lines} lines, more than {FILE_WARNS}"));
    }
    if file.path.starts_with("bins/api/src/http/") {
        handlers(file, findings);
    }
}

/// A long handler does work that belongs to a service.
fn handlers(file: &RustFile, findings: &mut Findings) {
    for (at, line) in file.library_lines() {
        let length = length_of_item(&file.code, at);
        if word_in(line, "async fn") && length > HANDLER_WARNS {
            findings.warning(
                &file.path,
                at + 1,
                &format!("a handler of {length} lines, more than {HANDLER_WARNS}"),
            );
        }
    }
}

/// Lines from `at` to the brace that closes the first one opened.
fn length_of_item(code: &[String], at: usize) -> usize {
    let mut depth = 0_i32;
    let mut length = 0;
    for line in code.iter().skip(at) {
        length += 1;
        for character in line.chars() {
            depth += i32::from(character == '{') - i32::from(character == '}');
            if character == '}' && depth == 0 {
                return length;
            }
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> (usize, usize) {
        let mut findings = Findings::default();
        check(&RustFile::read(path, text), &mut findings);
        (findings.faults().len(), findings.warnings().len())
    }

    #[test]
    fn a_long_file_warns_and_a_longer_one_fails() {
        let of = |lines: usize| findings("crates/tickets/src/service.rs", &"fn a() {}\n".repeat(lines));
        assert_eq!(of(300), (0, 0));
        assert_eq!(of(301), (0, 1));
        assert_eq!(of(400), (0, 1));
        assert_eq!(of(401), (1, 0));
    }

    #[test]
    fn mod_rs_is_a_fault() {
        assert_eq!(findings("crates/tickets/src/store/mod.rs", ""), (1, 0));
    }

    #[test]
    fn a_long_handler_warns() {
        let handler = |lines| format!("async fn list() {{\n{}}}\n", "    step();\n".repeat(lines));
        assert_eq!(findings("bins/api/src/http/tickets.rs", &handler(23)), (0, 0));
        assert_eq!(findings("bins/api/src/http/tickets.rs", &handler(24)), (0, 1));
        assert_eq!(findings("crates/tickets/src/service.rs", &handler(24)), (0, 0));
    }
}
