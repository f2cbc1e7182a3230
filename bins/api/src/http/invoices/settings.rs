//! How the organization writes invoices.

use actix_web::web::Data;
use invoices::Invoices;
use kernel::Scope;
use serde_json::json;

use super::views::SettingsView;
use super::wire::SettingsBody;
use crate::{Answer, Body, Caller, Endpoint, IfMatch, Reply};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("invoice_settings_get", "/invoice-settings", "Show how invoices are written")
            .scope(Scope::InvoicesRead)
            .versioned()
            .returns::<SettingsView>()
            .to(get),
        Endpoint::patch("invoice_settings_update", "/invoice-settings", "Change how invoices are written")
            .scope(Scope::InvoicesManage)
            .description("For documents to come. A new series counts from 1.")
            .versioned()
            .body::<SettingsBody>(json!({"invoiceSeries": "INV", "dueDays": 15}))
            .returns::<SettingsView>()
            .to(update),
    ]
}

async fn get(Caller(actor): Caller, invoices: Data<dyn Invoices>) -> Answer {
    let settings = invoices.settings(&actor).await?;
    Ok(Reply::ok(SettingsView::from(&settings)).at(settings.version))
}

async fn update(
    Caller(actor): Caller,
    IfMatch(version): IfMatch,
    Body(body): Body<SettingsBody>,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let settings = invoices.update_settings(&actor, version, body.into()).await?;
    Ok(Reply::ok(SettingsView::from(&settings)).at(settings.version))
}
