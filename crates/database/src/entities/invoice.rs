use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait, Uuid,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub status: String,
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
    pub paid: i64,
    pub credited: i64,
    pub refunded: i64,
    pub due: i64,
    pub void_reason: Option<String>,
    pub voided_at: Option<DateTime<Utc>>,
    pub created_by: Option<Uuid>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub due_on: Option<String>,
    pub due_order: String,
    pub series: Option<String>,
    pub fiscal_year: Option<String>,
    pub running: Option<i64>,
    pub number: Option<String>,
    pub issued_at: Option<DateTime<Utc>>,
    pub issued_on: Option<String>,
    pub issued_on_bs: Option<String>,
    pub seller_name: Option<String>,
    pub seller_tax_id: Option<String>,
    pub seller_address: Option<String>,
    pub seller_phone: Option<String>,
    pub seller_email: Option<String>,
    pub buyer_name: Option<String>,
    pub buyer_tax_id: Option<String>,
    pub buyer_address: Option<String>,
    pub buyer_phone: Option<String>,
    pub buyer_email: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
