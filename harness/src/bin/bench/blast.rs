//! A campaign to many: how many mails a worker hands over in a second, and what it holds in memory meanwhile.

use std::time::Duration;

use harness::{Call, Doing, Outcome, Process, until};
use serde_json::json;
use uuid::Uuid;

use crate::estate::Estate;
use crate::figures::{Figure, Goal};
use crate::memory::{highest, resident};

const PATIENCE: Duration = Duration::from_secs(300);
const RECIPIENTS: usize = 10_000;
/// Rows that one import takes.
const IMPORT: usize = 1_000;
const GOAL_A_SECOND: f64 = 500.0;
const GOAL_MB: f64 = 64.0;

/// Mails a second from the first to the last one, and the growth of the worker.
pub(crate) async fn blast(estate: &mut Estate) -> Outcome<Vec<Figure>> {
    let token = estate.renew().await?.into_iter().next().doing("an owner")?;
    let draft = draft(estate, &token).await?;
    let worker = estate.cluster.workers.first().and_then(Process::id).doing("a worker process")?;
    let before = resident(worker)?;
    send(estate, &token, draft).await?;
    let open = format!("/campaigns/{draft}");
    let look = || async {
        let campaign = estate.cluster.client.send(&Call::get(&open).token(&token)).await?.with(200)?;
        Ok((campaign.text("/state")? == "sent").then_some(()))
    };
    until(PATIENCE, "a campaign to be sent", look).await?;
    let growth = highest(worker)? - before;
    let rate = rate(estate)?;
    let what = format!("mails of a campaign to {RECIPIENTS}, handed over by one worker, limits off");
    let mails = Figure::beside(&what, (rate, "/s"), (GOAL_A_SECOND, "/s"), Goal::AtLeast(1.0));
    let what = format!("growth of a worker that sends a campaign to {RECIPIENTS}");
    Ok(vec![mails, Figure::beside(&what, (growth, "MB"), (GOAL_MB, "MB"), Goal::AtMost(1.0))])
}

async fn draft(estate: &mut Estate, token: &str) -> Outcome<Uuid> {
    let list = Call::post("/contact-lists", json!({"name": "Everybody"})).token(token);
    let list = estate.cluster.client.send(&list).await?.with(201)?.id("/id")?;
    let address = |number| json!({"email": format!("p{number:06}@d{}.bench.example", number % 40)});
    let rows: Vec<_> = (0..RECIPIENTS).map(address).collect();
    for rows in rows.chunks(IMPORT) {
        let import = Call::post(&format!("/contact-lists/{list}/import"), json!({"rows": rows}));
        estate.cluster.client.send(&import.token(token)).await?.with(200)?;
    }
    let form = json!({
        "name": "Blast", "subject": "Tea for {{first_name|you}}",
        "body": "Dear {{first_name|friend}},\n\nthe [first flush](https://tea.example) is **here**.",
        "audience": {"kind": "list", "listId": list},
    });
    let draft = estate.cluster.client.send(&Call::post("/campaigns", form).token(token)).await?;
    estate.settle().await?;
    draft.with(201)?.id("/id")
}

async fn send(estate: &mut Estate, token: &str, draft: Uuid) -> Outcome {
    let key = estate.key();
    let send = Call::act(&format!("/campaigns/{draft}/send")).token(token).key(key);
    let send = send.header("if-match", "\"1\"".to_owned());
    estate.cluster.client.send(&send).await?.with(200).map(drop)
}

fn rate(estate: &Estate) -> Outcome<f64> {
    let mails = estate.cluster.sink.mails().into_iter();
    let ours = mails.filter(|mail| mail.to.iter().any(|to| to.ends_with(".bench.example")));
    let times: Vec<_> = ours.map(|mail| mail.at).collect();
    if times.len() != RECIPIENTS {
        return Err(format!("{} of {RECIPIENTS} mails came", times.len()).into());
    }
    let (first, last) = (times.iter().min().doing("a mail")?, times.iter().max().doing("a mail")?);
    Ok((RECIPIENTS - 1) as f64 / last.duration_since(*first).as_secs_f64())
}
