//! A council paper with every kind of block, for the tests of this folder: invented areas, no people.

use std::collections::BTreeMap;

use super::{
    super::{
        context::Context,
        fixture::{Facts, Fixture},
        paper::{Block, Field, FieldId, Paper},
    },
    Annex, Case,
};
use crate::words::Rich;

/// The path of its one drawing.
pub(super) const MAP: &str = "/map.svg";
/// The alt text of that drawing.
pub(super) const ALT: &str = "Kortet viser tre områder. Grønnevang & Åparken ligger \"yderst\".";

/// A square, and a word in the bundled font.
const SVG: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="50mm" viewBox="0 0 100 50" font-family="'Source Sans 3'"><rect x="5" y="5" width="40" height="40" fill="red"/><text x="50" y="30" font-size="12">Ærø</text></svg>"#;

/// Runs a test with the texts of the program and its own catalogue.
pub(super) fn with<T>(test: impl FnOnce(&Context) -> T) -> T {
    test(&Fixture::new(Facts::default()).context())
}

/// The paper.
pub(super) fn paper() -> Paper {
    let rich = |marked: &str| Rich::marked(marked);
    let field = |id, heading: &str, blocks| Field { id, heading: heading.into(), blocks };
    let row = |cells: [&str; 3]| cells.map(rich).to_vec();
    let table = Block::Table {
        caption: "Områder, som følges".into(),
        head: ["Område", "Status", "Afstand"].map(String::from).to_vec(),
        rows: vec![
            row(["Grønnevang", "parallelsamfund", "3,2\u{a0}procentpoint"]),
            row(["Sønderlund", "ingen", "8,4\u{a0}procentpoint"]),
        ],
        note: Some(rich("Afstand er til den nærmeste grænse.")),
    };
    let presentation = vec![
        Block::Heading("Hvad er der sket?".into()),
        Block::Paragraph(rich("Andelen steg fra 38,1 til 40,4\u{a0}pct. på ét år.")),
        table,
        Block::Figure { path: MAP, title: "Tre områder følges".into(), alt: ALT.into(), width: 120.0 },
        Block::Numbered(vec![rich("Fortsæt aftalen."), rich("Opsig aftalen.")]),
    ];
    let steps = ["At udvalget tager status til efterretning.", "At sagen tages op igen i maj."];
    Paper {
        title: "Status for udsatte boligområder".into(),
        meeting: vec![("Sagsnr.".into(), "25/0417".into()), ("Udvalg".into(), "Teknik & Miljø".into())],
        fields: vec![
            field(
                FieldId::Summary,
                "Resumé",
                vec![Block::Paragraph(rich("|Grønnevang| er tættere på grænsen end i fjor."))],
            ),
            field(FieldId::Recommendation, "Indstilling", vec![Block::Numbered(steps.map(rich).to_vec())]),
            field(FieldId::Presentation, "Sagsfremstilling", presentation),
            field(
                FieldId::Economy,
                "Økonomi",
                vec![Block::ToBeFilled("Udfyldes: udgifter og bevilling".into())],
            ),
            field(FieldId::Annexes, "Bilag", vec![Block::Bullets(vec![rich("Bilag 1: Områdestatus")])]),
        ],
    }
}

/// The paper with its drawing and two annexes.
pub(super) fn case(paper: &Paper) -> Case<'_> {
    let annex = |number: i64, area: &str, pdf: &str| Annex {
        number,
        title: "Områdestatus".into(),
        area: Some(area.into()),
        pdf: format!("area-status/{pdf}.pdf"),
    };
    Case {
        paper,
        drawings: BTreeMap::from([(MAP, SVG.as_bytes().to_vec())]),
        date: "2026-01-14".parse().ok(),
        annexes: vec![annex(1, "Grønnevang", "gronnevang"), annex(2, "Sønderlund", "sonderlund")],
    }
}
