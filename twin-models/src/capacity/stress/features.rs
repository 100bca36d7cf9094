//! What is looked at, each against the person's own days.

use crate::health::answer::finite;

/// Number of features.
pub const FEATURES: usize = 11;
/// Days before a day that say what is usual.
pub const BASELINE_DAYS: usize = 90;
/// Values of a feature that they must hold.
pub const MIN_BASELINE: usize = 14;
/// z are cut here.
pub const LARGEST_Z: f64 = 3.0;
/// Hours after a workout in which heart rate and its variability say nothing of stress.
pub const EXERCISE_MASK_H: f64 = 2.0;
/// Values that the spread of people in general is worth. OWN.
const SPREAD_WORTH: f64 = 5.0;

/// One day; `None` where not known.
///
/// Physiological values must come from times outside workouts and the [`EXERCISE_MASK_H`] after them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StressDay {
    /// ln RMSSD.
    pub lnrmssd: Option<f64>,
    /// Resting heart rate, 1/min.
    pub resting_hr: Option<f64>,
    /// Sleep debt, h.
    pub sleep_debt_h: Option<f64>,
    /// Cognitive load, 0..=100.
    pub cognitive_load: Option<f64>,
    /// Share of work outside working hours, 0..=1.
    pub after_hours_share: Option<f64>,
    /// Mood, 1..=5, higher is better.
    pub mood: Option<f64>,
    /// Tone of own texts, −1..=1, where the person consented.
    pub text_affect: Option<f64>,
    /// Perceived stress as a share of the scale, 0..=1: PSS-10 by 40 or PSS-4 by 16.
    pub perceived_stress: Option<f64>,
    /// Hours of open work due within 3 days by the hours there are for it.
    pub deadline_pressure: Option<f64>,
    /// People who joined or left the team within 14 days, as a share of it, 0..=1.
    pub team_changes: Option<f64>,
    /// Hours of stress that the body showed.
    pub detected_stress_h: Option<f64>,
    /// Whether the person said that the day was one of high stress.
    pub high_stress: Option<bool>,
}

/// Names, mean log-odds of one usual spread, and the spread in people in general. All OWN: signs follow the
/// literature, sizes are weak priors.
pub(super) const TABLE: [(&str, f64, f64); FEATURES] = [
    ("heart rate variability", -0.2, 0.3),
    ("resting heart rate", 0.15, 3.0),
    ("sleep debt", 0.2, 2.0),
    ("cognitive load", 0.3, 15.0),
    ("work after hours", 0.2, 0.1),
    ("mood", -0.4, 0.7),
    ("tone of texts", -0.15, 0.3),
    ("perceived stress", 0.5, 0.12),
    ("deadline pressure", 0.25, 0.4),
    ("changes of the team", 0.1, 0.1),
    ("stress seen in the body", 0.25, 1.0),
];

/// A day's distances from the usual, in the order of the table.
pub(super) type Zs = [Option<f64>; FEATURES];

impl StressDay {
    pub(super) fn values(&self) -> [Option<f64>; FEATURES] {
        [
            self.lnrmssd,
            self.resting_hr,
            self.sleep_debt_h,
            self.cognitive_load,
            self.after_hours_share,
            self.mood,
            self.text_affect,
            self.perceived_stress,
            self.deadline_pressure,
            self.team_changes,
            self.detected_stress_h,
        ]
        .map(finite)
    }
}

/// Distances of every day from the 90 days before it, cut at ±3; `None` where the day or 14 values before it are
/// missing. The spread is drawn towards that of people in general, so that a constant series still has one.
pub(super) fn distances(days: &[StressDay]) -> Vec<Zs> {
    let values: Vec<[Option<f64>; FEATURES]> = days.iter().map(StressDay::values).collect();
    // running sums of numbers, values and squares over the last 90 days; values less the first, for their digits
    let mut first = [None::<f64>; FEATURES];
    let mut sums = [(0.0_f64, 0.0_f64, 0.0_f64); FEATURES];
    let mut out = Vec::with_capacity(days.len());
    for (day, now) in values.iter().enumerate() {
        let mut zs = [None; FEATURES];
        for ((((z, x), sum), zero), (.., spread)) in zs.iter_mut().zip(now).zip(&sums).zip(&first).zip(TABLE)
        {
            let (n, mean) = (sum.0, sum.1 / f64::max(sum.0, 1.0));
            let (true, Some(x), Some(zero)) = (n >= MIN_BASELINE as f64, x, zero) else { continue };
            let squares = (sum.2 - n * mean * mean).max(0.0);
            let sd = ((squares + SPREAD_WORTH * spread * spread) / (n + SPREAD_WORTH)).sqrt();
            let distance: f64 = (x - zero - mean) / sd;
            *z = Some(distance.clamp(-LARGEST_Z, LARGEST_Z)).filter(|z| z.is_finite());
        }
        out.push(zs);
        let gone = day.checked_sub(BASELINE_DAYS).and_then(|i| values.get(i)).copied().unwrap_or_default();
        for (((sum, x), old), zero) in sums.iter_mut().zip(now).zip(gone).zip(&mut first) {
            for (x, sign) in [(*x, 1.0), (old, -1.0)] {
                let Some(x) = x else { continue };
                let apart: f64 = x - *zero.get_or_insert(x);
                *sum = (sum.0 + sign, sum.1 + sign * apart, sum.2 + sign * apart * apart);
            }
        }
    }
    out
}

/// Whether a time lies in a workout or in the two hours after one; hours of any one clock.
///
/// ```
/// # use twin_models::capacity::stress::features::masked_by_exercise;
/// assert!(masked_by_exercise(9.5, &[(7.0, 8.0)]) && !masked_by_exercise(10.5, &[(7.0, 8.0)]));
/// ```
#[must_use]
pub fn masked_by_exercise(at_h: f64, workouts_h: &[(f64, f64)]) -> bool {
    workouts_h.iter().any(|(start, end)| *start <= at_h && at_h < end + EXERCISE_MASK_H)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_the_persons_own_and_cut() {
        let usual = |i: usize| StressDay { resting_hr: Some(60.0 + (i % 3) as f64), ..StressDay::default() };
        let mut days: Vec<StressDay> = (0..100).map(usual).collect();
        days.push(StressDay { resting_hr: Some(200.0), ..usual(0) });
        days.push(StressDay { resting_hr: Some(f64::NAN), ..usual(0) });
        let zs = distances(&days);
        assert_eq!((zs[13][1], zs[100][1], zs[101][1]), (None, Some(3.0), None));
        assert!(zs[50][1].unwrap().abs() < 1.2 && zs[50][0].is_none());
        // a constant series has a scale, and its own value is no distance
        let same = vec![StressDay { team_changes: Some(0.0), ..StressDay::default() }; 40];
        assert_eq!(distances(&same)[39][9], Some(0.0));
    }

    #[test]
    fn what_is_older_than_90_days_is_forgotten() {
        let at = |mood: f64| StressDay { mood: Some(mood), ..StressDay::default() };
        let mut days = vec![at(1.0); 200];
        days.extend(vec![at(4.0); 92]);
        assert!(distances(&days).last().unwrap()[5].unwrap().abs() < 1e-9);
    }
}
