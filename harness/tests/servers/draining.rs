use std::time::{Duration, Instant};

use harness::{Call, Dice, Person, Signal, until};
use serde_json::json;

use crate::stage::Stage;

#[tokio::test]
async fn a_process_that_is_told_to_end_says_so_first_and_ends_what_it_has_begun() {
    let mut stage = Stage::open("draining").await;
    let mut dice = Dice::unforeseen();
    let cluster = &mut stage.cluster;
    let owner = Person::owner(&cluster.client, &cluster.sink, &mut dice).await.expect("signed up");
    let two = cluster.client.only(1);

    // A request that is held up in the database until the process is on its way out.
    let mut held = cluster.pool.acquire().await.expect("a connection");
    sqlx::query("BEGIN").execute(&mut *held).await.expect("begun");
    let lock = "SELECT 1 FROM streams WHERE id = $1 FOR UPDATE";
    sqlx::query(lock).bind(owner.organization).execute(&mut *held).await.expect("locked");
    let call =
        Call::post("/tickets", json!({"title": "In the last minute"})).token(&owner.access).key(dice.id());
    let client = two.clone();
    let running = tokio::spawn(async move { client.send(&call).await });
    tokio::time::sleep(Duration::from_millis(300)).await;

    let told = Instant::now();
    cluster.apis[1].signal(Signal::Terminate).await.expect("told");
    let not_ready = || async {
        let answer = two.send(&Call::get("/readyz")).await?;
        Ok((answer.status == 503).then(|| answer.text("/status")))
    };
    let status = until(Duration::from_secs(2), "a process that is not ready", not_ready).await;
    assert_eq!(status.expect("still serving").expect("a status"), "draining");
    // Whoever has not noticed yet is served all the same.
    let late = two.send(&Call::get("/tickets").token(&owner.access)).await.expect("an answer");
    assert_eq!(late.status, 200);

    sqlx::query("ROLLBACK").execute(&mut *held).await.expect("let go");
    let answer = running.await.expect("not cancelled").expect("an answer");
    assert_eq!(answer.status, 201, "{answer}");
    let ended = cluster.apis[1].ended(Duration::from_secs(25)).await.expect("ended");
    assert!(ended.success(), "{ended}");
    println!("ended {:.1} s after it was told", told.elapsed().as_secs_f64());

    // A worker ends too, without anything in its hands.
    cluster.workers[0].signal(Signal::Terminate).await.expect("told");
    let ended = cluster.workers[0].ended(Duration::from_secs(25)).await.expect("ended");
    assert!(ended.success(), "{ended}");
    let running = cluster.checker.jobs_in("running").await.expect("jobs");
    assert!(running.is_empty(), "{running:?}");
}
