//! Fault 9. Every job is rung for twice and run twice. The second time changes nothing.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::json;

use super::findings::Findings;
use super::scene::{QUIET, Scene};
use super::{Drill, Report, Run};
use crate::{Answer, Call, Outcome, Person};

/// Kinds that this drill does not bring about: `system.drill` does on purpose what must not be done twice.
const LEFT_OUT: [&str; 1] = ["system.drill"];

pub(super) async fn run(run: &Run) -> Outcome<Report> {
    Scene::play(run, Drill::RunTwice, "run-twice", disturb).await
}

async fn disturb(run: &Run, scene: &mut Scene) -> Outcome<Report> {
    let mut findings = Findings::default();
    for _ in 0..run.rounds.min(3) {
        live(scene).await?;
    }
    scene.cluster.checker.quiet(QUIET).await?;
    let (before, mails) = (scene.cluster.checker.sizes().await?, mails(scene)?);

    ring_twice(scene).await?;
    let kinds = run_again(scene).await?;
    let (after, mails_after) = (scene.cluster.checker.sizes().await?, self::mails(scene)?);

    let grown: Vec<_> = before.iter().zip(&after).filter(|(before, after)| before != after).collect();
    let grown: Vec<_> =
        grown.iter().map(|(was, is)| format!("{} from {} to {} rows", is.0, was.1, is.1)).collect();
    let mut extra = findings.none("tables changed", &grown);
    let again: Vec<_> = mails_after.iter().filter(|(id, count)| mails.get(*id) != Some(*count)).collect();
    let again: Vec<_> = again.iter().map(|(id, count)| format!("{id} x {count}")).collect();
    extra += findings.none("mails were sent again", &again);
    let dead: Vec<_> =
        scene.cluster.checker.jobs_in("dead").await?.into_iter().map(|job| job.errors).collect();
    findings.none("jobs died of their second run", &dead);
    let figures = format!("{} job types x 2, {extra} extra effects; {}", kinds.len(), named(&kinds));
    Ok(findings.report(Drill::RunTwice, figures))
}

fn named(kinds: &BTreeMap<String, usize>) -> String {
    kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect::<Vec<_>>().join(", ")
}

fn mails(scene: &Scene) -> Outcome<BTreeMap<String, usize>> {
    let mut counts = BTreeMap::new();
    for mail in scene.cluster.sink.mails() {
        *counts.entry(mail.message_id()?).or_default() += 1;
    }
    Ok(counts)
}

/// What people do that leads to jobs, one of each kind.
async fn live(scene: &mut Scene) -> Outcome {
    let (client, sink) = (scene.cluster.client.clone(), &scene.cluster.sink);
    let mut third = Person::sign_up(&client, sink, &mut scene.dice).await?;
    third.enrol(&client).await?;
    let known = json!({
        "email": third.email, "password": "another long password", "fullName": "Asha", "organizationName": "Again",
    });
    say(scene, Call::post("/auth/register", known)).await?.with(202)?;
    say(scene, Call::post("/auth/forgot-password", json!({"email": third.email}))).await?.with(202)?;
    scene.owner.invite(&client, &format!("guest.{}@example.com", scene.dice.id().simple())).await?;

    let ticket = json!({"title": "Run twice", "assigneeId": scene.colleague.user});
    let opened = say(scene, Call::post("/tickets", ticket).token(&scene.owner.access)).await?.with(201)?;
    let path = format!("/tickets/{}/comments", opened.id("/id")?);
    let comment = json!({"body": "Please look.", "visibility": "public"});
    say(scene, Call::post(&path, comment).token(&scene.owner.access)).await?.with(201).map(drop)
}

async fn say(scene: &Scene, call: Call) -> Outcome<Answer> {
    scene.cluster.client.send(&call).await
}

/// Each job's bell once more, and then again: there is nothing to do.
async fn ring_twice(scene: &Scene) -> Outcome {
    let jobs = scene.cluster.checker.number("SELECT count(*) FROM jobs").await?;
    for _ in 0..jobs * 2 {
        for queue in ["high", "default", "bulk"] {
            scene.cluster.redis.ring(queue).await?;
        }
    }
    scene.cluster.checker.quiet(QUIET).await
}

/// Every job that is done runs once more. Returns how many of each kind.
async fn run_again(scene: &Scene) -> Outcome<BTreeMap<String, usize>> {
    let (checker, mut kinds) = (&scene.cluster.checker, BTreeMap::new());
    let begun = checker.now().await?;
    loop {
        let again = checker.run_again(begun, &LEFT_OUT).await?;
        if again.is_empty() {
            return Ok(kinds);
        }
        for kind in again {
            *kinds.entry(kind).or_default() += 1;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        checker.quiet(QUIET).await?;
    }
}
