//! Pages by the values of the last row, so that a late page costs what the first one does.

use kernel::Keyset;
use sea_orm::sea_query::{Condition, ExprTrait, Order, SimpleExpr};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, SelectModel, Selector};

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

/// The first rows of a query, at most so many. The number stands in the statement's text: were it a value of its own,
/// PostgreSQL would plan each page anew, which takes longer than to read it.
pub async fn first<Row: FromQueryResult>(
    connection: &impl ConnectionTrait,
    query: Selector<SelectModel<Row>>,
    rows: u64,
) -> Result<Vec<Row>, DbErr> {
    let mut statement = query.into_statement(connection.get_database_backend());
    statement.sql.push_str(&format!(" LIMIT {rows}"));
    Row::find_by_statement(statement).all(connection).await
}

/// The rows behind the last one: first column past it, or equal and the second past it, and so on.
/// The last column must be unique. Columns must not be null; sort by a column of its own where they may be.
pub fn after(keys: Vec<Key>) -> Condition {
    match keys.first().map(|first| first.order.clone()) {
        Some(order) if keys.iter().all(|key| key.order == order) => {
            Condition::all().add(row_after(keys, &order))
        }
        _ => one_by_one(keys),
    }
}

/// A comparison of whole rows, which both databases answer by beginning in the middle of the index.
fn row_after(keys: Vec<Key>, order: &Order) -> SimpleExpr {
    let (columns, values): (Vec<_>, Vec<_>) = keys.into_iter().map(|key| (key.column, key.after)).unzip();
    let (row, last) = (SimpleExpr::tuple(columns), SimpleExpr::tuple(values));
    if matches!(order, Order::Desc) { row.lt(last) } else { row.gt(last) }
}

/// The same where some columns go up and others down.
fn one_by_one(keys: Vec<Key>) -> Condition {
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

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::{Expr, Query, SqliteQueryBuilder};

    use super::*;

    fn condition(keys: Vec<Key>) -> String {
        let sql = Query::select().expr(Expr::val(1)).cond_where(after(keys)).to_string(SqliteQueryBuilder);
        sql.split_once(" WHERE ").map_or_else(String::new, |(_, condition)| condition.to_owned())
    }

    #[test]
    fn columns_of_one_direction_are_compared_as_a_row_so_that_an_index_can_begin_there() {
        let keys = vec![Key::descending(Expr::col("at"), 7), Key::descending(Expr::col("id"), 3)];
        assert_eq!(condition(keys), r#"("at", "id") < (7, 3)"#);
    }

    #[test]
    fn columns_of_several_directions_are_compared_one_by_one() {
        let keys = vec![Key::ascending(Expr::col("at"), 7), Key::descending(Expr::col("id"), 3)];
        assert_eq!(condition(keys), r#""at" > 7 OR ("at" = 7 AND "id" < 3)"#);
    }
}
