use std::collections::BTreeMap;

use kernel::OrganizationId;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value as Bound};
use serde_json::{Value, json};

use crate::app::call::{Answer, Call, nowhere};
use crate::app::estate::Estate;
use crate::app::people::Persona;
use crate::app::spec::{Spec, ids_in, kind_of, specs, with_ids};
use crate::app::{self, TestApp};

/// Ids of another organization, wherever they stand, are answered as ids of nothing, and change nothing there.
#[actix_web::test]
async fn ids_of_another_organization_are_ids_of_nothing() {
    app::run(async |app| {
        let (ours, theirs) = (Estate::of(app, "kanchenjunga").await, Estate::of(app, "dhaulagiri").await);
        app.rest().await;
        let before = tables(app, ours.org).await;
        assert!(before.len() > 10, "tenant tables: {before:?}");
        let mut owner = theirs.owner.clone();
        let (mut wrong, mut asked) = (Vec::new(), 0);
        for spec in specs(app).iter().filter(|spec| !spec.is_public()) {
            for (place, foreign, absent) in pairs(spec, &ours, &theirs) {
                let answers =
                    (as_owner(app, &foreign, &mut owner).await, as_owner(app, &absent, &mut owner).await);
                wrong.extend(difference(spec, &place, &answers, &ours));
                asked += 1;
            }
        }
        assert!(asked > 0, "some operations name rows");
        assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
        let after = tables(app, ours.org).await;
        for (table, rows) in &before {
            assert_eq!(after.get(table), Some(rows), "rows of `{table}` changed");
        }
    })
    .await;
}

/// The rows that others cannot see are there: their owner sees every one that can be read by its id.
#[actix_web::test]
async fn ones_own_rows_are_there() {
    app::run(async |app| {
        let ours = Estate::of(app, "kanchenjunga").await;
        // Papers are printed by jobs.
        app.rest().await;
        let mut read = 0;
        for spec in specs(app).iter().filter(|spec| !spec.operation.writes() && spec.has_ids()) {
            let answer = own(spec, &ours, Call::of(spec)).by(&ours.owner.token).send(app).await;
            // The invoice that others may change is a draft, and a draft has no paper.
            let expected = if spec.id() == "invoices_pdf" { 404 } else { 200 };
            assert_eq!(answer.status, expected, "{}: {}", spec.id(), answer.text);
            read += 1;
        }
        assert!(read > 0, "some rows are read by their id");
    })
    .await;
}

/// Whatever can be read without naming a row shows nothing of another organization, and something of one's own.
#[actix_web::test]
async fn lists_exports_and_events_show_ones_own_organization_alone() {
    app::run(async |app| {
        let (ours, theirs) = (Estate::of(app, "kanchenjunga").await, Estate::of(app, "dhaulagiri").await);
        let mut own_rows = 0;
        for spec in
            specs(app).iter().filter(|spec| !spec.operation.writes() && !spec.has_ids() && !spec.is_public())
        {
            let seen = Call::of(spec).by(&theirs.owner.token).send(app).await;
            let fails = seen.status != 200;
            assert!(!fails, "{}: {} {}", spec.id(), seen.status, seen.text);
            assert!(!seen.text.contains(&ours.canary), "{} shows another's words: {}", spec.id(), seen.text);
            for (kind, id) in &ours.ids {
                assert!(!seen.text.contains(&id.to_string()), "{} shows another's {kind}", spec.id());
            }
            own_rows += usize::from(seen.text.contains(&theirs.canary));
        }
        assert!(own_rows >= 3, "the owner reads his own rows: {own_rows}");
    })
    .await;
}

/// Each id of an operation in turn: a call that names ours there, and one that names nothing there. All other ids
/// are the caller's own.
fn pairs(spec: &Spec, ours: &Estate, theirs: &Estate) -> Vec<(String, Call, Call)> {
    let kinds = spec.place_kinds();
    let mut found = Vec::new();
    for (place, kind) in kinds.iter().enumerate().filter_map(|(place, kind)| Some((place, (*kind)?))) {
        let with = |id: String| {
            let mut call = own(spec, theirs, Call::of(spec));
            call.places[place] = id;
            call
        };
        found.push((format!("path parameter {place}"), with(ours.id(kind).to_string()), with(nowhere())));
    }
    let example = spec.example().map(|example| with_ids(spec, &example)).unwrap_or_default();
    for (pointer, name) in ids_in(&example) {
        let with = |id: String| {
            let mut body = filled(&example, theirs);
            *body.pointer_mut(&pointer).expect("was there") = json!(id);
            own(spec, theirs, Call::of(spec)).with_body(body)
        };
        found.push((format!("body {pointer}"), with(ours.id(kind_of(&name)).to_string()), with(nowhere())));
    }
    found
}

/// The call with ids of rows of an organization in its path.
pub(crate) fn own(spec: &Spec, estate: &Estate, call: Call) -> Call {
    let places = call.places.clone().into_iter().zip(spec.place_kinds());
    let own = places.map(|(place, kind)| kind.map_or(place, |kind| estate.id(kind).to_string()));
    let places = own.collect();
    call.at(places).at_version(1)
}

/// The body with ids of rows that are there.
fn filled(example: &Value, estate: &Estate) -> Value {
    let mut body = example.clone();
    for (pointer, name) in ids_in(example) {
        *body.pointer_mut(&pointer).expect("was there") = json!(estate.id(kind_of(&name)));
    }
    body
}

async fn as_owner(app: &TestApp, call: &Call, owner: &mut Persona) -> Answer {
    let answer = call.clone().by(&owner.token).send(app).await;
    *owner = app.still(owner).await;
    answer
}

/// How the answers to a foreign id and to an id of nothing differ, or what they should not have said.
fn difference(spec: &Spec, place: &str, answers: &(Answer, Answer), ours: &Estate) -> Option<String> {
    let plain = |answer: &Answer| {
        let (status, text) = answer.essence();
        (status, without_ids(&text))
    };
    let (foreign, absent) = (plain(&answers.0), plain(&answers.1));
    let leaks = answers.0.text.contains(&ours.canary);
    let refused = matches!(foreign.0, 403 | 404 | 422) || is_per_row(spec) || takes_no_notice(spec, place);
    if foreign == absent && refused && !leaks {
        return None;
    }
    Some(format!("{} at {place}: of another {foreign:?}, of nothing {absent:?}", spec.id()))
}

/// Answers for each row by itself, all within a 200.
fn is_per_row(spec: &Spec) -> bool {
    ["tickets_bulk", "invitations_create"].contains(&spec.id())
}

/// Acts that are done already where there is nothing to do; that they did nothing is seen in the tables.
fn takes_no_notice(spec: &Spec, place: &str) -> bool {
    [("ticket_watchers_remove", "path parameter 1"), ("notifications_mark_all", "body /upTo")]
        .contains(&(spec.id(), place))
}

fn without_ids(text: &str) -> String {
    let mut parts: Vec<String> = text.split('"').map(str::to_owned).collect();
    for part in &mut parts {
        if uuid::Uuid::parse_str(part).is_ok() {
            "an id".clone_into(part);
        }
    }
    parts.join("\"")
}

/// Every row of an organization, by table. Tables are found in the catalog, so that new ones count.
async fn tables(app: &TestApp, org: OrganizationId) -> BTreeMap<String, String> {
    let reader = app.services.database.reader();
    let backend = app.services.database.backend();
    let catalog = match backend {
        DbBackend::Postgres => {
            "SELECT table_name AS name FROM information_schema.columns \
             WHERE column_name = 'organization_id' AND table_schema = current_schema()"
        }
        _ => {
            "SELECT t.name AS name FROM sqlite_master t JOIN pragma_table_info(t.name) c \
             ON c.name = 'organization_id' WHERE t.type = 'table'"
        }
    };
    let names = reader.query_all_raw(Statement::from_string(backend, catalog)).await.expect("read");
    let mut found = BTreeMap::new();
    for name in names.iter().map(|row| row.try_get::<String>("", "name").expect("a name")) {
        found.insert(name.clone(), rows(app, &name, org).await);
    }
    found
}

async fn rows(app: &TestApp, table: &str, org: OrganizationId) -> String {
    let (reader, backend) = (app.services.database.reader(), app.services.database.backend());
    let sql = match backend {
        DbBackend::Postgres => format!("SELECT t::text AS line FROM {table} t WHERE organization_id = $1"),
        _ => {
            let columns =
                Statement::from_string(backend, format!("SELECT name FROM pragma_table_info('{table}')"));
            let columns = reader.query_all_raw(columns).await.expect("read");
            let quoted: Vec<_> = columns
                .iter()
                .map(|row| format!("quote(\"{}\")", row.try_get::<String>("", "name").expect("a name")))
                .collect();
            format!("SELECT {} AS line FROM {table} WHERE organization_id = $1", quoted.join(" || ',' || "))
        }
    };
    let statement = Statement::from_sql_and_values(backend, sql, [Bound::from(org.uuid())]);
    let found = reader.query_all_raw(statement).await.expect("read");
    let mut lines: Vec<_> =
        found.iter().map(|row| row.try_get::<String>("", "line").expect("a line")).collect();
    lines.sort();
    lines.join("\n")
}
