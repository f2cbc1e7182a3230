//! Clients that trade their refresh token over and over, several times at once as a browser with many tabs does, while
//! the processes die. An honest client is never signed out, and no family of tokens forks.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;

use super::findings::Findings;
use super::scene::Scene;
use crate::{Client, Dice, Outcome, Person};

/// Within the time in which the same attempt is answered again.
const PATIENCE: Duration = Duration::from_secs(20);
const TABS: usize = 4;

/// Clients at work.
pub(super) struct Refreshers {
    stop: Arc<AtomicBool>,
    clients: JoinSet<Outcome<Refreshed>>,
}

/// What one client, or all of them, saw.
#[derive(Default)]
pub(super) struct Refreshed {
    pub(super) rotations: usize,
    complaints: Vec<String>,
}

impl Refreshers {
    pub(super) async fn start(scene: &mut Scene, count: usize) -> Outcome<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let mut clients = JoinSet::new();
        for lane in 0..count {
            let (client, sink) = (scene.cluster.client.clone(), &scene.cluster.sink);
            let person = Person::sign_up(&client, sink, &mut scene.dice).await?;
            clients.spawn(refresh(person, client, scene.dice.of(1_000 + lane as u64), stop.clone()));
        }
        Ok(Self { stop, clients })
    }

    pub(super) async fn stop(self, findings: &mut Findings) -> Outcome<usize> {
        self.stop.store(true, Ordering::Relaxed);
        let mut all = Refreshed::default();
        for one in self.clients.join_all().await {
            let one = one?;
            all.rotations += one.rotations;
            all.complaints.extend(one.complaints);
        }
        findings.none("refreshes went wrong", &all.complaints);
        Ok(all.rotations)
    }
}

async fn refresh(
    mut person: Person,
    client: Client,
    mut dice: Dice,
    stop: Arc<AtomicBool>,
) -> Outcome<Refreshed> {
    let mut seen = Refreshed::default();
    while !stop.load(Ordering::Relaxed) {
        let call = person.refreshing(dice.id());
        let mut tabs = JoinSet::new();
        for tab in 0..TABS {
            let (client, call) = (client.clone(), call.clone().first_at(tab));
            tabs.spawn(async move { client.insist(&call, PATIENCE).await });
        }
        let answers = tabs.join_all().await.into_iter().collect::<Outcome<Vec<_>>>()?;
        if let Some(answer) = answers.iter().find(|answer| answer.status != 200) {
            seen.complaints.push(format!("an honest client was answered {answer}"));
            break;
        }
        let successors = answers.iter().map(|answer| answer.text("/refreshToken"));
        let successors = successors.collect::<Outcome<BTreeSet<_>>>()?;
        if successors.len() != 1 {
            seen.complaints.push(format!("one token had {} successors", successors.len()));
        }
        if let Some(answer) = answers.first() {
            person.refreshed(answer)?;
        }
        seen.rotations += 1;
        tokio::time::sleep(dice.time(Duration::ZERO, Duration::from_millis(100))).await;
    }
    Ok(seen)
}

/// The other half of the promise: a token that comes twice in different attempts is a stolen one. Of many who show it
/// at once at most one is served, and afterwards nobody is.
pub(super) async fn steal(scene: &mut Scene, thefts: usize, findings: &mut Findings) -> Outcome {
    let client = scene.cluster.client.clone();
    for _ in 0..thefts {
        let person = Person::sign_up(&client, &scene.cluster.sink, &mut scene.dice).await?;
        let mut thieves = JoinSet::new();
        for thief in 0..8 {
            let (client, call) = (client.clone(), person.refreshing(scene.dice.id()).first_at(thief));
            thieves.spawn(async move { client.insist(&call, PATIENCE).await });
        }
        let answers = thieves.join_all().await.into_iter().collect::<Outcome<Vec<_>>>()?;
        let served = answers.iter().filter(|answer| answer.status == 200).count();
        if served > 1 {
            findings.add(format!("{served} of 8 thieves were served one token"));
        }
        if let Some(answer) = answers.iter().find(|answer| !matches!(answer.status, 200 | 401)) {
            findings.add(format!("a thief was answered {answer}"));
        }
        for answer in answers.iter().filter(|answer| answer.status == 200) {
            let mut heir = person.clone();
            heir.refreshed(answer)?;
            let after = client.insist(&heir.refreshing(scene.dice.id()), PATIENCE).await?;
            if after.status != 401 {
                findings.add(format!("a stolen family lives on: its token was answered {}", after.status));
            }
        }
    }
    let forks = "SELECT count(*) FROM (SELECT session_id FROM refresh_tokens WHERE consumed_at IS NULL \
                 GROUP BY session_id HAVING count(*) > 1) AS forks";
    findings.equal("families with several live tokens", scene.cluster.checker.number(forks).await?, 0);
    Ok(())
}
