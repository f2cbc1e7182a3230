//! Every mail the product writes, with made-up facts, in each language.

use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, Result, error};
use kernel::Locale;
use notifications::{Rendered, Template};

use super::Dev;
use super::mail::MAIL_POLICY;
use super::page::{Page, escape};

pub(super) async fn list(dev: Data<Dev>) -> Result<HttpResponse> {
    let mut rows = String::new();
    for template in Template::ALL {
        let mut subjects = Vec::new();
        for locale in Locale::ALL {
            let (href, subject) = (place(template, locale), preview(&dev, template, locale)?.subject);
            subjects.push(format!(
                r#"<td lang="{}"><a href="{href}">{}</a></td>"#,
                locale.tag(),
                escape(&subject)
            ));
        }
        rows += &format!("<tr><td><code>{}</code></td>{}</tr>\n", template.name(), subjects.concat());
    }
    let content = format!(
        r#"<p class="soft">Every mail the product writes, with made-up facts.</p>
<div class="panel"><table><tr><th>Template</th><th>English</th><th>नेपाली</th></tr>
{rows}</table></div>"#
    );
    Ok(Page::new("Mail templates", &content).answer())
}

pub(super) async fn show(dev: Data<Dev>, path: Path<(String, String)>) -> Result<HttpResponse> {
    let (template, locale) = named(&path)?;
    let mail = preview(&dev, template, locale)?;
    let content = format!(
        r#"<div class="panel"><iframe title="The mail" src="{}/html" sandbox></iframe></div>
<h2>As text</h2><div class="panel"><pre>{}</pre></div>"#,
        place(template, locale),
        escape(&mail.text)
    );
    Ok(Page::new(&mail.subject, &content).answer())
}

pub(super) async fn body(dev: Data<Dev>, path: Path<(String, String)>) -> Result<HttpResponse> {
    let (template, locale) = named(&path)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_SECURITY_POLICY, MAIL_POLICY))
        .insert_header((header::X_FRAME_OPTIONS, "SAMEORIGIN"))
        .content_type("text/html; charset=utf-8")
        .body(preview(&dev, template, locale)?.html))
}

fn place(template: Template, locale: Locale) -> String {
    format!("/dev/templates/{}/{}", locale.tag(), template.name())
}

fn named((locale, template): &(String, String)) -> Result<(Template, Locale)> {
    match (template.parse(), locale.parse()) {
        (Ok(template), Ok(locale)) => Ok((template, locale)),
        _ => Err(error::ErrorNotFound("there is no such template")),
    }
}

fn preview(dev: &Dev, template: Template, locale: Locale) -> Result<Rendered> {
    dev.services.mails.preview(template, locale).map_err(error::ErrorInternalServerError)
}
