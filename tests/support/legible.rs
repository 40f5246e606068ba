//! Can the words of a set page be read? Each against the ground that it really stands on, in colour and as a printer without
//! colours sets it.

use typst::{
    layout::{Frame, FrameItem, Point, Transform},
    utils::Scalar,
    visualize::Paint,
};
use typst_layout::PagedDocument;
use typst_render::RenderOptions;

/// The contrast that WCAG 2 asks of text. A ground is rendered in 256 steps a colour, which may take a hair.
const CONTRAST: f64 = 4.45;
const PIXELS: f64 = 2.0;

type Rgb = [u8; 3];

/// A run of text: its words, colour and box in points.
struct Word {
    text: String,
    colour: Rgb,
    from: Point,
    to: Point,
}

/// The words of a document that are hard to read, with page, colour, ground and contrast.
pub fn hard_to_read(document: &PagedDocument) -> Vec<String> {
    let options = RenderOptions { pixel_per_pt: Scalar::new(PIXELS), render_bleed: false };
    let mut found = Vec::new();
    for (number, page) in (1..).zip(document.pages()) {
        let mut words = Vec::new();
        gather(&page.frame, Transform::identity(), &mut words);
        assert!(!words.is_empty(), "page {number} has no words");
        let picture = typst_render::render(page, &options);
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let pixel = |x: usize, y: usize| {
            let pixel = picture.pixels()[y.min(height - 1) * width + x.min(width - 1)];
            [pixel.red(), pixel.green(), pixel.blue()]
        };
        for word in words {
            let ground = ground(&word, pixel);
            for (way, text, under) in
                [("in colour", word.colour, ground), ("in grey", grey(word.colour), grey(ground))]
            {
                let contrast = contrast(text, under);
                if contrast < CONTRAST {
                    found.push(format!(
                        "page {number}: `{}` {text:?} on {under:?} {way}: {contrast:.2}",
                        word.text
                    ));
                }
            }
        }
    }
    found
}

fn gather(frame: &Frame, outer: Transform, words: &mut Vec<Word>) {
    for (at, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                let moved = outer.pre_concat(Transform::translate(at.x, at.y)).pre_concat(group.transform);
                gather(&group.frame, moved, words);
            }
            FrameItem::Text(text) if !text.text.trim().is_empty() => {
                let Paint::Solid(colour) = &text.fill else { continue };
                let colour = colour.to_rgb().into_format::<u8, u8>();
                let corner = |x, y| Point::new(x, y).transform(outer);
                words.push(Word {
                    text: text.text.to_string(),
                    colour: [colour.red, colour.green, colour.blue],
                    from: corner(at.x, at.y - text.size * 0.9),
                    to: corner(at.x + text.width(), at.y + text.size * 0.3),
                });
            }
            _ => {}
        }
    }
}

/// The colour that most of a word's box has: letters cover less than half of it.
fn ground(word: &Word, pixel: impl Fn(usize, usize) -> Rgb) -> Rgb {
    let at = |points: f64| (points * PIXELS).max(0.0) as usize;
    let mut counts: std::collections::BTreeMap<Rgb, usize> = std::collections::BTreeMap::new();
    for y in at(word.from.y.to_pt())..=at(word.to.y.to_pt()) {
        for x in at(word.from.x.to_pt())..=at(word.to.x.to_pt()) {
            *counts.entry(pixel(x, y)).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or([255; 3], |(colour, _)| colour)
}

/// Luma of Rec. 601, as printers and viewers take colours to grey.
fn grey([red, green, blue]: Rgb) -> Rgb {
    let luma = 0.299 * f64::from(red) + 0.587 * f64::from(green) + 0.114 * f64::from(blue);
    [luma.round() as u8; 3]
}

fn contrast(one: Rgb, other: Rgb) -> f64 {
    let luminance = |colour: Rgb| {
        let linear = colour.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn a_grey_of_one_half_on_white_is_hard_to_read_and_ink_is_not() {
    // W3C, Understanding SC 1.4.3: #767676 is the lightest grey on white of 4.5.
    assert!(contrast([0x76; 3], [255; 3]) >= 4.5 && contrast([0x77; 3], [255; 3]) < 4.5);
}
