//! What an installation knows of itself, whatever organization asks.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::entities::installation_fact::{ActiveModel, Entity};
use crate::{Database, StoreError};

/// Notes a fact on the first call and returns what was noted first, now or long ago.
pub async fn first_noted(database: &Database, name: &str, value: &str) -> Result<String, StoreError> {
    let fact = ActiveModel { name: Set(name.to_owned()), value: Set(value.to_owned()) };
    let insert = Entity::insert(fact).on_conflict(OnConflict::new().do_nothing().to_owned());
    insert.exec_without_returning(&database.writer).await?;
    let noted = Entity::find_by_id(name).one(&database.writer).await?;
    noted.map(|fact| fact.value).ok_or_else(|| StoreError::corrupt("installation_facts.name", "no row"))
}
