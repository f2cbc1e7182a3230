//! Invoices on a real database: SQLite, or PostgreSQL when `TEST_DATABASE_URL` names a server.

mod credits;
mod drafts;
mod immutability;
mod issuing;
mod links;
mod lists;
mod payments;
mod races;
mod records;
mod reports;
mod support;
mod tenants;
