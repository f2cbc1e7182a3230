//! Invoices on paper: how many a worker prints and stores beside pdfmake, and what lists notice of it meanwhile.

use std::time::Duration;

use harness::{Call, Doing, Outcome, Process, until};
use serde_json::json;
use sqlx::Row;
use tokio::process::Command;
use uuid::Uuid;

use crate::estate::Estate;
use crate::figures::{Figure, Goal, median, rounded};
use crate::load::{Rate, sampled};
use crate::peers::Peers;
use crate::rest::gets;
use crate::work::stop;

/// How long a pile of papers may take.
const PATIENCE: Duration = Duration::from_secs(300);
const ROUNDS: usize = 3;
/// Issued while no worker runs, then printed in one go.
const PILE: usize = 500;
/// A pile that outlasts the time in which lists are asked for.
const LARGE_PILE: usize = 1_000;
/// Issued one after the other, each when the one before is on paper.
const SINGLY: usize = 100;
const LINES: usize = 12;
/// Over how many organizations invoices are spread.
const SELLERS: usize = 5;
/// Between two requests for a list: what one busy office asks for.
const PAUSE: Duration = Duration::from_millis(10);

/// Papers a second on one processor beside pdfmake on the same one, the time of a single paper, and lists beside it.
pub(crate) async fn papers(estate: &mut Estate, peers: &Peers) -> Outcome<Vec<Figure>> {
    let desks = desks(estate).await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(pile(estate, &desks).await?);
        theirs.push(peers.pdfmake().await?.per_second);
        eprintln!("  papers: {:?}/s, pdfmake {:?}/s", ours.last(), theirs.last());
    }
    let what = format!(
        "invoices of {LINES} lines from their events to stored PDFs, on one processor, beside pdfmake"
    );
    let beside = Figure::beside(&what, (median(ours), "/s"), (median(theirs), "/s"), Goal::AtLeast(3.0));
    let single = Figure::alone("a single invoice from job to stored PDF", singly(estate, &desks).await?);
    Ok(vec![beside, single, beside_lists(estate, &desks).await?])
}

/// Who writes invoices, to whom, with which tax.
struct Desk {
    token: String,
    customer: Uuid,
    tax: Uuid,
}

async fn desks(estate: &mut Estate) -> Outcome<Vec<Desk>> {
    let tokens = estate.renew().await?;
    let client = &estate.cluster.client;
    let mut desks = Vec::new();
    for token in tokens.into_iter().take(SELLERS) {
        let form =
            json!({"name": "Annapurna Stationers", "taxId": "301234567", "address": "New Road, Kathmandu"});
        let customer =
            client.send(&Call::post("/customers", form).token(&token)).await?.with(201)?.id("/id")?;
        let tax = client.send(&Call::get("/tax-rates").token(&token)).await?.with(200)?.id("/data/0/id")?;
        desks.push(Desk { token, customer, tax });
    }
    Ok(desks)
}

impl Desk {
    /// Writes an invoice and issues it.
    async fn issue(&self, estate: &mut Estate, number: usize) -> Outcome {
        let line = |line: usize| {
            json!({
                "description": format!("Copy paper A4, 80 g, carton {line} of {number}"),
                "quantity": "2.000",
                "unitPrice": {"amount": 125_000 + line, "currency": "NPR"},
                "taxRateId": self.tax,
            })
        };
        let lines: Vec<_> = (0..LINES).map(line).collect();
        let form = json!({"customerId": self.customer, "currency": "NPR", "lines": lines});
        let key = estate.key();
        let client = &estate.cluster.client;
        let draft = client.send(&Call::post("/invoices", form).token(&self.token)).await?.with(201)?;
        let issue = Call::act(&format!("/invoices/{}/issue", draft.id("/id")?)).token(&self.token);
        let issue = issue.key(key).header("if-match", "\"1\"".to_owned());
        client.send(&issue).await?.with(200).map(drop)
    }
}

/// Issues invoices while no worker runs.
async fn issued(estate: &mut Estate, desks: &[Desk], count: usize) -> Outcome {
    stop(worker(estate)?).await?;
    estate.forget_done().await?;
    for (number, desk) in (0..count).zip(desks.iter().cycle()) {
        desk.issue(estate, number).await?;
    }
    estate.settle().await
}

fn worker(estate: &mut Estate) -> Outcome<&mut Process> {
    estate.cluster.workers.first_mut().doing("a worker process")
}

/// Lets a worker that has one processor print a pile; returns how many a second, from the first to the last one.
async fn pile(estate: &mut Estate, desks: &[Desk]) -> Outcome<f64> {
    issued(estate, desks, PILE).await?;
    let worker = worker(estate)?;
    worker.start()?;
    pin(worker).await?;
    estate.cluster.checker.quiet(PATIENCE).await?;
    let spans = sqlx::query(
        "SELECT count(*), extract(epoch FROM max(finished_at) - min(finished_at))::float8 FROM jobs \
         WHERE state = 'done' AND kind = 'invoice.render_pdf'",
    );
    let row = spans.fetch_one(&estate.cluster.pool).await.doing("counting papers")?;
    let (count, seconds): (i64, f64) = (row.try_get(0)?, row.try_get(1)?);
    if count != i64::try_from(PILE)? {
        return Err(format!("{count} of {PILE} invoices were printed").into());
    }
    Ok((count - 1) as f64 / seconds)
}

/// Gives a process the processor that the yardstick gets as well.
async fn pin(process: &Process) -> Outcome {
    let id = process.id().doing("a process to pin")?.to_string();
    let status =
        Command::new("taskset").args(["--all-tasks", "--cpu-list", "--pid", PROCESSOR, &id]).output();
    let ended = status.await.doing("running taskset")?;
    if ended.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&ended.stderr).into_owned().into())
    }
}

/// The processor of whoever prints.
pub(crate) const PROCESSOR: &str = "0";

/// How long the middle and the slowest of a hundred took, from the row of the job to its end.
async fn singly(estate: &mut Estate, desks: &[Desk]) -> Outcome<String> {
    estate.forget_done().await?;
    let printed = "SELECT count(*) FROM jobs WHERE state = 'done' AND kind = 'invoice.render_pdf'";
    for (number, desk) in (0..SINGLY).zip(desks.iter().cycle()) {
        desk.issue(estate, number).await?;
        let look = || async {
            Ok((estate.cluster.checker.number(printed).await? > i64::try_from(number)?).then_some(()))
        };
        until(PATIENCE, "a paper", look).await?;
    }
    let spans = sqlx::query(
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY took), percentile_cont(0.99) WITHIN GROUP (ORDER BY took) \
         FROM (SELECT extract(epoch FROM finished_at - created_at)::float8 * 1000 AS took FROM jobs \
           WHERE state = 'done' AND kind = 'invoice.render_pdf') AS papers",
    );
    let row = spans.fetch_one(&estate.cluster.pool).await.doing("timing papers")?;
    let (middle, p99): (f64, f64) = (row.try_get(0)?, row.try_get(1)?);
    Ok(format!("{} ms, p99 {} ms", rounded(middle), rounded(p99)))
}

/// The slowest of a hundred lists while a worker prints a large pile, beside the same without it.
async fn beside_lists(estate: &mut Estate, desks: &[Desk]) -> Outcome<Figure> {
    issued(estate, desks, LARGE_PILE).await?;
    let address = estate.address()?;
    let token = estate.renew().await?.into_iter().take(1).collect::<Vec<_>>();
    let lists = gets("/api/v1/tickets?limit=50", &token);
    let idle = sampled(&address, PAUSE, Duration::from_secs(5), lists.clone()).await?;
    worker(estate)?.start()?;
    let busy = sampled(&address, PAUSE, Duration::from_secs(5), lists).await?;
    let open =
        "SELECT count(*) FROM jobs WHERE state IN ('ready', 'running') AND kind = 'invoice.render_pdf'";
    if estate.cluster.checker.number(open).await? == 0 {
        return Err("the pile was printed before the lists were timed".into());
    }
    estate.cluster.checker.quiet(PATIENCE).await?;
    let ms = |rate: Rate| (rate.p99.as_secs_f64() * 1_000.0, "ms");
    let what =
        format!("p99 of a list while a worker prints {LARGE_PILE} invoices, beside the same while it idles");
    Ok(Figure::beside(&what, ms(busy), ms(idle), Goal::AtMost(2.0)))
}
