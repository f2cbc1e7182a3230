use std::path::Path;

use super::edit::Edit;
use super::files_of;
use super::names::Names;
use crate::failure::{Explain, Outcome};

/// Where the templates are.
const TEMPLATES: &str = "xtask/templates/domain";

/// A set of scopes is stored in a word of the machine.
const MOST_SCOPES: usize = 64;

/// Every file that is to be written, new ones and changed ones, by its path below the root.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) files: Vec<(String, String)>,
}

impl Plan {
    /// Looks at everything before anything is written; all faults at once.
    pub(crate) fn of(root: &Path, names: &Names) -> Result<Self, Vec<String>> {
        let mut faults = Vec::new();
        let migration = next_migration(root, names, &mut faults);
        let mut files = rendered(root, names, &migration).unwrap_or_else(|failure| {
            faults.push(failure.to_string());
            Vec::new()
        });
        for (path, _) in &files {
            if root.join(path).exists() {
                faults.push(format!("{path} exists"));
            }
        }
        faults.extend(clashes(root, names));
        if !faults.is_empty() {
            return Err(faults);
        }
        for edit in edits(root, names, &migration) {
            faults.extend(edit.faults);
            files.push((edit.path.to_owned(), edit.text));
        }
        if faults.is_empty() { Ok(Self { files }) } else { Err(faults) }
    }

    pub(crate) fn write(&self, root: &Path) -> Outcome {
        for (path, text) in &self.files {
            let file = root.join(path);
            if let Some(folder) = file.parent() {
                std::fs::create_dir_all(folder).explain(|| format!("cannot make {}", folder.display()))?;
            }
            // What stays the same keeps its time, and need not be built again.
            if std::fs::read_to_string(&file).is_ok_and(|before| before == *text) {
                continue;
            }
            std::fs::write(&file, text).explain(|| format!("cannot write {path}"))?;
        }
        Ok(())
    }
}

/// The new files.
fn rendered(root: &Path, names: &Names, migration: &str) -> Outcome<Vec<(String, String)>> {
    let templates = root.join(TEMPLATES);
    let read = |name: &str| {
        let text = std::fs::read_to_string(templates.join(name));
        text.map(|text| names.fill(&text)).explain(|| format!("cannot read {TEMPLATES}/{name}"))
    };
    let mut files = vec![
        (format!("crates/database/src/entities/{}.rs", names.singular()), read("entity.rs")?),
        (format!("migration/src/{migration}.rs"), read("migration.rs")?),
        (format!("bins/api/src/http/{}.rs", names.plural()), read("api.rs")?),
    ];
    for name in files_of(&templates.join("crate"))? {
        files.push((names.fill(&format!("crates/__things__/{name}")), read(&format!("crate/{name}"))?));
    }
    Ok(files)
}

/// `m0009_price_lists`.
fn next_migration(root: &Path, names: &Names, faults: &mut Vec<String>) -> String {
    let lib = Edit::of(root, "migration/src/lib.rs");
    faults.extend(lib.faults);
    let numbers =
        lib.text.lines().filter_map(|line| line.strip_prefix("mod m")?.get(..4)?.parse::<u32>().ok());
    format!("m{:04}_{}", numbers.max().unwrap_or(0) + 1, names.plural())
}

/// Words that somebody else uses.
fn clashes(root: &Path, names: &Names) -> Vec<String> {
    let places = [
        ("Cargo.toml", format!("\n{} = ", names.plural()), "a dependency"),
        ("Cargo.toml", format!("\n{} = ", names.kebab()), "a dependency"),
        ("crates/kernel/src/id.rs", format!("    {}Id,\n", names.one()), "an id"),
        ("crates/composition/src/services.rs", format!("    pub {}: ", names.plural()), "a service"),
    ];
    let mut faults = Vec::new();
    for (path, text, what) in places {
        let file = Edit::of(root, path);
        faults.extend(file.faults);
        if file.text.contains(&text) {
            faults.push(format!("{path} has {what} of this name"));
        }
    }
    faults.dedup();
    faults
}

fn edits(root: &Path, names: &Names, migration: &str) -> Vec<Edit> {
    let mut edits = vec![
        Edit::of(root, "Cargo.toml").before(
            "composition = { path = \"crates/composition\" }\n",
            &names.fill("__things__ = { path = \"crates/__things__\" }\n"),
        ),
        Edit::of(root, "crates/database/src/entities.rs")
            .sorted("pub mod ", &names.fill("pub mod __thing__;\n"))
            .into_list("pub fn each(", "}", &names.fill("    visitor.visit::<__thing__::Entity>();\n")),
        Edit::of(root, "migration/src/lib.rs")
            .sorted("mod m", &format!("mod {migration};\n"))
            .sorted("            Box::new(m", &format!("            Box::new({migration}::Migration),\n")),
    ];
    edits.extend(in_kernel(root, names));
    edits.extend(in_composition(root, names));
    edits.extend(in_api(root, names));
    edits
}

fn in_kernel(root: &Path, names: &Names) -> Vec<Edit> {
    let id = names.fill("    /// One of an organization's __things_in_words__.\n    __Thing__Id,\n");
    let ids = Edit::of(root, "crates/kernel/src/id.rs").before("}\n\nimpl OrganizationId {", &id);
    let public =
        Edit::of(root, "crates/kernel/src/lib.rs").after("pub use id::{", &names.fill(" __Thing__Id,"));
    let mut scopes = Edit::of(root, "crates/kernel/src/scope.rs");
    let mut roles = Edit::of(root, "crates/kernel/src/role.rs");
    let verbs = [("Read", "read", "See"), ("Write", "write", "Create, change and delete")];
    let known = scopes.text.matches("\n    (Scope::").count();
    for (variant, verb, allows) in verbs {
        let scope = format!("{}{variant}", names.many());
        if scopes.text.contains(&format!("\n    {scope},\n")) {
            continue;
        }
        let entry =
            format!("    (Scope::{scope}, \"{}:{verb}\", \"{allows} {}\"),\n", names.kebab(), names.words());
        scopes = scopes
            .into_list("pub enum Scope {", "}", &format!("    {scope},\n"))
            .into_list("const REGISTRY: ", "];", &entry)
            .count("const REGISTRY: [(Scope, &str, &str); ", "]", 1);
        roles = roles.into_list("const MEMBER: ", "];", &format!("    Scope::{scope},\n")).count(
            "const MEMBER: [Scope; ",
            "]",
            1,
        );
    }
    if scopes.text.matches("\n    (Scope::").count() > MOST_SCOPES {
        scopes.faults.push(format!("there are {known} scopes, and a set holds {MOST_SCOPES}"));
    }
    vec![ids, public, scopes, roles]
}

fn in_composition(root: &Path, names: &Names) -> Vec<Edit> {
    let manifest = Edit::of(root, "crates/composition/Cargo.toml")
        .after("\ntickets.workspace = true\n", &names.fill("__things__.workspace = true\n"));
    let service = "        let __things__ = __things__::service(\n            database.clone(),\n            \
                   Arc::new(bridges::Staff {\n                members: organizations.members.clone(),\n                \
                   settings: organizations.settings.clone(),\n            }),\n        );\n";
    let services = Edit::of(root, "crates/composition/src/services.rs")
        .after("use tickets::Tickets;\n", &names.fill("use __things__::__Things__;\n"))
        .after(
            "    pub tickets: Arc<dyn Tickets>,\n",
            &names.fill("    pub __things__: Arc<dyn __Things__>,\n"),
        )
        .before(
            "        let (members_later, enrolments_later)",
            &names.fill("        let __things___later = Later::default();\n"),
        )
        .after(
            "        let forgetting = bridges::Forgetting {\n",
            &names.fill("            __things__: __things___later.clone(),\n"),
        )
        .before("        let notifications = notifications::service(", &names.fill(service))
        .before(
            "        bridges::fulfil(&tickets_later, ",
            &names.fill("        bridges::fulfil(&__things___later, __things__.clone());\n"),
        )
        .after("            tickets,\n", &names.fill("            __things__,\n"));
    let field = "    pub(crate) __things__: Later<Arc<dyn __things__::__Things__>>,\n";
    let erase = "        let __things__ = ready(&self.__things__).erase(tx, org, limit).await\
                 .map_err(PortFault::new)?;\n";
    let bridge = "\n/// `__things__` asks `organizations`.\n#[async_trait]\nimpl __things__::People for Staff {\n    \
                  async fn is_member(&self, org: OrganizationId, user: UserId) -> Result<bool, PortFault> {\n        \
                  let active = self.members.active_among(org, &[user]).await.map_err(PortFault::new)?;\n        \
                  Ok(active.contains(&user))\n    }\n}\n";
    let bridges = Edit::of(root, "crates/composition/src/bridges.rs")
        .after("pub(crate) struct Forgetting {\n", &names.fill(field))
        .before("        let kept = database::erase::organization(", &names.fill(erase))
        .after("        let log = ", &names.fill("__things__ && "))
        .at_end(&names.fill(bridge));
    vec![manifest, services, bridges]
}

fn in_api(root: &Path, names: &Names) -> Vec<Edit> {
    vec![
        Edit::of(root, "bins/api/Cargo.toml")
            .after("\ntickets.workspace = true\n", &names.fill("__things__.workspace = true\n")),
        Edit::of(root, "bins/api/src/http.rs")
            .sorted("mod ", &names.fill("mod __things__;\n"))
            .after("        tickets::module(),\n", &names.fill("        __things__::module(),\n")),
        Edit::of(root, "bins/api/src/wiring.rs").after(
            "            .app_data(Data::from(services.tickets.clone()))\n",
            &names.fill("            .app_data(Data::from(services.__things__.clone()))\n"),
        ),
    ]
}
