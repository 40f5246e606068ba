//! How a municipality's pages look: its colours, its name, its logo.

use std::{collections::BTreeMap, fs, path::Path};

use super::world::Typesetter;
use crate::{
    catalogue::{At as Written, Catalogue, Language},
    diagnostics::{At, Diagnostic, Severity},
    figures::{Theme, colour::Rgb, palette::ThemeFault},
};

/// The colours of pages whose catalogue has none.
const PRIMARY: &str = "#005A78";
const TINT: &str = "#DCEAF0";
/// The family of pages whose catalogue has none, and of all drawings: names on them are placed by its measures.
pub(super) const FONT: &str = "Source Sans 3";

/// How the pages look.
pub(super) struct Look {
    pub primary: String,
    pub tint: String,
    pub font: String,
    pub name: String,
    pub logo: Option<Vec<u8>>,
    pub theme: Theme,
}

impl Look {
    /// The look that the catalogue asks for; colours that cannot be read, or are taken by a status, are refused.
    pub fn new(catalogue: &Catalogue, language: Language) -> Result<Self, Vec<Diagnostic>> {
        let appearance = catalogue.appearance.as_ref();
        let primary = appearance.and_then(|look| look.primary.as_ref());
        let tint = appearance.and_then(|look| look.tint.as_ref());
        let name = appearance.and_then(|look| look.name.as_ref()).unwrap_or(&catalogue.about.publisher);
        let logo = appearance
            .and_then(|look| look.logo.as_ref())
            .map(|logo| read_logo(&catalogue.folder, logo))
            .transpose();
        let (ink, paper) = (colour(primary, PRIMARY), colour(tint, TINT));
        match (ink, paper, logo) {
            (Ok(ink), Ok(paper), Ok(logo)) => {
                let theme = Theme::new(ink, paper).map_err(|fault| {
                    let written = if matches!(fault, ThemeFault::Tint(_)) { tint } else { primary };
                    vec![refused(written, &reason(fault))]
                })?;
                let text = |written: Option<&Written<String>>, own: &str| {
                    written.map_or(own.to_string(), |c| c.value.clone())
                };
                let name = name.in_language(language).to_string();
                let font = text(appearance.and_then(|look| look.font.as_ref()), FONT);
                Ok(Self { primary: text(primary, PRIMARY), tint: text(tint, TINT), font, name, logo, theme })
            }
            (ink, paper, logo) => Err(ink.err().into_iter().chain(paper.err()).chain(logo.err()).collect()),
        }
    }

    /// The files of the look by virtual path.
    pub fn files(&self) -> BTreeMap<&'static str, Vec<u8>> {
        self.logo.iter().map(|logo| (super::payload::LOGO, logo.clone())).collect()
    }
}

/// A family that the catalogue names must be among the fonts.
pub(super) fn check_font(catalogue: &Catalogue, typesetter: &Typesetter) -> Result<(), Vec<Diagnostic>> {
    let Some(font) = catalogue.appearance.as_ref().and_then(|look| look.font.as_ref()) else { return Ok(()) };
    let families = typesetter.families();
    if families.contains(&font.value.as_str()) {
        return Ok(());
    }
    let message = format!("expected the family of a font in `templates/fonts/`, found `{}`", font.value);
    Err(vec![
        Diagnostic::error("unknown-font", message, &font.place)
            .did_you_mean(&font.value, families.iter().copied())
            .hint("put the family's .ttf files into `templates/fonts/` beside the catalogue"),
    ])
}

fn colour(written: Option<&Written<String>>, own: &str) -> Result<Rgb, Diagnostic> {
    let text = written.map_or(own, |colour| colour.value.as_str());
    Rgb::parse(text)
        .ok_or_else(|| refused(written, &format!("expected a colour as `#005A78`, found `{text}`")))
}

fn reason(fault: ThemeFault) -> String {
    match fault {
        ThemeFault::Contrast(contrast) => {
            format!(
                "expected a colour dark enough for text on white (contrast 6 or more), found contrast {contrast:.1}"
            )
        }
        ThemeFault::Tint(contrast) => {
            format!(
                "expected a tint light enough for text on it (contrast 4.5 or more), found contrast {contrast:.1}"
            )
        }
        ThemeFault::TooNear(taken, _) => {
            format!("the colour cannot be told from {taken}, which marks a status or a verdict")
        }
    }
}

fn refused(written: Option<&Written<String>>, message: &str) -> Diagnostic {
    match written {
        Some(colour) => Diagnostic::error("theme-colour", message, &colour.place),
        None => Diagnostic::new(Severity::Error, "theme-colour", message, At::Nowhere),
    }
}

/// A logo from the catalogue's folder; one that came with the program is found without it.
fn read_logo(folder: &Path, logo: &Written<String>) -> Result<Vec<u8>, Diagnostic> {
    fs::read(folder.join(&logo.value)).or_else(|error| {
        let own = logo.strip_prefix("templates/").and_then(crate::templates::embedded);
        own.map(<[u8]>::to_vec).ok_or_else(|| {
            Diagnostic::error("cannot-read", format!("cannot read the logo: {error}"), &logo.place)
        })
    })
}
