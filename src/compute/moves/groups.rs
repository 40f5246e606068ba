//! Which flows may be told together: each flow by itself where every number of it may be shown, else with its neighbours, in a
//! stated order.
//!
//! | first | then | then | at last |
//! |---|---|---|---|
//! | rest of the municipality, other municipalities, abroad, each | other municipalities and abroad together | all who moved | with corrections of the register |
//! | born, came of age, each | together | | with all who moved |
//! | became a case, is one no longer, each | all who stayed together | | |
//!
//! Those who came and those who went are never put together: they are counted at two times.

use super::facts::Flow;

/// Flows that are counted together.
pub(in crate::compute) type Group = &'static [Flow];

use Flow::{
    Born, Died, Down, Entered, InAbroad, InElsewhere, InMunicipality, InOutside, Left, OutAbroad,
    OutElsewhere, OutMunicipality, OutOutside, RegisterIn, RegisterOut, Same, Up,
};

/// All who moved in.
pub(in crate::compute) const IN: Group = &[InMunicipality, InElsewhere, InAbroad, InOutside];
/// All who moved out.
pub(in crate::compute) const OUT: Group = &[OutMunicipality, OutElsewhere, OutAbroad, OutOutside];
const CAME: Group = &[InMunicipality, InElsewhere, InAbroad, InOutside, Born, Entered, RegisterIn];
const WENT: Group = &[OutMunicipality, OutElsewhere, OutAbroad, OutOutside, Died, Left, RegisterOut];
const IN_CORRECTED: Group = &[InMunicipality, InElsewhere, InAbroad, InOutside, RegisterIn];
const OUT_CORRECTED: Group = &[OutMunicipality, OutElsewhere, OutAbroad, OutOutside, RegisterOut];

/// One of the two times at which flows are counted, or those there at both.
pub(in crate::compute) struct Side {
    moves: [&'static [Group]; 3],
    corrected: Group,
    register: Group,
    age: [&'static [Group]; 2],
    all: Group,
}

/// Those who came, counted at the later time.
pub(in crate::compute) const COMING: Side = Side {
    moves: [
        &[&[InMunicipality], &[InElsewhere], &[InAbroad], &[InOutside]],
        &[&[InMunicipality], &[InElsewhere, InAbroad], &[InOutside]],
        &[IN],
    ],
    corrected: IN_CORRECTED,
    register: &[RegisterIn],
    age: [&[&[Born], &[Entered]], &[&[Born, Entered]]],
    all: CAME,
};

/// Those who went, counted at the earlier time.
pub(in crate::compute) const GOING: Side = Side {
    moves: [
        &[&[OutMunicipality], &[OutElsewhere], &[OutAbroad], &[OutOutside]],
        &[&[OutMunicipality], &[OutElsewhere, OutAbroad], &[OutOutside]],
        &[OUT],
    ],
    corrected: OUT_CORRECTED,
    register: &[RegisterOut],
    age: [&[&[Died], &[Left]], &[&[Died, Left]]],
    all: WENT,
};

/// Those who stayed and changed.
pub(in crate::compute) const CHANGED: [Group; 2] = [&[Up], &[Down]];
/// All who stayed, counted at both times.
pub(in crate::compute) const STAYED: Group = &[Same];

impl Side {
    /// Every group that there may be.
    pub fn groups(&self) -> Vec<Group> {
        let mut all: Vec<Group> = Vec::new();
        let lists = self.moves.iter().chain(&self.age).flat_map(|groups| groups.iter().copied());
        for group in lists.chain([self.register, self.corrected, self.all]) {
            if !all.contains(&group) {
                all.push(group);
            }
        }
        all
    }

    /// All of them together.
    pub fn everybody(&self) -> Group {
        self.all
    }

    /// The finest groups of which `may` says that they may be told; `None` where even all together may not.
    pub fn finest(&self, may: impl Fn(Group) -> bool) -> Option<Vec<Group>> {
        let first = |ladder: &[&'static [Group]]| {
            ladder.iter().find(|groups| groups.iter().all(|group| may(group))).map(|groups| groups.to_vec())
        };
        let moved = if may(self.register) {
            first(&self.moves).map(|mut groups| {
                groups.push(self.register);
                groups
            })
        } else {
            may(self.corrected).then(|| vec![self.corrected])
        };
        let both = moved.zip(first(&self.age)).map(|(moved, age)| [moved, age].concat());
        both.or_else(|| may(self.all).then(|| vec![self.all]))
    }
}

/// The words of a group, joined.
pub(in crate::compute) fn word(group: Group) -> String {
    group.iter().map(|flow| flow.word()).collect::<Vec<_>>().join("+")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(groups: Option<Vec<Group>>) -> Vec<String> {
        groups.into_iter().flatten().map(word).collect()
    }

    #[test]
    fn each_flow_stands_alone_where_it_may() {
        let all =
            ["in-municipality", "in-elsewhere", "in-abroad", "in-outside", "register-in", "born", "entered"];
        assert_eq!(words(COMING.finest(|_| true)), all);
    }

    #[test]
    fn few_from_abroad_are_put_with_other_municipalities_and_nothing_else_changes() {
        let found = words(COMING.finest(|group| group != [InAbroad]));
        assert_eq!(found[..2], ["in-municipality", "in-elsewhere+in-abroad"]);
        assert!(found.contains(&"born".to_string()));
    }

    #[test]
    fn a_few_corrections_are_put_with_all_who_moved() {
        let found = words(GOING.finest(|group| group != [RegisterOut]));
        assert_eq!(found, [word(OUT_CORRECTED), "died".into(), "left".into()]);
    }

    #[test]
    fn few_who_died_are_put_with_all_who_went_where_that_is_all_there_is() {
        let may = |group: Group| !group.contains(&Died) || group.len() > 2;
        assert_eq!(words(GOING.finest(may)), [word(WENT)]);
        assert!(GOING.finest(|_| false).is_none());
    }
}
