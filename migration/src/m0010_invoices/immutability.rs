//! Triggers that keep issued documents as they are, whoever asks and however: what was issued, paid or credited is neither
//! changed nor deleted. The one way out is the erasure of a whole organization, which says so beforehand in
//! `invoice_erasures`.

use sea_orm_migration::prelude::{DbErr, SchemaManager};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// A write that is refused: to this table, of this kind, under this condition.
struct Guard {
    table: &'static str,
    /// `INSERT`, `UPDATE` or `DELETE`.
    write: &'static str,
    /// In the words that both databases share; `{same}` stands for "is the same as", `{differs}` for the contrary.
    when: String,
}

/// What never changes of an invoice once it is issued. The rest lives on: its status, what was paid, credited, refunded and
/// is due, why and when it was made void, its version and when it changed last.
const SETTLED: [&str; 35] = [
    "organization_id",
    "id",
    "customer_id",
    "currency",
    "po_number",
    "notes",
    "terms",
    "due_days",
    "discount_kind",
    "discount_value",
    "subtotal",
    "discount",
    "tax",
    "total",
    "created_by",
    "created_at",
    "due_on",
    "due_order",
    "series",
    "fiscal_year",
    "running",
    "number",
    "issued_at",
    "issued_on",
    "issued_on_bs",
    "seller_name",
    "seller_tax_id",
    "seller_address",
    "seller_phone",
    "seller_email",
    "buyer_name",
    "buyer_tax_id",
    "buyer_address",
    "buyer_phone",
    "buyer_email",
];

pub(super) async fn guard(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let backend = connection.get_database_backend();
    if backend == DbBackend::Postgres {
        connection.execute_unprepared(REFUSAL).await?;
    }
    for guard in guards() {
        for statement in guard.statements(backend) {
            connection.execute_unprepared(&statement).await?;
        }
    }
    if backend == DbBackend::Postgres {
        for table in ["invoices", "invoice_lines", "invoice_payments", "credit_notes", "credit_note_lines"] {
            let truncate = format!(
                "CREATE TRIGGER tr_{table}_truncate BEFORE TRUNCATE ON {table} \
                 FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_issued_document()"
            );
            connection.execute_unprepared(&truncate).await?;
        }
    }
    Ok(())
}

const REFUSAL: &str = "CREATE FUNCTION refuse_change_of_issued_document() RETURNS trigger LANGUAGE plpgsql AS \
     $$ BEGIN RAISE EXCEPTION 'an issued document never changes (%)', TG_TABLE_NAME; END $$";

fn guards() -> Vec<Guard> {
    let mut guards = vec![
        Guard { table: "invoices", write: "UPDATE", when: altered_invoice() },
        Guard {
            table: "invoices",
            write: "DELETE",
            when: format!("OLD.status <> 'draft' AND {}", kept("OLD")),
        },
        Guard { table: "invoice_lines", write: "INSERT", when: of_issued("NEW") },
        Guard {
            table: "invoice_lines",
            write: "UPDATE",
            when: format!("{} OR {}", of_issued("OLD"), of_issued("NEW")),
        },
        Guard {
            table: "invoice_lines",
            write: "DELETE",
            when: format!("{} AND {}", of_issued("OLD"), kept("OLD")),
        },
        Guard { table: "credit_note_lines", write: "INSERT", when: whole_note() },
    ];
    for table in ["invoice_payments", "credit_notes", "credit_note_lines"] {
        guards.push(Guard { table, write: "UPDATE", when: "1 = 1".to_owned() });
        guards.push(Guard { table, write: "DELETE", when: kept("OLD") });
    }
    guards
}

/// An issued invoice becomes no draft again, a void one nothing else; what is printed stays.
fn altered_invoice() -> String {
    let changed = SETTLED.map(|column| format!("OLD.{column} {{differs}} NEW.{column}"));
    format!(
        "OLD.status <> 'draft' AND (NEW.status = 'draft' OR (OLD.status = 'void' AND NEW.status <> 'void') OR {})",
        changed.join(" OR ")
    )
}

/// Lines of a document that is issued already.
fn of_issued(row: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM invoices i WHERE i.organization_id = {row}.organization_id \
         AND i.id = {row}.invoice_id AND i.status <> 'draft')"
    )
}

/// A credit note says how many lines it has; there are no more.
fn whole_note() -> String {
    "(SELECT count(*) FROM credit_note_lines l WHERE l.organization_id = NEW.organization_id \
     AND l.credit_note_id = NEW.credit_note_id) >= \
     (SELECT n.line_count FROM credit_notes n WHERE n.organization_id = NEW.organization_id \
     AND n.id = NEW.credit_note_id)"
        .to_owned()
}

/// The organization is not being erased.
fn kept(row: &str) -> String {
    format!("NOT EXISTS (SELECT 1 FROM invoice_erasures e WHERE e.organization_id = {row}.organization_id)")
}

impl Guard {
    fn statements(&self, backend: DbBackend) -> Vec<String> {
        let Self { table, write, when } = self;
        let name = format!("tr_{table}_{}", write.to_lowercase());
        if backend != DbBackend::Postgres {
            let when = when.replace("{differs}", "IS NOT");
            return vec![format!(
                "CREATE TRIGGER {name} BEFORE {write} ON {table} FOR EACH ROW WHEN {when} \
                 BEGIN SELECT RAISE(ABORT, 'an issued document never changes ({table})'); END"
            )];
        }
        // A condition of PostgreSQL's triggers asks no other table, so a function of its own does.
        let when = when.replace("{differs}", "IS DISTINCT FROM");
        let row = if *write == "DELETE" { "OLD" } else { "NEW" };
        vec![
            format!(
                "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN \
                 RAISE EXCEPTION 'an issued document never changes ({table})'; END IF; RETURN {row}; END $$"
            ),
            format!("CREATE TRIGGER {name} BEFORE {write} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"),
        ]
    }
}
