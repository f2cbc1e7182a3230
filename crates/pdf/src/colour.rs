use std::fmt;
use std::str::FromStr;

use crate::Error;

/// The colour that a paper is accented with, `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Accent(Colour);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Colour([u8; 3]);

/// What WCAG 2 asks of text (1.4.3, level AA).
const READABLE: f64 = 4.5;

impl Accent {
    /// The colour as it was given.
    pub(crate) const fn plain(self) -> Colour {
        self.0
    }

    /// A readable colour of text on the accent.
    pub(crate) fn text_on(self) -> Colour {
        let dark = Colour([0x11, 0x18, 0x27]);
        if self.0.contrast(Colour::WHITE) >= READABLE { Colour::WHITE } else { self.0.darkest_of(dark) }
    }

    /// The accent as a colour of text on white: as dark as that needs, no darker.
    pub(crate) fn ink(self) -> Colour {
        let steps = (0..=20).map(|step| self.0.mix(Colour::BLACK, f64::from(step) / 20.0));
        let mut readable = steps.filter(|colour| colour.contrast(Colour::WHITE) >= READABLE);
        readable.next().unwrap_or(Colour::BLACK)
    }

    /// A breath of the accent, to stand behind text.
    pub(crate) fn tint(self) -> Colour {
        self.0.mix(Colour::WHITE, 0.93)
    }
}

impl Default for Accent {
    /// A deep teal.
    fn default() -> Self {
        Self(Colour([0x0f, 0x76, 0x6e]))
    }
}

impl Colour {
    const WHITE: Self = Self([0xff; 3]);
    const BLACK: Self = Self([0; 3]);

    /// Relative luminance, as WCAG 2 defines it.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// 1 (the same) to 21 (black on white).
    fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// This dark colour if it is readable on this ground, else black.
    fn darkest_of(self, dark: Self) -> Self {
        if self.contrast(dark) >= READABLE { dark } else { Self::BLACK }
    }

    /// So much of the other, from 0 to 1.
    fn mix(self, other: Self, share: f64) -> Self {
        let channel = |(mine, its): (u8, u8)| {
            let mixed = f64::from(mine) * (1.0 - share) + f64::from(its) * share;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between two bytes there are only bytes"
            )]
            let byte = mixed.round() as u8;
            byte
        };
        let ([r, g, b], [r2, g2, b2]) = (self.0, other.0);
        Self([channel((r, r2)), channel((g, g2)), channel((b, b2))])
    }
}

impl FromStr for Accent {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let digits = text.strip_prefix('#').ok_or(Error::NoColour)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Error::NoColour);
        }
        let number = u32::from_str_radix(digits, 16).expect("six hexadecimal digits");
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self(Colour([red, green, blue])))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, proptest};

    use super::*;

    #[test]
    fn a_colour_has_one_spelling() {
        assert_eq!("#0F766e".parse::<Accent>().expect("a colour"), Accent::default());
        for text in ["", "#", "0f766e", "#0f766", "#0f766e0", "#0f76+e", "#gggggg", "teal", "#é0766"] {
            assert_eq!(text.parse::<Accent>(), Err(Error::NoColour), "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 0.001);
        assert!((Colour([0x77; 3]).contrast(Colour::WHITE) - 4.478).abs() < 0.001);
    }

    proptest! {
        #[test]
        fn whatever_the_accent_its_texts_are_readable(rgb: [u8; 3]) {
            let accent = Accent(Colour(rgb));
            prop_assert!(accent.plain().contrast(accent.text_on()) >= READABLE);
            prop_assert!(accent.ink().contrast(Colour::WHITE) >= READABLE);
            prop_assert!(accent.ink().contrast(accent.tint()) >= 3.9, "{}", accent.ink().contrast(accent.tint()));
        }
    }
}
