//! Accounts, sign-in, sessions, TOTP, API keys.
