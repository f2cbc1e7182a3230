use std::time::Duration;

use uuid::Uuid;

use super::{Drill, Report, Run};
use crate::checker::{JobState, NewJob};
use crate::{Call, Cluster, Dice, Doing, Outcome, Person};

/// How long everything may take to be done at the end: retries wait some seconds.
pub(super) const QUIET: Duration = Duration::from_secs(90);

/// A cluster with people in it.
pub(super) struct Scene {
    pub(super) cluster: Cluster,
    pub(super) dice: Dice,
    pub(super) team: Team,
    /// Other organizations, where one alone would not keep all workers busy.
    pub(super) others: Vec<Team>,
}

/// The people of an organization.
pub(super) struct Team {
    pub(super) owner: Person,
    /// Whoever gets the mails about tickets.
    pub(super) colleague: Person,
}

impl Team {
    async fn found(cluster: &Cluster, dice: &mut Dice) -> Outcome<Self> {
        let (client, sink) = (&cluster.client, &cluster.sink);
        let owner = Person::owner(client, sink, dice).await.doing("signing an owner up")?;
        let colleague = owner.colleague(client, sink, dice).await.doing("inviting a colleague")?;
        Ok(Self { owner, colleague })
    }
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
        let team = Team::found(&cluster, &mut dice).await?;
        let mut scene = Self { cluster, dice, team, others: Vec::new() };
        if let Err(failure) = scene.cluster.checker.quiet(QUIET).await {
            scene.cluster.keep_logs();
            return Err(failure).doing("the people's own jobs");
        }
        Ok(scene)
    }

    /// Lets more organizations work.
    pub(super) async fn found(&mut self, count: usize) -> Outcome {
        for _ in 0..count {
            self.others.push(Team::found(&self.cluster, &mut self.dice).await?);
        }
        self.cluster.checker.quiet(QUIET).await
    }

    pub(super) fn teams(&self) -> impl Iterator<Item = &Team> {
        std::iter::once(&self.team).chain(&self.others)
    }

    /// The first one's.
    pub(super) fn organization(&self) -> Uuid {
        self.team.owner.organization
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

    /// Lets a dead job run again, as an operator of its organization does.
    pub(super) async fn requeue(&self, job: &JobState) -> Outcome {
        let mut owners = self.teams().map(|team| &team.owner);
        let owner = owners.find(|owner| owner.organization == job.organization).doing("the job's owner")?;
        let call = Call::act(&format!("/jobs/{}/requeue", job.id)).token(&owner.access);
        self.cluster.client.insist(&call, QUIET).await?.with(200).map(drop)
    }
}
