//! Keeps a server busy over a fixed number of connections and counts its answers. The same for every server, and
//! so lean that the server is what is measured.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use harness::{Doing, Failure, Outcome};
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Makes the request with this number, counted from 0.
pub(crate) type Shots = Arc<dyn Fn(u64) -> Shot + Send + Sync>;

/// A request as it goes over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Shot {
    pub(crate) path: String,
    pub(crate) token: String,
    /// A GET without one, else a POST of this JSON.
    pub(crate) body: Option<Bytes>,
}

/// How fast a server answered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rate {
    /// Answers a second.
    pub(crate) per_second: f64,
    pub(crate) median: Duration,
    pub(crate) p99: Duration,
}

/// Sends requests to `address` (host and port) for a while, one after the other on each connection. Any answer but
/// a success is a failure.
pub(crate) async fn drive(address: &str, connections: usize, time: Duration, shots: Shots) -> Outcome<Rate> {
    let number = Arc::new(AtomicU64::new(0));
    let mut tasks = JoinSet::new();
    let started = Instant::now();
    for _ in 0..connections {
        let (address, number, shots) = (address.to_owned(), number.clone(), shots.clone());
        tasks.spawn(async move {
            let mut sender = connect(&address).await?;
            let mut taken = Vec::new();
            while started.elapsed() < time {
                let shot = shots(number.fetch_add(1, Ordering::Relaxed));
                let before = Instant::now();
                fire(&mut sender, &address, shot).await?;
                taken.push(before.elapsed());
            }
            Ok::<_, Failure>(taken)
        });
    }
    let mut taken = Vec::new();
    while let Some(ended) = tasks.join_next().await {
        taken.extend(ended??);
    }
    Rate::of(taken, started.elapsed())
}

/// Sends a request now and then over one connection: how long an answer takes for somebody who does not hurry.
pub(crate) async fn sampled(address: &str, pause: Duration, time: Duration, shots: Shots) -> Outcome<Rate> {
    let mut sender = connect(address).await?;
    let mut taken = Vec::new();
    let started = Instant::now();
    while started.elapsed() < time {
        let before = Instant::now();
        fire(&mut sender, address, shots(taken.len() as u64)).await?;
        taken.push(before.elapsed());
        tokio::time::sleep(pause).await;
    }
    Rate::of(taken, started.elapsed())
}

impl Rate {
    fn of(mut taken: Vec<Duration>, time: Duration) -> Outcome<Self> {
        taken.sort_unstable();
        let at = |share: usize| taken.get(taken.len() * share / 100).copied().doing("an answer");
        Ok(Self { per_second: taken.len() as f64 / time.as_secs_f64(), median: at(50)?, p99: at(99)? })
    }
}

async fn connect(address: &str) -> Outcome<SendRequest<Full<Bytes>>> {
    let stream = TcpStream::connect(address).await.doing(format!("connecting to {address}"))?;
    stream.set_nodelay(true)?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    // What goes wrong on the connection shows in the request on it.
    tokio::spawn(async move { drop(connection.await) });
    Ok(sender)
}

async fn fire(sender: &mut SendRequest<Full<Bytes>>, address: &str, shot: Shot) -> Outcome {
    let method = if shot.body.is_some() { "POST" } else { "GET" };
    let request = Request::builder()
        .method(method)
        .uri(&shot.path)
        .header("host", address)
        .header("authorization", format!("Bearer {}", shot.token))
        .header("content-type", "application/json")
        .body(Full::new(shot.body.unwrap_or_default()))?;
    let mut response = sender.send_request(request).await.doing(&shot.path)?;
    if response.status().is_success() {
        while let Some(frame) = response.frame().await {
            frame?;
        }
        return Ok(());
    }
    let status = response.status();
    let body = response.into_body().collect().await?.to_bytes();
    Err(format!("{method} {}: {status} {}", shot.path, String::from_utf8_lossy(&body)).into())
}
