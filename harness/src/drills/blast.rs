//! Fault 19. Whatever dies while a campaign is sent: nobody gets it twice, nobody is forgotten, whoever says no meanwhile
//! gets none, and the pace is kept. Of each worker that dies at most one group may be uncertain.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use serde_json::json;
use uuid::Uuid;

use super::findings::Findings;
use super::scene::Scene;
use super::{Drill, Report, Run};
use crate::checker::RecipientRow;
use crate::sink::Manners;
use crate::{Call, Client, Outcome, Sink, until};

const RECIPIENTS_A_ROUND: usize = 1_250;
const KILLS_A_ROUND: usize = 3;
/// Rows that one import takes.
const IMPORT: usize = 1_000;
/// Enough that the pace of one of them holds nobody up.
const DOMAINS: usize = 40;
/// Who says no in the middle; they come last, so that their turn is still to come then.
const LEAVING: usize = 20;
/// Mails that a worker has in its hands.
const GROUP: usize = 20;
/// Mails a second, and as many again that were saved up.
const PACE: usize = 200;
const BURST: usize = 400;
const PATIENCE: Duration = Duration::from_secs(60);
/// A job that took three workers down is dead; the clock gives its campaign another within a minute.
const SENT_WITHIN: Duration = Duration::from_secs(600);

pub(super) async fn run(run: &Run) -> Outcome<Report> {
    Scene::play(run, Drill::Blast, "blast", disturb).await
}

async fn disturb(run: &Run, scene: &mut Scene) -> Outcome<Report> {
    let mut findings = Findings::default();
    let (recipients, kills) = (run.rounds * RECIPIENTS_A_ROUND, run.rounds * KILLS_A_ROUND);
    // So long that workers die while mails are in their hands.
    scene.cluster.sink.behave(Manners { delay: Duration::from_millis(15), ..Manners::default() });
    let blast = Blast::begin(scene, recipients).await?;
    let started = Instant::now();
    for kill in 1..=kills {
        blast.reached(&scene.cluster.sink, recipients * kill / (kills + 2)).await?;
        if kill == kills.div_ceil(2) {
            blast.say_no(scene).await?;
        }
        tokio::time::sleep(scene.dice.time(Duration::ZERO, Duration::from_millis(40))).await;
        let victim = scene.dice.below(scene.cluster.workers.len());
        scene.cluster.cut_worker(victim).await?;
    }
    blast.ended().await?;
    let took = started.elapsed();

    let rows = scene.cluster.checker.recipients(blast.campaign).await?;
    let mails = blast.mails(&scene.cluster.sink);
    findings.equal("recipients", rows.len() as i64, recipients as i64);
    findings.none("rows say not how they ended", &among(&rows, &["pending", "sending"]));
    let uncertain = among(&rows, &["uncertain"]).len();
    if uncertain > kills * GROUP {
        findings.add(format!("{uncertain} uncertain after {kills} kills"));
    }
    let twice = findings.none("people got it twice", &twice(&mails));
    let missed = findings.none("people are said to have got it and did not", &missed(&rows, &mails));
    findings.none("people got it who had said no", &heard(&blast.leaving(), &mails));
    let fastest = fastest(&mails);
    if fastest > PACE + BURST {
        findings.add(format!("{fastest} mails in a second"));
    }
    let figures = format!(
        "{kills} kills, {} unique, {twice} duplicate, {missed} missed, {uncertain} uncertain, {} suppressed, max {fastest}/s, {:.0} s",
        by_address(&mails).len(),
        among(&rows, &["suppressed"]).len(),
        took.as_secs_f64()
    );
    Ok(findings.report(Drill::Blast, figures))
}

/// A campaign on its way.
struct Blast {
    client: Client,
    token: String,
    campaign: Uuid,
    recipients: usize,
    /// Mails that others got before.
    before: usize,
}

/// A mail that was taken: for whom, and when.
type Taken = (String, Instant);

impl Blast {
    async fn begin(scene: &mut Scene, recipients: usize) -> Outcome<Self> {
        let (client, token) = (scene.cluster.client.clone(), scene.team.owner.access.clone());
        let list = Call::post("/contact-lists", json!({"name": "Everybody"})).token(&token);
        let list = client.insist(&list, PATIENCE).await?.with(201)?.id("/id")?;
        let rows: Vec<_> = (0..recipients).map(|number| json!({"email": address(number)})).collect();
        for rows in rows.chunks(IMPORT) {
            let import = Call::post(&format!("/contact-lists/{list}/import"), json!({"rows": rows}));
            client.insist(&import.token(&token).key(scene.dice.id()), PATIENCE).await?.with(200)?;
        }
        let form = json!({
            "name": "Blast", "subject": "Tea", "body": "The first flush is here.",
            "audience": {"kind": "list", "listId": list},
        });
        let draft = Call::post("/campaigns", form).token(&token);
        let campaign = client.insist(&draft, PATIENCE).await?.with(201)?.id("/id")?;
        let before = scene.cluster.sink.count();
        let send = Call::act(&format!("/campaigns/{campaign}/send")).token(&token).key(scene.dice.id());
        client.insist(&send.header("if-match", "\"1\"".to_owned()), PATIENCE).await?.with(200)?;
        Ok(Self { client, token, campaign, recipients, before })
    }

    /// Waits until so many mails were taken, or no more come.
    async fn reached(&self, sink: &Sink, wanted: usize) -> Outcome {
        let wanted = self.before + wanted;
        let look = || async { Ok((sink.count() >= wanted || self.is_sent().await?).then_some(())) };
        until(SENT_WITHIN, "the next mails of a campaign", look).await
    }

    async fn say_no(&self, scene: &mut Scene) -> Outcome {
        for email in self.leaving() {
            let call = Call::post("/suppressions", json!({"email": email})).token(&self.token);
            self.client.insist(&call.key(scene.dice.id()), PATIENCE).await?.with(201)?;
        }
        Ok(())
    }

    async fn ended(&self) -> Outcome {
        let look = || async { Ok(self.is_sent().await?.then_some(())) };
        until(SENT_WITHIN, "the end of a campaign", look).await
    }

    async fn is_sent(&self) -> Outcome<bool> {
        let call = Call::get(&format!("/campaigns/{}", self.campaign)).token(&self.token);
        Ok(self.client.insist(&call, PATIENCE).await?.with(200)?.text("/state")? == "sent")
    }

    fn leaving(&self) -> Vec<String> {
        (self.recipients - LEAVING..self.recipients).map(address).collect()
    }

    fn mails(&self, sink: &Sink) -> Vec<Taken> {
        let ours = sink.mails().into_iter().flat_map(|mail| mail.to.into_iter().map(move |to| (to, mail.at)));
        ours.filter(|(to, _)| to.ends_with(".blast.example")).collect()
    }
}

fn address(number: usize) -> String {
    format!("p{number:06}@d{}.blast.example", number % DOMAINS)
}

fn among(rows: &[RecipientRow], states: &[&str]) -> Vec<String> {
    let of = rows.iter().filter(|row| states.contains(&row.state.as_str()));
    of.map(|row| format!("{} {}", row.email, row.state)).collect()
}

fn by_address(mails: &[Taken]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for (to, _) in mails {
        *counts.entry(to.as_str()).or_default() += 1;
    }
    counts
}

fn twice(mails: &[Taken]) -> Vec<String> {
    let counts = by_address(mails).into_iter().filter(|(_, count)| *count > 1);
    counts.map(|(to, count)| format!("{to} x {count}")).collect()
}

fn missed(rows: &[RecipientRow], mails: &[Taken]) -> Vec<String> {
    let got: BTreeSet<_> = mails.iter().map(|(to, _)| to.as_str()).collect();
    let sent = rows.iter().filter(|row| row.state == "sent" && !got.contains(row.email.as_str()));
    sent.map(|row| row.email.clone()).collect()
}

fn heard(leaving: &[String], mails: &[Taken]) -> Vec<String> {
    mails.iter().filter(|(to, _)| leaving.contains(to)).map(|(to, _)| to.clone()).collect()
}

/// The most mails that came within a second.
fn fastest(mails: &[Taken]) -> usize {
    let mut times: Vec<_> = mails.iter().map(|(_, at)| *at).collect();
    times.sort_unstable();
    let within = |start: &Instant| {
        let last = times.partition_point(|at| at.duration_since(*start) < Duration::from_secs(1));
        last - times.partition_point(|at| at < start)
    };
    times.iter().map(within).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(to: &str, after: u64, start: Instant) -> Taken {
        (to.to_owned(), start + Duration::from_millis(after))
    }

    #[test]
    fn whoever_got_it_twice_or_not_at_all_is_found() {
        let start = Instant::now();
        let mails = [taken("a", 0, start), taken("b", 1, start), taken("a", 2, start)];
        assert_eq!(twice(&mails), ["a x 2"]);
        let row =
            |email: &str, state: &str| RecipientRow { email: email.to_owned(), state: state.to_owned() };
        let rows = [row("a", "sent"), row("b", "uncertain"), row("c", "sent"), row("d", "suppressed")];
        assert_eq!(missed(&rows, &mails), ["c"]);
        assert_eq!(heard(&["b".to_owned()], &mails), ["b"]);
        assert_eq!(among(&rows, &["uncertain"]), ["b uncertain"]);
    }

    #[test]
    fn the_fastest_second_may_begin_at_any_mail() {
        let start = Instant::now();
        let mails: Vec<_> = [0, 900, 950, 1_800, 1_899, 3_000].map(|after| taken("a", after, start)).into();
        assert_eq!(fastest(&mails), 4);
        assert_eq!(fastest(&[]), 0);
    }
}
