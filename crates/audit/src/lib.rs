//! Reading, exporting and verifying the event log.
