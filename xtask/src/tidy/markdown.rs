//! Links between documents lead somewhere.

use super::TextFile;
use super::findings::Findings;

/// `exists` is asked about paths relative to the root of the repository.
pub(crate) fn check(file: &TextFile, exists: impl Fn(&str) -> bool, findings: &mut Findings) {
    let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut fenced = false;
    for (at, line) in file.text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        for link in links(line) {
            let target = local(&link, folder);
            if target.is_some_and(|target| !exists(&target)) {
                findings.fault(&file.path, at + 1, &format!("`{link}` leads nowhere"));
            }
        }
    }
}

/// Targets of `[text](target)` and of `[label]: target` outside of inline code.
fn links(line: &str) -> Vec<String> {
    let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join("");
    let inline = prose.split("](").skip(1).filter_map(|after| after.split(')').next());
    let reference = prose.strip_prefix('[').and_then(|line| line.split_once("]: "));
    let reference = reference.map(|(_, target)| target);
    let targets = inline.chain(reference).filter_map(|target| target.split_whitespace().next());
    targets.map(|target| target.trim_matches(['<', '>']).to_owned()).collect()
}

/// The path a link means, from the root; `None` for the web and for a heading of the same document.
fn local(link: &str, folder: &str) -> Option<String> {
    let path = link.split(['#', '?']).next().unwrap_or_default();
    let is_web =
        path.split_once(':').is_some_and(|(scheme, _)| scheme.chars().all(|c| c.is_ascii_alphanumeric()));
    if path.is_empty() || is_web || path.starts_with("//") {
        return None;
    }
    let from = if path.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> Vec<String> {
        let there = ["README.md", "docs/operations.md", "crates/tickets/README.md"];
        let mut findings = Findings::default();
        let file = TextFile { path: path.into(), text: text.into() };
        check(&file, |target| there.contains(&target), &mut findings);
        findings.faults().to_vec()
    }

    #[test]
    fn a_link_that_leads_nowhere_is_a_fault() {
        let faults = faults("README.md", "Read\nthe [manual](docs/manual.md).");
        assert_eq!(faults, ["README.md:2: `docs/manual.md` leads nowhere"]);
    }

    #[test]
    fn links_are_read_from_where_they_stand() {
        assert!(faults("docs/operations.md", "[up](../README.md) [root](/README.md#start)").is_empty());
        assert!(
            faults("crates/tickets/README.md", "[ops](../../docs/operations.md \"Operations\")").is_empty()
        );
        assert_eq!(faults("docs/operations.md", "[wrong](README.md)").len(), 1);
        assert_eq!(faults("README.md", "[a](README.md) and ![b](b.png)").len(), 1);
        assert_eq!(faults("README.md", "[label]: missing.md").len(), 1);
    }

    #[test]
    fn the_web_headings_and_code_are_left_alone() {
        let text = "[a](https://example.com/x.md) [b](#start) [c](mailto:a@example.com) `[d](d.md)`\n";
        assert!(faults("README.md", text).is_empty());
        assert!(faults("README.md", "```\n[a](missing.md)\n```\n").is_empty());
    }
}
