//! Profiles and the directory of an organization's people.
