use crate::error::{Error, Result};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A civil day, without a zone: `2026-03-29`.
///
/// Stored as days since 1970-01-01, so that it sorts and subtracts; written `YYYY-MM-DD` in JSON,
/// an integer in binary forms. Range: years -9999 to 9999.
///
/// ```
/// # use twin_core::LocalDate;
/// let day: LocalDate = "2026-02-28".parse()?;
/// assert_eq!(day.plus_days(1).to_string(), "2026-03-01");
/// # Ok::<(), twin_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalDate(i32);

impl LocalDate {
    const MIN_DAYS: i32 = -4_371_587;
    const MAX_DAYS: i32 = 2_932_896;

    /// From days since 1970-01-01, cut to the range.
    #[must_use]
    pub const fn from_days(days: i32) -> Self {
        if days < Self::MIN_DAYS {
            Self(Self::MIN_DAYS)
        } else if days > Self::MAX_DAYS {
            Self(Self::MAX_DAYS)
        } else {
            Self(days)
        }
    }

    /// The civil day `year-month-day`.
    ///
    /// # Errors
    /// `invalid_value` when there is no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self> {
        let date = jiff::civil::Date::new(year, month, day).map_err(|_| {
            Error::invalid("date", format_args!("{year}-{month}-{day}"), "a day of the calendar")
        })?;
        Ok(Self::from_jiff(date))
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn days(self) -> i32 {
        self.0
    }

    /// This day moved by whole days.
    #[must_use]
    pub const fn plus_days(self, days: i32) -> Self {
        Self::from_days(self.0.saturating_add(days))
    }

    /// Day of the week, Monday = 0 … Sunday = 6.
    #[must_use]
    pub const fn weekday(self) -> u8 {
        (self.0 + 3).rem_euclid(7) as u8
    }

    /// Year, month 1..=12, day 1..=31.
    #[must_use]
    pub fn ymd(self) -> (i16, i8, i8) {
        let date = self.to_jiff();
        (date.year(), date.month(), date.day())
    }

    pub(crate) fn from_jiff(date: jiff::civil::Date) -> Self {
        Self::from_days(days_from_civil(
            i64::from(date.year()),
            i64::from(date.month()),
            i64::from(date.day()),
        ) as i32)
    }

    pub(crate) fn to_jiff(self) -> jiff::civil::Date {
        let seconds = i64::from(self.0) * 86_400;
        jiff::Timestamp::from_second(seconds)
            .map(|t| jiff::tz::Offset::UTC.to_datetime(t).date())
            .unwrap_or(jiff::civil::Date::ZERO)
    }
}

/// Days since 1970-01-01 of a proleptic Gregorian date (Hinnant 2013, `days_from_civil`).
pub(crate) const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y.rem_euclid(400);
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

impl fmt::Display for LocalDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.to_jiff(), f)
    }
}
impl fmt::Debug for LocalDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl FromStr for LocalDate {
    type Err = Error;
    fn from_str(s: &str) -> Result<Self> {
        s.parse::<jiff::civil::Date>().map(Self::from_jiff).map_err(|_| {
            Error::invalid(
                "date",
                format_args!("`{}`", s.chars().take(20).collect::<String>()),
                "a day like 2026-03-29",
            )
        })
    }
}
impl Serialize for LocalDate {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() { s.collect_str(self) } else { s.serialize_i32(self.0) }
    }
}
impl<'de> Deserialize<'de> for LocalDate {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = LocalDate;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day like 2026-03-29")
            }
            fn visit_str<E: serde::de::Error>(self, s: &str) -> Result<LocalDate, E> {
                s.parse().map_err(E::custom)
            }
            fn visit_i64<E: serde::de::Error>(self, days: i64) -> Result<LocalDate, E> {
                i32::try_from(days).map(LocalDate::from_days).map_err(E::custom)
            }
            fn visit_u64<E: serde::de::Error>(self, days: u64) -> Result<LocalDate, E> {
                i32::try_from(days).map(LocalDate::from_days).map_err(E::custom)
            }
        }
        if d.is_human_readable() { d.deserialize_any(Visitor) } else { d.deserialize_i32(Visitor) }
    }
}
#[cfg(feature = "schema")]
impl schemars::JsonSchema for LocalDate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "LocalDate".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date", "description": "civil day, YYYY-MM-DD" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn weekdays() {
        assert_eq!("2026-11-21".parse::<LocalDate>().unwrap().weekday(), 5);
        assert_eq!("1970-01-01".parse::<LocalDate>().unwrap().weekday(), 3);
    }

    proptest! {
        #[test]
        fn days_round_trip(days in LocalDate::MIN_DAYS..LocalDate::MAX_DAYS) {
            let date = LocalDate::from_days(days);
            prop_assert_eq!(LocalDate::from_jiff(date.to_jiff()), date);
            prop_assert_eq!(date.to_string().parse::<LocalDate>().unwrap(), date);
        }
    }
}
