use async_trait::async_trait;
use database::Tx;
use kernel::{
    Actor, CatalogueItemId, FieldFault, OrganizationId, Page, PageRequest, Scope, TaxRateId, Version,
};

use super::{InvoiceService, note};
use crate::words::must_be_at;
use crate::{
    CatalogueItem, CreateItem, CreateTaxRate, Error, InvoiceCatalogue, InvoiceSettings, ItemFilter, Record,
    TaxRate, UpdateInvoiceSettings, UpdateItem, UpdateTaxRate, store,
};

#[async_trait]
impl InvoiceCatalogue for InvoiceService {
    async fn create_item(&self, actor: &Actor, command: CreateItem) -> Result<CatalogueItem, Error> {
        actor.require(Scope::InvoicesWrite)?;
        let (org, env) = (actor.org, self.database.env());
        let item = command.parse(env.id(), env.now())?;
        let created = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                must_be_there(tx, org, item.tax_rate).await?;
                store::catalogue::insert(tx, org, &item).await?;
                note(tx, org, Record::Item(item.id), item.version, None);
                Ok(item)
            })
        });
        created.await
    }

    async fn item(&self, actor: &Actor, id: CatalogueItemId) -> Result<CatalogueItem, Error> {
        actor.require(Scope::InvoicesRead)?;
        store::catalogue::find(self.database.reader(), actor.org, id).await?.ok_or(Error::NotFound)
    }

    async fn items(
        &self,
        actor: &Actor,
        filter: &ItemFilter,
        page: &PageRequest,
    ) -> Result<Page<CatalogueItem>, Error> {
        actor.require(Scope::InvoicesRead)?;
        Ok(store::catalogue::page(self.database.reader(), actor.org, filter, page).await?)
    }

    async fn update_item(
        &self,
        actor: &Actor,
        id: CatalogueItemId,
        expected: Version,
        command: UpdateItem,
    ) -> Result<CatalogueItem, Error> {
        actor.require(Scope::InvoicesWrite)?;
        let (org, now) = (actor.org, self.database.env().now());
        let updated = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = store::catalogue::lock(tx, org, id).await?;
                must_be_at(before.version, expected)?;
                let (after, changes) = before.updated(command, now)?;
                if changes.is_empty() {
                    return Ok(before);
                }
                if after.tax_rate != before.tax_rate {
                    must_be_there(tx, org, after.tax_rate).await?;
                }
                store::catalogue::save(tx, org, &after).await?;
                note(tx, org, Record::Item(id), after.version, Some(changes));
                Ok(after)
            })
        });
        updated.await
    }

    async fn create_tax_rate(&self, actor: &Actor, command: CreateTaxRate) -> Result<TaxRate, Error> {
        actor.require(Scope::InvoicesManage)?;
        let (org, env) = (actor.org, self.database.env());
        let rate = command.parse(env.id(), env.now())?;
        let created = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::tax_rates::insert(tx, org, &rate).await?;
                note(tx, org, Record::TaxRate(rate.id), rate.version, None);
                Ok(rate)
            })
        });
        created.await
    }

    async fn tax_rate(&self, actor: &Actor, id: TaxRateId) -> Result<TaxRate, Error> {
        actor.require(Scope::InvoicesRead)?;
        store::tax_rates::find(self.database.reader(), actor.org, id).await?.ok_or(Error::NotFound)
    }

    async fn tax_rates(&self, actor: &Actor, page: &PageRequest) -> Result<Page<TaxRate>, Error> {
        actor.require(Scope::InvoicesRead)?;
        Ok(store::tax_rates::page(self.database.reader(), actor.org, page).await?)
    }

    async fn update_tax_rate(
        &self,
        actor: &Actor,
        id: TaxRateId,
        expected: Version,
        command: UpdateTaxRate,
    ) -> Result<TaxRate, Error> {
        actor.require(Scope::InvoicesManage)?;
        let (org, now) = (actor.org, self.database.env().now());
        let updated = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = store::tax_rates::lock(tx, org, id).await?;
                must_be_at(before.version, expected)?;
                let (after, changes) = before.updated(command, now)?;
                if changes.is_empty() {
                    return Ok(before);
                }
                store::tax_rates::save(tx, org, &after).await?;
                note(tx, org, Record::TaxRate(id), after.version, Some(changes));
                Ok(after)
            })
        });
        updated.await
    }

    async fn settings(&self, actor: &Actor) -> Result<InvoiceSettings, Error> {
        actor.require(Scope::InvoicesRead)?;
        store::settings::find(self.database.reader(), actor.org).await
    }

    async fn update_settings(
        &self,
        actor: &Actor,
        expected: Version,
        command: UpdateInvoiceSettings,
    ) -> Result<InvoiceSettings, Error> {
        actor.require(Scope::InvoicesManage)?;
        let (org, now) = (actor.org, self.database.env().now());
        let updated = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = store::settings::lock(tx, org).await?;
                must_be_at(before.version, expected)?;
                let (after, changes) = before.updated(command, now)?;
                if changes.is_empty() {
                    return Ok(before);
                }
                store::settings::save(tx, org, &after).await?;
                note(tx, org, Record::Settings(org), after.version, Some(changes));
                Ok(after)
            })
        });
        updated.await
    }
}

/// Refuses a tax rate that is not there, or archived.
async fn must_be_there(tx: &Tx, org: OrganizationId, rate: Option<TaxRateId>) -> Result<(), Error> {
    let Some(id) = rate else { return Ok(()) };
    match store::tax_rates::find(tx.connection(), org, id).await? {
        Some(rate) if rate.archived_at.is_some() => {
            Err(FieldFault::new("taxRateId", "archived", "must not be archived").into())
        }
        Some(_) => Ok(()),
        None => {
            Err(FieldFault::new("taxRateId", "unknown_tax_rate", "must be a tax rate that there is").into())
        }
    }
}
