//! Which reports are made: one for each area, or one over all areas, as the catalogue declares and the user narrows.

use std::collections::{BTreeMap, BTreeSet};

use super::{context::Context, site, subject::whole, world::Typesetter};
use crate::{
    catalogue::{RESIDENTS, Report, ReportKind},
    compute::State,
    diagnostics::{At, Diagnostic, Severity},
    ids::{AreaId, PracticeId, ReportId, ValueId},
    sources::Area,
};

/// One report of one area, or of none.
pub(super) struct Job<'a> {
    pub report: (&'a ReportId, &'a Report),
    pub area: Option<Placed<'a>>,
    /// The practice that a hand-out is about.
    pub practice: Option<&'a PracticeId>,
}

/// An area with its part of every file name.
pub(super) struct Placed<'a> {
    pub area: &'a Area,
    pub slug: String,
}

impl Job<'_> {
    /// The path of its files in the output folder, without their endings.
    pub fn path(&self) -> String {
        match (&self.area, self.practice) {
            (Some(placed), _) => format!("{}/{}", self.report.0, placed.slug),
            (None, Some(practice)) => format!("{}/{practice}", self.report.0),
            (None, None) => self.report.0.to_string(),
        }
    }

    /// The area that it is about.
    pub fn about(&self) -> Option<&AreaId> {
        self.area.as_ref().map(|placed| &placed.area.id)
    }

    /// What it is called in messages and in the identity of its PDF.
    pub fn name(&self) -> String {
        self.about().map_or_else(|| self.path(), |area| format!("{}/{area}", self.report.0))
    }
}

/// What is made and what is left out.
#[derive(Default)]
pub(super) struct Plan<'a> {
    pub jobs: Vec<Job<'a>>,
    /// Areas below a report's `min-residents`.
    pub too_small: BTreeMap<ReportId, Vec<AreaId>>,
}

/// Plans the reports. `only` names areas and reports; all are made when it is empty.
pub(super) fn plan<'a>(
    context: &'a Context<'a>,
    typesetter: &Typesetter,
    only: &[String],
) -> Result<Plan<'a>, Vec<Diagnostic>> {
    let mut errors = unknown(context, only);
    let mut plan = Plan::default();
    for (id, report) in context.catalogue.reports.iter() {
        let template = match report.kind {
            ReportKind::Site => format!("{}/{}", report.template.value, site::PAGE),
            _ => report.template.value.clone(),
        };
        if typesetter.file(&template).is_none() {
            let message = format!("there is no template `{}`", report.template.value);
            let known = typesetter.paths().filter(|path| path.ends_with(".typ") && !path.contains('/'));
            errors.push(
                Diagnostic::error("unknown-template", message, &report.template.place)
                    .did_you_mean(&report.template, known)
                    .hint("templates lie in `templates/` beside the catalogue, or come with the program"),
            );
            continue;
        }
        if report.kind == ReportKind::PracticeHandOut {
            plan.jobs.extend(hand_outs(context, (&id.value, report), only));
            continue;
        }
        if report.one_per.is_empty() && (only.is_empty() || only.iter().any(|name| *name == id.as_str())) {
            plan.jobs.push(Job { report: (&id.value, report), area: None, practice: None });
        }
        let layers = report.one_per.iter().flat_map(|layer| context.places.layer(&layer.value));
        for area in layers {
            if is_small(context, report, area) {
                plan.too_small.entry(id.value.clone()).or_default().push(area.id.clone());
            } else if wanted(only, &id.value, area) {
                let placed = Placed { area, slug: slug(area.id.as_str()) };
                plan.jobs.push(Job { report: (&id.value, report), area: Some(placed), practice: None });
            }
        }
    }
    errors.extend(clashes(&plan.jobs));
    if errors.is_empty() { Ok(plan) } else { Err(errors) }
}

/// Every name among `only` that is neither an area nor a report.
fn unknown(context: &Context, only: &[String]) -> Vec<Diagnostic> {
    let known: BTreeSet<&str> = context
        .catalogue
        .reports
        .ids()
        .map(ReportId::as_str)
        .chain(context.places.layers.values().flatten().map(|area| area.id.as_str()))
        .chain(practices(context).map(PracticeId::as_str))
        .collect();
    only.iter()
        .filter(|name| !known.contains(name.as_str()))
        .map(|name| {
            let message = format!("`{name}` is neither an area nor a report");
            Diagnostic::new(Severity::Error, "unknown-name", message, At::Nowhere)
                .did_you_mean(name, known.iter().copied())
                .hint("`kvarter list areas` names the areas")
        })
        .collect()
}

/// The practices that a hand-out can be made of: all, if a report is one.
fn practices<'a>(context: &'a Context) -> impl Iterator<Item = &'a PracticeId> {
    let any = context.catalogue.reports.iter().any(|(_, report)| report.kind == ReportKind::PracticeHandOut);
    context.catalogue.practices.ids().filter(move |_| any)
}

/// Hand-outs are made only where they are asked for: those of the practices named, or by the report's name all.
fn hand_outs<'a>(
    context: &'a Context<'a>,
    report: (&'a ReportId, &'a Report),
    only: &[String],
) -> Vec<Job<'a>> {
    let named = |practice: &&PracticeId| only.iter().any(|name| name == practice.as_str());
    let practices = &context.catalogue.practices;
    let mut chosen: Vec<&PracticeId> = practices.ids().filter(named).collect();
    if chosen.is_empty() && only.iter().any(|name| name == report.0.as_str()) {
        chosen = practices.ids().collect();
    }
    chosen.into_iter().map(|practice| Job { report, area: None, practice: Some(practice) }).collect()
}

/// A report's name asks for all its areas, an area's name for all its reports, both for the one.
fn wanted(only: &[String], report: &ReportId, area: &Area) -> bool {
    let names = |name: &str| only.iter().any(|wanted| wanted == name);
    let (reports, areas): (Vec<&String>, Vec<&String>) =
        only.iter().partition(|name| *name == report.as_str());
    only.is_empty() || names(area.id.as_str()) || (!reports.is_empty() && areas.is_empty())
}

/// Fewer residents than the report asks for, at the latest count. Without a count, or with a hidden one, an area is small
/// where a least number is asked for.
fn is_small(context: &Context, report: &Report, area: &Area) -> bool {
    if report.min_residents == 0 {
        return false;
    }
    let period = context.overview.latest(&area.layer, &RESIDENTS.into());
    let state = period.map(|period| context.publication.get(&ValueId::own(RESIDENTS, &area.id, period)));
    let residents = state.filter(|state| matches!(state, State::Shown(_))).and_then(whole);
    residents.is_none_or(|residents| residents < i64::from(report.min_residents))
}

/// Two areas of a report with one file name.
fn clashes(jobs: &[Job]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<(&ReportId, &str), &AreaId> = BTreeMap::new();
    let mut errors = Vec::new();
    for (report, Placed { area, slug }) in
        jobs.iter().filter_map(|job| Some((job.report.0, job.area.as_ref()?)))
    {
        if let Some(other) = seen.insert((report, slug), &area.id) {
            let message = format!("the areas `{other}` and `{}` would both be written to `{slug}`", area.id);
            errors.push(Diagnostic::new(Severity::Error, "same-file-name", message, At::Nowhere));
        }
    }
    errors
}

/// A name for files: small letters a to z, digits and hyphens.
pub(super) fn slug(id: &str) -> String {
    let mut slug = String::new();
    for letter in id.to_lowercase().chars() {
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            'æ' => slug.push_str("ae"),
            'ø' => slug.push_str("oe"),
            'å' => slug.push_str("aa"),
            _ if !slug.ends_with('-') && !slug.is_empty() => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_string()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::reports::fixture::{Fixture, facts};

    #[test]
    fn a_file_name_has_only_letters_digits_and_hyphens() {
        assert_eq!(slug("Grønnevang / Åparken  2."), "groennevang-aaparken-2");
        assert_eq!(slug("gronnevang"), "gronnevang");
    }

    /// The reports that are made when these names are asked for.
    fn planned(only: &[&str]) -> Vec<String> {
        let fixture = Fixture::new(facts());
        let context = fixture.context();
        let edition = fixture.catalogue.about.edition.value;
        let typesetter = Typesetter::open(Path::new("no-such-folder"), edition).expect("the program's own");
        let only: Vec<String> = only.iter().map(ToString::to_string).collect();
        let plan = plan(&context, &typesetter, &only).unwrap_or_else(|errors| panic!("{errors:#?}"));
        plan.jobs.iter().map(Job::path).collect()
    }

    #[test]
    fn a_hand_out_is_made_only_where_it_is_asked_for() {
        let all = planned(&[]);
        assert!(all.contains(&"inspiration-catalogue".to_string()), "{all:?}");
        assert!(!all.iter().any(|path| path.starts_with("practice-hand-out")), "{all:?}");
        assert_eq!(planned(&["stair-model"]), ["practice-hand-out/stair-model"]);
        assert_eq!(planned(&["practice-hand-out", "stair-model"]), ["practice-hand-out/stair-model"]);
        let every = planned(&["practice-hand-out"]);
        assert_eq!(every.len(), Fixture::new(facts()).catalogue.practices.len());
    }
}
