//! The web app: its files as they were built, and the page that starts it, whatever its path.

mod page;

use std::borrow::Cow;

use actix_web::http::Method;
use actix_web::http::header::{self, AcceptEncoding, Encoding, Header};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::frame::Frame;
use crate::health::name;
use crate::problem::Problem;

/// The page that starts the app.
const START: &str = "index.html";

/// Names with a hash of their content: what they stand for never changes.
const HASHED: &str = "assets/";

/// Paths that belong to programs. Nothing there is ever answered with a page.
const OTHERS: [&str; 2] = ["/api", "/.well-known"];

/// The files of the built web app.
#[derive(Clone, Copy, Debug)]
pub struct WebApp {
    read: fn(&str) -> Option<Cow<'static, [u8]>>,
}

/// Part of the program in release builds.
#[cfg(not(debug_assertions))]
fn read(path: &str) -> Option<Cow<'static, [u8]>> {
    #[derive(rust_embed::RustEmbed)]
    #[folder = "../../app/dist"]
    #[allow_missing = true]
    struct Built;

    Built::get(path).map(|file| file.data)
}

/// Read from disk in debug builds, so that a change shows at once, and so does an app that was built after this
/// program.
#[cfg(debug_assertions)]
fn read(path: &str) -> Option<Cow<'static, [u8]>> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../app/dist/").to_owned() + path)
        .ok()
        .map(Cow::Owned)
}

impl WebApp {
    /// The app that was built beside this program. It has no file if there was none.
    pub const fn built() -> Self {
        Self { read }
    }

    /// An app whose files somebody else brings, by their path without a slash at its begin.
    pub const fn of(read: fn(&str) -> Option<Cow<'static, [u8]>>) -> Self {
        Self { read }
    }

    /// Whether there is an app to serve.
    pub fn is_there(&self) -> bool {
        (self.read)(START).is_some()
    }

    fn file(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        let shown = path != START && path.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
        shown.then(|| (self.read)(path)).flatten()
    }
}

/// Answers what no route answers: a file of the app, or its page to a browser that goes somewhere.
pub(crate) async fn answer(request: HttpRequest, frame: Data<Frame>) -> Result<HttpResponse, Problem> {
    let app = frame.settings.web_app;
    let is_other = OTHERS.iter().any(|other| {
        request.path().strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    if is_other || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Problem::not_found());
    }
    let path = request.path().trim_start_matches('/');
    if let Some(answer) = file(&app, path, &request) {
        name(&request, "web_app_file");
        return Ok(answer);
    }
    if path.starts_with(HASHED) || !wants_page(&request) {
        return Err(Problem::not_found());
    }
    name(&request, "web_app");
    Ok(match (app.read)(START) {
        Some(page) => page::start(&String::from_utf8_lossy(&page), &request, frame.ports.env.bytes()),
        None => page::hint(),
    })
}

/// A file, compressed as the build left it for those who take it so.
fn file(app: &WebApp, path: &str, request: &HttpRequest) -> Option<HttpResponse> {
    let whole = app.file(path)?;
    let kinds = [(Encoding::brotli(), "br"), (Encoding::gzip(), "gz")];
    let accepted = AcceptEncoding::parse(request).ok();
    let compressed = kinds.into_iter().find_map(|(kind, ending)| {
        let takes = accepted.as_ref()?.negotiate([kind.clone()].iter()) == Some(kind.clone());
        takes.then(|| app.file(&format!("{path}.{ending}"))).flatten().map(|bytes| (kind, bytes))
    });
    let caching = if path.starts_with(HASHED) {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=86400"
    };
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CONTENT_TYPE, media_type(path)))
        .insert_header((header::CACHE_CONTROL, caching))
        .insert_header((header::VARY, "Accept-Encoding"));
    let bytes = match compressed {
        Some((kind, bytes)) => {
            answer.insert_header((header::CONTENT_ENCODING, kind.to_string()));
            bytes
        }
        None => whole,
    };
    Some(answer.body(bytes.into_owned()))
}

fn media_type(path: &str) -> String {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    match kind.type_() {
        mime_guess::mime::TEXT => format!("{kind}; charset=utf-8"),
        _ => kind.to_string(),
    }
}

/// A browser that goes to an address names HTML; a program that asks for data does not. At the root there is nothing
/// but the page, so there it is enough to take anything.
fn wants_page(request: &HttpRequest) -> bool {
    let accept =
        request.headers().get(header::ACCEPT).map_or("*/*", |value| value.to_str().unwrap_or_default());
    accept.contains("text/html") || (request.path() == "/" && accept.contains("*/*"))
}
