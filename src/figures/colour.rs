//! Colours and what an eye makes of them: contrast (WCAG 2.2) and distance (OKLab).

use std::fmt;

/// An sRGB colour.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// From `0xRRGGBB`.
    pub const fn hex(code: u32) -> Self {
        Self((code >> 16) as u8, (code >> 8) as u8, code as u8)
    }

    /// Reads `#RRGGBB`, in either case.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        u32::from_str_radix(digits, 16).ok().map(Self::hex)
    }

    /// Linear light of the three channels, 0 to 1.
    pub fn linear(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// Relative luminance, 0 (black) to 1 (white).
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Contrast ratio with another colour, 1 to 21 (WCAG 2.2, success criterion 1.4.3).
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Distance to another colour in OKLab, times 100.
    pub fn distance(self, other: Self) -> f64 {
        oklab_distance(self.linear(), other.linear())
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

/// Distance of two colours given in linear light, in OKLab (Ottosson 2020), times 100.
pub fn oklab_distance(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (oklab(a), oklab(b));
    100.0 * (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f64>().sqrt()
}

fn oklab([r, g, b]: [f64; 3]) -> [f64; 3] {
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_has_the_contrast_of_21_and_a_colour_with_itself_of_1() {
        assert!((Rgb::hex(0).contrast(Rgb::hex(0xFFFFFF)) - 21.0).abs() < 1e-9);
        assert_eq!(Rgb::hex(0x76828A).contrast(Rgb::hex(0x76828A)), 1.0);
    }

    #[test]
    fn a_colour_reads_back_as_it_was_written() {
        assert_eq!(Rgb::parse("#005a78").map(|c| c.to_string()).as_deref(), Some("#005A78"));
        assert_eq!(Rgb::parse("005a78"), None);
        assert_eq!(Rgb::parse("#05a"), None);
    }

    #[test]
    fn white_and_black_are_100_apart_in_oklab() {
        assert!((Rgb::hex(0).distance(Rgb::hex(0xFFFFFF)) - 100.0).abs() < 0.01);
    }
}
