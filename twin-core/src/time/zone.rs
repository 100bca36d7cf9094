use super::{LocalDate, Timestamp};
use crate::error::{Error, Result};
use crate::id::ZoneId;
use crate::sort::OrderBy;

/// A time zone with its rules, looked up by IANA name.
///
/// ```
/// # use twin_core::{LocalDate, Zone};
/// let paris = Zone::named("Europe/Paris")?;
/// let spring: LocalDate = "2026-03-29".parse()?;
/// let (start, end) = paris.day_bounds(spring);
/// assert_eq!(end.secs_since(start) / 3600.0, 23.0);
/// # Ok::<(), twin_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Zone(jiff::tz::TimeZone);

impl Zone {
    /// Universal time.
    #[must_use]
    pub const fn utc() -> Self {
        Self(jiff::tz::TimeZone::UTC)
    }

    /// The zone of an IANA name; names are compared without regard to case.
    ///
    /// # Errors
    /// `invalid_value` when the zone database does not know it.
    pub fn named(name: &str) -> Result<Self> {
        jiff::tz::TimeZone::get(name).map(Self).map_err(|_| {
            Error::invalid(
                "zone",
                format_args!("`{}`", name.chars().take(60).collect::<String>()),
                "an IANA name like `Europe/Paris`",
            )
        })
    }

    /// The zone of an id.
    ///
    /// # Errors
    /// As [`Zone::named`].
    pub fn of(id: &ZoneId) -> Result<Self> {
        Self::named(id.as_str())
    }

    /// A zone with one offset, in seconds east of UTC; out of range (±26 h) gives UTC.
    #[must_use]
    pub fn fixed(offset_s: i32) -> Self {
        Self(
            jiff::tz::Offset::from_seconds(offset_s)
                .map_or(jiff::tz::TimeZone::UTC, jiff::tz::Offset::to_time_zone),
        )
    }

    /// Seconds east of UTC at an instant.
    #[must_use]
    pub fn offset_at(&self, t: Timestamp) -> i32 {
        self.0.to_offset(t.to_jiff()).seconds()
    }

    /// The civil day of an instant.
    #[must_use]
    pub fn date_of(&self, t: Timestamp) -> LocalDate {
        let local = t.secs() + i64::from(self.offset_at(t));
        LocalDate::from_days(local.div_euclid(86_400) as i32)
    }

    /// First instant of a civil day and of the next: 23, 24 or 25 hours apart where clocks change.
    #[must_use]
    pub fn day_bounds(&self, date: LocalDate) -> (Timestamp, Timestamp) {
        (self.start_of(date), self.start_of(date.plus_days(1)))
    }

    /// First instant of a civil day.
    #[must_use]
    pub fn start_of(&self, date: LocalDate) -> Timestamp {
        date.to_jiff()
            .to_zoned(self.0.clone())
            .map_or(Timestamp::from_secs(i64::from(date.days()) * 86_400), |z| {
                Timestamp::from_micros(z.timestamp().as_microsecond())
            })
    }

    /// The instant of a wall-clock reading: seconds since 1970 as if it were UTC.
    /// A reading that a clock change skips is taken as after it; one that happens twice as the first
    /// (RFC 5545 §3.3.5).
    #[must_use]
    pub fn instant_of_local(&self, local_s: i64) -> Timestamp {
        let Ok(as_utc) = jiff::Timestamp::from_second(local_s) else {
            return Timestamp::from_secs(local_s);
        };
        let civil = jiff::tz::Offset::UTC.to_datetime(as_utc);
        self.0
            .to_timestamp(civil)
            .map_or(Timestamp::from_secs(local_s), |t| Timestamp::from_micros(t.as_microsecond()))
    }

    /// The IANA name, where the zone has one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.0.iana_name()
    }
}

/// Where a person's clock has been: a zone from an instant on, until the next.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneTimeline {
    home: Zone,
    changes: Vec<(Timestamp, Zone)>,
}

impl Default for ZoneTimeline {
    fn default() -> Self {
        Self { home: Zone::utc(), changes: Vec::new() }
    }
}

impl ZoneTimeline {
    /// A timeline from changes in any order; before the first change the first zone holds too.
    #[must_use]
    pub fn new(mut changes: Vec<(Timestamp, Zone)>) -> Self {
        changes.order_by_key(|(t, _)| *t);
        let home = changes.first().map_or_else(Zone::utc, |(_, z)| z.clone());
        Self { home, changes }
    }

    /// The zone at an instant.
    #[must_use]
    pub fn at(&self, t: Timestamp) -> &Zone {
        let after = self.changes.partition_point(|(from, _)| *from <= t);
        after.checked_sub(1).and_then(|i| self.changes.get(i)).map_or(&self.home, |(_, z)| z)
    }

    /// The civil day of an instant: the latest that calendars around the person have shown by then, so
    /// that a flight over the date line adds its hours to the day that had begun; agrees with
    /// [`Self::day_bounds`].
    #[must_use]
    pub fn date_of(&self, t: Timestamp) -> LocalDate {
        let mut date = self.at(t).date_of(t);
        if self.changes.len() > 1 {
            // Two zones are at most 26 hours apart.
            for _ in 0..2 {
                let next = date.plus_days(1);
                if t < self.start_of(next) {
                    break;
                }
                date = next;
            }
        }
        date
    }

    /// First instant of a civil day and of the next: a day of flight is longer or shorter than 24 hours,
    /// and one that is flown over is empty.
    #[must_use]
    pub fn day_bounds(&self, date: LocalDate) -> (Timestamp, Timestamp) {
        (self.start_of(date), self.start_of(date.plus_days(1)))
    }

    /// The first instant at which the calendar around the person shows a day or a later one.
    fn start_of(&self, date: LocalDate) -> Timestamp {
        // Nowhere has the day begun 26 hours before it begins in UTC.
        let before = Timestamp::from_secs(i64::from(date.days()) * 86_400 - 26 * 3600);
        let mut next = self.changes.partition_point(|(from, _)| *from <= before);
        let arrived = next.checked_sub(1).and_then(|i| self.changes.get(i));
        let (mut from, mut zone) = arrived.map_or((Timestamp::MIN, &self.home), |(from, zone)| (*from, zone));
        loop {
            let start = zone.start_of(date).max(from);
            match self.changes.get(next) {
                Some((left, there)) if *left <= start => (from, zone, next) = (*left, there, next + 1),
                _ => return start,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(zone: &str, day: &str) -> f64 {
        let (a, b) = Zone::named(zone).unwrap().day_bounds(day.parse().unwrap());
        b.secs_since(a) / 3600.0
    }

    #[test]
    fn days_of_23_24_and_25_hours() {
        assert_eq!(hours("Europe/Paris", "2026-03-28"), 24.0);
        assert_eq!(hours("Europe/Paris", "2026-03-29"), 23.0);
        assert_eq!(hours("Europe/Paris", "2026-10-25"), 25.0);
        assert_eq!(hours("Australia/Lord_Howe", "2026-04-05"), 24.5);
    }

    #[test]
    fn a_day_without_midnight_starts_at_one() {
        // Beirut skips midnight to 01:00 on the last Sunday of March.
        let zone = Zone::named("Asia/Beirut").unwrap();
        let (start, end) = zone.day_bounds("2026-03-29".parse().unwrap());
        assert_eq!(end.secs_since(start) / 3600.0, 23.0);
        assert_eq!(zone.date_of(start).to_string(), "2026-03-29");
        assert_eq!(zone.date_of(start.plus_micros(-1)).to_string(), "2026-03-28");
    }

    #[test]
    fn unknown_zones_are_refused() {
        assert!(Zone::named("Mars/Olympus").is_err());
    }

    #[test]
    fn a_flight_changes_the_day() {
        let t = |s: &str| s.parse::<Timestamp>().unwrap();
        let line = ZoneTimeline::new(vec![
            (t("2026-01-01T00:00:00Z"), Zone::named("Europe/Paris").unwrap()),
            (t("2026-05-10T18:00:00Z"), Zone::named("America/New_York").unwrap()),
        ]);
        assert_eq!(line.date_of(t("2026-05-11T02:00:00Z")).to_string(), "2026-05-10");
        let (start, end) = line.day_bounds("2026-05-10".parse().unwrap());
        assert_eq!(end.secs_since(start) / 3600.0, 30.0);
    }

    #[test]
    fn a_day_that_has_begun_is_not_left_again() {
        let t = |s: &str| s.parse::<Timestamp>().unwrap();
        let zone = |name: &str| Zone::named(name).unwrap();
        let date = |s: &str| s.parse::<LocalDate>().unwrap();
        // At home in Paris; three hours into 11 May in Tokyo a flight to New York begins.
        let line = ZoneTimeline::new(vec![
            (t("2026-01-01T00:00:00Z"), zone("Europe/Paris")),
            (t("2026-05-01T00:00:00Z"), zone("Asia/Tokyo")),
            (t("2026-05-10T18:00:00Z"), zone("America/New_York")),
        ]);
        let (start, end) = line.day_bounds(date("2026-05-11"));
        assert_eq!((start, end), (t("2026-05-10T15:00:00Z"), t("2026-05-12T04:00:00Z")));
        assert_eq!(line.date_of(t("2026-05-10T16:00:00Z")), date("2026-05-11"));
        assert_eq!(line.date_of(t("2026-05-10T20:00:00Z")), date("2026-05-11"));
        // From Pago Pago to Kiritimati a whole day is flown over.
        let line = ZoneTimeline::new(vec![
            (t("2026-01-01T00:00:00Z"), zone("Pacific/Pago_Pago")),
            (t("2026-05-10T10:30:00Z"), zone("Pacific/Kiritimati")),
        ]);
        let (start, end) = line.day_bounds(date("2026-05-10"));
        assert_eq!(start, end);
        assert_eq!(line.date_of(start), date("2026-05-11"));
    }

    #[test]
    fn readings_that_happen_twice_or_never() {
        let zone = Zone::named("Europe/Paris").unwrap();
        let local = |s: &str| s.parse::<Timestamp>().unwrap().secs();
        assert_eq!(zone.instant_of_local(local("2026-10-25T02:30:00Z")).to_string(), "2026-10-25T00:30:00Z");
        assert_eq!(zone.instant_of_local(local("2026-03-29T02:30:00Z")).to_string(), "2026-03-29T01:30:00Z");
    }
}
