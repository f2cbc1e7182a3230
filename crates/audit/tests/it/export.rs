use audit::{AuditFilter, Error, Format};
use database::testing;
use futures_util::TryStreamExt;
use kernel::{Denied, Scope, SystemRole};
use serde_json::{Value, json};

use crate::support::{ASHA, BIKASH, ORG, OTHER, Told, World, actor, auditor, member, named, told};

async fn chunks(world: &World, filter: AuditFilter, format: Format) -> Vec<Vec<u8>> {
    let chunks = world.audit.export(&auditor(ORG), filter, format).await.expect("permitted");
    chunks.try_collect().await.expect("written")
}

fn rows(chunks: &[Vec<u8>]) -> Vec<csv::StringRecord> {
    let text = chunks.concat();
    let text = text.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
    csv::Reader::from_reader(text).records().map(|row| row.expect("a row")).collect()
}

#[tokio::test]
async fn a_long_log_is_written_page_by_page_and_whole() {
    testing::run(async |database| {
        let world = World::new(database).await;
        for _ in 0..5 {
            world.tell_at_once(&member(ASHA), vec![told("tests.thing_happened"); 500]).await;
        }
        let filter =
            || AuditFilter { kind: Some("tests.thing_happened".to_owned()), ..AuditFilter::default() };
        let csv = chunks(&world, filter(), Format::Csv).await;
        assert_eq!(csv.len(), 3, "pages of a thousand");
        let seqs: Vec<i64> = rows(&csv).iter().map(|row| row[0].parse().expect("a number")).collect();
        assert_eq!(seqs, (1..=2_500).rev().collect::<Vec<_>>());
        let lines = chunks(&world, filter(), Format::JsonLines).await.concat();
        assert_eq!(String::from_utf8(lines).expect("UTF-8").lines().count(), 2_500);
    })
    .await;
}

#[tokio::test]
async fn no_cell_becomes_a_formula() {
    testing::run(async |database| {
        let world = World::new(database).await;
        world.tell(&member(BIKASH), [Told { data: json!("=1+1"), ..told("tests.thing_happened") }]).await;
        let csv = chunks(&world, AuditFilter::default(), Format::Csv).await;
        let rows = rows(&csv);
        let happened = rows.iter().find(|row| &row[2] == "tests.thing_happened").expect("the event");
        assert_eq!((&happened[4], &happened[11]), ("'=cmd|' /C calc'!A0", "'@Firefox"));
        assert_eq!(&happened[15], "\"=1+1\"");
        for cell in rows.iter().flat_map(|row| row.iter()) {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_line_of_json_holds_what_the_log_knows() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let private = json!({ "before": { "title": "Old\nnews" }, "after": null });
        world.tell(&member(ASHA), [Told { data: named(1), private, ..told("tests.thing_happened") }]).await;
        let lines = chunks(&world, AuditFilter::default(), Format::JsonLines).await.concat();
        let lines = String::from_utf8(lines).expect("UTF-8");
        let line: Value = serde_json::from_str(lines.lines().last().expect("a line")).expect("JSON");
        assert_eq!((&line["seq"], &line["data"]), (&json!(1), &named(1)));
        assert_eq!(line["before"], json!({ "title": "Old\nnews" }));
        assert_eq!(line["occurredAt"], "2026-01-15T09:00:00.000Z");
        assert_eq!(line["actor"]["name"], "Asha Rai");
        assert_eq!(line["subject"]["type"], "ticket");
    })
    .await;
}

#[tokio::test]
async fn an_export_is_told_itself() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let filter = AuditFilter { module: Some("tickets".to_owned()), ..AuditFilter::default() };
        drop(world.audit.export(&auditor(ORG), filter, Format::Csv).await.expect("permitted"));
        let lines = chunks(&world, AuditFilter::default(), Format::JsonLines).await.concat();
        let lines = String::from_utf8(lines).expect("UTF-8");
        let first: Value = serde_json::from_str(lines.lines().last().expect("a line")).expect("JSON");
        assert_eq!(first["type"], "audit.log_exported");
        assert_eq!(
            (&first["data"]["format"], &first["data"]["filter"]["module"]),
            (&json!("csv"), &json!("tickets"))
        );
    })
    .await;
}

#[tokio::test]
async fn an_empty_log_still_has_its_header() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let filter = AuditFilter { kind: Some("tests.never".to_owned()), ..AuditFilter::default() };
        let csv = chunks(&world, filter, Format::Csv).await.concat();
        assert!(
            csv.starts_with("\u{feff}seq,occurred_at,type,".as_bytes())
                && csv.ends_with(b"organization_id\r\n")
        );
    })
    .await;
}

#[tokio::test]
async fn exporting_needs_its_own_scope_and_shows_no_other_organization() {
    testing::run(async |database| {
        let world = World::new(database).await;
        world.tell(&member(ASHA), [Told { data: named(4242), ..told("tests.thing_happened") }]).await;
        let reader = actor(ORG, ASHA, SystemRole::Admin, &[Scope::AuditRead]);
        let refused = world.audit.export(&reader, AuditFilter::default(), Format::Csv).await;
        assert!(matches!(refused.err(), Some(Error::Denied(Denied::ScopeMissing(Scope::AuditExport)))));
        let export = world.audit.export(&auditor(OTHER), AuditFilter::default(), Format::JsonLines).await;
        let lines: Vec<Vec<u8>> = export.expect("permitted").try_collect().await.expect("written");
        assert!(!String::from_utf8(lines.concat()).expect("UTF-8").contains("4242"));
    })
    .await;
}
