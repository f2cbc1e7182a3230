/// The place of a ticket in its column: a whole number, then a fraction in base 256, so that there is always room
/// between two neighbours. Ranks sort like their bytes, whatever a database thinks of text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    whole: i64,
    /// Never ends in a zero.
    fraction: Vec<u8>,
}

/// A fraction grows by one digit with every eight tickets put at the same spot; behind so many the neighbourhood is
/// spread anew.
const LONGEST: usize = 24;

impl Rank {
    /// The end of a column of which so many tickets were put at the end, this one included.
    pub(crate) const fn at_end(tail: i64) -> Self {
        Self::of(tail)
    }

    /// The top, before the ticket that stands first.
    pub(crate) const fn before(first: &Self) -> Self {
        Self::of(first.whole.saturating_sub(1))
    }

    /// Between two neighbours, the lower one first.
    pub(crate) fn between(low: &Self, high: &Self) -> Self {
        let room = high.whole.saturating_sub(low.whole);
        if room > 1 {
            return Self::of(low.whole + room / 2);
        }
        if room == 1 && !high.fraction.is_empty() {
            return Self::of(high.whole);
        }
        let ceiling = if room == 0 { Some(high.fraction.as_slice()) } else { None };
        Self { whole: low.whole, fraction: fraction_between(&low.fraction, ceiling) }
    }

    /// So many ranks between two, evenly.
    pub(crate) fn spread(low: &Self, high: &Self, count: usize) -> Vec<Self> {
        if count == 0 {
            return Vec::new();
        }
        let (left, right) = (count / 2, count - count / 2 - 1);
        let middle = Self::between(low, high);
        let mut ranks = Self::spread(low, &middle, left);
        let above = Self::spread(&middle, high, right);
        ranks.push(middle);
        ranks.extend(above);
        ranks
    }

    /// A place that is no ticket's, where the `number`th of several waits while the others find their own.
    pub(crate) const fn aside(number: i64) -> Self {
        Self::of(i64::MAX - number)
    }

    /// Whether the neighbourhood has become too tight.
    pub(crate) const fn is_long(&self) -> bool {
        self.fraction.len() > LONGEST
    }

    /// The stored form.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let whole = self.whole.cast_unsigned() ^ SIGN;
        whole.to_be_bytes().iter().chain(&self.fraction).copied().collect()
    }

    /// Reads the stored form.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (whole, fraction) = bytes.split_first_chunk()?;
        let whole = (u64::from_be_bytes(*whole) ^ SIGN).cast_signed();
        Some(Self { whole, fraction: fraction.to_vec() })
    }

    const fn of(whole: i64) -> Self {
        Self { whole, fraction: Vec::new() }
    }
}

/// With the sign turned, numbers below zero sort before those above.
const SIGN: u64 = 1 << 63;

/// The middle of two fractions; without a ceiling, of the lower one and 1.
fn fraction_between(low: &[u8], ceiling: Option<&[u8]>) -> Vec<u8> {
    let mut digits = Vec::with_capacity(low.len() + 1);
    let mut ceiling = ceiling;
    loop {
        let place = digits.len();
        let floor = low.get(place).copied().unwrap_or_default();
        let limit = ceiling.and_then(|high| high.get(place)).map_or(256, |digit| u16::from(*digit));
        let middle = u16::midpoint(u16::from(floor), limit).try_into().unwrap_or(u8::MAX);
        if middle > floor {
            digits.push(middle);
            return digits;
        }
        digits.push(floor);
        if u16::from(floor) < limit {
            // Already below the ceiling, whatever follows.
            ceiling = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};

    use super::*;

    fn ranks() -> impl Strategy<Value = Rank> {
        let fraction = vec(any::<u8>(), 0..6).prop_map(|mut digits| {
            while digits.last() == Some(&0) {
                digits.pop();
            }
            digits
        });
        (-3..3i64, fraction).prop_map(|(whole, fraction)| Rank { whole, fraction })
    }

    proptest! {
        #[test]
        fn there_is_room_between_any_two(one in ranks(), other in ranks()) {
            let (low, high) = (Ord::min(&one, &other), Ord::max(&one, &other));
            if low < high {
                let middle = Rank::between(low, high);
                prop_assert!(low < &middle && &middle < high, "{low:?} {middle:?} {high:?}");
                prop_assert!(middle.fraction.last() != Some(&0));
            }
        }

        #[test]
        fn bytes_sort_like_ranks_and_read_back(one in ranks(), other in ranks()) {
            prop_assert_eq!(one.cmp(&other), one.to_bytes().cmp(&other.to_bytes()));
            prop_assert_eq!(Rank::from_bytes(&one.to_bytes()), Some(one));
        }

        #[test]
        fn a_column_keeps_its_order_whatever_is_put_where(places in vec(any::<usize>(), 1..200)) {
            let mut column: Vec<Rank> = Vec::new();
            for (count, place) in (1..).zip(places) {
                let place = place % (column.len() + 1);
                let rank = match (place.checked_sub(1).map(|low| &column[low]), column.get(place)) {
                    (Some(low), Some(high)) => Rank::between(low, high),
                    (None, Some(first)) => Rank::before(first),
                    (_, None) => Rank::at_end(count),
                };
                column.insert(place, rank);
            }
            prop_assert!(column.is_sorted_by(|low, high| low < high), "{column:?}");
        }

        #[test]
        fn what_is_spread_is_short_and_in_order(count in 0..600usize) {
            let (low, high) = (Rank::at_end(7), Rank::at_end(8));
            let spread = Rank::spread(&low, &high, count);
            prop_assert_eq!(spread.len(), count);
            let all: Vec<_> = [low].into_iter().chain(spread).chain([high]).collect();
            prop_assert!(all.is_sorted_by(|low, high| low < high));
            prop_assert!(all.iter().all(|rank| rank.fraction.len() <= 2));
        }
    }

    #[test]
    fn the_same_spot_becomes_tight_only_after_many() {
        let (low, mut high) = (Rank::at_end(1), Rank::at_end(2));
        let fits = (1..).take_while(|_| {
            high = Rank::between(&low, &high);
            !high.is_long()
        });
        assert!(fits.count() > 150);
    }
}
