//! Sleepiness and fatigue at this moment.

use super::phase::PhasePosterior;
use super::schedule::{Schedule, UsualDay};
use super::unified::{Personal, Pressure};
use super::{Habit, Point, Sleep, three_process, unified, walk};
use crate::noise::Noise;
use crate::stats::quantile;
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};

/// Id of the model.
pub const ID: &str = "alertness";
/// Its version.
pub const VERSION: &str = "1";
/// Draws behind an interval.
pub const DRAWS: u64 = 100;
/// Spread of when one really fell asleep or woke, h.
pub const TIMING_SD_H: f64 = 0.25;
/// Spread of the amplitude of the clock between people, as a share.
pub const AMPLITUDE_SD: f64 = 0.15;
/// Spread of sleepiness between people in the same state, points of the scale. OWN.
pub const RATING_SD: f64 = 1.0;

/// When the person slept; hours of a clock whose 0 is the local midnight of today.
#[derive(Clone, Copy, Debug, Default)]
pub struct AlertnessInput<'a> {
    /// Now, h; 0..24 on most days, later for who is still up.
    pub now_h: f64,
    /// Sleeps and naps of the last 14 days.
    pub slept: &'a [Sleep],
    /// The usual night, where it is known better than from `slept`.
    pub habit: Option<Habit>,
    /// Mid-sleep on free days, corrected for sleeping in, h.
    pub msf_sc_h: Option<f64>,
    /// Seed of the draws.
    pub seed: u64,
}

/// How sleepy and how tired.
#[derive(Clone, Debug, PartialEq)]
pub struct Alertness {
    /// Karolinska sleepiness 1..=9 of the three-process model, unit `{score}`; 7 and above is sleepy.
    pub sleepiness: Estimate,
    /// Fatigue of the unified model with inertia, unit `{fatigue}`; higher is more tired, no fixed ends.
    pub fatigue: Estimate,
}

/// Sleepiness and fatigue now, beside those of the person's usual day at this time.
///
/// A night that is not known is taken as usual, which doubles the interval and makes the answer provisional;
/// without any habit the night of people in general (23–07) is taken.
///
/// ```
/// # use twin_models::health::alertness::now::{AlertnessInput, alertness};
/// let nights: Vec<_> = (-13..=0).map(|d| (24.0 * f64::from(d) - 1.0, 24.0 * f64::from(d) + 7.0)).collect();
/// let at = |now_h| alertness(&AlertnessInput { now_h, slept: &nights, ..Default::default() });
/// let (noon, night) = (at(12.0), at(26.0));
/// assert!(night.sleepiness.value.unwrap() > noon.sleepiness.value.unwrap() + 2.0);
/// assert!(noon.fatigue.contributions.iter().map(|c| c.amount).sum::<f64>().abs() < 0.1);
/// ```
#[must_use]
pub fn alertness(input: &AlertnessInput<'_>) -> Alertness {
    let now = input.now_h;
    if !(0.0..=48.0).contains(&now) {
        let out = |unit| {
            let gap = "the time of day is not within 0 to 48 h".to_owned();
            Estimate::absent(ID, VERSION, unit, EstimateStatus::OutOfRangeInput, vec![gap])
        };
        return Alertness { sleepiness: out("{score}"), fatigue: out("{fatigue}") };
    }
    let schedule = Schedule::new(now, 1.0, input.slept, &[], input.habit);
    let belief = PhasePosterior::new(input.msf_sc_h);
    let usual = UsualDay::of(&schedule.habit);
    let habitual = schedule.usual_sleeps(now);
    let at = |sleeps: &[Sleep], later_h: f64, amplitude: f64| {
        let person = Personal { amplitude, later_h };
        Parts {
            three: last(walk(
                three_process::ON_WAKING,
                usual.start.0,
                sleeps,
                &[now],
                three_process::awake,
                three_process::asleep,
            )),
            one: last(walk(usual.start.1, usual.start.0, sleeps, &[now], unified::awake, unified::asleep)),
            clock_h: now - later_h,
            clock: unified::circadian(now - later_h) * person.amplitude,
        }
    };
    let centre = at(&schedule.sleeps, belief.mean_h(), unified::AMPLITUDE);
    let base = at(&habitual, 0.0, unified::AMPLITUDE);
    let draws: Vec<Parts> = (0..DRAWS)
        .map(|i| {
            let mut noise = Noise::of(input.seed, [i, 0, 0]);
            let later_h = belief.draw(&mut noise);
            let amplitude = unified::AMPLITUDE * (1.0 + AMPLITUDE_SD * noise.normal()).max(0.1);
            at(&moved(&schedule.sleeps, now, &mut noise), later_h, amplitude)
        })
        .collect();
    let context = Context { schedule: &schedule, now_h: now };
    let mut sleepiness = context.estimate(
        "{score}",
        (&centre, &base, &draws),
        |p| p.three_parts().map(|x| -0.6 * x),
        |parts| 10.6 + parts.iter().sum::<f64>(),
        RATING_SD,
    );
    clamp(&mut sleepiness);
    let fatigue = context.estimate(
        "{fatigue}",
        (&centre, &base, &draws),
        |p| [p.one.0.s, p.clock, 0.0, p.one.1.map_or(0.0, unified::inertia)],
        |parts| parts.iter().sum(),
        0.0,
    );
    Alertness { sleepiness, fatigue }
}

/// The parts that make both numbers at one time.
struct Parts {
    three: (f64, Option<f64>),
    one: (Pressure, Option<f64>),
    clock_h: f64,
    clock: f64,
}

impl Parts {
    fn three_parts(&self) -> [f64; 4] {
        use three_process::{circadian, inertia, ultradian};
        [self.three.0, circadian(self.clock_h), ultradian(self.clock_h), self.three.1.map_or(0.0, inertia)]
    }
}

fn last<S: Copy + Default>(path: Vec<Point<S>>) -> (S, Option<f64>) {
    path.last().map_or((S::default(), None), |p| (p.state, p.awake_h))
}

/// The sleeps as they may really have been.
pub(crate) fn moved(sleeps: &[Sleep], now_h: f64, noise: &mut Noise) -> Vec<Sleep> {
    let mut move_by = |t: f64| t + TIMING_SD_H * noise.normal();
    sleeps
        .iter()
        .map(|&(onset, wake)| {
            let (onset_moved, wake_moved) = (move_by(onset), move_by(wake));
            // who is awake now was not drawn asleep
            if wake <= now_h {
                (onset_moved, wake_moved.min(now_h))
            } else {
                (onset_moved.max(now_h.min(onset)), wake_moved)
            }
        })
        .collect()
}

struct Context<'a> {
    schedule: &'a Schedule,
    now_h: f64,
}

impl Context<'_> {
    fn estimate(
        &self,
        unit: &str,
        (centre, base, draws): (&Parts, &Parts, &[Parts]),
        parts: impl Fn(&Parts) -> [f64; 4],
        total: impl Fn(&[f64]) -> f64,
        extra_sd: f64,
    ) -> Estimate {
        let (here, usual) = (parts(centre), parts(base));
        let value = total(&here);
        let wide = if self.schedule.last_night_known { 1.0 } else { 2.0 };
        let mut drawn: Vec<f64> = draws.iter().map(|d| value + wide * (total(&parts(d)) - value)).collect();
        let end = |q: f64, values: &mut [f64]| quantile(values, q).unwrap_or(value) - value;
        let extra = crate::stats::Z80 * extra_sd;
        let low = value - end(0.1, &mut drawn).min(0.0).hypot(extra);
        let high = value + end(0.9, &mut drawn).max(0.0).hypot(extra);
        let mut out = self.schedule.estimate(ID, VERSION, unit, self.now_h);
        (out.value, out.low, out.high) = (Some(value), Some(low), Some(high));
        let names = ["sleep_pressure", "time_of_day", "dip_after_noon", "just_awake"];
        out.contributions = names
            .iter()
            .zip(here.iter().zip(usual))
            .filter(|(_, (now, usual))| (*now - usual).abs() > 1e-12)
            .map(|(name, (now, usual))| Contribution {
                feature: (*name).into(),
                amount: now - usual,
                baseline: Some(usual),
                now: Some(*now),
                unit: unit.into(),
            })
            .collect();
        out.confidence *= (1.0 - (high - low) / SPREAD).max(0.0);
        out
    }
}

/// Width of the interval at which nothing is known, in points: four of five answers of a day. OWN.
const SPREAD: f64 = 7.0;

/// The scale ends at 1 and 9; what is cut off is told as a part.
fn clamp(estimate: &mut Estimate) {
    let cut = |x: f64| x.clamp(1.0, 9.0);
    if let Some(value) = estimate.value.filter(|v| cut(*v) != *v) {
        estimate.contributions.push(Contribution {
            feature: "end_of_scale".into(),
            amount: cut(value) - value,
            baseline: None,
            now: None,
            unit: estimate.unit.clone(),
        });
    }
    estimate.value = estimate.value.map(cut);
    estimate.low = estimate.low.map(cut);
    estimate.high = estimate.high.map(cut);
}

impl Schedule {
    /// The habit kept every night up to now.
    fn usual_sleeps(&self, now_h: f64) -> Vec<Sleep> {
        let today = self.habit.day_of(now_h);
        (-super::schedule::LOOK_BACK_DAYS..=today)
            .map(|day| self.habit.night(day))
            .map(|(onset, wake)| (onset, wake.min(now_h)))
            .filter(|(onset, wake)| wake > onset)
            .collect()
    }

    /// What the knowledge of sleep says about any estimate of this moment; its value is to be set.
    pub(crate) fn estimate(&self, model: &str, version: &str, unit: &str, now_h: f64) -> Estimate {
        let mut gaps = Vec::new();
        if !self.own_habit {
            gaps.push("no sleep history; the night of people in general (23 to 7 h) is assumed".into());
        }
        if !self.last_night_known {
            gaps.push("last night is not known; the usual night is assumed".into());
        } else if self.known_nights < 7 {
            gaps.push(format!("{} of the last 7 nights known", self.known_nights));
        }
        let sure = self.own_habit && self.last_night_known;
        let status = if sure { EstimateStatus::Ok } else { EstimateStatus::Provisional };
        let coverage = self.known_nights as f64 / 7.0;
        // sleep of the night before an ordinary day is as new as it can be
        let old_h = self.last_wake_h.map_or(f64::INFINITY, |wake| (now_h - wake - 16.0).max(0.0));
        let mut out = Estimate::absent(model, version, unit, status, gaps);
        out.kind = EstimateKind::Index;
        out.coverage = coverage;
        out.confidence = coverage * 0.5_f64.powf(old_h / 24.0);
        out.n_effective = self.known_nights as f64;
        out.prior_share = if self.own_habit { 1.0 - coverage } else { 1.0 };
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn nights(hours: f64) -> Vec<Sleep> {
        (-13..=0).map(|d| (24.0 * f64::from(d) + 7.0 - hours, 24.0 * f64::from(d) + 7.0)).collect()
    }

    #[test]
    fn a_lost_night_is_told_as_sleep_pressure() {
        let mut slept = nights(8.0);
        slept.pop();
        slept.push((5.5, 7.0));
        let short = alertness(&AlertnessInput { now_h: 12.0, slept: &slept, ..Default::default() });
        let first = short.fatigue.contributions.first().unwrap();
        assert_eq!(first.feature, "sleep_pressure");
        assert!(first.amount > 2.0 && short.sleepiness.value > Some(5.0), "{short:?}");
        assert_eq!(short.fatigue.status, EstimateStatus::Ok);
        for e in [&short.fatigue, &short.sleepiness] {
            let usual = alertness(&AlertnessInput { now_h: 12.0, slept: &nights(8.0), ..Default::default() });
            let usual = if e.unit == "{score}" { usual.sleepiness } else { usual.fatigue };
            let parts: f64 = e.contributions.iter().map(|c| c.amount).sum();
            assert!((e.value.unwrap() - usual.value.unwrap() - parts).abs() < 0.1, "{e:?}");
        }
    }

    #[test]
    fn an_unknown_night_widens_and_is_said() {
        let mut slept = nights(8.0);
        let known = alertness(&AlertnessInput { now_h: 12.0, slept: &slept, ..Default::default() }).fatigue;
        slept.pop();
        let unknown = alertness(&AlertnessInput { now_h: 12.0, slept: &slept, ..Default::default() }).fatigue;
        let width = |e: &Estimate| e.high.unwrap() - e.low.unwrap();
        assert!(width(&unknown) > 1.5 * width(&known));
        assert_eq!(unknown.status, EstimateStatus::Provisional);
        assert!(unknown.confidence < known.confidence && !unknown.gaps.is_empty());
        let nobody = alertness(&AlertnessInput { now_h: 12.0, ..Default::default() }).fatigue;
        assert_eq!((nobody.status, nobody.prior_share), (EstimateStatus::Provisional, 1.0));
    }

    proptest! {
        #[test]
        fn any_input_gives_numbers_or_none(now_h in prop_oneof![-5.0..60.0, Just(f64::NAN)], sleeps in prop::collection::vec((-400.0..60.0, -400.0..60.0), 0..9)) {
            let out = alertness(&AlertnessInput { now_h, slept: &sleeps, ..Default::default() });
            for e in [&out.sleepiness, &out.fatigue] {
                prop_assert_eq!(e.value.is_some(), (0.0..=48.0).contains(&now_h));
                prop_assert!(e.value.is_none_or(|v| v.is_finite() && e.low.unwrap() <= v && v <= e.high.unwrap()));
                prop_assert!((0.0..=1.0).contains(&e.confidence));
            }
        }
    }
}
