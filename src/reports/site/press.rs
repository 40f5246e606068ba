//! When a site is made: last, once it is known what it can lead to.

use super::make;
use crate::{
    catalogue::ReportKind,
    diagnostics::Diagnostic,
    reports::{Made, Press, make::Report, plan::Job},
};

impl Press<'_> {
    /// Makes the sites among the reports, which lead to what the others are and to the results; what was made of those is
    /// handed on.
    pub fn site(&self, jobs: &[Job], made: Vec<Made>) -> Vec<Made> {
        let is_site = |job: &Job| job.report.1.kind == ReportKind::Site;
        let make = |job: &Job| {
            let folder = self.folder();
            let published = self.beside.published(!self.options.only.is_empty() || self.options.only_pages);
            let files =
                make(self.context, job.report.1, (self.typesetter, self.look), (&folder, &published))?;
            for (path, bytes) in files {
                self.beside.write(&path, &bytes).map_err(|error| vec![error])?;
            }
            Ok(Report::default())
        };
        let named = |errors: Vec<Diagnostic>, job: &Job| {
            let hint = format!("in the report `{}`", job.name());
            errors.into_iter().map(|error| error.hint(&hint)).collect()
        };
        let made = jobs.iter().zip(made).map(|(job, made)| {
            if is_site(job) { make(job).map_err(|errors| named(errors, job)) } else { made }
        });
        made.collect()
    }
}
