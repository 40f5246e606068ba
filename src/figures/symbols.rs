//! The symbols of the statuses: one shape each, so that none is told by colour alone.

use geo_types::Coord;

use super::{
    colour::Rgb,
    palette,
    svg::{Fill, Path, Stroke, Svg},
};
use crate::compute::{Standing, Status};

/// What a symbol says about an area on one list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum StatusMark {
    /// Not on the lists: open circle.
    NotListed,
    /// Under 1,000 residents: dashed open circle.
    TooFewResidents,
    /// On a list before 2018, which had other criteria: barred circle.
    ListedBefore2018,
    /// Forebyggelsesområde: circle, left half filled.
    Forebyggelse,
    /// Udsat boligområde: filled circle.
    Udsat,
    /// Parallelsamfund: filled square.
    Parallelsamfund,
    /// Omdannelsesområde: filled diamond with a white eye.
    Omdannelse,
    /// A status by the municipality's own computation: open triangle.
    Own,
}

impl StatusMark {
    /// Every mark, from no list to the strictest.
    pub const ALL: [Self; 8] = [
        Self::NotListed,
        Self::TooFewResidents,
        Self::ListedBefore2018,
        Self::Forebyggelse,
        Self::Udsat,
        Self::Parallelsamfund,
        Self::Omdannelse,
        Self::Own,
    ];

    /// The mark of a standing; `None` when it cannot be told or the status has no mark.
    pub fn of(standing: &Standing) -> Option<Self> {
        match standing {
            Standing::NotListed => Some(Self::NotListed),
            Standing::TooFewResidents => Some(Self::TooFewResidents),
            Standing::CannotTell => None,
            Standing::On(status) => Self::ALL.into_iter().find(|mark| mark.name() == status.as_str()),
        }
    }

    /// The mark of a status; our own computation never wears an official one.
    pub fn of_status(status: &Status) -> Option<Self> {
        Self::of(&status.status)
            .map(|mark| if mark.is_listed() && !status.official { Self::Own } else { mark })
    }

    /// The status id in the catalogue, and the name of the mark in a payload.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotListed => "not-listed",
            Self::TooFewResidents => "too-few-residents",
            Self::ListedBefore2018 => "listed",
            Self::Forebyggelse => "forebyggelse",
            Self::Udsat => "udsat",
            Self::Parallelsamfund => "parallelsamfund",
            Self::Omdannelse => "omdannelse",
            Self::Own => "own",
        }
    }

    /// Its colour.
    pub fn colour(self) -> Rgb {
        match self {
            Self::NotListed | Self::TooFewResidents | Self::ListedBefore2018 | Self::Own => palette::INK_3,
            Self::Forebyggelse => palette::FOREBYGGELSE,
            Self::Udsat => palette::UDSAT,
            Self::Parallelsamfund => palette::PARALLELSAMFUND,
            Self::Omdannelse => palette::OMDANNELSE,
        }
    }

    /// The ground behind its word.
    pub fn tint(self) -> Rgb {
        match self {
            Self::NotListed | Self::TooFewResidents | Self::Own => palette::WHITE,
            Self::ListedBefore2018 => palette::FILL,
            Self::Forebyggelse => palette::FOREBYGGELSE_TINT,
            Self::Udsat => palette::UDSAT_TINT,
            Self::Parallelsamfund => palette::PARALLELSAMFUND_TINT,
            Self::Omdannelse => palette::OMDANNELSE_TINT,
        }
    }

    /// True for the marks of an area that is on a list.
    pub fn is_listed(self) -> bool {
        !matches!(self, Self::NotListed | Self::TooFewResidents)
    }
}

/// Draws a mark of radius `r` around `centre`.
pub fn draw(svg: &mut Svg, mark: StatusMark, centre: Coord<f64>, r: f64) {
    let colour = mark.colour();
    let ring = Stroke::solid(colour, 0.22 * r);
    let (white, full) = (Fill::Flat(palette::WHITE), Fill::Flat(colour));
    match mark {
        StatusMark::NotListed => svg.circle(centre, 0.89 * r, white, Some(ring)),
        StatusMark::TooFewResidents => {
            let dashed = Stroke::dashed(colour, 0.22 * r, 0.5 * r, 0.42 * r);
            svg.circle(centre, 0.89 * r, white, Some(dashed));
        }
        StatusMark::ListedBefore2018 => {
            svg.circle(centre, 0.89 * r, white, Some(ring));
            let corner = Coord { x: centre.x - 0.58 * r, y: centre.y - 0.16 * r };
            svg.rect(corner, (1.16 * r, 0.32 * r), full, None);
        }
        StatusMark::Forebyggelse => {
            svg.circle(centre, 0.89 * r, white, Some(ring));
            let mut half = Path::new();
            half.left_half_disc(centre, 0.89 * r);
            svg.path(&half, full, None);
        }
        StatusMark::Udsat => svg.circle(centre, r, full, None),
        StatusMark::Parallelsamfund => {
            let corner = Coord { x: centre.x - 0.9 * r, y: centre.y - 0.9 * r };
            svg.rect(corner, (1.8 * r, 1.8 * r), full, None);
        }
        StatusMark::Omdannelse => {
            let reach = 1.18 * r;
            let corner = |x: f64, y: f64| Coord { x: centre.x + x * reach, y: centre.y + y * reach };
            let mut diamond = Path::new();
            diamond.ring(&[corner(0.0, -1.0), corner(1.0, 0.0), corner(0.0, 1.0), corner(-1.0, 0.0)]);
            svg.path(&diamond, full, None);
            svg.circle(centre, 0.34 * r, white, None);
        }
        StatusMark::Own => {
            let corner = |x: f64, y: f64| Coord { x: centre.x + x * r, y: centre.y + y * r };
            let mut triangle = Path::new();
            triangle.ring(&[corner(0.0, -0.9), corner(1.0, 0.9), corner(-1.0, 0.9)]);
            svg.path(&triangle, white, Some(ring));
        }
    }
}

/// A mark alone, as a drawing just large enough for radius `r`.
pub fn alone(mark: StatusMark, r: f64) -> String {
    let half = 1.2 * r;
    let mut svg = Svg::new(2.0 * half, 2.0 * half);
    draw(&mut svg, mark, Coord { x: half, y: half }, r);
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_marks_have_the_same_shape() {
        let shapes: Vec<String> = StatusMark::ALL
            .iter()
            .map(|mark| alone(*mark, 1.7).replace(&mark.colour().to_string(), "colour"))
            .collect();
        for (i, shape) in shapes.iter().enumerate() {
            assert!(!shapes[i + 1..].contains(shape));
        }
    }

    #[test]
    fn a_standing_has_the_mark_of_its_status_id() {
        assert_eq!(StatusMark::of(&Standing::On("udsat".into())), Some(StatusMark::Udsat));
        assert_eq!(StatusMark::of(&Standing::On("listed".into())), Some(StatusMark::ListedBefore2018));
        assert_eq!(StatusMark::of(&Standing::CannotTell), None);
    }
}
