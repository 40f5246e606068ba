//! What the template of one report is given, by the kind of the report.

use super::{
    Press, book, checked, context::Said, council::Council, drawings::Contents, overview, payload::Payload,
    plan::Job, subject::Subject, worksheets,
};
use crate::{catalogue::ReportKind, diagnostics::Diagnostic};

impl Press<'_> {
    /// What the template is given; `None` if the layer of the area is not in the catalogue.
    pub(super) fn contents(&self, job: &Job) -> Said<Option<(Contents, Vec<Diagnostic>)>> {
        let Some(placed) = &job.area else {
            let contents = match job.report.1.kind {
                ReportKind::CouncilPaper => {
                    Council::build(self.context, job.report, self.look, self.context.comments)?
                        .into_contents()
                }
                ReportKind::HowChecked => {
                    checked::Payload::build(self.context, job.report, self.look)?.into_contents()
                }
                ReportKind::Worksheets => {
                    worksheets::Payload::build(self.context, job.report, self.look)?.into_contents()
                }
                ReportKind::InspirationCatalogue => book::catalogue(self.context, job.report, self.look)?,
                ReportKind::PracticeHandOut => {
                    let hand_out = |practice| book::hand_out(self.context, job.report, practice, self.look);
                    let Some(contents) = job.practice.map(hand_out).transpose()?.flatten() else {
                        return Ok(None);
                    };
                    contents
                }
                // A site is made last, once it is known what it can lead to.
                ReportKind::Site => return Ok(None),
                ReportKind::Status => {
                    overview::Payload::build(self.context, job.report, self.look)?.into_contents()
                }
            };
            return Ok(Some((contents, Vec::new())));
        };
        let Some(subject) = Subject::new(self.context, job.report, placed.area)? else { return Ok(None) };
        Ok(Some(Payload::build(&subject, self.look)?.into_told()))
    }
}
