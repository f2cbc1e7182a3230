use kernel::{FieldFault, multi_line};

use crate::balance::Credited;
use crate::{Amount, Balance, Lines, Refusal, Totals};

/// Where an invoice is in its life: a draft is issued once and never changes again; what was issued can be paid,
/// credited and refunded, or made void as long as nothing of that has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    Draft,
    Issued(Balance),
    /// Keeps its number.
    Void,
}

/// The same as people see and filter it. That an invoice is overdue is no status: see [`Balance::is_overdue`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    Draft,
    /// Nothing paid yet, something due.
    Issued,
    /// Something paid, something due.
    PartiallyPaid,
    /// Nothing due, be it paid, credited or free.
    Paid,
    Void,
}

/// Why an invoice was made void, a credit written or money refunded: 1 to 500 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

impl Life {
    /// Refuses whatever is issued: only drafts are changed, and deleted.
    pub const fn must_be_draft(self) -> Result<(), Refusal> {
        match self {
            Self::Draft => Ok(()),
            Self::Issued(_) => Err(Refusal::NotDraft),
            Self::Void => Err(Refusal::Void),
        }
    }

    /// Issues a draft that has lines.
    pub fn issue(self, lines: &Lines, totals: &Totals) -> Result<Self, Refusal> {
        self.must_be_draft()?;
        if lines.as_slice().is_empty() {
            return Err(Refusal::NoLines);
        }
        Ok(Self::Issued(Balance::of(totals.total)))
    }

    /// Books a payment; see [`Balance::pay`].
    pub fn pay(self, amount: Amount) -> Result<Self, Refusal> {
        self.issued()?.pay(amount).map(Self::Issued)
    }

    /// Books a credit note; see [`Balance::credit`].
    pub fn credit(self, amount: Amount) -> Result<(Self, Credited), Refusal> {
        let credited = self.issued()?.credit(amount)?;
        Ok((Self::Issued(credited.balance), credited))
    }

    /// Books a refund; see [`Balance::refund`].
    pub fn refund(self, amount: Amount) -> Result<Self, Refusal> {
        self.issued()?.refund(amount).map(Self::Issued)
    }

    /// Makes it void, unless it was paid or credited, be it in part; money that was paid back was paid.
    pub fn void(self) -> Result<Self, Refusal> {
        let balance = self.issued()?;
        if !balance.paid().is_zero() {
            return Err(Refusal::HasPayments);
        }
        if !balance.credited().is_zero() {
            return Err(Refusal::HasCreditNotes);
        }
        Ok(Self::Void)
    }

    /// The status that follows.
    pub fn status(self) -> Status {
        match self {
            Self::Draft => Status::Draft,
            Self::Void => Status::Void,
            Self::Issued(balance) if balance.due().is_zero() => Status::Paid,
            Self::Issued(balance) if balance.paid().is_zero() => Status::Issued,
            Self::Issued(_) => Status::PartiallyPaid,
        }
    }

    /// The balance of what is in force.
    pub const fn issued(self) -> Result<Balance, Refusal> {
        match self {
            Self::Draft => Err(Refusal::NotIssued),
            Self::Issued(balance) => Ok(balance),
            Self::Void => Err(Refusal::Void),
        }
    }
}

impl Status {
    /// Every one, in the order of an invoice's life.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Issued, Self::PartiallyPaid, Self::Paid, Self::Void];

    /// The word on the wire and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Issued => "issued",
            Self::PartiallyPaid => "partially_paid",
            Self::Paid => "paid",
            Self::Void => "void",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

impl Reason {
    const LONGEST: usize = 500;

    /// Judges a reason.
    pub fn parse(field: &str, text: &str) -> Result<Self, FieldFault> {
        if text.trim().is_empty() {
            return Err(FieldFault::new(field, "required", "say why"));
        }
        multi_line(field, text.trim(), Self::LONGEST).map(Self)
    }

    /// Takes a reason that was judged before.
    pub const fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Description, Discount, Line, Quantity, TaxClass};

    fn amount(minor: i64) -> Amount {
        Amount::new(minor).expect("in range")
    }

    fn issued(total: i64) -> Life {
        let line = Line {
            description: Description::from_stored("Tea".to_owned()),
            quantity: Quantity::from_thousandths(1_000).expect("in range"),
            unit_price: amount(total),
            discount: Discount::None,
            tax: TaxClass::Untaxed,
        };
        let lines = Lines::from_stored(vec![line]);
        let totals = Totals::of(&lines, Discount::None).expect("in range");
        Life::Draft.issue(&lines, &totals).expect("a draft")
    }

    #[test]
    fn an_invoice_is_issued_paid_in_parts_and_then_paid() {
        let life = issued(100);
        assert_eq!(life.status(), Status::Issued);
        let life = life.pay(amount(40)).expect("due");
        assert_eq!(life.status(), Status::PartiallyPaid);
        let life = life.pay(amount(60)).expect("due");
        assert_eq!(life.status(), Status::Paid);
        let (life, credited) = life.credit(amount(100)).expect("uncredited");
        assert_eq!(credited.refundable, amount(100));
        assert_eq!(life.refund(amount(100)).expect("refundable").status(), Status::Paid);
    }

    #[test]
    fn a_credit_for_all_that_is_due_leaves_nothing_to_pay() {
        let (life, _) = issued(100).credit(amount(100)).expect("uncredited");
        assert_eq!(life.status(), Status::Paid);
        assert_eq!(issued(0).status(), Status::Paid);
    }

    #[test]
    fn what_is_issued_is_never_a_draft_again() {
        let empty = Lines::default();
        let totals = Totals::of(&empty, Discount::None).expect("in range");
        assert_eq!(Life::Draft.issue(&empty, &totals), Err(Refusal::NoLines));
        assert_eq!(issued(1).issue(&empty, &totals), Err(Refusal::NotDraft));
        assert_eq!(issued(1).must_be_draft(), Err(Refusal::NotDraft));
        assert_eq!(Life::Void.must_be_draft(), Err(Refusal::Void));
        assert_eq!(Life::Draft.must_be_draft(), Ok(()));
    }

    #[test]
    fn only_what_nobody_paid_or_credited_becomes_void() {
        assert_eq!(issued(100).void(), Ok(Life::Void));
        let paid = issued(100).pay(amount(1)).expect("due");
        assert_eq!(paid.void(), Err(Refusal::HasPayments));
        let (credited, _) = issued(100).credit(amount(1)).expect("uncredited");
        assert_eq!(credited.void(), Err(Refusal::HasCreditNotes));
        assert_eq!(Life::Void.void(), Err(Refusal::Void));
        assert_eq!(Life::Draft.void(), Err(Refusal::NotIssued));
    }

    #[test]
    fn nothing_is_booked_on_what_is_not_in_force() {
        for (life, refusal) in [(Life::Draft, Refusal::NotIssued), (Life::Void, Refusal::Void)] {
            assert_eq!(life.pay(amount(1)).as_ref(), Err(&refusal));
            assert_eq!(life.credit(amount(1)).as_ref(), Err(&refusal));
            assert_eq!(life.refund(amount(1)).as_ref(), Err(&refusal));
        }
    }

    #[test]
    fn statuses_have_names() {
        for status in Status::ALL {
            assert_eq!(Status::named(status.name()), Some(status));
        }
        assert_eq!(Status::named("overdue"), None);
    }
}
