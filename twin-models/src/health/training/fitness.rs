//! Maximal oxygen uptake, by what is at hand.

use crate::health::answer::{Answer, finite};
use crate::health::line::Line;
use twin_core::estimate::{Contribution, Estimate, EstimateStatus};

/// Id of the model.
pub const ID: &str = "vo2max";
/// Its version.
pub const VERSION: &str = "1";
/// Error of [`uth`] with a measured highest heart rate, ml/kg/min [uth2004].
pub const UTH_SD: f64 = 4.5;
/// Error of [`cooper`], ml/kg/min. OWN: a little below Uth's, as it is an effort.
pub const COOPER_SD: f64 = 4.0;
/// Error of [`hr_speed`] besides that of its line, ml/kg/min. OWN: running economy differs by about 7 %.
pub const HR_SPEED_SD: f64 = 3.5;
/// Most that the answer moves in a week, ml/kg/min.
pub const WEEKLY_LIMIT: f64 = 1.0;
/// Shortest steady segment, s.
pub const SEGMENT_S: f64 = 180.0;
/// Steady segments that a line needs. OWN.
pub const MIN_SEGMENTS: usize = 4;
/// Shares of the reserve they must be spread over. OWN.
pub const MIN_SPREAD: f64 = 0.1;
/// Spread of healthy adults, ml/kg/min: what knowing nothing costs. OWN.
pub const PEOPLE_SD: f64 = 9.0;
/// What is believed, ml/kg/min; outside lies an error of the input. OWN.
pub const RANGE: (f64, f64) = (10.0, 95.0);

/// `15.3 · HRmax / HRrest` [uth2004], ml/kg/min.
///
/// ```
/// assert!((twin_models::health::training::fitness::uth(190.0, 50.0) - 58.14).abs() < 1e-9);
/// ```
#[must_use]
pub fn uth(hr_max: f64, hr_rest: f64) -> f64 {
    15.3 * hr_max / hr_rest
}

/// From the metres run in 12 minutes: `(m − 504.9) / 44.73` [cooper1968], ml/kg/min.
///
/// ```
/// assert!((twin_models::health::training::fitness::cooper(2400.0) - 42.3675).abs() < 1e-4);
/// ```
#[must_use]
pub fn cooper(metres: f64) -> f64 {
    (metres - 504.9) / 44.73
}

/// Oxygen that running costs, ml/kg/min: `0.2 v + 0.9 v G + 3.5`, v in m/min, G the grade [acsm2021].
///
/// ```
/// assert_eq!(twin_models::health::training::fitness::running_cost(200.0, 0.0), 43.5);
/// ```
#[must_use]
pub fn running_cost(speed_m_min: f64, grade: f64) -> f64 {
    0.2 * speed_m_min + 0.9 * speed_m_min * grade + 3.5
}

/// Running at one speed for a while.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Steady {
    /// Duration, s.
    pub seconds: f64,
    /// Speed, m/min.
    pub speed_m_min: f64,
    /// Grade, rise over run.
    pub grade: f64,
    /// Heart rate, /min.
    pub bpm: f64,
}

/// Oxygen cost against share of heart-rate reserve over steady segments of 3 min and more, drawn out to the
/// highest heart rate: (value, error of the line there), ml/kg/min. `None` below three segments, without
/// spread, or where a higher heart rate costs less.
#[must_use]
pub fn hr_speed(segments: &[Steady], hr_rest: f64, hr_max: f64) -> Option<(f64, f64)> {
    let line = Line::fit(&points(segments, hr_rest, hr_max)).filter(|line| line.slope > 0.0)?;
    Some((line.intercept + line.slope, line.error_at(1.0)? * line.widening()))
}

fn points(segments: &[Steady], hr_rest: f64, hr_max: f64) -> Vec<(f64, f64)> {
    let share = |s: &Steady| (s.bpm - hr_rest) / (hr_max - hr_rest);
    let usable = |s: &&Steady| {
        s.seconds >= SEGMENT_S
            && (80.0..=400.0).contains(&s.speed_m_min)
            && s.grade.abs() <= 0.2
            && (0.3..=1.0).contains(&share(s))
    };
    segments.iter().filter(usable).map(|s| (share(s), running_cost(s.speed_m_min, s.grade))).collect()
}

/// The inverse-variance mean of (value, standard deviation), and its standard deviation.
///
/// ```
/// # use twin_models::health::training::fitness::combined;
/// let (value, sd) = combined(&[(50.0, 3.0), (56.0, 3.0)]).unwrap();
/// assert!((value - 53.0).abs() < 1e-9 && (sd - 3.0 / 2.0_f64.sqrt()).abs() < 1e-9);
/// ```
#[must_use]
pub fn combined(parts: &[(f64, f64)]) -> Option<(f64, f64)> {
    let weight: f64 = parts.iter().map(|p| p.1.powi(-2)).sum();
    let sum: f64 = parts.iter().map(|p| p.0 * p.1.powi(-2)).sum();
    let out = (sum / weight, weight.powf(-0.5));
    (out.0.is_finite() && out.1.is_finite()).then_some(out)
}

/// A value held to [`WEEKLY_LIMIT`] of the one before.
#[must_use]
pub fn limited(value: f64, previous: f64, weeks_since: f64) -> f64 {
    let room = WEEKLY_LIMIT * weeks_since.max(0.0);
    value.clamp(previous - room, previous + room)
}

/// What is known of a person's fitness; leave out what is not.
#[derive(Clone, Copy, Debug, Default)]
pub struct FitnessInput<'a> {
    /// Highest heart rate, /min, and the error of it (3 measured, 10 by age).
    pub hr_max: Option<(f64, f64)>,
    /// Resting heart rate, /min: the median of 28 days.
    pub hr_rest: Option<f64>,
    /// Metres run in 12 minutes.
    pub cooper_m: Option<f64>,
    /// Steady running.
    pub segments: &'a [Steady],
    /// The answer before, ml/kg/min, and weeks since.
    pub previous: Option<(f64, f64)>,
}

/// Maximal oxygen uptake, ml/kg/min, from all methods that apply, weighted by inverse variance; it moves by
/// at most 1 a week. The contributions are what each method moved it from the answer before (without one, from
/// the weighted mean, so that they say which method pulls up and which down).
///
/// Absent without a method; provisional by heart rates at rest alone.
///
/// ```
/// # use twin_models::health::training::fitness::{FitnessInput, vo2max};
/// let input = FitnessInput { hr_max: Some((190.0, 3.0)), hr_rest: Some(50.0), ..Default::default() };
/// assert!((vo2max(&input).value.unwrap() - 58.14).abs() < 1e-9);
/// assert_eq!(vo2max(&FitnessInput::default()).value, None);
/// ```
#[must_use]
pub fn vo2max(input: &FitnessInput<'_>) -> Estimate {
    let answer = Answer::quantity(ID, VERSION, "mL/kg/min");
    let rest = finite(input.hr_rest);
    let max = input.hr_max.filter(|(bpm, sd)| bpm.is_finite() && sd.is_finite() && *sd >= 0.0);
    let wrong = rest.is_some_and(|r| !(25.0..=120.0).contains(&r))
        || max.is_some_and(|m| !(100.0..=230.0).contains(&m.0))
        || rest.zip(max).is_some_and(|(r, m)| m.0 < r + 40.0)
        || input.cooper_m.is_some_and(|m| !(800.0..=5000.0).contains(&m));
    if wrong {
        return answer.absent(EstimateStatus::OutOfRangeInput, "heart rates or distance are not possible");
    }
    let heart = rest.zip(max);
    let by_rest = heart.map(|(rest, (max, sd))| {
        (uth(max, rest), UTH_SD.hypot(15.3 * sd / rest), "highest over resting heart rate")
    });
    let by_cooper = input.cooper_m.map(|m| (cooper(m), COOPER_SD, "12-minute run"));
    let mut gaps = Vec::new();
    let by_speed = heart.and_then(|(rest, (max, sd))| {
        let points = points(input.segments, rest, max);
        let low = points.iter().map(|p| p.0).fold(f64::INFINITY, f64::min);
        let high = points.iter().map(|p| p.0).fold(0.0, f64::max);
        if points.len() < MIN_SEGMENTS || high - low < MIN_SPREAD {
            gaps.push(format!("{} of {MIN_SEGMENTS} steady runs at different speeds", points.len()));
            return None;
        }
        let (value, error) = hr_speed(input.segments, rest, max)?;
        // Drawing out further when the highest heart rate is off moves the end by about its share.
        let by_max = value * sd / (max - rest);
        Some((
            value,
            (error.powi(2) + HR_SPEED_SD.powi(2) + by_max.powi(2)).sqrt(),
            "speed against heart rate",
        ))
    });
    let parts: Vec<(f64, f64, &str)> = [by_rest, by_cooper, by_speed]
        .into_iter()
        .flatten()
        .filter(|p| (RANGE.0..=RANGE.1).contains(&p.0))
        .collect();
    let plain: Vec<(f64, f64)> = parts.iter().map(|p| (p.0, p.1)).collect();
    let Some((mean, sd)) = combined(&plain) else {
        return answer.too_little("no highest and resting heart rate, no 12-minute run, no steady runs");
    };
    let previous = input.previous.filter(|(v, w)| (RANGE.0..=RANGE.1).contains(v) && w.is_finite());
    let value = previous.map_or(mean, |(before, weeks)| limited(mean, before, weeks));
    let mut estimate = answer.given(value, sd.hypot(value - mean), PEOPLE_SD);
    let baseline = previous.map_or(mean, |p| p.0);
    let total: f64 = plain.iter().map(|p| p.1.powi(-2)).sum();
    let raw = mean - baseline;
    for (part, sd, feature) in &parts {
        let share = sd.powi(-2) / total;
        // What the limit holds back is held back from all alike.
        let kept = if raw.abs() > 1e-9 { (value - baseline) / raw } else { 1.0 };
        estimate.contributions.push(Contribution {
            feature: (*feature).into(),
            amount: share * (part - baseline) * kept,
            baseline: Some(baseline),
            now: Some(*part),
            unit: "mL/kg/min".into(),
        });
    }
    estimate.n_effective = parts.len() as f64;
    estimate.coverage = parts.len() as f64 / 3.0;
    if parts.len() == 1 && by_rest.is_some() && estimate.value.is_some() {
        estimate.status = EstimateStatus::Provisional;
        gaps.push("from heart rates at rest alone".into());
    }
    if (value - mean).abs() > 1e-9 {
        gaps.push(format!("held to a change of {WEEKLY_LIMIT} a week"));
    }
    estimate.gaps = gaps;
    estimate
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A person of 50 ml/kg/min who runs at given shares of the reserve.
    fn runs(shares: &[f64]) -> Vec<Steady> {
        let at = |x: &f64| Steady {
            seconds: 240.0,
            speed_m_min: (3.5 + x * 46.5 - 3.5) / 0.2,
            grade: 0.0,
            bpm: 50.0 + x * 140.0,
        };
        shares.iter().map(at).collect()
    }

    #[test]
    fn the_line_ends_at_the_highest_heart_rate() {
        let runs = runs(&[0.5, 0.6, 0.7, 0.8]);
        let (value, error) = hr_speed(&runs, 50.0, 190.0).unwrap();
        assert!((value - 50.0).abs() < 1e-9 && error < 1e-9);
        let short: Vec<Steady> = runs.iter().map(|r| Steady { seconds: 100.0, ..*r }).collect();
        assert_eq!(hr_speed(&short, 50.0, 190.0), None);
        let input = FitnessInput {
            hr_max: Some((190.0, 3.0)),
            hr_rest: Some(50.0),
            segments: &runs,
            ..FitnessInput::default()
        };
        let both = vo2max(&input);
        assert!((50.0..58.14).contains(&both.value.unwrap()));
        assert_eq!(both.status, EstimateStatus::Ok);
    }

    #[test]
    fn a_week_moves_it_by_one() {
        let input =
            FitnessInput { cooper_m: Some(3100.0), previous: Some((50.0, 2.0)), ..FitnessInput::default() };
        let held = vo2max(&input);
        assert_eq!(held.value, Some(52.0));
        let moved: f64 = held.contributions.iter().map(|c| c.amount).sum();
        assert!((moved - 2.0).abs() < 1e-9);
        assert!(held.high.unwrap() > 58.0, "the interval still reaches what was measured");
    }

    #[test]
    fn impossible_people_are_refused() {
        let base =
            FitnessInput { hr_max: Some((190.0, 3.0)), hr_rest: Some(50.0), ..FitnessInput::default() };
        for input in [
            FitnessInput { hr_rest: Some(0.0), ..base },
            FitnessInput { hr_max: Some((500.0, 3.0)), ..base },
            FitnessInput { hr_rest: Some(110.0), hr_max: Some((120.0, 3.0)), ..base },
            FitnessInput { cooper_m: Some(f64::INFINITY), ..base },
        ] {
            assert_eq!(vo2max(&input).status, EstimateStatus::OutOfRangeInput);
        }
        assert_eq!(vo2max(&FitnessInput { hr_rest: Some(f64::NAN), ..base }).value, None);
    }

    proptest! {
        #[test]
        fn no_input_breaks_it(max in prop::num::f64::ANY, rest in 20.0..130.0_f64, runs in prop::collection::vec((prop::num::f64::ANY, 60.0..300.0_f64, 60.0..230.0_f64), 0..8), previous in prop::num::f64::ANY) {
            let runs: Vec<Steady> = runs
                .into_iter()
                .map(|(seconds, speed_m_min, bpm)| Steady { seconds, speed_m_min, grade: 0.0, bpm })
                .collect();
            for max in [max, 185.0] {
                let input = FitnessInput {
                    hr_max: Some((max, 3.0)),
                    hr_rest: Some(rest),
                    segments: &runs,
                    previous: Some((previous, 1.0)),
                    ..FitnessInput::default()
                };
                let found = vo2max(&input);
                prop_assert!(found.value.is_none_or(|v| (RANGE.0..=RANGE.1).contains(&v)));
                prop_assert!(found.value.is_some() || !found.gaps.is_empty());
                if let (Some((before, _)), Some(value)) = (input.previous, found.value) {
                    let sum: f64 = found.contributions.iter().map(|c| c.amount).sum();
                    let usable = (RANGE.0..=RANGE.1).contains(&before);
                    prop_assert!(!usable || (before + sum - value).abs() < 1e-6);
                }
            }
        }
    }
}
