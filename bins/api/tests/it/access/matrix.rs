use std::fmt::Write as _;

use api::Access;
use kernel::{Scope, SystemRole};

use super::scopes::naming_another;
use crate::app::call::Call;
use crate::app::estate::Estate;
use crate::app::people::Persona;
use crate::app::spec::{Spec, specs};
use crate::app::{self, TestApp};
use crate::generated::compare;

/// What a role is told of each operation, and what the owner of another organization is told of our rows, is
/// exactly what is written down.
#[actix_web::test]
async fn every_role_may_do_what_the_matrix_says() {
    app::run(async |app| {
        let ours = Estate::of(app, "kanchenjunga").await;
        let stranger = app.found("Another").await;
        let mut people = Vec::new();
        for role in SystemRole::ALL {
            people.push((role, app.member(ours.org, role).await));
        }
        let mut written = heading();
        for spec in specs(app) {
            if spec.is_public() {
                let _ = writeln!(written, "{:<34} public", spec.id());
                continue;
            }
            let mut cells = vec![Call::of(&spec).send(app).await.code()];
            for (role, persona) in &mut people {
                let seen = ask(app, &spec, persona).await;
                judge(&spec, *role, &seen);
                cells.push(seen);
            }
            cells.push(outsider(app, &spec, &ours, &stranger).await);
            let _ = writeln!(written, "{:<34} {}", spec.id(), columns(&cells));
            if let Some(scope) = spec.operation.for_others {
                let cells = for_others(app, &spec, scope, &ours, &mut people).await;
                let _ = writeln!(written, "{:<34} {}", format!("{}, for others", spec.id()), columns(&cells));
            }
        }
        compare("access-matrix.txt", &written);
    })
    .await;
}

fn heading() -> String {
    let names = ["nobody", "owner", "admin", "member", "guest", "another's owner"].map(str::to_owned);
    format!(
        "# What each operation answers to whom. `yes`: permitted (the rows named do not exist). Made by the tests.\n\
         {:<34} {}\n",
        "operation",
        columns(&names)
    )
}

fn columns(cells: &[String]) -> String {
    let cells = cells.iter().map(|cell| format!("{cell:<16}"));
    cells.collect::<Vec<_>>().join(" ").trim_end().to_owned()
}

/// What a member is told of rows that do not exist; then he is made whole again, whatever he did to himself.
async fn ask(app: &TestApp, spec: &Spec, persona: &mut Persona) -> String {
    let answer = Call::of(spec).for_himself(persona).send(app).await;
    if spec.operation.writes() {
        *persona = app.still(persona).await;
    }
    if matches!(answer.status, 401 | 403) { answer.code() } else { "yes".to_owned() }
}

/// The same for calls that name somebody else, on a row that is there for whoever sees it.
async fn for_others(
    app: &TestApp,
    spec: &Spec,
    scope: Scope,
    ours: &Estate,
    people: &mut [(SystemRole, Persona)],
) -> Vec<String> {
    let call = naming_another(spec, ours);
    let mut cells = vec![call.send(app).await.code()];
    for (role, persona) in people {
        let answer = call.clone().by(&persona.token).send(app).await;
        *persona = app.still(persona).await;
        let seen = if matches!(answer.status, 401 | 403 | 404) { answer.code() } else { "yes".to_owned() };
        let refused = !role.scopes().contains(scope) && seen != "not_found";
        assert_eq!(seen == "scope_missing", refused, "{} for others as {role:?}", spec.id());
        cells.push(seen);
    }
    cells.push("-".to_owned());
    cells
}

/// The declared scopes and the role decide; nothing else may say `scope_missing`.
fn judge(spec: &Spec, role: SystemRole, seen: &str) {
    let Access::Scopes(declared) = &spec.operation.access else {
        return assert_ne!(seen, "scope_missing", "{}: declares no scope", spec.id());
    };
    let held = declared.iter().all(|scope| role.scopes().contains(*scope));
    assert_eq!(seen == "scope_missing", !held, "{} as {role:?}: {seen}", spec.id());
}

/// What the owner of another organization is told of our rows; `-` where he can name none by the path.
async fn outsider(app: &TestApp, spec: &Spec, ours: &Estate, stranger: &Persona) -> String {
    if !spec.has_ids() {
        return "-".to_owned();
    }
    let call = Call::of(spec);
    let kinds = spec.place_kinds().into_iter().zip(call.places.clone());
    let places = kinds.map(|(kind, place)| kind.map_or(place, |kind| ours.id(kind).to_string())).collect();
    let answer = call.at(places).at_version(1).by(&stranger.token).send(app).await;
    match answer.status {
        401 | 403 | 404 => answer.code(),
        status => format!("{status} {}", answer.code()).trim().to_owned(),
    }
}
