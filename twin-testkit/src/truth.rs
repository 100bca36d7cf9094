use crate::check_in::CheckIn;
use crate::episodes::Episodes;
use crate::options::SimOptions;
use crate::person::Person;
use crate::places::Flight;
use serde::Serialize;
use twin_core::{LocalDate, Timestamp};

/// What really happened, day by day: what a good twin should come close to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Truth {
    /// The seed.
    pub seed: u64,
    /// What was simulated.
    pub options: SimOptions,
    /// The person's constants.
    pub person: Person,
    /// Illness, flights, busy weeks, gaps, in days from the start.
    pub episodes: Episodes,
    /// Flights in time order.
    pub flights: Vec<Flight>,
    /// One entry for each civil day.
    pub days: Vec<DayTruth>,
}

/// What really happened on one civil day, in the zone lived in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayTruth {
    /// The day.
    pub date: LocalDate,
    /// IANA name of the zone at the day's end.
    pub zone: String,
    /// First instant; UTC.
    pub start: Timestamp,
    /// Length: 24, or 23 and 25 where clocks change, or more and less on a day of flight.
    pub hours: f64,
    /// True steps.
    pub steps: u32,
    /// What a watch that is worn all day and never errs could have counted: `steps` less the gaps.
    pub steps_worn: u32,
    /// The steps during which the phone was carried; it counts [`crate::PHONE_SHORTFALL`] less.
    pub steps_carried: u32,
    /// The main sleep that ended on this day.
    pub sleep: SleepTruth,
    /// Minutes of naps that started on this day.
    pub nap_min: f64,
    /// Resting heart rate of the night, 1/min.
    pub rhr_bpm: f64,
    /// RMSSD of the night, ms.
    pub rmssd_ms: f64,
    /// Minutes of training.
    pub training_min: f64,
    /// Training load, TRIMP after Banister (1991).
    pub training_load: f64,
    /// Hours of meetings, overlaps counted once; called off, free and all-day entries not counted.
    pub meeting_h: f64,
    /// A day of work.
    pub works: bool,
    /// Ill.
    pub ill: bool,
    /// Strain of work and life, about -2..=4.
    pub stress: f64,
    /// Hours by which the body's clock runs ahead of the wall clock.
    pub jet_lag_h: f64,
    /// Drinks in the evening, 10 g of alcohol each.
    pub drinks: u32,
    /// Caffeine, mg.
    pub caffeine_mg: f64,
    /// Weight on waking, kg.
    pub weight_kg: f64,
    /// The answers of the morning, where given.
    pub check_in: Option<CheckIn>,
    /// When the watch saw nothing, cut to the day.
    pub device_gaps: Vec<Gap>,
}

/// The main sleep of a night.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SleepTruth {
    /// Falling asleep; UTC.
    pub onset: Timestamp,
    /// Final awakening; UTC.
    pub wake: Timestamp,
    /// Half way between; UTC.
    pub midpoint: Timestamp,
    /// Minutes asleep.
    pub tst_min: f64,
    /// Minutes awake between falling asleep and the final awakening.
    pub waso_min: f64,
    /// Minutes of deep sleep.
    pub deep_min: f64,
    /// Minutes of REM sleep.
    pub rem_min: f64,
    /// Slept in an aircraft.
    pub in_flight: bool,
    /// The watch was worn all night.
    pub recorded: bool,
}

/// A time without a device.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gap {
    /// `watch`.
    pub device: &'static str,
    /// `left_at_home` or `battery_empty`.
    pub reason: &'static str,
    /// Start; UTC.
    pub start: Timestamp,
    /// End; UTC.
    pub end: Timestamp,
}

impl Truth {
    /// The day of a date.
    #[must_use]
    pub fn day(&self, date: LocalDate) -> Option<&DayTruth> {
        self.days.iter().find(|d| d.date == date)
    }

    /// The truth as JSON.
    ///
    /// # Errors
    /// Only when a number is not finite, which the simulator does not produce.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }
}
