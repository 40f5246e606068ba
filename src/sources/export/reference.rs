//! The coordinate systems that a GeoPackage names: the Danish zones of ETRS89 / UTM, and longitude and latitude.

/// The rows that every GeoPackage must have.
const UNDEFINED: [(&str, i32, &str); 2] = [
    ("Undefined Cartesian SRS", -1, "undefined Cartesian coordinate reference system"),
    ("Undefined geographic SRS", 0, "undefined geographic coordinate reference system"),
];
const WGS84_WKT: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]"#;

/// A row of `gpkg_spatial_ref_sys`: name, id, organisation, its id, definition, description.
pub(super) type Reference = (String, i32, &'static str, i32, String, &'static str);

/// The rows for layers in `epsg`, 25832 or 25833.
pub(super) fn references(epsg: i32) -> Vec<Reference> {
    let undefined = UNDEFINED.map(|(name, id, description)| {
        (name.to_string(), id, "NONE", id, "undefined".to_string(), description)
    });
    let degrees =
        ("WGS 84 geodetic".to_string(), 4326, "EPSG", 4326, WGS84_WKT.to_string(), "longitude and latitude");
    let zone = (zone_name(epsg), epsg, "EPSG", epsg, zone_wkt(epsg), "Danish national projection");
    undefined.into_iter().chain([degrees, zone]).collect()
}

/// The number of the zone, 32 of EPSG:25832.
fn zone(epsg: i32) -> i32 {
    epsg - 25_800
}

fn zone_name(epsg: i32) -> String {
    format!("ETRS89 / UTM zone {}N", zone(epsg))
}

/// The definition, as EPSG's registry has it in WKT 1. A zone is six degrees wide, and zone 31 begins at Greenwich.
fn zone_wkt(epsg: i32) -> String {
    let (name, meridian) = (zone_name(epsg), 6 * zone(epsg) - 183);
    format!(
        r#"PROJCS["{name}",GEOGCS["ETRS89",DATUM["European_Terrestrial_Reference_System_1989",SPHEROID["GRS 1980",6378137,298.257222101,AUTHORITY["EPSG","7019"]],AUTHORITY["EPSG","6258"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4258"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",{meridian}],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","{epsg}"]]"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_has_the_meridian_that_the_national_mapping_agency_gives() {
        // Zone 32 lies about 9 degrees east, zone 33 (Bornholm) about 15.
        assert!(zone_wkt(25_832).contains(r#"PARAMETER["central_meridian",9]"#));
        assert!(zone_wkt(25_833).contains(r#"PARAMETER["central_meridian",15]"#));
    }
}
