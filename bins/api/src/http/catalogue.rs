use actix_web::web::{Data, Path};
use invoices::{CatalogueItem, CreateItem, Invoices, ItemFilter, UpdateItem};
use kernel::{CatalogueItemId, Patch, Scope, TaxRateId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::invoices::StandingWord;
use super::money::MoneyWord;
use crate::{
    Answer, Body, Caller, Endpoint, IfMatch, Instant, Module, PageQuery, Problem, Query, Reply, patch,
};

mod tax_rates;

pub(crate) fn module() -> Module {
    let module = Module::new("catalogue", "What is sold again and again, and how it is taxed")
        .codes(&[("tax_rate_name_taken", "Another tax rate has this name")]);
    let items = [list_endpoint(), create_endpoint(), get_endpoint(), update_endpoint()];
    items.into_iter().chain(tax_rates::endpoints()).fold(module, Module::with)
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("catalogue_items_list", "/catalogue-items", "List items by name")
        .scope(Scope::InvoicesRead)
        .query::<ItemsQuery>()
        .lists::<ItemView>()
        .to(list)
}

fn create_endpoint() -> Endpoint {
    Endpoint::post("catalogue_items_create", "/catalogue-items", "Make an item")
        .scope(Scope::InvoicesWrite)
        .body::<CreateBody>(json!({
            "name": "Ilam tea, 500 g",
            "unitPrice": {"amount": 45_000, "currency": "NPR"},
            "taxRateId": "00000000-0000-7000-8000-000000020001",
        }))
        .creates::<ItemView>()
        .renders(|request, actor, id| async move {
            let invoices = request.app_data::<Data<dyn Invoices>>().ok_or_else(Problem::not_found)?;
            Ok(created(&invoices.item(&actor, CatalogueItemId::from_uuid(id)).await?))
        })
        .to(create)
}

fn get_endpoint() -> Endpoint {
    Endpoint::get("catalogue_items_get", "/catalogue-items/{id}", "Show an item")
        .scope(Scope::InvoicesRead)
        .versioned()
        .returns::<ItemView>()
        .to(get)
}

fn update_endpoint() -> Endpoint {
    Endpoint::patch(
        "catalogue_items_update",
        "/catalogue-items/{id}",
        "Change, archive or bring back an item",
    )
    .scope(Scope::InvoicesWrite)
    .description("Documents that took a line from it keep what they say.")
    .versioned()
    .body::<UpdateBody>(json!({"description": "First flush", "standing": "active"}))
    .returns::<ItemView>()
    .to(update)
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ItemsQuery {
    standing: Option<StandingWord>,
    /// Part of the name.
    #[schema(min_length = 1, max_length = 100)]
    search: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CreateCatalogueItem)]
struct CreateBody {
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// What a line says of it; the name where it is empty.
    #[schema(max_length = 500)]
    description: Option<String>,
    /// Without tax.
    unit_price: MoneyWord,
    #[schema(value_type = Option<Uuid>)]
    tax_rate_id: Option<TaxRateId>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UpdateCatalogueItem)]
struct UpdateBody {
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, max_length = 500, extensions(("x-clearable" = json!(true))))]
    description: Patch<String>,
    unit_price: Option<MoneyWord>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<Uuid>, extensions(("x-clearable" = json!(true))))]
    tax_rate_id: Patch<TaxRateId>,
    standing: Option<StandingWord>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CatalogueItem)]
struct ItemView {
    #[schema(value_type = Uuid)]
    id: CatalogueItemId,
    name: String,
    description: String,
    unit_price: MoneyWord,
    #[schema(value_type = Option<Uuid>)]
    tax_rate_id: Option<TaxRateId>,
    standing: StandingWord,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
    archived_at: Option<Instant>,
}

impl From<&CatalogueItem> for ItemView {
    fn from(item: &CatalogueItem) -> Self {
        Self {
            id: item.id,
            name: item.name.clone(),
            description: item.description.clone(),
            unit_price: MoneyWord::of(item.unit_price.minor(), item.currency),
            tax_rate_id: item.tax_rate,
            standing: StandingWord::since(item.archived_at),
            version: item.version.0,
            created_at: item.created_at.into(),
            updated_at: item.updated_at.into(),
            archived_at: item.archived_at.map(Instant::from),
        }
    }
}

impl From<CreateBody> for CreateItem {
    fn from(body: CreateBody) -> Self {
        let CreateBody { name, description, unit_price, tax_rate_id } = body;
        Self { name, description, unit_price: unit_price.into(), tax_rate: tax_rate_id }
    }
}

impl From<UpdateBody> for UpdateItem {
    fn from(body: UpdateBody) -> Self {
        let UpdateBody { name, description, unit_price, tax_rate_id, standing } = body;
        Self {
            name,
            description,
            unit_price: unit_price.map(Into::into),
            tax_rate: tax_rate_id,
            standing: standing.map(Into::into),
        }
    }
}

async fn list(
    Caller(actor): Caller,
    Query(query): Query<ItemsQuery>,
    page: PageQuery,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let filter = ItemFilter { standing: query.standing.map(Into::into), text: query.search };
    let found = invoices.items(&actor, &filter, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(|item| ItemView::from(&item)))))
}

async fn create(Caller(actor): Caller, Body(body): Body<CreateBody>, invoices: Data<dyn Invoices>) -> Answer {
    Ok(created(&invoices.create_item(&actor, body.into()).await?))
}

fn created(item: &CatalogueItem) -> Reply {
    Reply::created(format!("/catalogue-items/{}", item.id), ItemView::from(item)).at(item.version)
}

async fn get(Caller(actor): Caller, id: Path<CatalogueItemId>, invoices: Data<dyn Invoices>) -> Answer {
    let item = invoices.item(&actor, *id).await?;
    Ok(Reply::ok(ItemView::from(&item)).at(item.version))
}

async fn update(
    Caller(actor): Caller,
    id: Path<CatalogueItemId>,
    IfMatch(version): IfMatch,
    Body(body): Body<UpdateBody>,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let item = invoices.update_item(&actor, *id, version, body.into()).await?;
    Ok(Reply::ok(ItemView::from(&item)).at(item.version))
}
