//! Mistakes in a municipality's own template that a reader with a screen reader would suffer from stop its reports.

use kvarter::diagnostics::Diagnostic;

use crate::support::Project;

const HEAD: &str = r#"#import "/kvarter/parts/page.typ": report
#show: report
= Prøve
"#;

/// What a build with this template of the reports says, once for each of the two reports.
fn told(template: &str) -> Vec<String> {
    let project = Project::small();
    project.write("templates/area-status.typ", template);
    let (summary, told) = project.build().unwrap_or_else(|errors| panic!("{errors:#?}"));
    let errors: Vec<String> =
        told.iter().filter(|found| found.is_error()).map(Diagnostic::to_string).collect();
    assert_eq!(summary.failed.len(), errors.len(), "{errors:#?}");
    assert_eq!(summary.reports + summary.failed.len(), 2);
    errors
}

#[test]
fn a_template_without_these_faults_makes_its_reports() {
    let template = format!(
        "{HEAD}#image(\"logo.svg\", alt: \"Et skjold.\")\n#table(columns: 2, table.header[a][b], [1], [2])\n"
    );
    assert_eq!(told(&template), Vec::<String>::new());
}

#[test]
fn a_figure_without_alt_text_fails_with_its_line() {
    for template in [
        format!("{HEAD}#image(\"logo.svg\")\n"),
        format!("{HEAD}#figure(rect(), caption: none, kind: \"drawing\", supplement: none)\n"),
    ] {
        let errors = told(&template);
        assert_eq!(errors.len(), 2, "{template}");
        assert!(errors[0].contains("templates/area-status.typ:4:"), "{errors:#?}");
        assert!(errors[0].contains("alt text") || errors[0].contains("alternative"), "{errors:#?}");
    }
}

#[test]
fn a_table_without_a_head_fails_with_its_line_and_what_to_type() {
    let errors = told(&format!("{HEAD}#table(columns: 2)[a][b]\n"));
    assert_eq!(errors.len(), 2);
    let error = &errors[0];
    assert!(error.starts_with("error[table-without-head]"), "{error}");
    assert!(
        error.contains("templates/area-status.typ:4:") && error.contains("type `table.header"),
        "{error}"
    );
}

#[test]
fn a_document_without_its_language_fails_with_what_to_type() {
    let date = "date: datetime(year: 2025, month: 12, day: 1)";
    let errors = told(&format!("#set document(title: \"Prøve\", {date})\n= Prøve\n"));
    assert_eq!(errors.len(), 2);
    let error = &errors[0];
    assert!(error.starts_with("error[document-language]"), "{error}");
    assert!(error.contains("#set text(lang: \"da\")"), "{error}");
}

#[test]
fn colours_that_cannot_be_read_or_look_like_a_status_are_refused_where_they_are_written() {
    let refused = |theme: &str| {
        let project = Project::small();
        let catalogue = std::fs::read_to_string(project.dir.join("indicators.yaml")).expect("readable");
        project.write("indicators.yaml", &format!("theme: {{ {theme} }}\n{catalogue}"));
        crate::support::one(&project.errors())
    };
    for (theme, at, why) in [
        ("primary: \"#7B1E2B\"", "1:19", "cannot be told from #8C1D18"),
        ("primary: \"#5596C0\"", "1:19", "contrast"),
        ("tint: \"#6A9AB0\"", "1:16", "light enough"),
    ] {
        let error = refused(theme);
        assert!(error.starts_with("error[theme-colour]") && error.contains(why), "{error}");
        assert!(error.contains(&format!("indicators.yaml:{at}")), "{error}");
    }
}
