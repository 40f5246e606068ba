//! Street names: a theme for each quarter, as Danish suburbs have them. No two streets share a name.

const THEMES: &[(&[&str], &[&str])] = &[
    (
        &[
            "Øster",
            "Vester",
            "Torve",
            "Bryggers",
            "Smede",
            "Skipper",
            "Klokker",
            "Bager",
            "Færge",
            "Rådhus",
            "Kompagni",
            "Sankt Jørgens",
            "Sankt Knuds",
            "Strand",
        ],
        &["gade", "stræde", "gyde"],
    ),
    (
        &[
            "Schacks",
            "Griffenfelds",
            "Brahes",
            "Steno",
            "Tordenskjolds",
            "Niels Juels",
            "Absalons",
            "Valdemars",
        ],
        &["vej", " Allé", "gade"],
    ),
    (
        &["Holbergs", "Ewalds", "Grundtvigs", "Ingemanns", "Drachmanns", "Blichers", "Wessels"],
        &["vej", " Allé"],
    ),
    (
        &["Væver", "Spinder", "Garver", "Bødker", "Sadelmager", "Drejer", "Pottemager", "Hattemager"],
        &["vænget", "gangen", "parken"],
    ),
    (&["Bakke", "Udsigts", "Fjord", "Sejler", "Kaptajn", "Lods", "Styrmands"], &["vej", "allé", "stien"]),
    (
        &[
            "Ahorn", "Birke", "Bøge", "Elme", "Aske", "Linde", "Poppel", "Kastanie", "Platan", "Røn",
            "Tjørne", "Hassel",
        ],
        &["vej", "vænget", "allé"],
    ),
    (
        &["Måge", "Terne", "Ryle", "Strandskade", "Klyde", "Ederfugle", "Svane", "Gravand"],
        &["vej", "vænget", "krogen"],
    ),
    (&["Havne", "Anker", "Skibs", "Mole", "Bolværks", "Fyr", "Tov"], &["vej", "vangen", "stien"]),
    (
        &["Lærke", "Solsort", "Drossel", "Finke", "Bogfinke", "Stær", "Musvit", "Gærdesmutte"],
        &["vej", "vænget", "haven"],
    ),
    (&["Grønnegård", "Vestergård", "Markled", "Skelled", "Hegns", "Ager"], &["vænget", "stien", "parken"]),
    (
        &[
            "Viol",
            "Anemone",
            "Primula",
            "Iris",
            "Lilje",
            "Rosen",
            "Valmue",
            "Kornblomst",
            "Hyacint",
            "Tulipan",
        ],
        &["vej", "vænget", "haven"],
    ),
    (&["Stations", "Signal", "Skinne", "Lokomotiv", "Perron", "Remise"], &["vej", "allé", "vænget"]),
    (&["Kirsebær", "Blomme", "Pære", "Æble", "Mirabel", "Kvæde"], &["vej", "haven", "vænget"]),
    (
        &["Humle", "Byg", "Hvede", "Havre", "Rug", "Kløver", "Lucerne", "Sennep", "Raps", "Hør"],
        &["marken", "vej", "ageren", "vangen"],
    ),
    (&["Jern", "Kobber", "Tin", "Messing", "Sølv", "Bronze"], &["vænget", "parken", "stien"]),
    (
        &["Hare", "Ræve", "Grævlinge", "Egern", "Pindsvine", "Mår", "Hjorte", "Rådyr"],
        &["vej", "krogen", "vænget"],
    ),
    (&["Mælkebøtte", "Tusindfryd", "Ranunkel", "Okseøje", "Gulerods"], &["vænget", "parken", "stien"]),
    (&["Saturn", "Jupiter", "Venus", "Merkur", "Orion", "Neptun", "Komet"], &["vej", "vænget", "allé"]),
    (
        &["Syren", "Jasmin", "Hyben", "Liguster", "Gedeblad", "Spiræa", "Forsythia"],
        &["vej", "vænget", "krogen"],
    ),
    (&["Ørne", "Falke", "Høge", "Ugle", "Glente", "Våge"], &["vej", "vænget", "bakken"]),
    (
        &["Frederiks", "Dronning Margrethes", "Kong Hans", "Prinsesse", "Kron", "Slots"],
        &["gade", "allé", "vej"],
    ),
    (&["Skov", "Gran", "Fyrre", "Lærketræs", "Ene", "Taks", "Ceder", "Cypres"], &["vej", "bakken", "vænget"]),
    (&["Rytter", "Dragon", "Husar", "Trompeter", "Fane", "Garder"], &["parken", "vænget", "stien"]),
    (&["Sommer", "Vinter", "Forårs", "Efterårs", "Morgen", "Aften"], &["vej", "vænget", "haven"]),
    (&["Kær", "Siv", "Star", "Dunhammer", "Pil", "Mose", "Padderok"], &["vej", "sletten", "vænget"]),
    (&["Sandgravs", "Grus", "Ler", "Kridt", "Flint", "Marmor"], &["vej", "bakken", "toften"]),
    (&["Bellis", "Salvie", "Timian", "Mynte", "Lavendel", "Basilikum"], &["vænget", "vej", "haven"]),
    (&["Møllehøj", "Stenhøj", "Ravnehøj", "Lynghøj", "Galgehøj", "Lerhøj"], &["vej", "toften", "vænget"]),
    (&["Muslinge", "Konkylie", "Rav", "Tang", "Hvidtang", "Søstjerne"], &["vej", "vænget", "klitten"]),
    (
        &[
            "Kirke",
            "Skole",
            "Gadekærs",
            "Smedje",
            "Brugs",
            "Præstegårds",
            "Møller",
            "Brønd",
            "Forsamlings",
            "Mejeri",
        ],
        &["stræde", "stien", "toften", "bakken"],
    ),
];
/// Theme of the streets in villages; each village puts its own name before them.
pub(super) const VILLAGE_THEME: usize = THEMES.len() - 1;

/// The next name of a theme; `used` counts how many names each theme has given.
pub(super) fn next(theme: usize, used: &mut [usize]) -> String {
    let (stems, endings) = THEMES[theme];
    let turn = used[theme];
    used[theme] += 1;
    let (stem, ending) = (stems[turn % stems.len()], endings[(turn / stems.len()) % endings.len()]);
    match turn / (stems.len() * endings.len()) {
        0 => format!("{stem}{ending}"),
        round => {
            format!("{} {stem}{ending}", ["Lille", "Store", "Nedre", "Øvre", "Nye", "Gamle"][(round - 1) % 6])
        }
    }
}

/// How many themes there are.
pub(super) const COUNT: usize = THEMES.len();
