//! What `cargo metadata` knows about this workspace.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::failure::{Explain, Failure, Outcome};
use crate::process;

/// The workspace, read once per command.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    pub(crate) packages: Vec<Package>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Package {
    pub(crate) name: String,
    /// Relative to the root, with forward slashes: `crates/tickets`.
    pub(crate) folder: String,
    pub(crate) dependencies: Vec<Dependency>,
    /// Names of the examples that `cargo test` builds but does not run.
    pub(crate) examples: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Normal,
    Build,
    Test,
}

impl Workspace {
    pub(crate) fn load() -> Outcome<Self> {
        let mut command = process::cargo();
        command.args(["metadata", "--no-deps", "--format-version", "1"]).current_dir(source_root());
        let json = process::quiet(&mut command)?;
        let value = serde_json::from_str(&json).explain(|| "cargo metadata gave no JSON".into())?;
        Self::read(&value)
    }

    fn read(metadata: &Value) -> Outcome<Self> {
        let root = PathBuf::from(text(metadata, "workspace_root")?);
        let target = PathBuf::from(text(metadata, "target_directory")?);
        let packages = list(metadata, "packages").map(|package| Package::read(package, &root));
        Ok(Self { packages: packages.collect::<Outcome<_>>()?, target, root })
    }
}

impl Package {
    fn read(package: &Value, root: &Path) -> Outcome<Self> {
        let manifest = PathBuf::from(text(package, "manifest_path")?);
        let folder = manifest.parent().and_then(|folder| folder.strip_prefix(root).ok());
        let folder = folder.ok_or_else(|| Failure::new(format!("{} is outside", manifest.display())))?;
        Ok(Self {
            name: text(package, "name")?,
            folder: folder.to_string_lossy().replace('\\', "/"),
            dependencies: list(package, "dependencies").map(Dependency::read).collect::<Outcome<_>>()?,
            examples: list(package, "targets").filter_map(unrun_example).collect(),
        })
    }
}

impl Dependency {
    fn read(dependency: &Value) -> Outcome<Self> {
        let kind = match dependency.get("kind").and_then(Value::as_str) {
            Some("dev") => Kind::Test,
            Some("build") => Kind::Build,
            _ => Kind::Normal,
        };
        Ok(Self { name: text(dependency, "name")?, kind })
    }
}

/// The folder that holds the workspace; cargo compiled this program there.
fn source_root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

fn unrun_example(target: &Value) -> Option<String> {
    let is_example = list(target, "kind").any(|kind| kind == "example");
    let run_by_cargo_test = target.get("test").and_then(Value::as_bool).unwrap_or(false);
    if !is_example || run_by_cargo_test {
        return None;
    }
    text(target, "name").ok()
}

fn list<'a>(value: &'a Value, member: &str) -> impl Iterator<Item = &'a Value> {
    value.get(member).and_then(Value::as_array).into_iter().flatten()
}

fn text(value: &Value, member: &str) -> Outcome<String> {
    let text = value.get(member).and_then(Value::as_str);
    text.map(str::to_owned).ok_or_else(|| Failure::new(format!("cargo metadata has no `{member}`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_dependencies_and_examples_are_read() {
        let metadata = serde_json::json!({
            "workspace_root": "/w",
            "target_directory": "/w/target",
            "packages": [{
                "name": "tickets",
                "manifest_path": "/w/crates/tickets/Cargo.toml",
                "dependencies": [{"name": "kernel", "kind": null}, {"name": "insta", "kind": "dev"}],
                "targets": [
                    {"name": "tickets", "kind": ["lib"], "test": true},
                    {"name": "standalone", "kind": ["example"], "test": false},
                    {"name": "tested", "kind": ["example"], "test": true},
                ],
            }],
        });
        let workspace = Workspace::read(&metadata).unwrap();
        assert_eq!(workspace.target, Path::new("/w/target"));
        let [tickets] = workspace.packages.as_slice() else { panic!("one package") };
        assert_eq!(tickets.folder, "crates/tickets");
        assert_eq!(tickets.examples, ["standalone"]);
        let kinds: Vec<_> = tickets.dependencies.iter().map(|d| (d.name.as_str(), d.kind)).collect();
        assert_eq!(kinds, [("kernel", Kind::Normal), ("insta", Kind::Test)]);
    }

    #[test]
    fn metadata_without_a_root_is_refused() {
        assert!(Workspace::read(&serde_json::json!({"packages": []})).is_err());
    }
}
