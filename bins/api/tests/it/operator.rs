//! The operator's shell, as a program of its own on an embedded database of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A data directory that is gone afterwards.
struct Home(PathBuf);

impl Home {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("mero-operator-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn api(&self, arguments: &[&str]) -> Output {
        let mut program = Command::new(env!("CARGO_BIN_EXE_api"));
        program.env_clear().env("MERO_DATA_DIR", &self.0).env("MERO_LOG", "warn").args(arguments);
        program.output().expect("the program starts")
    }

    /// What a command that succeeds prints.
    #[track_caller]
    fn says(&self, arguments: &[&str]) -> String {
        let output = self.api(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    /// What a command that fails complains of.
    #[track_caller]
    fn refuses(&self, arguments: &[&str]) -> String {
        let output = self.api(arguments);
        assert!(!output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8(output.stderr).expect("text")
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).expect("removed");
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

#[test]
fn a_backup_brings_everything_back_with_its_key_elsewhere() {
    let (home, other) = (Home::new("home"), Home::new("other"));
    let file = home.path("backup.mero");
    assert!(home.says(&["seed", "--demo"]).contains("sunita@himaltraders.example"));
    home.says(&["backup", text(&file)]);
    assert!(home.refuses(&["backup", text(&file)]).contains("never replaces a file"));
    other.says(&["restore", text(&file)]);
    let key = |home: &Home| std::fs::read_to_string(home.path("secret.key")).expect("a key");
    assert_eq!(key(&home), key(&other));
    assert!(other.says(&["admin", "organizations", "list"]).contains("Himal Traders Pvt. Ltd."));
    // It starts with no other key than the one its database was used with.
    assert!(
        other.says(&["admin", "users", "reset-password", "anjali@himaltraders.example"]).contains("#token=")
    );
    let here = other.refuses(&["restore", text(&file)]);
    assert!(here.contains("--force replaces it"), "{here}");
    other.says(&["restore", "--force", text(&file)]);
    assert!(other.says(&["seed", "--demo"]).contains("was there before"));
}

#[test]
fn a_backup_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new("private");
    home.says(&["migrate"]);
    let file = home.path("backup.mero");
    home.says(&["backup", text(&file)]);
    let mode = std::fs::metadata(&file).expect("written").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn what_is_damaged_or_no_backup_replaces_nothing() {
    let home = Home::new("damaged");
    home.says(&["seed", "--demo"]);
    let file = home.path("backup.mero");
    home.says(&["backup", text(&file)]);
    let mut bytes = std::fs::read(&file).expect("written");
    bytes[40_000..120_000].fill(0x5a);
    std::fs::write(&file, bytes).expect("damaged");
    let live = home.path("mero.db");
    for bad in [&file, &live, &home.path("secret.key")] {
        home.refuses(&["restore", "--force", text(bad)]);
    }
    assert!(home.says(&["admin", "organizations", "list"]).contains("Himal Traders"));
}

#[test]
fn the_doctor_fails_with_every_fault_and_passes_without() {
    let home = Home::new("doctor");
    let healthy = home.says(&["doctor"]);
    assert!(healthy.lines().all(|line| line.starts_with("ok ")), "{healthy}");
    let mut program = Command::new(env!("CARGO_BIN_EXE_api"));
    program.env_clear().env("MERO_DATA_DIR", &home.0).env("MERO_BIND", "nowhere").env("REDIS_URL", "nothing");
    let output = program.arg("doctor").output().expect("the program starts");
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(!output.status.success());
    assert!(said.contains("MERO_BIND: expected") && said.contains("REDIS_URL: expected"), "{said}");
}

#[test]
fn an_unknown_address_is_told() {
    let home = Home::new("unknown");
    let refusal = home.refuses(&["admin", "users", "reset-mfa", "nobody@example.com"]);
    assert!(refusal.contains("nobody has the address"), "{refusal}");
}
