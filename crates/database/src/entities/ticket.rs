use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait, Uuid,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tickets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: i64,
    pub title: String,
    /// The title in lower case, because the two databases fold case differently.
    pub title_folded: String,
    pub description: String,
    pub kind: String,
    /// 1 (low) to 4 (urgent), so that it sorts.
    pub priority: i64,
    pub column_id: Uuid,
    /// The category of the column; the foreign key holds both together.
    pub status: String,
    /// Its place in the column; see `tickets::Rank`.
    pub rank: Vec<u8>,
    pub requester_id: Uuid,
    pub assignee_id: Option<Uuid>,
    /// The tags again, joined by spaces, so that a list need not ask for them.
    pub tags: String,
    pub due_at: Option<DateTime<Utc>>,
    /// `due_at`, or the end of the year 9999: a sort must not meet a null.
    pub due_order: DateTime<Utc>,
    pub estimate_minutes: Option<i64>,
    pub spent_minutes: i64,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub resolved_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
