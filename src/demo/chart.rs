//! The points of the plan, drawn by hand: hectometres from the south-west corner, written `x,y x,y`.

use super::plan::Class;

pub(super) const COAST: &str = "83.9,155.4 84.4,149.3 86.6,143 86,138 88.8,131.5 88.4,126.1 90,120.5 90.6,116.6 93.4,113.9 \
     98,111.6 102,110.3 106,108.2 108,106.2 109.6,106.6 110.3,104.6 112.4,103.6 114.2,104 \
     115.6,101 118.8,97.2 123,93.4 128.6,88.4 134,83.6 141.1,79.6 147,76.4 150.6,71 157,66.6 \
     163.7,62.2 169,62.8 175,60.4 180.5,62.9 185,62.4";
pub(super) const BORDER: &str = "83.9,155.4 78.5,154.9 68,153.4 57.1,151.1 51.8,152.9 46,149 41,146.4 33.9,143.9 25,143.9 \
     18.6,136 14.3,127.9 8.9,117.1 10,103.2 8.2,95.7 10.7,85 9.6,76 7.1,67.1 10.7,52.9 17.1,38.6 \
     17.9,33.2 28.6,27.9 35,22 42.9,18.9 53.6,13.6 67.9,13.6 82.1,10.7 96.4,8.2 105,7.4 114.3,10 \
     125,9.6 133.9,11.8 142.9,17.1 153.6,13.6 160.7,15.4 168,24 175,31.4 178.6,38.6 181,48 \
     184.6,56.4 185,62.4";
pub(super) const RAILWAY: &str = "2,87.4 9,88 30,90.5 55,93 75,94.2 88,93.6 98,92.2 106,91.4 112.5,89 118.2,84.2 122.4,78 \
     125,71 127.5,64 130,52 133,38 135.5,25 137,12 137.6,4";
pub(super) const ROADS: &[(&str, Class, &str)] = &[
    (
        "Ringvejen",
        Class::Ring,
        "88.2,113.6 87.3,107 87,100 87.9,92 91,84.2 97,78.4 104.3,75.8 112,76.4 118.6,79.6 123.6,84 \
     126.8,88.8",
    ),
    (
        "Nordvej",
        Class::Main,
        "105.6,94.2 102,99 97,105 92.6,109.8 88.2,113.6 85.6,119.5 83.6,128 82.4,138 80.6,148 \
     80.4,154.9 80.6,162",
    ),
    (
        "Vestervej",
        Class::Main,
        "105.6,94.2 98,95.6 87.1,98.2 74,99.6 55,101 42,104.2 30,103.4 10,103.2 2,103.6",
    ),
    (
        "Damsholtvej",
        Class::Main,
        "105.6,94.2 103,90 97.5,87.4 91,84.2 79,76.6 65,66 52,57.6 40,50 28,44 17.4,36.2 12,31",
    ),
    (
        "Søndervej",
        Class::Main,
        "105.6,94.2 106.4,86 104.3,75.8 102.6,66 100.4,54 97.2,44.5 98,30 96,18 96.4,8.2 96.8,2",
    ),
    (
        "Østre Landevej",
        Class::Main,
        "105.6,94.2 111,91.6 117.6,87.6 123.6,84 130,76.6 138,66 148,51 155,37 158.2,26 160.7,15.4 \
     162,8",
    ),
    (
        "Strandvejen",
        Class::Main,
        "105.6,94.2 110,99.8 114,98.4 120.5,92.6 126.8,88.8 133,82 141,77.6 150,67.5 160,61 172,58.2 \
     184.7,57 192,56.8",
    ),
    ("Kærbyvej", Class::Local, "73,99.7 71.8,104.4 67.2,110.2 62,118 52,127 44,135 38,145.2"),
    ("Nørre Strandvej", Class::Local, "52,127 63,133.5 72,137.5 82.4,138"),
    ("Tingstedvej", Class::Local, "55,101 46,93.5 38,84 33,74 26,66 16,61 8.9,60"),
    ("Ravnstrupvej", Class::Local, "30,103.4 24,112 21,120 26,132 44,135"),
    ("Banevej", Class::Local, "87.4,95.5 76,90.6 64,85.6 52,83 38,84 22,84.5 10.6,84.4"),
    ("Egerupvej", Class::Local, "65,66 66,52 63,38 68,26 82,21 96.3,19.5"),
    ("Møllevej", Class::Local, "26,66 33,56 40,50 46,38 54,27 56,13.6"),
    ("Kildevej", Class::Local, "97.2,44.5 108,39 117,36.4 127,40 138,44 148,51"),
    ("Skovvejen", Class::Local, "98,30 108,25 118,20 133,21 146,26 158.2,26"),
    ("Engvej", Class::Local, "63,38 80,41 97.2,44.5"),
    ("Østerbyvej", Class::Local, "148,51 160,48.6 170,50 172,58.2"),
    ("Hedevej", Class::Local, "155,37 165,36 177,36"),
];
pub(super) const LAKES: &[(&str, &str)] = &[
    ("Grønsø", "67,103.2 69,103.4 69.4,105.6 68.8,107.4 67,107.8 66,105.4"),
    ("Tingsø", "23,72 27,70.6 30.6,73.4 31.4,77.4 28,79.4 24.4,77.4"),
    ("Damsø", "52,45 55.4,43.6 58.4,46 57.4,49.4 53.4,49.8"),
    ("Mølledammen", "106.6,69.6 107.8,69.4 108.2,70.6 107.2,71.4 106.4,70.8"),
];
/// The river among the lakes.
pub(super) const RIVER_NAME: &str = "Åen";
pub(super) const RIVER: &str = "58.4,47.6 64,55 72,61 77,68.6 83,73.6 87,79.6 92.2,82 96,84.4 99.4,83.2 101.4,86.6 \
     100.2,90.2 99,93.6 100.4,98.4 103.4,101.6 104,105.6 105.8,108.4";
pub(super) const GREENS: &[(&str, &str, &str)] = &[
    ("Vesterskov", "forest", "70.8,110.6 74.6,110.4 76.6,113.6 76.2,118.6 72.6,121.6 68.4,119.6 67.8,114.6"),
    ("Nørreskov", "forest", "26,121 34,117 42,120 44,127 38,131.5 30,129"),
    ("Storskoven", "forest", "104,27.6 112,23.6 121,22.6 128,26 126,33.6 117,34.6 108,36 102,33"),
    ("Dyrehaven", "forest", "152,53 158,51 163,54 161,58.6 154.6,60"),
    ("Damsholt Skov", "forest", "34,33 41,31 44,36 40,42 33,40.6"),
    ("Østre Plantage", "forest", "162,27 168,29 171,34 165,34.4 160.6,31"),
    ("Byparken", "park", "95.2,99.6 98.6,97 101.4,97.4 99.4,101.2 96.6,104.2 94.4,102.6"),
    ("Ådalen", "park", "92,79.9 96.2,80.4 99.4,80.8 100.8,84.6 98.8,86.2 96.2,85.4 92.4,83.4"),
    ("Fælleden", "park", "104,66.8 108.6,68 109.6,71.4 107.2,73.8 104.6,72.8"),
    ("Engdraget", "park", "75.6,103 76.4,107.6 74.4,109.6 72.6,107.6 73.4,102.6"),
    ("Lystskoven", "forest", "131.6,84 134.2,82.2 136.6,80.6 138.4,80.2 136,82 132.8,84.6"),
    ("Idrætsparken", "park", "77.6,100.3 83,99.9 83.2,101.5 77.8,101.9"),
    ("Sydmosen", "park", "89.4,63.6 92,62.2 94.4,62.6 94,64.4 91.4,65.6"),
    ("Kolonihaverne", "park", "89.2,94.4 95,93.9 95.2,95.1 89.4,96"),
    ("Søndermarken", "park", "96.4,62.4 97.2,65.4 97.4,69.6 97.2,73 96.3,73 96.2,67"),
    ("Østengen", "park", "132.6,73.8 135.4,71.4 137,73.4 135.4,76.4 133,77.4"),
];

/// The corners where districts meet. `on` names the line a corner lies on, so that it is one of its vertices.
pub(super) const CORNERS: &[(&str, &str, &str)] = &[
    ("north", "83.9,155.4", "coast"),
    ("east", "185.0,62.4", "coast"),
    ("harbour", "93.4,113.9", "coast"),
    ("quay", "110.3,104.6", "coast"),
    ("beach", "141.1,79.6", "coast"),
    ("kær-north", "78.5,154.9", "border"),
    ("kær-west", "8.9,117.1", "border"),
    ("damsholt-west", "17.4,36.2", "border"),
    ("south", "96.4,8.2", "border"),
    ("south-east", "153.6,13.6", "border"),
    ("ring-north", "88.2,113.6", "Ringvejen"),
    ("ring-west", "91.0,84.2", "Ringvejen"),
    ("ring-south", "112.0,76.4", "Ringvejen"),
    ("ring-rail", "121.0,81.4", "Ringvejen"),
    ("skov", "73.2,122.6", ""),
    ("vest", "55.0,101.0", "Vestervej"),
    ("bro", "79.0,76.6", "Damsholtvej"),
    ("bakke", "101.5,60", "Søndervej"),
    ("rail", "127.5,64.0", "railway"),
];
/// Borders between districts: from corner, to corner, the line followed, or points of its own.
pub(super) const BORDERS: &[(&str, &str, &str, &str)] = &[
    ("north", "harbour", "coast", ""),
    ("harbour", "quay", "coast", ""),
    ("quay", "beach", "coast", ""),
    ("beach", "east", "coast", ""),
    ("north", "kær-north", "border", ""),
    ("kær-north", "kær-west", "border", ""),
    ("kær-west", "damsholt-west", "border", ""),
    ("damsholt-west", "south", "border", ""),
    ("south", "south-east", "border", ""),
    ("south-east", "east", "border", ""),
    ("kær-north", "skov", "", "77.4,146 77,138 75.6,130"),
    ("skov", "ring-north", "", "77.4,118.4 79,113.2 82.6,111.2 86,112"),
    ("ring-north", "harbour", "", "90.6,114.6"),
    ("ring-north", "ring-west", "Ringvejen", ""),
    ("ring-west", "ring-south", "Ringvejen", ""),
    ("ring-south", "ring-rail", "Ringvejen", ""),
    ("ring-south", "quay", "", "113.4,82 112.6,89 112.2,96 111,101.4"),
    ("ring-rail", "rail", "railway", ""),
    ("ring-west", "bro", "Damsholtvej", ""),
    ("bro", "damsholt-west", "Damsholtvej", ""),
    ("bro", "bakke", "", "84.4,70 88.6,64.6 95,60.6"),
    ("bakke", "rail", "", "107,58.6 113,60.6 121,62.2"),
    ("bakke", "south", "Søndervej", ""),
    ("skov", "vest", "", "70.6,121.6 66,117 65.2,110.4 64.8,105"),
    ("vest", "bro", "", "64,94 66.4,87 70.4,82 74.4,79.2"),
    ("vest", "kær-west", "", "54,103.4 44,107.4 26,113.6 16,117.4"),
    ("beach", "rail", "", "138,74.6 134.6,70.6 131.4,66.4"),
    ("rail", "south-east", "", "135.6,57 144,45 150.6,32 152,22"),
];
/// Each district's corners, one after another around it.
pub(super) const DISTRICTS: &[(&str, &[&str])] = &[
    ("Nordbyen", &["north", "kær-north", "skov", "ring-north", "harbour"]),
    ("Nørre Kær", &["kær-north", "kær-west", "vest", "skov"]),
    ("Vestbyen", &["skov", "vest", "bro", "ring-west", "ring-north"]),
    ("Midtbyen", &["harbour", "ring-north", "ring-west", "ring-south", "quay"]),
    ("Østbyen", &["quay", "ring-south", "ring-rail", "rail", "beach"]),
    ("Sydbyen", &["ring-west", "bro", "bakke", "rail", "ring-rail", "ring-south"]),
    ("Tinghuse", &["vest", "kær-west", "damsholt-west", "bro"]),
    ("Damsholt", &["bro", "damsholt-west", "south", "bakke"]),
    ("Sønderskov", &["bakke", "south", "south-east", "rail"]),
    ("Østerby", &["beach", "rail", "south-east", "east"]),
];

/// Points of interest: where, name, kind.
pub(super) const POIS: &[(&str, &str, &str)] = &[
    ("106.2,92.2", "Fjordby Station", "station"),
    ("55,93.6", "Vestby Trinbræt", "station"),
    ("77.6,101.2", "Vestskolen", "school"),
    ("84.6,121.6", "Nordskolen", "school"),
    ("99.6,104.4", "Midtbyskolen", "school"),
    ("96.6,72.4", "Sydskolen", "school"),
    ("126.6,83.4", "Østskolen", "school"),
    ("103.6,57.6", "Søndermarkskolen", "school"),
    ("53.4,126.4", "Kærby Skole", "school"),
    ("39.4,85", "Tingsted Skole", "school"),
    ("64.2,39.2", "Damsmark Skole", "school"),
    ("107.4,98.6", "Torvet", "shop"),
    ("85.4,98.9", "Vestcentret", "shop"),
    ("104,74.6", "Sydcentret", "shop"),
    ("122.4,85.4", "Østcentret", "shop"),
    ("84.2,128.6", "Nordcentret", "shop"),
    ("52.2,128.2", "Kærby Købmand", "shop"),
    ("37.2,84.8", "Tingsted Brugs", "shop"),
    ("62.4,37.2", "Damsmark Købmand", "shop"),
    ("114.8,36.6", "Sønderlund Købmand", "shop"),
];

/// Services that the map does not show: where, name, kind.
pub(super) const SERVICES: &[(&str, &str, &str)] = &[
    ("107,99.4", "Fjordby Bibliotek", "library"),
    ("96.9,71.6", "Sydbyens Bibliotek", "library"),
    ("85.8,99.1", "Vestbyens Bibliotek", "library"),
    ("53.2,126.9", "Kærby Bogcafé", "library"),
    ("104.4,96.8", "Lægehuset Torvet", "doctor"),
    ("86.1,98.4", "Lægerne Vestcentret", "doctor"),
    ("104.6,74.2", "Lægerne Sydcentret", "doctor"),
    ("122.9,85.9", "Østbyens Lægehus", "doctor"),
    ("83.8,129", "Nordbyens Lægehus", "doctor"),
    ("62.8,37.8", "Damsmark Lægehus", "doctor"),
    ("38.2,84.6", "Tingsted Lægehus", "doctor"),
    ("84.2,118.2", "Børnehuset Nordporten", "daycare"),
    ("80.2,125.6", "Børnehuset Nordmarken", "daycare"),
    ("84.9,133.2", "Børnehaven Klinten", "daycare"),
    ("61.4,111.6", "Grønsøhaven", "daycare"),
    ("52.8,127.4", "Kærby Børnehus", "daycare"),
    ("84,101", "Børnehuset Engdraget", "daycare"),
    ("79.2,97.9", "Børnehuset Banen", "daycare"),
    ("83.2,90.8", "Børnehuset Humlen", "daycare"),
    ("74.4,82.6", "Vestermarkens Børnehave", "daycare"),
    ("104.6,102.8", "Børnehuset Kompagniet", "daycare"),
    ("92.4,104.6", "Voldens Børnehave", "daycare"),
    ("95.6,90.4", "Åhaven", "daycare"),
    ("108.2,82.4", "Møllens Børnehus", "daycare"),
    ("119.8,89.4", "Børnehuset Ankeret", "daycare"),
    ("131.6,80.8", "Strandens Børnehave", "daycare"),
    ("126.6,74.6", "Børnehuset Tranen", "daycare"),
    ("90.2,74.2", "Børnehuset Engen", "daycare"),
    ("100.4,68.4", "Børnehuset Søndermølle", "daycare"),
    ("115.2,73.6", "Fælledens Børnehus", "daycare"),
    ("108.6,53.8", "Sønderskovens Børnehave", "daycare"),
    ("50.2,97.4", "Vestby Børnehave", "daycare"),
    ("38.8,85.6", "Tingsted Børnehus", "daycare"),
    ("63.6,38.8", "Damsmark Børnehus", "daycare"),
    ("143.2,72.8", "Børnehuset Lysthøj", "daycare"),
    ("80,101.2", "Vestbyens Idrætsforening", "club"),
    ("98.2,101.8", "Fjordby Gymnastikforening", "club"),
    ("106.8,72.6", "Boldklubben Fælleden", "club"),
    ("109.4,105.6", "Fjordby Roklub", "club"),
    ("85.6,122.4", "Nordbyens Idrætsforening", "club"),
    ("133.4,77.2", "Østbyens Boldklub", "club"),
    ("88.4,67.2", "Klub Engen", "club"),
    ("82.8,107.4", "Klub Grønne", "club"),
    ("54.2,126", "Kærby Idrætsforening", "club"),
    ("40.4,85.8", "Tingsted Idrætsforening", "club"),
    ("65,40", "Damsmark Idrætsforening", "club"),
    ("114.2,37.4", "Sønderlund Forsamlingshus", "club"),
    ("127,20.8", "Hvidkilde Forsamlingshus", "club"),
];

/// The coast beyond the municipality's borders: south-east, far corner, north.
pub(super) const BEYOND: [&str; 3] = [
    "185,62.4 189.6,59.4 195,61.8 202,57 212,59 226,52 240,56 260,50",
    "260,50 260,230 78,230",
    "78,230 81,212 74,196 79,182 82.4,172 79.8,164 83.9,155.4",
];
