//! Building the tests ahead of their run, and finding a program among what was built.

use std::path::PathBuf;

use serde_json::Value;

use crate::failure::Outcome;
use crate::process;

/// Builds every test of the workspace, and with them the programs they drive. A program built on its
/// own would have other features of the same libraries, so half the workspace would be built twice.
pub(crate) fn build_tests() -> Outcome<Artifacts> {
    let mut command = process::cargo();
    command.args(["test", "--workspace", "--no-run", "--message-format", "json-render-diagnostics"]);
    let messages = process::capture(&mut command)?;
    Ok(Artifacts { messages: String::from_utf8_lossy(&messages).into_owned() })
}

/// What cargo said it built.
#[derive(Debug, Default)]
pub(crate) struct Artifacts {
    messages: String,
}

impl Artifacts {
    /// Where a program of the workspace is; `None` when no test drives it.
    pub(crate) fn program(&self, name: &str) -> Option<PathBuf> {
        let messages = self.messages.lines().filter_map(|line| serde_json::from_str(line).ok());
        messages.filter_map(|message| executable(&message, name)).next()
    }
}

fn executable(message: &Value, name: &str) -> Option<PathBuf> {
    let is_program = message.pointer("/target/kind/0")? == "bin" && message.pointer("/target/name")? == name;
    let is_its_test = message.pointer("/profile/test")?.as_bool()?;
    let file = message.get("executable")?.as_str()?;
    (is_program && !is_its_test).then(|| PathBuf::from(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artifact(name: &str, test: bool, executable: &str) -> String {
        let message = serde_json::json!({
            "reason": "compiler-artifact",
            "target": {"name": name, "kind": ["bin"]},
            "profile": {"test": test},
            "executable": executable,
        });
        format!("{message}\n")
    }

    #[test]
    fn the_program_is_found_and_not_its_unit_tests() {
        let messages = [
            "{\"reason\":\"build-script-executed\"}\nno json\n".to_owned(),
            artifact("api", true, "/target/debug/deps/api-1"),
            artifact("worker", false, "/target/debug/worker"),
            artifact("api", false, "/target/debug/api"),
        ];
        let artifacts = Artifacts { messages: messages.concat() };
        assert_eq!(artifacts.program("api"), Some(PathBuf::from("/target/debug/api")));
        assert_eq!(artifacts.program("migrate"), None);
    }
}
