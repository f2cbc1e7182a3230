use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};

use super::*;
use crate::{BasisPoints, Description};

fn amount(minor: i64) -> Amount {
    Amount::new(minor).expect("in range")
}

fn points(points: i64) -> BasisPoints {
    BasisPoints::new(points).expect("in range")
}

fn vat() -> TaxClass {
    TaxClass::Rated(points(1_300))
}

fn line(thousandths: i64, price: i64, discount: Discount, tax: TaxClass) -> Line {
    Line {
        description: Description::from_stored("Tea".to_owned()),
        quantity: Quantity::from_thousandths(thousandths).expect("in range"),
        unit_price: amount(price),
        discount,
        tax,
    }
}

fn totals(lines: Vec<Line>, discount: Discount) -> Result<Totals, Vec<FieldFault>> {
    Totals::of(&Lines::from_stored(lines), discount)
}

fn faults(lines: Vec<Line>, discount: Discount) -> Vec<(String, &'static str)> {
    let faults = totals(lines, discount).expect_err("refused");
    faults.into_iter().map(|fault| (fault.field, fault.code)).collect()
}

#[test]
fn a_document_comes_to_what_one_adds_up_by_hand() {
    let lines = vec![
        // 2.5 x 199.99 = 499.975, half up 499.98; 10 % of it is 49.998, half up 50.00.
        line(2_500, 19_999, Discount::Share(points(1_000)), vat()),
        // 3 x 100.00 less 25.00.
        line(3_000, 10_000, Discount::Amount(amount(2_500)), TaxClass::Exempt),
        line(1_000, 7_500, Discount::None, vat()),
    ];
    let totals = totals(lines, Discount::Amount(amount(10_000))).expect("in range");
    let of = |read: fn(&LineTotals) -> Amount| {
        totals.lines.iter().map(|line| read(line).minor()).collect::<Vec<_>>()
    };
    assert_eq!(of(|line| line.gross), [49_998, 30_000, 7_500]);
    assert_eq!(of(|line| line.discount), [5_000, 2_500, 0]);
    assert_eq!(of(|line| line.amount), [44_998, 27_500, 7_500]);
    assert_eq!(totals.subtotal, amount(79_998));
    // 100.00 parted by 44,998 : 27,500 : 7,500 is 5,624.89, 3,437.59, 937.52; two units are left.
    assert_eq!(of(|line| line.net), [39_373, 24_062, 6_563]);
    let (taxable, tax) = (amount(45_936), amount(5_972));
    assert_eq!(
        totals.taxes,
        [
            TaxTotal { class: vat(), taxable, tax },
            TaxTotal { class: TaxClass::Exempt, taxable: amount(24_062), tax: Amount::ZERO },
        ]
    );
    assert_eq!(of(|line| line.tax), [5_119, 0, 853]);
    assert_eq!((totals.discount, totals.tax, totals.total), (amount(10_000), tax, amount(75_970)));
}

#[test]
fn tax_is_rounded_once_for_a_rate_and_not_for_each_line() {
    // 13 % of 0.50 is 0.065; rounded each time, three of them would be 0.21 instead of 0.195, half up 0.20.
    let lines = vec![line(1_000, 50, Discount::None, vat()); 3];
    let totals = totals(lines, Discount::None).expect("in range");
    assert_eq!(totals.tax, amount(20));
    assert_eq!(totals.lines.iter().map(|line| line.tax.minor()).collect::<Vec<_>>(), [7, 7, 6]);
}

#[test]
fn nothing_comes_to_nothing() {
    let empty = totals(Vec::new(), Discount::Share(points(500))).expect("in range");
    assert_eq!((empty.total, empty.taxes.len()), (Amount::ZERO, 0));
    let free = totals(vec![line(1_000, 0, Discount::None, vat())], Discount::None).expect("in range");
    assert_eq!(free.taxes, [TaxTotal { class: vat(), taxable: Amount::ZERO, tax: Amount::ZERO }]);
    let given_away =
        vec![line(1_000, 900, Discount::None, vat()), line(1_000, 100, Discount::None, TaxClass::Zero)];
    assert_eq!(totals(given_away, Discount::Amount(amount(1_000))).expect("in range").total, Amount::ZERO);
}

#[test]
fn all_lines_that_are_too_large_are_told_at_once() {
    let most = Amount::MOST.minor();
    let lines = vec![
        line(999_999_999_999, most, Discount::None, vat()),
        line(1_000, 100, Discount::None, vat()),
        line(1_000, 100, Discount::Amount(amount(101)), vat()),
    ];
    assert_eq!(
        faults(lines, Discount::None),
        [
            ("lines/0/unitPrice".to_owned(), "too_large"),
            ("lines/2/discount".to_owned(), "discount_too_large")
        ]
    );
}

#[test]
fn a_document_that_is_too_large_or_takes_too_much_off_is_refused() {
    let most = Amount::MOST.minor();
    let large = line(1_000, most, Discount::None, TaxClass::Zero);
    assert_eq!(totals(vec![large.clone()], Discount::None).expect("just fits").total, Amount::MOST);
    assert_eq!(faults(vec![large.clone(), large], Discount::None), [("lines".to_owned(), "too_large")]);
    let taxed = line(1_000, most, Discount::None, vat());
    assert_eq!(faults(vec![taxed], Discount::None), [("lines".to_owned(), "too_large")]);
    let small = line(1_000, 100, Discount::None, vat());
    assert_eq!(
        faults(vec![small], Discount::Amount(amount(101))),
        [("discount".to_owned(), "discount_too_large")]
    );
}

fn a_class() -> impl Strategy<Value = TaxClass> {
    prop_oneof![
        Just(vat()),
        (1..=10_000_i64).prop_map(|rate| TaxClass::Rated(points(rate))),
        Just(TaxClass::Zero),
        Just(TaxClass::Exempt),
        Just(TaxClass::Untaxed),
    ]
}

fn a_discount() -> impl Strategy<Value = Discount> {
    prop_oneof![
        Just(Discount::None),
        (0..=10_000_i64).prop_map(|share| Discount::Share(points(share))),
        prop_oneof![0..=3_i64, 0..=50_000_i64].prop_map(|off| Discount::Amount(amount(off))),
    ]
}

/// The totals, without the document's discount where it is more than there is.
fn lawful(lines: Vec<Line>, discount: Discount) -> Totals {
    totals(lines.clone(), discount).or_else(|_| totals(lines, Discount::None)).expect("in range")
}

fn some_lines() -> impl Strategy<Value = Vec<Line>> {
    // Small prices, too: with them the odd units weigh most.
    let a_price = prop_oneof![0..=10_i64, 0..=5_000_000_i64];
    let a_line = (1..=100_000_i64, a_price, a_discount(), a_class());
    let a_line = a_line.prop_map(|(quantity, price, off, class)| {
        let with = line(quantity, price, off, class);
        if Gross::of(&with).is_ok() { with } else { line(quantity, price, Discount::None, class) }
    });
    vec(a_line, 0..25)
}

proptest! {
    #[test]
    fn the_sum_of_the_lines_is_the_total(lines in some_lines(), discount in a_discount()) {
        let totals = lawful(lines.clone(), discount);
        let sum = |read: fn(&LineTotals) -> Amount| Amount::sum(totals.lines.iter().map(read)).expect("in range");
        prop_assert_eq!(sum(|line| line.total), totals.total);
        prop_assert_eq!(sum(|line| line.tax), totals.tax);
        prop_assert_eq!(sum(|line| line.amount), totals.subtotal);
        prop_assert_eq!(sum(|line| line.net), totals.subtotal.less(totals.discount));
        prop_assert_eq!(Amount::sum(totals.taxes.iter().map(|class| class.taxable)), totals.subtotal.minus(totals.discount));
        prop_assert_eq!(totals.lines.len(), lines.len());
        for line in &totals.lines {
            prop_assert!(line.net <= line.amount && line.amount <= line.gross);
            prop_assert_eq!(Some(line.total), line.net.plus(line.tax));
        }
    }

    #[test]
    fn each_rounding_is_the_nearest(lines in some_lines(), discount in a_discount()) {
        let totals = lawful(lines.clone(), discount);
        for (line, total) in lines.iter().zip(&totals.lines) {
            let off = total.gross.wide() * 1_000 - i128::from(line.quantity.thousandths()) * line.unit_price.wide();
            prop_assert!(-500 < off && off <= 500, "a gross");
            let off = total.tax.wide() * 10_000 - total.net.wide() * i128::from(line.tax.rate().get());
            prop_assert!(off.abs() < 20_000, "the part of a tax");
        }
        for class in &totals.taxes {
            let off = class.tax.wide() * 10_000 - class.taxable.wide() * i128::from(class.class.rate().get());
            prop_assert!(-5_000 < off && off <= 5_000, "a tax");
        }
    }

    #[test]
    fn the_order_of_lines_does_not_change_what_is_due(lines in some_lines(), discount in a_discount()) {
        // The odd units of a discount may go to another line, and so to another tax.
        let backwards: Vec<_> = lines.iter().rev().cloned().collect();
        let (one, other) = (lawful(lines, discount), lawful(backwards, discount));
        prop_assert_eq!((one.subtotal, one.discount), (other.subtotal, other.discount));
        let whole = one.discount.is_zero();
        prop_assert!(!whole || one.taxes == other.taxes, "{:?} {:?}", one.taxes, other.taxes);
    }
}
