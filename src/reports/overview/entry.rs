//! One area of the overview: what is published of it, and where it stands among the others.

use std::cmp::Ordering;

use super::nearest::{By, Nearest, lost, mildest, nearest};
use crate::{
    catalogue::{Date, RESIDENTS},
    compute::{Fact, Missing, Outlook, Standing, State, Status},
    ids::{CriterionId, Period, StatusId, ValueId},
    numbers::Decimal,
    reports::{
        law::Law,
        limits::residents,
        municipality::rank,
        subject::{Subject, decimal, shown, whole},
    },
};

/// An area on the latest list.
pub(in crate::reports) struct Entry<'a> {
    pub subject: &'a Subject<'a>,
    pub law: &'a Law<'a>,
    /// `None` where the status is not shown.
    pub status: Option<&'a Status>,
    pub nearest: State<Nearest<'a>>,
}

/// How an area's distance to what decides has changed since the list before.
pub(in crate::reports) struct Move {
    /// Now less then, in points or residents.
    pub by: Decimal,
    pub towards: Towards,
}

/// Seen from the limit, without saying what is good.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::reports) enum Towards {
    Closer,
    Further,
    Crossed,
    /// By less than what the indicator declares to matter.
    Barely,
    Unchanged,
}

/// What the outlook of an area is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::reports) enum Ahead {
    /// Comes on the lists.
    OnTheLists,
    /// Gets the counted status.
    Enters,
    /// Still has it.
    Stays,
}

/// Residents by the list of a year, or as counted on 1 January of it.
pub(in crate::reports) fn residents_of(subject: &Subject, law: &Law, year: Period) -> Option<i64> {
    let of_list = subject.fact(&format!("{}/{RESIDENTS}", law.family_id), year);
    whole(of_list).or_else(|| residents(subject, year))
}

const CANNOT_TELL: Standing = Standing::CannotTell;

impl<'a> Entry<'a> {
    /// The entry of an area; `None` for an area under no law.
    pub fn new(subject: &'a Subject<'a>) -> Option<Self> {
        let law = subject.law.as_ref()?;
        let status = shown(law.status(subject, law.year()));
        let standing = status.map_or(&CANNOT_TELL, |status| &status.status);
        Some(Self { subject, law, status, nearest: nearest(subject, law, standing) })
    }

    /// Where the area stands on the latest list.
    pub fn standing(&self) -> &'a Standing {
        self.status.map_or(&CANNOT_TELL, |status| &status.status)
    }

    /// Is the status the authority's? What is not shown is nobody's own computation.
    pub fn is_official(&self) -> bool {
        self.status.is_none_or(|status| status.official)
    }

    /// The list's day.
    pub fn list(&self) -> Option<Date> {
        self.status.map(|status| status.list)
    }

    /// The status on an earlier list, if it is shown.
    pub fn status_in(&self, year: Period) -> Option<&'a Status> {
        shown(self.law.status(self.subject, year))
    }

    /// Strictest status first, then by distance, then by name. Of what is not shown nothing is known here: it is last among
    /// its likes.
    pub fn compare(&self, other: &Self) -> Ordering {
        let far = |entry: &Self| match &entry.nearest {
            State::Shown(nearest) => nearest.relative,
            State::Hidden | State::Missing(_) => f64::INFINITY,
        };
        rank(self.law, self.standing())
            .cmp(&rank(other.law, other.standing()))
            .then(far(self).total_cmp(&far(other)))
            .then(self.subject.area.name.cmp(&other.subject.area.name))
    }

    /// Was the area's status another on the list before? `None` if one of the two is not shown or is not told.
    pub fn changed(&self, before: Option<Period>) -> Option<bool> {
        let before = &self.status_in(before?)?.status;
        let told = |standing: &Standing| *standing != Standing::CannotTell;
        (told(before) && told(self.standing())).then(|| before != self.standing())
    }

    /// A criterion's fact on a list.
    pub fn criterion(&self, criterion: &CriterionId, about: &str, year: Period) -> &'a State<Fact> {
        self.subject.context.publication.get(&self.law.criterion(self.subject, criterion, about, year))
    }

    /// Residents by the list of a year, or as counted on 1 January of it.
    pub fn residents(&self, year: Period) -> Option<i64> {
        residents_of(self.subject, self.law, year)
    }

    /// How the distance printed has moved since the list before; hidden or missing with what it is made of.
    pub fn moved(&self, before: Option<Period>) -> State<Move> {
        let none = State::Missing(Missing::NoData);
        let (Some(before), State::Shown(nearest)) = (before, &self.nearest) else { return none };
        let at = |year: Period| match nearest.by {
            By::Criterion(criterion) => decimal(self.criterion(criterion, "/distance", year)),
            By::Residents(_) => {
                let over = self.residents(year).zip(self.law.residents());
                over.map_or(State::Missing(Missing::NoData), |(n, limit)| {
                    State::Shown(Decimal::whole(n - limit))
                })
            }
        };
        let (now, then) = match (at(self.law.year()), at(before)) {
            (State::Hidden, _) | (_, State::Hidden) => return State::Hidden,
            (State::Shown(now), State::Shown(then)) => (now, then),
            _ => return none,
        };
        let Some(by) = now.minus(then) else { return none };
        let side = |distance: Decimal, year: Period| match nearest.by {
            By::Criterion(criterion) => {
                matches!(self.criterion(criterion, "/met", year), State::Shown(Fact::Met(true)))
            }
            By::Residents(_) => distance.units >= 0,
        };
        let towards = if side(now, self.law.year()) != side(then, before) {
            Towards::Crossed
        } else {
            match now.abs().units.cmp(&then.abs().units) {
                Ordering::Equal => Towards::Unchanged,
                _ if !self.matters(nearest, by) => Towards::Barely,
                Ordering::Less => Towards::Closer,
                Ordering::Greater => Towards::Further,
            }
        };
        State::Shown(Move { by, towards })
    }

    /// Is a movement as large as what the criterion's indicator declares to matter? Every resident counts.
    fn matters(&self, nearest: &Nearest, by: Decimal) -> bool {
        let By::Criterion(criterion) = nearest.by else { return true };
        let declared = self.law.rules.criteria.get(criterion);
        let indicator = declared
            .and_then(|declared| self.subject.context.catalogue.printed_indicator(&declared.indicator));
        indicator.is_none_or(|(_, indicator)| by.to_f64().abs() >= indicator.matters.to_f64())
    }

    /// The outlook of the status that matters to the area: whether it stays, comes, or brings it on the lists at all.
    pub fn outlook(&self) -> (Option<(Ahead, &'a StatusId)>, State<Outlook>) {
        let counted = self.law.counted.as_ref().map(|counted| counted.status);
        let ahead = match self.standing() {
            Standing::On(status) => match lost(self.law, status) {
                Some(lost) => Some((Ahead::Stays, lost)),
                None => counted.map(|counted| (Ahead::Enters, counted)),
            },
            _ => mildest(self.law).map(|mildest| (Ahead::OnTheLists, mildest)),
        };
        let none = State::Missing(Missing::NoData);
        let Some((_, status)) = ahead else { return (None, none) };
        let state = match self.fact(&format!("{}/{status}/outlook", self.law.family_id)) {
            State::Shown(Fact::Outlook(outlook)) => State::Shown(*outlook),
            State::Hidden => State::Hidden,
            State::Missing(missing) => State::Missing(*missing),
            State::Shown(_) => none,
        };
        (ahead, state)
    }

    /// Is another status about as likely as not, or likelier?
    pub fn may_turn(&self) -> bool {
        match self.outlook() {
            (Some((Ahead::Stays, _)), _) | (None, _) => false,
            (Some(_), State::Shown(outlook)) => outlook >= Outlook::AboutAsLikely,
            (Some(_), _) => false,
        }
    }

    /// A fact of the latest list.
    pub fn fact(&self, what: &str) -> &'a State<Fact> {
        self.subject.fact(what, self.law.year())
    }

    /// The address of the status.
    pub fn id(&self) -> ValueId {
        ValueId::own(self.law.family_id.as_str(), &self.subject.area.id, self.law.year())
    }

    /// The first of the lists in a row, back from the latest, on which the area stood as now, and whether it is the first list
    /// known; `None` if the list before the latest had it elsewhere or does not tell.
    pub fn since(&self, lists: &[Period]) -> Option<(Period, bool)> {
        let standing = self.standing();
        let same = |year: &&Period| self.status_in(**year).is_some_and(|status| status.status == *standing);
        let row: Vec<&Period> = lists.iter().rev().take_while(same).collect();
        let first = **row.last()?;
        Some((
            first,
            row.len() == lists.len() || self.status_in(*lists.get(lists.len() - row.len() - 1)?).is_none(),
        ))
    }
}
