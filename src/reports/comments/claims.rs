//! What a comment says of the area's figures, held against what is published: numbers and directions that no longer stand.
//!
//! Only what can be decided is told: a clause that names one indicator of the report, one number or one direction, as a fact
//! about the area today. Everything else is the planner's own matter.

use serde_json::Value as Json;

use super::text::{self, Number, Unit};
use crate::{
    catalogue::{self, Date, RESIDENTS},
    comments::Comment,
    compute::{Change, Fact, State, Verdict},
    ids::{IndicatorId, Period, ValueId},
    numbers::Decimal,
    reports::{
        context::Said,
        findings::in_sentence,
        history::lower_first,
        subject::{Named, Subject, shown},
    },
    words::Slots,
};

/// How far a number of residents may be from today's to be meant as it: a fifth.
const NEAR: i64 = 5;

/// What was found in a comment.
#[derive(Default)]
pub(super) struct Found {
    /// What no longer stands, in words for the page, each with the code and the value of its diagnostic.
    pub flags: Vec<Flag>,
    /// The days of the figures that are named.
    pub days: Vec<Date>,
}

/// Something that the figures do not bear out.
pub(super) struct Flag {
    pub code: &'static str,
    /// The line beside the comment.
    pub said: String,
    /// The value that stands in the report.
    pub id: ValueId,
}

/// Reads a comment against the numbers that are printed in the payload of its area.
pub(super) fn found(subject: &Subject, comment: &Comment, payload: &Json) -> Said<Found> {
    let mut printed = Vec::new();
    collect(payload, &mut printed);
    let mut reader = Reader { subject, names: names(subject), printed, found: Found::default() };
    for clause in text::clauses(&comment.text) {
        reader.clause(&clause)?;
    }
    Ok(reader.found)
}

/// All numbers in the texts of a payload.
fn collect(value: &Json, out: &mut Vec<Number>) {
    match value {
        Json::String(text) => out.extend(text::numbers(text)),
        Json::Array(items) => items.iter().for_each(|item| collect(item, out)),
        Json::Object(map) => map.values().for_each(|item| collect(item, out)),
        _ => {}
    }
}

/// What each indicator of the catalogue is called, in small letters, so that the longest name that fits is found also where the
/// report does not print it.
fn names<'a>(subject: &Subject<'a>) -> Vec<(String, Named<'a>)> {
    let catalogue = subject.context.catalogue;
    let text = |text: &catalogue::Text| subject.context.text(text).to_lowercase();
    let mut names = Vec::new();
    for (id, indicator) in catalogue.indicators.iter() {
        let called = [Some(&indicator.title), indicator.short.as_ref(), indicator.in_sentence.as_ref()];
        names.extend(called.into_iter().flatten().map(|name| (text(name), (&id.value, indicator))));
    }
    names
}

/// A figure of the report.
struct Figure {
    at: ValueId,
    /// The period under which it is printed.
    printed: Period,
    /// The first day on which it could be known.
    day: Date,
    value: Decimal,
}

struct Reader<'a> {
    subject: &'a Subject<'a>,
    names: Vec<(String, Named<'a>)>,
    printed: Vec<Number>,
    found: Found,
}

impl<'a> Reader<'a> {
    fn clause(&mut self, clause: &str) -> Said<()> {
        let named = self.named(clause);
        let rest = named.as_ref().map_or(clause, |(_, rest)| rest);
        if text::is_open(rest) || self.is_about_another_area(rest) {
            return Ok(());
        }
        // The word after a number of residents may be the indicator's name.
        let of_residents = text::numbers(clause);
        let mut of_residents = of_residents.iter().filter(|n| n.unit == Unit::Residents && n.is_firm());
        if let (Some(number), None) = (of_residents.next(), of_residents.next()) {
            return self.residents(number, &text::years(rest));
        }
        let numbers = text::numbers(rest);
        let firm: Vec<&Number> = numbers.iter().filter(|n| n.is_firm()).collect();
        let Some(((id, indicator), rest)) = &named else { return Ok(()) };
        let years = text::years(rest);
        match (&firm[..], text::direction(rest)) {
            ([number], Some(_)) if number.is_change() => self.change((id, indicator), number, &years),
            ([number], _) if number.unit == Unit::Percent => self.number((id, indicator), number, &years),
            (_, Some(up)) if !text::has_other_start(rest) => self.direction((id, indicator), up, &years),
            _ => Ok(()),
        }
    }

    /// The one indicator that a clause names, and the clause without its name.
    fn named(&self, clause: &str) -> Option<(Named<'a>, String)> {
        let places = self.names.iter().flat_map(|(name, named)| {
            text::places_of(clause, name).into_iter().map(move |at| (at.start, at.end, *named))
        });
        let all: Vec<_> = places.collect();
        let inside =
            |a: &(usize, usize, _), b: &(usize, usize, _)| b.0 <= a.0 && a.1 <= b.1 && b.1 - b.0 > a.1 - a.0;
        let mut places: Vec<_> = all.iter().filter(|a| !all.iter().any(|b| inside(a, b))).collect();
        let (_, _, named) = **places.first()?;
        if places.iter().any(|(_, _, (id, _))| *id != named.0) {
            return None;
        }
        // Two names of one indicator may be the same words.
        places.sort_by_key(|(start, end, _)| (std::cmp::Reverse(*start), *end));
        places.dedup_by_key(|(start, _, _)| *start);
        let mut rest = clause.to_string();
        for (start, end, _) in places {
            rest.replace_range(*start..*end, "");
        }
        Some((named, rest))
    }

    fn is_about_another_area(&self, clause: &str) -> bool {
        let own = &self.subject.area.id;
        let mut others = self.subject.context.places.layers.values().flatten().filter(|area| area.id != *own);
        others.any(|area| !text::places_of(clause, &area.short_name.to_lowercase()).is_empty())
    }

    fn is_printed(&self, number: &Number) -> bool {
        self.printed.iter().any(|printed| number.is_alike(printed) && number.is_rounded(printed.value))
    }

    /// The percentage that the report prints of an indicator: its latest, or that of the latest list.
    fn figure(&self, (id, indicator): Named<'a>) -> Option<Figure> {
        use catalogue::Unit::{Index, Percent};
        let subject = self.subject;
        let is_printed = subject.printed_indicators().iter().any(|(known, _)| *known == id);
        if !is_printed || !matches!(indicator.unit, Percent | Index) {
            return None;
        }
        let own = subject.latest(id).map(|at| {
            let printed = subject.context.overview.printed_period(id, at.period);
            (day(subject, id, at.period), printed, at)
        });
        let of_list = || {
            let law = subject.law.as_ref()?;
            let row = law.rows.iter().find(|row| row.indicator_id == id)?;
            Some((law.list, law.year(), law.criterion(subject, row.strict.0, "", law.year())))
        };
        let (day, printed, at) = own.or_else(of_list)?;
        let value = shown(subject.value(&at))?.value;
        Some(Figure { at, printed, day, value })
    }

    /// Notes that a figure is named, unless the clause speaks of another year.
    fn is_of(&mut self, figure: &Figure, years: &[u16]) -> bool {
        let same = years.iter().all(|year| [figure.printed.year(), figure.at.period.year()].contains(year));
        if same {
            self.found.days.push(figure.day);
        }
        same
    }

    /// Is the number another than the figure, and printed nowhere else either?
    fn differs(&mut self, number: &Number, figure: &Figure, years: &[u16]) -> bool {
        if number.is_rounded(figure.value) {
            self.is_of(figure, years);
            return false;
        }
        !self.is_printed(number) && self.is_of(figure, years)
    }

    fn number(&mut self, named: Named<'a>, number: &Number, years: &[u16]) -> Said<()> {
        let Some(figure) = self.figure(named) else { return Ok(()) };
        if !self.differs(number, &figure, years) {
            return Ok(());
        }
        let slots = Slots::new()
            .text("written", &number.written)
            .text("what", self.called(named.1))
            .text("value", self.subject.with_unit(named.1.unit, figure.value)?)
            .text("period", self.subject.period(figure.printed)?);
        self.flag("comment-number", "comments/other-number", slots, figure.at)
    }

    fn residents(&mut self, number: &Number, years: &[u16]) -> Said<()> {
        let Some((now, period)) = self.subject.residents() else { return Ok(()) };
        let id = IndicatorId::from(RESIDENTS);
        let figure = Figure {
            at: ValueId::own(RESIDENTS, &self.subject.area.id, period),
            printed: period,
            day: day(self.subject, &id, period),
            value: Decimal::whole(now),
        };
        let is_near = number.value.places == 0 && (number.value.units - now).abs() * NEAR <= now;
        if !is_near || !self.differs(number, &figure, years) {
            return Ok(());
        }
        let slots = Slots::new()
            .text("written", &number.written)
            .text("what", self.subject.fixed("comments/residents")?)
            .text("value", self.subject.context.words.number(figure.value))
            .text("period", self.subject.dated(&id, period)?);
        self.flag("comment-number", "comments/other-number", slots, figure.at)
    }

    /// The change that the page tells of an indicator, where a clause speaks of the same years.
    fn told(&mut self, id: &'a IndicatorId, years: &[u16]) -> Option<(ValueId, &'a Change, Period)> {
        let subject = self.subject;
        let at = subject.indicators().iter().any(|(known, _)| *known == id).then(|| subject.latest(id))??;
        let State::Shown(Fact::Change(change)) = subject.change(&at) else { return None };
        let since = subject.context.overview.printed_period(id, change.since);
        let now = subject.context.overview.printed_period(id, at.period);
        let same = years.iter().all(|year| [since.year(), now.year()].contains(year));
        same.then(|| {
            self.found.days.push(day(subject, id, at.period));
            (at, change, since)
        })
    }

    fn change(&mut self, (id, indicator): Named<'a>, number: &Number, years: &[u16]) -> Said<()> {
        if self.is_printed(number) {
            return Ok(());
        }
        let Some((at, change, since)) = self.told(id, years) else { return Ok(()) };
        let sure = matches!(change.verdict, Verdict::Higher | Verdict::Lower);
        if !sure || number.is_rounded(change.difference) {
            return Ok(());
        }
        let slots = Slots::new()
            .text("written", &number.written)
            .text("what", self.called(indicator))
            .flag("up", change.verdict == Verdict::Higher)
            .text("value", self.subject.difference(indicator.unit, change.difference)?)
            .text("since", self.subject.period(since)?);
        self.flag("comment-number", "comments/moved-by", slots, at)
    }

    fn direction(&mut self, (id, indicator): Named<'a>, said_up: bool, years: &[u16]) -> Said<()> {
        let Some((at, change, since)) = self.told(id, years) else { return Ok(()) };
        let slots = Slots::new()
            .text("what", self.called(indicator))
            .flag("said_up", said_up)
            .text("since", self.subject.period(since)?);
        let (key, slots) = match change.verdict {
            Verdict::Higher | Verdict::Lower if (change.verdict == Verdict::Higher) != said_up => {
                let value = self.subject.difference(indicator.unit, change.difference)?;
                ("comments/other-direction", slots.flag("up", !said_up).text("value", value))
            }
            Verdict::CannotTell => ("comments/sure-of-none", slots),
            _ => return Ok(()),
        };
        self.flag("comment-direction", key, slots, at)
    }

    fn flag(&mut self, code: &'static str, key: &str, slots: Slots, id: ValueId) -> Said<()> {
        let said = self.subject.line(key, slots)?;
        self.found.flags.push(Flag { code, said, id });
        Ok(())
    }

    /// What an indicator is called inside a sentence.
    fn called(&self, indicator: &catalogue::Indicator) -> String {
        let short = || lower_first(self.subject.context.text(indicator.short_title()));
        in_sentence(self.subject, indicator).unwrap_or_else(short)
    }
}

/// The day that a figure describes: the source's day in the year, else the day after its period.
pub(super) fn day(subject: &Subject, indicator: &IndicatorId, period: Period) -> Date {
    let after = |year: u16, month: u8| match month {
        12 => Date { year: year + 1, month: 1, day: 1 },
        month => Date { year, month: month + 1, day: 1 },
    };
    match (period, subject.reference_day(indicator)) {
        (Period::Year(year), Some(day)) => Date { year, month: day.month, day: day.day },
        (Period::Year(year), None) => after(year, 12),
        (Period::Half(year, part), _) => after(year, part * 6),
        (Period::Quarter(year, part), _) => after(year, part * 3),
        (Period::Month(year, month), _) => after(year, month),
    }
}
