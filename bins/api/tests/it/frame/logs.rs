//! What a request leaves in the log.

use std::io;
use std::sync::{Arc, Mutex};

use reqwest::Method;
use serde_json::{Value, json};

use super::rig::{Rig, send};

/// Everything this process logs.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("not poisoned").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn lines_of(&self, request: &str) -> Vec<Value> {
        let text = String::from_utf8(self.0.lock().expect("not poisoned").clone()).expect("text");
        let lines = text.lines().filter(|line| line.contains(request));
        lines.map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }
}

#[actix_web::test]
async fn one_span_tells_who_what_and_how_it_ended() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt().json().with_writer(move || writer.clone()).init();
    let rig = Rig::start();
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    let id = "01980d4e-0000-7000-8000-00000000c0de";
    let request = rig.asha(Method::POST, "/things").header("x-request-id", id);
    let request = request.header("traceparent", format!("00-{trace}-00f067aa0ba902b7-01"));
    send(request.json(&json!({"title": "canary-title"}))).await;
    let lines = log.lines_of(id);
    assert_eq!(lines.len(), 1, "{lines:?}");
    let span = &lines[0]["span"];
    let expected = json!({
        "name": "request", "request.id": id, "trace.id": trace, "http.method": "POST", "http.status": 201,
        "operation": "things_create",
    });
    assert_eq!(*span, expected);
    let text = lines[0].to_string();
    assert!(!text.contains("canary-title") && !text.contains("asha"), "{text}");

    let broken = "01980d4e-0000-7000-8000-00000000dead";
    send(rig.request(Method::GET, "/api/v1/odd/break").header("x-request-id", broken)).await;
    let causes: Vec<_> = log
        .lines_of(broken)
        .iter()
        .filter_map(|line| line["fields"]["error"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(causes, ["the disk is full: canary-of-the-cause"]);
}
