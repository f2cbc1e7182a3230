use async_trait::async_trait;
use kernel::{Actor, CustomerId, Page, PageRequest, Scope, Version};

use super::{InvoiceService, note};
use crate::words::must_be_at;
use crate::{
    CreateCustomer, Customer, CustomerFilter, Error, InvoiceCustomers, Record, UpdateCustomer, store,
};

#[async_trait]
impl InvoiceCustomers for InvoiceService {
    async fn create_customer(&self, actor: &Actor, command: CreateCustomer) -> Result<Customer, Error> {
        actor.require(Scope::InvoicesWrite)?;
        let (org, env) = (actor.org, self.database.env());
        let customer = command.parse(env.id(), env.now())?;
        let created = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::customers::insert(tx, org, &customer).await?;
                note(tx, org, Record::Customer(customer.id), customer.version, None);
                Ok(customer)
            })
        });
        created.await
    }

    async fn customer(&self, actor: &Actor, id: CustomerId) -> Result<Customer, Error> {
        actor.require(Scope::InvoicesRead)?;
        store::customers::find(self.database.reader(), actor.org, id).await?.ok_or(Error::NotFound)
    }

    async fn customers(
        &self,
        actor: &Actor,
        filter: &CustomerFilter,
        page: &PageRequest,
    ) -> Result<Page<Customer>, Error> {
        actor.require(Scope::InvoicesRead)?;
        Ok(store::customers::page(self.database.reader(), actor.org, filter, page).await?)
    }

    async fn update_customer(
        &self,
        actor: &Actor,
        id: CustomerId,
        expected: Version,
        command: UpdateCustomer,
    ) -> Result<Customer, Error> {
        actor.require(Scope::InvoicesWrite)?;
        let (org, now) = (actor.org, self.database.env().now());
        let updated = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = store::customers::lock(tx, org, id).await?;
                must_be_at(before.version, expected)?;
                let (after, changes) = before.updated(command, now)?;
                if changes.is_empty() {
                    return Ok(before);
                }
                store::customers::save(tx, org, &after).await?;
                note(tx, org, Record::Customer(id), after.version, Some(changes));
                Ok(after)
            })
        });
        updated.await
    }
}
