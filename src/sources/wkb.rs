//! Shapes as GeoPackage keeps them: a small header, then well-known binary.
//!
//! Read here and not by a crate, because a damaged count must be an error: a reader that trusts it reserves the memory for
//! four thousand million points, and the program ends.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};

/// How deep collections may lie in one another.
const DEPTH: u8 = 8;

/// Reads a shape; `Ok(None)` is an empty one, `Err` a damaged one. Heights and measures are left out.
pub(super) fn read(blob: &[u8]) -> Result<Option<Geometry<f64>>, Damaged> {
    /// Bit of the flags that says the shape is empty.
    const EMPTY: u8 = 0b1_0000;
    let [b'G', b'P', _, flags, _, _, _, _, rest @ ..] = blob else { return Err(Damaged) };
    if flags & EMPTY != 0 {
        return Ok(None);
    }
    let envelope = match (flags >> 1) & 0b111 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err(Damaged),
    };
    let mut reader = Reader { bytes: rest.get(envelope..).ok_or(Damaged)?, little: true, dimensions: 2 };
    reader.geometry(DEPTH).map(Some)
}

/// The bytes are not a shape.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Damaged;

struct Reader<'a> {
    bytes: &'a [u8],
    little: bool,
    /// Numbers a point has.
    dimensions: usize,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Damaged> {
        let (taken, rest) = self.bytes.split_first_chunk::<N>().ok_or(Damaged)?;
        self.bytes = rest;
        Ok(*taken)
    }

    fn int(&mut self) -> Result<u32, Damaged> {
        let bytes = self.take()?;
        Ok(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn number(&mut self) -> Result<f64, Damaged> {
        let bytes = self.take()?;
        Ok(if self.little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    /// A count of things that take at least `size` bytes each: no more than the bytes that are left can hold.
    fn count(&mut self, size: usize) -> Result<usize, Damaged> {
        let count = self.int()? as usize;
        if count <= self.bytes.len() / size { Ok(count) } else { Err(Damaged) }
    }

    fn coord(&mut self) -> Result<Coord<f64>, Damaged> {
        let (x, y) = (self.number()?, self.number()?);
        for _ in 2..self.dimensions {
            self.number()?;
        }
        Ok(Coord { x, y })
    }

    fn line(&mut self) -> Result<LineString<f64>, Damaged> {
        let count = self.count(8 * self.dimensions)?;
        (0..count).map(|_| self.coord()).collect()
    }

    fn polygon(&mut self) -> Result<Polygon<f64>, Damaged> {
        let count = self.count(4)?;
        let mut rings = (0..count).map(|_| self.line()).collect::<Result<Vec<_>, _>>()?.into_iter();
        Ok(Polygon::new(rings.next().unwrap_or(LineString(Vec::new())), rings.collect()))
    }

    /// The shapes of a collection, each with a header of its own.
    fn parts(&mut self, depth: u8) -> Result<Vec<Geometry<f64>>, Damaged> {
        let depth = depth.checked_sub(1).ok_or(Damaged)?;
        let count = self.count(9)?;
        (0..count).map(|_| self.geometry(depth)).collect()
    }

    fn geometry(&mut self, depth: u8) -> Result<Geometry<f64>, Damaged> {
        let [order] = self.take()?;
        self.little = order != 0;
        let code = self.int()?;
        // Heights and measures are marked by thousands (ISO) or by high bits (PostGIS).
        let (kind, thousands) = (code & 0xffff, (code & 0xffff) / 1_000);
        let height = thousands & 1 == 1 || code & 0x8000_0000 != 0;
        let measure = thousands & 2 == 2 || code & 0x4000_0000 != 0;
        self.dimensions = 2 + usize::from(height) + usize::from(measure);
        if code & 0x2000_0000 != 0 {
            self.int()?;
        }
        match kind % 1_000 {
            1 => Ok(Point(self.coord()?).into()),
            2 => Ok(self.line()?.into()),
            3 => Ok(self.polygon()?.into()),
            4 => Ok(MultiPoint(of_kind(self.parts(depth)?)?).into()),
            5 => Ok(MultiLineString(of_kind(self.parts(depth)?)?).into()),
            6 => Ok(MultiPolygon(of_kind(self.parts(depth)?)?).into()),
            7 => Ok(Geometry::GeometryCollection(GeometryCollection(self.parts(depth)?))),
            _ => Err(Damaged),
        }
    }
}

/// The parts of a multi-shape, which are all of one kind.
fn of_kind<T: TryFrom<Geometry<f64>>>(parts: Vec<Geometry<f64>>) -> Result<Vec<T>, Damaged> {
    parts.into_iter().map(|part| T::try_from(part).map_err(|_| Damaged)).collect()
}

#[cfg(test)]
mod tests {
    use geo_types::{line_string, point, polygon};
    use geozero::{CoordDimensions, ToWkb};

    use super::*;

    fn shapes() -> Vec<Geometry<f64>> {
        let holed = polygon!(
            exterior: [(x: 0.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 9.0)],
            interiors: [[(x: 5.0, y: 1.0), (x: 6.0, y: 1.0), (x: 6.0, y: 2.0)]],
        );
        let line = line_string![(x: 1.5, y: 2.5), (x: -3.0, y: 4.0)];
        vec![
            point!(x: 1.5, y: -2.5).into(),
            line.clone().into(),
            holed.clone().into(),
            MultiPoint(vec![point!(x: 1.0, y: 2.0)]).into(),
            MultiLineString(vec![line.clone(), line]).into(),
            MultiPolygon(vec![holed.clone(), holed]).into(),
        ]
    }

    #[test]
    fn what_another_program_writes_is_read_back() {
        for shape in shapes() {
            for envelope in [vec![], vec![0.0, 1.0, 2.0, 3.0]] {
                let blob = shape.to_gpkg_wkb(CoordDimensions::xy(), Some(25_832), envelope).expect("written");
                assert_eq!(read(&blob), Ok(Some(shape.clone())));
            }
        }
    }

    #[test]
    fn heights_are_left_out_and_big_numbers_first_is_read_too() {
        let mut blob = vec![b'G', b'P', 0, 0, 0, 0, 0, 0, 0];
        blob.extend(1_001u32.to_be_bytes());
        [1.0f64, 2.0, 30.0].iter().for_each(|number| blob.extend(number.to_be_bytes()));
        assert_eq!(read(&blob), Ok(Some(point!(x: 1.0, y: 2.0).into())));
    }

    #[test]
    fn a_shape_cut_short_or_with_a_wild_count_is_damaged() {
        for shape in shapes() {
            let blob = shape.to_gpkg_wkb(CoordDimensions::xy(), None, vec![]).expect("written");
            for end in 0..blob.len() {
                assert_eq!(read(&blob[..end]), Err(Damaged), "{shape:?} cut at {end}");
            }
        }
        let mut wild = shapes()[2].to_gpkg_wkb(CoordDimensions::xy(), None, vec![]).expect("written");
        wild[17..21].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(read(&wild), Err(Damaged));
    }
}
