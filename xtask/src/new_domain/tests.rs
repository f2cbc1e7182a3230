use std::path::{Path, PathBuf};

use super::names::Names;
use super::plan::Plan;
use super::{files_of, left_to_do};
use crate::process;
use crate::workspace::Workspace;

fn parsed(plural: &str, singular: Option<&str>) -> Names {
    Names::parse(plural, singular).unwrap()
}

#[test]
fn a_name_is_told_in_every_spelling() {
    let names = parsed("price_lists", None);
    assert_eq!(
        (names.singular(), names.many().as_str(), names.one().as_str()),
        ("price_list", "PriceLists", "PriceList")
    );
    let text = "__things__ __thing__ __thing___made __Things__ __Thing__Id __thingCamel__Id uq___table___id /__path__ \
                __Things_in_words__ __things_in_words__ __thing_in_words__";
    let filled = "price_lists price_list price_list_made PriceLists PriceListId priceListId uq_price_lists_id \
                  /price-lists Price lists price lists price list";
    assert_eq!(names.fill(text), filled);
    for (plural, singular) in
        [("companies", "company"), ("foxes", "fox"), ("classes", "class"), ("searches", "search")]
    {
        assert_eq!(parsed(plural, None).singular(), singular);
    }
    assert_eq!(parsed("crm", Some("deal")).one(), "Deal");
}

#[test]
fn all_faults_of_the_names_are_told_at_once() {
    let faults = Names::parse("Price-List", Some("is")).unwrap_err();
    assert_eq!(faults.len(), 2, "{faults:?}");
    let faults = Names::parse("x", None).unwrap_err();
    assert_eq!(faults.len(), 2, "{faults:?}");
    for bad in ["1things", "things_", "_things", "price__lists", "thíngs", "", "events", "matches"] {
        Names::parse(bad, None).expect_err(bad);
    }
}

#[test]
fn names_that_somebody_has_are_refused_before_anything_is_written() {
    let root = Workspace::load().unwrap().root;
    for (plural, singular) in
        [("tickets", None), ("users", None), ("url", Some("link_of_it")), ("settings_of_it", Some("job"))]
    {
        let faults = Plan::of(&root, &parsed(plural, singular)).unwrap_err();
        assert!(!faults.is_empty(), "{plural}");
    }
    let faults = Plan::of(&root, &parsed("tickets", None)).unwrap_err();
    for what in [
        "crates/tickets/Cargo.toml exists",
        "entities/ticket.rs exists",
        "an id",
        "a dependency",
        "a service",
    ] {
        assert!(faults.iter().any(|fault| fault.contains(what)), "{what}: {faults:?}");
    }
}

#[test]
fn no_place_of_a_template_is_left_unfilled() {
    let (root, names) = (Workspace::load().unwrap().root, parsed("price_lists", None));
    let plan = Plan::of(&root, &names).unwrap();
    let new = plan.files.iter().filter(|(path, _)| !root.join(path).exists());
    let texts = new.map(|(path, text)| format!("{path}\n{text}")).chain([left_to_do(&names)]);
    let texts: Vec<_> = texts.collect();
    assert_eq!(texts.len(), 18, "entity, migration, api, fourteen files of the crate, and the list");
    for text in texts {
        let left = text.split("__").nth(1).filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()));
        assert_eq!(left, None, "{text}");
    }
}

/// The new crate and what it stands on are built in a copy of the workspace whose other rooms are empty, with the
/// libraries that are built already: they are the same as long as the copy asks for all of them. Our own crates must
/// not be the same: cargo tells them apart by their place below the root alone, so the copy has them one folder deeper.
#[test]
fn a_new_domain_compiles_and_its_tests_pass() {
    let workspace = Workspace::load().unwrap();
    let copy = workspace.target.join("new-domain");
    let plan = Plan::of(&workspace.root, &parsed("sample_things", None)).unwrap();
    lay_out(&workspace, &copy);
    let inner = plan.files.iter().filter(|(path, _)| is_built(path));
    let inner = inner.map(|(path, text)| match path.as_str() {
        ROOT => (path.clone(), deeper(text)),
        _ => (format!("{DEEPER}/{path}"), text.clone()),
    });
    Plan { files: inner.collect() }.write(&copy).unwrap();
    let mut test = process::cargo();
    test.args(["test", "--workspace", "--offline", "--test", "it", "--target-dir"]).arg(&workspace.target);
    let ended = test.current_dir(&copy).env_remove("TEST_DATABASE_URL").output().unwrap();
    let said = [ended.stdout, ended.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    let passed = said.lines().filter(|line| line.ends_with("... ok")).count();
    assert!(ended.status.success() && passed >= 10, "{said}");
}

/// What the new crate stands on.
const BUILT: [&str; 3] = ["crates/kernel/", "crates/database/", "migration/"];

/// The manifest of the workspace.
const ROOT: &str = "Cargo.toml";

/// The folder that holds the rooms of the copy.
const DEEPER: &str = "copied";

fn is_built(path: &str) -> bool {
    BUILT.iter().chain(&["crates/sample_things/", ROOT]).any(|room| path.starts_with(room))
}

/// The workspace's manifest, its rooms one folder deeper.
fn deeper(manifest: &str) -> String {
    let lines = manifest.lines().map(|line| match line.split_once(" = ") {
        Some(("members", rooms)) => format!(
            "members = {}",
            rooms.replace(", \"", &format!(", \"{DEEPER}/")).replace("[\"", &format!("[\"{DEEPER}/"))
        ),
        Some(("default-members", _)) => String::new(),
        _ => line.replace("{ path = \"", &format!("{{ path = \"{DEEPER}/")),
    });
    lines.map(|line| line + "\n").collect()
}

/// Rooms that are built as they are, the others with their manifests alone.
fn lay_out(workspace: &Workspace, copy: &Path) {
    let root = &workspace.root;
    let mut files: Vec<(String, String)> = Vec::new();
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    files.push(("Cargo.lock".to_owned(), read("Cargo.lock")));
    for room in BUILT {
        for source in files_of(&root.join(room).join("src")).unwrap() {
            let path = format!("{room}src/{source}");
            files.push((format!("{DEEPER}/{path}"), read(&path)));
        }
    }
    for package in &workspace.packages {
        let folder = &package.folder;
        let manifest = without_targets(&read(&format!("{folder}/Cargo.toml")));
        files.push((format!("{DEEPER}/{folder}/Cargo.toml"), manifest));
        if !is_built(&format!("{folder}/")) {
            files.push((format!("{DEEPER}/{folder}/src/lib.rs"), String::new()));
        }
    }
    Plan { files }.write(copy).unwrap();
    let mut rooms: Vec<_> = workspace.packages.iter().map(|package| package.folder.as_str()).collect();
    rooms.push("crates/sample_things");
    forget_others(copy, &rooms);
}

/// The manifest of an empty room names no program and no test.
fn without_targets(manifest: &str) -> String {
    let mut kept = true;
    let lines = manifest.lines().filter(|line| {
        if line.starts_with('[') {
            kept = !line.starts_with("[[");
        }
        kept
    });
    lines.map(|line| format!("{line}\n")).collect()
}

/// Rooms that are gone from the workspace are gone from its copy.
fn forget_others(copy: &Path, folders: &[&str]) {
    for group in ["crates", "bins"] {
        let rooms: Vec<PathBuf> =
            copy.join(DEEPER).join(group).read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
        for room in rooms {
            let name = room.file_name().unwrap().to_string_lossy().into_owned();
            if !folders.contains(&format!("{group}/{name}").as_str()) {
                std::fs::remove_dir_all(&room).unwrap();
            }
        }
    }
}
