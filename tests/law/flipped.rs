//! Strict or not exactly as the law writes it: with one criterion written the other way, exactly the areas on its limit get another
//! status. The areas are made for this: each lies on one limit and has as many other criteria as make that one decide.

use std::collections::BTreeMap;

use super::{ListsOnly, told};

const LAW: &str = include_str!("../../indicators/law.yaml");

/// A rule set, a list of it, and what else decides: the family.
struct Case {
    rule_set: &'static str,
    family: &'static str,
    list: &'static str,
    /// The criterion on whose limit the area lies, and the area's residents and figures as rows have them: no-work, origin,
    /// convicted, education, income.
    areas: &'static [(&'static str, [&'static str; 6])],
}

const CASES: [Case; 5] = [
    Case {
        rule_set: "abl-61a-2010",
        family: "abl-61a",
        list: "2012-10-01",
        areas: &[
            ("origin", ["1500", "41", "50", "1", "", ""]),
            ("no-work", ["1500", "40", "51", "1", "", ""]),
            ("convicted", ["1500", "30", "51", "2.70", "", ""]),
        ],
    },
    Case {
        rule_set: "abl-61a-2013",
        family: "abl-61a",
        list: "2016-12-01",
        areas: &[
            ("origin", ["1500", "41", "50", "2.8", "40", "60"]),
            ("no-work", ["1500", "40", "51", "2.8", "40", "60"]),
            ("convicted", ["1500", "41", "51", "2.7", "40", "60"]),
            ("education", ["1500", "41", "51", "1", "50", "60"]),
            ("income", ["1500", "41", "51", "1", "40", "55"]),
        ],
    },
    Case {
        rule_set: "abl-61a-2018",
        family: "abl-61a",
        list: "2020-12-01",
        areas: &[
            ("no-work", ["1500", "40", "20", "1", "61", "60"]),
            ("convicted", ["1500", "30", "20", "2.27", "61", "60"]),
            // As Korsløkkeparken Øst on that list, which had exactly 60: https://www.dknyt.dk/artikel/113566/
            ("education", ["1500", "41", "20", "1", "60", "60"]),
            ("income", ["1500", "41", "20", "1", "40", "55"]),
            ("origin", ["1500", "41", "50", "1", "61", "60"]),
        ],
    },
    Case {
        rule_set: "abl-61a-2021",
        family: "abl-61a",
        list: "2024-12-01",
        areas: &[
            ("no-work", ["1500", "40", "20", "1", "61", "70"]),
            ("convicted", ["1500", "20", "20", "2.25", "61", "70"]),
            ("education", ["1500", "41", "20", "1", "60", "70"]),
            ("income", ["1500", "41", "20", "1", "40", "55"]),
            ("origin", ["1500", "41", "50", "1", "61", "70"]),
            ("no-work-30", ["1500", "30", "40", "1.8", "40", "70"]),
            ("convicted-2", ["1500", "35", "40", "1.50", "40", "70"]),
            ("income-65", ["1500", "35", "40", "1", "40", "65"]),
            ("origin-30", ["1500", "35", "30", "1.8", "40", "70"]),
        ],
    },
    Case {
        rule_set: "abl-51b-2012",
        family: "abl-51b",
        list: "2024-10-01",
        areas: &[
            ("no-work", ["1500", "40", "", "", "", ""]),
            ("no-work-30", ["6000", "30", "", "", "", ""]),
            ("large", ["5000", "35", "", "", "", ""]),
        ],
    },
];

/// The text of a rule set, with one criterion written the other way.
fn flipped(rule_set: &str, criterion: &str) -> String {
    let start = LAW.find(&format!("\n  {rule_set}:\n")).expect("the rule set is there") + 1;
    let lines = LAW[start..].lines();
    let mut text = String::from("rule-sets:\n");
    let mut turned = 0;
    for (number, line) in lines.enumerate() {
        if number > 0 && (line.starts_with("  #") || (line.starts_with("  ") && !line.starts_with("   "))) {
            break;
        }
        let mut line = line.to_string();
        if line.trim_start().starts_with(&format!("{criterion}:")) && line.contains("indicator:") {
            for (strict, not) in [("over:", "at-least:"), ("under:", "at-most:")] {
                if line.contains(not) {
                    line = line.replace(not, strict);
                    turned += 1;
                    break;
                } else if line.contains(strict) {
                    line = line.replace(strict, not);
                    turned += 1;
                    break;
                }
            }
        }
        text.push_str(&line);
        text.push('\n');
    }
    assert_eq!(turned, 1, "{rule_set} {criterion}:\n{text}");
    text
}

impl Case {
    /// Every area's status by its figures, with the rule set as it is or another in its place.
    fn statuses(&self, rules: &str) -> BTreeMap<&'static str, String> {
        let rows: Vec<String> = self
            .areas
            .iter()
            .map(|(area, [residents, no_work, origin, convicted, education, income])| {
                // The limits published with the list, 3 and 2 times the country's mean; that of 2020 is in the catalogue.
                let limits = if self.list.starts_with("2024") { ["2.25", "1.50"] } else { ["", ""] };
                let figures = [residents, no_work, origin, convicted, education, income];
                [&[self.list, area, ""], &figures.map(|figure| *figure)[..], &limits].concat().join(",")
            })
            .collect();
        let lists = ListsOnly::new(&rows, rules);
        let lists = if self.family == "abl-61a" { lists } else { lists.of_family(self.family) };
        let (publication, _) = lists.compute();
        let year = &self.list[..4];
        let status = |area: &str| told(&publication, &format!("{}/by-values@{area}@{year}", self.family));
        self.areas.iter().map(|(area, _)| (*area, status(area))).collect()
    }
}

#[test]
fn with_one_criterion_written_the_other_way_the_areas_on_its_limit_change_and_no_others() {
    for case in &CASES {
        let as_written = case.statuses("");
        for (criterion, _) in case.areas {
            let turned = case.statuses(&flipped(case.rule_set, criterion));
            let changed: Vec<&&str> = as_written
                .iter()
                .filter(|(area, status)| turned[*area] != **status)
                .map(|(area, _)| area)
                .collect();
            assert_eq!(changed, [criterion], "{} {criterion}: {as_written:?} {turned:?}", case.rule_set);
        }
    }
}

#[test]
fn on_its_limit_an_area_is_on_the_list_only_where_the_law_says_at_least() {
    let status = |case: &Case, criterion: &str| case.statuses("")[criterion].clone();
    assert_eq!(status(&CASES[0], "no-work"), "NotListed, official");
    assert_eq!(status(&CASES[1], "income"), "NotListed, official");
    assert_eq!(status(&CASES[2], "education"), "NotListed, official");
    assert_eq!(status(&CASES[2], "convicted"), "udsat, official");
    assert_eq!(status(&CASES[2], "origin"), "udsat, official");
    assert_eq!(status(&CASES[3], "convicted-2"), "forebyggelse, official");
    assert_eq!(status(&CASES[3], "origin-30"), "NotListed, official");
    assert_eq!(status(&CASES[4], "no-work"), "kombineret, official");
    assert_eq!(status(&CASES[4], "no-work-30"), "kombineret, official");
}
