//! Words that do not belong where they stand.

use super::findings::Findings;
use super::rust_file::{RustFile, word_in};

/// Wrong in every Rust file.
const NOWHERE: [(&str, &str); 6] = [
    ("#[allow(", "use #[expect(.., reason = \"..\")], which tells when it is no longer needed"),
    ("#![allow(", "use #![expect(.., reason = \"..\")], which tells when it is no longer needed"),
    ("#[ignore", "a test that does not run proves nothing; mend it or remove it"),
    ("todo!(", "finish it, or leave it out"),
    ("unimplemented!(", "finish it, or leave it out"),
    ("DeriveEntityModel", "entities live in crates/database/src/entities"),
];

/// The ambient world, which only `Env` and the edges may touch.
const AMBIENT: [(&str, &str); 7] = [
    ("Utc::now(", "take the time from kernel::Env"),
    ("Local::now(", "take the time from kernel::Env"),
    ("SystemTime::now(", "take the time from kernel::Env"),
    ("Uuid::now_v7(", "take identifiers from kernel::Env"),
    ("Uuid::new_v4(", "take identifiers from kernel::Env"),
    ("rand::", "take random bytes from kernel::Env"),
    ("env::var", "settings come from platform's configuration"),
];

/// Crates that are not domains; the rest of `crates/` is.
const NO_DOMAINS: [&str; 6] = ["kernel", "calendar", "database", "platform", "composition", "pdf"];

pub(crate) fn check(file: &RustFile, findings: &mut Findings) {
    nowhere(file, findings);
    promises(file, findings);
    ambient(file, findings);
    stores(file, findings);
}

fn nowhere(file: &RustFile, findings: &mut Findings) {
    for (at, line) in file.code.iter().enumerate() {
        for (word, advice) in NOWHERE {
            let at_home = word == "DeriveEntityModel" && file.path.starts_with("crates/database/");
            if !at_home && word_in(line, word) {
                findings.fault(&file.path, at + 1, &format!("`{word}`: {advice}"));
            }
        }
    }
}

/// A promise in a comment names the issue that keeps it.
fn promises(file: &RustFile, findings: &mut Findings) {
    for (at, line) in file.comments.iter().enumerate() {
        let kept = line.split_once("TODO").is_none_or(|(_, after)| names_issue(after));
        if word_in(line, "TODO") && !kept {
            findings.fault(&file.path, at + 1, "`TODO` without an issue; write `TODO(#n)` or do it");
        }
    }
}

fn names_issue(after: &str) -> bool {
    let number = after.strip_prefix("(#").and_then(|text| text.split_once(')'));
    number.is_some_and(|(number, _)| number.parse::<u32>().is_ok())
}

fn ambient(file: &RustFile, findings: &mut Findings) {
    if may_touch_the_world(&file.path) {
        return;
    }
    for (at, line) in file.library_lines() {
        for (word, advice) in AMBIENT {
            if word_in(line, word) {
                findings.fault(&file.path, at + 1, &format!("`{word}`: {advice}"));
            }
        }
    }
}

fn may_touch_the_world(path: &str) -> bool {
    let program =
        path.ends_with("/src/main.rs") && (path.starts_with("bins/") || path.starts_with("migration/"));
    let rooms = [
        "xtask/",
        "harness/",
        "crates/kernel/src/env",
        "crates/platform/src/config",
        "crates/database/src/testing",
    ];
    program || rooms.iter().any(|room| path.starts_with(room))
}

/// Only the stores of a domain speak to the database; the rest of it does not know how.
fn stores(file: &RustFile, findings: &mut Findings) {
    let Some((krate, inner)) = file.path.strip_prefix("crates/").and_then(|path| path.split_once("/src/"))
    else {
        return;
    };
    let is_store = inner == "store.rs" || inner.split('/').any(|folder| folder == "store");
    if NO_DOMAINS.contains(&krate) || is_store || inner.ends_with("/store.rs") {
        return;
    }
    for (at, line) in file.library_lines() {
        for word in ["sea_orm", "entities::", "::entities"] {
            if word_in(line, word) {
                findings.fault(&file.path, at + 1, &format!("`{word}` outside store.rs"));
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> Vec<String> {
        let mut findings = Findings::default();
        check(&RustFile::read(path, text), &mut findings);
        findings.faults().to_vec()
    }

    #[track_caller]
    fn fails(path: &str, text: &str) {
        assert_eq!(faults(path, text).len(), 1, "{path}: {text}");
    }

    #[track_caller]
    fn passes(path: &str, text: &str) {
        assert_eq!(faults(path, text), Vec::<String>::new(), "{path}: {text}");
    }

    const SERVICE: &str = "crates/tickets/src/service.rs";

    #[test]
    fn a_fault_names_path_and_line() {
        let fault = faults(SERVICE, "fn a() {}\n#[allow(dead_code)]\nfn b() {}").remove(0);
        assert!(fault.starts_with("crates/tickets/src/service.rs:2: `#[allow(`"), "{fault}");
    }

    #[test]
    fn exceptions_without_a_reason_are_faults() {
        fails(SERVICE, "#[allow(dead_code)] fn a() {}");
        fails("crates/tickets/tests/it/main.rs", "#![allow(clippy::unwrap_used)]");
        passes(SERVICE, "#[expect(dead_code, reason = \"read by its Drop\")] fn a() {}");
    }

    #[test]
    fn a_test_that_does_not_run_is_a_fault() {
        fails("crates/tickets/tests/it/main.rs", "#[test]\n#[ignore]\nfn a() {}");
        fails("crates/tickets/tests/it/main.rs", "#[ignore = \"slow\"]");
    }

    #[test]
    fn unfinished_code_is_a_fault() {
        fails(SERVICE, "fn a() { todo!() }");
        fails(SERVICE, "fn a() { unimplemented!(\"later\") }");
        passes(SERVICE, "// todo!() is banned\nfn a() { say(\"todo!()\") }");
    }

    #[test]
    fn a_promise_names_its_issue() {
        fails(SERVICE, "// TODO: later");
        fails(SERVICE, "/// TODO(me) later");
        fails(SERVICE, "// TODO(#) later");
        passes(SERVICE, "// TODO(#12): later");
        passes(SERVICE, "const METHODS: &str = \"TODO\"; // METODOS");
    }

    #[test]
    fn the_ambient_world_is_a_fault_in_library_code() {
        fails(SERVICE, "let now = Utc::now();");
        fails(SERVICE, "let now = chrono::Local::now();");
        fails(SERVICE, "let now = SystemTime::now();");
        fails(SERVICE, "let id = uuid::Uuid::now_v7();");
        fails(SERVICE, "let id = Uuid::new_v4();");
        fails(SERVICE, "let dice = rand::random::<u8>();");
        fails("bins/api/src/server.rs", "let bind = std::env::var(\"MERO_BIND\");");
        passes(SERVICE, "let started = Instant::now();");
    }

    #[test]
    fn the_edges_may_touch_the_world() {
        passes("crates/kernel/src/env.rs", "Utc::now(); rand::rng();");
        passes("crates/platform/src/config.rs", "std::env::var(\"MERO_BIND\")");
        passes("bins/api/src/main.rs", "std::env::var(\"MERO_BIND\")");
        passes("crates/tickets/tests/it/main.rs", "Utc::now();");
        passes(SERVICE, "#[cfg(test)]\nmod tests {\n    fn a() { Utc::now(); }\n}");
        fails("crates/kernel/src/id.rs", "Uuid::now_v7();");
    }

    #[test]
    fn only_stores_speak_to_the_database() {
        fails(SERVICE, "use sea_orm::EntityTrait;");
        fails(SERVICE, "use database::entities;");
        fails(SERVICE, "use database::entities::ticket;");
        passes("crates/tickets/src/store.rs", "use sea_orm::EntityTrait;");
        passes("crates/tickets/src/store/comments.rs", "use database::entities::ticket;");
        passes("crates/database/src/events.rs", "use sea_orm::EntityTrait;");
        passes("crates/tickets/tests/it/main.rs", "use sea_orm::EntityTrait;");
    }

    #[test]
    fn entities_are_derived_in_database_alone() {
        fails("crates/tickets/src/store.rs", "#[derive(DeriveEntityModel)]");
        passes("crates/database/src/entities/ticket.rs", "#[derive(DeriveEntityModel)]");
    }
}
