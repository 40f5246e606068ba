//! Dwellings: what stands behind each address.

use super::key;
use super::settle::{Form, Site};

/// A dwelling.
pub struct Dwelling {
    /// Place of its address in `Town::sites`.
    pub site: usize,
    /// Its population; see `town::Pool`.
    pub pool: usize,
    /// What stands there.
    pub form: Form,
    /// `almen`, `private-rent`, `owner` or `cooperative`.
    pub tenure: &'static str,
    /// Rooms.
    pub rooms: i64,
    /// Floor area in m².
    pub floor_area: i64,
    /// Year of building.
    pub built: i64,
}

impl Dwelling {
    /// `detached`, `terraced`, `flat` or `other`; `seed` is the dwelling's place.
    pub fn building_type(&self, seed: u64) -> &'static str {
        match self.form {
            Form::Estate | Form::Flats => "flat",
            Form::Terrace => "terraced",
            Form::Rural if key::chance(0.06, "farmhouse", seed, 0) => "other",
            Form::Villa | Form::Rural => "detached",
        }
    }

    /// `full`, or `lacking` own toilet, bath or central heating: some old flats and houses, fewer each year.
    pub fn installations(&self, seed: u64, year: i64) -> &'static str {
        let first = match self.form {
            Form::Flats if self.built < 1930 => 0.075,
            Form::Rural if self.built < 1940 => 0.05,
            Form::Villa if self.built < 1940 => 0.012,
            _ => 0.0,
        };
        let left = 1.0 - 0.05 * (year - 2017) as f64;
        if key::chance(first * left, "installations", seed, 0) { "lacking" } else { "full" }
    }

    /// Energy label `A` to `G` by age, one better after a renovation; houses that were not sold have none.
    pub fn energy_label(&self, seed: u64, year: i64) -> Option<&'static str> {
        const LABELS: [&str; 7] = ["A", "B", "C", "D", "E", "F", "G"];
        let missing = if matches!(self.form, Form::Villa | Form::Rural) { 0.34 } else { 0.07 };
        if key::chance(missing, "no label", seed, 0) {
            return None;
        }
        let of_age = match self.built {
            ..1930 => 4.3,
            1930..1961 => 3.9,
            1961..1979 => 3.2,
            1979..2006 => 2.2,
            _ => 0.6,
        };
        // An estate is renovated as a whole; its dwellings differ little.
        let spread = if self.form == Form::Estate { 0.45 } else { 1.0 };
        let renovated = 2012 + key::below(60, "renovation", seed, 0) as i64;
        let place =
            of_age + spread * key::normal("energy", seed, 0) - if renovated < year { 1.0 } else { 0.0 };
        LABELS.get(place.round().clamp(0.0, 6.0) as usize).copied()
    }
}

/// Furnishes every address with its dwellings.
pub fn furnish(sites: &[Site], pools: &[usize]) -> Vec<Dwelling> {
    let mut dwellings = Vec::new();
    for (place, site) in sites.iter().enumerate() {
        for _ in 0..site.dwellings {
            let seed = dwellings.len() as u64;
            let (rooms, floor_area) = size(site.form, seed);
            let spread = if matches!(site.form, Form::Villa | Form::Flats) { 9 } else { 1 };
            dwellings.push(Dwelling {
                site: place,
                pool: pools[place],
                form: site.form,
                tenure: tenure(site.form, seed),
                rooms,
                floor_area,
                built: site.built + key::below(spread, "built", place as u64, 0) as i64,
            });
        }
    }
    dwellings
}

fn tenure(form: Form, seed: u64) -> &'static str {
    const KINDS: [&str; 4] = ["almen", "private-rent", "owner", "cooperative"];
    let weights = match form {
        Form::Estate => [1.0, 0.0, 0.0, 0.0],
        Form::Flats => [0.08, 0.50, 0.20, 0.22],
        Form::Terrace => [0.25, 0.20, 0.40, 0.15],
        Form::Villa => [0.0, 0.06, 0.94, 0.0],
        Form::Rural => [0.02, 0.12, 0.86, 0.0],
    };
    KINDS[key::weighted(&weights, "tenure", seed, 0)]
}

/// Rooms and floor area.
fn size(form: Form, seed: u64) -> (i64, i64) {
    let (weights, first, room) = match form {
        Form::Estate => ([0.08, 0.31, 0.46, 0.15, 0.0, 0.0], 18, 23),
        Form::Flats => ([0.12, 0.38, 0.32, 0.14, 0.04, 0.0], 18, 25),
        Form::Terrace => ([0.0, 0.12, 0.36, 0.42, 0.10, 0.0], 16, 24),
        Form::Villa | Form::Rural => ([0.0, 0.02, 0.12, 0.34, 0.34, 0.18], 12, 28),
    };
    let rooms = key::weighted(&weights, "rooms", seed, 0) as i64 + 1;
    let jitter = key::between(-6.0, 9.0, "floor area", seed, 0) as i64;
    (rooms, first + room * rooms + jitter)
}
