use async_trait::async_trait;
use database::{Database, Tx, log};
use kernel::{Actor, FieldFault, Limit, Page, PageRequest, Scope, Stream};

use crate::{
    Audit, AuditEvent, AuditFilter, Chunks, Entry, Error, EventPage, Format, PublicEvent, Verified, export,
    store,
};

/// How many events one call looks at, however few of them the actor may see.
const STRETCH: usize = 1_000;

pub(crate) struct AuditService {
    database: Database,
}

impl AuditService {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }
}

#[async_trait]
impl Audit for AuditService {
    async fn list(
        &self,
        actor: &Actor,
        filter: &AuditFilter,
        page: &PageRequest,
    ) -> Result<Page<Entry>, Error> {
        actor.require(Scope::AuditRead)?;
        filter.check().map_err(Error::Invalid)?;
        Ok(store::list(&self.database, actor.org, filter, page).await?)
    }

    async fn export(&self, actor: &Actor, filter: AuditFilter, format: Format) -> Result<Chunks, Error> {
        actor.require(Scope::AuditExport)?;
        filter.check().map_err(Error::Invalid)?;
        let org = actor.org;
        let event = AuditEvent::LogExported { organization: org, format, filter: filter.clone() };
        self.database
            .commit(actor, move |tx: &Tx| {
                Box::pin(async move {
                    tx.tell(Stream::Organization(org), event);
                    Ok::<_, Error>(())
                })
            })
            .await?;
        Ok(export::chunks(self.database.clone(), org, filter, format))
    }

    async fn verify(&self, actor: &Actor) -> Result<Verified, Error> {
        actor.require(Scope::AuditRead)?;
        Ok(log::verify(&self.database, actor.org.uuid()).await?)
    }

    async fn events(&self, actor: &Actor, since: Option<i64>, limit: Limit) -> Result<EventPage, Error> {
        actor.require_member()?;
        let stream = actor.org.uuid();
        let head = log::head(&self.database, stream).await?;
        let since = match since {
            Some(since) if (0..=head).contains(&since) => since,
            Some(_) => return Err(Error::Invalid(vec![beyond(head)])),
            None => store::beginning(&self.database, actor.org).await?,
        };
        let mut page = EventPage { events: Vec::new(), cursor: since, more: false };
        let mut seen = 0;
        while page.cursor < head && seen < STRETCH && (page.events.len() as u64) < limit.rows() {
            let rows = log::since(&self.database, stream, page.cursor, limit.rows()).await?;
            if rows.first().is_none_or(|row| row.seq != page.cursor + 1) {
                return Err(Error::CursorExpired);
            }
            for row in rows {
                if page.events.len() as u64 == limit.rows() {
                    break;
                }
                (page.cursor, seen) = (row.seq, seen + 1);
                if row.audience.admits(actor) {
                    page.events.push(PublicEvent::of(row));
                }
            }
        }
        page.more = page.cursor < head;
        Ok(page)
    }
}

fn beyond(head: i64) -> FieldFault {
    FieldFault::new("since", "out_of_range", format!("must be from 0 to {head}, where the log ends"))
}
