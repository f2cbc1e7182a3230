//! Who can sign in, and with what at this moment.

use actix_web::web::Data;
use actix_web::{HttpResponse, Result, error};
use kernel::{Actor, EmailAddress, OrganizationId};

use super::Dev;
use super::page::{Page, escape};
use crate::commands::seed::Person;

/// Seconds a one-time code stands.
const STEP: i64 = 30;

/// Seconds until the page looks again.
const REFRESH: u32 = 5;

pub(super) async fn show(dev: Data<Dev>) -> Result<HttpResponse> {
    let left = STEP - dev.services.database.env().now().timestamp().rem_euclid(STEP);
    let mut rows = String::new();
    for person in dev.demo.everybody() {
        rows += &row(person, code(&dev, person).await?.as_deref(), left);
    }
    let password = escape(&dev.demo.password);
    let content = format!(
        r#"<p>Every account has the password <code>{password}</code>. Sign in with
<a href="/api/docs">POST /api/v1/auth/login</a>.</p>
<div class="panel"><table>
<tr><th>Email</th><th>Name</th><th>Role</th><th>One-time code</th></tr>
{rows}</table></div>
<p class="soft">A code counts once; the next one comes within {STEP} seconds. This page refreshes itself.</p>"#
    );
    Ok(Page::new("Demo accounts", &content).refreshing(REFRESH).answer())
}

async fn code(dev: &Dev, person: &Person) -> Result<Option<String>> {
    let system = Actor::system(OrganizationId::PLATFORM);
    let email = EmailAddress::from_stored(person.email.clone());
    // Somebody who plays with the demo may have given an account another address.
    if dev.services.users.find_by_email(&email).await.map_err(error::ErrorInternalServerError)?.is_none() {
        return Ok(None);
    }
    let code = dev.services.auth.operating.current_code(&system, &email).await;
    let code = code.map_err(error::ErrorInternalServerError)?;
    Ok(code.map(|code| code.expose().to_owned()))
}

fn row(person: &Person, code: Option<&str>, left: i64) -> String {
    let (email, name, role) = (escape(&person.email), escape(&person.name), escape(&person.role));
    let code = match code {
        Some(code) => format!(
            r#"<span class="code">{}</span> <span class="soft">{left} s</span><progress max="{STEP}" value="{left}"></progress>"#,
            escape(code)
        ),
        None => r#"<span class="soft">none</span>"#.to_owned(),
    };
    format!("<tr><td><code>{email}</code></td><td>{name}</td><td>{role}</td><td>{code}</td></tr>\n")
}
