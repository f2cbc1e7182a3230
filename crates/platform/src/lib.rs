//! Ports to the outside and their local and Redis, SMTP and file adapters.
