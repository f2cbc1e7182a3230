use actix_web::web::{Data, Path};
use invoices::{CreateCustomer, Customer, CustomerFilter, Invoices, UpdateCustomer};
use kernel::{CustomerId, Patch, Scope};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::invoices::StandingWord;
use crate::{
    Answer, Body, Caller, Endpoint, IfMatch, Instant, Module, PageQuery, Problem, Query, Reply, patch,
};

pub(crate) fn module() -> Module {
    let module = Module::new("customers", "Whom invoices are written to");
    [list_endpoint(), create_endpoint(), get_endpoint(), update_endpoint()]
        .into_iter()
        .fold(module, Module::with)
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("customers_list", "/customers", "List customers by name")
        .scope(Scope::InvoicesRead)
        .query::<CustomersQuery>()
        .lists_counted::<CustomerView>()
        .to(list)
}

fn create_endpoint() -> Endpoint {
    Endpoint::post("customers_create", "/customers", "Make a customer")
        .scope(Scope::InvoicesWrite)
        .body::<CreateBody>(
            json!({"name": "Himal Traders", "email": "accounts@himal.example", "taxId": "609876543"}),
        )
        .creates::<CustomerView>()
        .renders(|request, actor, id| async move {
            let invoices = request.app_data::<Data<dyn Invoices>>().ok_or_else(Problem::not_found)?;
            Ok(created(&invoices.customer(&actor, CustomerId::from_uuid(id)).await?))
        })
        .to(create)
}

fn get_endpoint() -> Endpoint {
    Endpoint::get("customers_get", "/customers/{id}", "Show a customer")
        .scope(Scope::InvoicesRead)
        .versioned()
        .returns::<CustomerView>()
        .to(get)
}

fn update_endpoint() -> Endpoint {
    Endpoint::patch("customers_update", "/customers/{id}", "Change, archive or bring back a customer")
        .scope(Scope::InvoicesWrite)
        .description("Issued documents keep what they say. Who is archived gets no new invoices.")
        .versioned()
        .body::<UpdateBody>(json!({"phone": "01-4000000", "standing": "active"}))
        .returns::<CustomerView>()
        .to(update)
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CustomersQuery {
    standing: Option<StandingWord>,
    /// Part of the name.
    #[schema(min_length = 1, max_length = 100)]
    search: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CreateCustomer)]
struct CreateBody {
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    #[schema(max_length = 254)]
    email: Option<String>,
    #[schema(max_length = 40)]
    phone: Option<String>,
    /// PAN or VAT number.
    #[schema(max_length = 40)]
    tax_id: Option<String>,
    #[schema(max_length = 500)]
    address: Option<String>,
    /// For the organization itself; on no document.
    #[schema(max_length = 2_000)]
    notes: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UpdateCustomer)]
struct UpdateBody {
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, max_length = 254, extensions(("x-clearable" = json!(true))))]
    email: Patch<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, max_length = 40, extensions(("x-clearable" = json!(true))))]
    phone: Patch<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, max_length = 40, extensions(("x-clearable" = json!(true))))]
    tax_id: Patch<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, max_length = 500, extensions(("x-clearable" = json!(true))))]
    address: Patch<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, max_length = 2_000, extensions(("x-clearable" = json!(true))))]
    notes: Patch<String>,
    standing: Option<StandingWord>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Customer)]
struct CustomerView {
    #[schema(value_type = Uuid)]
    id: CustomerId,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    /// PAN or VAT number.
    tax_id: Option<String>,
    address: Option<String>,
    notes: String,
    standing: StandingWord,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
    archived_at: Option<Instant>,
}

impl From<&Customer> for CustomerView {
    fn from(customer: &Customer) -> Self {
        Self {
            id: customer.id,
            name: customer.name.clone(),
            email: customer.email.as_ref().map(|email| email.as_str().to_owned()),
            phone: customer.phone.clone(),
            tax_id: customer.tax_id.clone(),
            address: customer.address.clone(),
            notes: customer.notes.clone(),
            standing: StandingWord::since(customer.archived_at),
            version: customer.version.0,
            created_at: customer.created_at.into(),
            updated_at: customer.updated_at.into(),
            archived_at: customer.archived_at.map(Instant::from),
        }
    }
}

impl From<CreateBody> for CreateCustomer {
    fn from(body: CreateBody) -> Self {
        let CreateBody { name, email, phone, tax_id, address, notes } = body;
        Self { name, email, phone, tax_id, address, notes }
    }
}

impl From<UpdateBody> for UpdateCustomer {
    fn from(body: UpdateBody) -> Self {
        let UpdateBody { name, email, phone, tax_id, address, notes, standing } = body;
        Self { name, email, phone, tax_id, address, notes, standing: standing.map(Into::into) }
    }
}

async fn list(
    Caller(actor): Caller,
    Query(query): Query<CustomersQuery>,
    page: PageQuery,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let filter = CustomerFilter { standing: query.standing.map(Into::into), text: query.search };
    let found = invoices.customers(&actor, &filter, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(|customer| CustomerView::from(&customer)))))
}

async fn create(Caller(actor): Caller, Body(body): Body<CreateBody>, invoices: Data<dyn Invoices>) -> Answer {
    Ok(created(&invoices.create_customer(&actor, body.into()).await?))
}

fn created(customer: &Customer) -> Reply {
    Reply::created(format!("/customers/{}", customer.id), CustomerView::from(customer)).at(customer.version)
}

async fn get(Caller(actor): Caller, id: Path<CustomerId>, invoices: Data<dyn Invoices>) -> Answer {
    let customer = invoices.customer(&actor, *id).await?;
    Ok(Reply::ok(CustomerView::from(&customer)).at(customer.version))
}

async fn update(
    Caller(actor): Caller,
    id: Path<CustomerId>,
    IfMatch(version): IfMatch,
    Body(body): Body<UpdateBody>,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let customer = invoices.update_customer(&actor, *id, version, body.into()).await?;
    Ok(Reply::ok(CustomerView::from(&customer)).at(customer.version))
}
