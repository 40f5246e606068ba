//! Every method against worked examples: `methods/NAME.csv`, with the source of each expected value.

use crate::small_municipality::{Figure, Mark, Municipality, id, told};
use kvarter::compute::{Fact, State};

/// One line of a file of examples, by the names of its columns.
pub struct Example {
    head: Vec<String>,
    cells: Vec<String>,
}

impl Example {
    /// A cell; empty if the file has no such column.
    pub fn get(&self, name: &str) -> &str {
        self.head.iter().position(|head| head == name).map_or("", |at| self.cells[at].as_str())
    }

    /// The values of a cell with several years, latest first.
    fn years(&self, name: &str) -> Vec<&str> {
        self.get(name).split(' ').filter(|value| !value.is_empty()).collect()
    }
}

/// The lines of a file of examples.
pub fn examples(text: &str) -> Vec<Example> {
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_string).collect::<Vec<_>>());
    let head = lines.next().expect("a head");
    lines.map(|cells| Example { head: head.clone(), cells }).collect()
}

impl Example {
    /// The figures of the areas: the columns `part` and `whole` are of `a` and key `x`, with `other_` in front of key `y`, with
    /// `b_` or `municipality_` of that area; `next_whole` is of the year after.
    fn figures(&self) -> Vec<Figure<'_>> {
        let mut figures = Vec::new();
        for (prefix, area, key) in
            [("", "a", "x"), ("other_", "a", "y"), ("b_", "b", "x"), ("municipality_", "9999", "x")]
        {
            let (parts, wholes) =
                (self.years(&format!("{prefix}part")), self.years(&format!("{prefix}whole")));
            figures.extend((0..parts.len()).map(|back| {
                (2024 - back as i32, area, key, parts[back], wholes.get(back).copied().unwrap_or("0"))
            }));
        }
        figures.extend(self.years("next_whole").first().map(|next| (2025, "a", "x", "0", *next)));
        figures
    }
}

/// Runs every example as the area `a` in 2024 and compares value and interval.
fn check(text: &str, method: &str, unit: &str) {
    for example in examples(text) {
        let method = method
            .replace("FORM", example.get("form"))
            .replace("TO", example.get("to"))
            .replace(" YEARS", &example.get("over").replace(";", ","));
        let of_form = match example.get("form") {
            "times" => "times",
            "hectare" => "per-hectare",
            "square-kilometre" => "per-square-kilometre",
            _ => "index",
        };
        let unit = unit.replace("UNIT", of_form);
        let catalogue = format!(
            "
indicators:
  x: {{ title: X, theme: all, method: {{ {method} }}, unit: {unit}, fixed-decimals: 4, higher-is: worse, compare-with: [country] }}
  share: {{ title: S, theme: all, method: {{ share: {{ part: part, of: whole }} }}, unit: percent, higher-is: worse }}
"
        );
        let figures = example.figures();
        let (national_parts, national_wholes) =
            (example.years("benchmark_part"), example.years("benchmark_whole"));
        let marks: Vec<Mark> = (0..national_parts.len())
            .map(|back| ("b", "country", 2024 - back as i32, "", national_parts[back], national_wholes[back]))
            .collect();
        let square_metres = example.get("square_metres").parse().unwrap_or(1.0);
        let publication = Municipality::new(&catalogue)
            .statistics(&figures)
            .benchmarks(&marks)
            .ground("a", square_metres)
            .publication();
        let told = told(&publication, "x@a@2024");
        assert_eq!(told, example.get("value"), "{}", example.get("source"));
        if let State::Shown(Fact::Value(value)) = publication.get(&id("x@a@2024")) {
            let (low, high) =
                value.interval.map_or_else(Default::default, |(l, h)| (l.to_string(), h.to_string()));
            assert_eq!(
                (low.as_str(), high.as_str()),
                (example.get("lower"), example.get("upper")),
                "{}",
                example.get("source")
            );
        }
    }
}

#[test]
fn a_share_is_its_worked_examples() {
    check(include_str!("methods/share.csv"), "share: { part: part, of: whole YEARS }", "percent");
}

#[test]
fn a_count_is_its_worked_examples() {
    check(include_str!("methods/count.csv"), "count: { of: part }", "persons");
}

#[test]
fn a_mean_is_its_worked_examples() {
    check(include_str!("methods/mean.csv"), "mean: { of: part, over: whole }", "square-metres");
}

#[test]
fn a_rate_is_its_worked_examples() {
    check(include_str!("methods/rate.csv"), "rate: { part: part, of: whole, per: 10000 }", "per-10000");
}

#[test]
fn a_relative_value_is_its_worked_examples() {
    let method = "relative: { part: part, of: whole YEARS, to: { benchmark: b, place: country }, as: FORM }";
    check(include_str!("methods/relative.csv"), method, "UNIT");
}

#[test]
fn a_relative_value_is_also_against_the_municipality_or_an_area() {
    let method = "relative: { part: part, of: whole, to: { TO }, as: FORM }";
    check(include_str!("methods/relative-to.csv"), method, "UNIT");
}

#[test]
fn a_ratio_is_its_worked_examples() {
    check(include_str!("methods/ratio.csv"), "ratio: { part: part, of: whole YEARS }", "ratio");
}

#[test]
fn a_density_is_its_worked_examples() {
    check(include_str!("methods/density.csv"), "density: { of: part, per: FORM }", "UNIT");
}

#[test]
fn a_growth_is_its_worked_examples() {
    check(include_str!("methods/growth.csv"), "growth: { of: part, over: FORM }", "percent");
}

#[test]
fn a_difference_is_its_worked_examples() {
    check(include_str!("methods/difference.csv"), "difference: { indicator: share, over: FORM }", "points");
}

#[test]
fn a_gap_is_its_worked_examples() {
    let method = "gap: { between: { part: part, of: whole }, and: { part: other-part, of: other-whole } }";
    check(include_str!("methods/gap.csv"), method, "points");
}

#[test]
fn a_turnover_is_its_worked_examples() {
    let method = "turnover: { moved-in: part, moved-out: other-part, of: whole, as: FORM YEARS }";
    check(include_str!("methods/turnover.csv"), method, "percent");
}

#[test]
fn a_diversity_is_its_worked_examples() {
    let method = "diversity: { among: [part, whole, other-part], as: FORM }";
    check(include_str!("methods/diversity.csv"), method, "score");
}

#[test]
fn a_weighted_share_is_its_worked_examples() {
    let catalogue = "
indicators:
  x: { title: X, theme: all, method: { share: { part: benefits, of: residents } }, unit: percent, fixed-decimals: 4, higher-is: worse }
";
    for example in examples(include_str!("methods/share-weighted.csv")) {
        let number = |name: &str| example.get(name).parse().expect("a number of persons");
        let persons = [(2024, "a", number("whole"), number("weighted"))];
        let publication = Municipality::new(catalogue).persons(&persons).publication();
        let interval = match publication.get(&id("x@a@2024")) {
            State::Shown(Fact::Value(value)) => value.interval,
            _ => None,
        };
        let (lower, upper) = interval.map_or_else(Default::default, |(l, h)| (l.to_string(), h.to_string()));
        assert_eq!(told(&publication, "x@a@2024"), example.get("value"), "{}", example.get("source"));
        assert_eq!((lower.as_str(), upper.as_str()), (example.get("lower"), example.get("upper")));
    }
}

#[test]
fn a_segregation_is_its_worked_examples() {
    for example in examples(include_str!("methods/segregation.csv")) {
        let catalogue = format!(
            "
indicators:
  x: {{ title: X, theme: all, method: {{ segregation: {{ group: part, of: whole, over: units, as: {} }} }}, unit: score, fixed-decimals: 4, higher-is: neutral }}
",
            example.get("form")
        );
        let figures: Vec<Figure> = ["u1", "u2", "u3", "u4", "u5"]
            .into_iter()
            .zip(example.years("part").into_iter().zip(example.years("whole")))
            .map(|(area, (part, whole))| (2024, area, "x", part, whole))
            .collect();
        let publication = Municipality::new(&catalogue).statistics(&figures).publication();
        let told = told(&publication, "x@municipality@2024");
        assert_eq!(told, example.get("value"), "{}", example.get("source"));
    }
}
