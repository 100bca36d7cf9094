//! The phase of a person's inner clock: when melatonin rises and temperature is lowest.

use super::clock::{DLMO_BEFORE_CBTMIN_H, LightClock, MAX_LUX, STEP_H};
use super::hannay::Hannay19;
use super::surrogate::{INDOORS_LUX, surrogate_lux};
use crate::stats::interval80;
use twin_core::estimate::{Estimate, EstimateStatus};

/// Id of the model.
pub const ID: &str = "circadian_phase";
/// Its version.
pub const VERSION: &str = "1";

/// Days of the habitual schedule that settle the clock before the record begins.
pub const SPIN_UP_DAYS: usize = 14;
/// Least days with light or sleep. OWN.
pub const MIN_DAYS: usize = 3;
/// Days from which an answer is more than provisional. OWN.
pub const SETTLED_DAYS: usize = 7;
/// Days without light or sleep at the end of the record after which it is too old. OWN.
pub const STALE_DAYS: usize = 7;
/// Longest record, days. OWN.
pub const MAX_DAYS: usize = 400;
/// Share of the record that a light sensor must have seen to be called measured. OWN.
pub const LIGHT_SHARE: f64 = 0.6;
/// Error of melatonin onset where light was measured, h.
pub const SD_LIGHT_H: f64 = 0.75;
/// The same where it was guessed from sleep and steps, h.
pub const SD_ACTIVITY_H: f64 = 1.25;
/// The same from the midpoint of sleep on free days alone, h.
pub const SD_CHRONOTYPE_H: f64 = 1.5;
/// Melatonin rises so long before the corrected midpoint of sleep on free days, h.
pub const DLMO_BEFORE_MSFSC_H: f64 = 5.5;
/// Spread of melatonin onset between people, the reference of confidence, h. OWN.
pub const REFERENCE_SD_H: f64 = 2.0;

/// Steps of the clock in a day.
const DAY: usize = 240;

/// The record of a person, in hours of local time since the midnight that began its first day.
#[derive(Clone, Copy, Debug, Default)]
pub struct CircadianInput<'a> {
    /// Now: where the record ends, h.
    pub now_h: f64,
    /// Spans asleep (start, end), any order; may begin before 0.
    pub sleep_h: &'a [(f64, f64)],
    /// Steps hour by hour from the first midnight on; `None` where not known.
    pub steps: &'a [Option<f64>],
    /// Mean light of each tenth of an hour from the first midnight on, lux at the eye or wrist; `None` where not
    /// known, empty without a sensor.
    pub lux: &'a [Option<f64>],
    /// Corrected midpoint of sleep on free days, h: what is left where the record is too short.
    pub msf_sc_h: Option<f64>,
}

/// What the phase was found from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhaseSource {
    /// Measured light drove the clock.
    Light,
    /// Light guessed from sleep and steps drove it.
    Activity,
    /// No clock: the midpoint of sleep on free days.
    Chronotype,
}

/// The phase of a person's clock.
#[derive(Clone, Debug, PartialEq)]
pub struct CircadianPhase {
    /// Dim light melatonin onset, local h, 0..24. Bounds may lie below 0 or above 24.
    pub dlmo_h: Estimate,
    /// Minimum of core body temperature, local h, 0..24; bounds likewise.
    pub cbtmin_h: Estimate,
    /// Amplitude of the clock, 0..=1: low where light comes at all hours. Without an interval.
    pub amplitude: Estimate,
    /// What it was found from; absent where there is no answer.
    pub source: Option<PhaseSource>,
}

/// The phase of the inner clock at the end of a record.
///
/// The clock of Hannay is settled for 14 days on the habitual schedule (the mean light of each time of day),
/// then follows the record. A day is known if its light was measured or if it holds sleep; unknown times take
/// the habitual light. Needs 3 known days, of which one in the last 7; else the answer is the midpoint of
/// sleep on free days less 5.5 h, and without that absent.
///
/// # Source
/// [hannay2019]; how such clocks do against measured melatonin: [huang2021]. The errors are round figures for
/// each source and do not follow the person.
/// # Example
/// ```
/// # use twin_models::health::circadian::{CircadianInput, circadian_phase};
/// let sleep: Vec<(f64, f64)> = (0..14).map(|d| (24.0 * d as f64, 24.0 * d as f64 + 8.0)).collect();
/// let input = CircadianInput { now_h: 14.0 * 24.0, sleep_h: &sleep, ..CircadianInput::default() };
/// let phase = circadian_phase(&input);
/// let dlmo = phase.dlmo_h.value.unwrap();
/// assert!((20.0..24.0).contains(&dlmo)); // some hours before one falls asleep at midnight
/// assert_eq!(circadian_phase(&CircadianInput::default()).dlmo_h.value, None);
/// ```
#[must_use]
pub fn circadian_phase(input: &CircadianInput<'_>) -> CircadianPhase {
    let why = match Record::of(input) {
        Ok(record) => match record.clock() {
            Some(found) => return record.answer(found),
            None => (EstimateStatus::Abstained, "the clock does not turn under this light".into()),
        },
        Err(why) => why,
    };
    let msf_sc_h = input.msf_sc_h.filter(|msf| msf.is_finite() && msf.abs() <= 48.0);
    match msf_sc_h.filter(|_| why.0 != EstimateStatus::OutOfRangeInput) {
        Some(msf) => from_chronotype(msf, why.1),
        None => nothing(why.0, &why.1),
    }
}

/// Light of each step of the record, and how it is known.
struct Record {
    lux: Vec<Option<f64>>,
    measured: usize,
    known_days: usize,
    days: usize,
    steps_known: bool,
}

/// The last temperature minimum, local h, and the amplitude at the end.
struct Found {
    cbtmin_h: f64,
    amplitude: f64,
}

impl Record {
    fn of(input: &CircadianInput<'_>) -> Result<Self, (EstimateStatus, String)> {
        if !(0.0..=24.0 * MAX_DAYS as f64).contains(&input.now_h) {
            let told = format!("a record of 0 to {MAX_DAYS} days is needed");
            return Err((EstimateStatus::OutOfRangeInput, told));
        }
        let steps = (input.now_h / STEP_H).round() as usize;
        let days = steps.div_ceil(DAY);
        let (asleep, slept) = asleep(input.sleep_h, steps, days);
        let mut measured = 0;
        let lux: Vec<Option<f64>> = (0..steps)
            .map(|i| {
                let seen = input.lux.get(i).copied().flatten().filter(|x| x.is_finite() && *x >= 0.0);
                measured += usize::from(seen.is_some());
                seen.map(|x| x.min(MAX_LUX)).or_else(|| {
                    slept.get(i / DAY).copied().unwrap_or(false).then(|| {
                        let walked = input.steps.get(i / 10).copied().flatten().filter(|x| x.is_finite());
                        surrogate_lux(
                            asleep.get(i).copied().unwrap_or(false),
                            (i % DAY) as f64 * STEP_H,
                            walked,
                        )
                    })
                })
            })
            .collect();
        let known: Vec<bool> =
            lux.chunks(DAY).map(|day| 2 * day.iter().filter(|x| x.is_some()).count() >= day.len()).collect();
        let known_days = known.iter().filter(|k| **k).count();
        if known_days < MIN_DAYS {
            let told = format!("{known_days} days with sleep or light, {MIN_DAYS} needed");
            return Err((EstimateStatus::InsufficientData, told));
        }
        let since = known.iter().rev().take_while(|k| !**k).count();
        if since >= STALE_DAYS {
            return Err((
                EstimateStatus::Stale,
                format!("the last {since} days hold neither sleep nor light"),
            ));
        }
        let steps_known = input.steps.iter().flatten().any(|x| x.is_finite());
        Ok(Self { lux, measured, known_days, days, steps_known })
    }

    /// Mean light of each time of day; where none is known, a room from 7 to 23 h. OWN.
    fn habit(&self) -> Vec<f64> {
        (0..DAY)
            .map(|i| {
                let at = self.lux.iter().skip(i).step_by(DAY).flatten();
                let (n, sum) = at.fold((0_u32, 0.0), |(n, sum), x| (n + 1, sum + x));
                let dark = !(70..230).contains(&i);
                let usual = if dark { 0.0 } else { INDOORS_LUX };
                if n > 0 { sum / f64::from(n) } else { usual }
            })
            .collect()
    }

    fn clock(&self) -> Option<Found> {
        let habit = self.habit();
        let settle = habit.iter().copied().cycle().take(SPIN_UP_DAYS * DAY);
        let record = self.lux.iter().zip(habit.iter().cycle()).map(|(lux, habit)| lux.unwrap_or(*habit));
        let mut state = Hannay19::MIDNIGHT;
        let mut last = None;
        for (i, lux) in (0_u32..).zip(settle.chain(record)) {
            let next = state.step(lux, STEP_H);
            if let Some(part) = state.cbtmin_before(&next, STEP_H) {
                last = Some(f64::from(i) * STEP_H + part);
            }
            state = next;
        }
        Some(Found { cbtmin_h: last?.rem_euclid(24.0), amplitude: state.r })
            .filter(|found| found.cbtmin_h.is_finite() && found.amplitude.is_finite())
    }

    fn answer(&self, found: Found) -> CircadianPhase {
        let steps = self.lux.len().max(1) as f64;
        let light = self.measured as f64 / steps >= LIGHT_SHARE;
        let (source, sd) =
            if light { (PhaseSource::Light, SD_LIGHT_H) } else { (PhaseSource::Activity, SD_ACTIVITY_H) };
        let coverage = self.lux.iter().flatten().count() as f64 / steps;
        let mut gaps = Vec::new();
        if !light {
            gaps.push("light was guessed from sleep and the hour".into());
            if !self.steps_known {
                gaps.push("no steps: no time outdoors in the guess".into());
            }
        }
        if self.known_days < self.days {
            gaps.push(format!(
                "{} of {} days have neither sleep nor light",
                self.days - self.known_days,
                self.days
            ));
        }
        let settled = self.known_days >= SETTLED_DAYS;
        if !settled {
            gaps.push(format!("{} known days, {SETTLED_DAYS} settle the clock", self.known_days));
        }
        let status = if light && settled { EstimateStatus::Ok } else { EstimateStatus::Provisional };
        let of = |value: f64, unit: &str| Estimate {
            value: Some(value),
            status,
            confidence: (1.0 - sd / REFERENCE_SD_H) * coverage,
            n_effective: self.known_days as f64,
            coverage,
            ..Estimate::absent(ID, VERSION, unit, EstimateStatus::InsufficientData, gaps.clone())
        };
        let hour = |value: f64| with_error(of(value.rem_euclid(24.0), "h"), sd);
        CircadianPhase {
            dlmo_h: hour(found.cbtmin_h - DLMO_BEFORE_CBTMIN_H),
            cbtmin_h: hour(found.cbtmin_h),
            amplitude: of(found.amplitude, "1"),
            source: Some(source),
        }
    }
}

/// Which steps are asleep, and which days hold sleep.
fn asleep(spans: &[(f64, f64)], steps: usize, days: usize) -> (Vec<bool>, Vec<bool>) {
    let (mut asleep, mut slept) = (vec![false; steps], vec![false; days]);
    for &(start, end) in spans.iter().filter(|(start, end)| end > start && end - start <= 24.0) {
        let place = |h: f64| ((h / STEP_H).round().max(0.0) as usize).min(steps);
        let (from, to) = (place(start), place(end));
        if to > from {
            asleep.iter_mut().take(to).skip(from).for_each(|x| *x = true);
            slept.iter_mut().take(to.div_ceil(DAY)).skip(from / DAY).for_each(|x| *x = true);
        }
    }
    (asleep, slept)
}

fn with_error(estimate: Estimate, sd: f64) -> Estimate {
    let (low, high) = estimate.value.map(|value| interval80(value, sd)).unzip();
    Estimate { low, high, ..estimate }
}

fn from_chronotype(msf_sc_h: f64, why: String) -> CircadianPhase {
    let gaps = vec![why, "only the midpoint of sleep on free days".into()];
    let dlmo = msf_sc_h - DLMO_BEFORE_MSFSC_H;
    let of = |value: f64| {
        let estimate = Estimate {
            value: Some(value.rem_euclid(24.0)),
            status: EstimateStatus::Provisional,
            confidence: 1.0 - SD_CHRONOTYPE_H / REFERENCE_SD_H,
            n_effective: 1.0,
            coverage: 1.0,
            ..Estimate::absent(ID, VERSION, "h", EstimateStatus::InsufficientData, gaps.clone())
        };
        with_error(estimate, SD_CHRONOTYPE_H)
    };
    CircadianPhase {
        dlmo_h: of(dlmo),
        cbtmin_h: of(dlmo + DLMO_BEFORE_CBTMIN_H),
        source: Some(PhaseSource::Chronotype),
        ..nothing(EstimateStatus::InsufficientData, "an amplitude needs sleep or light of days")
    }
}

fn nothing(status: EstimateStatus, why: &str) -> CircadianPhase {
    let absent = |unit| Estimate::absent(ID, VERSION, unit, status, vec![why.into()]);
    CircadianPhase { dlmo_h: absent("h"), cbtmin_h: absent("h"), amplitude: absent("1"), source: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn nights(days: u32, bed_h: f64) -> Vec<(f64, f64)> {
        (0..days).map(|d| (24.0 * f64::from(d) + bed_h, 24.0 * f64::from(d) + bed_h + 8.0)).collect()
    }

    fn of(sleep_h: &[(f64, f64)], days: f64) -> CircadianPhase {
        circadian_phase(&CircadianInput { now_h: 24.0 * days, sleep_h, ..CircadianInput::default() })
    }

    #[test]
    fn a_later_schedule_is_a_later_clock() {
        let early = of(&nights(21, 0.0), 21.0);
        let late = of(&nights(21, 3.0), 21.0);
        let shift = late.cbtmin_h.value.unwrap() - early.cbtmin_h.value.unwrap();
        assert!((shift - 3.0).abs() < 0.1, "{shift}");
        let dlmo = early.dlmo_h.value.unwrap();
        assert!((dlmo + 7.0 - 24.0 - early.cbtmin_h.value.unwrap()).abs() < 1e-9);
        assert_eq!(
            (early.source, early.dlmo_h.status),
            (Some(PhaseSource::Activity), EstimateStatus::Provisional)
        );
        let width = early.dlmo_h.high.unwrap() - early.dlmo_h.low.unwrap();
        assert!((width - 2.0 * 1.2816 * 1.25).abs() < 1e-3);
    }

    #[test]
    fn measured_light_is_trusted_more() {
        let lux: Vec<Option<f64>> =
            (0..DAY * 10).map(|i| Some(if (80..220).contains(&(i % DAY)) { 400.0 } else { 0.0 })).collect();
        let input = CircadianInput { now_h: 240.0, lux: &lux, ..CircadianInput::default() };
        let phase = circadian_phase(&input);
        assert_eq!((phase.source, phase.dlmo_h.status), (Some(PhaseSource::Light), EstimateStatus::Ok));
        assert!((phase.dlmo_h.confidence - 0.625).abs() < 1e-9);
        assert!((0.5..1.0).contains(&phase.amplitude.value.unwrap()));
    }

    #[test]
    fn a_flight_moves_the_clock_by_and_by() {
        // twelve days at home, then sleep six hours later by the old clock
        let mut sleep = nights(12, 0.0);
        sleep.extend((12..20).map(|d| (24.0 * f64::from(d) + 6.0, 24.0 * f64::from(d) + 14.0)));
        let at = |days: f64| of(&sleep[..days as usize], days).cbtmin_h.value.unwrap();
        let (home, soon, later) = (at(12.0), at(14.0), at(20.0));
        assert!(home < soon && soon < later && later - home < 7.0, "{home} {soon} {later}");
    }

    #[test]
    fn too_little_falls_back_or_stays_silent() {
        let two = nights(2, 0.0);
        let input = CircadianInput { now_h: 48.0, sleep_h: &two, ..CircadianInput::default() };
        let silent = circadian_phase(&input);
        assert_eq!(silent.dlmo_h.gaps, ["2 days with sleep or light, 3 needed"]);
        let guess = circadian_phase(&CircadianInput { msf_sc_h: Some(4.0), ..input });
        assert_eq!((guess.dlmo_h.value, guess.source), (Some(22.5), Some(PhaseSource::Chronotype)));
        assert_eq!((guess.cbtmin_h.value, guess.amplitude.value), (Some(5.5), None));
        let old = of(&nights(10, 0.0), 20.0);
        assert_eq!((old.dlmo_h.value, old.dlmo_h.status), (None, EstimateStatus::Stale));
        let holed = of(&nights(10, 0.0), 13.0);
        assert!(holed.dlmo_h.value.is_some() && holed.dlmo_h.coverage < 0.8);
        for now_h in [f64::NAN, -1.0, 1e12] {
            let input = CircadianInput { now_h, msf_sc_h: Some(4.0), ..CircadianInput::default() };
            assert_eq!(circadian_phase(&input).dlmo_h.status, EstimateStatus::OutOfRangeInput);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn no_input_breaks_it(
            now_h in prop_oneof![0.0_f64..300.0, any::<f64>()],
            sleep_h in proptest::collection::vec((any::<f64>(), any::<f64>()), 0..6),
            more in proptest::collection::vec((0.0_f64..300.0, 0.0_f64..12.0), 0..12),
            steps in proptest::collection::vec(any::<Option<f64>>(), 0..300),
            lux in proptest::collection::vec(any::<Option<f64>>(), 0..3000),
            msf_sc_h in any::<Option<f64>>(),
        ) {
            let mut sleep_h = sleep_h;
            sleep_h.extend(more.iter().map(|(start, length)| (*start, start + length)));
            let input = CircadianInput { now_h, sleep_h: &sleep_h, steps: &steps, lux: &lux, msf_sc_h };
            let phase = circadian_phase(&input);
            for e in [phase.dlmo_h, phase.cbtmin_h, phase.amplitude] {
                prop_assert!(e.value.is_none_or(|v| (0.0..=24.0).contains(&v)));
                prop_assert!(e.value.is_some() || !e.gaps.is_empty());
                prop_assert!((0.0..=1.0).contains(&e.confidence) && (0.0..=1.0).contains(&e.coverage));
            }
        }
    }
}
