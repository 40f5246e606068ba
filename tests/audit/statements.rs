//! Every kind of published figure, twice: the rows that the attack makes of it allow exactly those tables from which the check of
//! certificates, which shares no code with it, makes the figure.

use kvarter::audit::{model::Model, verify};
use serde_json::{Value, json};

use super::model;

/// Largest value of each of the three atoms.
const MOST: i128 = 7;

/// Does a table with some truth of its criteria fit all rows?
fn fits(model: &Model, table: &[i128]) -> bool {
    let criteria = model.atoms.len() - model.named;
    (0..1u32 << criteria).any(|truths| {
        let mut all = table.to_vec();
        all.extend((0..criteria).map(|at| i128::from(truths >> at & 1)));
        model.allows(&all)
    })
}

fn agree(says: &Value) {
    let most = MOST as i64;
    let publication = json!({
        "atoms": { "a": { "at-most": most }, "b": { "at-most": most }, "c": { "at-most": most } },
        "sets": { "all": ["a", "b", "c"] },
        "published": [{ "id": "figure", "says": says }],
        "protected": []
    });
    let model = model(&publication);
    let (mut yes, mut no) = (0, 0);
    for a in 0..=MOST {
        for b in 0..=MOST {
            for c in 0..=MOST {
                let table = json!({ "a": a as i64, "b": b as i64, "c": c as i64 });
                let given = verify::gives(&publication, &table).is_ok();
                assert_eq!(fits(&model, &[a, b, c]), given, "{says}: {table}");
                if given { yes += 1 } else { no += 1 }
            }
        }
    }
    assert!(yes > 0 && no > 0, "{says}: {yes} tables give it, {no} do not");
}

#[test]
fn counts() {
    agree(&json!({ "exact": { "of": ["all"], "is": 9 } }));
    agree(&json!({ "exact": { "of": { "a": 1, "b": 2, "c": -3 }, "is": 1 } }));
    for rule in ["unknown", "half-up", "random"] {
        for base in [3, 4, 5, 10] {
            agree(
                &json!({ "rounded": { "of": ["a", "b"], "is": 2 * base / 2, "base": base, "rule": rule } }),
            );
        }
    }
    agree(&json!({ "between": { "of": ["a", "b"], "at-least": 3, "at-most": 5 } }));
    agree(&json!({ "between": { "of": ["a", "b"], "at-most": 5 } }));
    agree(&json!({ "fewer-than": { "of": ["a", "b"], "than": 5 } }));
    agree(&json!({ "fewer-than": { "of": ["a", "b"], "than": 5, "zero": true } }));
    agree(&json!({ "sum": { "of": ["a", "b"], "parts": ["c"] } }));
    agree(&json!({ "sum": { "of": { "a": 2 }, "parts": { "b": 1, "c": -1 } } }));
}

#[test]
fn shares_and_means() {
    agree(&json!({ "share": { "of": ["a"], "base": 9, "is": "33.3" } }));
    agree(&json!({ "share": { "of": ["a"], "base": ["all"], "is": "33" } }));
    agree(&json!({ "share": { "of": ["a"], "base": ["all"], "is": "0.2", "per": 1 } }));
    agree(&json!({ "mean": { "of": ["a"], "base": ["b"], "is": "1.4" } }));
    agree(&json!({ "mean": { "of": ["a", "b"], "base": 4, "is": "2", "half": "0.5" } }));
    agree(&json!({ "each": { "of": ["a"], "base": ["b"], "at-least": "1.5", "at-most": "3" } }));
    agree(&json!({ "each": { "of": ["a"], "base": 2, "at-least": "2" } }));
    agree(&json!({ "ratio": { "of": ["a"], "base": ["all"], "comparator": "12.4", "is": "1.7" } }));
    agree(&json!({ "ratio": { "of": ["a"], "base": 14, "comparator": "7", "is": "3" } }));
    agree(&json!({ "class": { "of": ["a"], "base": ["all"], "from": "25", "below": "50" } }));
    agree(&json!({ "class": { "of": ["a"], "base": 8, "below": "50" } }));
    agree(&json!({ "class": { "of": ["a"], "base": ["all"], "from": "50" } }));
    agree(&json!({ "quantile": { "below": ["a"], "through": ["a", "b"], "base": ["all"] } }));
    agree(&json!({ "quantile": { "below": ["a"], "through": ["a", "b"], "base": ["all"], "at": 90 } }));
}

#[test]
fn several_years() {
    let year = |of: &str, base: i64| json!({ "of": [of], "base": base });
    agree(&json!({ "mean-of-years": { "years": [year("a", 9), year("b", 8)], "is": "41" } }));
    agree(&json!({ "mean-of-years": { "years": [year("a", 9), { "is": "40.9" }], "is": "43" } }));
    agree(&json!({ "mean-of-years": { "years": [year("a", 9), { "is": "20" }, year("c", 7)], "is": "33" } }));
    agree(&json!({ "change": { "from": year("a", 9), "to": year("b", 8), "is": "-4.2" } }));
    agree(&json!({ "change": { "from": { "is": "30.1" }, "to": year("b", 8), "is": "7" } }));
    agree(&json!({ "change": { "from": year("b", 8), "to": { "is": "30.1" }, "is": "5" } }));
    agree(&json!({ "rank": { "order": [year("a", 9), year("b", 8), year("c", 3)] } }));
    agree(&json!({ "rank": { "order": [{ "of": ["a"] }, { "of": ["b"] }] } }));
}

#[test]
fn criteria_and_distances() {
    for limit in ["over", "at-least", "under", "at-most"] {
        for value in ["30", "33.3", "50"] {
            for is in [true, false] {
                agree(
                    &json!({ "flag": { "of": ["a"], "base": ["all"], "limit": { limit: value }, "is": is } }),
                );
                agree(&json!({ "flag": { "of": ["a"], "base": 10, "limit": { limit: value }, "is": is } }));
            }
            for to in ["start", "end"] {
                let needed = |base: Value, is: i64| json!({ "needed": { "of": ["a"], "base": base, "limit": { limit: value }, "to": to, "is": is } });
                agree(&needed(json!(10), 1));
                agree(&needed(json!(10), 2));
                agree(&needed(json!(["all"]), 1));
                let few =
                    json!({ "of": ["a"], "base": 10, "limit": { limit: value }, "to": to, "fewer-than": 3 });
                agree(&json!({ "needed": few }));
            }
            let criterion =
                |of: Value, base: i64| json!({ "of": of, "base": base, "limit": { limit: value } });
            let criteria = json!([
                criterion(json!(["a"]), 7),
                criterion(json!(["b"]), 6),
                criterion(json!(["b", "c"]), 9)
            ]);
            agree(&json!({ "met": { "criteria": criteria, "is": 2 } }));
            agree(&json!({ "met": { "criteria": criteria, "known-met": 1, "at-least": 3 } }));
            agree(&json!({ "met": { "criteria": criteria, "at-most": 1 } }));
        }
    }
}
