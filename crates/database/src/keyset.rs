//! Pages by the values of the last row, so that a late page costs what the first one does.

use kernel::Keyset;
use sea_orm::sea_query::{Condition, ExprTrait, Order, SimpleExpr};

use crate::StoreError;

/// One column of a sort, with the value the previous page ended at.
pub struct Key {
    pub column: SimpleExpr,
    pub order: Order,
    pub after: SimpleExpr,
}

impl Key {
    /// A column sorted upwards.
    pub fn ascending(column: impl Into<SimpleExpr>, after: impl Into<SimpleExpr>) -> Self {
        Self { column: column.into(), order: Order::Asc, after: after.into() }
    }

    /// A column sorted downwards.
    pub fn descending(column: impl Into<SimpleExpr>, after: impl Into<SimpleExpr>) -> Self {
        Self { column: column.into(), order: Order::Desc, after: after.into() }
    }
}

/// The rows behind the last one: first column past it, or equal and the second past it, and so on.
/// The last column must be unique. Columns must not be null; sort by `coalesce` where they may be.
pub fn after(keys: Vec<Key>) -> Condition {
    let mut any = Condition::any();
    for place in 0..keys.len() {
        let mut all = Condition::all();
        for (i, key) in keys.iter().take(place + 1).enumerate() {
            let (column, value) = (key.column.clone(), key.after.clone());
            all = all.add(match (i < place, &key.order) {
                (true, _) => column.eq(value),
                (false, Order::Desc) => column.lt(value),
                (false, _) => column.gt(value),
            });
        }
        any = any.add(all);
    }
    any
}

/// Reads one value of a keyset back. A keyset that another query made does not parse.
pub fn value<T: std::str::FromStr>(keyset: &Keyset, place: usize) -> Result<T, StoreError>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text = keyset.0.get(place).ok_or_else(|| StoreError::corrupt("cursor", "too few values"))?;
    text.parse().map_err(|error: T::Err| StoreError::corrupt("cursor", error))
}
