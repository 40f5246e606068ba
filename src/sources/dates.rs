//! Calendar days: the little arithmetic that periods, ages and dated boundaries need.

/// A day of the proleptic Gregorian calendar. Ordered in time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Day {
    pub year: i32,
    pub month: u8,
    pub day: u8,
}

impl Day {
    /// The day, if the calendar has it.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
        exists.then_some(Self { year, month, day })
    }

    /// The day that lies this many days after 1 January 1970.
    pub fn from_epoch(days: i32) -> Self {
        // Years begin in March here, so that the leap day is the last day of its year.
        let shifted = i64::from(days) + 719_468;
        let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 } as u8;
        let year = (year_of_era + era * 400) as i32 + i32::from(month <= 2);
        Self { year, month, day }
    }

    /// Days since 1 January 1970.
    pub fn to_epoch(self) -> i32 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let month_from_march = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        (era * 146_097 + day_of_era - 719_468) as i32
    }

    /// Reads `2025-12-01`, also with a time after it.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        if !(rest.is_empty() || rest.starts_with(['T', ' '])) {
            return None;
        }
        let mut parts = date.split('-');
        let (year, month, day) =
            (digits(parts.next()?, 4)?, digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
        parts.next().is_none().then(|| Self::new(year, month as u8, day as u8))?
    }

    /// Reads a date as Danes write it: `01-12-2025`, `1/12/2025`, `01.12.2025`.
    pub fn parse_danish(text: &str) -> Option<Self> {
        let mark = text.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
        let mut parts = text.split(mark);
        let (day, month, year) = (parts.next()?, parts.next()?, digits(parts.next()?, 4)?);
        let short = |part: &str| digits(part, part.len()).filter(|_| (1..=2).contains(&part.len()));
        parts.next().is_none().then(|| Self::new(year, short(month)? as u8, short(day)? as u8))?
    }

    /// Whole years from this birthday to `on`; negative before birth. A birthday on `on` itself counts; who is born on
    /// 29 February has a birthday on 1 March in other years.
    pub fn age_on(self, on: Self) -> i32 {
        on.year - self.year - i32::from((on.month, on.day) < (self.month, self.day))
    }
}

fn digits(text: &str, count: usize) -> Option<i32> {
    (text.len() == count && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).expect("a date")
    }

    #[test]
    fn days_are_counted_from_1970_over_leap_years_and_centuries() {
        for (text, days) in
            [("1970-01-01", 0), ("2000-02-29", 11_016), ("1900-03-01", -25_508), ("2025-01-01", 20_089)]
        {
            assert_eq!((day(text).to_epoch(), Day::from_epoch(days)), (days, day(text)), "{text}");
        }
    }

    #[test]
    fn who_is_born_on_the_reference_day_has_reached_the_age() {
        assert_eq!(day("2007-01-01").age_on(day("2025-01-01")), 18);
        assert_eq!(day("2007-01-02").age_on(day("2025-01-01")), 17);
        assert_eq!(day("2025-01-01").age_on(day("2025-01-01")), 0);
        assert_eq!(day("2025-06-01").age_on(day("2025-01-01")), -1);
    }

    #[test]
    fn who_is_born_on_a_leap_day_grows_older_on_1_march_in_common_years() {
        assert_eq!(day("2004-02-29").age_on(day("2022-02-28")), 17);
        assert_eq!(day("2004-02-29").age_on(day("2022-03-01")), 18);
        assert_eq!(day("2004-02-29").age_on(day("2024-02-29")), 20);
    }

    #[test]
    fn a_day_that_the_calendar_lacks_is_no_date() {
        for text in ["2025-02-29", "2025-13-01", "2025-00-10", "2025-1-1", "25-01-01", "2025-12-01x"] {
            assert_eq!(Day::parse_iso(text), None, "{text}");
        }
        assert_eq!(Day::parse_danish("01-12-2025"), Day::new(2025, 12, 1));
        assert_eq!(Day::parse_danish("1/2/2025"), Day::new(2025, 2, 1));
        assert_eq!(Day::parse_danish("1-2"), None);
    }
}
