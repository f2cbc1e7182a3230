//! Sign-in as clients see it: what stands in the body, what in a cookie, and who may use which.

mod cookies;
mod foreign_pages;
mod kinds;
mod links;
mod story;
mod wire;
