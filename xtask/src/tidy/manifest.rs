//! Every dependency of the workspace says what it is for.

use super::TextFile;
use super::findings::Findings;

pub(crate) fn check(root_manifest: &TextFile, findings: &mut Findings) {
    let mut inside = false;
    let mut above = "";
    for (at, line) in root_manifest.text.lines().enumerate() {
        if line.starts_with('[') {
            inside = line.trim() == "[workspace.dependencies]";
        } else if let Some(name) = dependency(line).filter(|_| inside)
            && !line.contains("path = ")
            && !above.starts_with('#')
        {
            let message = format!("`{name}` has no comment above it that says what it is for");
            findings.fault(&root_manifest.path, at + 1, &message);
        }
        above = line;
    }
}

/// The name at the start of `name = ..` or `name.version = ..`; the inner lines of a list have none.
fn dependency(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(['=', '.'])?;
    let name = name.trim_end();
    let is_name = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let mut findings = Findings::default();
        check(&TextFile { path: "Cargo.toml".into(), text: text.into() }, &mut findings);
        findings.faults().to_vec()
    }

    #[test]
    fn a_dependency_without_a_purpose_is_a_fault() {
        let faults = faults("[workspace.dependencies]\n# Reads JSON.\nserde = \"1\"\nserde_json = \"1\"\n");
        assert_eq!(faults.len(), 1);
        assert!(faults[0].starts_with("Cargo.toml:4: `serde_json`"), "{}", faults[0]);
    }

    #[test]
    fn our_own_rooms_and_other_sections_need_none() {
        let text = "\
[workspace.package]
edition = \"2024\"
[workspace.dependencies]
kernel = { path = \"crates/kernel\" }
# Runs it.
tokio = { version = \"1\", features = [
    \"macros\",
] }
[workspace.lints.rust]
unsafe_code = \"forbid\"
";
        assert_eq!(faults(text), Vec::<String>::new());
    }
}
