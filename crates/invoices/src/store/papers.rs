//! The papers of issued documents.

use database::entities::invoice_paper::{ActiveModel, Column, Entity};
use database::{StoreError, Tx};
use kernel::{InvoiceId, OrganizationId, Timestamp};
use sea_orm::sea_query::{Condition, Expr};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::stored;
use crate::PaperOf;
use crate::paper::{KeptPaper, Rendition, Revision};

/// What is kept of a revision of a document.
pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    of: (PaperOf, Revision),
) -> Result<Vec<KeptPaper>, StoreError> {
    let rows = Entity::find().filter(these(org, of)).all(connection).await?;
    let papers = rows.into_iter().map(|row| {
        Ok(KeptPaper {
            rendition: stored("invoice_papers.variant", &row.variant, Rendition::named)?,
            file: row.file_id.into(),
            taken_at: row.taken_at,
        })
    });
    papers.collect()
}

/// Writes a paper down whose file was written down before.
pub(crate) async fn insert(
    tx: &Tx,
    org: OrganizationId,
    (of, revision): (PaperOf, Revision),
    invoice: InvoiceId,
    paper: &KeptPaper,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        organization_id: Set(org.uuid()),
        document_id: Set(of.id()),
        revision: Set(revision.number()),
        variant: Set(paper.rendition.name().to_owned()),
        kind: Set(of.kind().to_owned()),
        invoice_id: Set(invoice.uuid()),
        file_id: Set(paper.file.uuid()),
        created_at: Set(now),
        taken_at: Set(paper.taken_at),
    };
    Entity::insert(row).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// Takes the original, unless somebody has it: of many at once, one gets it.
pub(crate) async fn take_original(
    tx: &Tx,
    org: OrganizationId,
    of: (PaperOf, Revision),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let taken = Entity::update_many()
        .col_expr(Column::TakenAt, Expr::value(now))
        .filter(these(org, of))
        .filter(Column::Variant.eq(Rendition::Original.name()))
        .filter(Column::TakenAt.is_null())
        .exec(tx.connection())
        .await?;
    Ok(taken.rows_affected == 1)
}

fn these(org: OrganizationId, (of, revision): (PaperOf, Revision)) -> Condition {
    Condition::all()
        .add(Column::OrganizationId.eq(org.uuid()))
        .add(Column::DocumentId.eq(of.id()))
        .add(Column::Revision.eq(revision.number()))
}
