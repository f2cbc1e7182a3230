//! Sessions that were ended and try every door again and again. None may open, whatever Redis has forgotten.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::task::JoinHandle;

use super::findings::Findings;
use crate::{Call, Client, Dice, Outcome, Person};

/// A revocation bites within a second on every process; from here on nothing excuses an open door.
const BITES: Duration = Duration::from_secs(2);
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

/// The ended sessions of one person.
pub(super) struct Revoked {
    person: Person,
    client: Client,
    ended: Arc<Mutex<Vec<(Instant, String)>>>,
    stop: Arc<AtomicBool>,
    tries: Arc<AtomicUsize>,
    trying: JoinHandle<Vec<String>>,
}

impl Revoked {
    /// `person` has no codes, so that he can sign in as often as he likes.
    pub(super) fn start(person: Person, client: Client, dice: Dice) -> Self {
        let (ended, stop, tries) =
            (Arc::default(), Arc::<AtomicBool>::default(), Arc::<AtomicUsize>::default());
        let trying =
            tokio::spawn(try_doors(client.clone(), Arc::clone(&ended), stop.clone(), tries.clone(), dice));
        Self { person, client, ended, stop, tries, trying }
    }

    /// Begins a session, shows that it opens doors, and ends it through one process.
    pub(super) async fn end_one(&mut self, process: usize) -> Outcome {
        self.person.login(&self.client).await?;
        self.client.insist(&door(&self.person.access), Duration::from_secs(20)).await?.with(200)?;
        self.person.logout(&self.client.only(process)).await?;
        let ended = (Instant::now(), self.person.access.clone());
        self.ended.lock().unwrap_or_else(PoisonError::into_inner).push(ended);
        Ok(())
    }

    /// Returns how many tries were turned away and how many were not.
    pub(super) async fn stop(self, findings: &mut Findings) -> Outcome<(usize, usize)> {
        self.stop.store(true, Ordering::Relaxed);
        let opened = self.trying.await?;
        Ok((self.tries.load(Ordering::Relaxed), findings.none("revoked sessions were accepted", &opened)))
    }
}

/// Open to everybody with a session, whatever his role.
fn door(access: &str) -> Call {
    Call::get("/auth/sessions").token(access)
}

async fn try_doors(
    client: Client,
    ended: Arc<Mutex<Vec<(Instant, String)>>>,
    stop: Arc<AtomicBool>,
    tries: Arc<AtomicUsize>,
    mut dice: Dice,
) -> Vec<String> {
    let mut opened = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        tokio::time::sleep(BETWEEN_TRIES).await;
        let chosen = {
            let ended = ended.lock().unwrap_or_else(PoisonError::into_inner);
            ended.get(dice.below(ended.len())).cloned()
        };
        let Some((since, access)) = chosen.filter(|(since, _)| since.elapsed() > BITES) else { continue };
        let process = dice.below(client.processes());
        // A process that does not answer opens no door.
        let Ok(answer) = client.only(process).send(&door(&access)).await else { continue };
        tries.fetch_add(1, Ordering::Relaxed);
        if answer.status < 400 {
            let late = since.elapsed().as_secs_f64();
            opened.push(format!("process {process}, {late:.1} s after the end: {}", answer.status));
        }
    }
    opened
}
