//! People who open tickets all the time, each request under a key and repeated until it is answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::scene::Scene;
use crate::ledger::Acked;
use crate::{Call, Client, Dice, Doing, Ledger, Outcome};

/// How long a writer insists.
const PATIENCE: Duration = Duration::from_secs(60);

/// How the writers write.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    pub(super) writers: usize,
    /// How many of a hundred tickets go to the colleague, who gets a mail.
    pub(super) assigned: usize,
    /// How many of a hundred requests are sent once only, whatever comes of it.
    pub(super) abandoned: usize,
    /// How many of a hundred answered requests are sent again.
    pub(super) repeated: usize,
    /// The longest pause after a request.
    pub(super) pause: Duration,
}

/// Writers at work.
pub(super) struct Load {
    stop: Arc<AtomicBool>,
    writers: JoinSet<Outcome<Vec<Attempt>>>,
    pub(super) ledger: Ledger,
}

/// One ticket that somebody wanted.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub(super) title: String,
    pub(super) key: Uuid,
    /// What the server promised to keep.
    pub(super) acked: Option<Uuid>,
    /// What went wrong, besides dying processes.
    pub(super) complaint: Option<String>,
}

impl Load {
    /// Sets writers to work. A series has titles and a ledger of its own.
    pub(super) fn start(scene: &Scene, series: usize, manner: Manner) -> Outcome<Self> {
        let file = format!("acked-{series}.jsonl");
        let ledger = Ledger::create(&scene.cluster.place().folder().join(file))?;
        let stop = Arc::new(AtomicBool::new(false));
        let mut writers = JoinSet::new();
        let teams: Vec<_> = scene.teams().collect();
        for (lane, team) in (0..manner.writers).zip(teams.iter().cycle()) {
            let writer = Writer {
                mark: format!("{series:03}.{lane:02}"),
                manner,
                client: scene.cluster.client.clone(),
                dice: scene.dice.of((series * 100 + lane) as u64),
                token: team.owner.access.clone(),
                colleague: team.colleague.user,
                ledger: ledger.clone(),
            };
            writers.spawn(writer.write(stop.clone()));
        }
        Ok(Self { stop, writers, ledger })
    }

    /// Lets the writers end what they are at.
    pub(super) async fn stop(self) -> Outcome<Vec<Attempt>> {
        self.stop.store(true, Ordering::Relaxed);
        let attempts = self.writers.join_all().await;
        Ok(attempts.into_iter().collect::<Outcome<Vec<_>>>()?.concat())
    }
}

struct Writer {
    mark: String,
    manner: Manner,
    client: Client,
    dice: Dice,
    token: String,
    colleague: Uuid,
    ledger: Ledger,
}

impl Writer {
    async fn write(mut self, stop: Arc<AtomicBool>) -> Outcome<Vec<Attempt>> {
        let mut attempts = Vec::new();
        while !stop.load(Ordering::Relaxed) {
            attempts.push(self.open_one(attempts.len()).await?);
            tokio::time::sleep(self.dice.time(Duration::ZERO, self.manner.pause)).await;
        }
        Ok(attempts)
    }

    async fn open_one(&mut self, number: usize) -> Outcome<Attempt> {
        let (title, key) = (title(&self.mark, number), self.dice.id());
        let form = if self.dice.percent(self.manner.assigned) {
            json!({"title": title, "assigneeId": self.colleague})
        } else {
            json!({"title": title})
        };
        let first = self.dice.below(self.client.processes());
        let call = Call::post("/tickets", form).token(&self.token).key(key).first_at(first);
        let mut attempt = Attempt { title, key, acked: None, complaint: None };
        if self.dice.percent(self.manner.abandoned) {
            if let Ok(answer) = self.client.only(first).send(&call).await {
                attempt.note(answer.status, answer.id("/id").ok(), &answer.to_string());
            }
        } else {
            let answer = self.client.insist(&call, PATIENCE).await?;
            attempt.note(answer.status, answer.id("/id").ok(), &answer.to_string());
        }
        let Some(id) = attempt.acked else { return Ok(attempt) };
        self.ledger.append(&Acked { key, id, title: attempt.title.clone() }).await?;
        if self.dice.percent(self.manner.repeated) {
            let again = self.client.insist(&call.first_at(first + 1), PATIENCE).await?;
            let same = again.status == 201 && again.id("/id").ok() == Some(id);
            attempt.complaint = (!same).then(|| format!("{} sent again: {again}", attempt.title));
        }
        Ok(attempt)
    }
}

impl Attempt {
    /// A dying or starting process may say that it is busy; anything else but success is a complaint.
    fn note(&mut self, status: u16, id: Option<Uuid>, answer: &str) {
        match (status, id) {
            (201, Some(id)) => self.acked = Some(id),
            (502..=504, _) => {}
            _ => self.complaint = Some(format!("{}: {answer}", self.title)),
        }
    }
}

/// A title that no other contains, and that is found in a mail.
pub(super) fn title(mark: &str, number: usize) -> String {
    format!("Drill ~{mark}.{number:05}~")
}

/// The title of a ticket that a text speaks of.
pub(super) fn title_in(text: &str) -> Option<String> {
    let (_, after) = text.split_once("Drill ~")?;
    let (mark, _) = after.split_once('~')?;
    Some(format!("Drill ~{mark}~"))
}

/// Title and Message-ID of every mail to a colleague about a ticket.
pub(super) fn mails_by_title(scene: &Scene) -> Outcome<Vec<(String, String)>> {
    let mut mails = Vec::new();
    let to = scene.teams().flat_map(|team| scene.cluster.sink.mails_to(&team.colleague.email));
    for mail in to {
        let text = mail.text().doing("a mail to the colleague")?;
        if let Some(title) = title_in(&text) {
            mails.push((title, mail.message_id()?));
        }
    }
    Ok(mails)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_found_in_a_mail() {
        let title = title("001.03", 17);
        assert_eq!(title_in(&format!("Asha assigned you \"{title}\".\n")), Some(title));
        assert_eq!(title_in("Drill without a mark"), None);
    }
}
