//! A small municipality for the tests of this stage: the program's own catalogue, areas as squares, facts written by hand.

mod estates;
mod paths;

use std::collections::BTreeMap;

pub(super) use estates::{ESTATES, estates, listed_as};
pub(super) use paths::paths;

use geo_types::{Coord, Geometry, MultiPolygon, Rect};

use super::{
    context::{Context, Overview},
    subject::Subject,
};
use crate::{
    catalogue::{Amounts, Catalogue, Date, Language, Mechanism, load_str},
    comments::{Comment, Comments},
    compute::{
        Amount, Change, Fact, Hinge, Missing, Needed, Outlook, Publication, Standing, State, Status, Value,
        Verdict, prefixed,
    },
    diagnostics::At,
    ids::{AreaId, LayerId, Period, ValueId},
    numbers::Decimal,
    sources::{Area, Feature, Places},
    words::{Words, tests::danish},
};

/// The latest list.
pub(super) const LIST: u16 = 2025;

/// Facts under construction.
#[derive(Default)]
pub(super) struct Facts(BTreeMap<ValueId, State<Fact>>);

impl Facts {
    /// Sets a fact, in place of one that was there.
    pub fn set(mut self, id: &str, state: State<Fact>) -> Self {
        self.0.insert(id.parse().expect("an address"), state);
        self
    }

    /// A value with an interval of four units either side, or none when it is a value of the law.
    pub fn value(self, id: &str, text: &str) -> Self {
        let value = Decimal::parse(text).expect("a number");
        let law = id.contains('/') || id.contains('~');
        let off = |by: i64| Decimal { units: value.units + by * 10i64.pow(value.places.into()), ..value };
        let interval = (!law).then(|| (off(-4), off(4)));
        self.set(id, State::Shown(Fact::Value(Value { value, interval, part: None, whole: None, years: 1 })))
    }

    /// A value, its comparators, its verdict and its change.
    pub fn indicator(
        self,
        id: &str,
        [own, rest, before]: [&str; 3],
        verdict: Verdict,
        change: Verdict,
    ) -> Self {
        let address: ValueId = id.parse().expect("an address");
        let (now, then) = (Decimal::parse(own).expect("a number"), Decimal::parse(before).expect("a number"));
        let since = address.period.years_back(5);
        let change = Change { since, difference: now.minus(then).expect("like decimals"), verdict: change };
        let earlier = ValueId { period: since, ..address.clone() };
        let middle = ValueId { period: address.period.years_back(2), ..address.clone() };
        ["rest", "rest-of-layer"]
            .into_iter()
            .fold(self, |facts, other| {
                let verdict_id = prefixed("verdict", &address).against(other.into());
                facts
                    .value(&format!("{id}~{other}"), rest)
                    .value(&format!("{earlier}~{other}"), rest)
                    .set(&verdict_id.to_string(), State::Shown(Fact::Verdict(verdict)))
            })
            .value(id, own)
            .value(&earlier.to_string(), before)
            .value(&middle.to_string(), before)
            .set(&prefixed("change", &address).to_string(), State::Shown(Fact::Change(change)))
    }

    /// A criterion on the list of a year: value, limit and distance.
    pub fn criterion(
        self,
        criterion: &str,
        area: &str,
        [value, limit, distance]: [&str; 3],
        met: bool,
    ) -> Self {
        let at = |about: &str| format!("abl-61a/{criterion}{about}@{area}@{LIST}");
        let points = Decimal::parse(distance).expect("a number");
        self.value(&at(""), value)
            .value(&at("/limit"), limit)
            .set(&at("/distance"), State::Shown(Fact::Distance(points)))
            .set(&at("/met"), State::Shown(Fact::Met(met)))
    }

    /// What the next list takes of a criterion of `gronnevang`: its data years, the open one last, and that year's value.
    pub fn needed(self, criterion: &str, (years, open): (&[u16], u16), value: &str, met: bool) -> Self {
        let needed = Needed {
            list: Period::Year(LIST + 1),
            years: years.iter().map(|year| Period::Year(*year)).collect(),
            open: Period::Year(open),
            value: Decimal::parse(value).expect("a number"),
            met,
        };
        self.set(&format!("abl-61a/{criterion}/next@gronnevang@{LIST}"), State::Shown(Fact::Needed(needed)))
    }

    /// The forecast of a criterion of `gronnevang` with its interval.
    pub fn expected(self, criterion: &str, [value, low, high]: [&str; 3]) -> Self {
        let number = |text| Decimal::parse(text).expect("a number");
        let interval = Some((number(low), number(high)));
        let value = Value { value: number(value), interval, part: None, whole: None, years: 1 };
        self.set(&format!("abl-61a/{criterion}/expected@gronnevang@{LIST}"), State::Shown(Fact::Value(value)))
    }

    /// The official status of an area on the list of a year.
    pub fn status(self, area: &str, year: u16, standing: Standing) -> Self {
        let list = Date { year, month: 12, day: 1 };
        let status = Status { status: standing, official: true, list };
        self.set(&format!("abl-61a@{area}@{year}"), State::Shown(Fact::Status(status)))
    }

    pub fn count(self, id: &str, n: i64) -> Self {
        self.set(id, State::Shown(Fact::Count(n)))
    }

    pub fn publication(self) -> Publication {
        Publication::of(self.0)
    }
}

/// An estate with one criterion met and one near, its like, two villages, two districts; hidden and missing values.
pub(super) fn facts() -> Facts {
    let facts = ["gronnevang", "nabo"].into_iter().fold(Facts::default(), estate);
    let facts = ["kaer", "bakke"].into_iter().fold(facts, village);
    facts
        .value("abl-61a/no-work@gronnevang@2024", "39.2")
        .count("dwellings@gronnevang@2025", 596)
        .count("rows/residents@municipality@2025", 41871)
        .count("unplaced/residents@municipality@2025", 13)
        .count("used/residents@gronnevang@2025", 1284)
        .set("unplaced/statistics@municipality@2024", State::Hidden)
        .set("lone-parent-children@gronnevang@2025", State::Hidden)
        .set("elderly-share@gronnevang@2025", State::Missing(Missing::NoData))
        .value("no-work@vest@2024", "27.4")
        .value("no-work@ost@2024", "8.2")
}

fn estate(facts: Facts, area: &str) -> Facts {
    use Verdict::{CannotTell, Higher, NotJudged};
    let at = |what: &str, year: u16| format!("{what}@{area}@{year}");
    facts
        .indicator(&at("no-work", 2024), ["40.4", "18.4", "35.3"], Higher, Higher)
        .indicator(&at("basic-education", 2024), ["58.2", "23.9", "56.8"], Higher, CannotTell)
        .indicator(&at("income-of-region", 2024), ["57.6", "97.2", "60.5"], NotJudged, NotJudged)
        .indicator(&at("lived-here-five-years", 2025), ["71.4", "56.0", "66.6"], Higher, Higher)
        .criterion("no-work", area, ["40.4", "40", "0.4"], true)
        .criterion("education", area, ["58.2", "60", "-1.8"], false)
        .criterion("income", area, ["57.6", "55", "2.6"], false)
        .criterion("convicted", area, ["1.77", "2.22", "-0.45"], false)
        .criterion("origin", area, ["46.3", "50", "-3.7"], false)
        .count(&at("abl-61a/udsat/count", 2025), 1)
        .count(&at("abl-61a/udsat/of", 2025), 4)
        .count(&at("abl-61a/udsat/count", 2024), 0)
        .count(&at("abl-61a/udsat/of", 2024), 4)
        .count(&at("residents", 2025), 1284)
        .status(area, 2023, Standing::NotListed)
        .status(area, 2024, Standing::On("forebyggelse".into()))
        .status(area, 2025, Standing::On("forebyggelse".into()))
}

/// How many it takes for the next list, of a criterion of `gronnevang`.
pub(super) fn next_amount(
    facts: Facts,
    criterion: &str,
    number: Option<i64>,
    mechanism: Mechanism,
    met: bool,
) -> Facts {
    let counts = match mechanism {
        Mechanism::Income => Amounts::Kroner,
        _ => Amounts::FullTimePersons,
    };
    let id = format!("abl-61a/{criterion}/next/{}@gronnevang@{LIST}", mechanism.word());
    facts.set(&id, State::Shown(Fact::Amount(Amount { number, counts, mechanism, met })))
}

/// The limits of the latest list: criterion, indicator's place among the values of [`listed`], limit, and whether it is met
/// above the limit and exactly at it.
const LIMITS: [(&str, usize, &str, bool, bool); 9] = [
    ("no-work", 0, "40.0", true, false),
    ("no-work-30", 0, "30.0", true, false),
    ("convicted", 1, "2.22", true, true),
    ("convicted-2", 1, "1.48", true, true),
    ("education", 2, "60.0", true, false),
    ("income", 3, "55.0", false, false),
    ("income-65", 3, "65.0", false, false),
    ("origin", 4, "50.0", true, false),
    ("origin-30", 4, "30.0", true, false),
];

/// An estate with the same status on the last two lists, and its values on the latest: no-work, convicted, education, income,
/// origin.
pub(super) fn listed(
    facts: Facts,
    area: &str,
    residents: i64,
    standing: Standing,
    values: [&str; 5],
) -> Facts {
    let mut met_of_udsat = 0;
    let mut facts = facts
        .count(&format!("residents@{area}@{LIST}"), residents)
        .status(area, LIST - 1, standing.clone())
        .status(area, LIST, standing);
    for (criterion, place, limit, upper, at) in LIMITS {
        let number = |text| Decimal::parse(text).expect("a number");
        let distance = number(values[place]).minus(number(limit)).expect("like decimals");
        let met = if upper { distance.units > 0 } else { distance.units < 0 } || (at && distance.units == 0);
        let strict = ["no-work", "convicted", "education", "income"].contains(&criterion);
        met_of_udsat += i64::from(strict && met);
        facts = facts.criterion(criterion, area, [values[place], limit, &distance.to_string()], met);
    }
    facts
        .count(&format!("abl-61a/udsat/count@{area}@{LIST}"), met_of_udsat)
        .count(&format!("abl-61a/udsat/of@{area}@{LIST}"), 4)
}

/// With all that is told of the next list of `gronnevang`.
pub(super) fn next_list(facts: Facts) -> Facts {
    let outlook = |outlook| State::Shown(Fact::Outlook(outlook));
    let at = |what: &str| format!("abl-61a/{what}@gronnevang@{LIST}");
    let facts = facts
        .needed("no-work", (&[2024, 2025], 2025), "39.0", true)
        .needed("convicted", (&[2024, 2025], 2025), "2.66", false)
        .needed("education", (&[2025], 2025), "60.0", false)
        .needed("income", (&[2025], 2025), "55.0", false)
        .expected("no-work", ["40.7", "38.6", "42.8"])
        .expected("income", ["57.2", "55.6", "58.8"])
        .set(&at("forebyggelse/outlook"), outlook(Outlook::Likely))
        .set(&at("udsat/outlook"), outlook(Outlook::AboutAsLikely))
        .set(&at("parallelsamfund/outlook"), outlook(Outlook::Unlikely))
        .set(&at("hangs-on"), State::Shown(Fact::HangsOn(vec![Hinge::Decimals("no-work".into())])))
        .set(&at("reasons"), State::Shown(Fact::Reasons(Vec::new())));
    let facts = next_amount(facts, "no-work", Some(16), Mechanism::StateChange, true);
    next_amount(facts, "income", Some(10_900), Mechanism::Income, false)
}

fn village(facts: Facts, area: &str) -> Facts {
    use Verdict::{CannotTell, Lower};
    let at = |what: &str, year: u16| format!("{what}@{area}@{year}");
    facts
        .indicator(&at("children-share", 2025), ["14", "22", "20"], Lower, Lower)
        .indicator(&at("lone-parent-children", 2025), ["9", "14", "10"], CannotTell, CannotTell)
        .count(&at("residents", 2025), 612)
        .count(&at("residents", 2020), 648)
}

/// Areas as squares in a row.
pub(super) fn places() -> Places {
    let layers = [
        ("estates", vec!["gronnevang", "nabo"]),
        ("villages", vec!["bakke", "kaer"]),
        ("districts", vec!["ost", "vest"]),
    ];
    let mut places = Places::default();
    for (row, (layer, ids)) in (0..).zip(layers) {
        let areas = (0..).zip(ids).map(|(column, id)| area(layer, id, (f64::from(column), f64::from(row))));
        places.layers.insert(LayerId::from(layer), areas.collect());
    }
    let school = Feature {
        geometry: Geometry::Point((701_000.0, 6_201_000.0).into()),
        name: None,
        class: Some("school".into()),
    };
    places.backdrop.insert("pois".into(), vec![school]);
    places
}

fn area(layer: &str, id: &str, (column, row): (f64, f64)) -> Area {
    let corner = Coord { x: 700_000.0 + 2_000.0 * column, y: 6_200_000.0 + 2_000.0 * row };
    let square = Rect::new(corner, Coord { x: corner.x + 400.0, y: corner.y + 400.0 });
    let names = BTreeMap::from([
        ("gronnevang", "Grønnevang"),
        ("kaer", "Nørre Kær"),
        ("vest", "Vestbyen"),
        ("ost", "Østbyen"),
    ]);
    let name = names.get(id).unwrap_or(&id).to_string();
    Area {
        id: AreaId::from(id),
        layer: LayerId::from(layer),
        short_name: name.clone(),
        name,
        geometry: MultiPolygon(vec![square.to_polygon()]),
    }
}

/// The program's own catalogue.
pub(super) fn catalogue() -> Catalogue {
    let text = include_str!("../../indicators.yaml");
    load_str("indicators.yaml", text)
        .map(|(catalogue, _)| catalogue)
        .unwrap_or_else(|errors| panic!("{errors:#?}"))
}

/// The same by a municipality that does not print the criterion on origin.
pub(super) fn without_origin() -> Catalogue {
    let law = include_str!("../../indicators/law.yaml");
    let (_, families) = law.split_once("families:\n").expect("the law has families");
    let (families, _) = families.split_once("\nrule-sets:").expect("the law has rule sets");
    let families = families.replacen("  abl-61a:\n", "  abl-61a:\n    show-origin: false\n", 1);
    let text = format!("{}\nfamilies:\n{families}\n", include_str!("../../indicators.yaml"));
    load_str("indicators.yaml", &text)
        .map(|(catalogue, _)| catalogue)
        .unwrap_or_else(|errors| panic!("{errors:#?}"))
}

/// An approved comment on an area, written after all figures.
pub(super) fn comment(area: &str, text: &str) -> Comment {
    Comment {
        area: Some(AreaId::from(area)),
        field: "kommentar".into(),
        text: text.into(),
        role: "Boligsocial konsulent".into(),
        date: Date { year: LIST + 1, month: 1, day: 14 },
        approved: true,
        at: At::File("comments/gronnevang.md".into()),
    }
}

/// Everything that a context borrows.
pub(super) struct Fixture {
    pub catalogue: Catalogue,
    pub publication: Publication,
    pub places: Places,
    pub comments: Comments,
    pub words: Words,
}

impl Fixture {
    pub fn new(facts: Facts) -> Self {
        Self {
            catalogue: catalogue(),
            publication: facts.publication(),
            places: places(),
            comments: Comments::new(vec![comment(
                "gronnevang",
                "Der er kommet en **ny legeplads**.\n\nDen er taget godt imod.",
            )]),
            words: danish(),
        }
    }

    /// The same with other estates, in a row of squares.
    pub fn with_estates(mut self, ids: &[&str]) -> Self {
        let mut estates: Vec<Area> =
            (0..).zip(ids).map(|(column, id)| area("estates", id, (f64::from(column), 0.0))).collect();
        estates.sort_by(|a, b| a.id.cmp(&b.id));
        self.places.layers.insert("estates".into(), estates);
        self
    }

    pub fn context(&self) -> Context<'_> {
        Context {
            catalogue: &self.catalogue,
            publication: &self.publication,
            places: &self.places,
            comments: &self.comments,
            words: &self.words,
            language: Language::Danish,
            overview: Overview::new(&self.catalogue, &self.publication, &self.places),
        }
    }
}

/// Runs a test on the report of one area.
pub(super) fn on<T>(facts: Facts, area: &str, test: impl FnOnce(&Subject) -> T) -> T {
    let fixture = Fixture::new(facts);
    let context = fixture.context();
    test(&subject_of(&context, area))
}

/// The report of one area.
pub(super) fn subject_of<'a>(context: &'a Context<'a>, area: &str) -> Subject<'a> {
    let (id, report) = context.catalogue.reports.iter().next().expect("the catalogue has a report");
    let area = context.places.area(&AreaId::from(area)).expect("the area is there");
    let subject = Subject::new(context, (&id.value, report), area).expect("the texts are there");
    subject.expect("the layer is declared")
}
