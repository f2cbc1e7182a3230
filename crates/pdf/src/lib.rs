#![doc = include_str!("../README.md")]

mod clusters;
mod colour;
mod dates;
mod document;
mod engine;
mod error;
mod figures;
mod logo;
mod printable;
mod sheet;
mod spelling;
mod world;

pub use colour::Accent;
pub use document::{
    Charges, Credited, Design, Document, Line, Party, Payment, Receipt, Rendition, Settlement, State,
    Subject, Tax, TaxNumber, TaxTotal,
};
pub use engine::render;
pub use error::Error;
pub use figures::sum;
pub use logo::Logo;
