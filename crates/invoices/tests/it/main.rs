//! Invoices on a real database: SQLite, or PostgreSQL when `TEST_DATABASE_URL` names a server.

mod activity;
mod claims;
mod credits;
mod drafts;
mod immutability;
mod issuing;
mod links;
mod lists;
mod papers;
mod payments;
mod post_office;
mod print_shop;
mod races;
mod records;
mod recurring;
mod recurring_due;
mod reports;
mod sendings;
mod support;
mod tenants;
