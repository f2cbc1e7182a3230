use chrono::{Datelike, NaiveDate};
use kernel::{Currency, FieldFault, Fields, InvoiceClaimId, InvoiceId, InvoiceLinkId, Money, Timestamp};

use crate::words::{optional_line, optional_text};
use crate::{Amount, Error};

/// Somebody who has the link to an invoice says that he paid. His word books nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentClaim {
    pub id: InvoiceClaimId,
    pub invoice: InvoiceId,
    pub link: InvoiceLinkId,
    /// The organization's day on which he said so.
    pub said_on: NaiveDate,
    pub amount: Option<Amount>,
    /// The invoice's.
    pub currency: Currency,
    pub paid_on: Option<NaiveDate>,
    /// As his bank calls it; may be empty.
    pub reference: String,
    pub note: String,
    pub created_at: Timestamp,
}

/// Says it.
#[derive(Clone, Debug, Default)]
pub struct ClaimPayment {
    pub amount: Option<Money>,
    pub paid_on: Option<NaiveDate>,
    pub reference: Option<String>,
    pub note: Option<String>,
}

impl ClaimPayment {
    /// Judges it for an invoice in this currency.
    pub(crate) fn parse(
        self,
        (id, invoice, link): (InvoiceClaimId, InvoiceId, InvoiceLinkId),
        currency: Currency,
        (said_on, created_at): (NaiveDate, Timestamp),
    ) -> Result<PaymentClaim, Error> {
        let mut fields = Fields::new();
        let amount =
            self.amount.and_then(|money| fields.check(Amount::parse_moved("amount", money, currency)));
        if self.paid_on.is_some_and(|day| day > said_on || day.year() < 1970) {
            let detail = "must be between the year 1970 and today";
            fields.push(FieldFault::new("paidOn", "out_of_range", detail));
        }
        let claim = PaymentClaim {
            id,
            invoice,
            link,
            said_on,
            amount,
            currency,
            paid_on: self.paid_on,
            reference: optional_line(&mut fields, "reference", self.reference, 100).unwrap_or_default(),
            note: optional_text(&mut fields, "note", self.note, 500),
            created_at,
        };
        fields.finish()?;
        Ok(claim)
    }
}
