//! When those who are not Danish citizens first came to Denmark.

use std::collections::BTreeMap;

use super::key;
use super::society::Society;

/// Date of first arrival by person (days since 1970); persons with Danish citizenship have none. It is the date of
/// birth for those born here, and never after the first known address. A family came together.
pub fn of(society: &Society) -> BTreeMap<usize, i32> {
    let mut first: BTreeMap<usize, (i32, usize)> = BTreeMap::new();
    for resident in society.snapshots.iter().flatten() {
        let known = first.entry(resident.person).or_insert((resident.moved_in, resident.household));
        known.0 = known.0.min(resident.moved_in);
    }
    let persons = &society.register.persons;
    let foreign = first.into_iter().filter(|(person, _)| persons[*person].citizenship != "dk");
    foreign
        .map(|(id, (address, household))| {
            let person = &persons[id];
            (id, (address - earlier(person.citizenship, household as u64)).max(person.birth))
        })
        .collect()
}

/// Days in Denmark before the first known address: none for a third, else some years, few of them many.
fn earlier(citizenship: &str, household: u64) -> i32 {
    if key::chance(0.33, "straight here", household, 0) {
        return key::below(40, "days to an address", household, 0) as i32;
    }
    let mean = if citizenship == "eu" { 4.0 } else { 8.0 };
    let years = -(1.0 - key::unit("years in Denmark", household, 0)).ln() * mean;
    (years.min(40.0) * 365.25) as i32
}
