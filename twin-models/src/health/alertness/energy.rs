//! The energy curve of the coming day or two, on the person's own scale.
//!
//! Alertness of the unified model is compared with the person's usual day; readiness, training load, stress,
//! coffee and the dip after noon are added, answers of the person move it, and 50 is the usual level.

use super::corrections::{AcuteStress, Corrections, Weights};
use super::now::{AMPLITUDE_SD, DRAWS, moved};
use super::peaks::{Curve, PeakWindow, peaks};
use super::phase::{PRIOR_SD_H, PhasePoint, PhasePosterior};
use super::schedule::{Schedule, UsualDay, alertness};
use super::unified::{self, Personal};
use super::{Habit, Sleep, walk};
use crate::noise::Noise;
use crate::stats::{quantile, sd};
use twin_core::estimate::{Contribution, Estimate, EstimateStatus};
use twin_core::sort::OrderBy;

/// Id of the model.
pub const ID: &str = "energy_curve";
/// Its version.
pub const VERSION: &str = "1";
/// Length of a slot, min.
pub const SLOT_MIN: u32 = 15;
/// Days within which answers count.
const ANSWER_DAYS: f64 = 13.0;
const HOURS_PER_SLOT: f64 = SLOT_MIN as f64 / 60.0;

/// How the person said they felt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EnergyAnswer {
    /// When, h.
    pub at_h: f64,
    /// Energy 0..=100, 50 is usual.
    pub level: f64,
}

/// What the curve is drawn from; hours of a clock whose 0 is the local midnight of today.
#[derive(Clone, Copy, Debug, Default)]
pub struct EnergyInput<'a> {
    /// Now, h; 0..24 on most days, later for who is still up.
    pub now_h: f64,
    /// How far to look ahead, h, 1..=48.
    pub horizon_h: f64,
    /// Sleeps and naps of the last 14 days.
    pub slept: &'a [Sleep],
    /// Sleeps to come that differ from the habit.
    pub planned: &'a [Sleep],
    /// The usual night, where it is known better than from `slept`.
    pub habit: Option<Habit>,
    /// Mid-sleep on free days, corrected for sleeping in, h.
    pub msf_sc_h: Option<f64>,
    /// Answers of the last days, in time order.
    pub answers: &'a [EnergyAnswer],
    /// Readiness of today, z. It counts until the next sleep.
    pub readiness_z: Option<f64>,
    /// Training load of the last 7 days (ATL), z.
    pub load_z: Option<f64>,
    /// The last episode of stress.
    pub stress: Option<AcuteStress>,
    /// Caffeine: when, h, and mg.
    pub caffeine: &'a [(f64, f64)],
    /// Weights; the default where nothing better was learnt.
    pub weights: Weights,
    /// Seed of the draws.
    pub seed: u64,
}

/// One slot of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EnergySlot {
    /// Minutes from now.
    pub offset_min: u32,
    /// Expected to be asleep; then there is no energy to speak of.
    pub asleep: bool,
    /// Energy 0..=100, 50 is the usual level.
    pub value: Option<f64>,
    /// Low end of the 80 % interval.
    pub low: Option<f64>,
    /// High end of the 80 % interval.
    pub high: Option<f64>,
}

/// The curve.
#[derive(Clone, Debug, PartialEq)]
pub struct EnergyCurve {
    /// Energy now, unit `{score}`, with its reasons; they add up to value − 50.
    pub now: Estimate,
    /// Slots of 15 minutes from now on.
    pub slots: Vec<EnergySlot>,
    /// When the person is at their best, best first within each day; empty where the day is flat.
    pub peaks: Vec<PeakWindow>,
    /// By how many hours the person's clock is late, and how sure that is.
    pub later_h: (f64, f64),
    /// As of `now`.
    pub status: EstimateStatus,
    /// What was missing.
    pub gaps: Vec<String>,
}

/// Energy (0..=100) of a distance from the usual level in usual spreads, `50 + 50 tanh(z/1.5)`.
///
/// ```
/// # use twin_models::health::alertness::energy::{score, spreads};
/// assert_eq!(score(0.0), 50.0);
/// assert!((score(1.0) - 79.13).abs() < 0.01);
/// assert!((spreads(score(-0.7)) + 0.7).abs() < 1e-9);
/// ```
#[must_use]
pub fn score(z: f64) -> f64 {
    50.0 + 50.0 * (z / 1.5).tanh()
}

/// The inverse of [`score`]; scores beyond 2..=98 count as these.
#[must_use]
pub fn spreads(score: f64) -> f64 {
    1.5 * ((score.clamp(2.0, 98.0) - 50.0) / 50.0).atanh()
}

/// The energy curve from now on.
///
/// A night that is not known is taken as usual and doubles the intervals; without any habit the night of
/// people in general (23–07) is taken, provisional. Nights to come follow `planned`, else the habit.
///
/// ```
/// # use twin_models::health::alertness::energy::{EnergyInput, energy_curve};
/// let nights: Vec<_> = (-13..=0).map(|d| (24.0 * f64::from(d) - 1.0, 24.0 * f64::from(d) + 7.0)).collect();
/// let curve = energy_curve(&EnergyInput { now_h: 8.0, horizon_h: 24.0, slept: &nights, ..Default::default() });
/// assert_eq!(curve.slots.len(), 97);
/// let at = |hour: usize| curve.slots[(hour - 8) * 4].value;
/// assert!(at(11) > at(22) && at(26).is_none());
/// ```
#[must_use]
pub fn energy_curve(input: &EnergyInput<'_>) -> EnergyCurve {
    let now = input.now_h;
    if !(0.0..=48.0).contains(&now) || !(1.0..=48.0).contains(&input.horizon_h) {
        return nothing("the time of day is not within 0 to 48 h or the horizon not within 1 to 48 h");
    }
    let schedule = Schedule::new(now, input.horizon_h, input.slept, input.planned, input.habit);
    let usual = UsualDay::of(&schedule.habit);
    let corrections = Corrections::new(input, &usual, &schedule);
    let belief = learnt(input, &schedule, &usual, &corrections);
    let clock = Clock::new(&schedule, now, input.horizon_h);
    let curve_of = |sleeps: &[Sleep], point: &PhasePoint, amplitude: f64| {
        let person = Personal { amplitude, later_h: point.later_h };
        let scale = usual.scale(&person);
        let path = walk(usual.start.1, usual.start.0, sleeps, &clock.times, unified::awake, unified::asleep);
        let z = clock.times.iter().zip(&path).map(|(t, p)| {
            let own = (alertness(p.state.s, *t, p.awake_h?, &person) - scale.0) / scale.1;
            Some(point.offset + point.slope * (own + corrections.at(*t)))
        });
        z.collect::<Vec<Option<f64>>>()
    };
    let expected = belief.expected();
    let centre = curve_of(&schedule.sleeps, &expected, unified::AMPLITUDE);
    let wide = if schedule.last_night_known { 1.0 } else { 2.0 };
    let draws: Vec<Vec<Option<f64>>> = (0..DRAWS)
        .map(|i| {
            let mut noise = Noise::of(input.seed, [i, 0, 0]);
            let point = PhasePoint { later_h: belief.draw(&mut noise), ..expected };
            let amplitude = unified::AMPLITUDE * (1.0 + AMPLITUDE_SD * noise.normal()).max(0.1);
            let drawn = curve_of(&moved(&schedule.sleeps, now, &mut noise), &point, amplitude);
            let apart = |(c, d): (&Option<f64>, Option<f64>)| c.zip(d).map(|(c, d)| c + wide * (d - c));
            centre.iter().zip(drawn).map(apart).collect()
        })
        .collect();
    let slots = clock.slots(&centre, &draws);
    let estimate = now_estimate(input, &schedule, &usual, &corrections, &belief, &slots, clock.now, &draws);
    EnergyCurve {
        peaks: peaks(&Curve { days: &clock.days, from_now: clock.now, centre: &centre, draws: &draws }),
        later_h: (belief.mean_h(), belief.sd_h()),
        status: estimate.status,
        gaps: estimate.gaps.clone(),
        slots,
        now: estimate,
    }
}

/// The grid of slots: from the beginning of today's waking to the horizon.
struct Clock {
    times: Vec<f64>,
    /// Day of each slot.
    days: Vec<i32>,
    /// Index of now.
    now: usize,
}

impl Clock {
    fn new(schedule: &Schedule, now: f64, horizon_h: f64) -> Self {
        let today = schedule.habit.day_of(now);
        let mut back = 0_u32;
        while back < 96 && schedule.habit.day_of(now - f64::from(back + 1) * HOURS_PER_SLOT) == today {
            back += 1;
        }
        let ahead = (horizon_h / HOURS_PER_SLOT).floor() as u32;
        let times: Vec<f64> =
            (0..=back + ahead).map(|i| now + (f64::from(i) - f64::from(back)) * HOURS_PER_SLOT).collect();
        let days = times.iter().map(|t| schedule.habit.day_of(*t)).collect();
        Self { times, days, now: back as usize }
    }

    fn slots(&self, centre: &[Option<f64>], draws: &[Vec<Option<f64>>]) -> Vec<EnergySlot> {
        (0_u32..)
            .zip(centre.iter().enumerate().skip(self.now))
            .map(|(i, (at, z))| {
                let value = z.map(score);
                let mut drawn: Vec<f64> =
                    draws.iter().filter_map(|d| d.get(at).copied().flatten()).map(score).collect();
                let mut end = |q: f64| quantile(&mut drawn, q).or(value);
                let (low, high) = (end(0.1), end(0.9));
                EnergySlot {
                    offset_min: i * SLOT_MIN,
                    asleep: value.is_none(),
                    value,
                    low: value.zip(low).map(|(v, l)| v.min(l)),
                    high: value.zip(high).map(|(v, h)| v.max(h)),
                }
            })
            .collect()
    }
}

/// The phase of the clock and the way of answering, learnt from the answers.
fn learnt(
    input: &EnergyInput<'_>,
    schedule: &Schedule,
    usual: &UsualDay,
    corrections: &Corrections<'_>,
) -> PhasePosterior {
    let mut belief = PhasePosterior::new(input.msf_sc_h);
    let recent = |a: &&EnergyAnswer| {
        a.level.is_finite() && (input.now_h - 24.0 * ANSWER_DAYS..=input.now_h).contains(&a.at_h)
    };
    let mut answers: Vec<&EnergyAnswer> = input.answers.iter().filter(recent).collect();
    answers.order_by(|a, b| a.at_h.total_cmp(&b.at_h));
    let times: Vec<f64> = answers.iter().map(|a| a.at_h).collect();
    let path = walk(usual.start.1, usual.start.0, &schedule.sleeps, &times, unified::awake, unified::asleep);
    let mut before = times.first().copied().unwrap_or(input.now_h);
    for (answer, point) in answers.iter().zip(path) {
        // who answers is awake, whatever the schedule says
        let (t, awake_h) = (answer.at_h, point.awake_h.unwrap_or(1.0));
        belief.drift((t - before) / 24.0);
        before = t;
        belief.update(spreads(answer.level), |later_h| {
            let person = Personal { later_h, ..Personal::default() };
            let scale = usual.scale(&person);
            (alertness(point.state.s, t, awake_h, &person) - scale.0) / scale.1 + corrections.at(t)
        });
    }
    belief.drift((input.now_h - before) / 24.0);
    belief
}

#[expect(clippy::too_many_arguments, reason = "the parts of one curve, told as one estimate")]
fn now_estimate(
    input: &EnergyInput<'_>,
    schedule: &Schedule,
    usual: &UsualDay,
    corrections: &Corrections<'_>,
    belief: &PhasePosterior,
    slots: &[EnergySlot],
    now: usize,
    draws: &[Vec<Option<f64>>],
) -> Estimate {
    let mut out = schedule.estimate(ID, VERSION, "{score}", input.now_h);
    let Some(slot) = slots.first().filter(|s| s.value.is_some()) else { return out };
    (out.value, out.low, out.high) = (slot.value, slot.low, slot.high);
    let spread = sd(&draws.iter().filter_map(|d| d.get(now).copied().flatten()).collect::<Vec<_>>());
    // the usual day has a spread of 1 by construction
    out.confidence *= (1.0 - spread.unwrap_or(0.0)).clamp(0.0, 1.0);
    out.n_effective += input.answers.len() as f64;
    let learnt = (belief.sd_h() / PRIOR_SD_H).powi(2).clamp(0.0, 1.0);
    out.prior_share = out.prior_share.max(0.5 * learnt);
    let person = belief.expected();
    let own = Personal { later_h: person.later_h, ..Personal::default() };
    let (level, scale) = usual.scale(&own);
    let path =
        walk(usual.start.1, usual.start.0, &schedule.sleeps, &[input.now_h], unified::awake, unified::asleep);
    let Some((s, awake_h)) = path.first().and_then(|p| Some((p.state.s, p.awake_h?))) else { return out };
    // the usual course of the day first, then what differs from it
    let (usual_s, usual_h) = usual.at(input.now_h);
    let inertia = unified::inertia(awake_h) - unified::inertia(usual_h);
    let mut parts = vec![
        ("time_of_day", (alertness(usual_s, input.now_h, usual_h, &own) - level) / scale),
        ("sleep", (usual_s - s) / scale),
        ("just_awake", -inertia / scale),
    ];
    parts.extend(corrections.parts(input.now_h));
    let plain: f64 = parts.iter().map(|(_, z)| z).sum();
    parts.push(("own_answers", person.offset + (person.slope - 1.0) * plain));
    let z: f64 = parts.iter().map(|(_, z)| z).sum();
    // the scale bends; each part gets its share of the way from 50
    let per_z = if z.abs() > 1e-9 { (score(z) - 50.0) / z } else { 50.0 / 1.5 };
    let told = parts.into_iter().filter(|(_, z)| *z != 0.0);
    out.contributions = told
        .map(|(name, z)| Contribution {
            feature: name.into(),
            amount: z * per_z,
            baseline: Some(0.0),
            now: Some(z),
            unit: "1".into(),
        })
        .collect();
    out
}

fn nothing(why: &str) -> EnergyCurve {
    let status = EstimateStatus::OutOfRangeInput;
    let gaps = vec![why.to_owned()];
    let now = Estimate::absent(ID, VERSION, "{score}", status, gaps.clone());
    EnergyCurve {
        now,
        slots: Vec::new(),
        peaks: Vec::new(),
        later_h: (0.0, PRIOR_SD_H),
        status: EstimateStatus::OutOfRangeInput,
        gaps,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn nights(last_h: f64) -> Vec<Sleep> {
        (-13..=0)
            .map(|d| {
                (24.0 * f64::from(d) + 7.0 - if d == 0 { last_h } else { 8.0 }, 24.0 * f64::from(d) + 7.0)
            })
            .collect()
    }

    fn at(input: &EnergyInput<'_>, hour: f64) -> f64 {
        let slot = ((hour - input.now_h) / HOURS_PER_SLOT) as usize;
        energy_curve(input).slots[slot].value.unwrap()
    }

    #[test]
    fn parts_add_up_to_the_distance_from_50() {
        let slept = nights(4.0);
        let input = EnergyInput {
            now_h: 14.0,
            horizon_h: 24.0,
            slept: &slept,
            readiness_z: Some(-1.0),
            load_z: Some(1.0),
            stress: Some(AcuteStress { at_h: 13.0, z: 2.0 }),
            caffeine: &[(9.0, 100.0)],
            answers: &[EnergyAnswer { at_h: 10.0, level: 40.0 }],
            ..Default::default()
        };
        let now = energy_curve(&input).now;
        let sum: f64 = now.contributions.iter().map(|c| c.amount).sum();
        assert!((now.value.unwrap() - 50.0 - sum).abs() < 1e-9, "{now:?}");
        assert_eq!(now.contributions.len(), 8, "{now:?}");
        let slept = now.contributions.iter().find(|c| c.feature == "sleep").unwrap();
        assert!(slept.amount < -5.0 && now.contributions.iter().all(|c| c.amount.abs() < 50.0), "{now:?}");
        assert!(now.low < now.value && now.value < now.high);
    }

    #[test]
    fn each_cause_moves_energy_its_way() {
        let (full, short) = (nights(8.0), nights(3.0));
        let plain = EnergyInput { now_h: 9.0, horizon_h: 30.0, slept: &full, ..Default::default() };
        let usual = at(&plain, 15.0);
        assert!(at(&EnergyInput { slept: &short, ..plain }, 15.0) < usual - 5.0);
        assert!(at(&EnergyInput { readiness_z: Some(1.0), ..plain }, 15.0) > usual + 1.0);
        assert!(at(&EnergyInput { load_z: Some(1.0), ..plain }, 15.0) < usual - 1.0);
        assert!(at(&EnergyInput { caffeine: &[(14.0, 120.0)], ..plain }, 15.0) > usual + 1.0);
        let stress = Some(AcuteStress { at_h: 9.0, z: 2.0 });
        let (soon, later) =
            (at(&EnergyInput { stress, ..plain }, 9.0), at(&EnergyInput { stress, ..plain }, 21.0));
        assert!(soon < at(&plain, 9.0) - 5.0 && (later - at(&plain, 21.0)).abs() < 1.0);
        let nap = [(13.0, 14.0)];
        assert!(at(&EnergyInput { planned: &nap, ..plain }, 18.0) > at(&plain, 18.0));
        // readiness of today says nothing of tomorrow
        let tomorrow = at(&EnergyInput { readiness_z: Some(1.0), ..plain }, 35.0);
        assert!((tomorrow - at(&plain, 35.0)).abs() < 1e-9);
    }

    #[test]
    fn a_late_type_peaks_later_and_says_so() {
        let slept = nights(8.0);
        let plain = EnergyInput { now_h: 8.0, horizon_h: 24.0, slept: &slept, ..Default::default() };
        let (early, late) = (
            energy_curve(&EnergyInput { msf_sc_h: Some(2.5), ..plain }),
            energy_curve(&EnergyInput { msf_sc_h: Some(6.5), ..plain }),
        );
        assert!(late.later_h.0 > early.later_h.0 + 2.0);
        let middle = |c: &EnergyCurve| c.peaks.first().map(|p| p.start_min + p.end_min);
        assert!(middle(&late) > middle(&early), "{:?} {:?}", late.peaks, early.peaks);
    }

    #[test]
    fn an_unknown_night_doubles_the_interval() {
        let mut slept = nights(8.0);
        let width = |slept: &[Sleep]| {
            let curve =
                energy_curve(&EnergyInput { now_h: 15.0, horizon_h: 4.0, slept, ..Default::default() });
            (curve.now.high.unwrap() - curve.now.low.unwrap(), curve.status)
        };
        let known = width(&slept);
        slept.pop();
        let unknown = width(&slept);
        assert!(unknown.0 > 1.5 * known.0, "{known:?} {unknown:?}");
        assert_eq!((known.1, unknown.1), (EstimateStatus::Ok, EstimateStatus::Provisional));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_input_gives_numbers_or_none(
            now_h in prop_oneof![-5.0..60.0, Just(f64::NAN)],
            horizon_h in prop_oneof![0.0..60.0, Just(f64::INFINITY)],
            slept in prop::collection::vec((-400.0..60.0, -400.0..60.0), 0..9),
            odd in prop_oneof![Just(f64::NAN), Just(f64::INFINITY), -1e9..1e9],
        ) {
            let curve = energy_curve(&EnergyInput {
                now_h, horizon_h, slept: &slept, planned: &slept, msf_sc_h: Some(odd), readiness_z: Some(odd),
                stress: Some(AcuteStress { at_h: 8.0, z: odd }), caffeine: &[(odd, 80.0), (8.0, odd)],
                answers: &[EnergyAnswer { at_h: 7.0, level: odd }, EnergyAnswer { at_h: odd, level: 50.0 }],
                ..Default::default()
            });
            let possible = (0.0..=48.0).contains(&now_h) && (1.0..=48.0).contains(&horizon_h);
            prop_assert_eq!(curve.slots.is_empty(), !possible);
            for slot in &curve.slots {
                prop_assert_eq!(slot.asleep, slot.value.is_none());
                prop_assert!(slot.value.is_none_or(|v| (0.0..=100.0).contains(&v)
                    && slot.low.unwrap() <= v && v <= slot.high.unwrap()));
            }
        }
    }
}
