//! A new domain with all its rooms, wired as far as that can be done without knowing what it is about.

mod edit;
mod names;
mod plan;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::process::Command;

use crate::failure::{Explain, Failure, Outcome};
use crate::process;
use crate::workspace::Workspace;
use names::Names;
use plan::Plan;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// What it has many of, as a crate, a module and a table are called: `invoices`, `price_lists`
    name: String,
    /// One of them, where that is not the name without its `s`: `--one person`
    #[arg(long)]
    one: Option<String>,
    /// Go on although the working tree has changes that are not committed
    #[arg(long)]
    force: bool,
}

/// Writes everything or, told all that is wrong, nothing.
pub(crate) fn command(options: &Options) -> Outcome {
    let workspace = Workspace::load()?;
    let mut faults = Vec::new();
    if !options.force && is_dirty(&workspace.root)? {
        faults.push("the working tree has changes: commit them first, or say --force".to_owned());
    }
    let plan = Names::parse(&options.name, options.one.as_deref()).and_then(|names| {
        let plan = Plan::of(&workspace.root, &names)?;
        Ok((plan, names))
    });
    let (plan, names) = match plan {
        Ok(planned) if faults.is_empty() => planned,
        Ok(_) => return Err(refusal(&faults)),
        Err(more) => {
            faults.extend(more);
            return Err(refusal(&faults));
        }
    };
    plan.write(&workspace.root)?;
    format(&workspace.root, &names)?;
    println!("{}", left_to_do(&names));
    Ok(())
}

fn refusal(faults: &[String]) -> Failure {
    Failure::new(format!("nothing was written:\n  - {}", faults.join("\n  - ")))
}

fn is_dirty(root: &Path) -> Outcome<bool> {
    let mut git = Command::new("git");
    let status = process::quiet(git.args(["status", "--porcelain"]).current_dir(root))?;
    Ok(!status.trim().is_empty())
}

/// Lines break elsewhere with every name.
fn format(root: &Path, names: &Names) -> Outcome {
    let mut command = process::cargo();
    command.arg("fmt").current_dir(root);
    for package in [names.plural(), "kernel", "database", "migration", "composition", "api"] {
        command.args(["--package", package]);
    }
    process::quiet(&mut command).map(drop)
}

fn left_to_do(names: &Names) -> String {
    let text = include_str!("../templates/domain/left-to-do.txt");
    names.fill(text)
}

/// The files of a folder below it, whatever their depth, relative to it and in order.
fn files_of(folder: &Path) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        let entries = next.read_dir().explain(|| format!("cannot read {}", next.display()))?;
        for entry in entries {
            let path = entry.explain(|| format!("cannot read {}", next.display()))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(relative) = path.strip_prefix(folder) {
                found.push(relative.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    Ok(found)
}
