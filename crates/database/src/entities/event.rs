use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait, Uuid,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub id: Uuid,
    pub r#type: String,
    pub topic: String,
    pub audience: String,
    pub actor_kind: String,
    pub actor_id: Option<Uuid>,
    pub actor_user_id: Option<Uuid>,
    pub origin_client_id: Option<Uuid>,
    pub subject_type: String,
    pub subject_id: Uuid,
    pub subject_version: Option<i64>,
    pub data: String,
    pub data_hash: Vec<u8>,
    pub private: String,
    pub private_hash: Vec<u8>,
    pub trace: Option<String>,
    pub occurred_at: DateTime<Utc>,
    pub hash: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
