//! The wire, over real HTTP.

#![expect(clippy::indexing_slicing, reason = "a test that reads what is not there should stop")]

mod activity;
mod frame;
