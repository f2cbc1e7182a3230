//! Invoices on a real database: SQLite, or PostgreSQL when `TEST_DATABASE_URL` names a server.

mod credits;
mod drafts;
mod immutability;
mod issuing;
mod links;
mod lists;
mod papers;
mod payments;
mod print_shop;
mod races;
mod records;
mod reports;
mod support;
mod tenants;
