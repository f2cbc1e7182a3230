mod board;
mod ticket;

pub use board::{BoardEvent, BoardHappening};
pub use ticket::{TicketEvent, TicketHappening};
