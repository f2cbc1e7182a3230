//! What needs no server but ours.

mod sink;
