//! Lists and who is on them.

use std::collections::HashSet;

use database::entities::{contact, contact_list};
use database::keyset::{self, Key};
use database::{StoreError, Tx};
use kernel::{ContactId, ContactListId, EmailAddress, Keyset, OrganizationId, Page, PageRequest, Version};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, OnConflict};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{By, Places, read_page};
use crate::words::folded;
use crate::{Consent, Contact, ContactList, Error, OptIn};

pub(crate) async fn insert(tx: &Tx, org: OrganizationId, list: &ContactList) -> Result<(), Error> {
    let inserted =
        contact_list::Entity::insert(written(org, list)).exec_without_returning(tx.connection()).await;
    name_taken(inserted.map(drop).map_err(StoreError::from))
}

/// Writes a list that was locked before in this transaction.
pub(crate) async fn save(tx: &Tx, org: OrganizationId, list: &ContactList) -> Result<(), Error> {
    let saved = contact_list::Entity::update_many()
        .set(contact_list::ActiveModel { organization_id: NotSet, id: NotSet, ..written(org, list) })
        .filter(contact_list::Column::OrganizationId.eq(org.uuid()))
        .filter(contact_list::Column::Id.eq(list.id.uuid()))
        .exec(tx.connection())
        .await;
    name_taken(saved.map(drop).map_err(StoreError::from))
}

fn name_taken(written: Result<(), StoreError>) -> Result<(), Error> {
    match written {
        Err(error) if error.violates("uq_contact_lists_organization_id_name_folded") => {
            Err(Error::ListNameTaken)
        }
        other => Ok(other?),
    }
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    id: ContactListId,
) -> Result<Option<ContactList>, StoreError> {
    let row = contact_list::Entity::find_by_id((org.uuid(), id.uuid())).one(connection).await?;
    row.map(read).transpose()
}

/// A list, kept from other changes until the commit.
pub(crate) async fn lock(tx: &Tx, org: OrganizationId, id: ContactListId) -> Result<ContactList, Error> {
    let one = contact_list::Entity::find_by_id((org.uuid(), id.uuid())).lock(LockType::NoKeyUpdate);
    let row = one.one(tx.connection()).await.map_err(StoreError::from)?;
    row.map(read).transpose()?.ok_or(Error::NotFound)
}

pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    page: &PageRequest,
) -> Result<Page<ContactList>, StoreError> {
    use contact_list::Column;
    let mut found = contact_list::Entity::find().filter(Column::OrganizationId.eq(org.uuid()));
    if let Some(after) = &page.after {
        let name: String = keyset::value(after, 0)?;
        let column = Expr::col((contact_list::Entity, Column::NameFolded));
        found = found.filter(keyset::after(vec![Key::ascending(column, name)]));
    }
    let sorted = found.order_by_asc(Column::NameFolded).into_model::<contact_list::Model>();
    let rows = keyset::first(connection, sorted, page.limit.rows() + 1).await?;
    read_page(Page::cut(rows, page.limit, |row| Keyset(vec![row.name_folded.clone()])), read)
}

/// Puts people on a list; those whose address is there already are left as they are. Says who is new.
pub(crate) async fn add(
    tx: &Tx,
    org: OrganizationId,
    list: ContactListId,
    contacts: &[Contact],
) -> Result<HashSet<ContactId>, StoreError> {
    use contact::Column;
    let mut added = HashSet::new();
    for some in contacts.chunks(500) {
        let once = OnConflict::columns([Column::OrganizationId, Column::ListId, Column::Email])
            .do_nothing()
            .to_owned();
        let rows = some.iter().map(|contact| written_contact(org, contact));
        contact::Entity::insert_many(rows).on_conflict(once).exec_without_returning(tx.connection()).await?;
        let new: Vec<Uuid> = contact::Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::OrganizationId.eq(org.uuid()))
            .filter(Column::ListId.eq(list.uuid()))
            .filter(Column::Id.is_in(some.iter().map(|contact| contact.id.uuid())))
            .into_tuple()
            .all(tx.connection())
            .await?;
        added.extend(new.into_iter().map(ContactId::from));
    }
    Ok(added)
}

pub(crate) async fn remove(
    tx: &Tx,
    org: OrganizationId,
    list: ContactListId,
    id: ContactId,
) -> Result<bool, StoreError> {
    let gone = contact::Entity::delete_many()
        .filter(contact::Column::OrganizationId.eq(org.uuid()))
        .filter(contact::Column::ListId.eq(list.uuid()))
        .filter(contact::Column::Id.eq(id.uuid()))
        .exec(tx.connection())
        .await?;
    Ok(gone.rows_affected > 0)
}

pub(crate) async fn contacts(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    list: ContactListId,
    page: &PageRequest,
) -> Result<Page<Contact>, StoreError> {
    use contact::Column;
    let found = contact::Entity::find().filter(Expr::col((contact::Entity, Column::ListId)).eq(list.uuid()));
    let places = Places { org: Column::OrganizationId, id: Column::Id };
    read_page(places.page(connection, (org, found), By::Oldest, page, |row| row.id).await?, read_contact)
}

fn written(org: OrganizationId, list: &ContactList) -> contact_list::ActiveModel {
    contact_list::ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(list.id.uuid()),
        name: Set(list.name.clone()),
        name_folded: Set(folded(&list.name)),
        opt_in: Set(list.opt_in.name().to_owned()),
        version: Set(list.version.0),
        created_at: Set(list.created_at),
        updated_at: Set(list.updated_at),
    }
}

fn written_contact(org: OrganizationId, contact: &Contact) -> contact::ActiveModel {
    contact::ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(contact.id.uuid()),
        list_id: Set(contact.list.uuid()),
        email: Set(contact.email.as_str().to_owned()),
        first_name: Set(contact.first_name.clone()),
        last_name: Set(contact.last_name.clone()),
        state: Set(contact.consent.name().to_owned()),
        created_at: Set(contact.created_at),
        confirmed_at: Set(contact.confirmed_at),
    }
}

fn read(row: contact_list::Model) -> Result<ContactList, StoreError> {
    Ok(ContactList {
        id: row.id.into(),
        name: row.name,
        opt_in: OptIn::stored("contact_lists.opt_in", &row.opt_in)?,
        version: Version(row.version),
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

pub(super) fn read_contact(row: contact::Model) -> Result<Contact, StoreError> {
    Ok(Contact {
        id: row.id.into(),
        list: row.list_id.into(),
        email: EmailAddress::from_stored(row.email),
        first_name: row.first_name,
        last_name: row.last_name,
        consent: Consent::stored("contacts.state", &row.state)?,
        created_at: row.created_at,
        confirmed_at: row.confirmed_at,
    })
}
