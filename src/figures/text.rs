//! How wide a text is, from the metrics of the fonts that the pages are set in (Source Sans 3).

use std::sync::LazyLock;

use ttf_parser::Face;

use super::{colour::Rgb, palette};

/// Millimetres in a typographic point.
pub const POINT: f64 = 25.4 / 72.0;
/// Height of the tallest letters over the baseline, in ems.
pub const ASCENT: f64 = 0.73;
/// Depth of the deepest letters under the baseline, in ems.
pub const DESCENT: f64 = 0.21;
/// Height of a capital letter, in ems.
pub const CAP_HEIGHT: f64 = 0.66;

/// Weight and slope.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cut {
    /// 400.
    Regular,
    /// 400, italic.
    Italic,
    /// 600.
    Semibold,
    /// 700.
    Bold,
}

/// How a text is set.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Style {
    /// Size, points.
    pub size: f64,
    /// Weight and slope.
    pub cut: Cut,
    /// Colour.
    pub fill: Rgb,
    /// Extra space after each letter, millimetres.
    pub spacing: f64,
}

impl Style {
    /// 8 pt regular in `ink-2`: the text of figures.
    pub const NOTE: Self = Self { size: 8.0, cut: Cut::Regular, fill: palette::INK_2, spacing: 0.0 };

    /// The same in another cut.
    pub const fn cut(self, cut: Cut) -> Self {
        Self { cut, ..self }
    }

    /// The same in another colour.
    pub const fn fill(self, fill: Rgb) -> Self {
        Self { fill, ..self }
    }

    /// The same in another size, points.
    pub const fn size(self, size: f64) -> Self {
        Self { size, ..self }
    }

    /// An em, millimetres.
    pub fn em(&self) -> f64 {
        self.size * POINT
    }

    /// Width of a text in this style, millimetres. Kerning is left out, so that a text is rarely narrower than said
    /// and never wider.
    pub fn width(&self, text: &str) -> f64 {
        let face = &FACES[self.cut as usize];
        let units = f64::from(face.units_per_em());
        let advance = |letter| {
            let glyph = face.glyph_index(letter).unwrap_or_default();
            f64::from(face.glyph_hor_advance(glyph).unwrap_or(face.units_per_em())) / units
        };
        text.chars().map(|letter| advance(letter) * self.em() + self.spacing).sum()
    }
}

static FACES: LazyLock<[Face<'static>; 4]> = LazyLock::new(|| {
    let files: [&[u8]; 4] = [
        include_bytes!("../../templates/fonts/SourceSans3-Regular.ttf"),
        include_bytes!("../../templates/fonts/SourceSans3-It.ttf"),
        include_bytes!("../../templates/fonts/SourceSans3-Semibold.ttf"),
        include_bytes!("../../templates/fonts/SourceSans3-Bold.ttf"),
    ];
    files.map(|file| Face::parse(file, 0).expect("the bundled fonts are whole"))
});

/// Breaks a text in two lines of nearly equal width at a space, a slash or a hyphen; `None` if there is no such place.
pub fn break_in_two(text: &str, style: &Style) -> Option<[String; 2]> {
    let cuts = text.char_indices().filter_map(|(i, letter)| match letter {
        ' ' => Some((text[..i].to_string(), text[i + 1..].to_string())),
        '/' | '-' => Some((text[..=i].to_string(), text[i + 1..].to_string())),
        _ => None,
    });
    cuts.filter(|(a, b)| !a.is_empty() && !b.is_empty())
        .min_by(|a, b| {
            let widest = |(x, y): &(String, String)| style.width(x).max(style.width(y));
            widest(a).total_cmp(&widest(b))
        })
        .map(|(a, b)| [a, b])
}

/// Breaks a text into lines no wider than `width` at spaces; a word wider than that keeps a line of its own.
pub fn wrap(text: &str, style: &Style, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if style.width(&format!("{line} {word}")) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_as_wide_as_one_another() {
        for cut in [Cut::Regular, Cut::Semibold, Cut::Bold] {
            let style = Style::NOTE.cut(cut);
            assert!("023456789".chars().all(|digit| style.width(&digit.to_string()) == style.width("1")));
        }
    }

    #[test]
    fn danish_letters_and_the_true_minus_are_in_every_font() {
        for face in FACES.iter() {
            assert!("æøåÆØÅé−–·".chars().all(|letter| face.glyph_index(letter).is_some()));
        }
    }

    #[test]
    fn bold_is_wider_than_regular_and_spacing_widens() {
        let style = Style::NOTE;
        assert!(style.cut(Cut::Bold).width("Grønnevang") > style.width("Grønnevang"));
        let spaced = Style { spacing: 0.25, ..style };
        assert!((spaced.width("BY") - style.width("BY") - 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_long_name_breaks_at_a_space_or_a_slash_into_two_even_lines() {
        let broken = break_in_two("Stationsbakken/Gamle Torv Nordøst", &Style::NOTE);
        assert_eq!(broken, Some(["Stationsbakken/".into(), "Gamle Torv Nordøst".into()]));
        assert_eq!(break_in_two("Grønnevang", &Style::NOTE), None);
    }

    #[test]
    fn wrapped_lines_fit_the_width() {
        let text = "Kort: GeoDanmark, Klimadatastyrelsen og kommunerne, december 2025";
        let lines = wrap(text, &Style::NOTE, 40.0);
        assert!(lines.len() > 1 && lines.iter().all(|line| Style::NOTE.width(line) <= 40.0));
        assert_eq!(lines.join(" "), text);
    }
}
