use async_trait::async_trait;
use kernel::{Actor, ContactId, ContactListId, Page, PageRequest, Scope, Version};

use super::{CampaignService, tell};
use crate::contact::{judged, list_name, too_many};
use crate::words::must_be_at;
use crate::{
    CampaignContacts, Contact, ContactEvent, ContactList, Error, IMPORT_ROWS, ImportRow, Imported, OptIn,
    Taken, store,
};

#[async_trait]
impl CampaignContacts for CampaignService {
    async fn create_list(&self, actor: &Actor, name: &str, opt_in: OptIn) -> Result<ContactList, Error> {
        actor.require(Scope::CampaignsWrite)?;
        let (org, env) = (actor.org, self.database.env());
        let (name, now) = (list_name(name)?, env.now());
        let list = ContactList {
            id: env.id(),
            name,
            opt_in,
            version: Version::FIRST,
            created_at: now,
            updated_at: now,
        };
        let created = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::lists::insert(tx, org, &list).await?;
                tell(tx, org, ContactEvent::ListCreated { list: list.id });
                Ok::<_, Error>(list)
            })
        });
        created.await
    }

    async fn contact_list(&self, actor: &Actor, id: ContactListId) -> Result<ContactList, Error> {
        actor.require(Scope::CampaignsRead)?;
        store::lists::find(self.database.reader(), actor.org, id).await?.ok_or(Error::NotFound)
    }

    async fn contact_lists(&self, actor: &Actor, page: &PageRequest) -> Result<Page<ContactList>, Error> {
        actor.require(Scope::CampaignsRead)?;
        Ok(store::lists::page(self.database.reader(), actor.org, page).await?)
    }

    async fn rename_list(
        &self,
        actor: &Actor,
        id: ContactListId,
        expected: Version,
        name: &str,
    ) -> Result<ContactList, Error> {
        actor.require(Scope::CampaignsWrite)?;
        let (org, now) = (actor.org, self.database.env().now());
        let name = list_name(name)?;
        let renamed = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = store::lists::lock(tx, org, id).await?;
                must_be_at(before.version, expected)?;
                let mut changes = kernel::Changes::new();
                changes.note("name", &before.name, &name);
                if changes.is_empty() {
                    return Ok(before);
                }
                let version = before.version.next();
                let after = ContactList { name, version, updated_at: now, ..before };
                store::lists::save(tx, org, &after).await?;
                tell(tx, org, ContactEvent::ListUpdated { list: id, version, changes });
                Ok::<_, Error>(after)
            })
        });
        renamed.await
    }

    async fn import(
        &self,
        actor: &Actor,
        list: ContactListId,
        rows: Vec<ImportRow>,
    ) -> Result<Vec<Imported>, Error> {
        actor.require(Scope::CampaignsWrite)?;
        if rows.len() > IMPORT_ROWS {
            return Err(too_many("rows"));
        }
        let (org, env) = (actor.org, self.database.env().clone());
        let imported = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let list = store::lists::find(tx.connection(), org, list).await?.ok_or(Error::NotFound)?;
                let rows = judged(rows, &list, || env.id(), env.now());
                let contacts: Vec<Contact> =
                    rows.iter().filter_map(|(_, row)| row.as_ref().ok().cloned().flatten()).collect();
                let added = store::lists::add(tx, org, list.id, &contacts).await?;
                let refused = rows.iter().filter(|(_, row)| row.is_err()).count();
                tell(tx, org, ContactEvent::Imported { list: list.id, added: added.len(), refused });
                let outcome = |row: Option<Contact>| match row.filter(|row| added.contains(&row.id)) {
                    Some(row) => Taken::Added(row.id),
                    None => Taken::Known,
                };
                let results =
                    rows.into_iter().map(|(email, row)| Imported { email, outcome: row.map(outcome) });
                Ok::<_, Error>(results.collect())
            })
        });
        imported.await
    }

    async fn contacts(
        &self,
        actor: &Actor,
        list: ContactListId,
        page: &PageRequest,
    ) -> Result<Page<Contact>, Error> {
        self.contact_list(actor, list).await?;
        Ok(store::lists::contacts(self.database.reader(), actor.org, list, page).await?)
    }

    async fn remove_contact(&self, actor: &Actor, list: ContactListId, id: ContactId) -> Result<(), Error> {
        actor.require(Scope::CampaignsWrite)?;
        let org = actor.org;
        let removed = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                if !store::lists::remove(tx, org, list, id).await? {
                    return Err(Error::NotFound);
                }
                tell(tx, org, ContactEvent::Removed { list, contact: id });
                Ok(())
            })
        });
        removed.await
    }
}
