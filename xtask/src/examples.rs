//! Examples are what a newcomer copies first, so `test` runs every one of them.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::process;
use crate::tally::Tally;
use crate::workspace::{Package, Workspace};

/// Runs the examples that `cargo test` has just built; each counts as one test.
pub(crate) fn run(workspace: &Workspace) -> Outcome<Tally> {
    let examples = listed(&workspace.packages)?;
    let mut tally = Tally::default();
    for (package, example) in examples {
        println!("\n== example {example} of {}", package.name);
        tally += run_one(workspace, package, example);
    }
    Ok(tally)
}

fn run_one(workspace: &Workspace, package: &Package, example: &str) -> Tally {
    let folder = workspace.root.join(&package.folder);
    let program = workspace.target.join("debug/examples").join(example);
    match process::run(Command::new(program).current_dir::<&Path>(&folder)) {
        Ok(()) => Tally::ONE_PASSED,
        Err(fault) => {
            crate::failure::print(&fault);
            Tally::ONE_FAILED
        }
    }
}

/// Cargo puts all examples into one folder, so two of one name would overwrite each other.
fn listed(packages: &[Package]) -> Outcome<Vec<(&Package, &str)>> {
    let mut names = BTreeSet::new();
    let mut examples = Vec::new();
    for package in packages {
        for example in &package.examples {
            if !names.insert(example) {
                return Err(Failure::new(format!(
                    "two examples are called `{example}`; give that of {} its own name by [[example]]",
                    package.name
                )));
            }
            examples.push((package, example.as_str()));
        }
    }
    Ok(examples)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, examples: &[&str]) -> Package {
        Package {
            name: name.into(),
            folder: format!("crates/{name}"),
            dependencies: Vec::new(),
            examples: examples.iter().map(|example| (*example).to_owned()).collect(),
        }
    }

    #[test]
    fn every_example_is_listed() {
        let packages =
            [package("tickets", &["tickets-alone"]), package("users", &[]), package("crm", &["crm-alone"])];
        let names: Vec<_> = listed(&packages).unwrap().into_iter().map(|(_, example)| example).collect();
        assert_eq!(names, ["tickets-alone", "crm-alone"]);
    }

    #[test]
    fn two_examples_of_one_name_are_refused() {
        let packages = [package("tickets", &["standalone"]), package("crm", &["standalone"])];
        assert!(listed(&packages).unwrap_err().to_string().contains("crm"));
    }
}
