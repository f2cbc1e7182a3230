use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;

use tracing_subscriber::layer::SubscriberExt;

use super::watched::Losses;
use super::*;

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const PARENT: &str = "b7ad6b7169203331";

const SHORT: Pace = Pace {
    gather: Duration::from_millis(20),
    timeout: Duration::from_millis(300),
    farewell: Duration::from_secs(2),
};

fn url_of(listener: &TcpListener) -> Url {
    format!("http://{}/", listener.local_addr().expect("bound")).parse().expect("a URL")
}

/// Takes one request after the other, and tells what they were.
fn collector() -> (Url, Receiver<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let (url, (told, heard)) = (url_of(&listener), channel());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            while let Some(request) = take(&mut stream) {
                stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").expect("answered");
                if told.send(request).is_err() {
                    return;
                }
            }
        }
    });
    (url, heard)
}

/// The head and the body of a request; none once the connection has ended.
fn take(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).ok()?;
        head.extend(byte);
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let (_, length) = head.split_once("content-length: ")?;
    let length: usize = length.split_whitespace().next()?.parse().ok()?;
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some((head, body))
}

fn has(body: &[u8], part: &[u8]) -> bool {
    body.windows(part.len()).any(|window| window == part)
}

/// Makes some spans under a subscriber of their own.
fn within(traces: &Traces, work: impl FnOnce()) {
    tracing::subscriber::with_default(tracing_subscriber::registry().with(traces.layer()), work);
}

#[test]
fn spans_reach_the_collector_with_the_name_of_the_service() {
    let (url, heard) = collector();
    let traces = Traces::at_pace(&url, "mero-jugx-test", SHORT).expect("started");
    within(&traces, || {
        tracing::info_span!("worked", job.kind = "mail.welcome").in_scope(|| tracing::warn!("too hot"));
        tracing::debug_span!("in_passing").in_scope(|| {});
    });
    let (head, body) = heard.recv_timeout(Duration::from_secs(10)).expect("a batch");
    assert!(head.starts_with("post /v1/traces http/1.1"), "{head}");
    assert!(head.contains("content-type: application/x-protobuf"), "{head}");
    for part in ["service.name", "mero-jugx-test", "worked", "mail.welcome", "too hot"] {
        assert!(has(&body, part.as_bytes()), "{part}");
    }
    assert!(!has(&body, b"in_passing"));
}

#[test]
fn the_last_spans_are_handed_over_at_the_end_of_the_process() {
    let (url, heard) = collector();
    let slow = Pace { gather: Duration::from_secs(3_600), ..SHORT };
    let traces = Traces::at_pace(&url, "mero-jugx-test", slow).expect("started");
    within(&traces, || tracing::info_span!("at_last").in_scope(|| {}));
    drop(traces);
    let (_, body) = heard.recv_timeout(Duration::from_secs(1)).expect("a batch");
    assert!(has(&body, b"at_last"));
}

#[test]
fn a_span_joins_the_trace_it_is_told_of_with_its_parent_and_without() {
    let bytes = |text: &str| hex::decode(text).expect("hexadecimal");
    for parent in [Some(PARENT), None] {
        let (url, heard) = collector();
        let traces = Traces::at_pace(&url, "mero-jugx-test", SHORT).expect("started");
        within(&traces, || {
            let span = tracing::info_span!("joined");
            join(&span, Some(TRACE), parent);
            span.in_scope(|| tracing::info_span!("inner").in_scope(|| {}));
            tracing::info_span!("another").in_scope(|| {});
        });
        drop(traces);
        let (_, body) = heard.recv_timeout(Duration::from_secs(10)).expect("a batch");
        let times = body.windows(16).filter(|window| *window == bytes(TRACE)).count();
        assert_eq!(times, 2, "the span and the one within it, and no other");
        assert_eq!(has(&body, &bytes(PARENT)), parent.is_some());
    }
}

#[test]
fn nobody_waits_for_a_collector_that_does_not_answer() {
    let deaf = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let traces = Traces::at_pace(&url_of(&deaf), "mero-jugx-test", SHORT).expect("started");
    let began = Instant::now();
    within(&traces, || (0..QUEUE * 4).for_each(|_| tracing::info_span!("many").in_scope(|| {})));
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    let left = Instant::now();
    drop(traces);
    assert!(left.elapsed() < Duration::from_secs(4), "{:?}", left.elapsed());
}

#[test]
fn losses_are_told_once_a_minute_with_all_that_was_lost() {
    let (mut losses, start) = (Losses::default(), Instant::now());
    let after = |seconds| start + Duration::from_secs(seconds);
    assert_eq!(losses.add(5, start), Some(5));
    assert_eq!(losses.add(7, after(2)), None);
    assert_eq!(losses.add(1, after(59)), None);
    assert_eq!(losses.add(2, after(60)), Some(10));
    assert_eq!(losses.add(3, after(61)), None);
}

#[test]
fn the_place_for_traces_is_found_below_the_address() {
    for address in ["http://otel:4318", "http://otel:4318/", "http://otel:4318/v1/traces"] {
        assert_eq!(traces_of(&address.parse().expect("a URL")), "http://otel:4318/v1/traces");
    }
    let below = "https://otel.example/tenant/".parse().expect("a URL");
    assert_eq!(traces_of(&below), "https://otel.example/tenant/v1/traces");
}
