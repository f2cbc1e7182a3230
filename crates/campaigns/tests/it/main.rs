//! Campaigns on a real database: SQLite, or PostgreSQL when `TEST_DATABASE_URL` names a server.

mod addresses;
mod erasing;
mod life;
mod lists;
mod pace;
mod posting;
mod races;
mod support;
mod trouble;
mod upkeep;
