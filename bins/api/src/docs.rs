//! The document for programs and for people; the pages are part of the program and need no network.

use std::sync::Arc;

use actix_web::http::header;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, web};
use utoipa_swagger_ui::Config;

use crate::conditional::knows;
use crate::frame::Frame;
use crate::health::name;
use crate::problem::Problem;

const DOCUMENT: &str = "/api/openapi.json";
const PAGES: &str = "/api/docs";

/// The pages bring scripts and pictures of their own; their styles are set by script, which counts as inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub(crate) fn register(app: &mut ServiceConfig) {
    app.route(DOCUMENT, web::get().to(document))
        .route(PAGES, web::get().to(start))
        .route(&format!("{PAGES}/{{file:.*}}"), web::get().to(page));
}

async fn document(request: HttpRequest, frame: Data<Frame>) -> HttpResponse {
    name(&request, "openapi");
    let document = frame.document();
    let tag = (header::ETAG, document.etag());
    let caching = (header::CACHE_CONTROL, "no-cache");
    if knows(request.headers(), document.etag()) {
        return HttpResponse::NotModified().insert_header(tag).insert_header(caching).finish();
    }
    HttpResponse::Ok()
        .insert_header(tag)
        .insert_header(caching)
        .content_type("application/json")
        .body(document.to_json().to_owned())
}

async fn start(request: HttpRequest) -> Result<HttpResponse, Problem> {
    name(&request, "docs");
    file("index.html")
}

async fn page(request: HttpRequest, path: Path<String>) -> Result<HttpResponse, Problem> {
    name(&request, "docs");
    file(if path.is_empty() { "index.html" } else { &path })
}

fn file(path: &str) -> Result<HttpResponse, Problem> {
    let config = Config::from(DOCUMENT)
        .try_it_out_enabled(true)
        .filter(true)
        .doc_expansion("none")
        .validator_url("none");
    let found =
        utoipa_swagger_ui::serve(path, Arc::new(config)).map_err(|error| Problem::internal(&*error))?;
    let Some(found) = found else { return Err(Problem::not_found()) };
    let bytes = match std::str::from_utf8(&found.bytes) {
        Ok(text) if path == "index.html" => absolute(text).into_bytes(),
        _ => found.bytes.into_owned(),
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::CONTENT_TYPE, found.content_type))
        .body(bytes))
}

/// The start page is also served without a slash at its end, where relative links would lead elsewhere.
fn absolute(page: &str) -> String {
    let page = page.replace("\"./", "\"");
    page.replace("href=\"", &format!("href=\"{PAGES}/")).replace("src=\"", &format!("src=\"{PAGES}/"))
}
