//! Where the programs of this workspace are.

use std::path::{Path, PathBuf};

use crate::{Doing, Outcome};

/// One of our programs, built beside the one that runs now (`target/debug/api` beside
/// `target/debug/deps/servers-1234` and `target/debug/chaos`).
pub(crate) fn ours(name: &str) -> Outcome<PathBuf> {
    let here = std::env::current_exe().doing("this program's own path")?;
    let folders = here.ancestors().skip(1).take(2);
    let found = folders.map(|folder| folder.join(name)).find(|file| file.is_file());
    found.ok_or_else(|| {
        format!("no program `{name}` beside {}; `cargo build --workspace --bins` builds it", here.display())
            .into()
    })
}

/// A program of this machine.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// The words before a program that end it when we end, however that happens.
pub(crate) fn leash(program: &Path) -> Vec<PathBuf> {
    let mut words = Vec::new();
    if let Some(setpriv) = on_path("setpriv") {
        words.extend([setpriv, "--pdeathsig".into(), "KILL".into()]);
    }
    words.push(program.to_owned());
    words
}
