//! Programs that read PDF files.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The text of a file as it stands on the pages, one line a row; pages end with a form feed.
pub(crate) fn text(pdf: &[u8]) -> String {
    run("pdftotext", "poppler-utils", &["-layout", "-enc", "UTF-8", "-", "-"], pdf)
}

/// What a file says of itself.
pub(crate) fn info(pdf: &[u8]) -> String {
    run("pdfinfo", "poppler-utils", &["-"], pdf)
}

/// Fails unless the file is sound.
pub(crate) fn check(pdf: &[u8], name: &str) -> String {
    let file = std::env::temp_dir().join(format!("mero-pdf-{}-{name}.pdf", std::process::id()));
    std::fs::write(&file, pdf).unwrap();
    let said = run("qpdf", "qpdf", &["--check", file.to_str().unwrap()], &[]);
    std::fs::remove_file(file).unwrap();
    said
}

fn run(program: &str, package: &str, arguments: &[&str], input: &[u8]) -> String {
    let file = on_path(program);
    let file = file.unwrap_or_else(|| {
        panic!("there is no {program} here (Debian: apt install {package}); `cargo xtask test` installs it as root")
    });
    let mut command = Command::new(file);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || pipe.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}
