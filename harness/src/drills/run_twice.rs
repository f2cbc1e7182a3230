//! Fault 9. Every job is rung for twice and run twice. The second time changes nothing.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::json;

use super::findings::Findings;
use super::scene::{QUIET, Scene};
use super::{Drill, Report, Run};
use crate::{Answer, Call, Outcome, Person};

/// Does on purpose what must not be done twice.
const LEFT_OUT: [&str; 1] = ["system.drill"];

/// Every other kind there is.
const KINDS: [&str; 27] = [
    "campaigns.plan",
    "campaigns.post",
    "campaigns.post_test",
    "campaigns.start_due",
    "files.remove_bytes",
    "invoice.make_recurring",
    "invoice.render_credit_note_pdf",
    "invoice.render_pdf",
    "invoice.send",
    "mail.account_deletion",
    "mail.email_change",
    "mail.email_changed",
    "mail.invitation",
    "mail.known_address",
    "mail.mfa_changed",
    "mail.new_device",
    "mail.notification",
    "mail.password_changed",
    "mail.password_reset",
    "mail.password_reset_done",
    "mail.second_factor_locked",
    "mail.session_theft",
    "mail.verification",
    "mail.welcome",
    "notifications.notify",
    "system.erase_expired",
    "system.keep_house",
];

pub(super) async fn run(run: &Run) -> Outcome<Report> {
    Scene::play(run, Drill::RunTwice, "run-twice", disturb).await
}

async fn disturb(run: &Run, scene: &mut Scene) -> Outcome<Report> {
    let mut findings = Findings::default();
    for _ in 0..run.rounds.min(3) {
        live(scene).await?;
    }
    scene.cluster.checker.quiet(QUIET).await?;
    let (before, mails) = (scene.cluster.checker.contents().await?, mails(scene)?);

    ring_twice(scene).await?;
    let kinds = run_again(scene).await?;
    let missing: Vec<_> = KINDS.into_iter().filter(|kind| !kinds.contains_key(*kind)).collect();
    findings.none("job types were not brought about", &missing);
    let (after, mails_after) = (scene.cluster.checker.contents().await?, self::mails(scene)?);

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
    let jobs: usize = kinds.values().sum();
    let figures = format!("{} job types x 2, {jobs} jobs run again, {extra} extra effects", kinds.len());
    Ok(findings.report(Drill::RunTwice, figures))
}

fn mails(scene: &Scene) -> Outcome<BTreeMap<String, usize>> {
    let mut counts = BTreeMap::new();
    for mail in scene.cluster.sink.mails() {
        *counts.entry(mail.message_id()?).or_default() += 1;
    }
    Ok(counts)
}

/// What people do that leads to jobs, each kind at least once.
async fn live(scene: &mut Scene) -> Outcome {
    let client = scene.cluster.client.clone();
    let third = Person::sign_up(&client, &scene.cluster.sink, &mut scene.dice).await?;
    let known = json!({
        "email": third.email, "password": "another long password", "fullName": "Asha", "organizationName": "Again",
    });
    say(scene, Call::post("/auth/register", known)).await?.with(202)?;
    say(scene, Call::post("/auth/forgot-password", json!({"email": third.email}))).await?.with(202)?;

    let ticket = json!({"title": "Run twice", "assigneeId": scene.team.colleague.user});
    let opened =
        say(scene, Call::post("/tickets", ticket).token(&scene.team.owner.access)).await?.with(201)?;
    let path = format!("/tickets/{}/comments", opened.id("/id")?);
    let comment = json!({"body": "Please look.", "visibility": "public"});
    say(scene, Call::post(&path, comment).token(&scene.team.owner.access)).await?.with(201)?;

    let token = scene.team.owner.access.clone();
    let upload = Call::upload("/files", "notes.txt", "Look at the ledger.").token(&token);
    let file = say(scene, upload).await?.with(201)?.id("/id")?;
    say(scene, Call::delete(&format!("/files/{file}")).token(&token)).await?.with(204)?;

    sell(scene, &token).await?;
    blast(scene).await?;
    lock_out(scene).await?;
    let guest = scene.team.owner.colleague(&client, &scene.cluster.sink, &mut scene.dice).await?;
    come_and_go(scene, guest).await
}

/// An invoice that is issued, mailed and credited.
async fn sell(scene: &mut Scene, token: &str) -> Outcome {
    let customer = json!({"name": "Sagarmatha", "email": "buyer@example.com"});
    let customer = say(scene, Call::post("/customers", customer).token(token)).await?.with(201)?.id("/id")?;
    let line = json!({
        "description": "Tea", "quantity": "2", "unitPrice": {"amount": 45_000, "currency": "NPR"},
    });
    let draft = json!({"customerId": customer, "currency": "NPR", "lines": [line]});
    let invoice = say(scene, Call::post("/invoices", draft).token(token)).await?.with(201)?.id("/id")?;
    let issue =
        Call::act(&format!("/invoices/{invoice}/issue")).token(token).header("if-match", "\"1\"".to_owned());
    let (first, second, third) = (scene.dice.id(), scene.dice.id(), scene.dice.id());
    say(scene, issue.key(first)).await?.with(200)?;
    let send = Call::post(&format!("/invoices/{invoice}/send"), json!({})).token(token);
    say(scene, send.key(third)).await?.with(201)?;
    let credit = Call::post(&format!("/invoices/{invoice}/credit-notes"), json!({"reason": "Returned"}));
    say(scene, credit.token(token).key(second)).await?.with(201).map(drop)
}

/// A campaign to everybody here, and first to its author alone.
async fn blast(scene: &mut Scene) -> Outcome {
    let token = scene.team.owner.access.clone();
    let draft = json!({
        "name": "Run twice", "subject": "Tea", "body": "Dear {{first_name|friend}}", "audience": {"kind": "members"},
    });
    let id = say(scene, Call::post("/campaigns", draft).token(&token)).await?.with(201)?.id("/id")?;
    say(scene, Call::act(&format!("/campaigns/{id}/test")).token(&token)).await?.with(202)?;
    let key = scene.dice.id().to_string();
    let send = Call::act(&format!("/campaigns/{id}/send")).token(&token);
    let send = send.header("if-match", "\"1\"".to_owned()).header("idempotency-key", key);
    say(scene, send).await?.with(200).map(drop)
}

/// A new address and two new passwords.
async fn move_house(scene: &mut Scene, guest: &mut Person) -> Outcome {
    let address = format!("new.{}", guest.email);
    say(scene, Call::post("/auth/email", json!({"email": address})).token(&guest.access)).await?.with(202)?;
    let token = scene.cluster.sink.token(&address, "confirm-email", QUIET).await?;
    say(scene, Call::post("/auth/email/confirm", json!({"token": token}))).await?.with(204)?;
    guest.email = address;

    let next = format!("{} once more", guest.password);
    let change = json!({"currentPassword": guest.password, "newPassword": next});
    say(scene, Call::post("/auth/password", change).token(&guest.access)).await?.with(204)?;
    say(scene, Call::post("/auth/forgot-password", json!({"email": guest.email}))).await?.with(202)?;
    let token = scene.cluster.sink.token(&guest.email, "reset-password", QUIET).await?;
    guest.password = format!("{next} and again");
    let reset = json!({"token": token, "password": guest.password});
    say(scene, Call::post("/auth/reset-password", reset)).await?.with(204)?;
    guest.login(&scene.cluster.client).await
}

/// As many wrong codes as a day allows; all but two of them are written into the count, which lasts for hours else.
async fn lock_out(scene: &mut Scene) -> Outcome {
    let (client, sink) = (scene.cluster.client.clone(), &scene.cluster.sink);
    let person = Person::owner(&client, sink, &mut scene.dice).await?;
    let form = json!({"email": person.email, "password": person.password});
    let challenge = say(scene, Call::post("/auth/login", form).tokens_in_body()).await?.with(200)?;
    let wrong = json!({"challengeToken": challenge.text("/challengeToken")?, "code": "000000"});
    say(scene, Call::post("/auth/mfa/challenge", wrong.clone())).await?.with(401)?;
    let counted = "WITH counted AS (UPDATE login_throttles SET day_tries = 49 RETURNING 1) SELECT count(*) FROM counted";
    scene.cluster.checker.number(counted).await?;
    say(scene, Call::post("/auth/mfa/challenge", wrong)).await?.with(401).map(drop)
}

/// A new address, new passwords, a new device, a stolen token, and the end.
async fn come_and_go(scene: &mut Scene, mut guest: Person) -> Outcome {
    move_house(scene, &mut guest).await?;
    let form = json!({"email": guest.email, "password": guest.password});
    let device = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let elsewhere = Call::post("/auth/login", form).tokens_in_body().header("user-agent", device.to_owned());
    say(scene, elsewhere).await?.with(200)?;
    let (first, stolen) = (guest.refreshing(scene.dice.id()), guest.refreshing(scene.dice.id()));
    say(scene, first).await?.with(200)?;
    say(scene, stolen).await?.with(401)?;
    guest.login(&scene.cluster.client).await?;
    say(scene, Call::act("/users/me/deletion").token(&guest.access)).await?.with(200).map(drop)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_job_there_is_is_run_twice() {
        let source = include_str!("../../../crates/composition/src/jobs.rs");
        let mut kinds: Vec<_> = source
            .lines()
            .filter_map(|line| line.trim().strip_prefix("#[serde(rename = \"")?.strip_suffix("\")]"))
            .filter(|kind| !LEFT_OUT.contains(kind))
            .collect();
        kinds.sort_unstable();
        assert_eq!(kinds, KINDS);
    }
}
