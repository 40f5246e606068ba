//! Stage 5: payloads and templates → PDF, pictures, open results.

mod pdf;
mod png;
mod world;

pub use world::Typesetter;

#[cfg(test)]
mod sample_tests {
    use std::collections::BTreeMap;
    use crate::catalogue::YearMonth;
    use super::*;

    const BOX: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="54mm" height="31mm" viewBox="0 0 54 31"><rect width="54" height="31" fill="none" stroke="#999"/></svg>"##;

    #[test]
    fn the_sample_payloads_become_pdfs_that_are_accessible_and_archivable() {
        let edition = YearMonth { year: 2025, month: 12 };
        let typesetter = Typesetter::open(std::path::Path::new("/nowhere"), edition).map_err(|e| format!("{e:#?}")).unwrap();
        for name in ["sample.json", "sample-village.json"] {
            let mut files = BTreeMap::from([("/data.json", typesetter.file(name).unwrap().to_vec())]);
            for path in ["/map.svg","/municipality.svg","/logo.svg","/trend-1.svg","/trend-2.svg","/trend-3.svg","/trend-4.svg","/trend-5.svg","/trend-6.svg"] {
                files.insert(path, BOX.as_bytes().to_vec());
            }
            let document = typesetter.compile("area-status.typ", files).map_err(|e| format!("{e:#?}")).unwrap();
            assert!(pdf::check(&document, "da", "area-status.typ").is_empty());
            let bytes = pdf::write(&typesetter, "area-status.typ", &document, name.into(), edition).map_err(|e| format!("{e:#?}")).unwrap();
            std::fs::write(format!("/tmp/{name}.pdf"), &bytes).unwrap();
            for (i, page) in png::draw(&document, 80.0).unwrap().iter().enumerate() { std::fs::write(format!("/tmp/{name}-{i}.png"), page).unwrap(); }
            for profile in ["ua1", "3a"] {
                let options = page_validation::ValidationOptions::default().profile(profile.parse::<page_validation::ValidationProfile>().unwrap());
                let report = page_validation::validate_pdf_bytes(&bytes, &options);
                println!("{report:?}");
            }
        }
    }
}
