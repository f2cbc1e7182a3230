//! Who may import whom: programs -> composition -> domains -> database, platform, calendar -> kernel.

use super::TextFile;
use super::findings::Findings;
use crate::workspace::{Kind, Package};

/// Our rooms, from the innermost one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    Kernel,
    Calendar,
    Migration,
    Database,
    Platform,
    Pdf,
    Domain,
    Composition,
    Program,
    Harness,
    Xtask,
}

/// Libraries that one room alone may depend on, by the start of their name.
const AT_HOME: [(&str, &str); 7] = [
    ("actix", "bins/api"),
    ("utoipa", "bins/api"),
    ("lettre", "crates/platform"),
    ("redis", "crates/platform"),
    ("deadpool-redis", "crates/platform"),
    ("object_store", "crates/platform"),
    ("typst", "crates/pdf"),
];

pub(crate) fn check(package: &Package, all: &[Package], manifest: &TextFile, findings: &mut Findings) {
    for dependency in &package.dependencies {
        let line = line_of(&manifest.text, &dependency.name);
        let ours = all.iter().find(|other| other.name == dependency.name);
        let fault = match ours {
            Some(other) if other.name != package.name => inward(package, other),
            Some(_) => None,
            None => at_home(package, &dependency.name, dependency.kind),
        };
        if let Some(message) = fault {
            findings.fault(&manifest.path, line, &message);
        }
    }
}

fn layer(folder: &str) -> Layer {
    match folder {
        "crates/kernel" => Layer::Kernel,
        "crates/calendar" => Layer::Calendar,
        "crates/database" => Layer::Database,
        "crates/platform" => Layer::Platform,
        "crates/pdf" => Layer::Pdf,
        "crates/composition" => Layer::Composition,
        "migration" => Layer::Migration,
        "harness" => Layer::Harness,
        "xtask" => Layer::Xtask,
        program if program.starts_with("bins/") => Layer::Program,
        _ => Layer::Domain,
    }
}

fn may_import(from: Layer, to: Layer) -> bool {
    let inner: &[Layer] = match from {
        Layer::Kernel | Layer::Harness | Layer::Xtask => &[],
        Layer::Calendar | Layer::Migration | Layer::Platform => &[Layer::Kernel],
        Layer::Pdf => &[Layer::Kernel, Layer::Calendar],
        Layer::Database => &[Layer::Kernel, Layer::Migration],
        Layer::Domain => &[Layer::Kernel, Layer::Calendar, Layer::Database, Layer::Platform],
        Layer::Composition | Layer::Program => {
            let not_below = [Layer::Program, Layer::Harness, Layer::Xtask];
            return !not_below.contains(&to) && (from, to) != (Layer::Composition, Layer::Composition);
        }
    };
    inner.contains(&to)
}

fn inward(package: &Package, other: &Package) -> Option<String> {
    let (from, to) = (layer(&package.folder), layer(&other.folder));
    if may_import(from, to) {
        return None;
    }
    if (from, to) == (Layer::Domain, Layer::Domain) {
        return Some(format!(
            "a domain never imports a domain: {} asks {} through a port of its own",
            package.name, other.name
        ));
    }
    Some(format!("{} may not import {}: imports go inward", package.name, other.name))
}

/// Tests of the programs, and the harness, may speak to the outer world directly, to disturb it.
fn at_home(package: &Package, library: &str, kind: Kind) -> Option<String> {
    let is_named = |start: &str| {
        library.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    let (_, home) = AT_HOME.iter().find(|(start, _)| is_named(start))?;
    let test_of_program = kind == Kind::Test && package.folder.starts_with("bins/");
    let may_disturb = test_of_program || layer(&package.folder) == Layer::Harness;
    let at_home = package.folder == *home;
    (!at_home && !may_disturb).then(|| format!("`{library}` belongs to {home} alone"))
}

fn line_of(manifest: &str, dependency: &str) -> usize {
    let is_it = |line: &str| {
        let rest = line.strip_prefix(dependency);
        rest.is_some_and(|rest| rest.starts_with(['.', ' ', '=']))
    };
    manifest.lines().position(is_it).map_or(1, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Dependency;

    fn package(folder: &str, dependencies: &[(&str, Kind)]) -> Package {
        let read = |(name, kind): &(&str, Kind)| Dependency { name: (*name).to_owned(), kind: *kind };
        Package {
            name: folder.rsplit('/').next().unwrap().to_owned(),
            folder: folder.to_owned(),
            dependencies: dependencies.iter().map(read).collect(),
            examples: Vec::new(),
        }
    }

    fn faults_of(from: &str, to: &str, kind: Kind) -> Vec<String> {
        let all: Vec<_> = [
            "crates/kernel",
            "crates/calendar",
            "crates/database",
            "crates/platform",
            "crates/pdf",
            "crates/tickets",
            "crates/users",
            "crates/composition",
            "bins/api",
            "bins/worker",
            "migration",
            "harness",
            "xtask",
        ]
        .iter()
        .map(|folder| package(folder, &[]))
        .collect();
        let manifest = TextFile {
            path: format!("{from}/Cargo.toml"),
            text: format!("[dependencies]\nserde.workspace = true\n{to}.workspace = true\n"),
        };
        let mut findings = Findings::default();
        check(&package(from, &[(to, kind)]), &all, &manifest, &mut findings);
        findings.faults().to_vec()
    }

    #[track_caller]
    fn fails(from: &str, to: &str) {
        assert_eq!(faults_of(from, to, Kind::Normal).len(), 1, "{from} -> {to}");
    }

    #[track_caller]
    fn passes(from: &str, to: &str) {
        assert_eq!(faults_of(from, to, Kind::Normal), Vec::<String>::new(), "{from} -> {to}");
    }

    #[test]
    fn a_domain_never_imports_a_domain() {
        let faults = faults_of("crates/tickets", "users", Kind::Test);
        assert!(faults[0].starts_with("crates/tickets/Cargo.toml:3: a domain never imports a domain"));
    }

    #[test]
    fn imports_go_inward() {
        passes("bins/api", "composition");
        passes("bins/api", "tickets");
        passes("crates/composition", "tickets");
        passes("crates/tickets", "database");
        passes("crates/tickets", "platform");
        passes("crates/database", "migration");
        passes("crates/platform", "kernel");
        passes("crates/tickets", "calendar");
        passes("crates/calendar", "kernel");
        passes("crates/pdf", "kernel");
        passes("crates/pdf", "calendar");
        passes("crates/composition", "pdf");
        fails("crates/pdf", "tickets");
        fails("crates/pdf", "database");
        fails("crates/tickets", "pdf");
        fails("crates/calendar", "database");
        fails("crates/database", "calendar");
        fails("crates/kernel", "database");
        fails("crates/database", "platform");
        fails("crates/database", "tickets");
        fails("crates/platform", "database");
        fails("crates/tickets", "composition");
        fails("crates/tickets", "migration");
        fails("crates/composition", "api");
        fails("bins/worker", "api");
        fails("xtask", "kernel");
        fails("harness", "kernel");
        fails("bins/api", "harness");
        fails("bins/api", "xtask");
        fails("migration", "database");
    }

    #[test]
    fn each_library_has_its_room() {
        fails("crates/tickets", "actix-web");
        fails("crates/composition", "utoipa");
        fails("bins/worker", "utoipa-swagger-ui");
        fails("crates/tickets", "lettre");
        fails("crates/composition", "deadpool-redis");
        fails("bins/api", "redis");
        fails("crates/composition", "typst");
        fails("bins/worker", "typst-pdf");
        passes("crates/pdf", "typst-layout");
        passes("bins/api", "actix-web");
        passes("crates/platform", "redis");
        passes("crates/tickets", "redistribution");
    }

    #[test]
    fn tests_of_the_programs_and_the_harness_may_disturb_redis() {
        passes("harness", "redis");
        assert!(faults_of("bins/api", "redis", Kind::Test).is_empty());
        assert_eq!(faults_of("crates/tickets", "redis", Kind::Test).len(), 1);
    }
}
