//! Tickets on a real database: SQLite, or PostgreSQL when `TEST_DATABASE_URL` names a server.

mod attachments;
mod board;
mod bulk;
mod comments;
mod events;
mod example;
mod guests;
mod links;
mod list;
mod moves;
mod races;
mod reports;
mod support;
mod tenants;
mod tickets;
