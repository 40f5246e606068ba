//! Certificates: what is proven safe can be checked without the attack, and what was tampered with is refused.

use kvarter::audit::{attack::Limits, attack::attack, certificate::certificate, read::read, verify};
use serde_json::{Value, json};

use super::{SOLVER, protect, sums, unknown};

const DIGEST: &str = "the digest of the file";

/// The square of four: `a` can be 0 to 4.
fn square() -> Value {
    json!({
        "atoms": unknown(&["a", "b", "c", "d"]),
        "published": sums(&[(&["a", "b"], 5), (&["c", "d"], 6), (&["a", "c"], 4), (&["b", "d"], 7)]),
        "protected": [{ "id": "a", "of": ["a"], "width": 4 }, { "id": "b", "of": ["b"], "width": 4, "reach": 5 }]
    })
}

fn certified(publication: &Value, protected: usize) -> Value {
    let model = read("square.json", &publication.to_string()).expect("it can be read");
    let report = attack(&model, &Limits::default(), &SOLVER).expect("no contradiction");
    certificate(&model, &report, protected, "square.json", DIGEST).expect("it is safe")
}

fn refused(certificate: &Value, publication: &Value, why: &str) {
    let error = verify::check(&certificate.to_string(), &publication.to_string(), DIGEST).expect_err(why);
    assert!(error.contains(why), "expected `{why}`, found `{error}`");
}

#[test]
fn a_certificate_of_what_is_safe_holds() {
    for protected in 0..2 {
        let certificate = certified(&square(), protected).to_string();
        let checked = verify::check(&certificate, &square().to_string(), DIGEST).expect("it holds");
        let (one, other) = checked.values;
        assert_eq!(((one - other).abs(), checked.figures), (4, 4));
        assert_eq!(verify::named(&certificate), Ok(("square.json".into(), DIGEST.into())));
    }
}

#[test]
fn a_certificate_that_was_tampered_with_is_refused() {
    let square = square();
    let good = certified(&square, 0);
    let with = |change: &dyn Fn(&mut Value)| {
        let mut certificate = good.clone();
        change(&mut certificate);
        certificate
    };
    let raise = |table: &mut Value| *table = json!(table.as_i64().expect("a number") + 1);
    refused(&with(&|c| raise(&mut c["tables"][0]["a"])), &square, "does not give `sum 0`");
    refused(&with(&|c| raise(&mut c["tables"][1]["d"])), &square, "does not give `sum 1`");
    refused(&with(&|c| c["tables"][1] = c["tables"][0].clone()), &square, "expected at least 4 between them");
    refused(&with(&|c| c["tables"][0]["e"] = json!(1)), &square, "`e` is no atom");
    refused(&with(&|c| c["tables"][0]["a"] = json!("four")), &square, "expected a whole number");
    refused(&with(&|c| c["tables"][0]["a"] = json!(-1)), &square, "not possible");
    refused(&with(&|c| c["tables"] = json!([c["tables"][0]])), &square, "expected two tables");
    refused(&with(&|c| c["protected"] = json!("z")), &square, "not protected");
    refused(&with(&|c| c["sha256"] = json!("another")), &square, "is another");
    let removed = with(&|c| {
        c["tables"][0].as_object_mut().expect("a table").remove("a");
    });
    refused(&removed, &square, "expected a whole number `a`");
}

#[test]
fn a_certificate_does_not_hold_for_a_publication_that_says_more() {
    let certificate = certified(&square(), 0);
    let mut more = square();
    let figure = json!({ "id": "class", "says": { "between": { "of": ["a"], "at-most": 2 } } });
    more["published"].as_array_mut().expect("a list").push(figure.clone());
    refused(&certificate, &more, "does not give `class`");
    let mut earlier = square();
    earlier["earlier"] = json!({ "2025-1": [figure] });
    refused(&certificate, &earlier, "does not give `class`");
    let mut wider = square();
    wider["protected"][0]["width"] = json!(5);
    refused(&certificate, &wider, "expected at least 5");
    let mut unknown_kind = square();
    unknown_kind["published"][0]["says"] = json!({ "guess": {} });
    refused(&certificate, &unknown_kind, "`guess` is no kind of figure");
}

#[test]
fn a_quantity_whose_largest_value_is_under_the_threshold_is_not_proven() {
    let mut square = square();
    square["protected"][0]["reach"] = json!(5);
    let model = read("square.json", &square.to_string()).expect("it can be read");
    let report = attack(&model, &Limits::default(), &SOLVER).expect("no contradiction");
    assert!(certificate(&model, &report, 0, "square.json", DIGEST).is_none());
    let mut claimed = certified(&square, 1);
    claimed["protected"] = json!("a");
    refused(&claimed, &square, "expected at least 5");
}

#[test]
fn what_is_not_tied_to_a_quantity_is_in_its_certificate_too() {
    let publication = json!({
        "atoms": unknown(&["a", "b", "p", "q"]),
        "published": sums(&[(&["a", "b"], 9), (&["p", "q"], 2)]),
        "protected": protect(&["a"])
    });
    let certificate = certified(&publication, 0);
    assert_eq!(certificate["tables"][0].as_object().map(|table| table.len()), Some(4));
    assert!(verify::check(&certificate.to_string(), &publication.to_string(), DIGEST).is_ok());
}

#[test]
fn a_component_beyond_the_limit_is_not_safe() {
    let model = read("square.json", &square().to_string()).expect("it can be read");
    let report = attack(&model, &Limits { atoms: 3, near_atoms: 3, ..Limits::default() }, &SOLVER)
        .expect("no contradiction");
    assert!(report.findings.iter().all(|finding| !finding.is_safe()));
}

#[test]
fn a_total_that_follows_from_others_ties_nothing_together() {
    let square = |d: &str| ["a", "b", "c", "d"].map(|cell| format!("{d}{cell}"));
    let (mut atoms, mut figures) = (Vec::new(), Vec::new());
    let mut publish = |of: Vec<&String>, is: i64| {
        figures.push(json!({ "id": format!("{of:?}"), "says": { "exact": { "of": of, "is": is } } }));
    };
    let (north, south) = (square("north "), square("south "));
    for [a, b, c, d] in [&north, &south] {
        publish(vec![a, b], 25);
        publish(vec![c, d], 16);
        publish(vec![a, c], 15);
        publish(vec![b, d], 26);
    }
    publish(north.iter().chain(&south).collect(), 82);
    atoms.extend(north.iter().chain(&south).map(String::as_str));
    let publication = json!({ "atoms": unknown(&atoms), "published": figures, "protected": protect(&["north a", "south d"]) });
    let model = read("two.json", &publication.to_string()).expect("it can be read");
    let report =
        attack(&model, &Limits { atoms: 4, ..Limits::default() }, &SOLVER).expect("no contradiction");
    for protected in 0..2 {
        let certificate =
            certificate(&model, &report, protected, "two.json", DIGEST).expect("each is solved by itself");
        let checked =
            verify::check(&certificate.to_string(), &publication.to_string(), DIGEST).expect("it holds");
        assert_eq!(checked.figures, 9);
    }
}

#[test]
fn what_has_no_upper_end_is_safe_and_can_be_certified() {
    let balance = json!([{ "id": "growth", "says": { "exact": { "of": { "in": 1, "out": -1 }, "is": 3 } } }]);
    let publication = json!({ "atoms": unknown(&["in", "out", "other"]), "published": balance, "protected": protect(&["in", "other"]) });
    for (protected, least) in [(0, 3), (1, 0)] {
        let checked =
            verify::check(&certified(&publication, protected).to_string(), &publication.to_string(), DIGEST);
        let (low, high) = checked.expect("it holds").values;
        assert!(low == least && high >= least + 4, "{low} to {high}");
    }
    let model = read("flows.json", &publication.to_string()).expect("it can be read");
    let limits = Limits { every_interval: true, ..Limits::default() };
    let report = attack(&model, &limits, &SOLVER).expect("no contradiction");
    assert!(report.findings.iter().all(|finding| finding.within.hi.is_none()), "no end is made up");
}
