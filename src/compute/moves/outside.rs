//! What the data say of those who came from, or went to, outside the municipality.

use polars::prelude::{DataFrame, DataType, PolarsResult};

use super::Flow;
use crate::{
    catalogue::{CameFrom, LeftFor, Source},
    sources::AGE,
};

/// Where each row came from and goes to outside the municipality.
pub(super) struct Outside {
    /// The documented origin of each row; `None` where no column tells any.
    origins: Option<Vec<Option<Flow>>>,
    destinations: Option<Vec<Option<Flow>>>,
    /// Rows of persons in their first year of life.
    newborn: Vec<bool>,
}

impl Outside {
    /// Reads the columns that the source declares.
    pub fn read(source: &Source, frame: &DataFrame) -> PolarsResult<Self> {
        let born = |declared: &CameFrom, text: &str| declared.born.iter().any(|value| value == text);
        let origin = |declared: &CameFrom, text: &str| match text {
            _ if born(declared, text) => Flow::Born,
            _ if declared.abroad.iter().any(|value| value == text) => Flow::InAbroad,
            _ => Flow::InElsewhere,
        };
        let destination = |declared: &LeftFor, text: &str| match text {
            _ if declared.died.iter().any(|value| value == text) => Flow::Died,
            _ if declared.abroad.iter().any(|value| value == text) => Flow::OutAbroad,
            _ => Flow::OutElsewhere,
        };
        let origins = match &source.came_from {
            Some(declared) => Some(flows(frame, &declared.column, |text| origin(declared, text))?),
            None => None,
        };
        let destinations = match &source.left_for {
            Some(declared) => Some(flows(frame, &declared.column, |text| destination(declared, text))?),
            None => None,
        };
        let newborn = match frame.column(AGE) {
            Ok(age) => {
                let age = age.cast(&DataType::Int32)?;
                age.i32()?.iter().map(|age| age.is_some_and(|age| age < 1)).collect()
            }
            Err(_) => vec![false; frame.height()],
        };
        Ok(Self { origins, destinations, newborn })
    }

    /// The documented origin of a row.
    pub fn origin(&self, row: usize) -> Option<Flow> {
        let documented = self.origins.as_ref().and_then(|origins| origins[row]);
        documented.or_else(|| self.newborn[row].then_some(Flow::Born))
    }

    /// The documented destination of a row.
    pub fn destination(&self, row: usize) -> Option<Flow> {
        self.destinations.as_ref().and_then(|destinations| destinations[row])
    }

    /// How a row came that has none in the period before.
    pub fn came(&self, row: usize) -> Flow {
        let undocumented = if self.origins.is_some() { Flow::RegisterIn } else { Flow::InOutside };
        self.origin(row).unwrap_or(undocumented)
    }

    /// How a row goes that has none in the period after.
    pub fn went(&self, row: usize) -> Flow {
        let undocumented = if self.destinations.is_some() { Flow::RegisterOut } else { Flow::OutOutside };
        self.destination(row).unwrap_or(undocumented)
    }
}

/// The flow of every text of a column.
fn flows(frame: &DataFrame, column: &str, flow: impl Fn(&str) -> Flow) -> PolarsResult<Vec<Option<Flow>>> {
    let texts = frame.column(column)?.cast(&DataType::String)?;
    Ok(texts.str()?.iter().map(|text| text.filter(|text| !text.is_empty()).map(&flow)).collect())
}
