//! A drawing as a picture, for a document that cannot hold drawings.

use resvg::{
    tiny_skia::{Color, Pixmap, Transform},
    usvg::{Options, Tree},
};

use super::super::world::Typesetter;
use crate::diagnostics::{At, Diagnostic, Severity};

/// Pixels an inch.
const PPI: f64 = 200.0;
/// Millimetres in an inch.
const INCH: f64 = 25.4;

/// Draws with the bundled fonts and no others.
pub(super) struct Pictures(Options<'static>);

/// A picture as PNG, with its size in pixels.
pub(super) struct Picture {
    pub png: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

impl Pictures {
    /// Reads the fonts.
    pub fn new(typesetter: &Typesetter) -> Self {
        let mut options = Options::default();
        for path in typesetter.paths().filter(|path| path.starts_with("fonts/") && path.ends_with(".ttf")) {
            let font = typesetter.file(path).unwrap_or_default();
            options.fontdb_mut().load_font_data(font.to_vec());
        }
        Self(options)
    }

    /// Draws an SVG at a printed width in millimetres, on white.
    pub fn draw(&self, path: &str, svg: &[u8], width: f64) -> Result<Picture, Diagnostic> {
        let failed = |what: String| {
            Diagnostic::new(
                Severity::Error,
                "cannot-draw",
                format!("cannot draw `{path}`: {what}"),
                At::Nowhere,
            )
        };
        let tree = Tree::from_data(svg, &self.0).map_err(|error| failed(error.to_string()))?;
        let wide = (width / INCH * PPI).round().max(1.0) as f32;
        let scale = wide / tree.size().width();
        let high = (tree.size().height() * scale).round().max(1.0);
        let mut pixels =
            Pixmap::new(wide as u32, high as u32).ok_or_else(|| failed("it has no size".into()))?;
        pixels.fill(Color::WHITE);
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
        let png = pixels.encode_png().map_err(|error| failed(error.to_string()))?;
        Ok(Picture { png, width: pixels.width(), height: pixels.height() })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_drawing_has_200_pixels_an_inch_and_words_in_the_bundled_font() {
        let edition = "2025-12".parse().expect("a month");
        let typesetter = Typesetter::open(Path::new("no-such-folder"), edition).expect("the program's own");
        let svg = |word: &str| {
            format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" width="50.8mm" height="25.4mm" viewBox="0 0 50.8 25.4" font-family="'Source Sans 3'"><text x="5" y="20" font-size="12">{word}</text></svg>"#
            )
        };
        let pictures = Pictures::new(&typesetter);
        let draw = |word: &str| pictures.draw("/a.svg", svg(word).as_bytes(), 50.8).expect("it is drawn");
        let picture = draw("Ærø");
        assert_eq!((picture.width, picture.height), (400, 200));
        assert_ne!(picture.png, draw("").png);
        assert!(pictures.draw("/a.svg", b"no drawing", 50.8).is_err());
    }
}
