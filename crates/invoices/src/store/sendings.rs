//! Documents on their way to customers.

use database::entities::invoice_sending::{ActiveModel, Column, Entity, Model};
use database::keyset::{self, Key};
use database::{StoreError, Tx};
use kernel::{
    EmailAddress, InvoiceId, InvoiceSendingId, Keyset, OrganizationId, Page, PageRequest, Timestamp,
};
use sea_orm::sea_query::{Condition, Expr};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::stored;
use crate::sending::SendingLink;
use crate::{PaperOf, Purpose, Rendition, Sending, SendingState};

/// Writes one down, whose link was written down before.
pub(crate) async fn insert(tx: &Tx, org: OrganizationId, sending: &Sending) -> Result<(), StoreError> {
    Entity::insert(written(org, sending)).exec_without_returning(tx.connection()).await?;
    Ok(())
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    id: InvoiceSendingId,
) -> Result<Option<Sending>, StoreError> {
    let row = Entity::find_by_id((org.uuid(), id.uuid())).one(connection).await?;
    row.map(read).transpose()
}

/// The sendings of an invoice and of its credit notes, the newest first.
pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    invoice: InvoiceId,
    page: &PageRequest,
) -> Result<Page<Sending>, StoreError> {
    let mut found = Entity::find()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::InvoiceId.eq(invoice.uuid()));
    if let Some(after) = &page.after {
        let (at, id): (Timestamp, Uuid) = (keyset::value(after, 0)?, keyset::value(after, 1)?);
        let column = |column: Column| Expr::col((Entity, column));
        let keys =
            vec![Key::descending(column(Column::CreatedAt), at), Key::descending(column(Column::Id), id)];
        found = found.filter(keyset::after(keys));
    }
    let sorted = found.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).into_model::<Model>();
    let rows = keyset::first(connection, sorted, page.limit.rows() + 1).await?;
    let cut =
        Page::cut(rows, page.limit, |row| Keyset(vec![row.created_at.to_rfc3339(), row.id.to_string()]));
    let rows: Result<Vec<_>, _> = cut.rows.into_iter().map(read).collect();
    Ok(Page { rows: rows?, next: cut.next, total: None })
}

/// Notes which paper goes with it, unless that is known; of two that try at once, one is heard.
pub(crate) async fn choose(
    tx: &Tx,
    org: OrganizationId,
    id: InvoiceSendingId,
    rendition: Rendition,
) -> Result<(), StoreError> {
    let chosen = Entity::update_many()
        .col_expr(Column::Variant, Expr::value(rendition.name()))
        .filter(queued(org, id))
        .filter(Column::Variant.is_null());
    chosen.exec(tx.connection()).await?;
    Ok(())
}

/// Ends one, unless it has ended; says whether it does.
pub(crate) async fn end(
    tx: &Tx,
    org: OrganizationId,
    id: InvoiceSendingId,
    state: SendingState,
    error: Option<&str>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let ended = Entity::update_many()
        .col_expr(Column::State, Expr::value(state.name()))
        .col_expr(Column::Error, Expr::value(error))
        .col_expr(Column::EndedAt, Expr::value(now))
        .filter(queued(org, id));
    Ok(ended.exec(tx.connection()).await?.rows_affected == 1)
}

fn queued(org: OrganizationId, id: InvoiceSendingId) -> Condition {
    Condition::all()
        .add(Column::OrganizationId.eq(org.uuid()))
        .add(Column::Id.eq(id.uuid()))
        .add(Column::State.eq(SendingState::Queued.name()))
}

fn written(org: OrganizationId, sending: &Sending) -> ActiveModel {
    ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(sending.id.uuid()),
        invoice_id: Set(sending.invoice.uuid()),
        kind: Set(sending.of.kind().to_owned()),
        document_id: Set(sending.of.id()),
        purpose: Set(sending.purpose.name().to_owned()),
        reminder_offset: Set(sending.purpose.offset()),
        recipients: Set(list(&sending.to)),
        cc: Set(list(&sending.cc)),
        subject: Set(sending.subject.clone().unwrap_or_default()),
        message: Set(sending.message.clone()),
        link_id: Set(sending.link.as_ref().map(|link| link.id.uuid())),
        link_nonce: Set(sending.link.as_ref().map(|link| link.nonce.clone())),
        variant: Set(sending.rendition.map(|rendition| rendition.name().to_owned())),
        state: Set(sending.state.name().to_owned()),
        error: Set(sending.error.clone()),
        created_by: Set(sending.created_by.map(Into::into)),
        created_at: Set(sending.created_at),
        ended_at: Set(sending.ended_at),
    }
}

/// No address holds a line break.
fn list(addresses: &[EmailAddress]) -> String {
    addresses.iter().map(EmailAddress::as_str).collect::<Vec<_>>().join("\n")
}

fn addresses(list: &str) -> Vec<EmailAddress> {
    list.lines().map(|address| EmailAddress::from_stored(address.to_owned())).collect()
}

fn read(row: Model) -> Result<Sending, StoreError> {
    let of = |kind: &str| PaperOf::named(kind, row.document_id);
    let purpose = |name: &str| Purpose::named(name, row.reminder_offset);
    let rendition =
        row.variant.as_deref().map(|name| stored("invoice_sendings.variant", name, Rendition::named));
    Ok(Sending {
        id: row.id.into(),
        invoice: row.invoice_id.into(),
        of: stored("invoice_sendings.kind", &row.kind, of)?,
        purpose: stored("invoice_sendings.purpose", &row.purpose, purpose)?,
        to: addresses(&row.recipients),
        cc: addresses(&row.cc),
        subject: Some(row.subject).filter(|subject| !subject.is_empty()),
        message: row.message,
        state: stored("invoice_sendings.state", &row.state, SendingState::named)?,
        error: row.error,
        created_by: row.created_by.map(Into::into),
        created_at: row.created_at,
        ended_at: row.ended_at,
        link: row.link_id.zip(row.link_nonce).map(|(id, nonce)| SendingLink { id: id.into(), nonce }),
        rendition: rendition.transpose()?,
    })
}
