/// `one crore two lakh three thousand four hundred five`.
pub(super) fn in_lakh(number: u64) -> String {
    const SCALE: [(u64, &str); 6] = [
        (10_000_000_000_000, "nil"),
        (100_000_000_000, "kharab"),
        (1_000_000_000, "arab"),
        (10_000_000, "crore"),
        (100_000, "lakh"),
        (1_000, "thousand"),
    ];
    spelt(number, &SCALE)
}

/// `one million two hundred thousand`.
pub(super) fn in_thousands(number: u64) -> String {
    const SCALE: [(u64, &str); 5] = [
        (1_000_000_000_000_000, "quadrillion"),
        (1_000_000_000_000, "trillion"),
        (1_000_000_000, "billion"),
        (1_000_000, "million"),
        (1_000, "thousand"),
    ];
    spelt(number, &SCALE)
}

/// The largest step may be counted beyond its own size.
fn spelt(number: u64, scale: &[(u64, &str)]) -> String {
    if number == 0 {
        return "zero".to_owned();
    }
    let (mut rest, mut parts) = (number, Vec::new());
    for (size, name) in scale {
        if rest >= *size {
            parts.push(format!("{} {name}", spelt(rest / size, &[])));
            rest %= size;
        }
    }
    if rest >= 100 {
        parts.push(format!("{} hundred", spelt(rest / 100, &[])));
        rest %= 100;
    }
    if rest > 0 {
        parts.push(below_hundred(rest));
    }
    parts.join(" ")
}

fn below_hundred(number: u64) -> String {
    let (tens, ones) = (number / 10, number % 10);
    let word = |words: &[&'static str], at: u64| {
        usize::try_from(at).ok().and_then(|at| words.get(at)).copied().unwrap_or_default()
    };
    match (tens, ones) {
        (0 | 1, _) => word(&ONES, number).to_owned(),
        (_, 0) => word(&TENS, tens).to_owned(),
        _ => format!("{}-{}", word(&TENS, tens), word(&ONES, ones)),
    }
}

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
