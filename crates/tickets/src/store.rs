//! The only rooms here that name the database. Every function takes the organization.

pub(crate) mod activities;
pub(crate) mod attachments;
pub(crate) mod board;
pub(crate) mod comments;
pub(crate) mod days;
pub(crate) mod erase;
pub(crate) mod links;
pub(crate) mod list;
pub(crate) mod people;
pub(crate) mod places;
mod row;
pub(crate) mod tickets;
pub(crate) mod watchers;
