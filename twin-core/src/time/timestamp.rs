use crate::error::{Error, Result};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Microseconds in a second.
pub const MICROS_PER_SECOND: i64 = 1_000_000;

/// A UTC instant in microseconds since 1970; RFC 3339 in JSON, a plain integer in binary forms.
///
/// Range: years -9999 to 9999. Finer fractions are cut.
///
/// ```
/// # use twin_core::Timestamp;
/// let t: Timestamp = "2026-03-01T07:00:00+01:00".parse()?;
/// assert_eq!(t.to_string(), "2026-03-01T06:00:00Z");
/// # Ok::<(), twin_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The earliest instant.
    pub const MIN: Self = Self(-377_705_023_201_000_000);
    /// The latest instant.
    pub const MAX: Self = Self(253_402_207_200_999_999);

    /// From microseconds since 1970, cut to the range.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        if micros < Self::MIN.0 {
            Self::MIN
        } else if micros > Self::MAX.0 {
            Self::MAX
        } else {
            Self(micros)
        }
    }

    /// From seconds since 1970, cut to the range.
    #[must_use]
    pub const fn from_secs(seconds: i64) -> Self {
        Self::from_micros(seconds.saturating_mul(MICROS_PER_SECOND))
    }

    /// Microseconds since 1970.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, rounded down.
    #[must_use]
    pub const fn secs(self) -> i64 {
        self.0.div_euclid(MICROS_PER_SECOND)
    }

    /// This instant moved by microseconds, cut to the range.
    #[must_use]
    pub const fn plus_micros(self, micros: i64) -> Self {
        Self::from_micros(self.0.saturating_add(micros))
    }

    /// This instant moved by seconds, cut to the range.
    #[must_use]
    pub const fn plus_secs(self, seconds: i64) -> Self {
        self.plus_micros(seconds.saturating_mul(MICROS_PER_SECOND))
    }

    /// Seconds from `earlier` to this instant.
    #[must_use]
    pub fn secs_since(self, earlier: Self) -> f64 {
        (self.0 - earlier.0) as f64 / MICROS_PER_SECOND as f64
    }

    pub(crate) fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.to_jiff(), f)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Timestamp {
    type Err = Error;

    /// RFC 3339 with an offset or `Z`; a time without one is refused.
    fn from_str(s: &str) -> Result<Self> {
        if let Some(t) = parse_plain_utc(s.as_bytes()) {
            return Ok(t);
        }
        s.parse::<jiff::Timestamp>().map(|t| Self::from_micros(t.as_microsecond())).map_err(|_| {
            Error::invalid(
                "time",
                format_args!("`{}`", s.chars().take(40).collect::<String>()),
                "an RFC 3339 time with an offset",
            )
        })
    }
}

/// `2026-03-01T06:00:00Z` with an optional fraction of up to six digits: by far the most common form.
fn parse_plain_utc(s: &[u8]) -> Option<Timestamp> {
    let (head, tail) = s.split_at_checked(19)?;
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', n1, n2, b':', s1, s2] = head else {
        return None;
    };
    let digit = |b: u8| b.is_ascii_digit().then(|| i64::from(b - b'0'));
    let two = |a: u8, b: u8| Some(digit(a)? * 10 + digit(b)?);
    let (year, month, day) = (two(y1, y2)? * 100 + two(y3, y4)?, two(m1, m2)?, two(d1, d2)?);
    let (hour, minute, second) = (two(h1, h2)?, two(n1, n2)?, two(s1, s2)?);
    let month_days = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if day < 1 || day > month_days || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let micros = match tail {
        [b'Z'] => 0,
        [b'.', digits @ .., b'Z'] if (1..=6).contains(&digits.len()) => {
            let mut value = 0;
            for &b in digits {
                value = value * 10 + digit(b)?;
            }
            value * 10_i64.pow(6 - digits.len() as u32)
        }
        _ => return None,
    };
    let secs = super::date::days_from_civil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    Some(Timestamp::from_micros(secs * MICROS_PER_SECOND + micros))
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() { s.collect_str(self) } else { s.serialize_i64(self.0) }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Timestamp;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an RFC 3339 time with an offset")
            }
            fn visit_str<E: serde::de::Error>(self, s: &str) -> Result<Timestamp, E> {
                s.parse().map_err(E::custom)
            }
            fn visit_i64<E: serde::de::Error>(self, micros: i64) -> Result<Timestamp, E> {
                Ok(Timestamp::from_micros(micros))
            }
            fn visit_u64<E: serde::de::Error>(self, micros: u64) -> Result<Timestamp, E> {
                Ok(Timestamp::from_micros(i64::try_from(micros).unwrap_or(i64::MAX)))
            }
        }
        if d.is_human_readable() { d.deserialize_any(Visitor) } else { d.deserialize_i64(Visitor) }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date-time", "description": "UTC instant, RFC 3339" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn naive_times_are_refused() {
        assert!("2026-03-01T07:00:00".parse::<Timestamp>().is_err());
        assert!("2026-02-30T07:00:00Z".parse::<Timestamp>().is_err());
        assert!("yesterday".parse::<Timestamp>().is_err());
    }

    proptest! {
        #[test]
        fn the_quick_path_equals_the_library(micros in -62_135_596_800_000_000_i64..253_402_207_200_000_000) {
            let t = Timestamp::from_micros(micros);
            let text = t.to_string();
            prop_assert_eq!(text.parse::<Timestamp>().unwrap(), t);
            let by_jiff: jiff::Timestamp = text.parse().unwrap();
            prop_assert_eq!(by_jiff.as_microsecond(), micros);
        }
    }
}
