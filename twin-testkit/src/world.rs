use crate::body::{self, BodyDay};
use crate::calendar::Calendar;
use crate::check_in::{self, CheckIn};
use crate::draws::{Draws, Topic};
use crate::episodes::Episodes;
use crate::heart::{self, HeartSample};
use crate::night::{Night, Stage};
use crate::options::SimOptions;
use crate::person::Person;
use crate::places::Places;
use crate::session::Session;
use crate::steps::{self, StepMinute};
use crate::truth::{DayTruth, Gap, SleepTruth, Truth};
use twin_core::{Error, Result, Timestamp};

/// A person's simulated life, and all that devices and tools could have seen of it.
#[derive(Clone, Debug)]
pub struct World {
    /// The seed.
    pub seed: u64,
    /// What was simulated.
    pub options: SimOptions,
    /// The person's constants.
    pub person: Person,
    /// Illness, flights, busy weeks, gaps.
    pub episodes: Episodes,
    /// Clocks lived by.
    pub places: Places,
    /// The calendar.
    pub calendar: Calendar,
    /// One night for each day, the one that ended on it.
    pub nights: Vec<Night>,
    /// Naps: start and end, UTC seconds.
    pub naps: Vec<(i64, i64)>,
    /// The body's state for each day.
    pub days: Vec<BodyDay>,
    /// Training sessions in time order.
    pub sessions: Vec<Session>,
    /// Minutes with steps, in time order.
    pub steps: Vec<StepMinute>,
    /// Background heart rate, in time order, as if the watch were always worn.
    pub heart: Vec<HeartSample>,
    /// Morning answers.
    pub check_ins: Vec<CheckIn>,
    gaps: Vec<(i64, i64, &'static str)>,
}

impl World {
    pub(crate) fn build(seed: u64, options: &SimOptions) -> Result<Self> {
        if !(1..=36_525).contains(&options.days) {
            return Err(Error::invalid("days", options.days, "1..=36525"));
        }
        let person = Person::drawn(seed);
        let episodes = Episodes::drawn(seed, options);
        let places = Places::new(options, &episodes)?;
        let calendar = Calendar::drawn(seed, options, &episodes, &places);
        let body = body::live(seed, &person, options, &episodes, &places, &calendar);
        let end = places.bounds(options.days - 1).1;
        let steps = steps::walk(seed, &person, &episodes, &places, &calendar, &body, end);
        let heart = heart::beat(seed, &person, &places, &calendar, &body, &steps, end);
        let check_ins = check_in::answer(seed, &person, &body);
        let gaps = gaps_of(&episodes, &places);
        let body::Body { mut nights, naps, days, mut sessions } = body;
        nights.truncate(options.days as usize);
        sessions.retain(|s| s.end() <= end);
        Ok(Self {
            seed,
            options: options.clone(),
            person,
            episodes,
            places,
            calendar,
            nights,
            naps,
            days,
            sessions,
            steps,
            heart,
            check_ins,
            gaps,
        })
    }

    /// First instant of the first day and of the day after the last, UTC seconds.
    #[must_use]
    pub fn bounds(&self) -> (i64, i64) {
        (self.places.bounds(0).0, self.places.bounds(self.options.days.saturating_sub(1)).1)
    }

    /// The minutes with steps that start in `start..end`.
    pub(crate) fn steps_between(&self, start: i64, end: i64) -> &[StepMinute] {
        let from = self.steps.partition_point(|s| s.start < start);
        let to = self.steps.partition_point(|s| s.start < end);
        self.steps.get(from..to).unwrap_or_default()
    }

    /// The watch is worn and has power.
    #[must_use]
    pub fn worn(&self, secs: i64) -> bool {
        !self.gaps.iter().any(|g| (g.0..g.1).contains(&secs))
    }

    /// The watch is worn all the time from `start` to `end`.
    #[must_use]
    pub fn worn_between(&self, start: i64, end: i64) -> bool {
        !self.gaps.iter().any(|g| g.0 < end && start < g.1)
    }

    /// What the watch counts in a minute: the truth within [`crate::WATCH_ERROR`] over a day, 0 when not worn.
    #[must_use]
    pub fn watch_steps(&self, minute: &StepMinute) -> u16 {
        if !self.worn(minute.start) {
            return 0;
        }
        let mut d = Draws::of(self.seed, Topic::Steps, minute.start as u64);
        let error = d.normal(-0.004, 0.05) + d.between(-0.5, 0.5) / f64::from(minute.steps.max(1));
        (f64::from(minute.steps) * (1.0 + error)).round() as u16
    }

    /// What the phone counts in a minute: [`crate::PHONE_SHORTFALL`] less than the truth on average, 0 when not carried.
    #[must_use]
    pub fn phone_steps(&self, minute: &StepMinute) -> u16 {
        if !minute.carried {
            return 0;
        }
        let mut d = Draws::of(self.seed, Topic::Steps, !minute.start as u64);
        let error = d.normal(-steps::PHONE_SHORTFALL, 0.06);
        (f64::from(minute.steps) * (1.0 + error)).round().max(0.0) as u16
    }

    /// Beat intervals of a quiet measurement, ms, whose RMSSD is `rmssd_ms` within a millisecond.
    /// Breathing and the slow wave near 0.1 Hz are both in it.
    #[must_use]
    pub fn resting_beats(&self, stream: u64, heart_rate: f64, rmssd_ms: f64, beats: usize) -> Vec<u16> {
        let mut d = Draws::of(self.seed, Topic::Rr, stream);
        let mean = 60_000.0 / heart_rate;
        let (breath_hz, phase) = (d.between(0.21, 0.28), d.between(0.0, core::f64::consts::TAU));
        let (mut clock, mut slow) = (0.0, 0.0);
        let shape: Vec<f64> = (0..beats)
            .map(|_| {
                clock += mean / 1000.0;
                slow = 0.97 * slow + d.normal(0.0, 0.22);
                libm::sin(core::f64::consts::TAU * breath_hz * clock + phase)
                    + 0.7 * libm::sin(core::f64::consts::TAU * 0.095 * clock)
                    + slow
                    + d.normal(0.0, 0.2)
            })
            .collect();
        let squares: f64 = shape.iter().zip(shape.iter().skip(1)).map(|(a, b)| (b - a) * (b - a)).sum();
        let rms = (squares / (beats.max(2) - 1) as f64).sqrt();
        let gain = if rms > 0.0 { rmssd_ms / rms } else { 0.0 };
        let centre = shape.iter().sum::<f64>() / beats.max(1) as f64;
        shape.iter().map(|x| (mean + gain * (x - centre)).round().clamp(300.0, 2000.0) as u16).collect()
    }

    /// What really happened, day by day.
    #[must_use]
    pub fn truth(&self) -> Truth {
        Truth {
            seed: self.seed,
            options: self.options.clone(),
            person: self.person.clone(),
            episodes: self.episodes.clone(),
            flights: self.places.flights.clone(),
            days: (0_u32..)
                .zip(self.nights.iter().zip(&self.days))
                .map(|(day, (night, body))| self.day(day, night, body))
                .collect(),
        }
    }

    fn day(&self, day: u32, night: &Night, body: &BodyDay) -> DayTruth {
        let (start, end) = self.places.bounds(day);
        let walked = self.steps_between(start, end);
        let sum = |wanted: &dyn Fn(&StepMinute) -> bool| {
            walked.iter().filter(|s| wanted(s)).map(|s| u32::from(s.steps)).sum()
        };
        let t = Timestamp::from_secs;
        let sessions = || self.sessions.iter().filter(|s| (start..end).contains(&s.start));
        DayTruth {
            date: self.places.date(day),
            zone: self.places.zones.at(t(end - 1)).name().unwrap_or("UTC").to_owned(),
            start: t(start),
            hours: (end - start) as f64 / 3600.0,
            steps: sum(&|_| true),
            steps_worn: sum(&|s| self.worn(s.start)),
            steps_carried: sum(&|s| s.carried),
            sleep: SleepTruth {
                onset: t(night.onset),
                wake: t(night.wake),
                midpoint: t(night.midpoint()),
                tst_min: night.asleep_min(),
                waso_min: night.waso_min(),
                deep_min: night.stage_min(Stage::Deep),
                rem_min: night.stage_min(Stage::Rem),
                in_flight: night.in_flight,
                recorded: self.worn_between(night.bed, night.rise),
            },
            nap_min: self
                .naps
                .iter()
                .filter(|n| (start..end).contains(&n.0))
                .map(|n| (n.1 - n.0) as f64 / 60.0)
                .fold(0.0, |a, b| a + b),
            rhr_bpm: body.resting_hr,
            rmssd_ms: body.rmssd_ms,
            training_min: sessions().map(|s| f64::from(s.length_s) / 60.0).fold(0.0, |a, b| a + b),
            training_load: sessions().map(|s| s.load).fold(0.0, |a, b| a + b),
            meeting_h: self.calendar.busy_hours(day),
            works: self.calendar.works(day),
            ill: self.episodes.ill(day),
            stress: body.stress,
            jet_lag_h: body.jet_lag_h,
            drinks: body.drinks.0,
            caffeine_mg: body.coffees.iter().map(|c| c.1).fold(0.0, |a, b| a + b),
            weight_kg: body.weight_kg,
            check_in: self.check_ins.iter().find(|c| c.day == day).cloned(),
            device_gaps: self
                .gaps
                .iter()
                .filter(|g| g.0 < end && start < g.1)
                .map(|g| Gap { device: "watch", reason: g.2, start: t(g.0.max(start)), end: t(g.1.min(end)) })
                .collect(),
        }
    }
}

fn gaps_of(episodes: &Episodes, places: &Places) -> Vec<(i64, i64, &'static str)> {
    let mut gaps: Vec<_> = episodes
        .watch_off
        .iter()
        .map(|r| (places.bounds(r.start).0, places.bounds(r.end.saturating_sub(1)).1, "left_at_home"))
        .chain(episodes.battery_empty.iter().map(|(day, hour, hours)| {
            let start = places.bounds(*day).0 + (hour * 3600.0) as i64;
            (start, start + (hours * 3600.0) as i64, "battery_empty")
        }))
        .collect();
    gaps.sort_unstable();
    gaps
}
