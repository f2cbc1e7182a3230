//! Schema migrations for both databases.
