//! The one place that knows every domain: wiring, bridges, reactions, jobs.
