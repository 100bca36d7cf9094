//! When a person is at their best: the energy curve of people in general, moved by what was seen of this person.
//!
//! The curve comes from the `energy_curve` model (three-process model of alertness [akerstedt1997]); [`offset`] is
//! what the person's own reports, speed and reactions add to it.

mod cosine;
mod offset;

use super::gated::{effective, part, recency};
use crate::special::normal_cdf;
use crate::stats::{Z80, mean, quantile};
use cosine::Cosine;
use offset::{Offset, Place, at, place, weights};
use twin_core::estimate::{Estimate, EstimateStatus};

/// Id of the model.
pub const ID: &str = "peak_windows";
/// Its version.
pub const VERSION: &str = "1";
/// Slots of a day.
pub const DAY_SLOTS: usize = 96;
/// Effective observations from which the curve is the person's own.
pub const MIN_OBSERVATIONS: f64 = 20.0;
/// Hours of the clock they must be spread over.
pub const MIN_HOURS: usize = 5;
/// Shortest window, slots: an hour.
pub const MIN_SLOTS: usize = 4;
/// Quantile of the day above which energy is a peak.
pub const QUANTILE: f64 = 0.75;
/// Probability to be above the day's mean that every slot of a window needs.
pub const MIN_PROBABILITY: f64 = 0.8;
/// Age at which an observation counts half, days. OWN.
pub const HALF_LIFE_DAYS: f64 = 60.0;
/// A best hour less certain than this, h, is none. OWN.
const MAX_SD_H: f64 = 4.0;

/// What was observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObservationKind {
    /// The person said how much energy they had.
    SelfReport,
    /// How fast a task went, with the effect of its kind taken off.
    TaskSpeed,
    /// A reaction test.
    Reaction,
    /// How long a focus session lasted.
    Focus,
}

impl ObservationKind {
    /// Spread of such an observation around the true energy; that of reactions and focus is OWN.
    const fn noise(self) -> f64 {
        match self {
            Self::SelfReport => 0.25,
            Self::Reaction => 0.35,
            Self::TaskSpeed | Self::Focus => 0.5,
        }
    }
}

/// One observation of energy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EnergyObservation {
    /// Local time of day, h, 0..24.
    pub clock_h: f64,
    /// Whether it was on a day off.
    pub weekend: bool,
    /// Days since then, at least 0.
    pub age_days: f64,
    /// Energy, 0..=1.
    pub energy: f64,
    /// What was observed.
    pub kind: ObservationKind,
}

/// What windows are drawn from.
#[derive(Clone, Copy, Debug)]
pub struct PeakInput<'a> {
    /// The curve of people in general, 0..=1 each 15 min from local midnight: 96 values for today, or 192 with
    /// tomorrow; `None` where asleep.
    pub prior: &'a [Option<f64>],
    /// Whether today and tomorrow are days off.
    pub weekend: [bool; 2],
    /// What was observed, in any order.
    pub observations: &'a [EnergyObservation],
}

/// A quarter of an hour awake.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeakSlot {
    /// Energy, 0..=1.
    pub value: f64,
    /// Low end of its 80 % interval.
    pub low: f64,
    /// High end of its 80 % interval.
    pub high: f64,
    /// What the person adds to the curve of people in general.
    pub own: f64,
    /// Probability to be above the day's mean.
    pub above_mean: f64,
    /// Whether anything was ever observed in this hour of the clock.
    pub observed: bool,
}

/// A time to do what is hard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeakWindow {
    /// First slot, counted from the midnight of today.
    pub start_slot: usize,
    /// First slot after it.
    pub end_slot: usize,
    /// Mean energy, 0..=1.
    pub level: f64,
    /// Least probability of its slots to be above the day's mean.
    pub probability: f64,
}

/// The corrected curve and its windows.
#[derive(Clone, Debug, PartialEq)]
pub struct Peaks {
    /// Clock hour of the highest energy of today: the crest of the wave of 24 hours through the curve. Its interval
    /// may reach over midnight.
    pub best_hour: Estimate,
    /// The curve, as long as the one given; `None` where asleep.
    pub slots: Vec<Option<PeakSlot>>,
    /// Peak windows in order of time. Once they are the person's own, only in hours that were observed.
    pub windows: Vec<PeakWindow>,
    /// Effective observations in each hour of the clock.
    pub coverage: [f64; 24],
}

/// Where the person's energy is highest today and tomorrow.
///
/// Below 20 effective observations over 5 hours of the clock the answer is mostly that of people in general, and
/// provisional; then windows may lie in hours that nobody observed.
///
/// ```
/// # use twin_models::capacity::peaks::{PeakInput, peak_windows};
/// let prior: Vec<_> = (0..96).map(|i| {
///     let h = f64::from(i) / 4.0;
///     (7.0..23.0).contains(&h).then(|| 0.6 + 0.25 * (std::f64::consts::TAU * (h - 15.0) / 24.0).cos())
/// }).collect();
/// let peaks = peak_windows(&PeakInput { prior: &prior, weekend: [false; 2], observations: &[] });
/// assert!((peaks.best_hour.value.unwrap() - 15.0).abs() < 1e-9);
/// assert_eq!((peaks.windows[0].start_slot, peaks.windows[0].end_slot), (53, 68)); // 13:15 to 17:00
/// ```
#[must_use]
pub fn peak_windows(input: &PeakInput<'_>) -> Peaks {
    let absent = |status, gap: &str| Estimate::absent(ID, VERSION, "h", status, vec![gap.into()]);
    let nothing = |status, gap: &str| Peaks {
        best_hour: absent(status, gap),
        slots: Vec::new(),
        windows: Vec::new(),
        coverage: [0.0; 24],
    };
    let whole = [DAY_SLOTS, 2 * DAY_SLOTS].contains(&input.prior.len());
    if !whole || input.prior.iter().flatten().any(|e| !(0.0..=1.0).contains(e)) {
        return nothing(EstimateStatus::OutOfRangeInput, "the curve is not 96 or 192 values between 0 and 1");
    }
    let learnt = Learnt::from(input);
    let personal = learnt.n_effective >= MIN_OBSERVATIONS
        && learnt.coverage.iter().filter(|n| **n > 0.0).count() >= MIN_HOURS;
    let mut slots = Vec::with_capacity(input.prior.len());
    let mut windows = Vec::new();
    for (day, (prior, weekend)) in input.prior.chunks(DAY_SLOTS).zip(input.weekend).enumerate() {
        let curve = learnt.day(prior, weekend);
        windows.extend(day_windows(&curve, personal, day * DAY_SLOTS));
        slots.extend(curve);
    }
    let today = input.prior.iter().take(DAY_SLOTS);
    let Some(crest) = learnt.crest(today, input.weekend.first().copied().unwrap_or(false)) else {
        let best_hour = absent(EstimateStatus::InsufficientData, "no best hour stands out of the day");
        return Peaks { best_hour, slots, windows, coverage: learnt.coverage };
    };
    let mut gaps = Vec::new();
    if !personal {
        gaps.push(
            "fewer than 20 observations over 5 hours of the clock: mostly people in general".to_owned(),
        );
    }
    let blind = learnt
        .coverage
        .iter()
        .enumerate()
        .filter(|(hour, n)| **n == 0.0 && slots.get(4 * hour).is_some_and(Option::is_some));
    let blind: Vec<String> = blind.map(|(hour, _)| hour.to_string()).collect();
    if !blind.is_empty() {
        gaps.push(format!("never observed in the hours {}", blind.join(", ")));
    }
    if learnt.unusable > 0 {
        gaps.push(format!("{} observations could not be used", learnt.unusable));
    }
    let waking = slots.iter().flatten().count().max(1) as f64;
    let best_hour = Estimate {
        value: Some(crest.hour),
        low: Some(crest.hour - Z80 * crest.sd_h),
        high: Some(crest.hour + Z80 * crest.sd_h),
        confidence: (1.0 - crest.sd_h / MAX_SD_H).clamp(0.0, 1.0) * if personal { 1.0 } else { 0.5 },
        status: if personal { EstimateStatus::Ok } else { EstimateStatus::Provisional },
        n_effective: learnt.n_effective,
        prior_share: learnt.prior_share(input),
        coverage: slots.iter().flatten().filter(|s| s.observed).count() as f64 / waking,
        contributions: vec![part(
            "own observations",
            crest.moved_h,
            Some(crest.prior),
            Some(crest.hour),
            "h",
        )],
        gaps,
        ..absent(EstimateStatus::Ok, "")
    };
    Peaks { best_hour, slots, windows, coverage: learnt.coverage }
}

/// The crest of today's wave.
struct Crest {
    hour: f64,
    sd_h: f64,
    prior: f64,
    moved_h: f64,
}

/// What the observations taught.
struct Learnt {
    offset: Offset,
    coverage: [f64; 24],
    n_effective: f64,
    unusable: usize,
}

impl Learnt {
    fn from(input: &PeakInput<'_>) -> Self {
        let mut offset = Offset::prior();
        let (mut coverage, mut counted) = ([0.0; 24], Vec::new());
        for seen in input.observations {
            let sound = (0.0..24.0).contains(&seen.clock_h) && (0.0..=1.0).contains(&seen.energy);
            let expected = input.prior.get((4.0 * seen.clock_h) as usize).copied().flatten();
            let weight = recency(seen.age_days, HALF_LIFE_DAYS).filter(|w| *w > 1e-6);
            let (true, Some(expected), Some(weight)) = (sound, expected, weight) else { continue };
            let variance = seen.kind.noise().powi(2) / weight;
            offset.learn(&place(seen.clock_h, seen.weekend), seen.energy - expected, variance);
            counted.push(weight);
            if let Some(hour) = coverage.get_mut(seen.clock_h as usize) {
                *hour += weight;
            }
        }
        let unusable = input.observations.len() - counted.len();
        Self { offset, coverage, n_effective: effective(&counted), unusable }
    }

    /// The corrected curve of one day.
    fn day(&self, prior: &[Option<f64>], weekend: bool) -> Vec<Option<PeakSlot>> {
        let places = places(prior.iter(), weekend);
        let share = 1.0 / places.len().max(1) as f64;
        let middle = self.offset.with(&weights(places.iter().map(|(_, place, _)| (place, share))));
        let middle_variance = places.iter().map(|(_, place, _)| share * at(&middle, place)).sum::<f64>();
        let energy = |place: &Place, prior: f64| prior + at(&self.offset.mean, place);
        let day_mean: f64 = places.iter().map(|(_, place, prior)| share * energy(place, *prior)).sum();
        let mut out = vec![None; prior.len()];
        for (slot, place, prior) in &places {
            let (value, variance) = (energy(place, *prior), self.offset.variance(place));
            let apart = (variance - 2.0 * at(&middle, place) + middle_variance).max(1e-12).sqrt();
            let reach = Z80 * variance.sqrt();
            let hour = self.coverage.get(slot / 4).copied().unwrap_or(0.0);
            if let Some(into) = out.get_mut(*slot) {
                *into = Some(PeakSlot {
                    value: value.clamp(0.0, 1.0),
                    low: (value - reach).clamp(0.0, 1.0),
                    high: (value + reach).clamp(0.0, 1.0),
                    own: value - prior,
                    above_mean: normal_cdf((value - day_mean) / apart),
                    observed: hour > 0.0,
                });
            }
        }
        out
    }

    /// The crest of the wave through the day; `None` where it does not stand out.
    fn crest<'a>(&self, prior: impl Iterator<Item = &'a Option<f64>>, weekend: bool) -> Option<Crest> {
        let places = places(prior, weekend);
        let hours: Vec<f64> = places.iter().map(|(slot, ..)| *slot as f64 / 4.0).collect();
        let wave = Cosine::over(&hours)?;
        let before: Vec<f64> = places.iter().map(|p| p.2).collect();
        let after: Vec<f64> = places.iter().map(|p| p.2 + at(&self.offset.mean, &p.1)).collect();
        let (hour, pull) = wave.crest(&after)?;
        // people in general may have no best hour; then nothing was moved
        let prior = wave.crest(&before).map_or(hour, |(hour, _)| hour);
        let pull = weights(places.iter().map(|p| &p.1).zip(pull));
        let variance: f64 = self.offset.with(&pull).iter().zip(&pull).map(|(c, w)| c * w).sum();
        let sd_h = variance.max(0.0).sqrt();
        let moved_h = (hour - prior + 12.0).rem_euclid(24.0) - 12.0;
        (sd_h <= MAX_SD_H).then_some(Crest { hour, sd_h, prior: hour - moved_h, moved_h })
    }

    /// Variance that is left, of that before any observation, over the waking day.
    fn prior_share(&self, input: &PeakInput<'_>) -> f64 {
        let today =
            places(input.prior.iter().take(DAY_SLOTS), input.weekend.first().copied().unwrap_or(false));
        let left: Vec<f64> =
            today.iter().map(|p| self.offset.variance(&p.1) / Offset::PRIOR_VARIANCE).collect();
        mean(&left).unwrap_or(1.0).clamp(0.0, 1.0)
    }
}

/// Slots awake, their places and the curve there.
fn places<'a>(prior: impl Iterator<Item = &'a Option<f64>>, weekend: bool) -> Vec<(usize, Place, f64)> {
    let awake = prior.enumerate().filter_map(|(slot, e)| Some((slot, (*e)?)));
    awake.map(|(slot, e)| (slot, place((slot as f64 + 0.5) / 4.0, weekend), e)).collect()
}

fn day_windows(curve: &[Option<PeakSlot>], personal: bool, first: usize) -> Vec<PeakWindow> {
    let mut values: Vec<f64> = curve.iter().flatten().map(|s| s.value).collect();
    let Some(level) = quantile(&mut values, QUANTILE) else { return Vec::new() };
    let high = |slot: &Option<PeakSlot>| {
        slot.filter(|s| s.value > level && s.above_mean >= MIN_PROBABILITY && (s.observed || !personal))
    };
    let mut out = Vec::new();
    let mut start = first;
    for run in curve.chunk_by(|a, b| high(a).is_some() == high(b).is_some()) {
        let best: Vec<PeakSlot> = run.iter().filter_map(high).collect();
        if best.len() >= MIN_SLOTS {
            out.push(PeakWindow {
                start_slot: start,
                end_slot: start + run.len(),
                level: best.iter().map(|s| s.value).sum::<f64>() / best.len() as f64,
                probability: best.iter().map(|s| s.above_mean).fold(1.0, f64::min),
            });
        }
        start += run.len();
    }
    out
}

#[cfg(test)]
mod tests;
