use kernel::{Audience, Scope};
use reqwest::{Method, RequestBuilder};
use serde_json::json;
use uuid::Uuid;

use super::rig::{Rig, run, send};

fn reading(rig: &Rig, path: &str) -> RequestBuilder {
    rig.with(&[Scope::AuditRead], Method::GET, path)
}

fn exporting(rig: &Rig, path: &str) -> RequestBuilder {
    rig.with(&[Scope::AuditExport], Method::GET, path)
}

#[actix_web::test]
async fn a_line_of_the_log_looks_like_this() {
    run(async |rig| {
        let private = json!({ "before": { "title": "Old" }, "after": { "title": "New" } });
        let id = rig.happened(Audience::Members, private).await;
        let page = send(reading(rig, "/audit?type=tests.thing_happened")).await.json();
        assert_eq!(
            page,
            json!({
                "data": [{
                    "seq": 1, "id": id, "type": "tests.thing_happened",
                    "actor": { "kind": "system", "userId": null, "apiKeyId": null }, "actorName": null,
                    "subject": { "type": "thing", "id": Uuid::from_u128(500), "version": null },
                    "data": { "thing": 1 }, "before": { "title": "Old" }, "after": { "title": "New" },
                    "ip": null, "userAgent": null, "requestId": null, "traceId": null,
                    "occurredAt": "2026-01-15T09:00:00.000Z",
                }],
                "nextCursor": null,
            })
        );
    })
    .await;
}

#[actix_web::test]
async fn filters_come_as_parameters() {
    run(async |rig| {
        rig.happened(Audience::Members, json!(null)).await;
        let found = async |query: &str| {
            let page = send(reading(rig, &format!("/audit?{query}"))).await;
            page.json()["data"].as_array().unwrap_or_else(|| panic!("{}", page.text)).len()
        };
        let thing = Uuid::from_u128(500);
        assert_eq!(found(&format!("module=tests&subjectType=thing&subjectId={thing}")).await, 1);
        assert_eq!(found("from=2026-01-15T09:00:00Z&to=2026-01-15T09:00:01Z").await, 1);
        assert_eq!(found("to=2026-01-15T09:00:00Z").await, 0);
        assert_eq!(found("module=tickets").await, 0);
        assert_eq!(found(&format!("actorId={thing}")).await, 0);
        for refused in
            ["to=2026-01-15T09:00:00Z&from=2026-01-15T09:00:00Z", "module=%25", "text=x", "limit=101"]
        {
            let answer = send(reading(rig, &format!("/audit?{refused}"))).await;
            assert_eq!(answer.problem(), (422, "invalid_input".into()), "{refused}");
        }
    })
    .await;
}

#[actix_web::test]
async fn the_log_is_exported_as_a_file_of_either_kind() {
    run(async |rig| {
        rig.happened(Audience::Members, json!(null)).await;
        let csv = send(exporting(rig, "/audit/export?module=tests").header("user-agent", "=cmd()")).await;
        assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8"));
        assert_eq!(csv.header("content-disposition"), "attachment; filename=\"audit-log.csv\"");
        assert!(csv.text.starts_with("\u{feff}seq,occurred_at,type,") && csv.text.lines().count() == 2);
        let all = send(exporting(rig, "/audit/export")).await;
        assert!(all.text.contains("audit.log_exported") && all.text.contains(",'=cmd(),"), "{}", all.text);
        let lines = send(exporting(rig, "/audit/export?format=jsonl")).await;
        assert_eq!((lines.header("content-type"), lines.text.lines().count()), ("application/jsonl", 4));
        let reader = send(reading(rig, "/audit/export")).await;
        assert_eq!(reader.problem(), (403, "scope_missing".into()));
    })
    .await;
}

#[actix_web::test]
async fn the_document_names_both_kinds_of_export() {
    run(async |rig| {
        let document = send(rig.with(&[], Method::GET, "/../openapi.json")).await.json();
        let content = &document["paths"]["/api/v1/audit/export"]["get"]["responses"]["200"]["content"];
        let kinds: Vec<_> = content.as_object().expect("kinds").keys().cloned().collect();
        assert_eq!(kinds, ["application/jsonl", "text/csv"]);
    })
    .await;
}

#[actix_web::test]
async fn the_chain_is_verified() {
    run(async |rig| {
        rig.happened(Audience::Members, json!(null)).await;
        let verified = send(reading(rig, "/audit/verify")).await.json();
        assert_eq!(verified, json!({ "events": 1, "intact": true, "brokenAt": null }));
    })
    .await;
}
