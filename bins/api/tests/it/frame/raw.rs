//! What no well-behaved client sends, byte by byte.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::rig::{BODY_DEADLINE, Rig};

/// Sends bytes, waits for the answer to end or go quiet, gives its text.
async fn exchange(rig: &Rig, parts: &[&[u8]], pause: Duration) -> String {
    let mut stream = TcpStream::connect(rig.address).await.expect("connected");
    for part in parts {
        if stream.write_all(part).await.is_err() {
            break;
        }
        tokio::time::sleep(pause).await;
    }
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(Ok(read @ 1..)) =
        tokio::time::timeout(Duration::from_secs(3), stream.read(&mut buffer)).await
    {
        answer.extend_from_slice(&buffer[..read]);
        if answer.windows(4).any(|window| window == b"\r\n\r\n") && answer.ends_with(b"}") {
            break;
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

const HEAD: &str = "POST /api/v1/things HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer asha\r\nContent-Type: application/json\r\n";

#[actix_web::test]
async fn a_dribbled_body_is_cut_at_the_deadline() {
    let rig = Rig::start();
    let head = format!("{HEAD}Content-Length: 20\r\n\r\n");
    let mut parts = vec![head.as_bytes()];
    parts.extend(std::iter::repeat_n(&b" "[..], 10));
    let before = Instant::now();
    let answer = exchange(&rig, &parts, BODY_DEADLINE / 5).await;
    assert_eq!(status(&answer), 408, "{answer}");
    assert!(answer.contains("\"request_timeout\""), "{answer}");
    assert!(before.elapsed() > BODY_DEADLINE, "{:?}", before.elapsed());
}

#[actix_web::test]
async fn a_body_that_never_comes_is_cut_too() {
    let rig = Rig::start();
    let head = format!("{HEAD}Content-Length: 20\r\n\r\n");
    let answer = exchange(&rig, &[head.as_bytes()], Duration::ZERO).await;
    assert_eq!(status(&answer), 408, "{answer}");
    let head = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{{\"tit");
    let answer = exchange(&rig, &[head.as_bytes()], Duration::ZERO).await;
    assert_eq!(status(&answer), 408, "{answer}");
}

#[actix_web::test]
async fn requests_that_could_be_read_in_two_ways_are_refused() {
    let rig = Rig::start();
    let bodies = [
        format!(
            "{HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n"
        ),
        format!("{HEAD}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{{}}   "),
        format!("{HEAD}Content-Length: +3\r\n\r\n{{}} "),
        format!("{HEAD}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        format!("{HEAD}Content-Length: 2\r\n X: folded\r\n\r\n{{}}"),
        format!("{HEAD}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
        "GET /healthz HTTP/1.1\r\n".to_owned() + &"X-A: b\r\n".repeat(120) + "\r\n",
        format!("GET /healthz HTTP/1.1\r\nX: {}\r\n\r\n", "a".repeat(200_000)),
        "GET /health\0z HTTP/1.1\r\n\r\n".to_owned(),
        "NONSENSE\r\n\r\n".to_owned(),
    ];
    for body in bodies {
        let answer = exchange(&rig, &[body.as_bytes()], Duration::ZERO).await;
        let shown: String = body.chars().skip(HEAD.len().min(body.len() / 2)).take(60).collect();
        assert!([400, 408, 411, 414, 431].contains(&status(&answer)), "{shown:?} gave {answer}");
    }
    assert_eq!(rig.things.count(), 0);
}

#[actix_web::test]
async fn oversize_without_a_length_is_refused_when_it_is_there() {
    let rig = Rig::start();
    let head = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n");
    let chunk = format!("3e8\r\n{}\r\n", " ".repeat(1_000));
    let mut parts = vec![head.as_bytes()];
    parts.extend(std::iter::repeat_n(chunk.as_bytes(), 80));
    let answer = exchange(&rig, &parts, Duration::ZERO).await;
    assert_eq!(status(&answer), 413, "{answer}");
    assert!(answer.contains("\"payload_too_large\""), "{answer}");
}
