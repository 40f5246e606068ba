//! Quarters, estates and villages of the plan, drawn by hand (hectometres from the south-west corner).

/// How a quarter is built.
pub(super) struct Style {
    /// Metres between parallel streets.
    pub spacing: f64,
    /// Metres between cross streets.
    pub cross: f64,
    /// Metres of street per building, and per side.
    pub lot: f64,
    /// Metres from the middle of the street to the middle of a building.
    pub offset: f64,
    /// Length and width of a building.
    pub size: (f64, f64),
    /// Addresses in a building, and dwellings at an address.
    pub doors: (u32, u32),
    /// Whether a building is drawn as a slab.
    pub slab: bool,
}

/// Detached houses with gardens.
pub(super) const VILLA: Style = Style {
    spacing: 86.0,
    cross: 270.0,
    lot: 31.0,
    offset: 19.0,
    size: (14.0, 10.0),
    doors: (1, 1),
    slab: false,
};
/// Terraced houses.
pub(super) const TERRACE: Style = Style {
    spacing: 78.0,
    cross: 210.0,
    lot: 54.0,
    offset: 17.0,
    size: (36.0, 9.0),
    doors: (5, 1),
    slab: false,
};
/// Blocks of flats around the centre.
pub(super) const BLOCK: Style = Style {
    spacing: 96.0,
    cross: 130.0,
    lot: 46.0,
    offset: 17.0,
    size: (40.0, 12.0),
    doors: (2, 4),
    slab: true,
};

/// Workshops and warehouses: nobody lives there.
pub(super) const WORKS: Style = Style {
    spacing: 170.0,
    cross: 260.0,
    lot: 78.0,
    offset: 44.0,
    size: (58.0, 34.0),
    doors: (0, 0),
    slab: false,
};

/// A quarter: style, direction of its streets in degrees, theme of the street names, year of building, outline.
pub(super) const QUARTERS: &[(&Style, f64, usize, i64, &str)] = &[
    // Midtbyen
    (
        &BLOCK,
        -38.0,
        0,
        1900,
        "98.5,95.8 101.5,99.6 104.2,104.6 108,105.2 110.6,102.4 112,99 112,91 107,92.4 99,93.4",
    ),
    (&VILLA, 72.0, 1, 1928, "87.9,99 94.2,97 94.8,99 93.6,102.8 95.5,104.8 91.6,109 88.9,112 87.8,106"),
    (&VILLA, 8.0, 2, 1934, "88.6,92.6 98,91.6 99,89.6 97,87.8 91.6,85.2 89,90"),
    (&VILLA, 6.0, 3, 1952, "105.8,87.4 112,89 112.6,83 111.6,77.5 105.4,77 105.4,82"),
    (&VILLA, -42.0, 4, 1925, "96.6,106.6 101.6,100.6 103.4,106 102,109.4 98,110.8"),
    // Nordbyen
    (&VILLA, 80.0, 5, 1964, "77,119.4 84.2,119.4 82.6,128 81.6,137 78.4,137 77.2,128"),
    (&VILLA, 76.0, 6, 1958, "86.6,119.5 89.4,119 88,126 88,131.5 85.6,137 83.4,137.4 84.6,128"),
    (&VILLA, -40.0, 7, 1948, "89.4,114.2 92.8,111 97,107 98.6,110.5 93.4,113 90.4,116.4"),
    // Vestbyen
    (&VILLA, 10.0, 8, 1962, "77.2,108.6 86.6,108 87.4,112.4 82.6,110.6 78.8,112.8 77.4,111"),
    (&TERRACE, 88.0, 9, 1976, "84.2,99.6 86.6,99.4 86.9,107.4 84.2,107.4"),
    (&VILLA, 14.0, 10, 1969, "56,101.6 67,100.8 67,104 69,108.6 67,114 62.5,112 58,106.6"),
    (&VILLA, 3.0, 11, 1951, "61,94.4 72,95.2 72,98.8 61,99.8"),
    (&VILLA, -3.0, 12, 1955, "75.8,95.2 86.4,95 86.4,97.4 75.8,98.6"),
    (&VILLA, 30.0, 13, 1973, "66,83.4 73,79.4 78,77.6 83.6,80.8 83,83.4 76,83.6 75.6,89.6 68,87"),
    (&VILLA, 82.0, 14, 1979, "83.8,84 87.8,84.2 87,92 84,92.6"),
    // Sydbyen
    (&VILLA, 42.0, 15, 1966, "81,76.4 84.2,70.4 88,68 88.4,76.8 92,81.6 90.6,82.6"),
    (&VILLA, 84.0, 17, 1971, "97.8,61.5 101.4,61.5 103.4,74 98.4,74 97.4,66"),
    (&VILLA, -8.0, 18, 1961, "109.8,71 120.8,70.6 119,78.6 112,75.6 109,75.4"),
    // Østbyen
    (&BLOCK, -40.0, 20, 1936, "117.4,94.4 125,88.4 122.6,85.8 117,89.4"),
    (&VILLA, -44.0, 21, 1956, "127.4,88.2 133.4,82.4 140.6,78.6 138.4,75.4 131,77 125,84"),
    (&TERRACE, 78.0, 22, 1983, "113.8,88 118,84.6 117.8,80.2 113.8,78.2 113.4,82.6"),
    (&VILLA, -52.0, 23, 1968, "122.8,82.4 124.8,76 130.6,75 128.8,77.6 124.4,82.4"),
    // Works along the railway
    (&WORKS, 12.0, 28, 1970, "62,86.6 75.4,91.4 75.4,93.6 62,92.8"),
    (&WORKS, 62.0, 28, 1975, "118.2,62.4 126.4,63.6 124.4,71.4 120.2,71.4 118,66.6"),
    (&WORKS, -30.0, 28, 1960, "107,91.9 112,90 117.4,86.4 117,85.6 112.4,88.6 107,90.6"),
    // Suburbs in the outer districts
    (&VILLA, 50.0, 24, 1988, "56.4,107 61,113 66.5,119.4 61,117.6 55.4,112"),
    (&VILLA, 86.0, 25, 1981, "47,93.4 53.6,93.4 54.4,99.8 50,101 47,97"),
    (&VILLA, -30.0, 26, 1994, "88.6,60 92,54.4 96,52 98,59.4"),
    (&VILLA, 24.0, 27, 1997, "101.8,57 101,49 106,48.8 113.6,53 116,57 109,57"),
    (&VILLA, -38.0, 29, 2002, "142,77 149.6,71 148,68 141,70.5 139.6,76"),
];

/// An estate's ground: slabs in rows, or in courts open to one side.
pub(super) struct Ground {
    /// Middle of the estate.
    pub middle: &'static str,
    /// Direction of the slabs, degrees.
    pub turn: f64,
    /// Slabs across and rows, or courts across and rows.
    pub grid: (u32, u32),
    /// Metres between neighbours along and across.
    pub pitch: (f64, f64),
    /// Length of a slab.
    pub slab: f64,
    /// Entrances of a slab.
    pub doors: u32,
    /// Whether slabs stand in courts.
    pub courts: bool,
    /// In rows, every so many slabs stand across; 0 for none.
    pub turned: u32,
}

/// Grounds in the order of `story::ESTATES`.
pub(super) const GROUNDS: [Ground; 9] = [
    Ground {
        middle: "80.2,104.6",
        turn: 6.0,
        grid: (5, 5),
        pitch: (106.0, 78.0),
        slab: 58.0,
        doors: 3,
        courts: false,
        turned: 3,
    },
    Ground {
        middle: "92,69.6",
        turn: 24.0,
        grid: (3, 3),
        pitch: (170.0, 132.0),
        slab: 74.0,
        doors: 4,
        courts: true,
        turned: 0,
    },
    Ground {
        middle: "113.4,66.2",
        turn: -12.0,
        grid: (3, 5),
        pitch: (108.0, 58.0),
        slab: 78.0,
        doors: 4,
        courts: false,
        turned: 0,
    },
    Ground {
        middle: "128.9,70.8",
        turn: 72.0,
        grid: (3, 2),
        pitch: (152.0, 150.0),
        slab: 80.0,
        doors: 4,
        courts: true,
        turned: 0,
    },
    Ground {
        middle: "80,86.8",
        turn: -14.0,
        grid: (4, 6),
        pitch: (116.0, 60.0),
        slab: 76.0,
        doors: 4,
        courts: false,
        turned: 0,
    },
    Ground {
        middle: "82.4,115.8",
        turn: 20.0,
        grid: (4, 4),
        pitch: (86.0, 66.0),
        slab: 60.0,
        doors: 3,
        courts: false,
        turned: 4,
    },
    Ground {
        middle: "115.3,93.6",
        turn: -42.0,
        grid: (4, 3),
        pitch: (80.0, 72.0),
        slab: 62.0,
        doors: 4,
        courts: false,
        turned: 0,
    },
    Ground {
        middle: "74,97.1",
        turn: 4.0,
        grid: (4, 3),
        pitch: (60.0, 44.0),
        slab: 44.0,
        doors: 3,
        courts: false,
        turned: 0,
    },
    Ground {
        middle: "102.5,81.6",
        turn: 84.0,
        grid: (5, 3),
        pitch: (94.0, 66.0),
        slab: 70.0,
        doors: 4,
        courts: false,
        turned: 5,
    },
];

/// Middles of the villages in the order of `story::VILLAGES`.
pub(super) const MIDDLES: [&str; 8] =
    ["52,127", "38,84", "20.8,121", "63,38", "75,23.2", "114,37.2", "127,20.2", "176,57.8"];
