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

/// Runs every example as the area `a` in 2024 and compares value and interval.
fn check(text: &str, method: &str, unit: &str) {
    for example in examples(text) {
        let method = method
            .replace("FORM", example.get("form"))
            .replace(" YEARS", &example.get("over").replace(";", ","));
        let unit = unit.replace("UNIT", if example.get("form") == "times" { "times" } else { "index" });
        let catalogue = format!(
            "
indicators:
  x: {{ title: X, theme: all, method: {{ {method} }}, unit: {unit}, decimals: 4, higher-is: worse, compare-with: [country] }}
"
        );
        let (parts, wholes) = (example.years("part"), example.years("whole"));
        let figures: Vec<Figure> = (0..parts.len())
            .map(|back| (2024 - back as i32, "a", "x", parts[back], wholes.get(back).copied().unwrap_or("0")))
            .collect();
        let (national_parts, national_wholes) =
            (example.years("benchmark_part"), example.years("benchmark_whole"));
        let marks: Vec<Mark> = (0..national_parts.len())
            .map(|back| ("b", "country", 2024 - back as i32, "", national_parts[back], national_wholes[back]))
            .collect();
        let publication = Municipality::new(&catalogue).statistics(&figures).benchmarks(&marks).publication();
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
