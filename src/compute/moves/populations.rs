//! The populations behind moves: of every lens the persons and cases of each group of flows, as rows that are counted, told and
//! protected like those of any other population.

use super::{
    super::raw::Index,
    Flow,
    groups::{self, CHANGED, COMING, GOING, Group, STAYED},
    lens::{self, Asked, Lens},
};
use crate::{
    catalogue::{At, Catalogue, FlowTable, Moves, Population, Sql},
    diagnostics::Place,
    ids::{IndicatorId, LayerId, PopulationId, SourceId},
};

/// The column with the flow of a row by which it came into the period.
pub(super) fn came(lens: &Lens) -> String {
    format!("@came:{}", lens.name())
}

/// The column with the flow by which it will be gone, or be there still, in the next period.
pub(super) fn goes(lens: &Lens) -> String {
    format!("@goes:{}", lens.name())
}

/// The column with what a row of a stayer counts for more than before, in thousandths.
pub(super) fn gain(lens: &Lens, part: &PopulationId) -> String {
    format!("@gain:{}/{part}", lens.name())
}

/// The column with the area of the layer from which a row of the rest of the municipality came; [`Index`]' length for none.
pub(super) fn origin(layer: &LayerId) -> String {
    format!("@origin:{layer}")
}

/// The column that is true in one row of each household, and the one that is where nobody of it lives in the area any more.
pub(super) fn household(layer: &LayerId) -> [String; 2] {
    [format!("@household:{layer}"), format!("@vacated:{layer}")]
}

/// The column that is true in one row of each household that moved into a let dwelling.
pub(super) const LET: &str = "@let";

/// The number of a flow in columns.
pub(super) fn code(flow: Flow) -> u32 {
    flow as u32 + 1
}

/// Persons and cases of a group.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::compute) struct Counted {
    pub group: Group,
    pub persons: PopulationId,
    pub cases: PopulationId,
}

/// Where the flows of a split are counted.
#[derive(Clone)]
pub(in crate::compute) enum Counts<'a> {
    /// By a lens, for a part of its whole.
    Lens(Lens, &'a PopulationId),
    /// By the table of a split.
    Table(&'a str),
}

impl Counts<'_> {
    /// Persons and cases of a group of flows.
    pub fn of(&self, group: Group) -> Counted {
        let word = groups::word(group);
        let (persons, cases) = match self {
            // Whether a stayer changed depends on the part.
            Self::Lens(lens, part) if CHANGED.contains(&group) => {
                (format!("{}/{word}/{part}", lens.name()), format!("{}/{word}/{part}/cases", lens.name()))
            }
            Self::Lens(lens, part) => {
                (format!("{}/{word}", lens.name()), format!("{}/{word}/{part}", lens.name()))
            }
            Self::Table(split) => (format!("moves/{split}/{word}"), format!("moves/{split}/{word}/cases")),
        };
        Counted { group, persons: persons.into(), cases: cases.into() }
    }
}

/// All who stay, as they are counted at the earlier time; [`STAYED`] are the same persons at the later one.
pub(in crate::compute) fn staying(lens: &Lens, part: &PopulationId) -> Counted {
    let persons = format!("{}/stays", lens.name());
    Counted { group: STAYED, cases: format!("{persons}/{part}").into(), persons: persons.into() }
}

/// The population of those who came from an area of their layer.
pub(super) fn from(layer: &LayerId, origin: &str) -> PopulationId {
    format!("moves/{layer}/from/{origin}").into()
}

/// The populations of all households, and of those that gave up their dwelling.
pub(super) fn households(layer: &LayerId) -> [PopulationId; 2] {
    [format!("moves/{layer}/households").into(), format!("moves/{layer}/vacated").into()]
}

/// Are households counted, and not persons?
pub(super) fn is_of_households(id: &PopulationId) -> bool {
    let name = id.as_str();
    name.starts_with("moves/let/") || name.ends_with("/households") || name.ends_with("/vacated")
}

/// The population of the households let to in one way, or in any.
pub(super) fn let_to(kind: Option<&str>) -> PopulationId {
    format!("moves/let/{}", kind.unwrap_or("any")).into()
}

/// Those who moved in and were let to in one way.
pub(in crate::compute) fn let_in(lens: &Lens, part: &PopulationId, kind: &str) -> Counted {
    let persons = format!("{}/let-{kind}", lens.name());
    Counted { group: groups::IN, cases: format!("{persons}/{part}").into(), persons: persons.into() }
}

/// All groups that are counted of a split.
pub(in crate::compute) fn all_groups() -> Vec<Group> {
    COMING.groups().into_iter().chain(GOING.groups()).chain(CHANGED).collect()
}

/// The catalogue with the populations that its moves need.
pub(in crate::compute) fn with_flows(catalogue: &Catalogue, index: &Index) -> Catalogue {
    let mut all = catalogue.clone();
    let mut made = Made { catalogue, layer: None, flows: Vec::new() };
    for (id, moves) in catalogue.moves.iter() {
        match &moves.table {
            Some(table) => made.table(id, table),
            None => made.letting(moves),
        }
    }
    for (source, _) in catalogue.sources.iter() {
        for (lens, asked) in lens::of_source(catalogue, &source.value) {
            made.layer = Some(lens.layer.clone());
            made.lens(source, &lens, &asked);
            if lens.whole.is_none() {
                made.layer(source, &lens.layer, index);
            }
        }
    }
    for (id, population) in made.flows {
        all.add_flow(id, population);
    }
    all
}

/// The populations in the making.
struct Made<'a> {
    catalogue: &'a Catalogue,
    /// The layer that is made for.
    layer: Option<LayerId>,
    flows: Vec<(At<PopulationId>, Population)>,
}

impl Made<'_> {
    fn add(&mut self, id: PopulationId, place: &Place, population: Population) {
        let population = Population { layer: self.layer.clone(), ..population };
        self.flows.push((At { value: id, place: place.clone() }, population));
    }

    /// Persons and cases of every group, as far as they are asked for.
    fn lens(&mut self, source: &At<SourceId>, lens: &Lens, asked: &Asked) {
        let whole = lens.whole.clone();
        let place = &source.place;
        let rows = |filter: String| match &whole {
            Some(whole) => within(whole, sql(filter, place), place),
            None => of_rows(source, sql(filter, place)),
        };
        let name = lens.name();
        let sides = [(COMING.groups(), came(lens)), (GOING.groups(), goes(lens))];
        for (groups, column) in sides {
            for group in groups {
                let is_total = group == groups::IN || group == groups::OUT;
                if asked.splits.is_empty() && !is_total && whole.is_some() {
                    continue;
                }
                let word = groups::word(group);
                self.add(format!("{name}/{word}").into(), place, rows(is_one_of(&column, group)));
                let profiles = asked.profiles.iter().filter(|_| is_total);
                let parts: std::collections::BTreeSet<_> = asked.splits.iter().chain(profiles).collect();
                for part in parts {
                    let cases = within(part, sql(is_one_of(&column, group), place), place);
                    self.add(format!("{name}/{word}/{part}").into(), place, cases);
                }
            }
        }
        for part in &asked.splits {
            self.stayers(source, lens, part);
            for (column, kind) in &asked.lettings {
                let moved = is_one_of(&came(lens), groups::IN);
                let filter = || sql(format!("({moved}) AND \"{column}\" = {}", text(kind)), place);
                let counted = let_in(lens, part, kind);
                self.add(counted.persons, place, rows(filter().text));
                self.add(counted.cases, place, within(part, filter(), place));
            }
        }
    }

    /// Those who stayed, and of them those who count for more or less than before.
    fn stayers(&mut self, source: &At<SourceId>, lens: &Lens, part: &PopulationId) {
        let (place, column) = (&source.place, format!("\"{}\"", gain(lens, part)));
        let numbers = self.catalogue.adds_up_numbers(part);
        for group in CHANGED {
            let (sign, divisor) = if group == [Flow::Up] { (">", "1000.0") } else { ("<", "-1000.0") };
            let (condition, amount) = (format!("{column} {sign} 0"), format!("{column} / {divisor}"));
            let counted = Counts::Lens(lens.clone(), part).of(group);
            self.add(counted.persons, place, of_rows(source, sql(condition.clone(), place)));
            let mut cases = of_rows(source, sql(condition, place));
            let amount = Some(sql(amount, place));
            *(if numbers { &mut cases.value } else { &mut cases.weight }) = amount;
            self.add(counted.cases, place, cases);
        }
        let both =
            [(Counts::Lens(lens.clone(), part).of(STAYED), came(lens)), (staying(lens, part), goes(lens))];
        for (counted, column) in both {
            let filter = || sql(is_one_of(&column, STAYED), place);
            let persons = match &lens.whole {
                Some(whole) => within(whole, filter(), place),
                None => of_rows(source, filter()),
            };
            self.add(counted.persons, place, persons);
            self.add(counted.cases, place, within(part, filter(), place));
        }
    }

    /// What is told of everybody in the areas of a layer.
    fn layer(&mut self, source: &At<SourceId>, layer: &LayerId, index: &Index) {
        let place = &source.place;
        let areas = index.layer(layer);
        let names = areas.clone().map(|area| (area, index.areas[area].as_str()));
        for (number, name) in names.chain([(index.areas.len(), "municipality")]) {
            let filter = format!("\"{}\" = {number}", origin(layer));
            self.add(from(layer, name), place, of_rows(source, sql(filter, place)));
        }
        for (id, column) in households(layer).into_iter().zip(household(layer)) {
            self.add(id, place, of_rows(source, sql(format!("\"{column}\""), place)));
        }
    }

    /// Households by how their dwelling was let.
    fn letting(&mut self, moves: &Moves) {
        let source = lens::quotient(self.catalogue, &moves.indicator.value)
            .and_then(|(_, whole)| self.catalogue.source_of(whole));
        let (Some(letting), Some(source)) = (&moves.letting, source) else { return };
        let place = &letting.column.place;
        let source = At { value: source.clone(), place: place.clone() };
        self.add(let_to(None), place, of_rows(&source, sql(format!("\"{LET}\""), place)));
        for (kind, _) in letting.kinds.iter() {
            let filter = format!("\"{LET}\" AND \"{}\" = {}", letting.column.value, text(kind));
            self.add(let_to(Some(&kind.value)), &kind.place, of_rows(&source, sql(filter, &kind.place)));
        }
    }

    /// The rows of an ordered table, flow by flow.
    fn table(&mut self, split: &str, table: &FlowTable) {
        let counts = Counts::Table(split);
        for group in all_groups() {
            let Counted { persons, cases, .. } = counts.of(group);
            for (id, column) in [(persons, &table.persons), (cases, &table.cases)] {
                let words = group.iter().map(|flow| format!("'{}'", flow.word())).collect::<Vec<_>>();
                let filter = format!("\"{}\" IN ({})", table.flow.value, words.join(", "));
                let mut rows = of_rows(&table.source, sql(filter, &table.flow.place));
                rows.sum = Some(column.clone());
                self.add(id, &table.flow.place, rows);
            }
        }
    }
}

fn is_one_of(column: &str, group: Group) -> String {
    let codes: Vec<String> = group.iter().map(|flow| format!("\"{column}\" = {}", code(*flow))).collect();
    codes.join(" OR ")
}

/// A text as SQL writes it.
fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn sql(text: String, place: &Place) -> Sql {
    Sql { text, place: place.clone() }
}

fn of_rows(source: &At<SourceId>, filter: Sql) -> Population {
    Population { from: Some(source.clone()), ..rows(filter) }
}

fn within(outer: &PopulationId, filter: Sql, place: &Place) -> Population {
    Population { within: Some(At { value: outer.clone(), place: place.clone() }), ..rows(filter) }
}

fn rows(filter: Sql) -> Population {
    let filter = Some(filter);
    Population {
        title: None,
        from: None,
        within: None,
        filter,
        weight: None,
        sum: None,
        value: None,
        layer: None,
    }
}

/// Numbers of persons or households who came and went, and the indicator whose rule protects them.
pub(in crate::compute) struct Protected<'a> {
    pub indicator: &'a IndicatorId,
    pub persons: PopulationId,
    /// Those of them who are cases, or the households of one kind.
    pub cases: Option<PopulationId>,
    /// The cases are no part of the persons: by how much stayers count for more or less.
    pub apart: bool,
}

/// Everything that is counted of moves, with the rules that protect it.
pub(in crate::compute) fn protected<'a>(catalogue: &'a Catalogue, index: &Index) -> Vec<Protected<'a>> {
    let mut all = Vec::new();
    for (id, moves) in catalogue.moves.iter() {
        let indicator = &moves.indicator.value;
        let mut add =
            |indicator: &'a IndicatorId, persons: PopulationId, cases: Option<PopulationId>, apart: bool| {
                all.push(Protected { indicator, persons, cases, apart });
            };
        for counts in counts(catalogue, id, moves) {
            let mut counted: Vec<Counted> = all_groups().into_iter().map(|group| counts.of(group)).collect();
            if let Counts::Lens(lens, part) = &counts {
                counted.extend([counts.of(STAYED), staying(lens, part)]);
                let kinds = moves.letting.iter().flat_map(|letting| letting.kinds.ids());
                counted.extend(kinds.filter(|_| lens.without.is_none()).map(|kind| let_in(lens, part, kind)));
            }
            for Counted { group, persons, cases } in counted {
                add(indicator, persons, Some(cases), CHANGED.contains(&group));
            }
        }
        if moves.table.is_some() {
            continue;
        }
        for kind in moves.letting.iter().flat_map(|letting| letting.kinds.ids()) {
            add(indicator, let_to(None), Some(let_to(Some(kind))), false);
        }
        for layer in &moves.layers {
            let profiles =
                moves.profile.iter().filter_map(|id| Some((id, lens::quotient(catalogue, &id.value)?)));
            for (id, (part, whole)) in profiles {
                let counts = Counts::Lens(Lens::new(&layer.value, Some(whole), None), part);
                for Counted { persons, cases, .. } in [groups::IN, groups::OUT].map(|group| counts.of(group))
                {
                    add(&id.value, persons, Some(cases), false);
                }
            }
            let name = Lens::new(&layer.value, None, None).name();
            let singles: [Group; 5] =
                [groups::IN, groups::OUT, &[Flow::InElsewhere], &[Flow::InAbroad], &[Flow::InOutside]];
            for group in singles {
                add(indicator, format!("{name}/{}", groups::word(group)).into(), None, false);
            }
            for origin in origins(&layer.value, index) {
                add(indicator, from(&layer.value, origin), None, false);
            }
            let [households, vacated] = households(&layer.value);
            add(indicator, households, Some(vacated), false);
        }
    }
    all
}

/// The areas of a layer, and the rest of the municipality, from which somebody can come.
fn origins<'i>(layer: &LayerId, index: &'i Index) -> impl Iterator<Item = &'i str> {
    index.layer(layer).map(|area| index.areas[area].as_str()).chain(["municipality"])
}

/// Where the flows of a split are counted: in each layer, with and without the dwellings of its events, or in a table.
pub(in crate::compute) fn counts<'a>(
    catalogue: &'a Catalogue,
    split: &'a str,
    moves: &'a Moves,
) -> Vec<Counts<'a>> {
    if moves.table.is_some() {
        return vec![Counts::Table(split)];
    }
    let Some((part, whole)) = lens::quotient(catalogue, &moves.indicator.value) else { return Vec::new() };
    let without = || std::iter::once(None).chain(moves.without.iter().map(|event| Some(event.as_str())));
    let of_layer = |layer: &'a At<LayerId>| {
        without().map(move |without| Counts::Lens(Lens::new(&layer.value, Some(whole), without), part))
    };
    moves.layers.iter().flat_map(of_layer).collect()
}
