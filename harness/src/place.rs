use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::{Dice, Doing, Outcome};

/// A folder of its own for logs and data: removed when all went well, kept to be read when not.
#[derive(Debug)]
pub struct Place {
    folder: PathBuf,
    kept: bool,
}

impl Place {
    /// A new folder below the build's own, or below the system's for temporary files.
    pub fn new(name: &str) -> Outcome<Self> {
        let here = std::env::current_exe().doing("this program's own path")?;
        let target = here.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
        let base = target.map_or_else(std::env::temp_dir, |target| target.join("harness"));
        let folder = base.join(format!("{name}-{}", short(Dice::unforeseen().id())));
        std::fs::create_dir_all(&folder).doing(format!("making {}", folder.display()))?;
        Ok(Self { folder, kept: false })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Leaves it in place at the end.
    pub fn keep(&mut self) {
        self.kept = true;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.kept && !std::thread::panicking() {
            // What cannot be removed stays in a folder that `cargo clean` removes.
            drop(std::fs::remove_dir_all(&self.folder));
        }
    }
}

/// Eight characters of an identifier: enough to tell runs apart.
pub(crate) fn short(id: Uuid) -> String {
    id.simple().to_string().chars().take(8).collect()
}
