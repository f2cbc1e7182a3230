//! Looking for the servers' programs on this machine and among the packages unpacked earlier.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::launch::Program;
use super::postgres::Programs;
use crate::process;

const OLDEST_POSTGRES: u32 = 15;
const OLDEST_REDIS: u32 = 7;

/// PostgreSQL: on PATH, where Debian keeps it beside PATH, or unpacked under `unpacked`.
pub(crate) fn postgres(unpacked: &Path) -> Option<Programs> {
    let on_path = process::on_path("postgres").and_then(|file| file.canonicalize().ok());
    let mut folders: Vec<_> =
        on_path.iter().filter_map(|file| file.parent()).map(Path::to_path_buf).collect();
    folders.extend(debian_folders(Path::new("/")));
    let installed = folders.iter().find_map(|folder| postgres_in(folder, Vec::new()));
    installed.or_else(|| {
        debian_folders(unpacked).iter().find_map(|folder| postgres_in(folder, libraries(unpacked)))
    })
}

/// Redis: on PATH, or unpacked under `unpacked`.
pub(crate) fn redis(unpacked: &Path) -> Option<Program> {
    let installed = process::on_path("redis-server").map(|file| Program { file, libraries: Vec::new() });
    let downloaded =
        || Program { file: unpacked.join("usr/bin/redis-server"), libraries: libraries(unpacked) };
    let is_new_enough = |program: &Program| version(program).is_some_and(|found| found >= OLDEST_REDIS);
    installed.filter(is_new_enough).or_else(|| Some(downloaded()).filter(is_new_enough))
}

fn postgres_in(folder: &Path, libraries: Vec<PathBuf>) -> Option<Programs> {
    let program = |name| Program { file: folder.join(name), libraries: libraries.clone() };
    let programs = Programs { postgres: program("postgres"), initdb: program("initdb") };
    let complete = process::is_program(&programs.initdb.file);
    let new_enough = || version(&programs.postgres).is_some_and(|found| found >= OLDEST_POSTGRES);
    (complete && new_enough()).then_some(programs)
}

/// `usr/lib/postgresql/<version>/bin`, newest version first.
fn debian_folders(root: &Path) -> Vec<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = entries(&root.join("usr/lib/postgresql"))
        .filter_map(|folder| Some((folder.file_name()?.to_str()?.parse().ok()?, folder.join("bin"))))
        .collect();
    versions.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    versions.into_iter().map(|(_, folder)| folder).collect()
}

/// Folders of shared libraries below an unpacked root, such as `usr/lib/x86_64-linux-gnu`.
fn libraries(root: &Path) -> Vec<PathBuf> {
    let parents = [root.join("usr/lib"), root.join("lib")];
    let of_machine = parents.iter().flat_map(|parent| entries(parent));
    let of_machine = of_machine.filter(|folder| folder.to_string_lossy().ends_with("-linux-gnu"));
    of_machine.chain(parents.iter().filter(|folder| folder.is_dir()).cloned()).collect()
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    folder.read_dir().into_iter().flatten().flatten().map(|entry| entry.path())
}

fn version(program: &Program) -> Option<u32> {
    let mut command = Command::new(&program.file);
    program.with_libraries(&mut command).ok()?;
    major(&process::quiet(command.arg("--version")).ok()?)
}

/// The first number of `postgres (PostgreSQL) 15.13 (Debian ..)` or `Redis server v=7.0.15 sha=..`.
fn major(line: &str) -> Option<u32> {
    let start = line.find(|character: char| character.is_ascii_digit())?;
    let digits = line.get(start..)?.split(|character: char| !character.is_ascii_digit());
    digits.into_iter().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_both_programs() {
        assert_eq!(major("postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)\n"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64\n"), Some(7));
        assert_eq!(major("no version here"), None);
    }

    #[test]
    fn an_empty_root_holds_no_programs() {
        let nowhere = Path::new("/nowhere/at/all");
        assert!(debian_folders(nowhere).is_empty());
        assert!(libraries(nowhere).is_empty());
        assert!(postgres_in(nowhere, Vec::new()).is_none());
    }

    #[test]
    fn the_newest_version_comes_first() {
        let root = std::env::temp_dir().join(format!("mero-find-{}", std::process::id()));
        for version in ["9", "15", "17"] {
            std::fs::create_dir_all(root.join("usr/lib/postgresql").join(version).join("bin")).unwrap();
        }
        let folders = debian_folders(&root);
        std::fs::remove_dir_all(&root).unwrap();
        let newest = folders.first().unwrap();
        assert!(newest.ends_with("17/bin"), "{folders:?}");
        assert_eq!(folders.len(), 3);
    }
}
