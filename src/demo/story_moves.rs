//! The storyline on moves: what is planted in three estates, as constants.
//!
//! All counts are of persons aged 18-64 on 1 January, all sums are of their shares of the year on benefits, in
//! hundredths; [`super::moves`] sets them, tests read them back. Everywhere else people move as they were simulated.

/// Persons in hundredths of a year on benefits: sums before and after.
pub type Sums = (i64, i64);

/// Moves over one estate's border in one year, and the benefits of those who moved and stayed.
pub struct Moves {
    /// Estate.
    pub area: &'static str,
    /// Year: between its 1 January and the next.
    pub year: i64,
    /// Residents aged 18-64 at both ends.
    pub residents: (usize, usize),
    /// Their benefits in the years before both ends: the parts of `benefit-share`.
    pub benefits: Sums,
    /// Moved in: persons, and their benefits in the year.
    pub moved_in: (usize, i64),
    /// Moved out, the dead left out: persons, and their benefits in the year before.
    pub moved_out: (usize, i64),
    /// Aged 18-64 there at both ends: persons, and their benefits.
    pub stayed: (usize, Sums),
}

/// The stories, one estate and year each.
pub const MOVES: [Moves; 4] = [
    // Improves only because its people are replaced: many on benefits move out of dwellings that are sold or made into
    // youth dwellings, few move in, and those who stay lose a little ground.
    Moves {
        area: "engparken",
        year: 2024,
        residents: (1_120, 1_113),
        benefits: (16_642, 13_050),
        moved_in: (214, 2_000),
        moved_out: (226, 5_908),
        stayed: (876, (10_440, 11_050)),
    },
    // Improves because residents found work: those who come and go are on benefits as often as all who live there.
    Moves {
        area: "ved-aen",
        year: 2024,
        residents: (662, 655),
        benefits: (6_300, 4_192),
        moved_in: (91, 720),
        moved_out: (101, 810),
        stayed: (547, (5_420, 3_472)),
    },
    // Renovated in stages: households move out for a time, their dwellings are let meanwhile to others, few of them on
    // benefits. Nobody who stayed found or lost work.
    Moves {
        area: "birkelunden",
        year: 2023,
        residents: (644, 622),
        benefits: (8_047, 6_362),
        moved_in: (134, 900),
        moved_out: (156, 2_817),
        stayed: (477, (5_221, 5_221)),
    },
    // The same persons are back, as often on benefits as before they left.
    Moves {
        area: "birkelunden",
        year: 2024,
        residents: (622, 626),
        benefits: (6_362, 7_955),
        moved_in: (162, 2_700),
        moved_out: (152, 983),
        stayed: (458, (5_255, 5_255)),
    },
];

/// Engparken: households that leave in the year beside those simulated, while others come instead.
pub const REPLACED: (&str, i64, usize) = ("engparken", 2024, 32);

/// Birkelunden: households out of their dwellings on 1 January 2024 and back a year later.
pub const REHOUSED: (&str, i64, usize) = ("birkelunden", 2023, 52);

/// Persons a year, over the whole municipality but never in these estates or Grønnevang, whose coming or going no event
/// documents: corrections of the register.
pub const UNDOCUMENTED: Undocumented = Undocumented { arrivals: 2, departures: 4 };

/// Persons without an event, in each year.
pub struct Undocumented {
    /// There without having come.
    pub arrivals: usize,
    /// Gone without having left.
    pub departures: usize,
}
