use std::cmp::Reverse;

use crate::Amount;

/// Parts an amount among weights in proportion, exactly: everybody gets his share rounded down, and the minor units
/// that are left go to the largest remainders, of equal ones to the first (Hamilton's method). No part is larger than
/// its weight, as long as the whole is not larger than all weights together; callers see to that.
pub(crate) fn allocate(whole: Amount, weights: &[Amount]) -> Vec<Amount> {
    let sum: i128 = weights.iter().map(|weight| weight.wide()).sum();
    debug_assert!(whole.wide() <= sum, "{whole} is more than its weights");
    if sum == 0 {
        return vec![Amount::ZERO; weights.len()];
    }
    let product = |weight: &Amount| whole.wide() * weight.wide();
    let mut parts: Vec<i128> = weights.iter().map(|weight| product(weight) / sum).collect();
    let left = whole.wide() - parts.iter().sum::<i128>();
    let mut remainders: Vec<_> = (0..).zip(weights).map(|(at, weight)| (product(weight) % sum, at)).collect();
    remainders.sort_by_key(|(remainder, at): &(i128, usize)| (Reverse(*remainder), *at));
    for (_, at) in remainders.iter().take(usize::try_from(left).unwrap_or_default()) {
        if let Some(part) = parts.get_mut(*at) {
            *part += 1;
        }
    }
    let parts = parts.into_iter().map(Amount::from_wide);
    parts.map(|part| part.expect("a part is no more than the whole")).collect()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    use super::*;

    fn amounts(minors: &[i64]) -> Vec<Amount> {
        minors.iter().map(|minor| Amount::new(*minor).expect("in range")).collect()
    }

    fn parts(whole: i64, weights: &[i64]) -> Vec<i64> {
        allocate(Amount::new(whole).expect("in range"), &amounts(weights))
            .into_iter()
            .map(Amount::minor)
            .collect()
    }

    #[test]
    fn what_is_left_goes_to_the_largest_remainders_then_to_the_first() {
        assert_eq!(parts(100, &[100, 100, 100]), [34, 33, 33]);
        assert_eq!(parts(10, &[15, 15, 70]), [2, 1, 7]);
        assert_eq!(parts(2, &[1, 1, 1]), [1, 1, 0]);
        assert_eq!(parts(0, &[5, 0]), [0, 0]);
        assert_eq!(parts(0, &[0, 0]), [0, 0]);
        assert_eq!(parts(0, &[]), [0; 0]);
    }

    proptest! {
        #[test]
        fn parts_add_up_and_stay_within_a_unit_and_their_weights(
            weights in vec(0..=2_000_000_000_000_i64, 1..40),
            share in 0..=10_000_i64,
        ) {
            let weights = amounts(&weights);
            let sum = Amount::sum(weights.iter().copied()).expect("in range");
            let whole = Amount::new(i64::try_from(sum.wide() * i128::from(share) / 10_000).unwrap()).unwrap();
            let parts = allocate(whole, &weights);
            prop_assert_eq!(Amount::sum(parts.iter().copied()), Some(whole));
            for (part, weight) in parts.iter().zip(&weights) {
                prop_assert!(part <= weight);
                let off = part.wide() * sum.wide() - whole.wide() * weight.wide();
                prop_assert!(off.abs() < sum.wide().max(1), "{part} of {weight}");
            }
        }
    }
}
