//! Pages that exist only under `serve --dev`, on a loopback address: they show secrets of the demo accounts.

mod accounts;
mod eml;
mod mail;
mod page;
mod templates;

use std::path::PathBuf;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{self, Data, ServiceConfig};
use composition::Services;
use platform::Config;

use crate::commands::seed::Demo;
use page::Page;

/// What the pages show.
pub(crate) struct Dev {
    services: Services,
    demo: Demo,
    /// Where mails go; `None` if a mail server sends them.
    mails: Option<PathBuf>,
}

impl Dev {
    /// The pages of this installation.
    pub(crate) fn new(config: &Config, services: &Services, demo: Demo) -> Arc<Self> {
        let mails = config.smtp.is_none().then(|| config.data_dir.join("mail"));
        Arc::new(Self { services: services.clone(), demo, mails })
    }
}

/// Adds the pages to the routes.
pub(crate) fn register(dev: &Arc<Dev>, app: &mut ServiceConfig) {
    app.app_data(Data::from(Arc::clone(dev)))
        .route("/dev", web::get().to(index))
        .route("/dev/", web::get().to(index))
        .route("/dev/accounts", web::get().to(accounts::show))
        .route("/dev/mail", web::get().to(mail::list))
        .route("/dev/mail/{name}", web::get().to(mail::show))
        .route("/dev/mail/{name}/html", web::get().to(mail::body))
        .route("/dev/templates", web::get().to(templates::list))
        .route("/dev/templates/{locale}/{name}", web::get().to(templates::show))
        .route("/dev/templates/{locale}/{name}/html", web::get().to(templates::body));
}

async fn index() -> HttpResponse {
    let card = |href: &str, title: &str, text: &str| {
        format!(r#"<a class="card" href="{href}"><b>{title}</b><span>{text}</span></a>"#)
    };
    let cards = [
        card("/dev/accounts", "Demo accounts", "Who can sign in, with passwords and current TOTP codes"),
        card("/dev/mail", "Mailbox", "Every mail this installation sent, newest first"),
        card("/dev/templates", "Mail templates", "Every mail the product can write, in each language"),
        card("/api/docs", "API documents", "All operations, to read and to try"),
        card("/api/openapi.json", "OpenAPI document", "The same for programs"),
        card("/readyz", "Readiness", "What a load balancer asks"),
    ];
    Page::new("Development", &format!(r#"<div class="cards">{}</div>"#, cards.concat())).answer()
}
