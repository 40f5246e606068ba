//! Moves of random municipalities: what is printed adds up, and no small number is told.

use kvarter::{
    compute::{Fact, State},
    ids::ValueId,
};

use super::{People, Row, with};

/// A random municipality of two estates: who was where, and who is where.
fn random(seed: u64) -> Vec<Row> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut below = move |n: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % n
    };
    let mut people = People { rows: Vec::new(), next: 0 };
    for _ in 0..900 {
        let area = if below(2) == 0 { "a" } else { "b" };
        let then = (area, below(20) > 0, below(3) == 0);
        let moves = below(100);
        let now = (
            if moves < 4 { if area == "a" { "b" } else { "a" } } else { area },
            below(20) > 0,
            below(3) == 0,
        );
        match moves {
            4..10 => people.add(1, Some(then), None, "", ["elsewhere", "abroad", "died"][below(3) as usize]),
            10..18 => people.add(1, None, Some(now), ["elsewhere", "abroad", "born"][below(3) as usize], ""),
            _ => people.add(1, Some(then), Some(now), "", ""),
        }
    }
    people.rows
}

#[test]
fn on_random_municipalities_printed_terms_add_up_and_no_small_number_is_told() {
    let few = |number: f64| (0.5..4.5).contains(&number);
    let mut shown = 0;
    for seed in 1..25 {
        let publication = with(&random(seed));
        for area in ["a", "b"] {
            let id: ValueId = format!("moves/jobs@{area}@2025").parse().expect("an id");
            let State::Shown(Fact::Split(split)) = publication.get(&id) else { continue };
            shown += 1;
            let sum: i64 = split.terms.iter().map(|term| term.points.units).sum();
            assert_eq!(sum, split.end.units - split.start.units, "{seed} {area}");
            for term in &split.terms {
                assert!(
                    !term.persons.is_some_and(|persons| few(persons as f64)),
                    "{seed} {area} {}",
                    term.word()
                );
                assert!(
                    !term.cases.is_some_and(|cases| few(cases.to_f64())),
                    "{seed} {area} {}",
                    term.word()
                );
            }
        }
        let from = publication.facts().filter(|(id, _)| id.what.starts_with("moves/from/"));
        for (id, state) in from {
            assert!(!matches!(state, State::Shown(Fact::Count(count)) if few(*count as f64)), "{seed} {id}");
        }
    }
    assert!(shown > 24, "{shown} splits are told");
}
