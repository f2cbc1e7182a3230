use async_trait::async_trait;
use database::Database;
use futures_util::stream::{self, StreamExt};
use kernel::{Actor, Keyset, Limit, OrganizationId, PageRequest, Scope};

use super::TicketService;
use crate::export::{Names, heading, lines, people_of};
use crate::sight::Sight;
use crate::{CsvStream, DayCount, DayRange, Error, Sort, TicketFilter, TicketReports, store};

#[async_trait]
impl TicketReports for TicketService {
    fn export(&self, actor: &Actor, filter: TicketFilter, sort: Sort) -> Result<CsvStream, Error> {
        actor.require(Scope::TicketsRead)?;
        let (database, org, sight) = (self.database.clone(), actor.org, Sight::of(actor)?);
        let export = Export { database, org, sight, filter, sort };
        let pages = stream::try_unfold(Some((export, None)), |state| async move {
            match state {
                Some((export, after)) => export.page(after).await.map(Some),
                None => Ok(None),
            }
        });
        Ok(stream::once(async { Ok(heading()) }).chain(pages).boxed())
    }

    async fn analytics(&self, actor: &Actor, range: DayRange) -> Result<Vec<DayCount>, Error> {
        actor.require(Scope::TicketsRead)?;
        actor.require(Scope::AnalyticsRead)?;
        let Sight::Everything = Sight::of(actor)? else {
            return Err(kernel::Denied::ScopeMissing(Scope::AnalyticsRead).into());
        };
        let days = range.days(self.calendars.time_zone(actor.org).await?)?;
        Ok(store::days::count(self.database.reader(), actor.org, &days).await?)
    }
}

/// An export under way: nothing of it stays in memory but the page at hand, and no query outlives its page.
struct Export {
    database: Database,
    org: OrganizationId,
    sight: Sight,
    filter: TicketFilter,
    sort: Sort,
}

/// The export and where it goes on; `None` at its end.
type State = Option<(Export, Option<Keyset>)>;

impl Export {
    async fn page(self, after: Option<Keyset>) -> Result<(Vec<u8>, State), Error> {
        let (reader, org) = (self.database.reader(), self.org);
        let request = PageRequest { limit: Limit::EXPORT, after, count: false };
        let page = store::list::page(reader, org, self.sight, &self.filter, self.sort, &request).await?;
        let people = store::people::names(reader, org, &people_of(&page.rows)).await?;
        let columns = store::people::columns(reader, org).await?;
        let chunk = lines(&page.rows, &Names { people, columns });
        Ok((chunk, page.next.map(|next| (self, Some(next)))))
    }
}
