//! A set report → one picture a page.

use resvg::tiny_skia::{FilterQuality, Pixmap, PixmapPaint, Transform};
use typst::utils::Scalar;
use typst_layout::PagedDocument;
use typst_render::RenderOptions;

use crate::diagnostics::{At, Diagnostic, Severity};

/// Points in an inch.
const POINTS: f64 = 72.0;

/// Draws every page at `ppi` pixels an inch: at twice the size and scaled down, since thin text in figures else loses rows.
pub(super) fn draw(document: &PagedDocument, ppi: f64) -> Result<Vec<Vec<u8>>, Diagnostic> {
    let options = RenderOptions { pixel_per_pt: Scalar::new(2.0 * ppi / POINTS), render_bleed: false };
    document.pages().iter().map(|page| encode(&halved(&typst_render::render(page, &options)))).collect()
}

fn halved(large: &Pixmap) -> Pixmap {
    let (width, height) = ((large.width() / 2).max(1), (large.height() / 2).max(1));
    let mut small = Pixmap::new(width, height).expect("a page has a size");
    let paint = PixmapPaint { quality: FilterQuality::Bilinear, ..PixmapPaint::default() };
    small.draw_pixmap(0, 0, large.as_ref(), &paint, Transform::from_scale(0.5, 0.5), None);
    small
}

fn encode(page: &Pixmap) -> Result<Vec<u8>, Diagnostic> {
    page.encode_png().map_err(|error| {
        Diagnostic::new(Severity::Error, "cannot-draw", format!("cannot draw the page: {error}"), At::Nowhere)
    })
}
