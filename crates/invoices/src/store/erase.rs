//! Erasing what an organization had here.

use database::entities::{
    catalogue_item, credit_note, credit_note_line, customer, invoice, invoice_claim, invoice_counter,
    invoice_erasure, invoice_line, invoice_link, invoice_occurrence, invoice_paper, invoice_payment,
    invoice_schedule, invoice_schedule_line, invoice_sending, invoice_settings, tax_rate,
};
use database::{StoreError, Tx};
use kernel::{OrganizationId, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

/// Deletes at most `limit` invoices with all that hangs on them, and all else once none is left; says whether that is
/// so. It first says that it does, for else the database lets nobody delete what was issued.
pub(crate) async fn organization(
    tx: &Tx,
    org: OrganizationId,
    limit: u64,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let id = org.uuid();
    let begun = invoice_erasure::ActiveModel { organization_id: Set(id), begun_at: Set(now) };
    invoice_erasure::Entity::insert(begun)
        .on_conflict_do_nothing_on([invoice_erasure::Column::OrganizationId])
        .exec_without_returning(tx.connection())
        .await?;
    let some = invoice::Entity::find()
        .select_only()
        .column(invoice::Column::Id)
        .filter(invoice::Column::OrganizationId.eq(id))
        .order_by_asc(invoice::Column::Id)
        .limit(limit)
        .into_tuple::<Uuid>();
    let invoices = some.all(tx.connection()).await?;
    delete_invoices(tx, id, &invoices).await?;
    if invoices.len() as u64 >= limit {
        return Ok(false);
    }
    delete_of::<invoice_occurrence::Entity>(tx, id, None).await?;
    delete_of::<invoice_schedule_line::Entity>(tx, id, None).await?;
    delete_of::<invoice_schedule::Entity>(tx, id, None).await?;
    delete_of::<catalogue_item::Entity>(tx, id, None).await?;
    delete_of::<tax_rate::Entity>(tx, id, None).await?;
    delete_of::<customer::Entity>(tx, id, None).await?;
    delete_of::<invoice_counter::Entity>(tx, id, None).await?;
    delete_of::<invoice_settings::Entity>(tx, id, None).await?;
    delete_of::<invoice_erasure::Entity>(tx, id, None).await?;
    Ok(true)
}

async fn delete_invoices(tx: &Tx, org: Uuid, invoices: &[Uuid]) -> Result<(), StoreError> {
    let among = |column: &'static str| Expr::col(column).is_in(invoices.iter().copied());
    let notes: SelectStatement = credit_note::Entity::find()
        .select_only()
        .column(credit_note::Column::Id)
        .filter(credit_note::Column::OrganizationId.eq(org))
        .filter(among("invoice_id"))
        .into_query();
    let of_notes = Expr::col("credit_note_id").in_subquery(notes);
    delete_of::<credit_note_line::Entity>(tx, org, Some(of_notes)).await?;
    delete_of::<credit_note::Entity>(tx, org, Some(among("invoice_id"))).await?;
    delete_of::<invoice_paper::Entity>(tx, org, Some(among("invoice_id"))).await?;
    delete_of::<invoice_payment::Entity>(tx, org, Some(among("invoice_id"))).await?;
    delete_of::<invoice_sending::Entity>(tx, org, Some(among("invoice_id"))).await?;
    delete_of::<invoice_claim::Entity>(tx, org, Some(among("invoice_id"))).await?;
    delete_of::<invoice_link::Entity>(tx, org, Some(among("invoice_id"))).await?;
    delete_of::<invoice_line::Entity>(tx, org, Some(among("invoice_id"))).await?;
    delete_of::<invoice_occurrence::Entity>(tx, org, Some(among("invoice_id"))).await?;
    delete_of::<invoice::Entity>(tx, org, Some(among("id"))).await
}

/// Deletes these rows of an organization, or all.
async fn delete_of<E: EntityTrait>(tx: &Tx, org: Uuid, these: Option<Expr>) -> Result<(), StoreError> {
    let own = Expr::col((E::default(), "organization_id")).eq(org);
    let delete = E::delete_many().filter(own);
    let delete = match these {
        Some(these) => delete.filter(these),
        None => delete,
    };
    delete.exec(tx.connection()).await?;
    Ok(())
}
