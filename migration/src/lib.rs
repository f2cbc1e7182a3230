//! Schema migrations, the same ones for PostgreSQL and SQLite. They add, or drop an index; a merged one is never edited.

#![expect(clippy::too_many_lines, reason = "a table is one statement, and reads best in one piece")]

mod column;
mod m0001_ledger;
mod m0002_identity;
mod m0003_auth;
mod m0004_organizations;
mod m0005_tickets;
mod m0006_notifications;
mod m0007_installation;
mod m0008_mail_retention;
mod m0009_job_indexes;
mod m0010_invoices;
mod m0011_files;
mod m0012_campaigns;
mod m0013_invoice_papers;
mod m0014_invoice_sendings;
mod m0015_recurring_invoices;

use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};

/// All migrations, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_ledger::Migration),
            Box::new(m0002_identity::Migration),
            Box::new(m0003_auth::Migration),
            Box::new(m0004_organizations::Migration),
            Box::new(m0005_tickets::Migration),
            Box::new(m0006_notifications::Migration),
            Box::new(m0007_installation::Migration),
            Box::new(m0008_mail_retention::Migration),
            Box::new(m0009_job_indexes::Migration),
            Box::new(m0010_invoices::Migration),
            Box::new(m0011_files::Migration),
            Box::new(m0012_campaigns::Migration),
            Box::new(m0013_invoice_papers::Migration),
            Box::new(m0014_invoice_sendings::Migration),
            Box::new(m0015_recurring_invoices::Migration),
        ]
    }
}
