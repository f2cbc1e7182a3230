use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What stands in the built page where the nonce belongs.
const NONCE: &str = "__CSP_NONCE__";

/// What a browser may set, by cookie: nothing else comes into the page. The first choice is the usual one.
const PREFERENCES: [(&str, &str, &[&str]); 3] = [
    ("mj_lang", "lang", &["en", "ne"]),
    ("mj_theme", "data-theme", &["system", "light", "dark"]),
    ("mj_density", "data-density", &["comfortable", "compact"]),
];

/// The page with a nonce of its own and as this browser likes it, so that the first paint is right.
pub(super) fn start(page: &str, request: &HttpRequest, random: [u8; 16]) -> HttpResponse {
    let nonce = STANDARD.encode(random);
    let html = rooted(&page.replace(NONCE, &nonce), request);
    HttpResponse::Ok()
        .insert_header((header::CONTENT_SECURITY_POLICY, policy(&nonce)))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::VARY, "Cookie"))
        .insert_header(("cross-origin-opener-policy", "same-origin"))
        .insert_header(("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"))
        .content_type("text/html; charset=utf-8")
        .body(html)
}

fn rooted(page: &str, request: &HttpRequest) -> String {
    let Some((before, root)) = page.split_once("<html") else { return page.to_owned() };
    let Some((_, after)) = root.split_once('>') else { return page.to_owned() };
    let attributes = PREFERENCES.iter().filter_map(|(cookie, attribute, choices)| {
        let chosen = request.cookie(cookie);
        let value = choices.iter().find(|choice| chosen.as_ref().is_some_and(|it| it.value() == **choice));
        Some(format!(r#" {attribute}="{}""#, value.or(choices.first())?))
    });
    format!("{before}<html{}>{after}", attributes.collect::<String>())
}

/// Scripts are files of ours only. Styles may also be of elements that know the nonce: dialogs keep the page behind
/// them from scrolling by one.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; font-src 'self'; \
         img-src 'self' data: blob:; connect-src 'self'; frame-src 'self' blob:; worker-src 'self'; \
         manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    )
}

/// Says what to do where the app was not built.
pub(super) fn hint() -> HttpResponse {
    HttpResponse::NotFound().content_type("text/html; charset=utf-8").body(include_str!("hint.html"))
}
