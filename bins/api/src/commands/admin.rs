//! What an operator does for people who cannot help themselves. Whoever has the shell is the operator.

use clap::Subcommand;
use composition::{Adapters, Services};
use kernel::{Actor, EmailAddress, Env, OrganizationId, PageRequest};
use platform::Config;

use super::Failure;

/// What only the operator may do.
#[derive(Subcommand)]
pub(crate) enum Admin {
    /// Accounts.
    #[command(subcommand)]
    Users(Users),
    /// Organizations.
    #[command(subcommand)]
    Organizations(Organizations),
    /// Keys that sign access tokens.
    #[command(subcommand)]
    Keys(Keys),
}

#[derive(Subcommand)]
pub(crate) enum Users {
    /// Take a lost second factor away, unlock it and end all sessions. The person is told by mail.
    ResetMfa { email: String },
    /// Make a link with which the person sets a new password; it is printed, and mailed too.
    ResetPassword { email: String },
}

#[derive(Subcommand)]
pub(crate) enum Organizations {
    /// List all of them, oldest first.
    List,
}

#[derive(Subcommand)]
pub(crate) enum Keys {
    /// Sign with a new key from now on; tokens signed before run out by themselves within 15 minutes.
    Rotate,
}

/// `api admin ..`.
pub(crate) async fn run(config: Config, admin: Admin) -> Result<(), Failure> {
    let adapters = Adapters::open(&config, Env::system()).await?;
    adapters.database.migrate().await?;
    let services = Services::build(&config, adapters).await?;
    services.database.synchronize_clock().await?;
    let done = obey(&services, admin).await;
    services.close().await;
    done
}

async fn obey(services: &Services, admin: Admin) -> Result<(), Failure> {
    let system = Actor::system(OrganizationId::PLATFORM);
    let operating = &services.auth.operating;
    match admin {
        Admin::Users(Users::ResetMfa { email }) => {
            operating.reset_mfa(&system, &somebody(services, &email).await?).await?;
            println!("The second factor of {email} is gone; all sessions have ended.");
        }
        Admin::Users(Users::ResetPassword { email }) => {
            let token = operating.reset_password(&system, &somebody(services, &email).await?).await?;
            let link = services.page_with_token("reset-password", &token);
            println!("Within 30 minutes a new password can be set here, once:\n{}", link.expose());
        }
        Admin::Organizations(Organizations::List) => list(services, &system).await?,
        Admin::Keys(Keys::Rotate) => {
            operating.rotate_signing_key(&system).await?;
            println!("Access tokens are signed with a new key from now on.");
        }
    }
    Ok(())
}

/// The address, if somebody has it.
async fn somebody(services: &Services, text: &str) -> Result<EmailAddress, Failure> {
    let email = super::address(text)?;
    let found = services.users.find_by_email(&email).await?;
    found.map(|user| user.email).ok_or_else(|| format!("nobody has the address `{text}`").into())
}

async fn list(services: &Services, system: &Actor) -> Result<(), Failure> {
    let mut page = PageRequest::default();
    println!("{:<36}  {:<10}  {:<30}  NAME", "ID", "CREATED", "SLUG");
    loop {
        let found = services.organizations.organizations.all(system, &page).await?;
        for organization in found.rows {
            let leaving = organization.delete_after.map(|at| format!("  (erased after {})", at.date_naive()));
            println!(
                "{}  {}  {:<30}  {}{}",
                organization.id,
                organization.created_at.date_naive(),
                organization.slug.as_str(),
                organization.name.as_str(),
                leaving.unwrap_or_default()
            );
        }
        match found.next {
            Some(next) => page.after = Some(next),
            None => return Ok(()),
        }
    }
}
