//! Single invoices.

use database::entities::invoice::{self, ActiveModel, Column, Entity, Model};
use database::entities::invoice_line;
use database::{StoreError, Tx};
use kernel::{InvoiceId, OrganizationId, UserId, Version};
use sea_orm::sea_query::{Condition, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::row::{self, IssuedColumns, PartyColumns};
use super::{customers, lines, occurrences, stored};
use crate::{Amount, Balance, DueDays, Error, FullInvoice, Invoice, Life, Reason, Status, Sums, Voided};

/// Drafts, which are not due, come after all others: no day is later.
pub(super) const NEVER: &str = "9999-12-31";

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    id: InvoiceId,
) -> Result<Option<FullInvoice>, StoreError> {
    let row = Entity::find_by_id((org.uuid(), id.uuid())).one(connection).await?;
    match row {
        Some(row) => whole(connection, org, row).await.map(Some),
        None => Ok(None),
    }
}

/// An invoice, kept from other changes until the commit: the first lock of whatever is done to it.
pub(crate) async fn lock(tx: &Tx, org: OrganizationId, id: InvoiceId) -> Result<FullInvoice, Error> {
    let one = Entity::find_by_id((org.uuid(), id.uuid())).lock(LockType::NoKeyUpdate);
    let row = one.one(tx.connection()).await.map_err(StoreError::from)?.ok_or(Error::NotFound)?;
    Ok(whole(tx.connection(), org, row).await?)
}

/// The same if it is still at this version.
pub(crate) async fn lock_at(
    tx: &Tx,
    org: OrganizationId,
    id: InvoiceId,
    expected: Version,
) -> Result<FullInvoice, Error> {
    let full = lock(tx, org, id).await?;
    crate::words::must_be_at(full.invoice.version, expected)?;
    Ok(full)
}

pub(crate) async fn insert(
    tx: &Tx,
    org: OrganizationId,
    full: &FullInvoice,
    created_by: Option<UserId>,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(full.invoice.id.uuid()),
        created_by: Set(created_by.map(Into::into)),
        created_at: Set(full.invoice.created_at),
        ..written(full)
    };
    Entity::insert(row).exec_without_returning(tx.connection()).await?;
    insert_lines(tx, org, full).await
}

/// Writes an invoice that was locked before in this transaction, but not its lines.
pub(crate) async fn save(tx: &Tx, org: OrganizationId, full: &FullInvoice) -> Result<(), StoreError> {
    let update = Entity::update_many().set(written(full)).filter(one(org, full.invoice.id));
    update.exec(tx.connection()).await?;
    Ok(())
}

/// Puts the lines it has now in place of those it had.
pub(crate) async fn replace_lines(
    tx: &Tx,
    org: OrganizationId,
    full: &FullInvoice,
) -> Result<(), StoreError> {
    delete_lines(tx, org, full.invoice.id).await?;
    insert_lines(tx, org, full).await
}

/// Deletes a draft that was locked before in this transaction.
pub(crate) async fn delete(tx: &Tx, org: OrganizationId, id: InvoiceId) -> Result<(), StoreError> {
    delete_lines(tx, org, id).await?;
    occurrences::let_go(tx, org, id).await?;
    Entity::delete_many().filter(one(org, id)).exec(tx.connection()).await?;
    Ok(())
}

async fn insert_lines(tx: &Tx, org: OrganizationId, full: &FullInvoice) -> Result<(), StoreError> {
    let of = (org.uuid(), full.invoice.id.uuid());
    let rows: Vec<_> = lines::rows(&full.document).map(|row| row.of_invoice(of.0, of.1)).collect();
    for some in rows.chunks(lines::AT_ONCE) {
        let some = some.iter().cloned().map(IntoActiveModel::into_active_model);
        invoice_line::Entity::insert_many(some).exec_without_returning(tx.connection()).await?;
    }
    Ok(())
}

async fn delete_lines(tx: &Tx, org: OrganizationId, id: InvoiceId) -> Result<(), StoreError> {
    invoice_line::Entity::delete_many()
        .filter(invoice_line::Column::OrganizationId.eq(org.uuid()))
        .filter(invoice_line::Column::InvoiceId.eq(id.uuid()))
        .exec(tx.connection())
        .await?;
    Ok(())
}

async fn whole(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    row: Model,
) -> Result<FullInvoice, StoreError> {
    let rows = invoice_line::Entity::find()
        .filter(invoice_line::Column::OrganizationId.eq(org.uuid()))
        .filter(invoice_line::Column::InvoiceId.eq(row.id))
        .order_by_asc(invoice_line::Column::Position)
        .all(connection)
        .await?;
    let name = match &row.buyer_name {
        Some(name) => name.clone(),
        None => {
            let customer = row.customer_id.into();
            customers::names(connection, org, [customer]).await?.remove(&customer).unwrap_or_default()
        }
    };
    let made_by = occurrences::of(connection, org, row.id.into()).await?;
    Ok(FullInvoice { made_by, ..read_full(row, rows, name)? })
}

fn one(org: OrganizationId, id: InvoiceId) -> Condition {
    Condition::all().add(Column::OrganizationId.eq(org.uuid())).add(Column::Id.eq(id.uuid()))
}

fn written(full: &FullInvoice) -> ActiveModel {
    let FullInvoice { invoice, document, notes, terms, .. } = full;
    let (discount_kind, discount_value) = row::discount(document.discount);
    let balance = invoice.balance().unwrap_or_else(|| Balance::of(Amount::ZERO));
    let voided = full.voided.as_ref();
    ActiveModel {
        status: Set(invoice.life.status().name().to_owned()),
        customer_id: Set(invoice.customer.uuid()),
        currency: Set(invoice.currency.code().to_owned()),
        po_number: Set(invoice.po_number.clone()),
        notes: Set(notes.clone()),
        terms: Set(terms.clone()),
        due_days: Set(invoice.due_days.get().into()),
        discount_kind: Set(discount_kind.to_owned()),
        discount_value: Set(discount_value),
        subtotal: Set(invoice.sums.subtotal.minor()),
        discount: Set(invoice.sums.discount.minor()),
        tax: Set(invoice.sums.tax.minor()),
        total: Set(invoice.sums.total.minor()),
        paid: Set(balance.paid().minor()),
        credited: Set(balance.credited().minor()),
        refunded: Set(balance.refunded().minor()),
        due: Set(balance.due().minor()),
        void_reason: Set(voided.map(|voided| voided.reason.as_str().to_owned())),
        voided_at: Set(voided.map(|voided| voided.at)),
        version: Set(invoice.version.0),
        updated_at: Set(invoice.updated_at),
        due_on: Set(invoice.due_on.map(|day| day.to_string())),
        due_order: Set(invoice.due_on.map_or_else(|| NEVER.to_owned(), |day| day.to_string())),
        ..issued(full)
    }
}

fn issued(full: &FullInvoice) -> ActiveModel {
    let issue = full.invoice.issue.as_ref().map(IssuedColumns::from).unwrap_or_default();
    let sides = full.sides.as_ref();
    let seller = sides.map(|sides| PartyColumns::from(&sides.seller)).unwrap_or_default();
    let buyer = sides.map(|sides| PartyColumns::from(&sides.buyer)).unwrap_or_default();
    ActiveModel {
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

fn read_full(
    row: Model,
    rows: Vec<invoice_line::Model>,
    customer_name: String,
) -> Result<FullInvoice, StoreError> {
    let discount = row::read_discount("invoices.discount_kind", &row.discount_kind, row.discount_value)?;
    let voided = row.void_reason.clone().zip(row.voided_at);
    let voided = voided.map(|(reason, at)| Voided { reason: Reason::from_stored(reason), at });
    let (notes, terms) = (row.notes.clone(), row.terms.clone());
    let sides = row::sides(seller(&row), buyer(&row));
    let invoice = read(row, customer_name)?;
    let document = lines::document(rows.into_iter().map(Into::into), discount, invoice.sums)?;
    Ok(FullInvoice { invoice, document, notes, terms, sides, voided, made_by: None })
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

/// An invoice without its lines.
pub(super) fn read(row: invoice::Model, customer_name: String) -> Result<Invoice, StoreError> {
    let issue = IssuedColumns {
        series: row.series,
        fiscal_year: row.fiscal_year,
        running: row.running,
        number: row.number,
        issued_at: row.issued_at,
        issued_on: row.issued_on,
        issued_on_bs: row.issued_on_bs,
    };
    let sums = Sums {
        subtotal: row::amount("invoices.subtotal", row.subtotal)?,
        discount: row::amount("invoices.discount", row.discount)?,
        tax: row::amount("invoices.tax", row.tax)?,
        total: row::amount("invoices.total", row.total)?,
    };
    let moved = [row.paid, row.credited, row.refunded];
    Ok(Invoice {
        id: row.id.into(),
        life: life(&row.status, sums.total, moved)?,
        customer: row.customer_id.into(),
        customer_name,
        currency: row::currency("invoices.currency", &row.currency)?,
        po_number: row.po_number,
        due_days: DueDays::new(row.due_days)
            .ok_or_else(|| StoreError::corrupt("invoices.due_days", row.due_days.to_string()))?,
        sums,
        issue: issue.read()?,
        due_on: row.due_on.map(|day| row::day("invoices.due_on", &day)).transpose()?,
        version: Version(row.version),
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

fn life(status: &str, total: Amount, moved: [i64; 3]) -> Result<Life, StoreError> {
    match stored("invoices.status", status, Status::named)? {
        Status::Draft => Ok(Life::Draft),
        Status::Void => Ok(Life::Void),
        Status::Issued | Status::PartiallyPaid | Status::Paid => {
            let [paid, credited, refunded] = moved.map(Amount::new);
            let balance = paid.zip(credited).zip(refunded).and_then(|((paid, credited), refunded)| {
                Balance::from_stored(total, paid, credited, refunded)
            });
            let unlawful = || StoreError::corrupt("invoices.paid", format!("{moved:?} of {total}"));
            balance.map(Life::Issued).ok_or_else(unlawful)
        }
    }
}
