//! The frame of every page: one stylesheet, no script, a policy that allows nothing else.

use actix_web::HttpResponse;
use actix_web::http::header;

/// Styles are our own and inline; mails are framed from here alone.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

const STYLE: &str = include_str!("page.css");

/// A page of ours.
pub(super) struct Page<'a> {
    title: &'a str,
    content: &'a str,
    refresh: Option<u32>,
}

impl<'a> Page<'a> {
    /// A page with a content that is escaped already.
    pub(super) const fn new(title: &'a str, content: &'a str) -> Self {
        Self { title, content, refresh: None }
    }

    /// The same page, which loads itself again after so many seconds.
    pub(super) const fn refreshing(self, seconds: u32) -> Self {
        Self { refresh: Some(seconds), ..self }
    }

    /// The answer.
    pub(super) fn answer(&self) -> HttpResponse {
        HttpResponse::Ok()
            .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
            .content_type("text/html; charset=utf-8")
            .body(self.html())
    }

    fn html(&self) -> String {
        let refresh =
            self.refresh.map(|seconds| format!(r#"<meta http-equiv="refresh" content="{seconds}">"#));
        let (title, refresh) = (escape(self.title), refresh.unwrap_or_default());
        format!(
            r#"<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">{refresh}
<title>{title} · Mero Jugx</title><style>{STYLE}</style></head>
<body>
<header><a class="home" href="/dev">Mero Jugx</a><nav><a href="/dev/accounts">Accounts</a>
<a href="/dev/mail">Mailbox</a><a href="/dev/templates">Templates</a><a href="/api/docs">API documents</a></nav></header>
<main><h1>{title}</h1>
{}
</main>
</body>
</html>
"#,
            self.content
        )
    }
}

/// Text that stands for itself in HTML, between tags and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_that_is_escaped_opens_a_tag_or_ends_an_attribute() {
        assert_eq!(
            escape(r#"<a href='x' title="y">&"#),
            "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;"
        );
        assert_eq!(escape("नमस्ते"), "नमस्ते");
    }
}
