use serde::{Deserialize, Serialize};

use crate::FieldFault;

/// How many rows a page has: 1 to 100, 50 unless told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(u16);

impl Limit {
    /// Judges a caller's wish.
    pub fn parse(rows: i64) -> Result<Self, FieldFault> {
        match u16::try_from(rows) {
            Ok(rows @ 1..=100) => Ok(Self(rows)),
            _ => Err(FieldFault::new("limit", "out_of_range", "must be from 1 to 100")),
        }
    }

    /// A page of an export, read by ourselves: 1,000 rows.
    pub const EXPORT: Self = Self(1_000);

    /// The number of rows.
    pub const fn rows(self) -> u64 {
        self.0 as u64
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

/// Where a page ended: the sort values of its last row, then its id. Opaque outside of the store that made it;
/// transport signs it before it leaves the process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Keyset(pub Vec<String>);

/// Which page is wanted.
#[derive(Clone, Debug, Default)]
pub struct PageRequest {
    pub limit: Limit,
    pub after: Option<Keyset>,
    /// Whether the number of all rows is wanted, where it is cheap to give.
    pub count: bool,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<Keyset>,
    pub total: Option<u64>,
}

impl<T> Page<T> {
    /// Cuts a page out of rows of which one more than the limit was read.
    pub fn cut(mut rows: Vec<T>, limit: Limit, keyset: impl Fn(&T) -> Keyset) -> Self {
        let wanted = usize::from(limit.0);
        let more = rows.len() > wanted;
        rows.truncate(wanted);
        let next = if more { rows.last().map(keyset) } else { None };
        Self { rows, next, total: None }
    }

    /// The same page of other rows.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { rows: self.rows.into_iter().map(change).collect(), next: self.next, total: self.total }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_that_was_not_the_last_leads_on() {
        let keyset = |n: &i32| Keyset(vec![n.to_string()]);
        let limit = Limit::parse(2).expect("in range");
        let page = Page::cut(vec![1, 2, 3], limit, keyset);
        assert_eq!((page.rows, page.next), (vec![1, 2], Some(Keyset(vec!["2".into()]))));
        assert_eq!(Page::cut(vec![1, 2], limit, keyset).next, None);
    }

    #[test]
    fn limits_outside_the_range_are_refused() {
        for rows in [0, -1, 101, i64::MAX] {
            assert!(Limit::parse(rows).is_err(), "{rows}");
        }
    }
}
