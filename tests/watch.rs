//! Somebody edits, and the pages follow.

use std::fs;

use kvarter::{
    BuildOptions,
    diagnostics::Diagnostic,
    watch::{Kind, Round, Session},
};

use crate::support::Project;

fn step(session: &mut Session) -> Option<Round> {
    session.step(&[], &|_| ())
}

/// Reports made and kept, and the errors told.
fn outcome(round: &Round) -> (usize, usize, Vec<String>) {
    let errors =
        |told: &[Diagnostic]| told.iter().filter(|told| told.is_error()).map(ToString::to_string).collect();
    match &round.outcome {
        Ok((summary, told)) => (summary.reports - summary.kept, summary.kept, errors(told)),
        Err(told) => (0, 0, errors(told)),
    }
}

#[test]
fn an_edit_does_what_it_asks_for_and_a_mistake_leaves_the_last_good_pages() {
    let project = Project::small();
    let page = project.dir.join("out/area-status/nord.pdf");
    let mut session = Session::new(BuildOptions {
        catalogue: project.dir.join("indicators.yaml"),
        data: project.dir.clone(),
        out: project.dir.join("out"),
        jobs: 2,
        ..BuildOptions::default()
    });
    let first = step(&mut session).expect("the first time in any case");
    assert_eq!((first.kind, outcome(&first)), (Kind::Everything, (2, 0, vec![])));
    assert!(step(&mut session).is_none(), "nothing has changed");

    // A template: nothing is computed.
    project.write("templates/parts/theme.typ", "#import \"/kvarter/parts/theme.typ\": *\n#let ink = red\n");
    let round = step(&mut session).expect("a change");
    assert_eq!(
        (round.kind, round.changed.as_slice()),
        (Kind::Pages, &["templates/parts/theme.typ".to_string()][..])
    );
    assert_eq!(outcome(&round), (2, 0, vec![]));

    // The report that somebody looks at comes first, the others follow.
    project.write("templates/parts/theme.typ", "#import \"/kvarter/parts/theme.typ\": *\n#let ink = blue\n");
    let looked_at = ["area-status".to_string(), "syd".to_string()];
    let part = session.step(&looked_at, &|_| ()).expect("a change");
    assert_eq!((part.is_part, outcome(&part), session.has_rest()), (true, (1, 0, vec![]), true));
    let others = session.step(&looked_at, &|_| ()).expect("the others");
    assert_eq!((others.is_part, outcome(&others), session.has_rest()), (false, (1, 1, vec![]), false));
    assert!(project.dir.join("out/results/values.csv").is_file(), "the open results stay");

    // A comment: its area's page alone.
    let head = "område: nord\nfelt: kommentar\nrolle: Konsulent\ndato: 2025-12-08\nstatus: godkendt";
    project.write("comments/nord.md", &format!("---\n{head}\n---\nEn ny legeplads.\n"));
    let round = step(&mut session).expect("a change");
    assert_eq!((round.kind, outcome(&round)), (Kind::Comments, (1, 1, vec![])));

    // A mistake in a template, then one in the catalogue: told, and the pages stay.
    let good = fs::read(&page).expect("a page");
    project.write("templates/parts/theme.typ", "#let (\n");
    let (made, _, errors) = outcome(&step(&mut session).expect("a change"));
    assert!(
        made == 0 && errors.iter().all(|error| error.contains("parts/theme.typ:1:")) && !errors.is_empty()
    );
    assert!(fs::read(&page).is_ok_and(|now| now == good));
    let catalogue = fs::read_to_string(project.dir.join("indicators.yaml")).expect("readable");
    project.write("indicators.yaml", &catalogue.replace("[rest, municipality]", "[rust, municipality]"));
    let (_, _, errors) = outcome(&step(&mut session).expect("a change"));
    assert!(errors.iter().any(|error| error.contains("rust")), "{errors:#?}");
    assert!(fs::read(&page).is_ok_and(|now| now == good));

    // Mended, both: everything is computed, as the catalogue was wrong meanwhile.
    fs::remove_file(project.dir.join("templates/parts/theme.typ")).expect("removed");
    project.write("indicators.yaml", &catalogue);
    let round = step(&mut session).expect("a change");
    assert_eq!((round.kind, outcome(&round).2), (Kind::Everything, vec![]));
    assert!(fs::read(&page).is_ok_and(|now| now != good), "the ink has the program's colour again");
}
