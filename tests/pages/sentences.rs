//! Every text of the program is used by its code, and every branch of every text can be reached and printed. Which slots a text
//! has, and of what kind, is read from the text itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::Arc,
};

use kvarter::{
    diagnostics::SourceFile,
    templates,
    words::{Slots, Words},
};

/// Ways to fill in a text; so many reach every branch of the texts there are.
const WAYS: usize = 600;
const NUMBERS: [i64; 9] = [2, 1, 0, 7, 3, 12, -2, 100, 5];
const KEYWORDS: [&str; 15] = [
    "if", "elif", "else", "endif", "for", "in", "endfor", "and", "or", "not", "is", "defined", "true",
    "false", "set",
];

/// What a slot is filled in with.
#[derive(Default, Debug)]
struct Slot {
    number: bool,
    list: bool,
    printed: bool,
    /// Asked for without being compared: a flag, or a text that may be empty.
    asked: bool,
    optional: bool,
    compared_with: BTreeSet<String>,
}

/// Code and text of a template, in turn: text comes first.
fn pieces(template: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = template;
    loop {
        let at = ["{{", "{%"].iter().filter_map(|open| rest.find(open)).min();
        let Some(at) = at else {
            pieces.push(rest);
            return pieces;
        };
        pieces.push(&rest[..at]);
        let close = if rest[at..].starts_with("{{") { "}}" } else { "%}" };
        let end = rest[at..].find(close).map_or(rest.len(), |end| at + end);
        pieces.push(&rest[at..end]);
        rest = rest.get(end + 2..).unwrap_or_default();
    }
}

fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start_matches(['{', '%', '-']).trim_end_matches('-');
    while let Some(first) = rest.chars().next() {
        let inside = |c: char| c.is_alphanumeric() || c == '_';
        let length = match first {
            '"' | '\'' => 2 + rest[1..].find(first).expect("the text was loaded"),
            c if inside(c) => rest.find(|c| !inside(c)).unwrap_or(rest.len()),
            '=' | '!' | '<' | '>' => 1 + usize::from(rest[1..].starts_with('=')),
            c => c.len_utf8(),
        };
        if !first.is_whitespace() {
            tokens.push(&rest[..length]);
        }
        rest = &rest[length..];
    }
    tokens
}

/// The slots of a template by name.
fn slots(template: &str) -> BTreeMap<&str, Slot> {
    let mut slots: BTreeMap<&str, Slot> = BTreeMap::new();
    for code in pieces(template).iter().skip(1).step_by(2) {
        let tokens = tokens(code);
        for (place, token) in tokens.iter().enumerate() {
            let before = place.checked_sub(1).map(|place| tokens[place]);
            let name = token.starts_with(|c: char| c.is_alphabetic()) && !KEYWORDS.contains(token);
            if !name || before == Some("|") {
                continue;
            }
            let slot = slots.entry(token).or_default();
            let next = |by: usize| tokens.get(place + by).copied().unwrap_or_default();
            match next(1) {
                "|" => match next(2) {
                    "tal" | "fortegn" | "talord" => slot.number = true,
                    "opregn" | "length" => slot.list = true,
                    _ => slot.printed = true,
                },
                "==" | "!=" if next(2).starts_with(['"', '\'']) => {
                    slot.compared_with.insert(next(2).trim_matches(['"', '\'']).to_string());
                }
                "==" | "!=" | ">" | "<" | ">=" | "<=" => slot.number = true,
                "is" => slot.optional = true,
                _ if code.starts_with("{%") => slot.asked = true,
                _ => slot.printed = true,
            }
        }
    }
    slots
}

/// A number that has nothing to do with that of another way or another slot, the same in every run (SplitMix64).
fn mixed(way: usize, place: usize) -> usize {
    let mut mixed = (way as u64 * 31 + place as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ (mixed >> 31)) >> 8) as usize
}

/// The slots filled in, one of many ways.
fn filled(slots: &BTreeMap<&str, Slot>, way: usize) -> Slots {
    let mut filled = Slots::new();
    for (place, (name, slot)) in slots.iter().enumerate() {
        let name: &'static str = name.to_string().leak();
        let on = (way >> (place % 5)) & 1 == 0;
        let turn = mixed(way, place);
        if slot.optional && !on {
            continue;
        }
        filled = if slot.list {
            filled.list(name, &["Øst", "Vest", "Nord"][..1 + turn % 3])
        } else if slot.number {
            filled.count(name, NUMBERS[turn % NUMBERS.len()])
        } else if !slot.compared_with.is_empty() {
            let words: Vec<&str> = slot.compared_with.iter().map(String::as_str).chain(["ord"]).collect();
            filled.text(name, words[turn % words.len()])
        } else if slot.printed || slot.optional {
            filled.text(name, if slot.asked && !on { "" } else { "ord" })
        } else {
            filled.flag(name, on)
        };
    }
    filled
}

/// As printed, but for marks of bold type and the kind of a space.
fn plain(text: &str) -> String {
    text.replace("**", "").replace('\u{a0}', " ")
}

fn texts(file: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    serde_saphyr::from_str(file).expect("the texts are YAML")
}

#[test]
fn every_branch_of_every_text_can_be_printed() {
    let path = "text/da.yaml";
    let file = String::from_utf8(templates::embedded(path).expect("the texts").to_vec()).expect("text");
    let source = Arc::new(SourceFile { name: format!("templates/{path}"), text: file.clone() });
    let words = Words::load("da", &source).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let mut never = Vec::new();
    for (section, texts) in texts(&file).into_iter().filter(|(section, _)| section != "labels") {
        for (name, template) in texts {
            let slots = slots(&template);
            let key = format!("{section}/{name}");
            let ways = if slots.is_empty() { 1 } else { WAYS };
            let said: BTreeSet<String> = (0..ways)
                .map(|way| {
                    let said = words.line(&key, &filled(&slots, way));
                    plain(&said.unwrap_or_else(|error| panic!("{key}: {error}\n{slots:#?}")))
                })
                .collect();
            for piece in pieces(&template).iter().step_by(2).map(|piece| plain(piece)) {
                let piece = piece.trim();
                if !said.iter().any(|said| said.contains(piece)) {
                    never.push(format!("{key}: `{piece}`"));
                }
            }
            assert!(said.iter().all(|said| !said.contains("{{") && !said.contains("{%")), "{key}: {said:#?}");
        }
    }
    assert!(never.is_empty(), "never printed: {never:#?}");
}

#[test]
fn a_branch_that_cannot_be_reached_is_found() {
    let template = "{% if n > 1 %}flere{% elif n > 4 %}mange{% else %}få{% endif %} {{ names | opregn }}";
    let slots = slots(template);
    assert!(slots["n"].number && slots["names"].list && slots.len() == 2, "{slots:#?}");
    let pieces: Vec<&str> = pieces(template).into_iter().step_by(2).collect();
    assert_eq!(pieces, ["", "flere", "mange", "få", " ", ""]);
}

/// The strings of the program's code, without the tables of keys.
fn strings() -> BTreeSet<String> {
    fn gather(folder: &Path, strings: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() && !path.ends_with("words/keys") {
                gather(&path, strings);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).expect("readable");
                strings.extend(
                    text.lines().flat_map(|line| line.split('"').skip(1).step_by(2)).map(str::to_string),
                );
            }
        }
    }
    let mut strings = BTreeSet::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut strings);
    strings
}

/// Can this format string of the code be the key?
fn makes(format: &str, key: &str) -> bool {
    let mut parts = format.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    let Some(mut rest) = key.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    for part in &parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.is_empty() || parts.last().is_some_and(|last| last.is_empty())
}

#[test]
fn every_text_is_used_by_the_code() {
    let strings = strings();
    let file = std::str::from_utf8(templates::embedded("text/da.yaml").expect("the texts")).expect("text");
    let mut unused = Vec::new();
    for (section, texts) in texts(file).into_iter().filter(|(section, _)| section != "labels") {
        let prefix = format!("{section}/");
        let ending = |text: &String| text.starts_with('{') && text.contains("}-") && !text.contains(' ');
        let formats: Vec<&String> = strings
            .iter()
            .filter(|text| text.contains('{') && (text.starts_with(&prefix) || ending(text)))
            .collect();
        for name in texts.into_keys() {
            let key = format!("{section}/{name}");
            let made = strings.contains(&key)
                || formats.iter().any(|format| makes(format, &key))
                || strings.contains(&name);
            if !made {
                unused.push(key);
            }
        }
    }
    assert!(unused.is_empty(), "no code prints {unused:#?}");
    assert!(makes("limits/end-{side}-short", "limits/end-left-short"));
    assert!(!makes("limits/end-{side}-short", "limits/end-left"));
}
