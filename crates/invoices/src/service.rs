mod catalogue;
mod claims;
mod credits;
mod customers;
mod delivery;
mod issuing;
mod links;
mod papers;
mod payments;
mod recurring;
mod recurring_due;
mod reports;
mod sendings;

use async_trait::async_trait;
use chrono::NaiveDate;
use database::{Database, Tx};
use kernel::{Actor, Currency, InvoiceId, OrganizationId, Page, PageRequest, Scope, Stream, Version};

use crate::store::{self, catalogue::known};
use crate::words::must_be_at;
use crate::{
    Document, DraftInvoice, Error, FullInvoice, Invoice, InvoiceEvent, InvoiceFilter, InvoiceHappening,
    InvoiceSettings, InvoiceSort, Invoices, Ports, Reason, Record, RecordEvent, TaxRate, UpdateDraft,
    WriteDocument,
};

pub(crate) struct InvoiceService {
    pub(crate) database: Database,
    pub(crate) ports: Ports,
}

#[async_trait]
impl Invoices for InvoiceService {
    async fn draft(&self, actor: &Actor, command: DraftInvoice) -> Result<FullInvoice, Error> {
        actor.require(Scope::InvoicesWrite)?;
        let (org, me, env) = (actor.org, actor.user_id(), self.database.env().clone());
        let drafted = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let connection = tx.connection();
                let settings = store::settings::find(connection, org).await?;
                let customer = store::customers::find(connection, org, command.customer).await?;
                let known = known(connection, org, &command.document).await?;
                let full = command.parse(env.id(), &settings, customer.as_ref(), &known, env.now())?;
                store::invoices::insert(tx, org, &full, me).await?;
                let customer = full.invoice.customer;
                tell(tx, org, &full.invoice, InvoiceHappening::Drafted { customer });
                Ok(full)
            })
        });
        drafted.await
    }

    async fn preview(
        &self,
        actor: &Actor,
        currency: &str,
        document: WriteDocument,
    ) -> Result<Document, Error> {
        actor.require(Scope::InvoicesWrite)?;
        let currency = Currency::parse("currency", currency)?;
        let known = known(self.database.reader(), actor.org, &document).await?;
        Ok(document.judge(currency, &known)?)
    }

    async fn get(&self, actor: &Actor, id: InvoiceId) -> Result<FullInvoice, Error> {
        actor.require(Scope::InvoicesRead)?;
        self.find(actor.org, id).await
    }

    async fn list(
        &self,
        actor: &Actor,
        filter: &InvoiceFilter,
        sort: InvoiceSort,
        page: &PageRequest,
    ) -> Result<Page<Invoice>, Error> {
        actor.require(Scope::InvoicesRead)?;
        let today = self.today_of(actor.org).await?;
        Ok(store::list::page(self.database.reader(), actor.org, filter, today, sort, page).await?)
    }

    async fn today(&self, actor: &Actor) -> Result<NaiveDate, Error> {
        actor.require(Scope::InvoicesRead)?;
        self.today_of(actor.org).await
    }

    async fn update(
        &self,
        actor: &Actor,
        id: InvoiceId,
        expected: Version,
        command: UpdateDraft,
    ) -> Result<FullInvoice, Error> {
        actor.require(Scope::InvoicesWrite)?;
        let (org, now) = (actor.org, self.database.env().now());
        let updated = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = store::invoices::lock_at(tx, org, id, expected).await?;
                before.invoice.life.must_be_draft()?;
                let after = revised(tx, org, &before, command, now).await?;
                let changes = after.changes_since(&before);
                if changes.is_empty() {
                    return Ok(before);
                }
                store::invoices::save(tx, org, &after).await?;
                if after.document != before.document {
                    store::invoices::replace_lines(tx, org, &after).await?;
                }
                tell(tx, org, &after.invoice, InvoiceHappening::Updated { changes });
                Ok(after)
            })
        });
        updated.await
    }

    async fn delete(&self, actor: &Actor, id: InvoiceId, expected: Version) -> Result<(), Error> {
        actor.require(Scope::InvoicesWrite)?;
        let org = actor.org;
        let deleted = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let full = store::invoices::lock_at(tx, org, id, expected).await?;
                full.invoice.life.must_be_draft()?;
                store::invoices::delete(tx, org, id).await?;
                tell(tx, org, &full.invoice, InvoiceHappening::Deleted);
                Ok(())
            })
        });
        deleted.await
    }

    async fn issue(&self, actor: &Actor, id: InvoiceId, expected: Version) -> Result<FullInvoice, Error> {
        actor.require(Scope::InvoicesIssue)?;
        let (org, env) = (actor.org, self.database.env().clone());
        let issued = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let draft = store::invoices::lock_at(tx, org, id, expected).await?;
                draft.issuable()?;
                let customer = store::customers::find(tx.connection(), org, draft.invoice.customer).await?;
                let customer = customer.ok_or(Error::NotFound)?;
                let (issue, seller) = issuing::next(tx, org, &env, issuing::Kind::Invoice).await?;
                let full = draft.issue(issue, &seller, &customer)?;
                store::invoices::save(tx, org, &full).await?;
                let what = InvoiceHappening::Issued { invoice: full.invoice.clone() };
                tell(tx, org, &full.invoice, what);
                Ok(full)
            })
        });
        issued.await
    }

    async fn void(
        &self,
        actor: &Actor,
        id: InvoiceId,
        expected: Version,
        reason: &str,
    ) -> Result<FullInvoice, Error> {
        actor.require(Scope::InvoicesVoid)?;
        let (org, now) = (actor.org, self.database.env().now());
        // Whether the invoice is there is said before what is wrong with the reason.
        let before = self.find(org, id).await?;
        must_be_at(before.invoice.version, expected)?;
        let reason = Reason::parse("reason", reason)?;
        let voided = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = store::invoices::lock_at(tx, org, id, expected).await?;
                let after = before.void(reason.clone(), now)?;
                store::invoices::save(tx, org, &after).await?;
                let reason = reason.as_str().to_owned();
                tell(tx, org, &after.invoice, InvoiceHappening::Voided { reason });
                Ok(after)
            })
        });
        voided.await
    }

    async fn prepare(&self, tx: &Tx, org: OrganizationId) -> Result<(), Error> {
        let now = self.database.env().now();
        let settings = InvoiceSettings::initial(now);
        if !store::settings::insert(tx, org, &settings).await? {
            return Ok(());
        }
        for rate in TaxRate::first(now) {
            store::tax_rates::insert(tx, org, &rate).await?;
        }
        note(tx, org, Record::Settings(org), settings.version, None);
        Ok(())
    }

    async fn erase(&self, tx: &Tx, org: OrganizationId, limit: u64) -> Result<bool, Error> {
        Ok(store::erase::organization(tx, org, limit, self.database.env().now()).await?)
    }
}

impl InvoiceService {
    async fn find(&self, org: OrganizationId, id: InvoiceId) -> Result<FullInvoice, Error> {
        store::invoices::find(self.database.reader(), org, id).await?.ok_or(Error::NotFound)
    }

    async fn today_of(&self, org: OrganizationId) -> Result<NaiveDate, Error> {
        let seller = store::seller::find(self.database.reader(), org).await?;
        Ok(seller.today(self.database.env().now()))
    }
}

/// A draft after an update.
async fn revised(
    tx: &Tx,
    org: OrganizationId,
    before: &FullInvoice,
    command: UpdateDraft,
    now: kernel::Timestamp,
) -> Result<FullInvoice, Error> {
    let connection = tx.connection();
    let customer = match command.customer {
        Some(id) => store::customers::find(connection, org, id).await?,
        None => None,
    };
    let known = match command.document() {
        Some(document) => known(connection, org, &document).await?,
        None => crate::document::Known::default(),
    };
    command.of(before, customer.as_ref(), &known, now)
}

/// Tells what happened to an invoice.
fn tell(tx: &Tx, org: OrganizationId, invoice: &Invoice, what: InvoiceHappening) {
    tx.tell(Stream::Organization(org), InvoiceEvent::of(invoice, what));
}

/// Tells what happened to something that invoices are made of.
fn note(tx: &Tx, org: OrganizationId, record: Record, version: Version, changes: Option<kernel::Changes>) {
    tx.tell(Stream::Organization(org), RecordEvent { record, version, changes });
}
