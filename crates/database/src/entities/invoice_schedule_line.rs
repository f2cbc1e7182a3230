use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait, Uuid,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_schedule_lines")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub schedule_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub description: String,
    pub quantity: i64,
    pub unit_price: i64,
    pub discount_kind: String,
    pub discount_value: i64,
    pub item_id: Option<Uuid>,
    pub tax_rate_id: Option<Uuid>,
    pub tax_name: Option<String>,
    pub tax_kind: String,
    pub tax_basis_points: Option<i64>,
    pub gross: i64,
    pub discount: i64,
    pub amount: i64,
    pub net: i64,
    pub tax: i64,
    pub total: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
