//! The frame, by operations that exist only here: whatever a client sends, it never answers with a 5xx of its own.

mod bodies;
mod browsers;
mod declarations;
mod documents;
mod ids;
mod limits;
mod logs;
mod metrics;
mod operations;
mod pages;
mod ports;
mod raw;
mod replays;
mod rig;
mod versions;
mod web_app;
