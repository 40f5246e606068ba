//! Every kind of mistake, from folders that the tests write.

use std::{collections::BTreeMap, fs};

use geo_types::MultiPolygon;

use super::*;
use crate::{ids::LayerId, sources::Area};

fn places() -> Places {
    let area = |id: &str, name: &str| Area {
        id: AreaId::from(id),
        layer: LayerId::from("estates"),
        name: name.into(),
        short_name: name.into(),
        geometry: MultiPolygon(Vec::new()),
    };
    let areas = vec![area("gronnevang", "Grønnevang"), area("tranehaven", "Tranehaven")];
    Places { layers: BTreeMap::from([("estates".into(), areas)]), ..Places::default() }
}

/// Reads a folder with these files.
fn folder(name: &str, files: &[(&str, &[u8])]) -> Result<Read, Vec<Diagnostic>> {
    let folder = std::env::temp_dir().join(format!("kvarter-comments-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    for (file, bytes) in files {
        fs::write(folder.join(file), bytes).expect("a file");
    }
    let read = read(&folder, &places());
    fs::remove_dir_all(folder).expect("removed");
    read.map(|(read, _)| read)
}

/// A Markdown comment with one line of its head or its text changed.
fn markdown(was: &str, is: &str) -> String {
    let text = "---\nområde: gronnevang\nfelt: kommentar\nrolle: Konsulent\ndato: 2025-12-08\nstatus: godkendt\n---\nDer er ro.\n";
    assert!(text.contains(was));
    text.replacen(was, is, 1)
}

fn mistake(name: &str, text: &str) -> Diagnostic {
    let mut errors = folder(name, &[("a.md", text.as_bytes())]).expect_err("it has a mistake");
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors.remove(0)
}

const HEAD: [&str; 6] = ["Område", "FELT", "tekst", "rolle", "dato", "status"];

/// A workbook as Excel writes it, as far as it is read: one sheet of texts written in the cells. Archives need not be compressed.
fn workbook(rows: &[[&str; 6]]) -> Vec<u8> {
    let cell = |text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        format!("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
    };
    let rows: Vec<String> =
        (1..).zip(rows).map(|(n, row)| format!("<row r=\"{n}\">{}</row>", row.map(cell).concat())).collect();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    archive(&[
        ("[Content_Types].xml", format!("<Types xmlns=\"{package}/content-types\"/>")),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" \
                 Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>\
                 <sheet name=\"Kommentarer\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" \
                 Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{}</sheetData></worksheet>", rows.concat()),
        ),
    ])
}

/// A ZIP archive of stored files (PKWARE APPNOTE 4.3).
fn archive(files: &[(&str, String)]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let (len, at) = (text.len() as u32, out.len() as u32);
        let mut common = vec![20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
        common.extend([crc(text.as_bytes()), len, len].iter().flat_map(|n| n.to_le_bytes()));
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        out.extend(*b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.bytes().chain(text.bytes()));
        list.extend(*b"PK\x01\x02\x14\0");
        list.extend(&common);
        list.extend([0; 10]);
        list.extend(at.to_le_bytes());
        list.extend(name.bytes());
    }
    let (count, at) = ((files.len() as u16).to_le_bytes(), out.len() as u32);
    out.extend(&list);
    out.extend(*b"PK\x05\x06\0\0\0\0");
    out.extend([count, count].concat());
    out.extend([(list.len() as u32).to_le_bytes(), at.to_le_bytes()].concat());
    out.extend([0, 0]);
    out
}

/// CRC-32 as in ISO 3309.
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[test]
fn a_markdown_file_is_one_comment_with_paragraphs_and_bold_type() {
    let text = markdown("Der er ro.", "Der er\nro.\n\n\nDet er **nyt**.");
    let read = folder("one", &[("a.md", text.as_bytes()), ("note.txt", b"no comment")]).expect("it is right");
    let area = "gronnevang".into();
    let comment = read.comments.latest(Some(&area), "kommentar").expect("it is there");
    assert_eq!(comment.text, "Der er ro.\n\nDet er **nyt**.");
    assert_eq!((comment.role.as_str(), comment.approved), ("Konsulent", true));
    assert_eq!(read.inputs.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["comments/a.md"]);
}

#[test]
fn no_folder_is_no_comment() {
    let (read, _) = read(Path::new("no/such/folder"), &places()).expect("nothing to read is no mistake");
    assert!(read.comments.latest(None, "økonomi").is_none() && read.inputs.is_empty());
}

#[test]
fn the_latest_comment_counts_and_older_ones_are_kept() {
    let row = |date, text| ["Grønnevang", "Kommentar", text, "Konsulent", date, "Godkendt"];
    let rows =
        [HEAD, row("08-12-2025", "Ny."), row("14. januar 2025", "Gammel."), row("1.3.2025", "Mellem.")];
    let read = folder("latest", &[("kommentarer.xlsx", &workbook(&rows))]).expect("it is right");
    let area = "gronnevang".into();
    assert_eq!(read.comments.latest(Some(&area), "kommentar").map(|c| c.text.as_str()), Some("Ny."));
    assert_eq!(read.comments.of(Some(&area), "kommentar").count(), 3);
}

#[test]
fn a_field_of_the_council_paper_has_no_area_and_a_line_break_in_a_cell_begins_a_paragraph() {
    let rows =
        [HEAD, ["", "Økonomi", "Ingen udgifter.\nIngen indtægter.", "Konsulent", "2026-01-14", "kladde"]];
    let read = folder("paper", &[("Kommentarer.xlsx", &workbook(&rows))]).expect("it is right");
    let comment = read.comments.latest(None, "økonomi").expect("it is there");
    assert_eq!((comment.text.as_str(), comment.approved), ("Ingen udgifter.\n\nIngen indtægter.", false));
}

#[test]
fn mistakes_in_a_markdown_file_are_told_with_their_line_and_what_was_meant() {
    let cases = [
        ("gronnevang", "gronevang", "unknown-area", 2, "did you mean `gronnevang`?"),
        ("felt: kommentar", "felt: komentar", "unknown-field", 3, "did you mean `kommentar`?"),
        ("felt: kommentar", "felt: økonomi", "unknown-field", 3, "with an area the field is `kommentar`"),
        ("område: gronnevang\n", "", "unknown-field", 2, "with no area"),
        ("rolle: Konsulent", "rolle:", "comment-role", 4, "no name"),
        ("2025-12-08", "2025-02-30", "bad-date", 5, "a day that exists"),
        ("godkendt", "godkent", "unknown-status", 6, "did you mean `godkendt`?"),
        ("Der er ro.", "", "comment-empty", 7, "remove the comment"),
        ("Der er ro.", "# Ro\nDer er ro.", "comment-heading", 8, "without `#`"),
        ("Der er ro.", "Der er **ro.", "text-not-closed", 8, "before and after"),
        ("rolle:", "role:", "comment-key", 4, "did you mean `rolle`?"),
    ];
    for (i, (was, is, code, line, hint)) in cases.into_iter().enumerate() {
        let errors = folder(&format!("case-{i}"), &[("a.md", markdown(was, is).as_bytes())]).expect_err(code);
        let error =
            errors.iter().find(|error| error.code == code).unwrap_or_else(|| panic!("{code}: {errors:?}"));
        assert!(error.at.to_string().starts_with(&format!("comments/a.md:{line}:")), "{code}: {}", error.at);
        assert!(error.hints.iter().any(|h| h.contains(hint)), "{code}: {:?}", error.hints);
    }
}

#[test]
fn a_file_without_a_head_is_told_what_to_begin_with() {
    let error = mistake("no-head", "Der er ro.\n");
    assert!(error.code == "comment-head" && error.hints[0].contains("felt: kommentar"), "{error}");
}

#[test]
fn mistakes_in_the_workbook_are_told_with_sheet_row_and_column() {
    let rows = [HEAD, ["Tranehaven", "kommentar", "Der er ro.", "Konsulent", "i går", "godkendt"]];
    let errors = folder("row", &[("kommentarer.xlsx", &workbook(&rows))]).expect_err("no date");
    assert_eq!(
        errors[0].at.to_string(),
        "comments/kommentarer.xlsx, sheet `Kommentarer`, row 2, column `dato`"
    );
    let mut head = HEAD;
    head[3] = "roller";
    let errors = folder("head", &[("kommentarer.xlsx", &workbook(&[head]))]).expect_err("no role");
    assert!(
        errors[0].code == "comment-column" && errors[0].hints[0].contains("is `roller` meant?"),
        "{errors:?}"
    );
}

#[test]
fn a_broken_workbook_is_told_and_one_that_is_open_in_excel_is_read() {
    let errors = folder("broken", &[("kommentarer.xlsx", b"not a workbook")]).expect_err("it is broken");
    assert_eq!(
        (errors[0].code, errors[0].at.to_string().as_str()),
        ("comments-unreadable", "comments/kommentarer.xlsx")
    );
    let book = workbook(&[HEAD]);
    let read =
        folder("open", &[("kommentarer.xlsx", &book), ("~$kommentarer.xlsx", b"lock")]).expect("it is right");
    assert_eq!(read.inputs.len(), 1);
}

#[test]
fn two_comments_with_one_date_are_refused_also_across_files() {
    let rows = [HEAD, ["gronnevang", "kommentar", "Andet.", "Konsulent", "2025-12-08", "godkendt"]];
    let text = markdown("Der", "Der");
    let files = [("a.md", text.as_bytes()), ("kommentarer.xlsx", &workbook(&rows)[..])];
    let errors = folder("twice", &files).expect_err("two of one date");
    assert_eq!(errors.len(), 1);
    assert!(errors[0].code == "comment-twice" && errors[0].message.contains("comments/a.md:8"), "{errors:?}");
}

#[test]
fn a_cpr_number_is_refused_and_never_repeated() {
    for (i, number) in ["010180-1234", "0101801234", "010180 1234"].into_iter().enumerate() {
        let text = markdown("Der er ro.", &format!("Ring til {number}."));
        // Another mistake in the file is not drawn beside it.
        let error = mistake(&format!("cpr-{i}"), &text.replace("godkendt", "godkent"));
        let drawn = crate::diagnostics::draw(&error, false);
        assert!(error.code == "cpr-number" && drawn.contains("line 8"), "{drawn}");
        assert!(!drawn.contains("0101") && !drawn.contains("1234"), "{drawn}");
        let rows = [HEAD, ["gronnevang", "kommentar", number, "Konsulent", "2025-12-08", "godkent"]];
        let errors =
            folder(&format!("cpr-x-{i}"), &[("kommentarer.xlsx", &workbook(&rows))]).expect_err("refused");
        assert_eq!(errors.iter().map(|e| e.code).collect::<Vec<_>>(), ["cpr-number"]);
        assert!(!errors[0].to_string().contains("1234"));
    }
}
