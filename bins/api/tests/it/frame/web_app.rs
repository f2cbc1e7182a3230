//! Files of the web app and the page that starts it.

use std::borrow::Cow;

use api::WebApp;
use reqwest::Method;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, COOKIE};

use super::rig::{Rig, Seen, send};

const PAGE: &str =
    r#"<!doctype html><html lang="en" data-theme="system"><script nonce="__CSP_NONCE__" src="/assets/a.js">"#;

fn files(path: &str) -> Option<Cow<'static, [u8]>> {
    let text = match path {
        "index.html" => PAGE,
        "assets/a.js" => "let a = 1;",
        "assets/a.js.br" => "(brotli)",
        "assets/a.js.gz" => "(gzip)",
        "assets/b.svg" => "<svg/>",
        "favicon.svg" => "<svg></svg>",
        ".vite/manifest.json" => "{}",
        _ => return None,
    };
    Some(Cow::Borrowed(text.as_bytes()))
}

fn rig() -> Rig {
    Rig::start_with(|settings| settings.web_app = WebApp::of(files))
}

async fn visit(rig: &Rig, path: &str) -> Seen {
    send(rig.request(Method::GET, path).header(ACCEPT, "text/html,*/*;q=0.8")).await
}

async fn file(rig: &Rig, path: &str, encodings: &str) -> Seen {
    send(rig.request(Method::GET, path).header(ACCEPT_ENCODING, encodings)).await
}

#[actix_web::test]
async fn a_browser_gets_the_page_wherever_it_goes() {
    let rig = rig();
    for path in ["/", "/login", "/o/himal/tickets/7", "/index.html", "/apicture", "/.vite/manifest.json"] {
        let seen = visit(&rig, path).await;
        assert_eq!(seen.status, 200, "{path}");
        assert!(seen.text.starts_with("<!doctype html><html lang=\"en\" "), "{path}: {}", seen.text);
        assert_eq!(seen.header("content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(seen.header("cache-control"), Some("no-cache"));
        assert_eq!(seen.header("x-frame-options"), Some("DENY"));
    }
}

#[actix_web::test]
async fn the_page_is_for_browsers_that_go_somewhere_only() {
    let rig = rig();
    for path in ["/api", "/api/v1/nothing", "/api/v2", "/.well-known/nothing", "/assets/gone.js", "/assets/"]
    {
        let seen = visit(&rig, path).await;
        assert_eq!((seen.status, seen.problem().as_str()), (404, "not_found"), "{path}");
    }
    for (path, accept) in [("/login", "application/json"), ("/login", "*/*"), ("/", "application/json")] {
        let program = send(rig.request(Method::GET, path).header(ACCEPT, accept)).await;
        assert_eq!((program.status, program.problem().as_str()), (404, "not_found"), "{path} {accept}");
    }
    let anything = send(rig.request(Method::GET, "/").header(ACCEPT, "*/*")).await;
    let page = visit(&rig, "/").await;
    assert_eq!(
        (anything.status, anything.header("content-type")),
        (page.status, page.header("content-type"))
    );
    let post = send(rig.request(Method::POST, "/login").header(ACCEPT, "text/html")).await;
    assert_eq!((post.status, post.problem().as_str()), (404, "not_found"));
}

#[actix_web::test]
async fn each_page_has_a_nonce_of_its_own_which_its_policy_names() {
    let rig = rig();
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let seen = visit(&rig, "/").await;
        let nonce = seen.text.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next());
        let nonce = nonce.expect("a nonce").to_owned();
        assert_eq!(nonce.len(), 24, "128 bits in base64");
        let policy = seen.header("content-security-policy").expect("a policy");
        assert!(policy.contains(&format!("style-src 'self' 'nonce-{nonce}'")), "{policy}");
        assert!(policy.contains("script-src 'self';"), "{policy}");
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[actix_web::test]
async fn the_page_is_painted_as_this_browser_likes_it() {
    let rig = rig();
    let of = async |cookies: &'static str| {
        let request = rig.request(Method::GET, "/").header(ACCEPT, "text/html").header(COOKIE, cookies);
        send(request).await.text
    };
    let liked = of("mj_lang=ne; mj_theme=dark; mj_density=compact").await;
    assert!(liked.contains(r#"<html lang="ne" data-theme="dark" data-density="compact">"#), "{liked}");
    let forged = of(r#"mj_lang=xx; mj_theme="><script>; mj_density=huge"#).await;
    let usual = r#"<html lang="en" data-theme="system" data-density="comfortable"><script nonce"#;
    assert!(forged.contains(usual), "{forged}");
}

#[actix_web::test]
async fn files_are_sent_as_the_build_compressed_them() {
    let rig = rig();
    for (encodings, encoding, text) in [
        ("gzip, deflate, br", Some("br"), "(brotli)"),
        ("br;q=0, gzip", Some("gzip"), "(gzip)"),
        ("identity", None, "let a = 1;"),
    ] {
        let seen = file(&rig, "/assets/a.js", encodings).await;
        assert_eq!((seen.status, seen.header("content-encoding")), (200, encoding), "{encodings}");
        assert_eq!(seen.text, text);
        assert_eq!(seen.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert_eq!(seen.header("content-type"), Some("text/javascript; charset=utf-8"));
        assert!(seen.header("vary").is_some_and(|vary| vary.contains("Accept-Encoding")), "{seen:?}");
        assert_eq!(seen.header("x-content-type-options"), Some("nosniff"));
    }
    let plain = file(&rig, "/assets/b.svg", "br").await;
    assert_eq!((plain.status, plain.header("content-type")), (200, Some("image/svg+xml")));
    let icon = file(&rig, "/favicon.svg", "identity").await;
    assert_eq!((icon.status, icon.header("cache-control")), (200, Some("public, max-age=86400")));
}

#[actix_web::test]
async fn a_program_without_the_app_says_how_to_get_it() {
    let rig = Rig::start();
    let seen = visit(&rig, "/").await;
    assert_eq!(seen.status, 404);
    assert_eq!(seen.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(seen.text.contains("cargo xtask dev"), "{}", seen.text);
}
