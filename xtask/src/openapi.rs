//! The published document `app/openapi.json`, written from the api's own registration of its routes.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Explain, Failure, Outcome};
use crate::process;
use crate::workspace::Workspace;

const FILE: &str = "app/openapi.json";

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Compare only; fail when the file differs from what the api says
    #[arg(long)]
    check: bool,
}

pub(crate) fn command(options: &Options) -> Outcome {
    if options.check { check(None) } else { write() }
}

/// Fails when the committed document is not the one the api would print; `built` is an api that is
/// known to be up to date.
pub(crate) fn check(built: Option<PathBuf>) -> Outcome {
    let workspace = Workspace::load()?;
    let file = workspace.root.join(FILE);
    let committed = std::fs::read_to_string(&file)
        .explain(|| format!("cannot read {FILE}; write it by `cargo xtask openapi`"))?;
    let program = built.map_or_else(|| built_by_cargo(&workspace.root), Command::new);
    match difference(&committed, &printed(program)?) {
        None => {
            println!("{FILE} is up to date");
            Ok(())
        }
        Some(hint) => Err(Failure::new(format!(
            "{FILE} is not what the api says; run `cargo xtask openapi` and commit it\n{hint}"
        ))),
    }
}

fn write() -> Outcome {
    let workspace = Workspace::load()?;
    let document = printed(built_by_cargo(&workspace.root))?;
    let file = workspace.root.join(FILE);
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).explain(|| format!("cannot make {}", folder.display()))?;
    }
    std::fs::write(&file, document).explain(|| format!("cannot write {FILE}"))?;
    println!("wrote {FILE}");
    Ok(())
}

fn built_by_cargo(root: &Path) -> Command {
    let mut command = process::cargo();
    command.args(["run", "--quiet", "--package", "api", "--"]).current_dir(root);
    command
}

fn printed(mut program: Command) -> Outcome<String> {
    let output = process::capture(program.arg("openapi"))?;
    let document = String::from_utf8(output).explain(|| "the api's document is not UTF-8".into())?;
    serde_json::from_str::<serde_json::Value>(&document)
        .explain(|| "the api's document is not JSON".into())?;
    Ok(format!("{}\n", document.trim_end()))
}

/// The first line that differs, from both sides.
fn difference(committed: &str, printed: &str) -> Option<String> {
    if committed == printed {
        return None;
    }
    let (mut old, mut new) = (committed.lines(), printed.lines());
    let mut number = 0;
    loop {
        number += 1;
        match (old.next(), new.next()) {
            (None, None) => return Some("  only line ends differ".to_owned()),
            (old, new) if old == new => {}
            (old, new) => {
                let (old, new) = (old.unwrap_or("(end)"), new.unwrap_or("(end)"));
                return Some(format!("  {FILE}:{number}\n  - {old}\n  + {new}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_documents_have_no_difference() {
        assert_eq!(difference("{}\n", "{}\n"), None);
    }

    #[test]
    fn the_first_different_line_is_shown_from_both_sides() {
        let hint = difference("{\n \"a\": 1\n}\n", "{\n \"a\": 2\n}\n").unwrap();
        assert_eq!(hint, "  app/openapi.json:2\n  -  \"a\": 1\n  +  \"a\": 2");
    }

    #[test]
    fn a_longer_document_differs_at_its_end() {
        assert!(difference("a\n", "a\nb\n").unwrap().ends_with("- (end)\n  + b"));
        assert!(difference("a\n", "a").is_some());
    }
}
