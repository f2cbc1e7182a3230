//! Figures, by operation and never by path.

use std::net::TcpListener;

use api::{Metrics, serve_metrics};
use reqwest::Method;

use super::rig::{Rig, send};

#[actix_web::test]
async fn figures_are_served_apart_and_name_operations_only() {
    let metrics = Metrics::install().expect("the first in this process");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("bound");
    actix_web::rt::spawn(serve_metrics(metrics.clone(), listener).expect("a server"));
    let rig = Rig::start();
    send(rig.asha(Method::GET, "/things/01980d4e-7d1a-7c3e-9d4f-2f1a5c0b7e11")).await;
    send(rig.request(Method::GET, "/api/v1/canary-of-a-path")).await;
    send(rig.request(Method::from_bytes(b"CANARY").expect("a token"), "/healthz")).await;

    metrics.upkeep();
    let text = reqwest::get(format!("http://{address}/metrics"))
        .await
        .expect("an answer")
        .text()
        .await
        .expect("text");
    let line = "http_requests_total{operation=\"things_get\",method=\"GET\",status=\"404\"}";
    assert!(text.contains(line), "{text}");
    assert!(text.contains("http_request_duration_seconds_bucket{operation=\"things_get\""), "{text}");
    assert!(
        text.contains("http_requests_total{operation=\"unknown\",method=\"GET\",status=\"404\"}"),
        "{text}"
    );
    assert!(!text.to_lowercase().contains("canary") && !text.contains("01980d4e"), "{text}");
    assert_eq!(send(rig.request(Method::GET, "/metrics")).await.status, 404);
}
