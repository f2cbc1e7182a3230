use std::time::Duration;

use uuid::Uuid;

use super::{Drill, Report, Run};
use crate::checker::NewJob;
use crate::{Call, Cluster, Dice, Doing, Outcome, Person};

/// How long everything may take to be done at the end: retries wait some seconds.
pub(super) const QUIET: Duration = Duration::from_secs(90);

/// A cluster with people in it.
pub(super) struct Scene {
    pub(super) cluster: Cluster,
    pub(super) dice: Dice,
    pub(super) owner: Person,
    /// Whoever gets the mails about tickets.
    pub(super) colleague: Person,
}

impl Scene {
    /// Opens a scene, lets something happen in it, and keeps the logs if that did not go well.
    pub(super) async fn play(
        run: &Run,
        drill: Drill,
        name: &'static str,
        act: impl AsyncFnOnce(&Run, &mut Self) -> Outcome<Report>,
    ) -> Outcome<Report> {
        let mut scene = Self::open(run, drill, name).await?;
        let result = act(run, &mut scene).await;
        if !result.as_ref().is_ok_and(|report| report.broken.is_empty()) {
            scene.cluster.keep_logs();
            let logs = scene.cluster.place().folder().display().to_string();
            return match result {
                Ok(mut report) => {
                    report.broken.push(format!("the logs are in {logs}"));
                    Ok(report)
                }
                Err(failure) => Err(failure).doing(format!("logs in {logs}")),
            };
        }
        result
    }

    async fn open(run: &Run, drill: Drill, name: &'static str) -> Outcome<Self> {
        let cluster = Cluster::start(&run.plan(name)).await?;
        let mut dice = run.dice(drill);
        let (client, sink) = (&cluster.client, &cluster.sink);
        let owner = Person::owner(client, sink, &mut dice).await.doing("signing an owner up")?;
        let colleague = owner.colleague(client, sink, &mut dice).await.doing("inviting a colleague")?;
        let mut scene = Self { cluster, dice, owner, colleague };
        if let Err(failure) = scene.cluster.checker.quiet(QUIET).await {
            scene.cluster.keep_logs();
            return Err(failure).doing("the people's own jobs");
        }
        Ok(scene)
    }

    pub(super) fn organization(&self) -> Uuid {
        self.owner.organization
    }

    /// Puts drill jobs into the ledger without ringing.
    pub(super) async fn drill_jobs(&mut self, act: &str, count: usize) -> Outcome<Vec<Uuid>> {
        self.drill_jobs_of(act, count, 12).await
    }

    /// Drill jobs with a number of tries.
    pub(super) async fn drill_jobs_of(
        &mut self,
        act: &str,
        count: usize,
        max_attempts: i64,
    ) -> Outcome<Vec<Uuid>> {
        let organization = self.organization();
        let job = NewJob {
            organization,
            kind: "system.drill",
            payload: serde_json::json!({"act": act}).to_string(),
            max_attempts,
        };
        self.cluster.checker.insert_jobs(&job, count, &mut self.dice).await
    }

    /// How often drills have told an event.
    pub(super) async fn told(&self) -> Outcome<i64> {
        let events = self.cluster.checker.events(self.organization(), "system.drill_told").await?;
        Ok(events.iter().map(|(_, count)| count).sum())
    }

    /// Lets a dead job run again, as an operator does.
    pub(super) async fn requeue(&self, job: Uuid) -> Outcome {
        let path = format!("/jobs/{job}/requeue");
        let call = Call::act(&path).token(&self.owner.access);
        self.cluster.client.insist(&call, QUIET).await?.with(200).map(drop)
    }
}
