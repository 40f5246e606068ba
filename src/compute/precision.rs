//! With how many decimals a value is published: none that its base cannot carry.

use super::ratio::Ratio;
use crate::{
    catalogue::{Indicator, Unit},
    numbers::Decimal,
};

/// The base from which a value has a decimal.
const ENOUGH: i128 = 1000;

/// The decimals of an indicator in an area with this base. Declared ones (statutory values, as the ministry prints them) hold
/// whatever the base.
pub(in crate::compute) fn places(indicator: &Indicator, base: Option<Ratio>) -> u8 {
    if let Some(declared) = &indicator.decimals {
        return declared.value;
    }
    match indicator.unit {
        Unit::Count | Unit::Persons | Unit::Dwellings | Unit::Kroner | Unit::Metres => 0,
        Unit::Times | Unit::Ratio => 2,
        // Values of every size: a decimal says something whatever the base.
        Unit::Kilometres | Unit::Marks | Unit::PerHectare | Unit::Score => 1,
        Unit::Percent
        | Unit::Index
        | Unit::Years
        | Unit::SquareMetres
        | Unit::Per100
        | Unit::Per1000
        | Unit::Per10000
        | Unit::PerSquareKilometre
        | Unit::Points => u8::from(base.is_some_and(|base| base >= Ratio::whole(ENOUGH))),
    }
}

/// A limit of an interval, rounded for publication.
pub(in crate::compute) fn round(value: f64, places: u8) -> Option<Decimal> {
    Decimal::from_f64(value, places)
}
