//! Every colour that a page or a figure may use, by meaning. Only [`Theme`] differs between municipalities.

use super::colour::Rgb;

macro_rules! tokens {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {$(
        $(#[$doc])*
        pub const $name: Rgb = Rgb::hex($code);
    )*};
}

tokens! {
    /// Paper.
    WHITE = 0xFFFFFF;
    /// Text, legal limits.
    INK = 0x18242B;
    /// Notes, axis labels, secondary text.
    INK_2 = 0x47545C;
    /// Hatching, interval bars, statuses without a list.
    INK_3 = 0x5A6770;
    /// Comparator lines and axes; never text.
    MUNI = 0x76828A;
    /// Hairlines that carry no meaning.
    RULE = 0xC5CDD1;
    /// Grid lines.
    GRID = 0xDDE2E5;
    /// Grey note; a surface without residents.
    FILL = 0xF0F3F4;
    /// The axis band of a limit row.
    TRACK = 0xEDF0F2;
    /// Lowest to highest area.
    RANGE = 0xD3DADD;
    /// The side of a limit where the criterion counts.
    ZONE = 0xEBC6B4;
    /// The verdict "dårligere".
    WORSE = 0xA8421B;
    /// The verdict "bedre".
    BETTER = 0x146A74;

    /// Forebyggelsesområde.
    FOREBYGGELSE = 0x946400;
    /// Ground behind the word forebyggelsesområde.
    FOREBYGGELSE_TINT = 0xF9F0DA;
    /// Udsat boligområde.
    UDSAT = 0x8C1D18;
    /// Ground behind the word udsat boligområde.
    UDSAT_TINT = 0xF5DAD6;
    /// Parallelsamfund.
    PARALLELSAMFUND = 0x5B2E86;
    /// Ground behind the word parallelsamfund.
    PARALLELSAMFUND_TINT = 0xE6DCF1;
    /// Omdannelsesområde.
    OMDANNELSE = 0x1E1033;
    /// Ground behind the word omdannelsesområde.
    OMDANNELSE_TINT = 0xD9D4E2;

    /// Land.
    LAND = 0xF7F5F0;
    /// What lies outside the municipality.
    OUTSIDE = 0xF1F1EE;
    /// Built-up area.
    TOWN = 0xF0ECE3;
    /// Sea and lakes.
    WATER = 0xCFE2EA;
    /// Shore line.
    SHORE = 0x5E8CA3;
    /// Names on water.
    WATER_TEXT = 0x2F5F78;
    /// Forests and parks.
    GREEN = 0xDDE8D2;
    /// Names on green.
    GREEN_TEXT = 0x3F5A33;
    /// A house.
    BUILDING = 0xCFC6B6;
    /// A large residential building.
    SLAB = 0xB7AC99;
    /// Casing of local roads.
    LOCAL_CASING = 0xCDC5B8;
    /// Casing of main roads.
    MAIN_CASING = 0xB9B0A2;
    /// Casing of ring roads.
    RING_CASING = 0xA89F90;
    /// Railway.
    RAIL = 0x6D7378;
    /// Borders of districts on the locator map.
    BORDER = 0x8A8478;
}

/// The four classes of a municipality map, from low to high.
pub const CLASSES: [Rgb; 4] =
    [Rgb::hex(0xE4EFF6), Rgb::hex(0xA8CCE2), Rgb::hex(0x5596C0), Rgb::hex(0x174F7C)];

/// The colour of text printed on each of [`CLASSES`].
pub const CLASS_TEXT: [Rgb; 4] = [INK, INK, INK, WHITE];

/// A municipality's own colours: its area is always `primary`, the area's surface on a map `tint`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Theme {
    /// The area, titles, section rules.
    pub primary: Rgb,
    /// The area's surface on the map.
    pub tint: Rgb,
}

/// Why a municipality's colour cannot be used.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum ThemeFault {
    /// The contrast of `primary` on white, which is under 6.
    Contrast(f64),
    /// `primary` cannot be told from this status or verdict colour (OKLab distance times 100, under 12).
    TooNear(Rgb, f64),
    /// The contrast of text on `tint`, which is under 4.5.
    Tint(f64),
}

impl Theme {
    /// A theme whose `primary` carries text and cannot be taken for a status or a verdict, and whose `tint` lies under text.
    pub fn new(primary: Rgb, tint: Rgb) -> Result<Self, ThemeFault> {
        let contrast = primary.contrast(WHITE);
        if contrast < 6.0 {
            return Err(ThemeFault::Contrast(contrast));
        }
        for taken in [UDSAT, PARALLELSAMFUND, WORSE] {
            let distance = primary.distance(taken);
            if distance < 12.0 {
                return Err(ThemeFault::TooNear(taken, distance));
            }
        }
        let on_tint = primary.contrast(tint).min(INK_2.contrast(tint));
        if on_tint < 4.5 {
            return Err(ThemeFault::Tint(on_tint));
        }
        Ok(Self { primary, tint })
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self { primary: Rgb::hex(0x005A78), tint: Rgb::hex(0xDCEAF0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::colour::oklab_distance;

    const STATUS: [Rgb; 5] = [INK_3, FOREBYGGELSE, UDSAT, PARALLELSAMFUND, OMDANNELSE];

    /// The program's theme, and a green one of another municipality.
    fn themes() -> [Theme; 2] {
        let green = Theme::new(Rgb::hex(0x1F5C3F), Rgb::hex(0xDDEBE2));
        [Theme::default(), green.expect("a theme that passes the rules")]
    }

    /// A colour as a printer without colours sets it: one grey of the same lightness.
    fn grey(colour: Rgb) -> Rgb {
        let light = colour.luminance();
        let level = if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
        Rgb::hex((255.0 * level).round() as u32 * 0x01_01_01)
    }

    #[test]
    fn every_text_has_a_contrast_of_4_5_on_every_ground_it_is_used_on_in_both_themes_and_in_grey() {
        themes().into_iter().for_each(assert_texts_can_be_read);
    }

    fn assert_texts_can_be_read(theme: Theme) {
        let mut pairs = vec![
            (FOREBYGGELSE, FOREBYGGELSE_TINT),
            (UDSAT, UDSAT_TINT),
            (PARALLELSAMFUND, PARALLELSAMFUND_TINT),
            (OMDANNELSE, OMDANNELSE_TINT),
            (INK_3, FILL),
            (WATER_TEXT, WATER),
            (GREEN_TEXT, GREEN),
            (theme.primary, theme.tint),
        ];
        for text in [INK, INK_2, INK_3, WORSE, BETTER, theme.primary] {
            pairs.push((text, WHITE));
        }
        for ground in [LAND, TOWN, GREEN, OUTSIDE, FILL, theme.tint] {
            pairs.extend([(INK, ground), (INK_2, ground)]);
        }
        pairs.extend(CLASS_TEXT.into_iter().zip(CLASSES));
        for (text, ground) in pairs {
            assert!(text.contrast(ground) >= 4.5, "{text} on {ground}: {:.2}", text.contrast(ground));
            // A grey is one of 256, which may take a hair.
            let in_grey = grey(text).contrast(grey(ground));
            assert!(in_grey >= 4.45, "{text} on {ground} in grey: {in_grey:.2}");
        }
    }

    #[test]
    fn every_stroke_and_marker_with_a_meaning_has_a_contrast_of_3_in_both_themes() {
        themes().into_iter().for_each(assert_marks_can_be_seen);
    }

    fn assert_marks_can_be_seen(theme: Theme) {
        let mut pairs = vec![(SHORE, WHITE), (RAIL, TOWN), (BORDER, LAND), (theme.primary, theme.tint)];
        for colour in STATUS.into_iter().chain([MUNI, INK, WORSE, BETTER, theme.primary]) {
            pairs.push((colour, WHITE));
        }
        for (mark, ground) in pairs {
            assert!(mark.contrast(ground) >= 3.0, "{mark} on {ground}: {:.2}", mark.contrast(ground));
        }
    }

    #[test]
    fn statuses_verdicts_and_neighbouring_classes_stay_apart_under_every_colour_vision() {
        let mut pairs = vec![(WORSE, BETTER)];
        pairs.extend((1..STATUS.len()).flat_map(|n| STATUS[..n].iter().map(move |a| (*a, STATUS[n]))));
        pairs.extend(CLASSES.windows(2).map(|pair| (pair[0], pair[1])));
        for (a, b) in pairs {
            for vision in VISIONS {
                let distance = oklab_distance(seen(a, vision), seen(b, vision));
                assert!(distance >= 11.0, "{a} and {b}: {distance:.1}");
            }
        }
    }

    /// The area's colour stands beside the comparator's grey and the limits' ink: of another lightness, whatever the eye.
    #[test]
    fn the_area_is_told_from_the_municipality_and_from_paper_under_every_colour_vision_in_both_themes() {
        for theme in themes() {
            for (a, b) in [(theme.primary, MUNI), (theme.primary, WHITE), (theme.primary, ZONE)] {
                for vision in VISIONS {
                    let distance = oklab_distance(seen(a, vision), seen(b, vision));
                    assert!(distance >= 11.0, "{a} and {b}: {distance:.1}");
                }
                assert!(grey(a).contrast(grey(b)) >= 1.35, "{a} and {b} in grey");
            }
        }
    }

    #[test]
    fn the_templates_have_the_same_colours_as_the_drawings() {
        let theme = crate::templates::embedded("parts/theme.typ").expect("the tokens of the templates");
        let theme = std::str::from_utf8(theme).expect("text");
        let tokens = [
            ("#let ink", INK),
            ("#let ink-2", INK_2),
            ("#let ink-3", INK_3),
            ("#let muni", MUNI),
            ("#let rule", RULE),
            ("#let fill", FILL),
            ("#let track", TRACK),
            ("#let range", RANGE),
            ("#let zone", ZONE),
            ("#let worse", WORSE),
            ("#let better", BETTER),
        ];
        for (token, colour) in tokens {
            let line = format!("{token} = rgb(\"{colour}\")");
            assert!(theme.lines().any(|written| written == line), "{line}");
        }
        let statuses = [
            ("forebyggelse", FOREBYGGELSE, FOREBYGGELSE_TINT),
            ("udsat", UDSAT, UDSAT_TINT),
            ("parallelsamfund", PARALLELSAMFUND, PARALLELSAMFUND_TINT),
            ("omdannelse", OMDANNELSE, OMDANNELSE_TINT),
        ];
        for (status, colour, tint) in statuses {
            let line = format!("  {status}: (colour: rgb(\"{colour}\"), tint: rgb(\"{tint}\")),");
            assert!(theme.lines().any(|written| written == line), "{line}");
        }
        // No colour is written anywhere else in the templates.
        let written = theme.matches("rgb(\"").count();
        assert_eq!(written, tokens.len() + 2 * statuses.len());
        for (path, bytes) in crate::templates::all() {
            let text = std::str::from_utf8(bytes).unwrap_or_default();
            let own = path.ends_with(".typ") && path != "parts/theme.typ" && text.contains("rgb(\"");
            assert!(!own, "{path} has a colour of its own");
        }
    }

    #[test]
    fn the_zone_differs_from_the_track_in_greyscale() {
        assert!(ZONE.contrast(TRACK) >= 1.35);
    }

    #[test]
    fn bordeaux_and_pale_colours_are_refused_as_a_theme() {
        assert!(matches!(Theme::new(Rgb::hex(0x7B1E2B), WHITE), Err(ThemeFault::TooNear(..))));
        assert!(matches!(Theme::new(Rgb::hex(0x5596C0), WHITE), Err(ThemeFault::Contrast(_))));
        assert!(matches!(Theme::new(Rgb::hex(0x005A78), Rgb::hex(0x6A9AB0)), Err(ThemeFault::Tint(_))));
        assert_eq!(Theme::new(Rgb::hex(0x005A78), Rgb::hex(0xDCEAF0)), Ok(Theme::default()));
    }

    /// Full deuteranopia, protanopia and tritanopia (Machado, Oliveira and Fernandes 2009), on linear RGB.
    const VISIONS: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    fn seen(colour: Rgb, vision: [[f64; 3]; 3]) -> [f64; 3] {
        let light = colour.linear();
        vision.map(|row| (0..3).map(|i| row[i] * light[i]).sum::<f64>().clamp(0.0, 1.0))
    }
}
