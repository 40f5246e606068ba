//! `kvarter audit`: what can be worked out from what the project publishes or from a publication file, and whether a certificate
//! holds.

mod project;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use sha2::{Digest, Sha256};

use super::{Inputs, then};
use crate::{
    BuildOptions,
    audit::{
        attack::{Finding, Limits, Report, Verdict, attack},
        blame::blame,
        certificate::certificate,
        lp::Simplex,
        model::{Contradiction, Figure, Model},
        read::read,
        verify::{self, block},
    },
    diagnostics::{At, Diagnostic, Outcome, Severity},
};

/// Find out what can be worked out from all that is published, taken together
///
/// Without a file, of the project: everything that its catalogue and data would publish, source by source and period by period. With
/// publication files: what is published of which unknowns, and what must stay hidden. Prints for what can be narrowed too far the
/// interval and the figures that do so. The exit code is 1 if anything can be narrowed to less than its protection, or if that could
/// not be found out: connected parts of more than 10,000 unknowns or rows are only searched around each hidden quantity, those of
/// more than 30,000 not at all, and branch and bound stops after 20,000 nodes
#[derive(Args)]
pub struct Audit {
    /// Publication files (JSON) [default: the project]
    #[arg(value_name = "FILE", conflicts_with = "verify")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    inputs: Inputs,
    /// Also find the exact interval of what is proven to stay hidden
    #[arg(long, conflicts_with = "verify")]
    intervals: bool,
    /// Write a certificate for everything that stays hidden: two tables that both give the same publication. Of the project also
    /// its publication files
    #[arg(long, value_name = "DIR", conflicts_with = "verify")]
    certificate: Option<PathBuf>,
    /// Check a certificate against the publication file that it names
    #[arg(long, value_name = "FILE")]
    verify: Option<PathBuf>,
}

/// Nodes of branch and bound for one program.
const NODES: u64 = 20_000;

impl Audit {
    pub(super) fn run(self) -> Outcome<String> {
        if let Some(file) = &self.verify {
            return verified(file).map(|text| (text, Vec::new())).map_err(|error| vec![error]);
        }
        if self.files.is_empty() {
            return self.project();
        }
        let (mut text, mut found) = (String::new(), Vec::new());
        for file in &self.files {
            match self.audit(file) {
                Ok((told, more)) => {
                    text.push_str(&told);
                    found.extend(more);
                }
                Err(errors) => found.extend(errors),
            }
        }
        Ok((text, found))
    }

    fn limits(&self) -> Limits {
        Limits { every_interval: self.intervals, ..Limits::default() }
    }

    /// Computes what the project would publish, and attacks that.
    fn project(&self) -> Outcome<String> {
        let options = BuildOptions {
            catalogue: self.inputs.catalogue.clone(),
            data: self.inputs.data().to_path_buf(),
            ..BuildOptions::default()
        };
        let mut warnings = Vec::new();
        let computed = then(&mut warnings, crate::compute(&options, &|_| ()))?;
        let project = project::Project { limits: self.limits(), certificates: self.certificate.as_deref() };
        let text = then(&mut warnings, project.audit(computed.publication.sheets()))?;
        Ok((text, warnings))
    }

    fn audit(&self, file: &Path) -> Outcome<String> {
        let name = file.display().to_string();
        let source = text_of(file).map_err(|error| vec![error])?;
        let model = read(&name, &source)?;
        let limits = self.limits();
        let solver = Simplex { nodes: NODES };
        let report =
            attack(&model, &limits, &solver).map_err(|none| vec![contradiction(&model, none, &name)])?;
        let mut text = format!("{name}\n");
        let width = model.protected.iter().map(|protected| protected.id.chars().count()).max().unwrap_or(0);
        for (at, (protected, finding)) in model.protected.iter().zip(&report.findings).enumerate() {
            let mut line = format!("  {:<6} {:<width$}  {}", word(finding), protected.id, interval(finding));
            if let Verdict::Leak(layer) = finding.verdict {
                let from = blame(&model, at, finding.within, &limits, &solver);
                line.push_str(&format!("; {}: {}", layer.name(), figures(&model, &from)));
            }
            if let Some(by) = &protected.hidden_by {
                line.push_str(&format!(" (hidden by {by})"));
            }
            text.push_str(&format!("{line}\n"));
        }
        if model.protected.is_empty() {
            text.push_str("  nothing in it is protected\n");
        }
        let mut found: Vec<Diagnostic> = unsafe_of(&report, &name).into_iter().collect();
        if let Some(folder) = &self.certificate {
            let (written, errors) = certificates(&model, &report, file, &source, folder);
            text.push_str(&format!("  {written} certificates written and checked\n"));
            found.extend(errors);
        }
        Ok((text, found))
    }
}

fn word(finding: &Finding) -> &'static str {
    match finding.verdict {
        Verdict::Safe(_) => "safe",
        Verdict::Leak(_) => "LEAK",
        Verdict::Unfinished => "unsafe",
    }
}

/// `3`, `1 to 5`, `1 or more`; what is only known to be possible is said so.
fn interval(finding: &Finding) -> String {
    let written = |lo: Option<i128>, hi: Option<i128>| match (lo, hi) {
        (Some(lo), Some(hi)) if lo == hi => lo.to_string(),
        (Some(lo), Some(hi)) => format!("{lo} to {hi}"),
        (Some(lo), None) => format!("{lo} or more"),
        (None, Some(hi)) => format!("{hi} or less"),
        (None, None) => "anything".into(),
    };
    let within = written(finding.within.lo, finding.within.hi);
    match (&finding.verdict, finding.met) {
        (Verdict::Unfinished, _) => format!("not finished; within {within}"),
        (Verdict::Safe(_), Some((lo, hi))) if !finding.is_exact() => {
            format!("{lo} to {hi} or wider; within {within}")
        }
        _ => within,
    }
}

/// The figures that give a quantity away, as a reader can find them.
fn figures(model: &Model, figures: &[usize]) -> String {
    if figures.is_empty() {
        return "known before anything is published".into();
    }
    let mut names: Vec<String> =
        figures.iter().take(12).map(|&figure| figure_name(&model.figures[figure])).collect();
    if figures.len() > names.len() {
        names.push(format!("{} more", figures.len() - names.len()));
    }
    names.join("; ")
}

fn figure_name(figure: &Figure) -> String {
    let where_is: Vec<&str> =
        [&figure.edition, &figure.place].into_iter().flatten().map(String::as_str).collect();
    if where_is.is_empty() { figure.id.clone() } else { format!("{} ({})", figure.id, where_is.join(", ")) }
}

fn unsafe_of(report: &Report, name: &str) -> Option<Diagnostic> {
    let is_leak = |finding: &&Finding| matches!(finding.verdict, Verdict::Leak(_));
    let leaks = report.findings.iter().filter(is_leak).count();
    let unfinished = report.findings.iter().filter(|finding| !finding.is_safe()).count() - leaks;
    let told = |code, message: String| Diagnostic::new(Severity::Error, code, message, At::File(name.into()));
    let of = format!("of {} protected quantities", report.findings.len());
    match (leaks, unfinished) {
        (0, 0) => None,
        (0, _) => Some(
            told("not-finished", format!("{unfinished} {of} are not proven to stay hidden"))
                .hint("what is not proven counts as unsafe: publish fewer figures together, or coarser ones"),
        ),
        _ => Some(
            told(
                "leak",
                format!(
                    "{leaks} {of} can be worked out too closely, {unfinished} are not proven to stay hidden"
                ),
            )
            .hint("each line marked LEAK names the figures that give it away: hide or coarsen one of them"),
        ),
    }
}

fn contradiction(model: &Model, contradiction: Contradiction, name: &str) -> Diagnostic {
    let message = match contradiction.figure.and_then(|figure| model.figures.get(figure)) {
        Some(figure) => format!(
            "no table gives this publication: `{}` cannot hold together with the other figures",
            figure.id
        ),
        None => "no table gives this publication: its figures cannot hold together".to_string(),
    };
    Diagnostic::new(Severity::Error, "contradiction", message, At::File(name.into()))
        .hint("nothing can be proven of it: look for a figure that is rounded otherwise than the file says, or is of other people")
}

/// Writes certificates and checks each as anybody can; gives how many hold, and the errors.
fn certificates(
    model: &Model,
    report: &Report,
    file: &Path,
    source: &str,
    folder: &Path,
) -> (usize, Vec<Diagnostic>) {
    let (name, digest) = (file.display().to_string(), digest(source));
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let publication = serde_json::from_str(source).unwrap_or_default();
    let (mut written, mut errors, mut used) = (0, Vec::new(), BTreeSet::new());
    for (at, protected) in model.protected.iter().enumerate().filter(|(at, _)| report.findings[*at].is_safe())
    {
        let slug = slug(&format!("{stem}-{}", protected.id), &mut used);
        let path = folder.join(format!("{slug}.json"));
        let done = certificate(model, report, at, &name, &digest)
            .ok_or_else(|| "no table of the rest of the publication was found".to_string())
            .and_then(|text| verify::holds(&text, &publication, &digest).map(|_| format!("{text:#}\n")))
            .and_then(|text| {
                fs::create_dir_all(folder).and_then(|()| fs::write(&path, text)).map_err(|e| e.to_string())
            });
        match done {
            Ok(()) => written += 1,
            Err(why) => {
                let message = format!("no certificate for `{}`: {why}", protected.id);
                errors.push(Diagnostic::new(
                    Severity::Error,
                    "no-certificate",
                    message,
                    At::File(name.clone()),
                ));
            }
        }
    }
    (written, errors)
}

/// A file name from an id: letters, digits and hyphens, once.
fn slug(id: &str, used: &mut BTreeSet<String>) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let slug: String = id.chars().map(plain).collect();
    let numbered = (2..).map(|number| format!("{slug}-{number}"));
    let free =
        std::iter::once(slug.clone()).chain(numbered).find(|slug| !used.contains(slug)).unwrap_or(slug);
    used.insert(free.clone());
    free
}

/// Checks a certificate against the file it names: as named, or beside the certificate.
fn verified(path: &Path) -> Result<String, Diagnostic> {
    let at = At::File(path.display().to_string());
    let wrong = |why: String| {
        Diagnostic::new(Severity::Error, "certificate-refused", why, at.clone())
            .hint("the certificate proves nothing: `kvarter audit FILE --certificate DIR` makes a new one")
    };
    let certificate = text_of(path)?;
    let (name, _) = verify::named(&certificate).map_err(wrong)?;
    let named = PathBuf::from(&name);
    let beside = path.parent().unwrap_or(Path::new("")).join(named.file_name().unwrap_or_default());
    let publication = text_of(if named.exists() { &named } else { &beside })?;
    let digest = digest(&publication);
    if block::is_block(&certificate).map_err(wrong)? {
        let checked = block::check(&certificate, &publication, &digest).map_err(wrong)?;
        return Ok(format!(
            "{} of {} protected quantities in {name} stay hidden: {} tables give all {} published figures\n",
            checked.hidden, checked.protected, checked.tables, checked.figures
        ));
    }
    let checked = verify::check(&certificate, &publication, &digest).map_err(wrong)?;
    let (one, other) = checked.values;
    Ok(format!(
        "`{}` in {name} can be {one} and can be {other}: both tables give all {} published figures\n",
        checked.protected, checked.figures
    ))
}

fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn text_of(file: &Path) -> Result<String, Diagnostic> {
    fs::read_to_string(file).map_err(|error| {
        let message = format!("the file cannot be read: {error}");
        Diagnostic::new(Severity::Error, "unreadable-file", message, At::File(file.display().to_string()))
            .hint("expected a publication file (JSON, UTF-8), or with --verify a certificate")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn audited(file: &str) -> (String, Vec<Diagnostic>) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audit/planted").join(file);
        let inputs = Inputs { catalogue: "indicators.yaml".into(), data: None };
        let audit = Audit { files: vec![file], inputs, intervals: false, certificate: None, verify: None };
        audit.run().unwrap_or_else(|errors| panic!("{errors:?}"))
    }

    #[test]
    fn a_leak_is_printed_with_its_interval_its_layer_and_the_figures_that_give_it_away() {
        let (text, found) = audited("two-editions.json");
        assert!(text.contains("  LEAK   east     4; row space: town; west and harbour\n"), "{text}");
        assert!(text.contains("  LEAK   harbour  11; row space: town; east and west (2025-1)\n"), "{text}");
        assert_eq!(found.len(), 1);
        assert!(
            found[0].is_error() && found[0].message.starts_with("2 of 2 protected quantities"),
            "{}",
            found[0]
        );
    }

    #[test]
    fn who_hid_a_value_is_printed() {
        let (text, _) = audited("suppliers-hidden-value.json");
        assert!(text.contains("  LEAK   third group  3; propagation:"), "{text}");
        assert!(
            text.contains("total (area table)") && text.contains("(hidden by Danmarks Statistik)"),
            "{text}"
        );
    }

    #[test]
    fn file_names_of_certificates_are_plain_and_differ() {
        let mut used = BTreeSet::new();
        assert_eq!(slug("no-work@gronnevang@2024~rest", &mut used), "no-work-gronnevang-2024-rest");
        assert_eq!(slug("no-work@gronnevang@2024/rest", &mut used), "no-work-gronnevang-2024-rest-2");
    }
}
