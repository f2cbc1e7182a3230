//! The installation that is measured: its organizations, their people, their tickets.

use chrono::{DateTime, Utc};
use harness::{Call, Cluster, Dice, Doing, NewJob, Outcome, Person, Plan};
use serde_json::json;
use uuid::Uuid;

/// Over how many organizations writes and jobs are spread.
pub(crate) const ORGANIZATIONS: usize = 50;

/// One api and one worker process, with organizations in them. The first organization has the many tickets.
pub(crate) struct Estate {
    pub(crate) cluster: Cluster,
    pub(crate) owners: Vec<Person>,
    dice: Dice,
}

impl Estate {
    /// Starts the processes and signs the owners up.
    pub(crate) async fn found(database: &str, organizations: usize) -> Outcome<Self> {
        let settings = [
            ("MERO_LEASE_SECONDS", "30"),
            // Both processes share a small machine with PostgreSQL and whoever asks.
            ("MERO_WORKER_CONCURRENCY", "64"),
            ("MERO_CAMPAIGN_RATE", "100000"),
        ];
        let plan = Plan {
            name: "bench",
            apis: 1,
            workers: 1,
            database: database.to_owned(),
            redis: None,
            settings: settings.map(|(name, value)| (name, value.to_owned())).to_vec(),
        };
        let cluster = Cluster::start(&plan).await?;
        let mut dice = Dice::unforeseen();
        let mut owners = Vec::new();
        for _ in 0..organizations {
            owners.push(Person::owner(&cluster.client, &cluster.sink, &mut dice).await?);
        }
        cluster.checker.quiet(std::time::Duration::from_secs(60)).await?;
        Ok(Self { cluster, owners, dice })
    }

    /// Host and port of the api process.
    pub(crate) fn address(&self) -> Outcome<String> {
        let base = self.cluster.client.base()?;
        base.strip_prefix("http://").map(str::to_owned).doing("an address")
    }

    /// The owner of the organization with the many tickets.
    pub(crate) fn first(&self) -> Outcome<&Person> {
        self.owners.first().doing("an owner")
    }

    /// A new idempotency key.
    pub(crate) fn key(&mut self) -> Uuid {
        self.dice.id()
    }

    /// Access tokens live for 15 minutes; each part of a run begins with new ones.
    pub(crate) async fn renew(&mut self) -> Outcome<Vec<String>> {
        let client = self.cluster.client.clone();
        for owner in &mut self.owners {
            owner.refresh(&client, self.dice.id()).await?;
        }
        Ok(self.owners.iter().map(|owner| owner.access.clone()).collect())
    }

    /// Gives the first organization tickets until it has as many. They are copies of one that the api made.
    pub(crate) async fn fill(&self, count: i64) -> Outcome {
        let owner = self.first()?;
        let (pool, org) = (&self.cluster.pool, owner.organization);
        let have: i64 = sqlx::query_scalar("SELECT count(*) FROM tickets WHERE organization_id = $1")
            .bind(org)
            .fetch_one(pool)
            .await?;
        if have == 0 {
            let form =
                json!({"title": "The printer on the second floor", "description": "It prints nothing."});
            self.cluster.client.send(&Call::post("/tickets", form).token(&owner.access)).await?.with(201)?;
        }
        let copies = sqlx::query(COPIES).bind(org).bind(have.max(1) + 1).bind(count);
        copies.execute(pool).await.doing("copying tickets")?;
        let counter = "UPDATE ticket_counters SET last_number = $2 WHERE organization_id = $1";
        sqlx::query(counter).bind(org).bind(count).execute(pool).await?;
        self.settle().await
    }

    /// What a server that has run for a while has long done: statistics and visibility maps are up to date.
    pub(crate) async fn settle(&self) -> Outcome {
        sqlx::query("VACUUM ANALYZE").execute(&self.cluster.pool).await.doing("VACUUM ANALYZE")?;
        sqlx::query("CHECKPOINT").execute(&self.cluster.pool).await.doing("CHECKPOINT").map(drop)
    }

    /// Puts drill jobs into the ledger, spread over all organizations, without ringing.
    pub(crate) async fn jobs(&mut self, act: &str, count: usize) -> Outcome {
        let payload = json!({"act": act}).to_string();
        for organization in self.organizations() {
            let job =
                NewJob { organization, kind: "system.drill", payload: payload.clone(), max_attempts: 12 };
            let share = count / self.owners.len();
            self.cluster.checker.insert_jobs(&job, share, &mut self.dice).await?;
        }
        self.settle().await
    }

    /// Removes jobs that are done, so that those of another part are not counted with these.
    pub(crate) async fn forget_done(&self) -> Outcome {
        sqlx::query("DELETE FROM jobs WHERE state = 'done'").execute(&self.cluster.pool).await?;
        self.settle().await
    }

    /// How many jobs are done.
    pub(crate) async fn done_jobs(&self) -> Outcome<i64> {
        self.cluster.checker.number("SELECT count(*) FROM jobs WHERE state = 'done'").await
    }

    /// When the last job was done, by the database's clock.
    pub(crate) async fn last_done(&self) -> Outcome<DateTime<Utc>> {
        let last = sqlx::query_scalar("SELECT max(finished_at) FROM jobs WHERE state = 'done'");
        last.fetch_one(&self.cluster.pool).await.doing("a job that is done")
    }

    /// A colleague in each of the first organizations.
    pub(crate) async fn colleagues(&mut self, count: usize) -> Outcome<Vec<Person>> {
        let (client, sink) = (&self.cluster.client, &self.cluster.sink);
        let mut colleagues = Vec::new();
        for owner in self.owners.iter().take(count) {
            colleagues.push(owner.colleague(client, sink, &mut self.dice).await?);
        }
        self.cluster.checker.quiet(std::time::Duration::from_secs(60)).await?;
        Ok(colleagues)
    }

    /// For each of the first organizations what stands for it, its owner and its first column in a script.
    pub(crate) async fn words(&self, organizations: usize) -> Outcome<Vec<[(&'static str, Uuid); 3]>> {
        let mut words = Vec::new();
        for owner in self.owners.iter().take(organizations) {
            let column = "SELECT id FROM ticket_columns WHERE organization_id = $1 AND category = 'open' \
                          ORDER BY position, id LIMIT 1";
            let column = sqlx::query_scalar(column).bind(owner.organization);
            let column: Uuid = column.fetch_one(&self.cluster.pool).await.doing("a column")?;
            words.push([(":org", owner.organization), (":owner", owner.user), (":column", column)]);
        }
        Ok(words)
    }

    fn organizations(&self) -> Vec<Uuid> {
        self.owners.iter().map(|owner| owner.organization).collect()
    }
}

/// `$1` organization, `$2` and `$3` the first and the last number. The rank of a copy follows the original's.
const COPIES: &str = "INSERT INTO tickets (organization_id, id, number, title, title_folded, description, kind, \
       priority, column_id, status, rank, requester_id, assignee_id, tags, due_at, due_order, estimate_minutes, \
       spent_minutes, version, created_at, updated_at, resolved_at, closed_at) \
     SELECT organization_id, gen_random_uuid(), n, title || ' ' || n, title_folded || ' ' || n, description, kind, \
       1 + n % 4, column_id, status, rank || int4send(n::int), requester_id, assignee_id, tags, due_at, due_order, \
       estimate_minutes, spent_minutes, version, created_at + n * interval '1 second', \
       updated_at + n * interval '1 second', resolved_at, closed_at \
     FROM (SELECT * FROM tickets WHERE organization_id = $1 AND number = 1) AS first, \
       generate_series($2::bigint, $3::bigint) AS n";
