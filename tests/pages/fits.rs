//! What a page must take: long names, nothing to show, full tables, one area and many. Payloads are the templates' samples,
//! changed; no text may leave its page or lie on another.

use std::collections::BTreeMap;

use kvarter::templates;
use serde_json::{Value as Json, json};
use typst_layout::PagedDocument;

use crate::support::set::{Run, runs, set};

/// Millimetres that texts may reach beyond, or into one another: side bearings and the rounding of positions.
const SLACK: f64 = 0.35;
/// The text block, and where header and footer begin.
const LEFT: f64 = 18.0;
const RIGHT: f64 = 192.0;
const BOTTOM: f64 = 277.0;
const FOOTER: f64 = 282.0;

fn sample(name: &str) -> Json {
    serde_json::from_slice(templates::embedded(name).expect("a sample")).expect("JSON")
}

fn pages(template: &str, payload: &Json) -> PagedDocument {
    let trends = (1..=9).map(|number| format!("/trend-{number}.svg"));
    let others =
        ["/map.svg", "/municipality.svg", "/moves.svg", "/turnover.svg", "/pyramid.svg", "/logo.svg"]
            .map(str::to_string);
    let drawing = br#"<svg xmlns="http://www.w3.org/2000/svg" width="54mm" height="31mm"/>"#.to_vec();
    let drawings: BTreeMap<String, Vec<u8>> =
        trends.chain(others).map(|path| (path, drawing.clone())).collect();
    set(template, payload, drawings)
}

/// Every text that leaves the text block or lies on another, by page.
fn misplaced(pages: &[Vec<Run>]) -> Vec<String> {
    let mut found = Vec::new();
    for (page, runs) in (1..).zip(pages) {
        for (place, run) in runs.iter().enumerate() {
            let beside = run.left < LEFT - SLACK || run.right > RIGHT + SLACK;
            let below = run.bottom > BOTTOM + SLACK && run.bottom < FOOTER || run.bottom > 297.0;
            if beside || below {
                found.push(format!("page {page}: `{}` leaves the text block: {run:?}", run.text));
            }
            let touches = |other: &&Run| {
                run.right.min(other.right) - run.left.max(other.left) > SLACK
                    && run.bottom.min(other.bottom) - run.top.max(other.top) > SLACK
            };
            let under = runs[..place].iter().filter(touches);
            found.extend(under.map(|other| format!("page {page}: `{}` on `{}`", run.text, other.text)));
        }
    }
    found
}

fn assert_fits(template: &str, payload: &Json, expected: usize) {
    let document = pages(template, payload);
    assert_eq!(misplaced(&runs(&document)), Vec::<String>::new());
    assert_eq!(document.pages().len(), expected);
}

fn rows(payload: &mut Json) -> impl Iterator<Item = &mut Json> {
    let themes = payload["table"]["themes"].as_array_mut().expect("themes");
    themes.iter_mut().flat_map(|theme| theme["rows"].as_array_mut().expect("rows"))
}

#[test]
fn the_samples_fit() {
    assert_fits("area-status.typ", &sample("sample.json"), 7);
    assert_fits("council-paper.typ", &sample("sample-council.json"), 4);
    assert_fits("area-status.typ", &sample("sample-village.json"), 4);
    assert_fits("overview.typ", &sample("sample-overview.json"), 1);
}

#[test]
fn texts_beyond_the_page_and_on_one_another_are_found() {
    let run = |text: &str, left, right| Run { text: text.into(), left, right, top: 50.0, bottom: 51.7 };
    let pages = [vec![run("a", 20.0, 40.0), run("b", 39.0, 60.0), run("c", 180.0, 193.0)]];
    assert_eq!(misplaced(&pages).len(), 2);
}

#[test]
fn a_name_of_40_characters_fits() {
    let name = "Stationsbakken/Gamle Torv Nordøst og Vest";
    assert!(name.chars().count() >= 40);
    for (file, count) in [("sample.json", 7), ("sample-village.json", 4)] {
        let mut payload = sample(file);
        payload["title"]["name"] = name.into();
        payload["meta"]["area"] = name.into();
        payload["meta"]["footer"] =
            format!("{name} · Rapporten viser grupper og vurderer ikke enkeltpersoner").into();
        assert_fits("area-status.typ", &payload, count);
    }
    let mut payload = sample("sample-overview.json");
    payload["table"]["rows"][0]["name"] = name.into();
    assert_fits("overview.typ", &payload, 1);
}

#[test]
fn with_all_values_hidden_the_pages_say_so_and_nothing_else_moves() {
    let mut payload = sample("sample.json");
    for row in rows(&mut payload) {
        *row = json!({
            "id": row["id"], "state": "hidden", "name": row["name"], "population": row["population"],
            "reason": null,
        });
    }
    for row in payload["limits"]["rows"].as_array_mut().expect("rows") {
        let kept =
            ["id", "name", "zone", "limits", "end", "alt"].map(|key| (key.to_string(), row[key].clone()));
        *row = Json::Object(kept.into_iter().collect());
        row["state"] = "hidden".into();
    }
    payload["trends"] = Json::Null;
    payload["municipality"] = Json::Null;
    let document = pages("area-status.typ", &payload);
    assert_eq!(misplaced(&runs(&document)), Vec::<String>::new());
    let table = runs(&document);
    let words = payload["labels"]["hidden"].as_str().expect("the words");
    let told = table.iter().flatten().filter(|run| run.text.trim() == words).count();
    assert_eq!(told, 12 + payload["limits"]["rows"].as_array().expect("rows").len());
}

#[test]
fn eighteen_rows_fit_the_seven_pages_and_nineteen_go_on_over_the_page() {
    let mut payload = sample("sample.json");
    let model = rows(&mut payload).next().expect("a row").clone();
    let fill = |payload: &mut Json, theme: usize, count: usize| {
        let rows = payload["table"]["themes"][theme]["rows"].as_array_mut().expect("rows");
        rows.extend(std::iter::repeat_n(model.clone(), count));
    };
    fill(&mut payload, 0, 3);
    fill(&mut payload, 4, 3);
    assert_eq!(rows(&mut payload).count(), 18);
    assert_fits("area-status.typ", &payload, 7);
    fill(&mut payload, 4, 1);
    assert_fits("area-status.typ", &payload, 7);
}

#[test]
fn a_status_that_changes_every_year_fits_its_band() {
    let mut payload = sample("sample.json");
    let words = [
        ("forebyggelse", ["Forebyggelsesområde", "Forebyggelse", "Forebyg."]),
        ("not-listed", ["Ikke på listerne", "Ingen", "Ingen"]),
        ("parallelsamfund", ["Parallelsamfund", "Parallel", "Parallel"]),
    ];
    let runs = (0..9).map(|year| {
        let (symbol, words) = words[year % 3];
        json!({ "from": year, "cells": 1, "symbol": symbol, "words": words })
    });
    payload["band"]["runs"] = runs.collect();
    assert_fits("area-status.typ", &payload, 7);
}

#[test]
fn one_area_and_forty_fit_the_overview() {
    let sample = sample("sample-overview.json");
    let all = sample["table"]["rows"].as_array().expect("rows").clone();
    let mut one = sample.clone();
    one["table"]["rows"] = json!([all[0]]);
    assert_fits("overview.typ", &one, 1);
    let mut forty = sample;
    forty["table"]["rows"] = all.iter().cycle().take(12).cloned().collect();
    forty["table"]["others"] = "28 andre områder: ikke på listerne, uændret".into();
    forty["annex"] = json!({
        "lead": "Alle 40 områder",
        "rows": all.iter().cycle().take(40).collect::<Vec<_>>(),
    });
    let document = pages("overview.typ", &forty);
    assert_eq!(misplaced(&runs(&document)), Vec::<String>::new());
    assert!((3..=5).contains(&document.pages().len()), "{}", document.pages().len());
}
