use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait, Uuid,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_notes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub invoice_id: Uuid,
    pub reason: String,
    pub currency: String,
    pub discount_kind: String,
    pub discount_value: i64,
    pub subtotal: i64,
    pub discount: i64,
    pub tax: i64,
    pub total: i64,
    pub reduced: i64,
    pub refundable: i64,
    pub line_count: i64,
    pub created_by: Option<Uuid>,
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
