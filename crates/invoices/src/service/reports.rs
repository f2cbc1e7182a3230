use async_trait::async_trait;
use database::Database;
use futures_util::stream::{self, StreamExt};
use kernel::{
    Actor, Currency, CustomerId, InvoiceId, Keyset, Limit, OrganizationId, Page, PageRequest, Scope,
};

use super::InvoiceService;
use crate::export::{heading, lines};
use crate::report::running;
use crate::{
    Ageing, CsvStream, Error, Happened, InvoiceFilter, InvoiceReports, InvoiceSort, Statement, StatementDays,
    store,
};

#[async_trait]
impl InvoiceReports for InvoiceService {
    fn export(&self, actor: &Actor, filter: InvoiceFilter, sort: InvoiceSort) -> Result<CsvStream, Error> {
        actor.require(Scope::InvoicesRead)?;
        let (database, org) = (self.database.clone(), actor.org);
        let export = Export { database, org, filter, sort };
        let pages = stream::try_unfold(Some((export, None)), |state| async move {
            match state {
                Some((export, after)) => export.page(after).await.map(Some),
                None => Ok(None),
            }
        });
        Ok(stream::once(async { Ok(heading()) }).chain(pages).boxed())
    }

    async fn activity(
        &self,
        actor: &Actor,
        invoice: InvoiceId,
        page: &PageRequest,
    ) -> Result<Page<Happened>, Error> {
        actor.require(Scope::InvoicesRead)?;
        self.find(actor.org, invoice).await?;
        Ok(store::activity::page(self.database.reader(), actor.org, invoice, page).await?)
    }

    async fn ageing(&self, actor: &Actor, page: &PageRequest) -> Result<Page<Ageing>, Error> {
        actor.require(Scope::InvoicesRead)?;
        let today = self.today_of(actor.org).await?;
        Ok(store::reports::ageing(self.database.reader(), actor.org, today, page).await?)
    }

    async fn statement(
        &self,
        actor: &Actor,
        customer: CustomerId,
        days: StatementDays,
        currency: Option<Currency>,
    ) -> Result<Statement, Error> {
        actor.require(Scope::InvoicesRead)?;
        let (reader, org) = (self.database.reader(), actor.org);
        let found = store::customers::find(reader, org, customer).await?.ok_or(Error::NotFound)?;
        let days = days.judged()?;
        let currency = match currency {
            Some(currency) => currency,
            None => store::seller::find(reader, org).await?.currency,
        };
        let of = (customer, currency);
        let before = store::reports::before(reader, org, of, days.from).await?;
        let opening = before.into_iter().map(|(kind, sum)| kind.sign() * sum).sum();
        let moved = store::reports::moved(reader, org, of, days).await?;
        let (entries, closing) = running(opening, moved);
        Ok(Statement { customer, customer_name: found.name, currency, opening, entries, closing })
    }
}

/// An export under way: nothing of it stays in memory but the page at hand, and no query outlives its page.
struct Export {
    database: Database,
    org: OrganizationId,
    filter: InvoiceFilter,
    sort: InvoiceSort,
}

/// The export and where it goes on; `None` at its end.
type State = Option<(Export, Option<Keyset>)>;

impl Export {
    async fn page(self, after: Option<Keyset>) -> Result<(Vec<u8>, State), Error> {
        let reader = self.database.reader();
        let today = store::seller::find(reader, self.org).await?.today(self.database.env().now());
        let request = PageRequest { limit: Limit::EXPORT, after, count: false };
        let page = store::list::page(reader, self.org, &self.filter, today, self.sort, &request).await?;
        let chunk = lines(&page.rows, today);
        Ok((chunk, page.next.map(|next| (self, Some(next)))))
    }
}
