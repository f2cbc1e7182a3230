//! A browser for tests: Chromium as it is on this machine, or as Debian has it.

use std::path::PathBuf;

use crate::failure::{Failure, Outcome};
use crate::process;
use crate::services::install;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Finds it, or installs it when we are root.
pub(crate) fn find() -> Outcome<PathBuf> {
    if let Some(found) = on_path() {
        return Ok(found);
    }
    let installed = install::packages(&["chromium"]);
    on_path().ok_or_else(|| {
        let tried = installed.err().map(|fault| format!("\n  tried: {fault}")).unwrap_or_default();
        Failure::new(format!(
            "the web app cannot be tried: no Chromium (Debian: apt install chromium){tried}"
        ))
    })
}

fn on_path() -> Option<PathBuf> {
    NAMES.iter().find_map(|name| process::on_path(name))
}
