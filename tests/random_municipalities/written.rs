//! The open results and the manifest as they are written.

/// An indicator's value in a row of `values.csv`.
pub struct Value {
    pub indicator: String,
    /// Empty for the municipality.
    pub layer: String,
    pub area: String,
    pub comparator: String,
    pub year: i32,
    pub years: i32,
    pub state: String,
    /// The value, and its part and whole where they are printed.
    pub printed: [String; 3],
}

/// The rows of `values.csv`.
pub fn values(text: &str) -> Vec<Value> {
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().expect("a head").split(',').collect();
    let column = |name: &str| head.iter().position(|column| *column == name);
    let rows = lines.map(|line| {
        let fields: Vec<&str> = line.split(',').collect();
        let field = |name: &str| column(name).map_or(String::new(), |column| fields[column].to_string());
        Value {
            indicator: field("indicator"),
            layer: field("layer"),
            area: field("area"),
            comparator: field("comparator"),
            year: field("period").parse().expect("a year"),
            years: field("years").parse().unwrap_or(1),
            state: field("state"),
            printed: ["value", "part", "whole"].map(field),
        }
    });
    rows.collect()
}

/// The numbers of rows in `manifest.json`: what, which year, how many.
pub fn account(text: &str) -> Vec<(String, i32, i64)> {
    let manifest: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let mut all = Vec::new();
    for of in manifest["account"].as_object().expect("an account").values() {
        for (year, counts) in of.as_object().expect("years") {
            for (what, count) in counts.as_object().expect("counts") {
                if let Ok(count) = count.as_str().unwrap_or_default().parse() {
                    all.push((what.clone(), year.parse().expect("a year"), count));
                }
            }
        }
    }
    all
}
