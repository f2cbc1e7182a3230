//! The program from outside; what it does with servers is under test in `harness`.

use std::process::Command;

#[test]
fn an_embedded_database_is_left_to_the_api() {
    let mut worker = Command::new(env!("CARGO_BIN_EXE_worker"));
    let output = worker.env_clear().output().expect("it runs");
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("set DATABASE_URL to a PostgreSQL database"), "{said}");
}

#[test]
fn settings_that_make_no_sense_are_named() {
    let mut worker = Command::new(env!("CARGO_BIN_EXE_worker"));
    let worker = worker.env_clear().env("DATABASE_URL", "mysql://x").env("MERO_LEASE_SECONDS", "soon");
    let output = worker.output().expect("it runs");
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("DATABASE_URL") && said.contains("MERO_LEASE_SECONDS"), "{said}");
}
