use std::collections::{BTreeMap, BTreeSet};

use database::entities::{self, stream};
use database::{Database, StoreError, Tx, testing};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, Iterable,
    Statement,
};

use crate::support::system;

/// Table -> column -> (kind of value, may be null).
type Shape = BTreeMap<String, BTreeMap<String, (&'static str, bool)>>;

fn add<E: EntityTrait>(shape: &mut Shape) {
    let columns = E::Column::iter().map(|column| {
        let definition = column.def();
        (
            sea_orm::IdenStatic::as_str(&column).to_owned(),
            (kind(&format!("{:?}", definition.get_column_type())), definition.is_null()),
        )
    });
    shape.insert(E::default().table_name().to_owned(), columns.collect());
}

fn entities_shape() -> Shape {
    let mut shape = Shape::new();
    entities::each(&mut Adder(&mut shape));
    shape
}

struct Adder<'a>(&'a mut Shape);

impl entities::Visitor for Adder<'_> {
    fn visit<E: EntityTrait>(&mut self) {
        add::<E>(self.0);
    }
}

/// The coarse kind of a column, whatever the database calls it.
fn kind(name: &str) -> &'static str {
    let name = name.to_lowercase();
    let kinds = [
        ("uuid", "uuid"),
        ("timestamp", "time"),
        ("bool", "flag"),
        ("bigint", "number"),
        ("integer", "number"),
        ("blob", "bytes"),
        ("bytea", "bytes"),
        ("binary", "bytes"),
        ("text", "text"),
        ("string", "text"),
    ];
    kinds.into_iter().find(|(part, _)| name.contains(part)).map_or("other", |(_, kind)| kind)
}

async fn migrated_shape(database: &Database) -> Shape {
    let sql = match database.backend() {
        DbBackend::Postgres => {
            "SELECT table_name AS t, column_name AS c, data_type AS k, is_nullable = 'YES' AS n \
             FROM information_schema.columns WHERE table_schema = 'public'"
        }
        _ => {
            "SELECT m.name AS t, p.name AS c, p.type AS k, p.\"notnull\" = 0 AS n \
             FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'"
        }
    };
    let rows =
        database.reader().query_all_raw(Statement::from_string(database.backend(), sql)).await.expect("read");
    let mut shape = Shape::new();
    for row in rows {
        let text = |name: &str| row.try_get::<String>("", name).expect("a text");
        let (table, column) = (text("t"), text("c"));
        if table.starts_with("seaql") || table.starts_with("sqlite_") {
            continue;
        }
        let null: bool = row.try_get("", "n").expect("a flag");
        shape.entry(table).or_default().insert(column, (kind(&text("k")), null));
    }
    shape
}

#[tokio::test]
async fn the_migrated_schema_equals_the_entities() {
    testing::run(async |database| {
        let (migrated, entities) = (migrated_shape(&database).await, entities_shape());
        assert_eq!(migrated, entities);
    })
    .await;
}

#[tokio::test]
async fn every_unique_index_is_named_after_its_columns() {
    testing::run(async |database| {
        let sql = match database.backend() {
            DbBackend::Postgres => {
                "SELECT c.relname AS t, i.relname AS name, \
                        string_agg(a.attname, '_' ORDER BY array_position(x.indkey::int[], a.attnum::int)) AS columns \
                   FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid \
                   JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' \
                   JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(x.indkey) \
                  WHERE x.indisunique AND (NOT x.indisprimary OR x.indnatts > 1) GROUP BY 1, 2"
            }
            _ => {
                "SELECT m.name AS t, l.name AS name, \
                        (SELECT group_concat(i.name, '_') FROM pragma_index_info(l.name) i) AS columns \
                   FROM sqlite_master m JOIN pragma_index_list(m.name) l \
                  WHERE m.type = 'table' AND l.\"unique\" = 1 AND l.origin = 'c'"
            }
        };
        let rows = database.reader().query_all_raw(Statement::from_string(database.backend(), sql)).await.expect("read");
        assert!(rows.len() > 4, "the catalog was read");
        let mut seen = BTreeSet::new();
        for row in rows {
            let text = |name: &str| row.try_get::<String>("", name).expect("a text");
            let (table, name, columns) = (text("t"), text("name"), text("columns"));
            if table.starts_with("seaql") {
                continue;
            }
            assert_eq!(name, format!("uq_{table}_{columns}"));
            assert!(seen.insert(name), "two unique indexes over the same columns cannot be told apart");
        }
    })
    .await;
}

#[tokio::test]
async fn a_refused_write_names_its_rule_on_both_databases() {
    testing::run(async |database| {
        let refused: Result<(), StoreError> = database
            .commit(&system(), |tx: &Tx| {
                Box::pin(async move {
                    let row = entities::organization_slug::ActiveModel {
                        slug: Set("gone".to_owned()),
                        organization_id: Set(uuid::Uuid::from_u128(404)),
                        retired_at: Set(chrono::DateTime::UNIX_EPOCH),
                    };
                    row.insert(tx.connection()).await?;
                    Ok(())
                })
            })
            .await;
        let refused = refused.expect_err("no such organization");
        assert!(refused.violates("fk_organization_slugs_organization"), "{refused:?}");

        let twice: Result<(), StoreError> = database
            .commit(&system(), |tx: &Tx| {
                Box::pin(async move {
                    for id in [1, 2] {
                        let user = user(id, "asha@example.com");
                        entities::user::Entity::insert(user).exec_without_returning(tx.connection()).await?;
                    }
                    Ok(())
                })
            })
            .await;
        assert!(twice.expect_err("one address, one person").violates("uq_users_email"));
    })
    .await;
}

fn user(id: u128, email: &str) -> entities::user::ActiveModel {
    let now = chrono::DateTime::UNIX_EPOCH;
    entities::user::ActiveModel {
        id: Set(uuid::Uuid::from_u128(id)),
        email: Set(email.to_owned()),
        full_name: Set("Asha Rai".to_owned()),
        display_name: Set(None),
        locale: Set("en".to_owned()),
        time_zone: Set("Asia/Kathmandu".to_owned()),
        calendar: Set("ad".to_owned()),
        theme: Set("system".to_owned()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        delete_after: Set(None),
    }
}

#[tokio::test]
async fn several_processes_may_migrate_at_once() {
    testing::run(async |database| {
        let others = (0..8).map(|_| {
            let database = database.clone();
            tokio::spawn(async move { database.migrate().await })
        });
        for other in others.collect::<Vec<_>>() {
            other.await.expect("no panic").expect("migrated or found it done");
        }
        let platforms = stream::Entity::find().all(database.reader()).await.expect("read");
        assert_eq!(platforms.len(), 1);
    })
    .await;
}
