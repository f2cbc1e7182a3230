//! The wire, over real HTTP.

#![expect(clippy::indexing_slicing, reason = "a test that reads what is not there should stop")]

mod access;
mod activity;
mod app;
mod auth;
mod campaigns;
mod files;
mod frame;
mod generated;
mod hostile;
mod invoices;
mod operator;
mod tenancy;
