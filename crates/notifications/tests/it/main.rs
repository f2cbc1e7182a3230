//! The feed, preferences and mails on a real database.

#![expect(clippy::indexing_slicing, reason = "a test that finds less than it expects is to fail")]

mod erasure;
mod feed;
mod mails;
mod marks;
mod post_office;
mod preferences;
mod retention;
mod support;
