//! The document is opened with a reader of archives written here, and its parts are looked at as XML.

use std::path::Path;

use super::*;
use crate::reports::{case_system, case_system::sample, world::Typesetter};

/// The document of the sample paper.
fn sample_document() -> Vec<u8> {
    let edition = "2025-12".parse().expect("a month");
    let typesetter = Typesetter::open(Path::new("no-such-folder"), edition).expect("the program's own");
    sample::with(|context| {
        let paper = sample::paper();
        let fields = case_system::laid(context, &paper);
        let pictures = Pictures::new(&typesetter);
        document(context, &sample::case(&paper), &fields, &pictures).expect("it is written")
    })
}

/// A file of an archive. `docx-rs` stores without compressing: name and content stand after each header of 30 bytes.
fn part<'a>(archive: &'a [u8], wanted: &str) -> &'a [u8] {
    let mut at = 0;
    while archive[at..].starts_with(b"PK\x03\x04") {
        let number = |from: usize, n: usize| {
            archive[at + from..at + from + n].iter().rev().fold(0, |all, byte| all << 8 | usize::from(*byte))
        };
        // Compression method 0; time 0 and date 33, which is 1 January 1980.
        assert_eq!((number(8, 2), number(10, 2), number(12, 2)), (0, 0, 33), "{wanted}");
        let (length, name, extra) = (number(18, 4), number(26, 2), number(28, 2));
        let start = at + 30 + name + extra;
        if &archive[at + 30..at + 30 + name] == wanted.as_bytes() {
            return &archive[start..start + length];
        }
        at = start + length;
    }
    panic!("the document has no {wanted}");
}

fn xml(document: &[u8], part_name: &str) -> String {
    String::from_utf8(part(document, part_name).to_vec()).expect("text")
}

/// Style and words of every paragraph.
fn paragraphs(document: &str) -> Vec<(String, String)> {
    let paragraphs =
        document.split("<w:p ").skip(1).map(|rest| rest.split("</w:p>").next().unwrap_or_default());
    paragraphs
        .map(|paragraph| {
            let style = paragraph.split("<w:pStyle w:val=\"").nth(1).and_then(|rest| rest.split('"').next());
            let runs = paragraph.split("<w:t ").skip(1).filter_map(|run| run.split(['>', '<']).nth(1));
            (style.unwrap_or_default().to_string(), runs.collect())
        })
        .collect()
}

#[test]
fn title_fields_and_headings_inside_are_headings_of_three_levels() {
    let document = sample_document();
    let headings: Vec<(String, String)> = paragraphs(&xml(&document, "word/document.xml"))
        .into_iter()
        .filter(|(style, _)| style.starts_with("Heading"))
        .collect();
    let expected = [
        ("Heading1", "Status for udsatte boligområder"),
        ("Heading2", "Resumé"),
        ("Heading2", "Indstilling"),
        ("Heading2", "Sagsfremstilling"),
        ("Heading3", "Hvad er der sket?"),
        ("Heading2", "Økonomi"),
        ("Heading2", "Bilag"),
    ];
    assert_eq!(headings, expected.map(|(style, text)| (style.to_string(), text.to_string())));
    let styles = xml(&document, "word/styles.xml");
    for level in 1..=3 {
        let style = format!("w:styleId=\"Heading{level}\"><w:name w:val=\"heading {level}\"/>");
        assert!(
            styles.contains(&style) && styles.contains(&format!("<w:outlineLvl w:val=\"{}\"/>", level - 1))
        );
    }
}

#[test]
fn the_language_is_danish_and_the_properties_have_title_and_fixed_dates() {
    let document = sample_document();
    assert!(xml(&document, "word/styles.xml").contains("<w:lang w:val=\"da-DK\""));
    let core = xml(&document, "docProps/core.xml");
    assert!(core.contains("<dc:title>Status for udsatte boligområder</dc:title>"), "{core}");
    assert!(core.contains("<dc:language>da-DK</dc:language>"), "{core}");
    assert_eq!(core.matches("-01T00:00:00Z</dcterms:").count(), 2, "{core}");
}

#[test]
fn the_first_row_of_a_table_is_its_head_on_every_page_and_no_other_row_is() {
    let document = xml(&sample_document(), "word/document.xml");
    let (_, table) = document.split_once("<w:tbl>").expect("a table");
    let (table, _) = table.split_once("</w:tbl>").expect("it ends");
    let rows: Vec<&str> = table.split("<w:tr>").skip(1).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows[0].contains("<w:tblHeader />") && rows[0].contains("Område"));
    assert_eq!(table.matches("<w:tblHeader />").count(), 1);
    assert!(table.contains("<w:tblCaption w:val=\"Områder, som følges\"/>"), "{table}");
    let widths = table
        .split("<w:gridCol w:w=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next()?.parse::<usize>().ok());
    assert!((TEXT - 3..=TEXT).contains(&widths.sum::<usize>()), "{table}");
}

#[test]
fn a_picture_has_its_alt_text_and_a_number_of_its_own() {
    let document = sample_document();
    let text = xml(&document, "word/document.xml");
    let alt = sample::ALT.replace('&', "&amp;").replace('"', "&quot;");
    let properties =
        format!("<wp:docPr id=\"1\" name=\"Figure 1\" descr=\"{alt}\" title=\"Tre områder følges\"/>");
    assert!(text.contains(&properties), "{text}");
    assert!(text.contains("r:embed=\"rIdImage1\""), "{text}");
    assert!(xml(&document, "word/_rels/document.xml.rels").contains("Id=\"rIdImage1\""));
    let png = part(&document, "word/media/rIdImage1.png");
    // Width and height stand at byte 16: 120 mm at 200 pixels an inch is 945, and half of it.
    assert_eq!(png[16..24], [[0, 0, 3, 177], [0, 0, 1, 217]].concat());
}

#[test]
fn two_builds_give_the_same_bytes() {
    assert!(sample_document() == sample_document());
}

#[test]
fn every_numbered_list_starts_again_at_1() {
    let document = sample_document();
    let text = xml(&document, "word/document.xml");
    for list in 4..=5 {
        assert_eq!(text.matches(&format!("<w:numId w:val=\"{list}\" />")).count(), 2, "{text}");
    }
    assert_eq!(xml(&document, "word/numbering.xml").matches("<w:startOverride w:val=\"1\"").count(), 2);
}

#[test]
fn nothing_in_a_text_is_read_as_markup() {
    let document = xml(&sample_document(), "word/document.xml");
    assert!(document.contains("Teknik &amp; Miljø"), "{document}");
    assert!(document.contains("<w:b />") && document.contains(">Grønnevang</w:t>"), "{document}");
}

#[test]
fn columns_of_numbers_are_told_from_columns_of_words() {
    let rich = |text: &str| Rich::from(text.to_string());
    let rows = vec![
        vec![rich("Grønnevang"), rich("40,4\u{a0}pct."), rich("3,2 procentpoint under")],
        vec![rich("Sønderlund"), rich("−2"), rich("i alt")],
    ];
    assert_eq!(numbers(3, &rows), [false, true, false]);
    assert_eq!(numbers(1, &[]), [false]);
}

/// The widths of the words are those of DejaVu Sans at 9 pt in twentieths of a point, bold for names, read from the font's files.
#[test]
fn a_column_has_room_for_its_longest_word_in_the_widest_common_font() {
    let rich = |text: &str| Rich::from(text.to_string());
    let cells = |name: &str| {
        let of = [name, "1.356", "Forebyggelsesområde", "fuldtidspersoner fra listen, for tredje år i træk"];
        of.map(rich).to_vec()
    };
    let head = ["Område", "Beboere", "Status", "Afstand"].map(String::from);
    for (name, bold) in [("Birkelunden", 1222), ("Havnegården", 1358), ("Mimmersparken", 1638)] {
        let widths = grid(&head, &[cells(name)]);
        for (width, word) in widths.iter().zip([bold, 0, 1991, 1472]) {
            assert!(*width >= word + PADDING, "{name}: {widths:?}");
        }
        assert!((TEXT - 4..=TEXT).contains(&widths.iter().sum::<usize>()), "{widths:?}");
    }
}
