//! `kvarter audit` without a file: the attack on everything that the project would publish, sheet by sheet.

use std::{collections::BTreeSet, fs, path::Path};

use rayon::prelude::*;

use super::{NODES, contradiction, digest, figure_name, slug};
use crate::{
    audit::{
        attack::{Finding, Limits, Report, Verdict, attack},
        blame::blame,
        certificate::block,
        lp::Simplex,
        model::{Figure, Interval, Model},
        sheet::Sheet,
        verify,
    },
    diagnostics::{At, Diagnostic, Outcome, Severity},
};

/// Exposed quantities of a sheet of which the figures are looked for: that takes many attacks for each.
const BLAMED: usize = 20;

/// Figures that are named for an exposed quantity.
const NAMED: usize = 12;

/// How sheets are attacked, and where certificates go.
pub(super) struct Project<'a> {
    pub limits: Limits,
    pub certificates: Option<&'a Path>,
}

/// What came out of a sheet.
#[derive(Default)]
struct Tally {
    protected: usize,
    safe: usize,
    exposed: usize,
    certified: usize,
    text: String,
}

impl Tally {
    fn unfinished(&self) -> usize {
        self.protected - self.safe - self.exposed
    }

    fn plus(mut self, other: &Self) -> Self {
        self.protected += other.protected;
        self.safe += other.safe;
        self.exposed += other.exposed;
        self.certified += other.certified;
        self.text.push_str(&other.text);
        self
    }
}

impl Project<'_> {
    /// Attacks all sheets and tells what came out.
    pub fn audit(&self, sheets: &[Sheet]) -> Outcome<String> {
        let mut used = BTreeSet::new();
        let named: Vec<(&Sheet, String)> =
            sheets.iter().map(|sheet| (sheet, slug(&sheet.name, &mut used))).collect();
        let done: Vec<Result<Tally, Diagnostic>> =
            named.par_iter().map(|(sheet, slug)| self.sheet(sheet, slug)).collect();
        let mut found: Vec<Diagnostic> = Vec::new();
        let mut all = Tally::default();
        for tally in done {
            match tally {
                Ok(tally) => all = all.plus(&tally),
                Err(error) => found.push(error),
            }
        }
        found.extend(unsafe_of(&all));
        let mut text = format!(
            "{}{} sheets, {} protected quantities: {} safe, {} exposed, {} not finished\n",
            all.text,
            sheets.len(),
            all.protected,
            all.safe,
            all.exposed,
            all.unfinished()
        );
        if let Some(folder) = self.certificates {
            let told =
                format!("{} of them certified in {}; each was checked\n", all.certified, folder.display());
            text.push_str(&told);
        }
        Ok((text, found))
    }

    fn sheet(&self, sheet: &Sheet, slug: &str) -> Result<Tally, Diagnostic> {
        let model = sheet.model();
        let solver = Simplex { nodes: NODES };
        let mut report =
            attack(&model, &self.limits, &solver).map_err(|none| contradiction(&model, none, &sheet.name))?;
        withdraw(&mut report);
        let is = |is: fn(&Finding) -> bool| report.findings.iter().filter(|finding| is(finding)).count();
        let mut tally = Tally {
            protected: report.findings.len(),
            safe: is(Finding::is_safe),
            exposed: is(|finding| matches!(finding.verdict, Verdict::Leak(_))),
            ..Tally::default()
        };
        if tally.safe < tally.protected {
            tally.text = format!(
                "{}: {} protected quantities, {} exposed, {} not finished\n",
                sheet.name,
                tally.protected,
                tally.exposed,
                tally.unfinished()
            );
            tally.text.push_str(&self.leaks(sheet, &model, &report));
        }
        if let Some(folder) = self.certificates {
            tally.certified = certify(sheet, &model, &report, folder, slug)?;
        }
        Ok(tally)
    }

    /// Every exposed quantity, with the figures that give it away.
    fn leaks(&self, sheet: &Sheet, model: &Model, report: &Report) -> String {
        let solver = Simplex { nodes: NODES };
        let (mut text, mut blamed) = (String::new(), 0);
        for (at, (protected, finding)) in model.protected.iter().zip(&report.findings).enumerate() {
            let Verdict::Leak(layer) = finding.verdict else { continue };
            let mut line = format!(
                "  LEAK   {}  {}; {}",
                protected.id,
                interval(finding.within, sheet.scale),
                layer.name()
            );
            blamed += 1;
            if blamed <= BLAMED {
                line.push_str(&format!(
                    ": {}",
                    figures(model, &blame(model, at, finding.within, &self.limits, &solver))
                ));
            }
            if let Some(by) = &protected.hidden_by {
                line.push_str(&format!(" (hidden by {by})"));
            }
            text.push_str(&format!("{line}\n"));
        }
        text
    }
}

/// Tables of a part prove nothing where no table of the whole was found: sums between parts were not compared.
fn withdraw(report: &mut Report) {
    if report.table.is_none() {
        let safe = report.findings.iter_mut().filter(|finding| finding.is_safe());
        safe.for_each(|finding| finding.verdict = Verdict::Unfinished);
    }
}

/// In ones and not in steps.
fn interval(within: Interval, scale: i128) -> String {
    let number = |steps: i128| match steps % scale.max(1) {
        0 => (steps / scale.max(1)).to_string(),
        _ => (steps as f64 / scale as f64).to_string(),
    };
    match (within.lo, within.hi) {
        (Some(lo), Some(hi)) if lo == hi => number(lo),
        (Some(lo), Some(hi)) => format!("{} to {}", number(lo), number(hi)),
        (Some(lo), None) => format!("{} or more", number(lo)),
        (None, Some(hi)) => format!("{} or less", number(hi)),
        (None, None) => "anything".into(),
    }
}

/// The figures that tell it; sums that hold anyway are no news to anybody.
fn figures(model: &Model, figures: &[usize]) -> String {
    let is_told = |figure: &Figure| figure.place.is_some() || figure.edition.is_some();
    let told: Vec<usize> =
        figures.iter().copied().filter(|&figure| is_told(&model.figures[figure])).collect();
    if told.is_empty() {
        return "known before anything is published".into();
    }
    let mut names: Vec<String> =
        told.iter().take(NAMED).map(|&figure| figure_name(&model.figures[figure])).collect();
    if told.len() > names.len() {
        names.push(format!("{} more", told.len() - names.len()));
    }
    names.join("; ")
}

fn unsafe_of(all: &Tally) -> Option<Diagnostic> {
    let (exposed, unfinished) = (all.exposed, all.unfinished());
    let code = match (exposed, unfinished) {
        (0, 0) => return None,
        (0, _) => "not-finished",
        _ => "leak",
    };
    let message = format!(
        "{exposed} of {} protected quantities can be worked out too closely, {unfinished} are not proven to stay hidden",
        all.protected
    );
    let hint = match exposed {
        0 => "what is not proven counts as unsafe: publish fewer figures together, or coarser ones",
        _ => "each line marked LEAK names the figures that give it away: hide or coarsen one of them",
    };
    Some(Diagnostic::new(Severity::Error, code, message, At::Nowhere).hint(hint))
}

/// Writes the publication file of a sheet and one certificate of all that is safe, checked as anybody can; gives how many that is.
fn certify(
    sheet: &Sheet,
    model: &Model,
    report: &Report,
    folder: &Path,
    slug: &str,
) -> Result<usize, Diagnostic> {
    let path = folder.join(format!("{slug}.json"));
    let source = sheet.json();
    let refused = |why: String| {
        Diagnostic::new(Severity::Error, "no-certificate", why, At::File(path.display().to_string()))
    };
    let write = |path: &Path, text: &str| {
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
        written.map_err(|error| refused(format!("it cannot be written: {error}")))
    };
    write(&path, &source)?;
    let digest = digest(&source);
    let Some(certificate) = block(model, report, &path.display().to_string(), &digest) else { return Ok(0) };
    let publication = serde_json::from_str(&source).unwrap_or_default();
    let checked = verify::block::holds(&certificate, &publication, &digest)
        .map_err(|why| refused(format!("the certificate of {} does not hold: {why}", sheet.name)))?;
    write(&folder.join(format!("{slug}.certificate.json")), &format!("{certificate}\n"))?;
    Ok(checked.hidden)
}

#[cfg(test)]
mod tests;
