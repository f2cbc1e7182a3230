use chrono::NaiveDate;

use crate::{Amount, Refusal};

/// What was asked, paid, credited and paid back of an issued invoice, and what follows from that:
///
/// `total = due + credited + (paid - refunded) - refundable`, where `due` or `refundable` is nothing, or both are.
///
/// A credit reduces what is due first; what it takes beyond that has been paid already and may be refunded. Nothing is
/// ever below zero. All amounts are in the invoice's currency; that one is more than nothing is judged where it comes
/// in, by [`Amount::parse_moved`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    total: Amount,
    paid: Amount,
    credited: Amount,
    refunded: Amount,
}

/// What became of a credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credited {
    pub balance: Balance,
    /// By how much less is due.
    pub reduced: Amount,
    /// The rest, which may be refunded.
    pub refundable: Amount,
}

impl Balance {
    /// Of an invoice that was just issued.
    pub const fn of(total: Amount) -> Self {
        Self { total, paid: Amount::ZERO, credited: Amount::ZERO, refunded: Amount::ZERO }
    }

    /// From the sums of what was recorded; `None` if those could not have come about.
    pub fn from_stored(total: Amount, paid: Amount, credited: Amount, refunded: Amount) -> Option<Self> {
        let before = Self { total, paid, credited, refunded: Amount::ZERO };
        let lawful = paid <= total && credited <= total && refunded <= before.refundable();
        lawful.then_some(Self { refunded, ..before })
    }

    /// Books a payment: at most what is due.
    pub fn pay(self, amount: Amount) -> Result<Self, Refusal> {
        let due = self.due();
        match self.paid.plus(amount) {
            Some(paid) if amount <= due => Ok(Self { paid, ..self }),
            _ => Err(Refusal::Overpayment { due }),
        }
    }

    /// Books a credit note: at most what is not yet credited.
    pub fn credit(self, amount: Amount) -> Result<Credited, Refusal> {
        let uncredited = self.uncredited();
        let credited = self.credited.plus(amount).filter(|_| amount <= uncredited);
        let credited = credited.ok_or(Refusal::CreditTooLarge { uncredited })?;
        let reduced = self.due().min(amount);
        let balance = Self { credited, ..self };
        Ok(Credited { balance, reduced, refundable: amount.less(reduced) })
    }

    /// Books money that was paid back: at most what is refundable.
    pub fn refund(self, amount: Amount) -> Result<Self, Refusal> {
        let refundable = self.refundable();
        match self.refunded.plus(amount) {
            Some(refunded) if amount <= refundable => Ok(Self { refunded, ..self }),
            _ => Err(Refusal::RefundTooLarge { refundable }),
        }
    }

    /// What is still to be paid.
    pub fn due(&self) -> Amount {
        self.uncredited().less(self.kept())
    }

    /// What credit notes may still take.
    pub fn uncredited(&self) -> Amount {
        self.total.less(self.credited)
    }

    /// What was paid beyond what is owed after the credit notes, and not yet paid back.
    pub fn refundable(&self) -> Amount {
        self.kept().less(self.uncredited())
    }

    /// What was paid and not paid back.
    pub fn kept(&self) -> Amount {
        self.paid.less(self.refunded)
    }

    pub const fn total(&self) -> Amount {
        self.total
    }

    /// All payments together.
    pub const fn paid(&self) -> Amount {
        self.paid
    }

    /// All credit notes together.
    pub const fn credited(&self) -> Amount {
        self.credited
    }

    /// All refunds together.
    pub const fn refunded(&self) -> Amount {
        self.refunded
    }

    /// Whether something is due, and its last day has passed. Both days are the organization's.
    pub fn is_overdue(&self, due_on: NaiveDate, today: NaiveDate) -> bool {
        !self.due().is_zero() && today > due_on
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};

    use super::*;

    fn amount(minor: i64) -> Amount {
        Amount::new(minor).expect("in range")
    }

    #[test]
    fn a_credit_reduces_what_is_due_first_and_the_rest_is_refundable() {
        let balance = Balance::of(amount(100)).pay(amount(60)).expect("due");
        let credited = balance.credit(amount(70)).expect("uncredited");
        assert_eq!((credited.reduced, credited.refundable), (amount(40), amount(30)));
        let balance = credited.balance;
        assert_eq!(
            (balance.due(), balance.refundable(), balance.uncredited()),
            (Amount::ZERO, amount(30), amount(30))
        );
        let refused = balance.refund(amount(31)).expect_err("too much");
        assert_eq!(refused, Refusal::RefundTooLarge { refundable: amount(30) });
        let balance = balance.refund(amount(30)).expect("refundable");
        assert_eq!(
            (balance.due(), balance.refundable(), balance.kept()),
            (Amount::ZERO, Amount::ZERO, amount(30))
        );
    }

    #[test]
    fn nobody_pays_or_credits_too_much() {
        let balance = Balance::of(amount(100)).pay(amount(99)).expect("due");
        assert_eq!(balance.pay(amount(2)), Err(Refusal::Overpayment { due: amount(1) }));
        assert_eq!(balance.credit(amount(101)), Err(Refusal::CreditTooLarge { uncredited: amount(100) }));
        assert_eq!(balance.pay(Amount::MOST), Err(Refusal::Overpayment { due: amount(1) }));
    }

    #[test]
    fn what_is_due_is_overdue_from_the_day_after() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let balance = Balance::of(amount(100));
        assert!(!balance.is_overdue(day("2026-07-16"), day("2026-07-16")));
        assert!(balance.is_overdue(day("2026-07-16"), day("2026-07-17")));
        let paid = balance.pay(amount(100)).expect("due");
        assert!(!paid.is_overdue(day("2026-07-16"), day("2027-07-16")));
    }

    #[derive(Clone, Copy, Debug)]
    enum Act {
        Pay(Amount),
        Credit(Amount),
        Refund(Amount),
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        let sum = || (0..=120_i64).prop_map(amount);
        vec(
            prop_oneof![sum().prop_map(Act::Pay), sum().prop_map(Act::Credit), sum().prop_map(Act::Refund)],
            0..30,
        )
    }

    proptest! {
        #[test]
        fn nothing_is_ever_below_zero_whatever_happens(total in 0..=200_i64, acts in acts()) {
            let mut balance = Balance::of(amount(total));
            for act in acts {
                let (next, room, wanted) = match act {
                    Act::Pay(sum) => (balance.pay(sum), balance.due(), sum),
                    Act::Credit(sum) => (balance.credit(sum).map(|done| done.balance), balance.uncredited(), sum),
                    Act::Refund(sum) => (balance.refund(sum), balance.refundable(), sum),
                };
                prop_assert_eq!(next.is_ok(), wanted <= room, "{:?} of {:?}", act, balance);
                balance = next.unwrap_or(balance);
                let minor = |amount: Amount| amount.minor();
                let sum = minor(balance.due()) + minor(balance.credited()) + minor(balance.paid())
                    - minor(balance.refunded()) - minor(balance.refundable());
                prop_assert_eq!(sum, total);
                prop_assert!(balance.due().is_zero() || balance.refundable().is_zero());
                prop_assert!(balance.refunded() <= balance.paid() && balance.refunded() <= balance.credited());
                prop_assert!(balance.credited() <= balance.total() && balance.paid() <= balance.total());
                let Balance { total, paid, credited, refunded } = balance;
                prop_assert_eq!(Balance::from_stored(total, paid, credited, refunded), Some(balance));
            }
        }

        #[test]
        fn sums_that_could_not_have_come_about_are_refused(
            total in 0..=50_i64, paid in 0..=60_i64, credited in 0..=60_i64, refunded in 0..=60_i64,
        ) {
            let lawful = paid <= total && credited <= total && refunded <= (paid + credited - total).max(0);
            let read = Balance::from_stored(amount(total), amount(paid), amount(credited), amount(refunded));
            prop_assert_eq!(read.is_some(), lawful);
        }
    }
}
