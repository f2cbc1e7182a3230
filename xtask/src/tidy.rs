//! The house rules that neither the compiler nor clippy knows, proved by reading the files.

mod findings;
mod layers;
mod manifest;
mod markdown;
mod rust_file;
mod sizes;
mod threats;
mod words;

use std::path::Path;
use std::process::Command;

use crate::failure::{Explain, Failure, Outcome};
use crate::process;
use crate::workspace::Workspace;
use findings::Findings;
use rust_file::RustFile;

#[derive(Debug, Default, clap::Args)]
pub(crate) struct Options {
    /// Show the warnings one by one, not only their number
    #[arg(long)]
    warnings: bool,
}

/// Prints `path:line: message` for each fault and fails when there is one.
pub(crate) fn command(options: &Options) -> Outcome {
    let workspace = Workspace::load()?;
    let findings = check(&workspace)?;
    findings.print(options.warnings);
    if findings.has_faults() { Err(Failure::Told) } else { Ok(()) }
}

/// A text file of the repository; its path is relative to the root, with forward slashes.
#[derive(Debug, Clone)]
struct TextFile {
    path: String,
    text: String,
}

fn check(workspace: &Workspace) -> Outcome<Findings> {
    let mut findings = Findings::default();
    let paths = listed(&workspace.root)?;
    for path in &paths {
        let read = |path: &str| read(&workspace.root, path);
        match path.rsplit_once('.').map(|(_, extension)| extension) {
            // What a template makes is judged where it is written to.
            Some("rs") if path.starts_with("xtask/templates/") => {}
            Some("rs") => check_rust(&read(path)?, &mut findings),
            Some("md") => {
                let file = read(path)?;
                markdown::check(&file, |target| workspace.root.join(target).exists(), &mut findings);
                if path == threats::PATH {
                    threats::check(&file, |tests| Some(read(tests).ok()?.text), &mut findings);
                }
            }
            _ if path == "Cargo.toml" => manifest::check(&read(path)?, &mut findings),
            _ => {}
        }
    }
    for package in &workspace.packages {
        let manifest = read(&workspace.root, &format!("{}/Cargo.toml", package.folder))?;
        layers::check(package, &workspace.packages, &manifest, &mut findings);
    }
    Ok(findings)
}

fn check_rust(file: &TextFile, findings: &mut Findings) {
    let file = RustFile::read(&file.path, &file.text);
    words::check(&file, findings);
    sizes::check(&file, findings);
}

/// What git tracks or would track, so that built and ignored files are left out.
fn listed(root: &Path) -> Outcome<Vec<String>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]).current_dir(root);
    let list = process::quiet(&mut git)?;
    let mut paths: Vec<_> = list.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
    paths.retain(|path| root.join(path).is_file());
    paths.sort();
    paths.dedup();
    Ok(paths)
}

fn read(root: &Path, path: &str) -> Outcome<TextFile> {
    let text = std::fs::read_to_string(root.join(path)).explain(|| format!("cannot read {path}"))?;
    Ok(TextFile { path: path.to_owned(), text })
}
