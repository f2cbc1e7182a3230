//! Who may do what, asked of every operation of the document by its name on the wire.

mod anonymous;
mod forged;
mod matrix;
mod members;
mod scopes;
mod second_factor;
pub(crate) mod tenants;
