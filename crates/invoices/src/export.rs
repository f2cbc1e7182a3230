use chrono::NaiveDate;
use futures_util::stream::BoxStream;
use kernel::csv_text;

use crate::{Amount, Balance, Error, Invoice};

/// CSV in chunks: the heading first, then up to a thousand invoices each.
pub type CsvStream = BoxStream<'static, Result<Vec<u8>, Error>>;

const HEADING: [&str; 19] = [
    "number",
    "status",
    "overdue",
    "customer",
    "currency",
    "po_number",
    "issued_on",
    "issued_on_bs",
    "due_on",
    "subtotal",
    "discount",
    "tax",
    "total",
    "paid",
    "credited",
    "refunded",
    "due",
    "created_at",
    "id",
];

/// The first line.
pub(crate) fn heading() -> Vec<u8> {
    let mut sheet = Sheet::new();
    sheet.line(HEADING.map(str::to_owned));
    sheet.into_bytes()
}

/// One line for each invoice.
pub(crate) fn lines(invoices: &[Invoice], today: NaiveDate) -> Vec<u8> {
    let mut sheet = Sheet::new();
    for invoice in invoices {
        sheet.line(cells(invoice, today));
    }
    sheet.into_bytes()
}

/// What people wrote is made harmless; what the program wrote stays as it is. Sums are in the currency's own unit.
fn cells(invoice: &Invoice, today: NaiveDate) -> [String; HEADING.len()] {
    let text = |text: &str| csv_text(text).into_owned();
    let issue = invoice.issue.as_ref();
    let balance = invoice.balance().unwrap_or_else(|| Balance::of(Amount::ZERO));
    let sum = |amount: Amount| decimal(amount.minor(), invoice.currency.decimals());
    [
        issue.map(|issue| issue.number.to_string()).unwrap_or_default(),
        invoice.life.status().name().to_owned(),
        if invoice.is_overdue(today) { "yes" } else { "no" }.to_owned(),
        text(&invoice.customer_name),
        invoice.currency.code().to_owned(),
        text(&invoice.po_number),
        issue.map(|issue| issue.on.to_string()).unwrap_or_default(),
        issue.and_then(|issue| issue.on_bs).map(|day| day.to_string()).unwrap_or_default(),
        invoice.due_on.map(|day| day.to_string()).unwrap_or_default(),
        sum(invoice.sums.subtotal),
        sum(invoice.sums.discount),
        sum(invoice.sums.tax),
        sum(invoice.sums.total),
        sum(balance.paid()),
        sum(balance.credited()),
        sum(balance.refunded()),
        sum(balance.due()),
        invoice.created_at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
        invoice.id.to_string(),
    ]
}

/// Minor units with the point where the currency has it.
fn decimal(minor: i64, decimals: u32) -> String {
    let unit = 10_i64.pow(decimals);
    if unit == 1 {
        return minor.to_string();
    }
    format!("{}.{:0width$}", minor / unit, minor % unit, width = decimals as usize)
}

/// RFC 4180: quoted where needed, lines ended by CR LF.
struct Sheet(csv::Writer<Vec<u8>>);

impl Sheet {
    fn new() -> Self {
        Self(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new()))
    }

    fn line(&mut self, cells: [String; HEADING.len()]) {
        self.0.write_record(cells).expect("memory takes every line, and all are of one length");
    }

    fn into_bytes(self) -> Vec<u8> {
        self.0.into_inner().expect("memory takes every line")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_have_the_decimals_of_their_currency() {
        assert_eq!(decimal(123_405, 2), "1234.05");
        assert_eq!(decimal(5, 2), "0.05");
        assert_eq!(decimal(5, 0), "5");
        assert_eq!(decimal(1_005, 3), "1.005");
    }
}
