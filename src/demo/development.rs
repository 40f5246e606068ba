//! `development-plan.csv`: the account of a development plan, as the municipality and the housing organisations keep it.

use super::story::DEVELOPMENT_PLAN;

/// The file.
pub fn rows() -> Vec<String> {
    let head = "year,area_id,family_dwellings,all_dwellings".to_owned();
    let row = |&(area, year, family, all): &(&str, i64, u32, u32)| format!("{year},{area},{family},{all}");
    std::iter::once(head).chain(DEVELOPMENT_PLAN.iter().map(row)).collect()
}
