//! What a page of the site holds: a title, a lead, and sections in one or two columns. The templates set it; every address
//! inside the site is written from the site's own folder.

use serde::Serialize;

/// A page.
#[derive(Clone, Default, Serialize)]
pub(super) struct Page {
    /// Its address: `indicator/no-work.html`.
    #[serde(skip)]
    pub address: String,
    pub title: String,
    /// The sentence under the title.
    pub lead: Option<String>,
    /// The pages above it, the start page first.
    #[serde(skip)]
    pub above: Vec<Anchor>,
    /// Does it show the answers of a search?
    pub has_answers: bool,
    /// Places on the page itself.
    pub jumps: Vec<Jump>,
    pub main: Vec<Section>,
    /// A narrow column beside; the page has one column where it is empty.
    pub side: Vec<Section>,
}

/// A place on a page.
#[derive(Clone, Serialize)]
pub(super) struct Jump {
    pub id: String,
    pub text: String,
}

/// A link in the text.
#[derive(Clone, Default, Serialize)]
pub(super) struct Anchor {
    /// Where it leads; `None` for words alone.
    pub href: Option<String>,
    pub text: String,
    /// What stands under it.
    pub note: Option<String>,
    /// It leads away from what the build made.
    pub out: bool,
}

impl Anchor {
    /// To a page of the site or a file of the results.
    pub fn to(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: Some(href.into()), text: text.into(), ..Self::default() }
    }

    /// To a document elsewhere, if it has an address.
    pub fn document(text: &str, url: Option<&String>) -> Self {
        Self { href: url.cloned(), text: text.to_string(), note: None, out: true }
    }

    /// With something under it.
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()).filter(|note| !note.is_empty()), ..self }
    }
}

/// A part of a page with a heading.
#[derive(Clone, Serialize)]
pub(super) struct Section {
    pub id: Option<String>,
    pub title: String,
    pub parts: Vec<Part>,
}

impl Section {
    /// A section of parts; `None` if nothing is in it.
    pub fn of(title: impl Into<String>, parts: impl IntoIterator<Item = Part>) -> Option<Self> {
        let parts: Vec<Part> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| Self { id: None, title: title.into(), parts })
    }

    /// With an id, so that links can lead to it.
    pub fn at(self, id: impl Into<String>) -> Self {
        Self { id: Some(id.into()), ..self }
    }
}

/// What stands under a heading.
#[derive(Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Part {
    /// Paragraphs, in small type or not.
    Text { texts: Vec<String>, small: bool },
    /// A word in a frame.
    Label { text: String },
    /// Words of a scale, those that are reached filled.
    Steps { steps: Vec<Step> },
    /// A list of sentences.
    Dots { texts: Vec<String> },
    /// Short facts: what, and what of it.
    Facts { rows: Vec<Fact> },
    /// Headings with paragraphs.
    Told { rows: Vec<Told> },
    /// Links, in two columns where the screen is wide enough or not.
    Links { links: Vec<Anchor>, two: bool },
    /// A fraction, and what follows it.
    Formula { top: String, bottom: String, then: Option<String> },
    /// Something to copy.
    Code { text: String },
    /// Areas with their values and a bar each.
    Chart(Chart),
    /// A table of words.
    Table { caption: String, head: Vec<String>, rows: Vec<Row> },
}

impl Part {
    /// Paragraphs.
    pub fn text(texts: impl IntoIterator<Item = String>) -> Self {
        Self::Text { texts: texts.into_iter().filter(|text| !text.is_empty()).collect(), small: false }
    }

    /// Paragraphs in small type.
    pub fn small(texts: impl IntoIterator<Item = String>) -> Self {
        Self::Text { texts: texts.into_iter().filter(|text| !text.is_empty()).collect(), small: true }
    }

    /// Links, one under the other.
    pub fn links(links: impl IntoIterator<Item = Anchor>) -> Self {
        Self::Links { links: links.into_iter().collect(), two: false }
    }

    /// Links in two columns.
    pub fn columns(links: impl IntoIterator<Item = Anchor>) -> Self {
        Self::Links { links: links.into_iter().collect(), two: true }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Text { texts, .. } | Self::Dots { texts } => texts.is_empty(),
            Self::Steps { steps } => steps.is_empty(),
            Self::Facts { rows } => rows.is_empty(),
            Self::Told { rows } => rows.is_empty(),
            Self::Links { links, .. } => links.is_empty(),
            Self::Code { text } | Self::Label { text } => text.is_empty(),
            Self::Table { rows, .. } => rows.is_empty(),
            Self::Chart(chart) => chart.rows.is_empty(),
            Self::Formula { .. } => false,
        }
    }
}

/// A word of a scale.
#[derive(Clone, Serialize)]
pub(super) struct Step {
    pub text: String,
    pub reached: bool,
}

/// A short fact.
#[derive(Clone, Serialize)]
pub(super) struct Fact {
    pub label: String,
    pub text: String,
}

/// A heading with paragraphs.
#[derive(Clone, Serialize)]
pub(super) struct Told {
    pub label: String,
    pub texts: Vec<String>,
}

/// A row of a table of words.
#[derive(Clone, Serialize)]
pub(super) struct Row {
    pub name: String,
    pub href: Option<String>,
    pub cells: Vec<String>,
}

/// Areas with their values, a bar and a status each. Positions are per cent of a bar's width, as text.
#[derive(Clone, Serialize)]
pub(super) struct Chart {
    pub caption: String,
    pub area_head: String,
    pub value_head: String,
    pub bar_head: String,
    /// No status stands beside the bars where it is empty.
    pub state_head: Option<String>,
    pub rows: Vec<Bar>,
    /// Where the strict criterion counts.
    pub zones: Vec<Zone>,
    /// What the areas are compared with.
    pub rest: Option<String>,
    pub limits: Vec<Mark>,
    /// Numbers under the bars, and the height of their lines.
    pub labels: Vec<Label>,
    pub labels_height: u32,
}

/// A row of a chart: a value with its place, or words instead.
#[derive(Clone, Serialize)]
pub(super) struct Bar {
    pub name: String,
    pub href: Option<String>,
    pub value: Option<String>,
    pub x: Option<String>,
    /// Why there is no value.
    pub words: Option<String>,
    /// The picture of the status.
    pub mark: Option<String>,
    pub state: Option<String>,
}

/// A stretch of a bar.
#[derive(Clone, Serialize)]
pub(super) struct Zone {
    pub from: String,
    pub width: String,
}

/// A limit on a bar.
#[derive(Clone, Serialize)]
pub(super) struct Mark {
    pub x: String,
    pub strict: bool,
}

/// A number under the bars.
#[derive(Clone, Serialize)]
pub(super) struct Label {
    pub x: String,
    pub text: String,
    /// The line it stands on, from the top of the row.
    pub y: u32,
    pub anchor: &'static str,
    pub strict: bool,
}
