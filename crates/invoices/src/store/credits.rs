//! Credit notes.

use database::entities::credit_note::{ActiveModel, Column, Entity, Model};
use database::entities::credit_note_line;
use database::keyset::{self, Key};
use database::{StoreError, Tx};
use kernel::{CreditNoteId, InvoiceId, Keyset, OrganizationId, Page, PageRequest, Timestamp, UserId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::lines;
use super::row::{self, IssuedColumns, PartyColumns};
use super::tax_rates::class;
use crate::{CreditNote, FullCreditNote, Reason, Sums, TaxTotal};

/// What the credit notes of an invoice took of each tax class.
pub(crate) async fn taken(
    tx: &Tx,
    org: OrganizationId,
    invoice: InvoiceId,
) -> Result<Vec<TaxTotal>, StoreError> {
    let notes = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::InvoiceId.eq(invoice.uuid()));
    let notes: Vec<Uuid> = notes.into_tuple().all(tx.connection()).await?;
    if notes.is_empty() {
        return Ok(Vec::new());
    }
    let taken: Vec<(String, Option<i64>, i64, i64)> = credit_note_line::Entity::find()
        .select_only()
        .columns([
            credit_note_line::Column::TaxKind,
            credit_note_line::Column::TaxBasisPoints,
            credit_note_line::Column::Net,
            credit_note_line::Column::Tax,
        ])
        .filter(credit_note_line::Column::OrganizationId.eq(org.uuid()))
        .filter(credit_note_line::Column::CreditNoteId.is_in(notes))
        .into_tuple()
        .all(tx.connection())
        .await?;
    let taken = taken.into_iter().map(|(kind, points, net, tax)| {
        let class = class("credit_note_lines.tax_kind", &kind, points)?;
        let amount = |minor| row::amount("credit_note_lines.net", minor);
        Ok((class, amount(net)?, amount(tax)?))
    });
    let taken: Result<Vec<_>, StoreError> = taken.collect();
    lines::taxes(taken?)
}

pub(crate) async fn insert(
    tx: &Tx,
    org: OrganizationId,
    full: &FullCreditNote,
    created_by: Option<UserId>,
) -> Result<(), StoreError> {
    let row = ActiveModel { organization_id: Set(org.uuid()), ..written(full, created_by) };
    Entity::insert(row).exec_without_returning(tx.connection()).await?;
    let of = (org.uuid(), full.note.id.uuid());
    let rows: Vec<_> = lines::rows(&full.document).map(|row| row.of_credit_note(of.0, of.1)).collect();
    for some in rows.chunks(200) {
        let some = some.iter().cloned().map(IntoActiveModel::into_active_model);
        credit_note_line::Entity::insert_many(some).exec_without_returning(tx.connection()).await?;
    }
    Ok(())
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    id: CreditNoteId,
) -> Result<Option<FullCreditNote>, StoreError> {
    let Some(row) = Entity::find_by_id((org.uuid(), id.uuid())).one(connection).await? else {
        return Ok(None);
    };
    let rows = credit_note_line::Entity::find()
        .filter(credit_note_line::Column::OrganizationId.eq(org.uuid()))
        .filter(credit_note_line::Column::CreditNoteId.eq(id.uuid()))
        .order_by_asc(credit_note_line::Column::Position)
        .all(connection)
        .await?;
    let discount = row::read_discount("credit_notes.discount_kind", &row.discount_kind, row.discount_value)?;
    let sides = row::sides(seller(&row), buyer(&row));
    let sides = sides.ok_or_else(|| StoreError::corrupt("credit_notes.seller_name", "is not there"))?;
    let note = read(row)?;
    let document = lines::document(rows.into_iter().map(Into::into), discount, note.sums)?;
    Ok(Some(FullCreditNote { note, document, sides }))
}

/// The credit notes of an invoice, the oldest first.
pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    invoice: InvoiceId,
    page: &PageRequest,
) -> Result<Page<CreditNote>, StoreError> {
    let mut found = Entity::find()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::InvoiceId.eq(invoice.uuid()));
    if let Some(after) = &page.after {
        let (at, id): (Timestamp, Uuid) = (keyset::value(after, 0)?, keyset::value(after, 1)?);
        let column = |column: Column| Expr::col((Entity, column));
        let keys = vec![Key::ascending(column(Column::IssuedAt), at), Key::ascending(column(Column::Id), id)];
        found = found.filter(keyset::after(keys));
    }
    let sorted = found.order_by_asc(Column::IssuedAt).order_by_asc(Column::Id).into_model::<Model>();
    let rows = keyset::first(connection, sorted, page.limit.rows() + 1).await?;
    let at = |row: &Model| row.issued_at.map(|at| at.to_rfc3339()).unwrap_or_default();
    let cut = Page::cut(rows, page.limit, |row| Keyset(vec![at(row), row.id.to_string()]));
    let rows: Result<Vec<_>, _> = cut.rows.into_iter().map(read).collect();
    Ok(Page { rows: rows?, next: cut.next, total: None })
}

fn written(full: &FullCreditNote, created_by: Option<UserId>) -> ActiveModel {
    let FullCreditNote { note, document, sides } = full;
    let (discount_kind, discount_value) = row::discount(document.discount);
    let issue = IssuedColumns::from(&note.issue);
    let (seller, buyer) = (PartyColumns::from(&sides.seller), PartyColumns::from(&sides.buyer));
    ActiveModel {
        id: Set(note.id.uuid()),
        invoice_id: Set(note.invoice.uuid()),
        reason: Set(note.reason.as_str().to_owned()),
        currency: Set(note.currency.code().to_owned()),
        discount_kind: Set(discount_kind.to_owned()),
        discount_value: Set(discount_value),
        subtotal: Set(note.sums.subtotal.minor()),
        discount: Set(note.sums.discount.minor()),
        tax: Set(note.sums.tax.minor()),
        total: Set(note.sums.total.minor()),
        reduced: Set(note.reduced.minor()),
        refundable: Set(note.refundable.minor()),
        line_count: Set(i64::try_from(document.lines.len()).unwrap_or(i64::MAX)),
        created_by: Set(created_by.map(Into::into)),
        series: Set(issue.series),
        fiscal_year: Set(issue.fiscal_year),
        running: Set(issue.running),
        number: Set(issue.number),
        issued_at: Set(issue.issued_at),
        issued_on: Set(issue.issued_on),
        issued_on_bs: Set(issue.issued_on_bs),
        seller_name: Set(seller.name),
        seller_tax_id: Set(seller.tax_id),
        seller_address: Set(seller.address),
        seller_phone: Set(seller.phone),
        seller_email: Set(seller.email),
        buyer_name: Set(buyer.name),
        buyer_tax_id: Set(buyer.tax_id),
        buyer_address: Set(buyer.address),
        buyer_phone: Set(buyer.phone),
        buyer_email: Set(buyer.email),
        ..ActiveModel::default()
    }
}

fn seller(row: &Model) -> PartyColumns {
    PartyColumns {
        name: row.seller_name.clone(),
        tax_id: row.seller_tax_id.clone(),
        address: row.seller_address.clone(),
        phone: row.seller_phone.clone(),
        email: row.seller_email.clone(),
    }
}

fn buyer(row: &Model) -> PartyColumns {
    PartyColumns {
        name: row.buyer_name.clone(),
        tax_id: row.buyer_tax_id.clone(),
        address: row.buyer_address.clone(),
        phone: row.buyer_phone.clone(),
        email: row.buyer_email.clone(),
    }
}

fn read(row: Model) -> Result<CreditNote, StoreError> {
    let issue = IssuedColumns {
        series: row.series,
        fiscal_year: row.fiscal_year,
        running: row.running,
        number: row.number,
        issued_at: row.issued_at,
        issued_on: row.issued_on,
        issued_on_bs: row.issued_on_bs,
    };
    let issue = issue.read()?.ok_or_else(|| StoreError::corrupt("credit_notes.number", "is not there"))?;
    let amount = |minor| row::amount("credit_notes.total", minor);
    Ok(CreditNote {
        id: row.id.into(),
        invoice: row.invoice_id.into(),
        issue,
        reason: Reason::from_stored(row.reason),
        currency: row::currency("credit_notes.currency", &row.currency)?,
        sums: Sums {
            subtotal: amount(row.subtotal)?,
            discount: amount(row.discount)?,
            tax: amount(row.tax)?,
            total: amount(row.total)?,
        },
        reduced: amount(row.reduced)?,
        refundable: amount(row.refundable)?,
    })
}
