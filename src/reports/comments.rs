//! The planner's comment on a page, what in it the figures no longer bear out, and what a final build refuses.

mod claims;
mod text;

use serde::Serialize;

use super::{
    context::{Context, Said},
    drawings::Contents,
    paper::FieldId,
    payload::Payload,
    plan::Job,
    subject::Subject,
    theme::Look,
};
use crate::{
    catalogue::{Date, Language},
    comments::Comment,
    compute::State,
    diagnostics::{At, Diagnostic, Severity},
    ids::AreaId,
    words::{Rich, Slots},
};

/// The field of a report about one area.
const FIELD: &str = "kommentar";

/// The comment on an area.
#[derive(Serialize)]
pub(super) struct Remark {
    heading: String,
    /// The language it is written in.
    lang: &'static str,
    paragraphs: Vec<Rich>,
    by: String,
    /// That nobody has approved it.
    draft: Option<Rich>,
    /// What the figures no longer bear out.
    flags: Vec<String>,
    /// The same for those who run the program.
    #[serde(skip)]
    pub told: Vec<Diagnostic>,
    /// It is older than a figure that it names.
    #[serde(skip)]
    is_older: bool,
}

/// The comment that counts about an area.
fn of_area<'a>(context: &'a Context, area: &'a AreaId) -> Option<&'a Comment> {
    context.comments.latest(Some(area), FIELD)
}

/// The comment on an area, held against the rest of its payload; `None` where nobody has written one.
pub(super) fn remark(subject: &Subject, payload: &Payload) -> Said<Option<Remark>> {
    let Some(comment) = of_area(subject.context, &subject.area.id) else { return Ok(None) };
    let language = subject.context.catalogue.about.language;
    // Sentences are read in Danish only, and beside numbers that are printed in the Danish way.
    let found = if (language, subject.context.language) == (Language::Danish, Language::Danish) {
        let payload = serde_json::to_value(payload).expect("a payload is plain data");
        claims::found(subject, comment, &payload)?
    } else {
        claims::Found::default()
    };
    let is_older = found.days.iter().any(|day| *day > comment.date);
    let mut told: Vec<Diagnostic> = found
        .flags
        .iter()
        .map(|flag| no_longer(comment, flag.code, &flag.said, &flag.id.to_string()))
        .collect();
    let mut flags: Vec<String> = found.flags.into_iter().map(|flag| flag.said).collect();
    if let Some(day) = latest_day(subject).filter(|day| *day > comment.date) {
        let slots =
            Slots::new().text("date", printed(subject, comment.date)).text("day", printed(subject, day));
        flags.push(subject.line("comments/older", slots)?);
        let message =
            format!("the comment is from {}, the report's latest figures are from {day}", comment.date);
        told.push(Diagnostic::new(Severity::Warning, "comment-older", message, comment.at.clone()));
    }
    let draft = (!comment.approved).then(|| subject.say("comments/draft", Slots::new())).transpose()?;
    let by = Slots::new().text("role", &comment.role).text("date", printed(subject, comment.date));
    let mut by = subject.line("comments/by", by)?;
    if language != subject.context.language {
        by = format!("{by}. {}", subject.fixed("comments/foreign")?);
    }
    Ok(Some(Remark {
        heading: subject.fixed("comments/heading")?,
        lang: language.code(),
        paragraphs: comment.text.split("\n\n").map(Rich::written).collect(),
        by,
        draft,
        flags,
        told,
        is_older,
    }))
}

fn no_longer(comment: &Comment, code: &'static str, said: &str, id: &str) -> Diagnostic {
    let message = format!("the comment says what the figures do not: {said}");
    Diagnostic::new(Severity::Warning, code, message, comment.at.clone())
        .hint(format!("`kvarter explain {id}` tells where the figure comes from"))
        .hint("the line is printed beside the comment until a comment with a later date says otherwise")
}

fn printed(subject: &Subject, date: Date) -> String {
    subject.context.words.date(date.year, date.month, date.day)
}

/// The day of the latest figures on the pages of an area: of its indicators, or of the list.
fn latest_day(subject: &Subject) -> Option<Date> {
    let shown =
        subject.printed_indicators().into_iter().filter_map(|(id, _)| Some((id, subject.latest(id)?)));
    let shown = shown.filter(|(_, at)| matches!(subject.value(at), State::Shown(_)));
    let days = shown.map(|(id, at)| claims::day(subject, id, at.period));
    days.chain(subject.law.as_ref().map(|law| law.list)).max()
}

/// The line over every page of a report with a text that nobody has approved: of an area's report its comment, of the council
/// paper (`None`) the fields that are filled from comments.
pub(super) fn draft(context: &Context, area: Option<&AreaId>) -> Said<Option<Rich>> {
    let is_draft = match area {
        Some(area) => of_area(context, area).is_some_and(|comment| !comment.approved),
        None => of_paper(context).any(|comment| !comment.approved),
    };
    is_draft.then(|| context.words.say("comments/draft-page", &Slots::new())).transpose()
}

/// The comments that count in the fields of the council paper.
fn of_paper<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Comment> {
    let comments = context.comments;
    crate::comments::OF_PAPER.iter().filter_map(|field| comments.latest(None, field))
}

/// What a final build refuses, before anything is written: texts that nobody has approved, fields of the council paper that
/// nobody has filled, comments that name figures which are newer than they are.
pub(super) fn is_ready(
    context: &Context,
    jobs: &[Job],
    look: &Look,
    empty: &[FieldId],
) -> Result<(), Vec<Diagnostic>> {
    let mut errors: Vec<Diagnostic> =
        of_paper(context).filter(|comment| !comment.approved).map(not_approved).collect();
    errors.extend(empty.iter().copied().map(not_filled));
    for job in jobs {
        let Some(area) = &job.area else { continue };
        let Some(comment) = of_area(context, &area.area.id) else { continue };
        if !comment.approved {
            errors.push(not_approved(comment));
        }
        match is_older(context, job, look) {
            Ok(true) => errors.push(older(comment)),
            Ok(false) => {}
            Err(error) => errors.push(error),
        }
    }
    // An area may have several reports.
    errors.dedup();
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn is_older(context: &Context, job: &Job, look: &Look) -> Said<bool> {
    let Some(placed) = &job.area else { return Ok(false) };
    let Some(subject) = Subject::new(context, job.report, placed.area)? else { return Ok(false) };
    Ok(Payload::build(&subject, look)?.comment.is_some_and(|comment| comment.is_older))
}

fn not_approved(comment: &Comment) -> Diagnostic {
    let about = comment.area.as_ref().map_or("the council paper", AreaId::as_str);
    let message = format!("`{}` of `{about}` is a draft", comment.field);
    Diagnostic::new(Severity::Error, "final-draft", message, comment.at.clone())
        .hint("what is given to others is approved: write `godkendt` once it is, or build without `--final`")
}

fn older(comment: &Comment) -> Diagnostic {
    let message = format!("the comment is from {} and names figures that are newer", comment.date);
    Diagnostic::new(Severity::Error, "final-older", message, comment.at.clone())
        .hint("read it again beside the figures, and write it with today's date, also where nothing changes")
}

fn not_filled(field: FieldId) -> Diagnostic {
    let name = match field {
        FieldId::Summary => "resumé",
        FieldId::Recommendation => "indstilling",
        FieldId::Presentation => "sagsfremstilling",
        FieldId::Competence => "beslutningskompetence",
        FieldId::Economy => "økonomi",
        FieldId::Process => "videre proces",
        FieldId::Annexes => "bilag",
    };
    let message = format!("the field `{name}` of the council paper is empty");
    let at = At::File(crate::comments::FOLDER.into());
    Diagnostic::new(Severity::Error, "final-empty", message, at).hint(format!(
        "write a comment without an area and with `felt: {name}`, in `{}` or a Markdown file",
        crate::comments::WORKBOOK
    ))
}

impl Payload {
    /// What the template is given, and the warnings about the comment.
    pub(super) fn into_told(mut self) -> (Contents, Vec<Diagnostic>) {
        let told = self.comment.as_mut().map(|comment| std::mem::take(&mut comment.told));
        (self.into_contents(), told.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests;
