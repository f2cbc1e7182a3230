//! Short words for the column types that both databases share.

use sea_orm_migration::prelude::{
    ColumnDef, ForeignKey, ForeignKeyAction, ForeignKeyCreateStatement, Index, IndexCreateStatement,
};

pub(crate) fn uuid(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().take()
}

pub(crate) fn uuid_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().null().take()
}

pub(crate) fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}

pub(crate) fn text_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().null().take()
}

pub(crate) fn bytes(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).blob().not_null().take()
}

pub(crate) fn bytes_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).blob().null().take()
}

pub(crate) fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

pub(crate) fn number_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

pub(crate) fn flag(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().take()
}

pub(crate) fn time(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().not_null().take()
}

pub(crate) fn time_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().null().take()
}

/// A primary key of one column.
pub(crate) fn key(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().primary_key().take()
}

/// A primary key of several columns, named like a unique index: `uq_<table>_<columns>`.
pub(crate) fn composite_key(name: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(whole(name)).primary().take();
    for column in columns {
        index.col(*column);
    }
    index
}

/// A foreign key. Rows that others point to are never deleted from under them.
pub(crate) fn reference(
    name: &'static str,
    from: (&'static str, &[&'static str]),
    to: (&'static str, &[&'static str]),
) -> ForeignKeyCreateStatement {
    let mut key = ForeignKey::create().name(whole(name)).on_delete(ForeignKeyAction::NoAction).take();
    for column in from.1 {
        key.from(from.0, *column);
    }
    for column in to.1 {
        key.to(to.0, *column);
    }
    key
}

/// A unique index, named `uq_<table>_<columns>`: on SQLite the name is derived from what the error says.
pub(crate) fn unique(
    table: &'static str,
    name: &'static str,
    columns: &[&'static str],
) -> IndexCreateStatement {
    let mut index = self::index(table, name, columns);
    index.unique();
    index
}

/// An index, named `ix_<table>_<columns>`.
pub(crate) fn index(
    table: &'static str,
    name: &'static str,
    columns: &[&'static str],
) -> IndexCreateStatement {
    let mut index = Index::create().name(whole(name)).table(table).take();
    for column in columns {
        index.col(*column);
    }
    index
}

/// PostgreSQL keeps 63 bytes of a name and drops the rest without a word; this says so on every database.
fn whole(name: &'static str) -> &'static str {
    assert!(name.len() <= 63, "the name {name} is too long");
    name
}
