//! The storyline: what is planted in the demonstration municipality, as constants.
//!
//! Everything here is exact in the written files: residents on 1 January, families with children, the parts of
//! the ordered tables, the official lists. Percentages become counts by rounding to the nearest person (or
//! thousandth of a full-time person).

/// Name of the invented municipality.
pub const MUNICIPALITY: &str = "Fjordby";
/// Its number: not in use in Denmark.
pub const NUMBER: &str = "9999";
/// Number of its region (Hovedstaden).
pub const REGION: &str = "1084";
/// Snapshots: residents on 1 January of these years.
pub const SNAPSHOTS: std::ops::RangeInclusive<i64> = 2017..=2025;
/// Years of the ordered tables; origin also has 1 January 2025.
pub const TABLES: std::ops::RangeInclusive<i64> = 2015..=2024;
/// Residents without a known address, by snapshot: they are placed in no area.
pub const UNPLACED: [u32; 9] = [9, 12, 8, 10, 14, 11, 7, 10, 13];

/// One estate: size, place and planted series.
pub struct Estate {
    /// Area id.
    pub id: &'static str,
    /// Name.
    pub name: &'static str,
    /// Dwellings, all years.
    pub dwellings: u32,
    /// First and last year of building.
    pub built: (i64, i64),
    /// Residents on 1 January 2017-2025.
    pub residents: [u32; 9],
    /// Per cent of the 18-64-year-olds without attachment, 2015-2024 (single years).
    pub no_work: [f64; 10],
    /// Per cent of the 30-59-year-olds with at most grundskole, 2015-2024.
    pub education: [f64; 10],
    /// Mean income in per cent of the region's, 2015-2024.
    pub income: [f64; 10],
    /// Convicted in per cent of residents aged 18 and over, 2015-2024.
    pub convicted: [f64; 10],
    /// Immigrants and descendants from non-western countries, per cent, 1 January 2015-2025.
    pub origin: [f64; 11],
    /// Categories on the lists of 2014-2025, "" when on none.
    pub lists: [&'static str; 12],
}

/// Before 2018 a list had one category.
pub const LISTED: &str = "listed";
const U: &str = "udsat";
const P: &str = "parallelsamfund";
const O: &str = "omdannelse";
const F: &str = "forebyggelse";
const NONE: [&str; 12] = [""; 12];

/// The nine estates.
pub const ESTATES: [Estate; 9] = [
    // Drifts towards udsat: over 40 per cent for the first time on the list of 2025.
    Estate {
        id: "gronnevang",
        name: "Grønnevang",
        dwellings: 596,
        built: (1968, 1974),
        residents: [1_248, 1_256, 1_261, 1_259, 1_266, 1_270, 1_277, 1_281, 1_284],
        no_work: [34.9, 34.6, 34.7, 35.1, 35.5, 36.9, 37.4, 38.6, 39.8, 41.0],
        education: [55.0, 55.4, 55.7, 56.1, 56.4, 56.8, 57.3, 57.5, 57.7, 58.2],
        income: [61.9, 61.6, 61.2, 60.8, 60.5, 60.0, 59.4, 58.6, 58.1, 57.6],
        convicted: [1.62, 1.58, 1.66, 1.71, 1.69, 1.60, 1.66, 1.72, 1.75, 1.79],
        origin: [43.1, 43.6, 43.9, 44.2, 44.4, 44.9, 45.1, 45.4, 45.8, 46.0, 46.3],
        lists: ["", "", "", "", "", "", "", F, F, F, F, F],
    },
    // On the list to 2017, parallelsamfund, omdannelse from the fifth year, forebyggelse in 2025.
    Estate {
        id: "engparken",
        name: "Engparken",
        dwellings: 806,
        built: (1970, 1976),
        residents: [1_968, 1_952, 1_931, 1_897, 1_862, 1_825, 1_794, 1_768, 1_735],
        no_work: [45.6, 45.2, 44.8, 44.1, 43.6, 43.9, 43.2, 42.1, 40.6, 37.4],
        education: [64.8, 65.1, 65.3, 65.0, 64.6, 64.1, 63.6, 62.9, 62.0, 61.3],
        income: [52.6, 52.7, 53.0, 53.2, 53.5, 53.6, 54.0, 54.4, 55.6, 57.2],
        convicted: [2.91, 2.84, 2.41, 2.30, 2.21, 2.12, 2.05, 1.93, 1.86, 1.74],
        origin: [63.2, 63.6, 63.9, 63.4, 62.8, 62.1, 61.3, 60.2, 59.0, 57.9, 56.4],
        lists: [LISTED, "", LISTED, LISTED, P, P, O, O, O, O, O, F],
    },
    // Hovers around 1,000 residents: under on 1 January 2024.
    Estate {
        id: "birkelunden",
        name: "Birkelunden",
        dwellings: 486,
        built: (1964, 1968),
        residents: [1_031, 1_027, 1_022, 1_024, 1_018, 1_012, 1_003, 994, 1_006],
        no_work: [31.6, 31.9, 31.3, 31.5, 31.2, 33.0, 32.9, 32.6, 32.2, 32.0],
        education: [47.6, 47.9, 48.4, 48.8, 49.0, 49.3, 49.9, 50.2, 50.6, 50.9],
        income: [64.9, 64.7, 64.4, 64.2, 64.0, 63.6, 63.3, 63.0, 62.6, 62.3],
        convicted: [1.34, 1.22, 1.29, 1.33, 1.38, 1.26, 1.22, 1.29, 1.25, 1.31],
        origin: [33.1, 33.4, 33.9, 34.2, 34.4, 34.8, 35.1, 35.4, 35.9, 36.2, 36.6],
        lists: ["", "", "", "", "", "", "", F, F, F, "", F],
    },
    // Udsat in 2019 and 2021-2025; only just off the list in 2018 and 2020.
    Estate {
        id: "tranehaven",
        name: "Tranehaven",
        dwellings: 628,
        built: (1966, 1970),
        residents: [1_402, 1_398, 1_391, 1_387, 1_382, 1_376, 1_369, 1_361, 1_356],
        no_work: [39.2, 39.6, 40.2, 40.4, 39.4, 41.2, 41.8, 41.4, 41.5, 41.7],
        education: [52.4, 52.6, 52.9, 53.1, 53.4, 53.6, 53.8, 54.1, 54.2, 54.6],
        income: [54.6, 54.8, 54.9, 54.7, 54.4, 54.3, 54.2, 53.9, 54.0, 54.1],
        convicted: [1.62, 1.55, 1.47, 1.58, 1.66, 1.49, 1.57, 1.61, 1.66, 1.58],
        origin: [40.2, 40.6, 40.9, 41.3, 41.7, 42.0, 42.3, 42.5, 42.8, 43.0, 43.2],
        lists: ["", "", "", "", "", U, "", U, U, U, U, U],
    },
    // Education exactly at 60 per cent in 2024 and one other criterion met: not udsat, since the law says "over".
    Estate {
        id: "humlebjerg",
        name: "Humlebjerg",
        dwellings: 655,
        built: (1971, 1977),
        residents: [1_388, 1_391, 1_396, 1_394, 1_401, 1_405, 1_409, 1_407, 1_412],
        no_work: [33.0, 32.6, 32.9, 32.4, 32.8, 34.2, 33.8, 33.3, 33.0, 33.2],
        education: [57.4, 57.8, 58.1, 58.3, 58.6, 58.9, 59.1, 59.4, 59.7, 60.0],
        income: [63.1, 62.8, 62.6, 62.3, 62.1, 61.7, 61.4, 61.2, 60.9, 60.6],
        convicted: [1.70, 1.74, 1.78, 1.84, 1.92, 1.98, 2.04, 2.11, 2.36, 2.46],
        origin: [36.0, 36.3, 36.8, 37.2, 37.5, 37.9, 38.2, 38.4, 38.9, 39.1, 39.5],
        lists: ["", "", "", "", "", "", "", F, F, F, F, F],
    },
    // Just under 30 per cent without attachment: one criterion from forebyggelse.
    Estate {
        id: "kloverhoj",
        name: "Kløverhøj",
        dwellings: 540,
        built: (1974, 1979),
        residents: [1_139, 1_136, 1_141, 1_133, 1_130, 1_134, 1_129, 1_125, 1_127],
        no_work: [27.6, 27.9, 27.5, 27.4, 27.7, 28.9, 28.6, 28.2, 29.2, 29.2],
        education: [41.8, 42.0, 42.3, 42.2, 42.6, 42.9, 43.0, 43.3, 43.4, 43.7],
        income: [65.9, 65.8, 65.6, 65.4, 65.3, 64.8, 64.6, 64.4, 64.3, 64.1],
        convicted: [0.92, 0.88, 0.97, 1.02, 0.94, 1.05, 0.98, 1.08, 1.02, 1.06],
        origin: [31.2, 31.5, 31.6, 31.9, 32.1, 32.4, 32.6, 32.9, 33.3, 33.6, 33.9],
        lists: NONE,
    },
    Estate {
        id: "havnegarden",
        name: "Havnegården",
        dwellings: 548,
        built: (1958, 1962),
        residents: [1_096, 1_093, 1_099, 1_102, 1_098, 1_101, 1_104, 1_106, 1_108],
        no_work: [20.4, 20.1, 19.9, 20.2, 19.8, 21.0, 20.3, 19.8, 20.1, 19.7],
        education: [31.0, 30.8, 30.4, 30.1, 29.7, 29.6, 29.1, 28.8, 28.3, 28.0],
        income: [73.8, 74.1, 74.2, 74.7, 74.9, 75.0, 75.4, 75.8, 76.1, 76.3],
        convicted: [0.86, 0.79, 0.91, 0.83, 0.88, 0.77, 0.84, 0.89, 0.80, 0.82],
        origin: [18.6, 18.8, 19.1, 19.0, 19.3, 19.6, 19.4, 19.8, 20.1, 20.3, 20.6],
        lists: NONE,
    },
    // Always under 1,000 residents: cannot come on the lists.
    Estate {
        id: "lillebo",
        name: "Lillebo",
        dwellings: 154,
        built: (1952, 1954),
        residents: [318, 321, 316, 314, 319, 317, 311, 309, 312],
        no_work: [29.8, 30.4, 31.0, 30.2, 29.6, 31.6, 30.8, 30.1, 29.4, 30.6],
        education: [44.6, 44.9, 45.2, 45.8, 45.1, 44.7, 45.6, 46.2, 46.0, 45.4],
        income: [66.1, 66.0, 65.7, 65.2, 65.5, 64.9, 64.7, 65.0, 64.8, 64.4],
        convicted: [0.9, 1.3, 1.7, 0.9, 1.3, 0.9, 1.3, 1.7, 0.9, 1.3],
        origin: [29.6, 29.9, 30.2, 30.4, 30.8, 30.6, 31.1, 31.4, 31.2, 31.7, 32.0],
        lists: NONE,
    },
    Estate {
        id: "ved-aen",
        name: "Ved Åen",
        dwellings: 514,
        built: (1961, 1965),
        residents: [1_052, 1_049, 1_046, 1_050, 1_047, 1_043, 1_045, 1_039, 1_041],
        no_work: [24.9, 25.2, 24.8, 24.6, 24.4, 25.6, 25.1, 24.7, 24.9, 24.6],
        education: [36.4, 36.2, 36.6, 36.1, 36.0, 35.7, 35.9, 35.4, 35.6, 35.2],
        income: [69.8, 69.9, 69.5, 69.7, 69.6, 69.1, 69.0, 68.8, 68.9, 68.7],
        convicted: [1.04, 0.98, 1.10, 1.01, 0.96, 1.06, 1.12, 1.00, 0.97, 1.03],
        origin: [24.1, 24.4, 24.3, 24.8, 25.0, 25.3, 25.1, 25.6, 25.9, 26.1, 26.4],
        lists: NONE,
    },
];

/// Where a part is exactly at a limit: estate, year and per cent of the education table.
pub const AT_THE_LIMIT: (&str, i64, i64) = ("humlebjerg", 2024, 60);
/// The estate whose share of convicted prints with both decimals as planted, from this year on.
pub const AS_PRINTED: (&str, i64) = ("gronnevang", 2023);
/// Lists published before the ordered tables reach back far enough, given as they were: list year, estate,
/// residents and the published values (no work, convicted, education, income, origin).
pub const EARLY_LISTS: [(i64, &str, u32, [&str; 5]); 2] = [
    (2014, "engparken", 1_994, ["46.1", "2.98", "65.9", "52.3", "62.6"]),
    (2016, "engparken", 1_975, ["45.9", "2.94", "64.8", "52.6", "63.6"]),
];

/// The account of the one development plan: estate, year, almene family dwellings, and all dwellings with those demolished
/// after 2010 and business floor area divided by 75 m². Family dwellings become youth dwellings and are sold; the target of
/// at most 40 per cent is not reached.
pub const DEVELOPMENT_PLAN: [(&str, i64, u32, u32); 5] = [
    ("engparken", 2020, 640, 830),
    ("engparken", 2021, 596, 838),
    ("engparken", 2022, 540, 846),
    ("engparken", 2023, 482, 858),
    ("engparken", 2024, 437, 870),
];

/// One village.
pub struct Village {
    /// Area id.
    pub id: &'static str,
    /// Name.
    pub name: &'static str,
    /// Residents on 1 January 2017-2025.
    pub residents: [u32; 9],
    /// Households with a child under 18 on 1 January 2017-2025, where the story says so.
    pub families: Option<[u32; 9]>,
}

/// The eight villages.
pub const VILLAGES: [Village; 8] = [
    // Gains families with children: new houses, a school that stays open.
    Village {
        id: "kaerby",
        name: "Kærby",
        residents: [652, 658, 665, 674, 684, 697, 708, 716, 724],
        families: Some([74, 76, 79, 83, 87, 92, 96, 99, 103]),
    },
    Village {
        id: "tingsted",
        name: "Tingsted",
        residents: [1_131, 1_128, 1_136, 1_140, 1_137, 1_145, 1_149, 1_146, 1_152],
        families: None,
    },
    Village {
        id: "ravnstrup",
        name: "Ravnstrup",
        residents: [259, 256, 257, 252, 254, 249, 247, 248, 246],
        families: None,
    },
    Village {
        id: "damsmark",
        name: "Damsmark",
        residents: [858, 861, 857, 864, 868, 866, 871, 869, 873],
        families: None,
    },
    Village {
        id: "egerup",
        name: "Egerup",
        residents: [402, 399, 397, 395, 396, 391, 393, 389, 388],
        families: None,
    },
    Village {
        id: "sonderlund",
        name: "Sønderlund",
        residents: [611, 609, 612, 606, 608, 605, 607, 603, 604],
        families: None,
    },
    // Loses families with children, while the number of residents falls slowly.
    Village {
        id: "hvidkilde",
        name: "Hvidkilde",
        residents: [496, 490, 483, 477, 470, 463, 458, 454, 449],
        families: Some([62, 59, 56, 53, 49, 46, 43, 41, 38]),
    },
    Village {
        id: "strandhuse",
        name: "Strandhuse",
        residents: [93, 94, 91, 92, 89, 88, 86, 85, 84],
        families: None,
    },
];

/// The ten districts, which tile the municipality, with the level of trouble of the homes outside estates and
/// villages: 1 is the municipality's mean.
pub const DISTRICTS: [(&str, &str, f64); 10] = [
    ("nordbyen", "Nordbyen", 1.1),
    ("norre-kaer", "Nørre Kær", 0.56),
    ("vestbyen", "Vestbyen", 1.12),
    ("midtbyen", "Midtbyen", 0.86),
    ("ostbyen", "Østbyen", 0.55),
    ("sydbyen", "Sydbyen", 1.5),
    ("tinghuse", "Tinghuse", 0.66),
    ("damsholt", "Damsholt", 0.6),
    ("sonderskov", "Sønderskov", 0.75),
    ("osterby", "Østerby", 0.52),
];
