//! Sums over many invoices, made by the database.

use chrono::NaiveDate;
use database::StoreError;
use database::entities::{credit_note, invoice, invoice_payment};
use database::keyset::{self, Key};
use kernel::{Currency, CustomerId, Keyset, OrganizationId, Page, PageRequest};
use sea_orm::sea_query::{CaseStatement, Condition, Expr, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::{customers, row};
use crate::report::EntryKind;
use crate::{Ageing, Owed, StatementDays};

/// A customer and a currency, and what is owed.
#[derive(FromQueryResult)]
struct OwedRow {
    customer_id: Uuid,
    currency: String,
    current: i64,
    days_30: i64,
    days_60: i64,
    days_90: i64,
    older: i64,
}

/// What each customer owes, customer by customer.
pub(crate) async fn ageing(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    today: NaiveDate,
    page: &PageRequest,
) -> Result<Page<Ageing>, StoreError> {
    use invoice::Column;
    let mut query = owed(org, today);
    if let Some(after) = &page.after {
        let (customer, currency): (Uuid, String) = (keyset::value(after, 0)?, keyset::value(after, 1)?);
        let keys = vec![
            Key::ascending(Expr::col(Column::CustomerId), customer),
            Key::ascending(Expr::col(Column::Currency), currency),
        ];
        query.cond_where(keyset::after(keys));
    }
    query.limit(page.limit.rows() + 1);
    let rows = rows::<OwedRow>(connection, &query).await?;
    let cut =
        Page::cut(rows, page.limit, |row| Keyset(vec![row.customer_id.to_string(), row.currency.clone()]));
    let names = customers::names(connection, org, cut.rows.iter().map(|row| row.customer_id.into())).await?;
    let read = cut.rows.into_iter().map(|row| {
        let customer = CustomerId::from_uuid(row.customer_id);
        let OwedRow { current, days_30, days_60, days_90, older, .. } = row;
        Ok(Ageing {
            customer,
            customer_name: names.get(&customer).cloned().unwrap_or_default(),
            currency: row::currency("invoices.currency", &row.currency)?,
            owed: Owed { current, days_30, days_60, days_90, older },
        })
    });
    let rows: Result<Vec<_>, StoreError> = read.collect();
    Ok(Page { rows: rows?, next: cut.next, total: None })
}

fn owed(org: OrganizationId, today: NaiveDate) -> SelectStatement {
    use invoice::Column;
    let [today, month, two, three] = Owed::bounds(today).map(|day| day.to_string());
    let due_on = || Expr::col(Column::DueOn);
    let groups = [
        ("current", due_on().gte(today.clone())),
        ("days_30", due_on().lt(today).and(due_on().gte(month.clone()))),
        ("days_60", due_on().lt(month).and(due_on().gte(two.clone()))),
        ("days_90", due_on().lt(two).and(due_on().gte(three.clone()))),
        ("older", due_on().lt(three)),
    ];
    let mut query = Query::select();
    query.columns([Column::CustomerId, Column::Currency]).from(invoice::Entity);
    for (name, when) in groups {
        let share = CaseStatement::new().case(when, Expr::col(Column::Due)).finally(0_i64);
        query.expr_as(whole(share.into()), name);
    }
    query
        .and_where(Column::OrganizationId.eq(org.uuid()))
        .and_where(Column::Due.gt(0))
        .group_by_columns([Column::CustomerId, Column::Currency])
        .order_by(Column::CustomerId, sea_orm::Order::Asc)
        .order_by(Column::Currency, sea_orm::Order::Asc);
    query
}

/// A sum as a whole number; PostgreSQL's sums are wider.
fn whole(of: Expr) -> Expr {
    Func::coalesce([Func::sum(of).into(), Expr::val(0_i64)]).cast_as("bigint")
}

#[derive(FromQueryResult)]
struct MovedRow {
    moved_on: String,
    number: String,
    sum: i64,
}

#[derive(FromQueryResult)]
struct SumRow {
    sum: i64,
}

/// What happened with a customer in a currency on these days: the day, the kind, the number, the sum.
pub(crate) async fn moved(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    (customer, currency): (CustomerId, Currency),
    days: StatementDays,
) -> Result<Vec<(NaiveDate, EntryKind, String, i64)>, StoreError> {
    let mut found = Vec::new();
    for source in sources() {
        let mut query = source.of(org, customer, currency);
        query
            .expr_as(source.day.clone(), "moved_on")
            .expr_as(source.number.clone(), "number")
            .expr_as(source.sum.clone(), "sum")
            .and_where(source.day.clone().gte(days.from.to_string()))
            .and_where(source.day.clone().lte(days.to.to_string()));
        for row in rows::<MovedRow>(connection, &query).await? {
            found.push((row::day("moved_on", &row.moved_on)?, source.kind, row.number, row.sum));
        }
    }
    Ok(found)
}

/// What was owed before a day, of each kind: the kind and the sum.
pub(crate) async fn before(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    (customer, currency): (CustomerId, Currency),
    first: NaiveDate,
) -> Result<Vec<(EntryKind, i64)>, StoreError> {
    let mut found = Vec::new();
    for source in sources() {
        let mut query = source.of(org, customer, currency);
        query.expr_as(whole(source.sum.clone()), "sum").and_where(source.day.clone().lt(first.to_string()));
        let sums = rows::<SumRow>(connection, &query).await?;
        found.extend(sums.into_iter().map(|row| (source.kind, row.sum)));
    }
    Ok(found)
}

/// Where entries of a statement come from.
struct Source {
    kind: EntryKind,
    day: Expr,
    number: Expr,
    sum: Expr,
    /// Beside the invoice; nothing for invoices themselves.
    table: Option<(&'static str, Condition)>,
}

fn sources() -> [Source; 4] {
    use invoice::Column as Invoice;
    let number = Expr::col((invoice::Entity, Invoice::Number));
    let payment = |column| Expr::col((invoice_payment::Entity, column));
    let note = |column| Expr::col((credit_note::Entity, column));
    let money = |kind: EntryKind, name: &str| Source {
        kind,
        day: payment(invoice_payment::Column::PaidOn),
        number: number.clone(),
        sum: payment(invoice_payment::Column::Amount),
        table: Some((
            "invoice_payments",
            Condition::all().add(payment(invoice_payment::Column::Kind).eq(name.to_owned())),
        )),
    };
    [
        Source {
            kind: EntryKind::Invoice,
            day: Expr::col((invoice::Entity, Invoice::IssuedOn)),
            number: number.clone(),
            sum: Expr::col((invoice::Entity, Invoice::Total)),
            table: None,
        },
        Source {
            kind: EntryKind::CreditNote,
            day: note(credit_note::Column::IssuedOn),
            number: note(credit_note::Column::Number),
            sum: note(credit_note::Column::Total),
            table: Some(("credit_notes", Condition::all())),
        },
        money(EntryKind::Payment, "payment"),
        money(EntryKind::Refund, "refund"),
    ]
}

impl Source {
    /// All of it, whenever it was; of invoices in force.
    fn of(&self, org: OrganizationId, customer: CustomerId, currency: Currency) -> SelectStatement {
        use invoice::Column;
        let own = |column: Column| Expr::col((invoice::Entity, column));
        let mut query = Query::select();
        query
            .from(invoice::Entity)
            .and_where(own(Column::OrganizationId).eq(org.uuid()))
            .and_where(own(Column::CustomerId).eq(customer.uuid()))
            .and_where(own(Column::Currency).eq(currency.code()))
            .and_where(own(Column::Status).is_not_in(["draft", "void"]));
        if let Some((table, only)) = &self.table {
            let joined = Condition::all()
                .add(Expr::col((*table, "organization_id")).equals((invoice::Entity, Column::OrganizationId)))
                .add(Expr::col((*table, "invoice_id")).equals((invoice::Entity, Column::Id)));
            query.inner_join(*table, joined).cond_where(only.clone());
        }
        query
    }
}

async fn rows<Row: FromQueryResult>(
    connection: &impl ConnectionTrait,
    query: &SelectStatement,
) -> Result<Vec<Row>, StoreError> {
    let found = connection.query_all(query).await?;
    let read: Result<Vec<_>, DbErr> = found.iter().map(|row| Row::from_query_result(row, "")).collect();
    Ok(read?)
}
