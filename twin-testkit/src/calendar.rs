use crate::draws::{Draws, Topic};
use crate::episodes::Episodes;
use crate::options::SimOptions;
use crate::places::Places;
use serde::Serialize;
use std::collections::BTreeMap;
use twin_core::{LocalDate, Zone};

/// How an entry counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Takes time: counted as a meeting.
    Busy,
    /// Marked free (`TRANSP:TRANSPARENT`): not counted.
    Free,
    /// Called off (`STATUS:CANCELLED`): not counted.
    Cancelled,
}

/// An occurrence of a series that was moved or called off.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Override {
    /// The day of the occurrence it replaces.
    pub day: u32,
    /// The new start, minutes after local midnight of that day.
    pub start_min: u32,
    /// The new length.
    pub minutes: u32,
    /// Called off instead of moved.
    pub cancelled: bool,
}

/// A meeting that repeats weekly, in the zone of home.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    /// `UID`.
    pub uid: String,
    /// `SUMMARY`.
    pub summary: String,
    /// First day from the start.
    pub first: u32,
    /// Start, minutes after local midnight.
    pub start_min: u32,
    /// Length.
    pub minutes: u32,
    /// Days of the week, Monday = 0.
    pub weekdays: Vec<u8>,
    /// Every how many weeks.
    pub interval: u32,
    /// Days left out (`EXDATE`).
    pub exceptions: Vec<u32>,
    /// Occurrences changed (`RECURRENCE-ID`).
    pub overrides: Vec<Override>,
}

/// An entry that happens once.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Single {
    /// `UID`.
    pub uid: String,
    /// `SUMMARY`.
    pub summary: String,
    /// Day from the start.
    pub day: u32,
    /// Start, minutes after local midnight.
    pub start_min: u32,
    /// Length.
    pub minutes: u32,
    /// In the zone of the destination; else of home.
    pub away: bool,
    /// How it counts.
    pub standing: Standing,
    /// People invited beside the person.
    pub guests: u32,
}

/// The calendar of a working life.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Calendar {
    /// Meetings that repeat.
    pub series: Vec<Series>,
    /// Meetings that happen once.
    pub singles: Vec<Single>,
    /// All-day entries: summary, first day, number of days. They never count as meetings.
    pub all_day: Vec<(String, u32, u32)>,
    works: Vec<bool>,
    busy: BTreeMap<LocalDate, Vec<(i64, i64)>>,
    start: i32,
}

impl Series {
    /// The days on which it takes place, before exceptions and overrides.
    pub fn days(&self, start: LocalDate, until: u32) -> impl Iterator<Item = u32> {
        let monday = self.first as i32 - i32::from(start.plus_days(self.first as i32).weekday());
        (self.first..until).filter(move |day| {
            let week = (*day as i32 - monday).div_euclid(7) as u32;
            week.is_multiple_of(self.interval.max(1))
                && self.weekdays.contains(&start.plus_days(*day as i32).weekday())
        })
    }
}

impl Calendar {
    pub(crate) fn drawn(seed: u64, options: &SimOptions, episodes: &Episodes, places: &Places) -> Self {
        let mut c = Self { start: options.start.days(), ..Self::default() };
        let at_home = |day: u32| {
            options.start.plus_days(day as i32).weekday() < 5
                && !episodes.days_off.contains(&day)
                && !episodes.ill(day)
                && !episodes.flies_out(day)
                && !episodes.lands_home(day)
        };
        c.works = (0..=options.days).map(at_home).collect();
        c.regular(seed, options, episodes);
        let mut number = 0;
        for day in 0..options.days {
            c.day(
                &mut Draws::of(seed, Topic::Calendar, u64::from(day)),
                day,
                options.start,
                episodes,
                &mut number,
            );
        }
        c.whole_days(episodes);
        c.count(options, places);
        c
    }

    fn regular(&mut self, seed: u64, options: &SimOptions, episodes: &Episodes) {
        let first_weekday = |wanted: &[u8]| {
            (0..7_u32).find(|d| wanted.contains(&options.start.plus_days(*d as i32).weekday()))
        };
        let mut d = Draws::of(seed, Topic::Calendar, u64::MAX);
        for (uid, summary, start_min, minutes, weekdays, interval) in [
            ("standup", "Stand-up", 9 * 60 + 30, 15, vec![0, 1, 2, 3, 4], 1),
            ("one-to-one", "1:1", 14 * 60, 45, vec![3], 2),
            ("planning", "Planning", 10 * 60, 90, vec![0], 1),
        ] {
            let Some(first) = first_weekday(&weekdays).filter(|f| *f < options.days) else { continue };
            let mut series = Series {
                uid: format!("{uid}-{seed:x}@calendar.example"),
                summary: summary.into(),
                first,
                start_min,
                minutes,
                weekdays,
                interval,
                exceptions: Vec::new(),
                overrides: Vec::new(),
            };
            let days: Vec<u32> = series.days(options.start, options.days).collect();
            let free =
                |day: &u32| !self.works.get(*day as usize).copied().unwrap_or(false) || episodes.away(*day);
            series.exceptions = days.iter().copied().filter(free).collect();
            // The stand-up is moved or called off now and then.
            if uid == "standup" {
                for (index, day) in days.iter().filter(|day| !free(day)).enumerate() {
                    match index % 23 {
                        6 => series.overrides.push(Override {
                            day: *day,
                            start_min: 11 * 60,
                            minutes: 30,
                            cancelled: false,
                        }),
                        15 => {
                            series.overrides.push(Override { day: *day, start_min, minutes, cancelled: true })
                        }
                        _ if d.chance(0.01) => series.overrides.push(Override {
                            day: *day,
                            start_min: 15 * 60,
                            minutes,
                            cancelled: false,
                        }),
                        _ => {}
                    }
                }
            }
            self.series.push(series);
        }
    }

    fn day(&mut self, d: &mut Draws, day: u32, start: LocalDate, episodes: &Episodes, number: &mut u32) {
        let weekday = start.plus_days(day as i32).weekday();
        let ill = episodes.ill(day) && weekday < 5;
        if !self.works(day) && !ill {
            return;
        }
        let mean = if episodes.crunch(day) { 6.0 } else { 2.1 };
        for _ in 0..d.count(mean) {
            let summary = d.pick(&[
                "Design review",
                "Customer call",
                "Interview",
                "Budget, second round; open points",
                "Retrospective",
                "Workshop",
            ]);
            let minutes = d.pick(&[30, 30, 45, 60, 60, 90]).copied().unwrap_or(30);
            let latest = if episodes.crunch(day) { 36 } else { 30 };
            let called_off = d.chance(0.06) || ill;
            *number += 1;
            self.singles.push(Single {
                uid: format!("{number:06}-{:08x}@calendar.example", d.bits() as u32),
                summary: summary.copied().unwrap_or_default().into(),
                day,
                start_min: 8 * 60 + 15 * d.whole(2, latest),
                minutes,
                away: episodes.away(day),
                standing: if called_off { Standing::Cancelled } else { Standing::Busy },
                guests: d.whole(1, 7),
            });
        }
        if d.chance(0.2) && !ill {
            *number += 1;
            self.singles.push(Single {
                uid: format!("{number:06}-focus@calendar.example"),
                summary: "Focus time".into(),
                day,
                start_min: 16 * 60,
                minutes: 90,
                away: episodes.away(day),
                standing: Standing::Free,
                guests: 0,
            });
        }
    }

    fn whole_days(&mut self, episodes: &Episodes) {
        for day in &episodes.days_off {
            self.all_day.push(("Day off".into(), *day, 1));
        }
        for (out, back) in &episodes.trips {
            self.all_day.push(("Visit".into(), *out, back - out + 1));
        }
        for week in &episodes.crunch {
            self.all_day.push(("Release week".into(), week.start, week.end - week.start));
        }
        self.all_day.sort_by_key(|entry| entry.1);
    }

    fn count(&mut self, options: &SimOptions, places: &Places) {
        let mut spans: Vec<(i64, i64)> = Vec::new();
        let mut add = |zone: &Zone, day: u32, start_min: u32, minutes: u32| {
            let local = i64::from(places.date(day).days()) * 86_400 + i64::from(start_min) * 60;
            let start = zone.instant_of_local(local).secs();
            spans.push((start, start + i64::from(minutes) * 60));
        };
        for s in &self.series {
            for day in s.days(options.start, options.days).filter(|day| !s.exceptions.contains(day)) {
                match s.overrides.iter().find(|o| o.day == day) {
                    Some(o) if o.cancelled => {}
                    Some(o) => add(&places.home, day, o.start_min, o.minutes),
                    None => add(&places.home, day, s.start_min, s.minutes),
                }
            }
        }
        for s in self.singles.iter().filter(|s| s.standing == Standing::Busy) {
            add(if s.away { &places.away } else { &places.home }, s.day, s.start_min, s.minutes);
        }
        spans.sort_unstable();
        for (start, end) in spans {
            let day =
                self.busy.entry(places.zones.date_of(twin_core::Timestamp::from_secs(start))).or_default();
            match day.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => day.push((start, end)),
            }
        }
    }

    /// A day of work.
    #[must_use]
    pub fn works(&self, day: u32) -> bool {
        self.works.get(day as usize).copied().unwrap_or(false)
    }

    /// Meetings of a day as disjoint spans of UTC seconds: busy, not called off, merged where they overlap.
    #[must_use]
    pub fn busy(&self, day: u32) -> &[(i64, i64)] {
        self.busy.get(&LocalDate::from_days(self.start.saturating_add(day as i32))).map_or(&[], Vec::as_slice)
    }

    /// Hours of meetings on a day, overlaps counted once.
    #[must_use]
    pub fn busy_hours(&self, day: u32) -> f64 {
        self.busy(day).iter().map(|(start, end)| (end - start) as f64 / 3600.0).fold(0.0, |a, b| a + b)
    }
}
