//! How lines are taxed.

use actix_web::web::{Data, Path};
use invoices::{CreateTaxRate, Invoices, TaxClass, TaxRate, UpdateTaxRate};
use kernel::{Scope, TaxRateId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::http::invoices::{StandingWord, TaxKindWord};
use crate::{Answer, Body, Caller, Endpoint, IfMatch, Instant, PageQuery, Problem, Reply};

pub(super) fn endpoints() -> [Endpoint; 4] {
    [list_endpoint(), create_endpoint(), get_endpoint(), update_endpoint()]
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("tax_rates_list", "/tax-rates", "List tax rates by name")
        .scope(Scope::InvoicesRead)
        .lists::<TaxRateView>()
        .to(list)
}

fn create_endpoint() -> Endpoint {
    Endpoint::post("tax_rates_create", "/tax-rates", "Make a tax rate")
        .scope(Scope::InvoicesManage)
        .description("What it stands for never changes; a new rate is a new one.")
        .body::<CreateBody>(json!({"name": "Excise 5 %", "kind": "rated", "basisPoints": 500}))
        .creates::<TaxRateView>()
        .renders(|request, actor, id| async move {
            let invoices = request.app_data::<Data<dyn Invoices>>().ok_or_else(Problem::not_found)?;
            Ok(created(&invoices.tax_rate(&actor, TaxRateId::from_uuid(id)).await?))
        })
        .to(create)
}

fn get_endpoint() -> Endpoint {
    Endpoint::get("tax_rates_get", "/tax-rates/{id}", "Show a tax rate")
        .scope(Scope::InvoicesRead)
        .versioned()
        .returns::<TaxRateView>()
        .to(get)
}

fn update_endpoint() -> Endpoint {
    Endpoint::patch(
        "tax_rates_update",
        "/tax-rates/{id}",
        "Name a tax rate anew, archive it or bring it back",
    )
    .scope(Scope::InvoicesManage)
    .versioned()
    .body::<UpdateBody>(json!({"standing": "archived"}))
    .returns::<TaxRateView>()
    .to(update)
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CreateTaxRate)]
struct CreateBody {
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    kind: TaxKindWord,
    /// Hundredths of a percent; of a `rated` one alone.
    #[schema(minimum = 1, maximum = 10_000)]
    basis_points: Option<i64>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UpdateTaxRate)]
struct UpdateBody {
    #[schema(min_length = 1, max_length = 60)]
    name: Option<String>,
    standing: Option<StandingWord>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TaxRate)]
struct TaxRateView {
    #[schema(value_type = Uuid)]
    id: TaxRateId,
    name: String,
    kind: TaxKindWord,
    /// Hundredths of a percent; 0 unless `rated`.
    basis_points: u16,
    standing: StandingWord,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
    archived_at: Option<Instant>,
}

impl From<&TaxRate> for TaxRateView {
    fn from(rate: &TaxRate) -> Self {
        Self {
            id: rate.id,
            name: rate.name.clone(),
            kind: rate.class.into(),
            basis_points: TaxClass::rate(rate.class).get(),
            standing: StandingWord::since(rate.archived_at),
            version: rate.version.0,
            created_at: rate.created_at.into(),
            updated_at: rate.updated_at.into(),
            archived_at: rate.archived_at.map(Instant::from),
        }
    }
}

async fn list(Caller(actor): Caller, page: PageQuery, invoices: Data<dyn Invoices>) -> Answer {
    let found = invoices.tax_rates(&actor, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(|rate| TaxRateView::from(&rate)))))
}

async fn create(Caller(actor): Caller, Body(body): Body<CreateBody>, invoices: Data<dyn Invoices>) -> Answer {
    let CreateBody { name, kind, basis_points } = body;
    let command = CreateTaxRate { name, kind: kind.name().to_owned(), basis_points };
    Ok(created(&invoices.create_tax_rate(&actor, command).await?))
}

fn created(rate: &TaxRate) -> Reply {
    Reply::created(format!("/tax-rates/{}", rate.id), TaxRateView::from(rate)).at(rate.version)
}

async fn get(Caller(actor): Caller, id: Path<TaxRateId>, invoices: Data<dyn Invoices>) -> Answer {
    let rate = invoices.tax_rate(&actor, *id).await?;
    Ok(Reply::ok(TaxRateView::from(&rate)).at(rate.version))
}

async fn update(
    Caller(actor): Caller,
    id: Path<TaxRateId>,
    IfMatch(version): IfMatch,
    Body(body): Body<UpdateBody>,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let command = UpdateTaxRate { name: body.name, standing: body.standing.map(Into::into) };
    let rate = invoices.update_tax_rate(&actor, *id, version, command).await?;
    Ok(Reply::ok(TaxRateView::from(&rate)).at(rate.version))
}
