//! Lists and creates over HTTP, beside the yardstick and the database alone.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use harness::{Call, Doing, Outcome};
use serde_json::{Value, json};

use crate::estate::{Estate, ORGANIZATIONS};
use crate::figures::{Figure, Goal, median, rounded};
use crate::load::{Rate, Shot, Shots, drive};
use crate::peers::{Nest, Peers};
use crate::sql::{PgBench, Said};

/// Open connections, each with one request at a time.
const CONNECTIONS: usize = 16;
/// Every figure is the median of this many rounds, in which ours and the others take turns.
const ROUNDS: usize = 3;

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    /// For one round of one figure.
    pub(crate) time: Duration,
    /// In the first organization, at first.
    pub(crate) tickets: i64,
}

/// Lists and creates beside NestJS and pgbench.
pub(crate) async fn beside_others(
    estate: &mut Estate,
    peers: &Peers,
    pgbench: &PgBench,
    server: &str,
    extent: Extent,
) -> Outcome<Vec<Figure>> {
    let tokens = estate.renew().await?;
    let said = Said::start(estate, ticket()).await?;
    let compared = pgbench.compare(estate, &said).await;
    said.end().await?;
    compared?;
    let nest = peers.nest(server, extent.tickets).await?;
    let mut figures = lists(estate, &nest, pgbench, &tokens, extent).await?;
    figures.extend(creates(estate, &nest, pgbench, &tokens, extent).await?);
    nest.end().await?;
    Ok(figures)
}

async fn lists(
    estate: &Estate,
    nest: &Nest,
    pgbench: &PgBench,
    tokens: &[String],
    extent: Extent,
) -> Outcome<Vec<Figure>> {
    let address = estate.address()?;
    let first = tokens.get(..1).unwrap_or_default();
    let own = gets("/api/v1/tickets?limit=50", first);
    let theirs = gets("/tickets?limit=50", std::slice::from_ref(&nest.token));
    let (mut ours, mut nests, mut database) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(round(&address, extent, own.clone()).await?.per_second);
        nests.push(round(&nest.address, extent, theirs.clone()).await?.per_second);
        database.push(pgbench.play(estate, "list.sql", 1, extent.time).await?);
    }
    let (ours, nests, database) = (median(ours), median(nests), median(database));
    let what = format!("list 50 of {} tickets, beside NestJS", extent.tickets);
    Ok(vec![
        Figure::beside(&what, (ours, "/s"), (nests, "/s"), Goal::AtLeast(6.0)),
        Figure::beside(
            "the same, beside pgbench on its statement",
            (ours, "/s"),
            (database, "/s"),
            Goal::None,
        ),
    ])
}

async fn creates(
    estate: &Estate,
    nest: &Nest,
    pgbench: &PgBench,
    tokens: &[String],
    extent: Extent,
) -> Outcome<Vec<Figure>> {
    let address = estate.address()?;
    let own = posts("/api/v1/tickets", tokens);
    let theirs = posts("/tickets", &nest.tokens(ORGANIZATIONS)?);
    let (mut ours, mut nests, mut database) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(round(&address, extent, own.clone()).await?.per_second);
        nests.push(round(&nest.address, extent, theirs.clone()).await?.per_second);
        database.push(pgbench.play(estate, "create.sql", ORGANIZATIONS, extent.time).await?);
    }
    let (ours, nests, database) = (median(ours), median(nests), median(database));
    let wanted = (3.0 * nests).min(0.6 * database);
    let what = format!("create over {ORGANIZATIONS} organizations, beside min(3 x NestJS, 0.6 x pgbench)");
    Ok(vec![
        Figure::beside(&what, (ours, "/s"), (wanted, "/s"), Goal::AtLeast(1.0)),
        Figure::beside("the same, beside NestJS", (ours, "/s"), (nests, "/s"), Goal::None),
        Figure::beside(
            "the same, beside pgbench on its statements",
            (ours, "/s"),
            (database, "/s"),
            Goal::None,
        ),
    ])
}

/// What a page costs far behind the first one, and among ten times the tickets.
pub(crate) async fn depths(estate: &mut Estate, extent: Extent) -> Outcome<Vec<Figure>> {
    let tokens = estate.renew().await?;
    let first = gets("/api/v1/tickets?limit=50", tokens.get(..1).unwrap_or_default());
    let path = page_1000(estate).await?;
    let far = gets(&path, tokens.get(..1).unwrap_or_default());
    let address = estate.address()?;
    let (mut near_rates, mut far_rates) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        near_rates.push(round(&address, extent, first.clone()).await?);
        far_rates.push(round(&address, extent, far.clone()).await?);
    }
    estate.fill(extent.tickets * 10).await?;
    let mut many_rates = Vec::new();
    for _ in 0..ROUNDS {
        many_rates.push(round(&address, extent, first.clone()).await?);
    }
    let (near, far, many) = (cost(near_rates), cost(far_rates), cost(many_rates));
    let page = "page 1,000 beside page 1, time for a page";
    Ok(vec![
        Figure::beside(page, (far, "ms"), (near, "ms"), Goal::AtMost(1.3)),
        Figure::beside("10 x the tickets, time for page 1", (many, "ms"), (near, "ms"), Goal::AtMost(1.3)),
    ])
}

/// The path of page 1,000 of 50, found as clients find it: page after page.
async fn page_1000(estate: &Estate) -> Outcome<String> {
    let owner = estate.first()?;
    let mut path = "/tickets?limit=50".to_owned();
    for _ in 1..1_000 {
        let answer = estate.cluster.client.send(&Call::get(&path).token(&owner.access)).await?.with(200)?;
        let cursor = answer.body.pointer("/nextCursor").and_then(Value::as_str);
        path = format!("/tickets?limit=50&cursor={}", cursor.doing("a next page")?);
    }
    Ok(format!("/api/v1{path}"))
}

/// The slow first requests of a round are not counted.
async fn round(address: &str, extent: Extent, shots: Shots) -> Outcome<Rate> {
    drive(address, CONNECTIONS, Duration::from_secs(1), shots.clone()).await?;
    let rate = drive(address, CONNECTIONS, extent.time, shots).await?;
    eprintln!("  {address}: {}/s, median {:?}, p99 {:?}", rounded(rate.per_second), rate.median, rate.p99);
    Ok(rate)
}

/// Milliseconds of the machine for one page: what the rate says, since it is busy all the time.
fn cost(rates: Vec<Rate>) -> f64 {
    1_000.0 / median(rates.iter().map(|rate| rate.per_second).collect())
}

fn ticket() -> Value {
    json!({"title": "The printer on the second floor", "description": "It prints nothing.", "priority": "medium"})
}

pub(crate) fn gets(path: &str, tokens: &[String]) -> Shots {
    shots(path, tokens, None)
}

fn posts(path: &str, tokens: &[String]) -> Shots {
    shots(path, tokens, Some(Bytes::from(ticket().to_string())))
}

/// The tokens take turns.
fn shots(path: &str, tokens: &[String], body: Option<Bytes>) -> Shots {
    let (path, tokens) = (path.to_owned(), tokens.to_vec());
    Arc::new(move |number| {
        let token = tokens.get(number as usize % tokens.len().max(1)).cloned().unwrap_or_default();
        Shot { path: path.clone(), token, body: body.clone() }
    })
}
