//! The one place where documents get their numbers.

use calendar::BsDate;
use database::Tx;
use kernel::{Env, OrganizationId};

use crate::invoice::Seller;
use crate::{Error, Issue, store};

/// What is issued.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Invoice,
    CreditNote,
}

/// The next number and the day of it. The settings are locked first and the clock is read behind that lock, so that
/// documents of an organization are numbered in the order of their days; both locks are held until the commit.
pub(super) async fn next(
    tx: &Tx,
    org: OrganizationId,
    env: &Env,
    kind: Kind,
) -> Result<(Issue, Seller), Error> {
    let settings = store::settings::lock(tx, org).await?;
    let seller = store::seller::find(tx.connection(), org).await?;
    let at = env.now();
    let on = seller.today(at);
    let year = seller.fiscal_start.label_on(on)?;
    let series = match kind {
        Kind::Invoice => settings.invoice_series,
        Kind::CreditNote => settings.credit_note_series,
    };
    let number = store::settings::draw(tx, org, series, year).await?;
    Ok((Issue { number, at, on, on_bs: BsDate::from_gregorian(on).ok() }, seller))
}
