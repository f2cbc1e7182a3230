//! In-app feed, preferences, and transactional mail.
