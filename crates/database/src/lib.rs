//! One database, two dialects: entities, commit, event log, job ledger, paging.
