//! Tickets: the model domain.
