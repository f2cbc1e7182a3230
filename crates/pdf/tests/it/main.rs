//! Papers as others read them: by poppler and qpdf.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

mod papers;
mod samples;
mod tool;
