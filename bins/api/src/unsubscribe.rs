//! The page behind the link in a campaign's mail. To look at it changes nothing, for programs follow links too; to send
//! its form does, and so does the button of a mail program (RFC 8058), whatever body comes with it.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use campaigns::Campaigns;
use kernel::{Actor, Request, Secret};

use crate::context::Context;
use crate::health::name;
use crate::problem::Problem;

/// Says whose mails they are, and asks.
pub(crate) async fn ask(
    request: HttpRequest,
    token: Path<String>,
    campaigns: Data<dyn Campaigns>,
) -> Result<HttpResponse, Problem> {
    name(&request, "unsubscribe_ask");
    let found = campaigns.unsubscribing_from(&Secret::new(token.into_inner())).await?;
    Ok(match found {
        Some(organization) => {
            let text = format!(
                "<p>Do you want no more mails of <strong>{0}</strong>?</p>\
                 <p lang=\"ne\"><strong>{0}</strong> बाट थप इमेल नचाहनुहुन्छ?</p>\
                 <form method=\"post\"><button type=\"submit\">Unsubscribe · सदस्यता हटाउनुहोस्</button></form>",
                escaped(&organization)
            );
            page(StatusCode::OK, &text)
        }
        None => over(),
    })
}

/// Takes effect.
pub(crate) async fn leave(
    request: HttpRequest,
    token: Path<String>,
    campaigns: Data<dyn Campaigns>,
) -> Result<HttpResponse, Problem> {
    name(&request, "unsubscribe");
    let circumstances: Request =
        Context::of(&request).map(|context| context.request.clone()).unwrap_or_default();
    let actor = Actor::anonymous(circumstances);
    let found = campaigns.unsubscribe(&actor, &Secret::new(token.into_inner())).await?;
    Ok(match found {
        Some(organization) => {
            let text = format!(
                "<p>You get no more mails of <strong>{0}</strong>.</p>\
                 <p lang=\"ne\">तपाईंलाई <strong>{0}</strong> बाट थप इमेल आउने छैन।</p>",
                escaped(&organization)
            );
            page(StatusCode::OK, &text)
        }
        None => over(),
    })
}

fn over() -> HttpResponse {
    let text = "<p>This link leads nowhere.</p><p lang=\"ne\">यो लिङ्क मान्य छैन।</p>";
    page(StatusCode::NOT_FOUND, text)
}

/// A page without scripts, that sends its form to nobody else and names its address to nobody.
fn page(status: StatusCode, text: &str) -> HttpResponse {
    let policy = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    HttpResponse::build(status)
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header(("x-robots-tag", "noindex"))
        .content_type("text/html; charset=utf-8")
        .body(format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>Unsubscribe</title></head>\
             <body><main>{text}</main></body></html>\n"
        ))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
