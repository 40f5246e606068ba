//! Worksheets to fill in with a pen before there is any file: from a question to indicators, where the figures come from, and which
//! areas there are. Nothing of the publication is on them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    context::{Context, Said},
    drawings::{Contents, Drawings},
    payload::{Meta, ThemeData},
    theme::Look,
};
use crate::{
    catalogue::Report,
    ids::ReportId,
    words::{Rich, Slots},
};

/// The sheets, each with the number of its empty rows.
const SHEETS: [(&str, usize); 3] = [("questions", 5), ("sources", 6), ("areas", 9)];
/// The columns of every sheet.
const COLUMNS: usize = 5;

/// What the template is given.
#[derive(Serialize)]
pub(super) struct Payload {
    meta: Meta,
    theme: ThemeData,
    labels: BTreeMap<String, String>,
    sheets: Vec<Sheet>,
}

#[derive(Serialize)]
struct Sheet {
    title: String,
    lead: String,
    head: Vec<String>,
    /// A row that shows what is meant.
    example: Vec<String>,
    rows: usize,
    note: Rich,
}

impl Payload {
    /// Builds the sheets from the texts alone.
    pub fn build(context: &Context, report: (&ReportId, &Report), look: &Look) -> Said<Self> {
        Ok(Self {
            meta: Meta::new(context, report, &look.name)?,
            theme: ThemeData::new(look),
            labels: context.words.page_labels(),
            sheets: SHEETS.into_iter().map(|(name, rows)| sheet(context, name, rows)).collect::<Said<_>>()?,
        })
    }

    /// What the template is given.
    pub fn into_contents(self) -> Contents {
        let data = serde_json::to_vec_pretty(&self).expect("a payload is plain data");
        Contents { data, drawings: Drawings::new(None) }
    }
}

fn sheet(context: &Context, name: &str, rows: usize) -> Said<Sheet> {
    let words = context.words;
    let line = |part: &str| words.line(&format!("worksheets/{name}-{part}"), &Slots::new());
    let cells =
        |part: &str| (1..=COLUMNS).map(|column| line(&format!("{part}-{column}"))).collect::<Said<_>>();
    Ok(Sheet {
        title: line("title")?,
        lead: line("lead")?,
        head: cells("head")?,
        example: cells("example")?,
        rows,
        note: words.say(&format!("worksheets/{name}-note"), &Slots::new())?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::{ReportKind, load_str},
        reports::fixture::{Facts, Fixture},
    };

    #[test]
    fn the_sheets_have_a_head_and_an_example_for_every_column_and_nothing_of_the_publication() {
        let fixture = Fixture::new(Facts::default().count("rows/residents@municipality@2025", 41871));
        let context = fixture.context();
        let text = include_str!("../../indicators.yaml").to_string()
            + "  sheets: { kind: worksheets, template: worksheets.typ }\n";
        let (catalogue, _) =
            load_str("indicators.yaml", &text).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let (id, report) = catalogue
            .reports
            .iter()
            .find(|(_, report)| report.kind == ReportKind::Worksheets)
            .expect("it is declared");
        let look = Look::new(&catalogue, context.language).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let payload =
            Payload::build(&context, (&id.value, report), &look).unwrap_or_else(|error| panic!("{error}"));
        for sheet in &payload.sheets {
            assert_eq!((sheet.head.len(), sheet.example.len()), (COLUMNS, COLUMNS), "{}", sheet.title);
        }
        let data = String::from_utf8(payload.into_contents().data).expect("text");
        assert!(data.contains("Fra spørgsmål til indikatorer") && !data.contains("41.871"));
    }
}
