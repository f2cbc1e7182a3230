//! The mailbox: what a local mailer put into its folder.

use std::io;
use std::path::Path as FilePath;

use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, Result, error};
use kernel::Timestamp;

use super::Dev;
use super::eml::Eml;
use super::page::{Page, escape};

/// How many mails the list shows.
const SHOWN: usize = 200;

/// Seconds until the list looks again.
const REFRESH: u32 = 10;

/// The mail runs no script, loads nothing, and its links open in a new window.
pub(super) const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/// Which operation takes the token of a link.
const TAKERS: [(&str, &str); 4] = [
    ("/verify-email", "POST /api/v1/auth/verify-email"),
    ("/reset-password", "POST /api/v1/auth/reset-password"),
    ("/confirm-email", "POST /api/v1/auth/email/confirm"),
    ("/accept-invitation", "POST /api/v1/invitations/accept"),
];

pub(super) async fn list(dev: Data<Dev>) -> Result<HttpResponse> {
    let Some(folder) = &dev.mails else {
        return Ok(Page::new("Mailbox", "<p>SMTP_URL is set: mails go to that server.</p>").answer());
    };
    let mut names = names(folder)?;
    // A name begins with the milliseconds of its mail.
    names.sort_unstable_by(|one, other| other.cmp(one));
    let mut rows = String::new();
    for name in names.iter().take(SHOWN) {
        rows += &row(name, &read(folder, name)?);
    }
    let content = match names.len() {
        0 => "<p>No mail yet.</p>".to_owned(),
        count => format!(
            r#"<p class="soft">{count} mails, the newest first.</p>
<div class="panel"><table><tr><th>Sent (UTC)</th><th>To</th><th>Subject</th></tr>
{rows}</table></div>"#
        ),
    };
    Ok(Page::new("Mailbox", &content).refreshing(REFRESH).answer())
}

pub(super) async fn show(dev: Data<Dev>, name: Path<String>) -> Result<HttpResponse> {
    let mail = find(&dev, &name)?;
    let sent = sent_at(&name).map_or_else(String::new, |at| at.format("%Y-%m-%d %H:%M:%S UTC").to_string());
    let facts = [("From", &mail.from), ("To", &mail.to), ("Sent", &sent)];
    let facts = facts.map(|(name, value)| format!("<dt>{name}</dt><dd>{}</dd>", escape(value))).concat();
    let mut content = format!(r#"<div class="panel pad"><dl>{facts}{}</dl></div>"#, tokens(&mail));
    if mail.html.is_some() {
        let source = escape(&format!("/dev/mail/{name}/html"));
        content += &format!(
            r#"<div class="panel"><iframe title="The mail" src="{source}" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe></div>"#
        );
    }
    content += &format!(r#"<h2>As text</h2><div class="panel"><pre>{}</pre></div>"#, linked(&mail.text));
    Ok(Page::new(&mail.subject, &content).answer())
}

pub(super) async fn body(dev: Data<Dev>, name: Path<String>) -> Result<HttpResponse> {
    let html = find(&dev, &name)?.html.ok_or_else(|| error::ErrorNotFound("this mail has no HTML"))?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_SECURITY_POLICY, MAIL_POLICY))
        .insert_header((header::X_FRAME_OPTIONS, "SAMEORIGIN"))
        .content_type("text/html; charset=utf-8")
        .body(html.replacen("<head>", r#"<head><base target="_blank">"#, 1)))
}

fn row(name: &str, mail: &Eml) -> String {
    let sent = sent_at(name).map_or_else(String::new, |at| at.format("%m-%d %H:%M:%S").to_string());
    let (href, to) = (escape(&format!("/dev/mail/{name}")), escape(address(&mail.to)));
    let subject = escape(&mail.subject);
    format!(
        r#"<tr><td class="when">{sent}</td><td>{to}</td><td><a href="{href}">{subject}</a></td></tr>
"#
    )
}

/// The bare address of a mailbox.
fn address(mailbox: &str) -> &str {
    let inner = mailbox.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.map_or(mailbox, |(address, _)| address)
}

fn tokens(mail: &Eml) -> String {
    let one = |(link, token): (&str, &str)| {
        let taker = TAKERS.iter().find(|(page, _)| link.contains(page)).map(|(_, operation)| *operation);
        let taker = taker
            .map(|operation| format!(r#"<div class="soft">for <a href="/api/docs">{operation}</a></div>"#));
        format!(
            r#"<dt>Link</dt><dd><a href="{0}" target="_blank" rel="noreferrer">{0}</a></dd><dt>Token</dt><dd><code>{1}</code>{2}</dd>"#,
            escape(link),
            escape(token),
            taker.unwrap_or_default()
        )
    };
    mail.tokens().into_iter().map(one).collect()
}

/// The text with its links made clickable.
fn linked(text: &str) -> String {
    let word = |word: &str| {
        let bare = word.trim_end();
        if !(bare.starts_with("http://") || bare.starts_with("https://")) {
            return escape(word);
        }
        let (link, rest) = (escape(bare), escape(word.strip_prefix(bare).unwrap_or_default()));
        format!(r#"<a href="{link}" target="_blank" rel="noreferrer">{link}</a>{rest}"#)
    };
    text.split_inclusive(char::is_whitespace).map(word).collect()
}

fn find(dev: &Dev, name: &str) -> Result<Eml> {
    let folder = dev.mails.as_ref().ok_or_else(|| error::ErrorNotFound("mails go to a server"))?;
    // Only a name that the folder lists: no path leads out of it.
    if !names(folder)?.iter().any(|known| known == name) {
        return Err(error::ErrorNotFound("there is no such mail"));
    }
    Ok(read(folder, name)?)
}

fn names(folder: &FilePath) -> io::Result<Vec<String>> {
    if !folder.try_exists()? {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        // A draft begins with a dot.
        if name.ends_with(".eml") && !name.starts_with('.') {
            names.push(name);
        }
    }
    Ok(names)
}

fn read(folder: &FilePath, name: &str) -> io::Result<Eml> {
    Eml::read(&std::fs::read(folder.join(name))?).map_err(io::Error::other)
}

fn sent_at(name: &str) -> Option<Timestamp> {
    let millis = name.split('-').next()?.parse().ok()?;
    Timestamp::from_timestamp_millis(millis)
}

#[cfg(test)]
mod tests {
    use super::linked;

    #[test]
    fn links_are_clickable_and_everything_else_is_text() {
        let html = linked("See http://x/y?a=1&b=2\n<b>http</b>");
        let link =
            r#"<a href="http://x/y?a=1&amp;b=2" target="_blank" rel="noreferrer">http://x/y?a=1&amp;b=2</a>"#;
        assert_eq!(html, format!("See {link}\n&lt;b&gt;http&lt;/b&gt;"));
    }
}
