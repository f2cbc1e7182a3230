use std::collections::HashMap;

use uuid::Uuid;

use super::Checker;
use crate::{Doing, Outcome};

/// A ticket as it stands in the database, with what must stand beside it.
#[derive(Clone, Debug)]
pub struct TicketRow {
    pub id: Uuid,
    pub title: String,
    pub number: i64,
    pub is_assigned: bool,
    /// `tickets.ticket_created` about it.
    pub created_events: i64,
    /// Idempotency keys that name it.
    pub keys: i64,
    /// Jobs that name it, or an event about it.
    pub jobs: i64,
}

impl Checker {
    /// All tickets of an organization, by number.
    pub async fn tickets(&self, organization: Uuid) -> Outcome<Vec<TicketRow>> {
        let sql = "SELECT id, title, number, assignee_id IS NOT NULL FROM tickets \
                   WHERE organization_id = $1 ORDER BY number";
        let rows: Vec<(Uuid, String, i64, bool)> =
            sqlx::query_as(sql).bind(organization).fetch_all(&self.pool).await.doing("reading tickets")?;
        let events: HashMap<_, _> =
            self.events(organization, "tickets.ticket_created").await?.into_iter().collect();
        let (keys, jobs) = (self.keys(organization).await?, self.jobs_by_ticket(organization).await?);
        let count = |of: &HashMap<Uuid, i64>, id| of.get(&id).copied().unwrap_or(0);
        let row = |(id, title, number, is_assigned)| TicketRow {
            id,
            title,
            number,
            is_assigned,
            created_events: count(&events, id),
            keys: count(&keys, id),
            jobs: count(&jobs, id),
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// Events that speak of a ticket that is not there, and keys that name one.
    pub async fn dangling(&self, organization: Uuid) -> Outcome<i64> {
        let sql = "SELECT (SELECT count(*) FROM events e WHERE e.stream_id = $1 \
                             AND e.type = 'tickets.ticket_created' AND NOT EXISTS \
                             (SELECT 1 FROM tickets t WHERE t.organization_id = $1 AND t.id = e.subject_id)) \
                        + (SELECT count(*) FROM idempotency_keys k WHERE k.organization_id = $1 \
                             AND k.operation = 'tickets_create' AND NOT EXISTS \
                             (SELECT 1 FROM tickets t WHERE t.organization_id = $1 AND t.id = k.subject_id))";
        sqlx::query_scalar(sql).bind(organization).fetch_one(&self.pool).await.doing("counting dangling rows")
    }

    async fn keys(&self, organization: Uuid) -> Outcome<HashMap<Uuid, i64>> {
        let sql = "SELECT subject_id, count(*) FROM idempotency_keys \
                   WHERE organization_id = $1 AND subject_id IS NOT NULL GROUP BY subject_id";
        let rows: Vec<(Uuid, i64)> =
            sqlx::query_as(sql).bind(organization).fetch_all(&self.pool).await.doing("counting keys")?;
        Ok(rows.into_iter().collect())
    }

    /// Jobs name events and things; both lead to the ticket.
    async fn jobs_by_ticket(&self, organization: Uuid) -> Outcome<HashMap<Uuid, i64>> {
        let sql = "SELECT id, subject_id FROM events WHERE stream_id = $1 AND subject_type = 'ticket'";
        let events: Vec<(Uuid, Uuid)> =
            sqlx::query_as(sql).bind(organization).fetch_all(&self.pool).await.doing("reading events")?;
        let mut ticket_of: HashMap<Uuid, Uuid> = events.iter().copied().collect();
        ticket_of.extend(events.iter().map(|(_, ticket)| (*ticket, *ticket)));
        let sql = "SELECT payload FROM jobs WHERE organization_id = $1";
        let payloads: Vec<String> =
            sqlx::query_scalar(sql).bind(organization).fetch_all(&self.pool).await.doing("reading jobs")?;
        let mut counts = HashMap::new();
        for payload in payloads {
            let named = payload.split('"').filter_map(|word| Uuid::parse_str(word).ok());
            if let Some(ticket) = named.filter_map(|id| ticket_of.get(&id)).next() {
                *counts.entry(*ticket).or_default() += 1;
            }
        }
        Ok(counts)
    }
}
