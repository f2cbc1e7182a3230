use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait, Uuid,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_schedules")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub status: String,
    pub stop_reason: Option<String>,
    pub customer_id: Uuid,
    pub currency: String,
    pub po_number: String,
    pub notes: String,
    pub terms: String,
    pub due_days: i64,
    pub discount_kind: String,
    pub discount_value: i64,
    pub subtotal: i64,
    pub discount: i64,
    pub tax: i64,
    pub total: i64,
    pub making: String,
    pub start_on: String,
    pub period: String,
    pub every: i64,
    pub calendar: String,
    pub end_on: Option<String>,
    pub end_after: Option<i64>,
    pub done_through: Option<String>,
    pub next_on: Option<String>,
    pub made: i64,
    pub created_by: Option<Uuid>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
