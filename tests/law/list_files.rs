//! The file of lists as it comes: old names, decimal commas, signs, two lists in a year; and all that is made of it and outlines.
//! The areas and figures are made for the tests.

use super::{ListsOnly, codes, lists_only::COLUMNS, row, told};

/// The one error of a project.
fn error(lists: &ListsOnly) -> String {
    let errors = lists.outcome().err().unwrap_or_default();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    errors[0].to_string()
}

#[test]
fn from_outlines_and_lists_alone_come_status_values_limits_distances_counts_history_and_reports() {
    let lists = [
        row(["2019-12-01", "Åvænget/Søparken", "udsat", "1500", "45.1", "42.0", "1.20", "61.2", "58.1"]),
        row(["2019-12-01", "another", "", "1100", "20.0", "10.0", "0.50", "30.0", "80.0"]),
        row(["2020-12-01", "Åvænget/Søparken", "", "1480", "39.8", "41.0", "1.10", "60.9", "58.4"]),
    ];
    let lists = ListsOnly::new(&lists, "");
    let summary = lists.build();
    assert_eq!(summary.reports, 2);
    let status = lists.written("results/status.csv");
    let find = |year: &str, criterion: &str| -> Vec<String> {
        let row = status.lines().find(|line| {
            line.starts_with("Åvænget/Søparken,")
                && line.contains(&format!("abl-61a-2018,{year}-12-01,{criterion},"))
        });
        row.unwrap_or_default().split(',').map(str::to_string).collect()
    };
    assert_eq!(find("2020", "no-work")[5..9], ["39.8", "40", "false", "-0.2"]);
    assert_eq!(find("2020", "convicted")[5..9], ["1.10", "2.27", "false", "-1.17"]);
    assert_eq!(find("2019", "")[17], "udsat");
    assert_eq!(find("2020", "")[17], "not-listed");
    let (publication, _) = lists.compute();
    let told = |id: &str| told(&publication, id);
    assert_eq!(told("abl-61a/udsat/count@Åvænget/Søparken@2019"), "2");
    assert_eq!(told("abl-61a/udsat/count@Åvænget/Søparken@2020"), "1");
    assert_eq!(told("abl-61a/residents@Åvænget/Søparken@2020"), "1480");
    // Without data of our own there is no status of our own, not one that cannot be told.
    assert_eq!(told("abl-61a/own@Åvænget/Søparken@2020"), "missing: NoData");
    assert!(!publication.facts().any(|(id, _)| id.what.ends_with("/own")));
    let payload = lists.written("results/payload/area-status/aavaenget-soeparken.json");
    assert!(payload.contains("39,8"), "{payload}");
}

#[test]
fn categories_by_the_names_of_the_time_are_understood_and_others_refused_with_those_that_are() {
    let of = |date: &str, word: &str| row([date, "a", word, "1500", "", "", "", "", ""]);
    let lists = [
        of("2016-12-01", "ghetto"),
        of("2018-12-01", "Ghettoområde"),
        of("2019-12-01", "hård"),
        of("2020-12-01", "Udsat boligområde"),
        of("2021-12-01", "not-listed"),
    ];
    let (publication, _) = ListsOnly::new(&lists, "").compute();
    for (year, status) in [(2016, "listed"), (2018, "parallelsamfund"), (2019, "omdannelse"), (2020, "udsat")]
    {
        assert_eq!(told(&publication, &format!("abl-61a@a@{year}")), format!("{status}, official"));
    }
    assert_eq!(told(&publication, "abl-61a@a@2021"), "NotListed, official");
    let error = error(&ListsOnly::new(&[of("2019-12-01", "forebyggelse")], ""));
    assert!(error.starts_with("error[unknown-category]") && error.contains("2019-12-01"), "{error}");
    assert!(
        error.contains("`udsat`, `parallelsamfund`, `omdannelse`") && error.contains("also-called"),
        "{error}"
    );
}

#[test]
fn decimal_commas_are_read_and_signs_and_thousands_are_refused() {
    let semicolons = |row: &str| row.replace(',', ";").replace('.', ",");
    let lists = ListsOnly::new(&[row(["2020-12-01", "a", "", "1500", "40.0", "", "", "", ""])], "");
    let first = "2020-12-01;a;;1500;40,1;;;60,0;;;";
    lists.project.write("lists.csv", &format!("{}\n{first}\n", semicolons(COLUMNS)));
    let (publication, _) = lists.compute();
    assert_eq!(told(&publication, "abl-61a/no-work/distance@a@2020"), "0.1");
    assert_eq!(told(&publication, "abl-61a/education/met@a@2020"), "false");

    let with_sign = "2020-12-01;another;;1500;40,1 %;;;60,0;;;";
    lists.project.write("lists.csv", &format!("{}\n{first}\n{with_sign}\n", semicolons(COLUMNS)));
    let found = error(&lists);
    assert!(
        found.starts_with("error[bad-published-value]") && found.contains("`40,1 %` in `no_work`"),
        "{found}"
    );

    let found = error(&ListsOnly::new(&[row(["2020-12-01", "a", "", "1.500", "40.1", "", "", "", ""])], ""));
    assert!(found.starts_with("error[bad-residents]"), "{found}");
    let found = error(&ListsOnly::new(&[row(["december 2020", "a", "", "1500", "", "", "", "", ""])], ""));
    assert!(found.starts_with("error[bad-list-date]"), "{found}");
    let twice = ["40.1", "40.2"].map(|no_work| row(["2020-12-01", "a", "", "1500", no_work, "", "", "", ""]));
    let found = error(&ListsOnly::new(&twice, ""));
    assert!(found.starts_with("error[listed-twice]"), "{found}");
}

#[test]
fn of_two_lists_in_a_year_the_later_stands_and_that_is_said() {
    let lists = [
        row(["2014-02-01", "a", "listed", "1500", "45", "60", "3.1", "", ""]),
        row(["2014-12-01", "a", "", "1490", "39", "60", "2.1", "", ""]),
    ];
    let (publication, notices) = ListsOnly::new(&lists, "").compute();
    assert_eq!(told(&publication, "abl-61a@a@2014"), "NotListed, official");
    assert_eq!(told(&publication, "abl-61a/no-work@a@2014"), "39.0");
    let notice = notices.iter().find(|notice| notice.code == "two-lists-a-year").expect("it is said");
    assert!(notice.message.contains("2014-02-01 and 2014-12-01"), "{notice}");
}

#[test]
fn a_list_has_its_own_day_in_print() {
    let lists = ListsOnly::new(&[row(["2012-10-01", "a", "listed", "1500", "45", "60", "3.1", "", ""])], "");
    lists.build();
    assert!(lists.written("results/status.csv").contains(",abl-61a-2010,2012-10-01,"));
}

#[test]
fn a_category_that_the_values_contradict_is_told_without_numbers() {
    let lists = [
        row(["2020-12-01", "mild", "udsat", "1500", "35.1", "20.0", "1.00", "55.0", "60.0"]),
        row(["2020-12-01", "strict", "", "1500", "45.1", "20.0", "1.00", "65.0", "60.0"]),
        row(["2020-12-01", "right", "udsat", "1500", "45.1", "20.0", "1.00", "65.0", "60.0"]),
        // Its education prints as the limit: the decimals that decide are not published.
        row(["2020-12-01", "at-the-limit", "udsat", "1500", "45.1", "20.0", "1.00", "60.0", "60.0"]),
    ];
    let (publication, notices) = ListsOnly::new(&lists, "").compute();
    let told_of: Vec<&str> = notices
        .iter()
        .filter(|notice| notice.code == "category-and-values")
        .map(|notice| notice.message.split('`').nth(1).unwrap_or_default())
        .collect();
    assert_eq!(told_of, ["mild", "strict"], "{notices:#?}");
    assert_eq!(told(&publication, "abl-61a/by-values@right@2020"), "udsat, official");
    assert_eq!(told(&publication, "abl-61a@mild@2020"), "udsat, official");
    assert!(!codes(&notices).contains("own-differs"));
}

#[test]
fn the_limit_comes_from_the_list_before_the_catalogue() {
    let mut lists = row(["2020-12-01", "a", "", "1500", "", "", "2.28", "", ""]);
    let (publication, _) = ListsOnly::new(&[lists.clone()], "").compute();
    assert_eq!(told(&publication, "abl-61a/convicted/met@a@2020"), "true");
    lists = lists.trim_end_matches(',').to_string() + ",,,2.29,";
    let (publication, _) = ListsOnly::new(&[lists], "").compute();
    assert_eq!(told(&publication, "abl-61a/convicted/limit@a@2020"), "2.29");
    assert_eq!(told(&publication, "abl-61a/convicted/met@a@2020"), "false");
    // It is that of all areas, and one number.
    assert_eq!(told(&publication, "abl-61a/convicted/limit@another@2020"), "2.29");
    let two = ["2.29", "2.30"].iter().zip(["a", "b"]);
    let two: Vec<String> =
        two.map(|(limit, area)| format!("2020-12-01,{area},,1500,,,2.28,,,{limit},")).collect();
    let found = error(&ListsOnly::new(&two, ""));
    assert!(found.starts_with("error[two-limits]") && found.contains("2.29 and 2.30"), "{found}");
}

#[test]
fn origin_switched_off_is_in_no_row_and_no_reason_and_changes_no_status() {
    let lists = [
        row(["2019-12-01", "a", "parallelsamfund", "1500", "45.1", "50.2", "1.00", "65.0", "60.0"]),
        row(["2020-12-01", "a", "udsat", "1500", "45.1", "49.8", "1.00", "65.0", "60.0"]),
    ];
    let off = "families:\n  abl-61a:\n    title: Lov\n    show-origin: false\n    statuses:\n      listed: { name: På listen, symbol: barred, counts-as: parallelsamfund }\n      forebyggelse: { name: Forebyggelsesområde, symbol: half }\n      udsat: { name: Udsat boligområde, symbol: full }\n      parallelsamfund: { name: Parallelsamfund, symbol: square }\n      omdannelse: { name: Omdannelsesområde, symbol: diamond }\n";
    let (shown, hidden) = (ListsOnly::new(&lists, ""), ListsOnly::new(&lists, off));
    let reasons =
        |lists: &ListsOnly| super::lists_only::reasons(&lists.compute().0, "abl-61a/reasons@a@2020");
    assert!(reasons(&shown).is_some_and(|reasons| format!("{reasons:?}").contains("origin")));
    assert_eq!(reasons(&hidden), None);
    shown.build();
    hidden.build();
    let without_origin = |text: String| -> Vec<String> {
        text.lines().filter(|line| !line.contains(",origin")).map(str::to_string).collect()
    };
    let (shown, hidden) = (shown.written("results/status.csv"), hidden.written("results/status.csv"));
    assert!(shown.contains(",origin,") && !hidden.contains(",origin"));
    assert_eq!(without_origin(shown), without_origin(hidden));
}

#[test]
fn a_layer_by_another_name_than_the_rule_sets_is_told_of() {
    let lists = ListsOnly::new(&[row(["2020-12-01", "a", "udsat", "1500", "", "", "", "", ""])], "");
    let project = &lists.project;
    let text = std::fs::read_to_string(project.dir.join("indicators.yaml")).expect("readable");
    project.write(
        "indicators.yaml",
        &text.replace("  estates: {", "  listed: {").replace("[estates]", "[listed]"),
    );
    let (_, notices) = lists.compute();
    let notice = notices.iter().find(|notice| notice.code == "no-layer-of-the-law").expect("it is said");
    assert!(notice.hints[0].contains("`estates`"), "{notice}");
}
