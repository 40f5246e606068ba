//! Which flows may be told together: each flow by itself where every number of it may be shown, else with its neighbours, in a
//! stated order.
//!
//! | first | then | then | at last |
//! |---|---|---|---|
//! | rest of the municipality, other municipalities, abroad, each | other municipalities and abroad together | all who moved | with corrections of the register |
//! | born, came of age, each; died, passed the age, each | together | both times' together, by their difference | with all who moved |
//! | became a case, is one no longer, each | all who stayed together | | |
//!
//! Those who came and those who went are counted at two times and put together in one case: what age and death did is told as the
//! difference of those who came of age and those who are gone, which follows from all other terms anyway; neither number does.

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

/// Those who were born or came of age, and those who died or passed the age.
pub(in crate::compute) const OF_AGE: [Group; 2] = [&[Born, Entered], &[Died, Left]];
/// What age and death did at both times.
pub(in crate::compute) const AGE: Group = &[Born, Entered, Died, Left];

/// One of the two times at which flows are counted.
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

    /// The finest groups of those who moved, and of corrections of the register, of which `may` says that they may be told.
    pub fn moved(&self, may: impl Fn(Group) -> bool) -> Option<Vec<Group>> {
        if !may(self.register) {
            return may(self.corrected).then(|| vec![self.corrected]);
        }
        first(&self.moves, may).map(|groups| [groups, vec![self.register]].concat())
    }

    /// The finest groups of age and death.
    pub fn age(&self, may: impl Fn(Group) -> bool) -> Option<Vec<Group>> {
        first(&self.age, may)
    }

    /// The finest groups of all; `None` where even all together may not be told.
    fn finest(&self, may: impl Fn(Group) -> bool) -> Option<Vec<Group>> {
        let both = self.moved(&may).zip(self.age(&may)).map(|(moved, age)| [moved, age].concat());
        both.or_else(|| may(self.all).then(|| vec![self.all]))
    }
}

/// The first groups of a ladder of which all may be told.
fn first(ladder: &[&'static [Group]], may: impl Fn(Group) -> bool) -> Option<Vec<Group>> {
    ladder.iter().find(|groups| groups.iter().all(|group| may(group))).map(|groups| groups.to_vec())
}

/// The finest groups of those who came and those who went; `over`: whether age and death may be told over both times.
pub(in crate::compute) fn finest(over: bool, may: impl Fn(Group) -> bool) -> Option<Vec<Group>> {
    if let (Some(came), Some(went), true) = (COMING.moved(&may), GOING.moved(&may), over) {
        let age = COMING.age(&may).zip(GOING.age(&may)).map(|(came, went)| [came, went].concat());
        return Some([came, went, age.unwrap_or_else(|| vec![AGE])].concat());
    }
    Some([COMING.finest(&may)?, GOING.finest(&may)?].concat())
}

/// Are they those who went, who are counted at the earlier time?
pub(in crate::compute) fn is_of_those_who_went(group: Group) -> bool {
    WENT.contains(&group[0])
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
    fn few_who_died_are_told_as_a_difference_and_leave_those_who_moved_alone() {
        let found = words(finest(true, |group| !group.contains(&Died)));
        assert!(found.contains(&word(AGE)) && found.contains(&"out-municipality".to_string()));
        assert!(!found.iter().any(|word| word.starts_with("entered")));
    }

    #[test]
    fn where_even_all_who_moved_are_few_they_are_put_with_all_who_came() {
        let may = |group: Group| !group.contains(&InMunicipality) || group.len() > IN_CORRECTED.len();
        assert_eq!(words(finest(true, may))[0], word(CAME));
        assert!(finest(true, |_| false).is_none());
    }
}
