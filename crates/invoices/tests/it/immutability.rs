use database::entities::{credit_note, invoice, invoice_line, invoice_payment};
use database::{StoreError, Tx};
use invoices::WriteCreditNote;
use kernel::Actor;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, Iterable, QueryFilter, Statement};
use uuid::Uuid;

use crate::support::{VAT, World, cash, line, run};

/// What lives on after the issue.
const LIVING: [invoice::Column; 9] = [
    invoice::Column::Status,
    invoice::Column::Paid,
    invoice::Column::Credited,
    invoice::Column::Refunded,
    invoice::Column::Due,
    invoice::Column::VoidReason,
    invoice::Column::VoidedAt,
    invoice::Column::Version,
    invoice::Column::UpdatedAt,
];

/// Something else than any row here has.
fn other(column: &impl ColumnTrait) -> SimpleExpr {
    let kind = format!("{:?}", column.def().get_column_type()).to_lowercase();
    match kind.as_str() {
        kind if kind.contains("uuid") => Expr::value(Uuid::from_u128(404)),
        kind if kind.contains("timestamp") => Expr::value(kernel::Timestamp::UNIX_EPOCH),
        kind if kind.contains("integer") => Expr::value(987_654_i64),
        _ => Expr::value("paid"),
    }
}

/// What the database says to an update of one column of all rows of acme.
async fn alter<E: EntityTrait>(world: &World, column: E::Column) -> Result<u64, String> {
    let (org, value) = (world.acme.id, other(&column));
    let done: Result<u64, StoreError> = world
        .database
        .commit(&Actor::system(org), move |tx: &Tx| {
            Box::pin(async move {
                let own = Expr::col((E::default(), "organization_id")).eq(org.uuid());
                let update = E::update_many().col_expr(column, value).filter(own);
                Ok(update.exec(tx.connection()).await?.rows_affected)
            })
        })
        .await;
    done.map_err(|error| format!("{error:?}"))
}

async fn sql(world: &World, sql: &str) -> Result<u64, String> {
    let statement = Statement::from_string(world.database.backend(), sql);
    let done: Result<u64, StoreError> = world
        .database
        .commit(&Actor::system(world.acme.id), move |tx: &Tx| {
            Box::pin(async move { Ok(tx.connection().execute_raw(statement).await?.rows_affected()) })
        })
        .await;
    done.map_err(|error| format!("{error:?}"))
}

fn is_refused(outcome: &Result<u64, String>) -> bool {
    matches!(outcome, Err(error) if error.contains("never changes"))
}

#[tokio::test]
async fn no_sql_changes_what_stands_on_an_issued_invoice() {
    run(async |world| {
        let full = world.issued(vec![line("1", 100, VAT)]).await;
        for column in invoice::Column::iter() {
            let outcome = alter::<invoice::Entity>(&world, column).await;
            if LIVING.iter().any(|living| format!("{living:?}") == format!("{column:?}")) {
                assert_eq!(outcome, Ok(1), "{column:?}");
            } else {
                assert!(is_refused(&outcome), "{column:?}: {outcome:?}");
            }
        }
        for column in invoice_line::Column::iter() {
            let outcome = alter::<invoice_line::Entity>(&world, column).await;
            assert!(is_refused(&outcome), "{column:?}: {outcome:?}");
        }
        let seen = invoice_line::Entity::find().all(world.database.reader()).await.expect("read");
        assert_eq!(seen.len(), full.document.lines.len());
    })
    .await;
}

#[tokio::test]
async fn no_sql_deletes_an_issued_invoice_or_adds_to_it() {
    run(async |world| {
        world.issued(vec![line("1", 100, VAT)]).await;
        let copy = "INSERT INTO invoice_lines SELECT organization_id, invoice_id, position + 1, description, quantity, \
                    unit_price, discount_kind, discount_value, item_id, tax_rate_id, tax_name, tax_kind, \
                    tax_basis_points, gross, discount, amount, net, tax, total FROM invoice_lines";
        for statement in [
            "DELETE FROM invoice_lines",
            "DELETE FROM invoices",
            "UPDATE invoices SET status = 'draft'",
            copy,
        ] {
            let outcome = sql(&world, statement).await;
            assert!(is_refused(&outcome), "{statement}: {outcome:?}");
        }
        if world.database.backend() == DbBackend::Postgres {
            let outcome = sql(&world, "TRUNCATE invoices CASCADE").await;
            assert!(is_refused(&outcome), "{outcome:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_void_invoice_never_comes_back() {
    run(async |world| {
        let full = world.issued_over(100).await.invoice;
        world.invoices.void(&world.acme.owner, full.id, full.version, "why").await.expect("void");
        let outcome = sql(&world, "UPDATE invoices SET status = 'issued'").await;
        assert!(is_refused(&outcome), "{outcome:?}");
    })
    .await;
}

#[tokio::test]
async fn no_sql_changes_payments_and_credit_notes() {
    run(async |world| {
        let (owner, full) = (&world.acme.owner, world.issued(vec![line("1", 100, VAT)]).await);
        world.invoices.pay(owner, full.invoice.id, cash(10)).await.expect("paid");
        let credit = WriteCreditNote { reason: "why".to_owned(), lines: None };
        world.invoices.write_credit_note(owner, full.invoice.id, credit).await.expect("credited");
        for column in invoice_payment::Column::iter() {
            assert!(is_refused(&alter::<invoice_payment::Entity>(&world, column).await), "{column:?}");
        }
        for column in credit_note::Column::iter() {
            assert!(is_refused(&alter::<credit_note::Entity>(&world, column).await), "{column:?}");
        }
        let copy = "INSERT INTO credit_note_lines SELECT organization_id, credit_note_id, position + 1, description, \
                    quantity, unit_price, discount_kind, discount_value, item_id, tax_rate_id, tax_name, tax_kind, \
                    tax_basis_points, gross, discount, amount, net, tax, total FROM credit_note_lines";
        for statement in [
            "DELETE FROM invoice_payments",
            "DELETE FROM credit_note_lines",
            "DELETE FROM credit_notes",
            "UPDATE credit_note_lines SET net = 0",
            copy,
        ] {
            let outcome = sql(&world, statement).await;
            assert!(is_refused(&outcome), "{statement}: {outcome:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_free() {
    run(async |world| {
        world.draft(vec![line("1", 100, VAT)]).await;
        assert_eq!(alter::<invoice::Entity>(&world, invoice::Column::Notes).await, Ok(1));
        assert_eq!(alter::<invoice_line::Entity>(&world, invoice_line::Column::Description).await, Ok(1));
        let own = invoice_line::Column::OrganizationId.eq(world.acme.id.uuid());
        let lines =
            invoice_line::Entity::find().filter(own).all(world.database.reader()).await.expect("read");
        assert_eq!(lines[0].description, "paid");
        assert_eq!(sql(&world, "DELETE FROM invoice_lines").await, Ok(1));
        assert_eq!(sql(&world, "DELETE FROM invoices").await, Ok(1));
    })
    .await;
}
