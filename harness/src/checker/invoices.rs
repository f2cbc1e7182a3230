use uuid::Uuid;

use super::Checker;
use crate::{Doing, Outcome};

/// An issued invoice as it stands in the database.
#[derive(Clone, Debug)]
pub struct InvoiceRow {
    pub id: Uuid,
    /// Series and fiscal year, within which numbers count.
    pub series: String,
    pub running: i64,
    /// As people read it.
    pub number: String,
    /// `invoices.invoice_issued` about it.
    pub told: i64,
}

/// What is booked of an invoice.
#[derive(Clone, Debug)]
pub struct BookedRow {
    pub id: Uuid,
    pub payments: i64,
    /// The sum of them.
    pub booked: i64,
    /// What the invoice itself says.
    pub paid: i64,
    /// `invoices.payment_recorded` about its payments.
    pub told: i64,
}

/// What is printed of an issued invoice.
#[derive(Clone, Debug)]
pub struct PaperRow {
    pub id: Uuid,
    pub originals: i64,
    pub copies: i64,
    /// `invoices.pdf_ready` about it.
    pub told: i64,
}

/// A file that belongs to something.
#[derive(Clone, Debug)]
pub struct FileRow {
    pub id: Uuid,
    pub sha256: Vec<u8>,
}

impl Checker {
    /// The issued invoices of an organization in the order of their commits, which is the order of their events.
    pub async fn issued_invoices(&self, organization: Uuid) -> Outcome<Vec<InvoiceRow>> {
        let sql = "SELECT i.id, i.series || ' ' || i.fiscal_year AS series, i.running, i.number, count(e.seq) AS told \
                   FROM invoices i LEFT JOIN events e ON e.stream_id = i.organization_id AND e.subject_id = i.id \
                     AND e.type = 'invoices.invoice_issued' \
                   WHERE i.organization_id = $1 AND i.running IS NOT NULL \
                   GROUP BY i.organization_id, i.id ORDER BY min(e.seq)";
        let rows: Vec<(Uuid, String, i64, String, i64)> =
            sqlx::query_as(sql).bind(organization).fetch_all(&self.pool).await.doing("reading invoices")?;
        let row = |(id, series, running, number, told)| InvoiceRow { id, series, running, number, told };
        Ok(rows.into_iter().map(row).collect())
    }

    /// The payments of an organization's invoices.
    pub async fn bookings(&self, organization: Uuid) -> Outcome<Vec<BookedRow>> {
        let sql = "SELECT i.id, count(p.id) AS payments, sum(p.amount)::bigint AS booked, i.paid, \
                     sum((SELECT count(*) FROM events e WHERE e.stream_id = $1 \
                        AND e.type = 'invoices.payment_recorded' AND e.subject_id = p.id))::bigint AS told \
                   FROM invoices i JOIN invoice_payments p ON p.organization_id = $1 AND p.invoice_id = i.id \
                   WHERE i.organization_id = $1 GROUP BY i.organization_id, i.id";
        let rows: Vec<(Uuid, i64, i64, i64, i64)> =
            sqlx::query_as(sql).bind(organization).fetch_all(&self.pool).await.doing("reading payments")?;
        let row = |(id, payments, booked, paid, told)| BookedRow { id, payments, booked, paid, told };
        Ok(rows.into_iter().map(row).collect())
    }

    /// The papers of an organization's issued invoices.
    pub async fn papers(&self, organization: Uuid) -> Outcome<Vec<PaperRow>> {
        let sql = "SELECT i.id, count(*) FILTER (WHERE p.variant = 'original') AS originals, \
                     count(*) FILTER (WHERE p.variant = 'copy') AS copies, \
                     (SELECT count(*) FROM events e WHERE e.stream_id = $1 \
                        AND e.type = 'invoices.pdf_ready' AND e.subject_id = i.id) AS told \
                   FROM invoices i LEFT JOIN invoice_papers p \
                     ON p.organization_id = $1 AND p.document_id = i.id \
                   WHERE i.organization_id = $1 AND i.running IS NOT NULL GROUP BY i.organization_id, i.id";
        let rows: Vec<(Uuid, i64, i64, i64)> =
            sqlx::query_as(sql).bind(organization).fetch_all(&self.pool).await.doing("reading papers")?;
        let row = |(id, originals, copies, told)| PaperRow { id, originals, copies, told };
        Ok(rows.into_iter().map(row).collect())
    }

    /// The files of an organization that belong to something.
    pub async fn files(&self, organization: Uuid) -> Outcome<Vec<FileRow>> {
        let sql = "SELECT id, sha256 FROM files WHERE organization_id = $1 AND attached_at IS NOT NULL";
        let rows: Vec<(Uuid, Vec<u8>)> =
            sqlx::query_as(sql).bind(organization).fetch_all(&self.pool).await.doing("reading files")?;
        Ok(rows.into_iter().map(|(id, sha256)| FileRow { id, sha256 }).collect())
    }
}
