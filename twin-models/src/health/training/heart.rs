//! The highest heart rate of a person, and how fast it falls after effort.

use super::session::{HrSample, hr_max_by_age};
use crate::health::answer::{Answer, finite};
use crate::stats::median;
use twin_core::estimate::{Contribution, Estimate, EstimateStatus};

/// Id of the model of the highest heart rate.
pub const MAX_ID: &str = "hr_max";
/// Id of the model of recovery after effort.
pub const RECOVERY_ID: &str = "heart_rate_recovery";
/// Version of both.
pub const VERSION: &str = "1";
/// Spread of people around the mean of their age, /min [tanaka2001].
pub const AGE_SD: f64 = 10.0;
/// The quantile of measured heart rate that counts as the highest; above it stand errors of the sensor.
pub const MAX_QUANTILE: f64 = 0.995;
/// Error of a measured highest heart rate, /min. OWN: few people reach it in every training.
pub const MEASURED_SD: f64 = 3.0;
/// Hours of heart rate in training that a measured one needs. OWN.
pub const MIN_HOURS: f64 = 5.0;
/// Years of age for which the rule holds. OWN.
pub const AGES: (f64, f64) = (10.0, 100.0);
/// Minutes of effort that must precede the fall.
pub const EFFORT_MIN: f64 = 5.0;
/// Share of the reserve that counts as effort.
pub const EFFORT_RESERVE: f64 = 0.7;
/// Half of the window around an instant, s. OWN.
pub const WINDOW_S: f64 = 5.0;

/// The highest heart rate, /min: the 99.5th percentile of training, else 208 − 0.7 · age.
///
/// `training`: samples (seconds, /min) of training sessions of the last months, each counted for its time;
/// measured from 5 hours on, unless it lies more than 3 spreads (30 /min) below what the age says: then nobody
/// went to the limit. Absent without either.
///
/// ```
/// # use twin_models::health::training::heart::hr_max;
/// assert_eq!(hr_max(&[], Some(40.0)).value, Some(180.0));
/// assert_eq!(hr_max(&[], Some(0.0)).value, None);
/// ```
#[must_use]
pub fn hr_max(training: &[HrSample], age_years: Option<f64>) -> Estimate {
    let answer = Answer::quantity(MAX_ID, VERSION, "/min");
    let by_age = finite(age_years).filter(|age| (AGES.0..=AGES.1).contains(age)).map(hr_max_by_age);
    let usable: Vec<HrSample> = training
        .iter()
        .copied()
        .filter(|(s, bpm)| s.is_finite() && *s > 0.0 && (30.0..=230.0).contains(bpm))
        .collect();
    // A sum of nothing is −0.
    let hours = usable.iter().map(|s| s.0).sum::<f64>() / 3600.0 + 0.0;
    let measured = (hours >= MIN_HOURS)
        .then(|| weighted_quantile(&usable, MAX_QUANTILE))
        .flatten()
        .filter(|bpm| by_age.is_none_or(|age| *bpm > age - 3.0 * AGE_SD));
    if let Some(bpm) = measured {
        let mut estimate = answer.given(bpm, MEASURED_SD, AGE_SD);
        estimate.n_effective = hours;
        return estimate;
    }
    let Some(bpm) = by_age else {
        return match age_years {
            Some(_) => answer.absent(EstimateStatus::OutOfRangeInput, "age outside 10 to 100 years"),
            None => answer.too_little("neither an age nor 5 hours of heart rate in training"),
        };
    };
    let mut estimate = answer.given(bpm, AGE_SD, AGE_SD);
    estimate.status = EstimateStatus::Provisional;
    estimate.prior_share = 1.0;
    estimate
        .gaps
        .push(format!("{hours:.1} of {MIN_HOURS} hours of hard enough training; from the age alone"));
    estimate
}

/// The quantile of values that stand for different times.
fn weighted_quantile(samples: &[HrSample], q: f64) -> Option<f64> {
    let mut sorted = samples.to_vec();
    // Heart rates are above 0: their bits have their order, and compare faster.
    sorted.sort_unstable_by_key(|s| s.1.to_bits());
    let total: f64 = sorted.iter().map(|s| s.0).sum();
    let mut below = 0.0;
    sorted.iter().find_map(|(s, bpm)| {
        below += s;
        (below >= q * total).then_some(*bpm)
    })
}

/// Fall of heart rate in the first minute after effort [cole1999].
///
/// ```
/// assert_eq!(twin_models::health::training::heart::hrr60(175.0, 140.0), 35.0);
/// ```
#[must_use]
pub fn hrr60(end_bpm: f64, after_60_s_bpm: f64) -> f64 {
    end_bpm - after_60_s_bpm
}

/// What is known of the end of an effort.
#[derive(Clone, Copy, Debug)]
pub struct Effort<'a> {
    /// Times of heart rate, s, ascending.
    pub t_s: &'a [f64],
    /// Heart rate, /min.
    pub bpm: &'a [f64],
    /// When the effort ended, s, in the same count.
    pub end_s: f64,
    /// Resting heart rate, /min.
    pub hr_rest: f64,
    /// Highest heart rate, /min.
    pub hr_max: f64,
}

/// The fall of heart rate in the minute after an effort, /min.
///
/// Medians of 10 s around the end and a minute later. Needs 5 minutes above 70 % of the reserve before the
/// end, and the end itself there, too: after an easy finish the fall says nothing. `usual`: the person's
/// earlier falls, oldest first; what today's differs from their median by is its contribution.
#[must_use]
pub fn heart_rate_recovery(effort: &Effort<'_>, usual: &[f64]) -> Estimate {
    let answer = Answer::quantity(RECOVERY_ID, VERSION, "/min");
    let Effort { t_s, bpm, end_s, hr_rest, hr_max } = *effort;
    let possible = (25.0..=120.0).contains(&hr_rest) && hr_max <= 230.0 && hr_max >= hr_rest + 40.0;
    if !possible || !end_s.is_finite() {
        return answer
            .absent(EstimateStatus::OutOfRangeInput, "resting and highest heart rate do not fit together");
    }
    let samples: Vec<(f64, f64)> = t_s
        .iter()
        .copied()
        .zip(bpm.iter().copied())
        .filter(|(t, b)| t.is_finite() && (25.0..=240.0).contains(b))
        .collect();
    let around = |at: f64| {
        let mut near: Vec<f64> =
            samples.iter().filter(|(t, _)| (t - at).abs() <= WINDOW_S).map(|s| s.1).collect();
        median(&mut near)
    };
    let (Some(end), Some(after)) = (around(end_s), around(end_s + 60.0)) else {
        return answer.too_little("no heart rate at the end or a minute after it");
    };
    let hard = hr_rest + EFFORT_RESERVE * (hr_max - hr_rest);
    let next = samples.iter().skip(1).map(|s| s.0);
    let effort_s: f64 = samples
        .iter()
        .zip(next)
        .filter(|((_, b), next)| *b >= hard && *next <= end_s + WINDOW_S)
        .map(|((t, _), next)| (next - t).clamp(0.0, 10.0))
        .sum();
    if effort_s < 60.0 * EFFORT_MIN {
        let why = format!("{:.1} of {EFFORT_MIN} min above 70 % of the reserve", effort_s / 60.0);
        return answer.too_little(why);
    }
    if end < hard {
        return answer.absent(EstimateStatus::Abstained, "the effort ended below 70 % of the reserve");
    }
    let mut earlier: Vec<f64> = usual.iter().copied().filter(|x| x.is_finite()).collect();
    let value = hrr60(end, after);
    // Day to day a person's fall varies by about 4 /min, between people by 10. OWN
    let mut estimate = answer.given(value, 4.0, 10.0);
    estimate.n_effective = 1.0;
    if let Some(baseline) = median(&mut earlier) {
        estimate.contributions.push(Contribution {
            feature: "fall in the first minute".into(),
            amount: value - baseline,
            baseline: Some(baseline),
            now: Some(value),
            unit: "/min".into(),
        });
    }
    estimate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measured_before_the_rule_of_age() {
        let mut training = vec![(1.0, 150.0); 5 * 3600];
        training.extend(vec![(1.0, 188.0); 200]);
        training.extend(vec![(1.0, 229.0); 20]); // an error of the sensor
        let measured = hr_max(&training, Some(40.0));
        assert_eq!((measured.value, measured.prior_share), (Some(188.0), 0.0));
        assert_eq!(hr_max(&training[..3600], Some(40.0)).status, EstimateStatus::Provisional);
        // five easy hours say nothing of the limit of a person of 20
        assert_eq!(hr_max(&[(3600.0, 140.0); 6], Some(20.0)).value, Some(194.0));
        assert_eq!(hr_max(&[], None).status, EstimateStatus::InsufficientData);
        assert_eq!(hr_max(&[], Some(f64::NAN)).status, EstimateStatus::OutOfRangeInput);
    }

    fn effort(minutes: usize) -> (Vec<f64>, Vec<f64>) {
        let t: Vec<f64> = (0..minutes * 60 + 120).map(|i| i as f64).collect();
        let end = (minutes * 60) as f64;
        let bpm = t.iter().map(|t| if *t <= end { 172.0 } else { 172.0 - 0.5 * (t - end) }).collect();
        (t, bpm)
    }

    #[test]
    fn the_fall_after_a_hard_effort() {
        let (t, bpm) = effort(8);
        let one = Effort { t_s: &t, bpm: &bpm, end_s: 480.0, hr_rest: 50.0, hr_max: 190.0 };
        let fall = heart_rate_recovery(&one, &[28.0, 26.0, 27.0]);
        assert!((fall.value.unwrap() - 30.0).abs() < 1.0);
        assert!((fall.contributions[0].amount + 27.0 - fall.value.unwrap()).abs() < 1e-9);
        let (t, bpm) = effort(4);
        let short = Effort { t_s: &t, bpm: &bpm, end_s: 240.0, ..one };
        assert_eq!(heart_rate_recovery(&short, &[]).value, None);
        let late = Effort { end_s: 900.0, ..one };
        assert_eq!(heart_rate_recovery(&late, &[]).gaps, ["no heart rate at the end or a minute after it"]);
        let wrong = Effort { hr_rest: 190.0, ..one };
        assert_eq!(heart_rate_recovery(&wrong, &[]).status, EstimateStatus::OutOfRangeInput);
    }
}
