#![doc = include_str!("../README.md")]

mod allocation;
mod balance;
mod discount;
mod due;
mod error;
mod life;
mod line;
mod money;
mod number;
mod quantity;
mod rate;
mod schedule;
mod tax;
mod totals;

pub use balance::{Balance, Credited};
pub use discount::{Discount, WriteDiscount};
pub use due::{DueDays, day_in};
pub use error::Error;
pub use life::{Life, Reason, Status};
pub use line::{Description, Line, Lines, WriteLine};
pub use money::Amount;
pub use number::{DocumentNumber, RunningNumber, Series};
pub use quantity::Quantity;
pub use rate::BasisPoints;
pub use schedule::{Every, Occurrence, Occurrences, Schedule, ScheduleEnd, SchedulePeriod, WriteSchedule};
pub use tax::TaxClass;
pub use totals::{LineTotals, TaxTotal, Totals};
