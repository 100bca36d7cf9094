use crate::episodes::Episodes;
use crate::options::SimOptions;
use serde::Serialize;
use twin_core::{LocalDate, Result, Timestamp, Zone, ZoneTimeline};

/// A flight between the two zones.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Flight {
    /// Take-off; UTC.
    pub start: Timestamp,
    /// Landing; UTC. The person's clock changes here.
    pub end: Timestamp,
    /// Away from home; else back.
    pub outbound: bool,
}

/// The clocks a person lives by: zones with their flights, and the offset at every instant.
#[derive(Clone, Debug)]
pub struct Places {
    /// The zone of home.
    pub home: Zone,
    /// The zone of the destination.
    pub away: Zone,
    /// Which zone when.
    pub zones: ZoneTimeline,
    /// Flights in time order.
    pub flights: Vec<Flight>,
    first: LocalDate,
    offsets: Vec<(i64, i32)>,
}

impl Places {
    pub(crate) fn new(options: &SimOptions, episodes: &Episodes) -> Result<Self> {
        let (home, away) = (Zone::named(&options.home_zone)?, Zone::named(&options.away_zone)?);
        let at = |zone: &Zone, day: u32, hour: f64| {
            zone.instant_of_local(
                i64::from(options.start.days() + day as i32) * 86_400 + (hour * 3600.0) as i64,
            )
        };
        let before = home.start_of(options.start.plus_days(-30));
        let mut changes = vec![(before, home.clone())];
        let mut flights = Vec::new();
        for &(out, back) in &episodes.trips {
            let start = at(&home, out, 13.5);
            let end = start.plus_secs(8 * 3600 + 20 * 60);
            flights.push(Flight { start, end, outbound: true });
            changes.push((end, away.clone()));
            let start = at(&away, back.saturating_sub(1), 18.5);
            let end = start.plus_secs(7 * 3600 + 20 * 60);
            flights.push(Flight { start, end, outbound: false });
            changes.push((end, home.clone()));
        }
        let zones = ZoneTimeline::new(changes);
        let after = home.start_of(options.start.plus_days(options.days as i32 + 30));
        let offsets = offsets_of(&zones, before.secs(), after.secs());
        Ok(Self { home, away, zones, flights, first: options.start, offsets })
    }

    /// Seconds east of UTC where the person is.
    #[must_use]
    pub fn offset_at(&self, secs: i64) -> i32 {
        let after = self.offsets.partition_point(|(from, _)| *from <= secs);
        self.offsets.get(after.saturating_sub(1)).map_or(0, |(_, offset)| *offset)
    }

    /// Local hour of the day where the person is, 0..24.
    #[must_use]
    pub fn hour_at(&self, secs: i64) -> f64 {
        (secs + i64::from(self.offset_at(secs))).rem_euclid(86_400) as f64 / 3600.0
    }

    /// Civil day, counted from the start.
    #[must_use]
    pub fn date(&self, day: u32) -> LocalDate {
        self.first.plus_days(day as i32)
    }

    /// First instant of a day and of the next, UTC seconds.
    #[must_use]
    pub fn bounds(&self, day: u32) -> (i64, i64) {
        let (start, end) = self.zones.day_bounds(self.date(day));
        (start.secs(), end.secs())
    }

    /// The zone of a day's evening at home's 22:00: where the next night is slept.
    pub(crate) fn evening_zone(&self, date: LocalDate) -> &Zone {
        let evening = i64::from(date.days()) * 86_400 + 22 * 3600;
        self.zones.at(self.home.instant_of_local(evening))
    }

    /// In the air.
    #[must_use]
    pub fn flying(&self, secs: i64) -> bool {
        self.flights.iter().any(|f| (f.start.secs()..f.end.secs()).contains(&secs))
    }
}

/// Every change of offset between two instants, to the second.
fn offsets_of(zones: &ZoneTimeline, from: i64, to: i64) -> Vec<(i64, i32)> {
    let offset = |secs: i64| {
        let t = Timestamp::from_secs(secs);
        zones.at(t).offset_at(t)
    };
    let mut changes = vec![(from, offset(from))];
    let (mut t, mut last) = (from, offset(from));
    while t < to {
        let next = t + 6 * 3600;
        let now = offset(next);
        if now != last {
            let (mut low, mut high) = (t, next);
            while high - low > 1 {
                let middle = (low + high) / 2;
                if offset(middle) == last { low = middle } else { high = middle }
            }
            changes.push((high, now));
            last = now;
        }
        t = next;
    }
    changes
}
