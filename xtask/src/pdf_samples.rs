//! Papers of every design, language and length, as PDF and as pictures of their pages.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Explain, Failure, Outcome};
use crate::process;
use crate::services::install;
use crate::workspace::Workspace;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Where the files go
    #[arg(long, default_value = "target/pdf-samples")]
    output: PathBuf,
}

/// What the tests of papers and the samples need, with the package of Debian's that has it.
const READERS: [(&str, &str); 4] = [
    ("pdftoppm", "poppler-utils"),
    ("pdftotext", "poppler-utils"),
    ("pdfinfo", "poppler-utils"),
    ("qpdf", "qpdf"),
];

/// Dots per inch of the pictures: an A4 page is 1240 by 1754.
const RESOLUTION: &str = "150";

/// Runs the example of the crate that sets papers, then draws each page.
pub(crate) fn command(options: &Options) -> Outcome {
    prepare_readers()?;
    let workspace = Workspace::load()?;
    let output = std::path::absolute(&options.output).explain(|| "no folder for the samples".into())?;
    empty(&output)?;
    let mut example = process::cargo();
    example.args(["run", "--quiet", "--package", "pdf", "--example", "pdf-samples", "--"]).arg(&output);
    process::run(example.current_dir(&workspace.root))?;
    let papers = papers(&output)?;
    for paper in &papers {
        process::quiet(Command::new("qpdf").arg("--check").arg(paper))?;
        draw(paper)?;
    }
    println!("{} papers and their pictures are in {}", papers.len(), output.display());
    Ok(())
}

/// Finds the programs that read PDF, or installs them when we are root.
pub(crate) fn prepare_readers() -> Outcome {
    let missing = || READERS.iter().filter(|(program, _)| process::on_path(program).is_none());
    let mut packages: Vec<_> = missing().map(|(_, package)| *package).collect();
    packages.dedup();
    if packages.is_empty() {
        return Ok(());
    }
    let installed = install::packages(&packages);
    let names: Vec<_> = missing().map(|(program, _)| *program).collect();
    if names.is_empty() {
        return Ok(());
    }
    let tried = installed.err().map(|fault| format!("\n  tried: {fault}")).unwrap_or_default();
    Err(Failure::new(format!(
        "papers cannot be looked at: no {} (Debian: apt install {}){tried}",
        names.join(", "),
        packages.join(" ")
    )))
}

/// Samples of an earlier run would pass for those of this one.
fn empty(folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder).explain(|| format!("cannot make {}", folder.display()))?;
    for file in entries(folder)?.iter().filter(|file| is(file, "pdf") || is(file, "png")) {
        std::fs::remove_file(file).explain(|| format!("cannot remove {}", file.display()))?;
    }
    Ok(())
}

fn papers(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut papers: Vec<_> = entries(folder)?.into_iter().filter(|file| is(file, "pdf")).collect();
    papers.sort();
    if papers.is_empty() {
        return Err(Failure::new(format!("no paper was written to {}", folder.display())));
    }
    Ok(papers)
}

fn entries(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = folder.read_dir().explain(|| format!("cannot list {}", folder.display()))?;
    Ok(entries.flatten().map(|entry| entry.path()).collect())
}

fn is(file: &Path, extension: &str) -> bool {
    file.extension().is_some_and(|found| found == extension)
}

/// `classic-en-012-1.png` beside `classic-en-012.pdf`.
fn draw(paper: &Path) -> Outcome {
    let mut command = Command::new("pdftoppm");
    command.args(["-r", RESOLUTION, "-png"]).arg(paper).arg(paper.with_extension(""));
    process::quiet(&mut command).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_papers_and_pictures_of_an_earlier_run_are_removed() {
        let folder = std::env::temp_dir().join(format!("mero-papers-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for name in ["old.pdf", "old-1.png", "notes.txt"] {
            std::fs::write(folder.join(name), name).unwrap();
        }
        empty(&folder).unwrap();
        let left = entries(&folder).unwrap();
        let none = papers(&folder).is_err();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(left, [folder.join("notes.txt")]);
        assert!(none, "an empty folder must not pass for samples");
    }
}
