#![doc = include_str!("../README.md")]

mod bs_date;
mod error;
mod fiscal_year;
mod table;

pub use bs_date::BsDate;
pub use error::Error;
pub use fiscal_year::{FiscalLabel, FiscalStart, FiscalYear};
