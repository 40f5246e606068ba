//! What gave a count away: enough, and none too many.

use kvarter::audit::{attack::Limits, blame::blame, model::Model, read::read};

use super::{SOLVER, planted::files, report};

fn interval(model: &Model, figures: &[usize], protected: usize) -> (Option<i128>, Option<i128>) {
    let rows = model.rows.iter().filter(|row| figures.contains(&row.figure)).cloned().collect();
    let finding = report(&Model { rows, ..model.clone() }).findings.swap_remove(protected);
    (finding.within.lo, finding.within.hi)
}

#[test]
fn the_figures_that_are_named_give_the_interval_and_none_can_be_left_out() {
    let limits = Limits::default();
    for (name, file) in files() {
        let model = read(&name, &file.to_string()).expect("it can be read");
        let by: Vec<&str> =
            file["about"]["by"].as_array().into_iter().flatten().filter_map(|id| id.as_str()).collect();
        for (at, finding) in report(&model).findings.iter().enumerate() {
            let within = (finding.within.lo, finding.within.hi);
            let figures = blame(&model, at, finding.within, &limits, &SOLVER);
            assert_eq!(interval(&model, &figures, at), within, "{name}: they are enough");
            for left_out in &figures {
                let rest: Vec<usize> = figures.iter().copied().filter(|figure| figure != left_out).collect();
                assert_ne!(interval(&model, &rest, at), within, "{name}: {left_out} is too many");
            }
        }
        let named: Vec<usize> = (0..model.figures.len())
            .filter(|&figure| by.contains(&model.figures[figure].id.as_str()))
            .collect();
        assert_eq!(named.len(), by.len(), "{name}: the header names figures of the file");
        for (at, finding) in report(&model).findings.iter().enumerate() {
            assert_eq!(
                interval(&model, &named, at),
                (finding.within.lo, finding.within.hi),
                "{name}: its header's"
            );
        }
    }
}
