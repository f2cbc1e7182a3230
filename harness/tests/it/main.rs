//! What needs no server but ours: the mail server itself, and the small installation in one process.

mod embedded;
mod sink;
